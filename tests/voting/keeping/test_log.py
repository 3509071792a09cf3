"""The log is kept for ever: nothing that must be erased one day may ever stand in it."""

from __future__ import annotations

from pathlib import Path

from tests.county import County
from tests.people import Hall
from voting import audit
from voting.actors import Actor, system
from voting.checking_in.leave import note_leave, withdraw_leave
from voting.collecting import registering
from voting.collecting.recording import said_of
from voting.people import Deputy
from voting.store import Store
from voting.store.audit import Wanted

WORDS = "欧阳不留痕家门口的灯"


def log(store: Store, actor: Actor) -> str:
    changes = audit.read_all(store, system(actor.congress), Wanted())
    return "\n".join(f"{one.what} {one.name} {one.before.decode()} {one.after.decode()}" for one in changes)


def test_why_somebody_is_on_leave_is_not_in_the_log(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    who = Deputy(id="d" * 32, congress=hall.congress.id, number=1, name="张桂兰", delegation="城关代表团")
    with store.write() as tx:
        tx.deputies.add_many([who])
    for reason in ("做心脏手术", "术后复查"):
        noted = note_leave(store, hall.staff, hall.session.id, who.id, reason, hall.now())
    withdraw_leave(store, hall.staff, hall.session.id, noted.id, hall.now())
    written = log(store, hall.staff)
    assert written.count("leave") >= 3
    assert "手术" not in written
    assert "复查" not in written


def test_what_a_citizen_wrote_is_not_in_the_log_neither_new_nor_put_right(county: County) -> None:
    one = county.suggest(title=WORDS, proposer="欧阳不留痕", phone="13912345678")
    registering.correct(
        county.store,
        county.staff,
        one.id,
        title="村口的灯",
        category=one.category,
        village=one.village,
        now=county.now(),
    )
    written = log(county.store, county.staff) + repr(said_of(one))
    assert "correct" in written
    assert "欧阳" not in written
    assert "13912345678" not in written
