"""Promises of the sum: papers and box give the outcome of all ballots in one box."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.tally import Result
from voting.conclusions import conclude
from voting.counts import Rows, counts_of_rows
from voting.grading import Grading, columns
from voting.paper_ballots.sheets import (
    Dealt,
    Entry,
    PaperError,
    check_entry,
    differences,
    figure_names,
    sum_of,
)
from voting.rounds import Candidate, Round, Session
from voting.rules import RoundRules, Rules
from voting.tally_report import counts_from

Ballot = tuple[int, ...]
"""A mark for each candidate: chosen or not, or which of the answers."""
NOW = datetime(2026, 1, 25, tzinfo=UTC)
KINDS: tuple[RoundRules, ...] = (
    Rules(ballot="select_k", candidates=4, places=2, majority_floor=False, publish="list"),
    Rules(ballot="for_against", candidates=3, places=2, base="returned", publish="list"),
    Rules(ballot="for_against", candidates=3, places=2, base="returned", most_for=True, publish="list"),
    Grading(projects=3, half="more_than", publish="list"),
)


def projects(rules: RoundRules) -> int:
    return rules.projects if isinstance(rules, Grading) else rules.candidates


def answers(rules: RoundRules) -> int:
    return len(columns(rules)) if isinstance(rules, Grading) else 3


def ballot_of(rules: RoundRules) -> st.SearchStrategy[Ballot]:
    each = st.integers(0, 1 if rules.ballot == "select_k" else answers(rules) - 1)
    made = st.tuples(*[each] * projects(rules))
    if isinstance(rules, Rules) and rules.ballot == "select_k":
        return made.filter(lambda marks: sum(marks) <= rules.places)
    return made


def counted(rules: RoundRules, ballots: list[Ballot]) -> Rows:
    """Ballot by ballot."""
    if rules.ballot == "select_k":
        marks = [sum(ballot[place] for ballot in ballots) for place in range(projects(rules))]
        return ((sum(not any(ballot) for ballot in ballots), *marks),)
    return tuple(
        tuple(sum(ballot[place] == answer for ballot in ballots) for answer in range(answers(rules)))
        for place in range(projects(rules))
    )


def a_round(rules: RoundRules, **facts: Any) -> Round:
    candidates = tuple(Candidate(number=n, title=f"项目{n}") for n in range(1, projects(rules) + 1))
    return Round(
        id="r",
        congress="c",
        session="s",
        title="票决",
        state="closed",
        rules=rules,
        candidates=candidates,
        drafted_at=NOW,
        **facts,
    )


@st.composite
def halves(draw: st.DrawFn) -> tuple[RoundRules, list[Ballot], list[Ballot], int]:
    rules = draw(st.sampled_from(KINDS))
    lists = st.lists(ballot_of(rules), max_size=8)
    return rules, draw(lists), draw(lists), draw(st.integers(0, 3))


@given(halves())
def test_box_and_papers_decide_as_all_ballots_in_one_box(
    cast: tuple[RoundRules, list[Ballot], list[Ballot], int],
) -> None:
    rules, boxed, on_paper, invalid = cast
    everybody = len(boxed) + len(on_paper) + invalid
    of = a_round(rules, present=30, issued=30, returned=everybody)
    session = Session(id="s", congress="c", code="1", title="会议", all_deputies=30)
    papers = Entry(returned=len(on_paper) + invalid, invalid=invalid, rows=counted(rules, on_paper))
    together = counts_from(of, session, Result(result=counted(rules, boxed)), papers)
    whole = counts_of_rows(
        rules.ballot,
        counted(rules, boxed + on_paper),
        all_deputies=30,
        present=30,
        issued=30,
        returned=everybody,
        invalid=invalid,
    )
    assert together == whole
    assert conclude(rules, together) == conclude(rules, whole)


@given(halves())
def test_what_can_be_counted_from_papers_is_accepted(
    cast: tuple[RoundRules, list[Ballot], list[Ballot], int],
) -> None:
    rules, _, on_paper, invalid = cast
    entry = Entry(returned=len(on_paper) + invalid, invalid=invalid, rows=counted(rules, on_paper))
    check_entry(a_round(rules, issued=30, paper=30), Dealt(), "all", entry, sure=False)


@given(halves(), st.data())
def test_one_figure_more_or_less_is_named_and_of_each_project_s_answers_it_is_refused(
    cast: tuple[RoundRules, list[Ballot], list[Ballot], int], data: st.DataObject
) -> None:
    rules, _, on_paper, invalid = cast
    of = a_round(rules, issued=30, paper=30)
    rows = counted(rules, on_paper)
    right = Entry(returned=len(on_paper) + invalid, invalid=invalid, rows=rows)
    row = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[row]) - 1))
    one_more = tuple(
        tuple(figure + ((at, n) == (row, place)) for n, figure in enumerate(line))
        for at, line in enumerate(rows)
    )
    wrong = Entry(returned=right.returned, invalid=invalid, rows=one_more)
    (found,) = differences(of, right, wrong)
    assert found.what == figure_names(of)[row * len(rows[0]) + place]
    assert found.figures == (rows[row][place], rows[row][place] + 1)
    if rules.ballot != "select_k":
        with pytest.raises(PaperError):
            check_entry(of, Dealt(), "all", wrong, sure=False)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4))
def test_a_sum_does_not_depend_on_which_half_comes_first(pairs: list[tuple[int, int]]) -> None:
    one, two = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    assert sum_of((one,), (two,)) == sum_of((two,), (one,)) == (tuple(a + b for a, b in pairs),)
