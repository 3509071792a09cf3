"""Promises of 改用纸质票: a round by card ends unread, and is held again on paper under the same rules."""

from __future__ import annotations

import pytest

from tests.on_paper import sheet
from tests.refusals import refused, unchanged
from tests.voting.paper_ballots.conftest import MakeHall
from voting.actors import Forbidden
from voting.casting import AlreadyClosed
from voting.cycle import State
from voting.paper_ballots.switching import SWITCHED, NoSwitch, switch_to_paper


@pytest.mark.parametrize("state", ["adopted", "sealed"])
def test_before_anybody_has_voted_the_round_itself_is_held_on_paper(
    paper_hall: MakeHall, state: State
) -> None:
    hall = paper_hall()
    hall.reach(state)
    switched = switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now())
    assert (switched.id, switched.state, switched.method) == (hall.round.id, "adopted", "paper")
    with unchanged(hall.store):
        switch_to_paper(hall.store, hall.chair, hall.round.id, hall.now())
    hall.entry = sheet(6, 0, [[0, 6, 3, 0]])
    assert hall.reach("published").issued == 6


@pytest.mark.parametrize("state", ["open", "closed", "reconciled"])
def test_a_vote_that_has_begun_ends_unread_and_its_repetition_is_on_paper(
    paper_hall: MakeHall, state: State
) -> None:
    hall = paper_hall()
    hall.reach("open")
    hall.cast(0, 1)
    late = hall.ballot(1, 2)
    hall.reach(state)
    again = switch_to_paper(hall.store, hall.chair, hall.round.id, hall.now())
    old = hall.current()
    assert (old.state, old.void_reason) == ("void", SWITCHED)
    assert (again.previous, again.relation, again.method) == (old.id, "repeat", "paper")
    assert (again.rules, again.candidates) == (old.rules, old.candidates)
    with refused(hall.store, AlreadyClosed):
        hall.hand_in(late)
    with unchanged(hall.store):
        assert switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now()) == again
    hall.turn_to(again)
    hall.entry = sheet(6, 0, [[0, 6, 3, 0]])
    assert hall.reach("announced").returned == 6


@pytest.mark.parametrize("state", ["drafted", "counted", "announced", "published", "void"])
def test_nobody_discards_a_result_that_was_seen_by_changing_to_paper(
    paper_hall: MakeHall, state: State
) -> None:
    hall = paper_hall()
    hall.reach(state)
    with refused(hall.store, NoSwitch):
        switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now())


def test_a_show_of_hands_is_not_switched(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="hands")
    hall.reach("open")
    with refused(hall.store, NoSwitch, "本来就不用投票卡"):
        switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now())


def test_chair_and_staff_change_to_paper_and_nobody_else(paper_hall: MakeHall) -> None:
    hall = paper_hall()
    hall.reach("sealed")
    for actor in (hall.usher, hall.scrutineers[0], hall.operator, hall.tellers[0]):
        with refused(hall.store, Forbidden):
            switch_to_paper(hall.store, actor, hall.round.id, hall.now())
