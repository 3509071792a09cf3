"""Promises of voting/announcing.py: the chair announces, and only what every scrutineer has signed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.people import Hall
from tests.refusals import refused, unchanged
from voting import announcing
from voting.actors import Forbidden, NotFound, Role
from voting.announcing import NotSigned
from voting.cycle import State, WrongStep
from voting.rounds import Round


def announce(hall: Hall) -> Round:
    return announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())


def test_what_all_have_signed_is_announced_and_the_step_names_the_chair(anywhere: Hall) -> None:
    anywhere.reach("counted")
    anywhere.sign(1)
    anywhere.sign(2)
    assert announce(anywhere).state == "announced"
    with anywhere.store.read() as tx:
        last = tx.steps.of(anywhere.staff, anywhere.round.id)[-1]
    assert (last.step, last.role, last.name) == ("announce", "chair", anywhere.chair.name)


def test_a_report_without_every_signature_is_not_announced(hall: Hall) -> None:
    hall.reach("counted")
    with refused(hall.store, NotSigned, "陈秀英、赵建国"):
        announce(hall)
    hall.sign(1)
    with refused(hall.store, NotSigned, "^赵建国"):
        announce(hall)


def test_announcing_again_changes_nothing(hall: Hall) -> None:
    announced = hall.reach("announced")
    with unchanged(hall.store):
        assert announce(hall) == announced
    published = hall.reach("published")
    with unchanged(hall.store):
        assert announce(hall) == published


@pytest.mark.parametrize("state", ["drafted", "open", "reconciled", "void"])
def test_nothing_is_announced_before_the_count(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        announce(hall)


@pytest.mark.parametrize("role", ["staff", "operator", "scrutineer", "public", "system"])
def test_only_the_chair_announces(hall: Hall, role: Role) -> None:
    hall.reach("counted")
    with refused(hall.store, Forbidden):
        announcing.announce(hall.store, replace(hall.chair, role=role), hall.round.id, hall.now())


def test_the_chair_of_another_session_finds_nothing(hall: Hall) -> None:
    hall.reach("counted")
    with refused(hall.store, NotFound):
        announcing.announce(hall.store, replace(hall.chair, session="0" * 32), hall.round.id, hall.now())
