"""Promises of voting/ratings.py for whatever people choose: ballot by ballot here, row by row there."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from voting.counts import GradeCounts
from voting.disclosure import disclose
from voting.grading import Grading, Half, Method, RateBase, columns
from voting.ratings import rate
from voting.rule_fields import Base

Choices = list[list[int]]
"""For each ballot the answer to each project: the place of the answer on the ballot, from 0."""


@st.composite
def held_tests(draw: st.DrawFn) -> tuple[Grading, GradeCounts, Choices]:
    levels = tuple(f"第{n}等" for n in range(draw(st.integers(2, 5))))
    many = len(levels)
    falling = st.lists(st.integers(1, 100), min_size=many - 1, max_size=many - 1, unique=True)
    method = draw(st.sampled_from(get_args(Method)))
    by_half = method in {"half", "two_way"}
    rules = Grading(
        projects=draw(st.integers(1, 3)),
        levels=levels,
        unknown=draw(st.booleans()),
        method=method,
        half=draw(st.sampled_from(get_args(Half))) if by_half else None,
        base=draw(st.sampled_from(get_args(Base))),
        rates=draw(st.sampled_from(get_args(RateBase))),
        favourable=draw(st.integers(1, many - 1)),
        points=tuple(sorted([*draw(falling), 0], reverse=True)) if method == "points" else (),
        bands=() if by_half else (*sorted(draw(falling), reverse=True), 0),
        add_up=draw(st.booleans()),
        publish="list",
    )
    answer = st.integers(0, len(columns(rules)) - 1)
    ballots = draw(st.lists(st.lists(answer, min_size=rules.projects, max_size=rules.projects), max_size=12))
    there = max(len(ballots), 1) + draw(st.integers(0, 2))
    rows = tuple(
        tuple(sum(ballot[project] == place for ballot in ballots) for place in range(len(columns(rules))))
        for project in range(rules.projects)
    )
    counts = GradeCounts(
        all_deputies=there + draw(st.integers(0, there // 2)),
        present=there,
        issued=there,
        returned=len(ballots),
        rows=rows,
    )
    return rules, counts, ballots


@given(held_tests())
def test_half_is_the_level_of_the_person_in_the_middle(held: tuple[Grading, GradeCounts, Choices]) -> None:
    """Let everybody of the base stand in a row, the most satisfied first, those without a level last."""
    rules, counts, ballots = held
    if rules.half is None:
        return
    whole = {"all_deputies": counts.all_deputies, "present": counts.present, "returned": len(ballots)}
    last = len(rules.levels) - 1
    for project, one in enumerate(rate(rules, counts).grades):
        people = sorted(ballot[project] for ballot in ballots)
        people += [last] * (whole[rules.base] - len(people))
        middle = (len(people) + 1) // 2 if rules.half == "at_least" else len(people) // 2 + 1
        place = min(people[middle - 1], last) if middle <= len(people) and people else last
        if rules.method == "two_way" and place:
            place = last
        assert one.level == rules.levels[place]


@given(held_tests())
def test_bands_hold_the_mean_of_what_each_ballot_is_worth(
    held: tuple[Grading, GradeCounts, Choices],
) -> None:
    rules, counts, ballots = held
    if not rules.bands:
        return
    many = len(rules.levels)
    full = [100] * rules.favourable + [0] * (many - rules.favourable)
    worth = [*(rules.points or full), 0, 0]
    for project, one in enumerate(rate(rules, counts).grades):
        values = [worth[b[project]] for b in ballots if rules.rates == "valid" or b[project] < many]
        if not values:
            assert (one.level, one.overall, one.score) == ("", None, None)
            continue
        mean = Fraction(sum(values), len(values))
        reached = [name for name, least in zip(rules.levels, rules.bands, strict=True) if mean >= least]
        assert one.level == reached[0]


@given(held_tests())
def test_rates_are_those_of_the_ballots_one_by_one(held: tuple[Grading, GradeCounts, Choices]) -> None:
    rules, counts, ballots = held
    ratings = rate(rules, counts)
    answers = [
        [b[p] for b in ballots if rules.rates == "valid" or b[p] < len(rules.levels)]
        for p in range(rules.projects)
    ]
    summed = rules.add_up and rules.rates == "valid"
    for one, given_ in zip(ratings.grades, answers, strict=True):
        if summed and given_:
            assert one.satisfied == one.shares[0]
            assert one.overall == sum(one.shares[: rules.favourable])
            assert abs(one.overall - (_share(given_, rules.favourable) or 0)) <= len(columns(rules))
        else:
            assert one.satisfied == _share(given_, 1)
            assert one.overall == _share(given_, rules.favourable)
    if rules.projects == 1:
        assert ratings.overall == ratings.grades[0].overall
    else:
        assert ratings.overall == _share([one for given_ in answers for one in given_], rules.favourable)


def _share(answers: list[int], best: int) -> int | None:
    """Tenths of a per cent, in decimal arithmetic."""
    if not answers:
        return None
    favourable = Decimal(1000 * sum(answer < best for answer in answers))
    return int((favourable / len(answers)).quantize(Decimal(1), ROUND_HALF_UP))


@given(held_tests())
def test_a_reason_names_the_level_and_a_cause_no_figure_of_the_count(
    held: tuple[Grading, GradeCounts, Choices],
) -> None:
    rules, counts, _ = held
    for one in rate(rules, counts).grades:
        assert one.level in one.reason
        assert one.level in one.cause
        kept = one.cause
        for known in (*rules.levels, *map(str, rules.bands)):
            kept = kept.replace(known, "")
        assert not any(character.isdigit() for character in kept)


@given(held_tests())
def test_where_only_the_levels_are_published_nothing_depends_on_more_than_them(
    held: tuple[Grading, GradeCounts, Choices],
) -> None:
    rules, counts, _ = held
    ratings = rate(rules, counts)
    shown = disclose(rules, ratings)
    assert not shown.with_votes
    assert [one.level for one in shown.grades] == [one.level for one in ratings.grades]
    assert {(one.counts, one.shares, one.satisfied, one.overall, one.score) for one in shown.grades} == {
        (None,) * 5
    }
    assert shown.overall is None
    assert shown.sentences == (ratings.sentences[3],)
