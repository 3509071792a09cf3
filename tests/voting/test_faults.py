"""Every moment is one transaction: broken off at any of its statements, it has changed nothing.

Each moment is tried with its first statement failing, then its second, and so on until it gets through; after
each failure the database is as before. What may happen at the commit itself is in tests/faults/test_table.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPICursor

from tests.faults import moments
from tests.faults.ground import Ground
from tests.people import Hall
from tests.refusals import dump
from voting import announcing, counting, drafting, links, tally_report
from voting.cycle import State
from voting.handing_out import replacing
from voting.store import Store
from voting.store.straight import Straight


class PowerCutError(Exception):
    """The process dies here, as far as the database can tell."""


@contextmanager
def power_cut(store: Store, statement: int) -> Iterator[list[str]]:
    """The statement of this number, counted from 0 over the block, does not reach the database."""
    seen: list[str] = []

    def cut(*arguments: Any) -> None:
        if arguments[2].startswith(("PRAGMA", "VACUUM")):  # sweeping, when the moment is on disk
            return
        seen.append(arguments[2])
        if len(seen) > statement:
            raise PowerCutError

    def cut_straight(statement: Straight, *arguments: Any) -> DBAPICursor:
        cut(None, None, repr(statement))
        return run(statement, *arguments)

    run = Straight.run
    engines = (store._transactions, store._statements)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", cut)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Straight, "run", cut_straight)
            yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", cut)


def announce(hall: Hall) -> object:
    return announcing.announce(hall.store, hall.chair, hall.round.id, hall.round.drafted_at)


def sign(hall: Hall) -> object:
    text = tally_report.report_text(hall.store, hall.scrutineers[1], hall.round.id)
    signature = hall.report_key(2).sign(text).signature.hex()
    return counting.sign_report(
        hall.store, hall.scrutineers[1], hall.round.id, signature, hall.round.drafted_at
    )


def declare_dead(hall: Hall) -> object:
    card = hall.cards.public[hall.uuid()][0]
    return replacing.declare_dead(hall.store, hall.staff, hall.round.id, card, hall.now())


def follow_up(hall: Hall) -> object:
    return drafting.follow_up(hall.store, hall.staff, hall.round.id, "repeat", hall.now())


def revoke(hall: Hall) -> object:
    (link,) = links.listing(hall.store, hall.staff)
    return links.revoke(hall.store, hall.staff, link.id, hall.now())


def issue(hall: Hall) -> object:
    return links.issue(
        hall.store, hall.staff, "staff", "刘科长", hall.now(), now=hall.now(), random=hall.random
    )


MOMENTS: dict[str, tuple[State, Callable[[Hall], object]]] = {
    "draft": ("drafted", lambda hall: hall.draft("第二轮")),
    "adopt": ("drafted", Hall.adopt),
    "load_cards": ("adopted", Hall.load_cards),
    "register_key": ("adopted", lambda hall: hall.register_key(1)),
    "seal": ("adopted", Hall.freeze),
    "open": ("sealed", Hall.open),
    "declare_dead": ("open", declare_dead),
    "cast": ("open", lambda hall: hall.cast(1, 1)),
    "close": ("open", Hall.close),
    "declare_valid": ("closed", Hall.declare_valid),
    "declare_void": ("closed", Hall.declare_void),
    "first decryption": ("reconciled", lambda hall: hall.decrypt(1)),
    "last decryption": ("reconciled", lambda hall: hall.decrypt(2)),
    "sign": ("counted", sign),
    "announce": ("counted", announce),
    "publish": ("announced", Hall.publish),
    "follow_up": ("void", follow_up),
    "issue": ("drafted", issue),
    "revoke": ("drafted", revoke),
}


def prepare(hall: Hall, moment: str) -> None:
    """What the moment needs besides its state, so that the fault hits the moment itself."""
    if moment == "seal":
        hall.load_cards()
        hall.register_key(1)
        hall.register_key(2)
    if hall.current().state == "open":
        hall.cast(0, 1)
    if moment == "last decryption":
        hall.decrypt(1)
    if moment == "announce":
        hall.sign(1)
        hall.sign(2)
    if moment == "revoke":
        issue(hall)


def broken_off_anywhere(store: Store, take: Callable[[], object]) -> None:
    """Each statement in turn does not reach the database; then all of them do."""
    before = dump(store)
    statement = 0
    while True:
        with power_cut(store, statement) as seen:
            try:
                take()
            except PowerCutError:
                statement += 1
            else:
                break
        assert dump(store) == before
    assert len(seen) == statement > 1
    assert dump(store) != before


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_that_is_broken_off_anywhere_has_changed_nothing(anywhere: Hall, moment: str) -> None:
    state, take = MOMENTS[moment]
    anywhere.reach(state)
    prepare(anywhere, moment)
    broken_off_anywhere(anywhere.store, lambda: take(anywhere))


@pytest.mark.parametrize("moment", moments.OF_THE_COUNTY)
def test_merging_and_reporting_that_are_broken_off_anywhere_have_changed_nothing(
    sqlite: Store, tmp_path: Path, moment: str
) -> None:
    broken_off_anywhere(sqlite, moments.MOMENTS[moment](Ground(sqlite, tmp_path)))
