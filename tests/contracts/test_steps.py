"""Contract of `tx.steps`."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import PUBLIC
from voting.rounds import StepRecord
from voting.store import Store

MOMENT = datetime(2030, 1, 25, 8, 30, 15, 123456, tzinfo=UTC)


@case("steps.add", "steps.of")
@case("audit.add")
def test_a_step_says_who_did_what_and_when(store: Store, hall: Hall) -> None:
    somebody = replace(hall.staff, link="e" * 32)
    with store.write() as tx:
        tx.steps.add(somebody, hall.round, "first", MOMENT, note="说明")
        tx.steps.add(somebody, None, "of no round", MOMENT)
        tx.steps.add(somebody, hall.round, "second, at the same instant", MOMENT)
    with store.read() as tx:
        _, first, second = tx.steps.of(hall.staff, hall.round.id)
    assert second.step == "second, at the same instant"
    assert first == StepRecord(
        congress=hall.congress.id,
        round=hall.round.id,
        step="first",
        at=MOMENT,
        role="staff",
        name="刘科长",
        link="e" * 32,
        note="说明",
    )


@case("steps.of")
def test_neither_the_public_nor_another_congress_sees_who_did_what(
    store: Store, hall: Hall, elsewhere: Hall
) -> None:
    hall.reach("published")
    with store.read() as tx:
        assert tx.steps.of(PUBLIC, hall.round.id) == ()
        assert tx.steps.of(elsewhere.staff, hall.round.id) == ()
