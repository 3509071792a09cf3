"""Promises about what people wrote, notices, accounts, messages: what goes on which day and what stays."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import make_url

from tests.county import FIRST_DAY, Body, County, new_id
from tests.refusals import refused
from tests.voting.keeping.test_erasing import kinds
from voting.accounts.facts import Account, Membership, Passkey
from voting.accounts.passwords import is_right, make_hash
from voting.actors import system
from voting.keeping import due
from voting.keeping.erasing import StillHeld, WordsStay, erase_messages, erase_proposer
from voting.keeping.facts import ERASED
from voting.keeping.holding import put_hold
from voting.keeping.rules import KeepingSettings
from voting.messages import MessageFile, MessagesUnreadable
from voting.stations import Reception, Station
from voting.store import Store, Transaction
from voting.store.scrubbing import scrub
from voting.suggestions import Suggestion

YEARS_2, YEARS_5 = FIRST_DAY + timedelta(days=733), FIRST_DAY + timedelta(days=1827)
WRITTEN: Final = "欧阳不留痕家门口"


def written(body: Body, state: str, **more: Any) -> Suggestion:
    """Over on the first day, with a secret in every field that somebody wrote."""
    over = {"decided_at": FIRST_DAY} if state == "refused" else {"closed_at": FIRST_DAY}
    facts = {"proposer": "", "phone": "", "spot": WRITTEN, "text": WRITTEN, **over, **more}
    one = body.suggest(f"{WRITTEN}没有路灯", state=state, **facts)
    with body.store.write() as tx:
        tx.words.put(one)
    return one


def now_of(county: County, one: Suggestion) -> Suggestion:
    with county.store.read() as tx:
        return tx.suggestions.get(county.staff, one.id)


def is_gone(county: County, one: Suggestion) -> bool:
    found = now_of(county, one)
    assert found in (one, replace(one, title=ERASED, text=ERASED, spot="")), "all of it or nothing"
    return found != one


@pytest.mark.parametrize(
    ("state", "facts", "day"),
    [
        ("refused", {}, YEARS_2),
        ("closed", {"kind": "complaint"}, YEARS_2),
        ("closed", {}, YEARS_5),
        ("closed", {"source": "station", "kind": "clue"}, YEARS_5),
        ("closed", {"source": "hotline"}, YEARS_5),
        ("closed", {"released_at": FIRST_DAY}, None),
        ("closed", {"source": "deputy", "kind": "proposal"}, None),
        ("closed", {"source": "department"}, None),
        ("closed", {"source": "cppcc", "kind": "clue"}, None),
    ],
)
def test_what_nobody_released_goes_on_its_day_and_papers_of_office_stay(
    county: County, state: str, facts: dict[str, Any], day: datetime | None
) -> None:
    one, elsewhere = written(county, state, **facts), written(county.town, state, **facts)
    if day is not None:
        kinds(county, day - timedelta(days=3))
        assert not is_gone(county, one)
    kinds(county, day or YEARS_5 + timedelta(days=3650))
    assert is_gone(county, one) == (day is not None)
    with county.store.read() as tx:
        assert tx.suggestions.get(county.town.staff, elsewhere.id) == elsewhere
        assert tx.suggestions.by_query_hash(one.query_hash).id == one.id


def test_what_is_still_at_work_keeps_its_words(county: County) -> None:
    one = county.suggest(f"{WRITTEN}没有路灯", state="assigned", decided_at=FIRST_DAY)
    assert kinds(county, YEARS_5) == {}
    assert now_of(county, one) == one


def test_a_hold_keeps_the_words_too(county: County) -> None:
    one = written(county, "refused")
    put_hold(county.store, county.staff, "suggestion", one.label, "信访复查", FIRST_DAY)
    assert kinds(county, YEARS_5) == {}
    with refused(county.store, StillHeld):
        erase_proposer(county.store, county.staff, one.id, YEARS_5, words=True)


def test_of_erased_words_no_byte_is_left_not_in_the_index_nor_in_a_notice(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    with Store.open(sqlite_url) as store:
        county = County(store)
        one = written(county, "refused")
        with store.write() as tx:
            tell(tx, county, one.id, one.title, YEARS_2)
        assert left_in(file)
        assert kinds(county, YEARS_2) == {"untaken": 2}
        assert scrub(sqlite_url, ["untaken"])
        assert not left_in(file)


def tell(tx: Transaction, county: County, about: str, text: str, at: datetime) -> None:
    """A notice to the office."""
    tx.notices.add(
        county.congress.id, kind="k", text=text, path="/", about=about, due=None, at=at, role="staff"
    )


def left_in(file: Path) -> list[str]:
    """The words of the secret, as the index has them, that stand in the database or the log beside it."""
    body = b"".join(one.read_bytes() for one in file.parent.iterdir() if one.name.startswith(file.name))
    return [word for word in (WRITTEN, "欧阳", "留痕", "家门口") if word.encode() in body]


def test_at_the_proposers_wish_the_words_go_with_the_name(county: County) -> None:
    one = written(county, "closed", proposer="周大爷")
    assert erase_proposer(county.store, county.staff, one.id, FIRST_DAY, words=True) == 2
    assert now_of(county, one) == replace(one, title=ERASED, text=ERASED, spot="", proposer="")
    records = due.overview(county.store, county.staff, FIRST_DAY).records
    assert {(one.kind, one.number) for one in records} == {("proposers", 1), ("unpublished", 1)}


def test_what_is_public_at_work_or_of_office_keeps_its_words_whoever_wishes(county: County) -> None:
    for one in (
        written(county, "closed", released_at=FIRST_DAY),
        written(county, "closed", kind="proposal"),
        county.suggest(state="assigned"),
    ):
        with refused(county.store, WordsStay):
            erase_proposer(county.store, county.staff, one.id, FIRST_DAY, words=True)


def test_notices_go_after_their_period_seen_or_not(county: County) -> None:
    with county.store.write() as tx:
        for about, at in (("甲", FIRST_DAY), ("乙", FIRST_DAY + timedelta(days=300))):
            tell(tx, county, new_id(about), f"{about}家的事", at)
    assert kinds(county, FIRST_DAY + timedelta(days=364)) == {}
    assert kinds(county, FIRST_DAY + timedelta(days=370)) == {"notices": 1}
    with county.store.read() as tx:
        assert [one.text for one in tx.notices.listing(county.staff)] == ["乙家的事"]


def test_of_a_reception_the_note_goes_and_the_figures_stay(county: County) -> None:
    station = Station(
        id=new_id("站"), congress=county.congress.id, code=new_id("c")[:8], name="一站", kind="point"
    )
    kept = Reception(
        id=new_id("接待"),
        congress=county.congress.id,
        station=station.id,
        day=FIRST_DAY.date(),
        deputies="张桂兰",
        people=3,
        note=f"{WRITTEN}来访",
        entered_by="刘科长",
        entered_at=FIRST_DAY,
    )
    with county.store.write() as tx:
        tx.stations.add(station)
        tx.station_work.receive(kept)
    assert kinds(county, YEARS_2 + timedelta(days=1)) == {"receptions": 1}
    with county.store.read() as tx:
        assert tx.station_work.receptions(county.staff, station.id, 9) == (replace(kept, note=ERASED),)


def holder(county: County, ended: datetime | None, disabled: datetime | None = None) -> Account:
    """An account with one role in the county, until `ended`."""
    new = Account(
        id=uuid4().hex,
        login=f"user{uuid4().hex[:8]}",
        name="离任的人",
        password_hash=make_hash("很长的一句密码话"),
        totp_secret="".join(["JBSWY3DP"] * 2),
        created_at=FIRST_DAY,
        disabled_at=disabled,
    )
    with county.store.write() as tx:
        tx.accounts.add(new)
        tx.memberships.add(member(county, new, ended))
        tx.accounts.add_passkey(
            Passkey(
                account=new.id,
                credential=uuid4().hex,
                public_key=b"k",
                sign_count=0,
                name="手机",
                created_at=FIRST_DAY,
            )
        )
    return new


def member(body: Body, account: Account, ended: datetime | None) -> Membership:
    return Membership(
        id=uuid4().hex,
        congress=body.congress.id,
        account=account.id,
        role="staff",
        name=account.name,
        unit=None,
        deputy=None,
        granted_by="王主任",
        granted_at=FIRST_DAY,
        ended_at=ended,
    )


def test_an_account_that_works_nowhere_any_more_is_emptied_and_what_its_holder_did_keeps_the_name(
    county: County,
) -> None:
    gone, stays = holder(county, FIRST_DAY), holder(county, None)
    disabled, elsewhere = holder(county, None, FIRST_DAY), holder(county, FIRST_DAY)
    with county.store.write() as tx:
        tx.memberships.add(member(county.town, elsewhere, None))
    assert kinds(county, FIRST_DAY + timedelta(days=364)) == {}
    assert kinds(county, FIRST_DAY + timedelta(days=370)) == {"accounts": 4}
    with county.store.read() as tx:
        for one in (gone, disabled):
            found = tx.accounts.get(one.id)
            assert (found.name, found.totp_secret) == (ERASED, None)
            assert not is_right("很长的一句密码话", found.password_hash)
            assert not is_right("", found.password_hash)
            assert tx.accounts.by_login(one.login) is None
            assert tx.accounts.passkeys(one.id) == ()
        for one in (stays, elsewhere):
            assert tx.accounts.get(one.id) == one
            assert len(tx.accounts.passkeys(one.id)) == 1
        names = [one.name for one in tx.memberships.listing(county.staff) if one.account == gone.id]
    assert names == ["离任的人"]


def test_the_file_of_messages_loses_the_old_lines_of_the_own_congress(county: County, tmp_path: Path) -> None:
    path, here = tmp_path / "messages.jsonl", county.congress.id
    clock = [FIRST_DAY]
    file = MessageFile(path, lambda: clock[0])
    file.send(here, "13900000001", "老的")
    file.send(county.town.congress.id, "13900000002", "镇里的")
    with path.open("a", encoding="utf-8") as raw:
        raw.write(json.dumps({"at": "2026-08-01T00:00:00Z", "phone": "1", "text": "以前的程序写的"}) + "\n")
        raw.write('{"at": "2026-08\n')
    clock[0] = FIRST_DAY + timedelta(days=20)
    file.send(here, "13900000003", "新的")
    late = FIRST_DAY + timedelta(days=40)
    shown = due.overview(county.store, county.staff, late, file)
    assert shown.due == 3
    made = erase_messages(county.store, system(here), file, late)
    assert made is not None
    assert (made.kind, made.number, made.congress) == ("messages", 3, here)
    left = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert left == ["镇里的", "新的"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert erase_messages(county.store, system(here), file, late) is None


def test_without_a_file_of_messages_nothing_is_made_and_one_that_cannot_be_read_is_told(
    county: County, tmp_path: Path
) -> None:
    none = MessageFile(tmp_path / "none.jsonl", lambda: FIRST_DAY)
    assert erase_messages(county.store, county.staff, none, YEARS_5) is None
    assert list(tmp_path.iterdir()) == []
    folder = MessageFile(tmp_path, lambda: FIRST_DAY)
    with refused(county.store, MessagesUnreadable):
        erase_messages(county.store, county.staff, folder, YEARS_5)


def test_the_new_periods_are_the_offices_to_set(county: County) -> None:
    one = written(county, "closed")
    due.change_periods(county.store, county.staff, KeepingSettings(unpublished=24), FIRST_DAY)
    kinds(county, YEARS_2 + timedelta(days=3))
    assert is_gone(county, one)
