"""Promises of voting/outcome.py for whatever ballots are cast: counted here, decided there, compared."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from voting.outcome import ApprovalCounts, DecisionCounts, Outcome, SelectCounts, decide
from voting.rules import Rules, TiePolicy


@st.composite
def votes_cast(draw: st.DrawFn) -> tuple[Rules, DecisionCounts, list[int]]:
    """A small congress that votes ballot by ballot, so that the votes are counted here and not by us."""
    candidates = draw(st.integers(2, 5))
    rules = Rules(
        ballot=draw(st.sampled_from(["select_k", "for_against"])),
        candidates=candidates,
        places=draw(st.integers(1, candidates - 1)),
        base=draw(st.sampled_from(["all_deputies", "present", "returned"])),
        majority_floor=draw(st.booleans()),
        tie=draw(st.sampled_from(["runoff", "presidium", "all_enter"])),
        shortfall=draw(st.sampled_from(["presidium", "supplementary", "vacant"])),
        publish="list",
    )
    people: dict[str, Any] = {"all_deputies": 12, "present": draw(st.integers(10, 12)), "issued": 10}
    numbers = range(1, candidates + 1)
    if rules.ballot == "select_k":
        marks = draw(st.lists(st.sets(st.sampled_from(numbers), max_size=rules.places), max_size=10))
        votes = [sum(number in ballot for ballot in marks) for number in numbers]
        blank = sum(not ballot for ballot in marks)
        chosen = SelectCounts(**people, returned=len(marks), votes=tuple(votes), blank=blank)
        return rules, chosen, votes
    row = st.lists(st.sampled_from("赞反弃"), min_size=candidates, max_size=candidates)
    ballots = draw(st.lists(row, max_size=10))
    columns = [[ballot[number - 1] for ballot in ballots] for number in numbers]
    votes = [column.count("赞") for column in columns]
    approved = ApprovalCounts(
        **people,
        returned=len(ballots),
        for_votes=tuple(votes),
        against=tuple(column.count("反") for column in columns),
        abstain=tuple(column.count("弃") for column in columns),
    )
    return rules, approved, votes


def enough(rules: Rules, counts: DecisionCounts, votes: int) -> bool:
    whole = {"all_deputies": 12, "present": counts.present, "returned": counts.returned}[rules.base]
    if not rules.majority_floor:
        return votes > 0
    return whole > 0 and Fraction(votes, whole) > Fraction(1, 2)


@given(votes_cast())
def test_who_is_chosen_has_enough_votes_and_nobody_left_out_has_more(
    vote: tuple[Rules, DecisionCounts, list[int]],
) -> None:
    rules, counts, votes = vote
    outcome = decide(rules, counts)
    fit = {number for number, cast in enumerate(votes, start=1) if enough(rules, counts, cast)}
    chosen, tied = set(outcome.chosen), set(outcome.tied)
    assert chosen | tied <= fit
    assert not chosen & tied
    assert all(votes[a - 1] > votes[b - 1] for a in chosen for b in fit - chosen)
    assert len({votes[number - 1] for number in tied}) <= 1
    assert all(votes[a - 1] > votes[b - 1] for a in tied for b in fit - chosen - tied)
    if len(fit) <= rules.places:
        assert chosen == fit
        assert outcome.vacancies == rules.places - len(fit)
    elif rules.tie != "all_enter":
        assert len(chosen) + outcome.tied_places == rules.places
        assert (len(tied) > outcome.tied_places > 0) == bool(tied)
    else:
        assert len(chosen) >= rules.places


STEPS: dict[TiePolicy, str] = {"runoff": "runoff", "presidium": "presidium"}


@given(votes_cast())
def test_status_and_next_step_follow_from_what_is_open(vote: tuple[Rules, DecisionCounts, list[int]]) -> None:
    rules, counts, _ = vote
    outcome = decide(rules, counts)
    if outcome.tied:
        assert (outcome.status, outcome.next_step) == ("tied", STEPS[rules.tie])
    elif outcome.vacancies:
        assert (outcome.status, outcome.next_step) == ("short", rules.shortfall)
    else:
        assert (outcome.status, outcome.next_step) == ("complete", "none")


@given(votes_cast())
def test_every_reason_tells_the_votes_and_ends_in_the_verdict(
    vote: tuple[Rules, DecisionCounts, list[int]],
) -> None:
    rules, counts, votes = vote
    for each in decide(rules, counts).standings:
        assert each.votes == votes[each.number - 1]
        assert f"{each.votes}票" in each.reason or (each.votes == 0 and "没有得到" in each.reason)
        verdict = re.search(r"(未入选|入选|待定：.*(再次票决，得票多的入选|由主席团决定))。$", each.reason)
        assert verdict is not None
        assert {"未": "not_chosen", "入": "chosen", "待": "tied"}[verdict[1][0]] == each.status
        assert ("超过" in each.reason) == rules.majority_floor


@given(votes_cast())
def test_an_outcome_survives_being_written_and_read(vote: tuple[Rules, DecisionCounts, list[int]]) -> None:
    outcome = decide(vote[0], vote[1])
    assert msgspec.json.decode(msgspec.json.encode(outcome), type=Outcome) == outcome
