"""Promises of voting/runoff.py: what a round left open is settled by a smaller one, and not for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.errors import RulesError
from voting.outcome import ApprovalCounts, Outcome, SelectCounts, decide
from voting.rules import Rules, check_rules, rule_sentences
from voting.runoff import runoff_candidates, runoff_rules, supplementary_candidates, supplementary_rules

RULES = Rules(ballot="select_k", candidates=5, places=3, publish="list_and_votes")


def town(*votes: int) -> SelectCounts:
    """45 deputies, all there, every ballot returned: 23 votes are a majority."""
    return SelectCounts(all_deputies=45, present=45, issued=45, returned=45, votes=votes, blank=0)


def test_a_runoff_is_among_the_tied_for_the_places_they_tied_for_and_more_votes_win() -> None:
    outcome = decide(RULES, town(27, 40, 27, 14, 27))
    rules = runoff_rules(RULES, outcome)
    assert runoff_candidates(outcome) == (1, 3, 5)
    assert (rules.candidates, rules.places, rules.majority_floor) == (3, 2, False)
    second = decide(rules, town(10, 20, 15))
    assert (second.status, second.chosen) == ("complete", (2, 3))


def test_a_second_tie_goes_to_the_presidium() -> None:
    rules = runoff_rules(RULES, decide(RULES, town(27, 40, 27, 14, 27)))
    again = decide(rules, town(20, 15, 15))
    assert (again.status, again.next_step, again.tied, again.tied_places) == ("tied", "presidium", (2, 3), 1)
    assert "由主席团决定" in "".join(rule_sentences(rules, 45))


def test_a_supplementary_vote_is_over_those_not_chosen_under_the_same_floor() -> None:
    outcome = decide(RULES, town(10, 40, 22, 14, 30))
    rules = supplementary_rules(RULES, outcome)
    assert supplementary_candidates(outcome) == (1, 3, 4)
    assert (rules.candidates, rules.places, rules.majority_floor) == (3, 1, True)


def test_an_equal_number_left_over_still_makes_a_ballot_that_can_be_cast() -> None:
    rules = Rules(
        ballot="for_against", candidates=3, places=3, shortfall="supplementary", publish="with_archive"
    )
    counts = ApprovalCounts(
        all_deputies=45,
        present=45,
        issued=45,
        returned=45,
        for_votes=(45, 10, 22),
        against=(0, 35, 23),
        abstain=(0, 0, 0),
    )
    again = supplementary_rules(rules, decide(rules, counts))
    check_rules(again)
    assert (again.candidates, again.places, again.publish) == (2, 2, "with_archive")
    assert again.shortfall == "presidium"  # once only


def test_places_to_be_left_vacant_stay_vacant_in_the_runoff_too() -> None:
    vacant = replace(RULES, shortfall="vacant")
    assert runoff_rules(vacant, decide(vacant, town(27, 40, 27, 14, 27))).shortfall == "vacant"


def test_no_runoff_without_a_tie_and_no_supplementary_vote_without_a_vacancy() -> None:
    complete = decide(RULES, town(40, 35, 30, 10, 9))
    void = decide(RULES, replace(town(40, 35, 30, 10, 9), issued=40))
    for outcome in (complete, void):
        with pytest.raises(RulesError, match="不需要再次票决"):
            runoff_rules(RULES, outcome)
        with pytest.raises(RulesError, match="不需要另行票决"):
            supplementary_rules(RULES, outcome)


@given(st.lists(st.integers(0, 45), min_size=2, max_size=8), st.integers(0, 7), st.booleans())
def test_every_round_that_follows_can_be_held(votes: list[int], draw: int, floor: bool) -> None:
    rules = Rules(
        ballot="for_against",
        candidates=len(votes),
        places=draw % len(votes) + 1,
        majority_floor=floor,
        shortfall="supplementary",
        publish="list",
    )
    counts = ApprovalCounts(
        all_deputies=45,
        present=45,
        issued=45,
        returned=45,
        for_votes=tuple(votes),
        against=tuple(45 - cast for cast in votes),
        abstain=(0,) * len(votes),
    )
    outcome = decide(rules, counts)
    for following in following_rules(rules, outcome):
        # Whoever voted by marking could vote on with the same ballots.
        check_rules(following)
        if rules.places < rules.candidates:
            check_rules(replace(following, ballot="select_k"))


def following_rules(rules: Rules, outcome: Outcome) -> list[Rules]:
    found = []
    if outcome.tied:
        found.append(runoff_rules(rules, outcome))
        assert len(runoff_candidates(outcome)) == found[-1].candidates
    if outcome.vacancies:
        found.append(supplementary_rules(rules, outcome))
        assert len(supplementary_candidates(outcome)) == found[-1].candidates
    return found
