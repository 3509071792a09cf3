"""Promises of voting/reconciling.py: more returned than issued is void whatever anybody wishes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.people import Hall
from tests.refusals import refused, unchanged
from voting import opening, reconciling
from voting.actors import Forbidden, NotFound, Role
from voting.cycle import State, WrongStep
from voting.errors import TextError
from voting.reconciling import ReasonMissing, TooManyReturned
from voting.rounds import Round


def declare_valid(hall: Hall) -> Round:
    return reconciling.declare_valid(hall.store, hall.chair, hall.round.id, hall.now())


def declare_void(hall: Hall, reason: str) -> Round:
    return reconciling.declare_void(hall.store, hall.chair, hall.round.id, reason, hall.now())


def overfill(hall: Hall) -> None:
    """Four cards were handed out by the books, five have voted."""
    hall.reach("sealed")
    opened = opening.open_round(hall.store, hall.staff, hall.round.id, 6, 6, hall.now())
    with hall.store.write() as tx:
        tx.rounds.change(opened, issued=4)
    for card in range(5):
        hall.cast(card, 1)
    hall.close()


def test_as_many_back_as_handed_out_or_fewer_is_valid(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.close()
    assert declare_valid(hall).state == "reconciled"


def test_more_back_than_handed_out_cannot_be_declared_valid(hall: Hall) -> None:
    overfill(hall)
    with refused(hall.store, TooManyReturned, "发出4张，收回5张"):
        declare_valid(hall)
    assert declare_void(hall, "收回多于发出").state == "void"


def test_a_void_round_keeps_its_reason_and_cannot_be_made_valid(hall: Hall) -> None:
    hall.reach("closed")
    assert declare_void(hall, " 设备故障 ").void_reason == "设备故障"
    with refused(hall.store, WrongStep):
        declare_valid(hall)


def test_a_valid_round_can_still_be_declared_void_before_the_count(hall: Hall) -> None:
    hall.reach("reconciled")
    assert declare_void(hall, "设备故障").state == "void"


@pytest.mark.parametrize("state", ["counted", "announced", "published"])
def test_nobody_discards_a_result_that_was_seen(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        declare_void(hall, "不满意")


@pytest.mark.parametrize(
    ("reason", "error"), [("", ReasonMissing), (" \n", ReasonMissing), ("故障\0", TextError)]
)
def test_a_void_round_needs_a_reason_that_can_be_printed(
    hall: Hall, reason: str, error: type[Exception]
) -> None:
    hall.reach("closed")
    with refused(hall.store, error):
        declare_void(hall, reason)


def test_declaring_twice_changes_nothing(hall: Hall) -> None:
    valid = hall.reach("reconciled")
    with unchanged(hall.store):
        assert declare_valid(hall) == valid
    void = declare_void(hall, "设备故障")
    with unchanged(hall.store):
        assert declare_void(hall, "设备故障") == void
    with refused(hall.store, WrongStep):
        declare_void(hall, "另一个理由")


@pytest.mark.parametrize("state", ["drafted", "sealed", "open"])
def test_nothing_is_declared_before_closing(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        declare_valid(hall)
    with refused(hall.store, WrongStep):
        declare_void(hall, "设备故障")


@pytest.mark.parametrize("role", ["staff", "operator", "scrutineer", "public", "system"])
def test_only_the_chair_declares(hall: Hall, role: Role) -> None:
    hall.reach("closed")
    outsider = replace(hall.chair, role=role)
    with refused(hall.store, Forbidden, "执行主席"):
        reconciling.declare_valid(hall.store, outsider, hall.round.id, hall.now())
    with refused(hall.store, Forbidden):
        reconciling.declare_void(hall.store, outsider, hall.round.id, "故障", hall.now())


def test_the_chair_of_another_session_finds_nothing(hall: Hall) -> None:
    hall.reach("closed")
    stranger = replace(hall.chair, session="0" * 32)
    with refused(hall.store, NotFound):
        reconciling.declare_valid(hall.store, stranger, hall.round.id, hall.now())
