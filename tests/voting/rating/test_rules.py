"""The rules of 人大评 as functions of data: what is on a ballot, the ladder, comparisons, the unit index."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from voting.grading import Grading
from voting.rating.comparison import mean, newest_rates, signed, unit_results
from voting.rating.ladder import REDO, RUNGS, Rung, left_out, open_places
from voting.rating.rectifications import (
    MatterState,
    Rectification,
    RectificationStep,
    Retest,
    StepKind,
    after,
    demand_closable,
    is_bad,
)
from voting.rating.refusals import RatingError, RatingStep
from voting.rating.scores import Score
from voting.rating.settings import Weights
from voting.rating.unit_index import ProposalCounts, check_weights, unit_indexes

NOW = datetime(2027, 1, 25, tzinfo=UTC)
LEVELS = ("满意", "基本满意", "不满意", "弃权")


def score(unit: str, overall: int | None, level: str = "满意", **fields: Any) -> Score:
    facts: dict[str, Any] = {
        "round": "r",
        "round_title": "测评",
        "body": "congress",
        "day": date(2027, 1, 25),
        "number": 1,
        "title": "修路",
        "level": level,
        "bad": level == "不满意",
        "columns": LEVELS,
        "unit": unit,
        "overall": overall,
    }
    return Score(**facts | fields)


def matter(state: MatterState) -> Rectification:
    return Rectification(
        id="m",
        congress="c",
        project="p",
        title="修路",
        unit="u",
        round="r",
        number=1,
        level="不满意",
        state=state,
        months=3,
        ordered_on=date(2027, 1, 25),
        due=date(2027, 4, 26),
        demands="限期整改",
        by="刘科长",
        at=NOW,
    )


def rung(place: int, *, taken: bool = True) -> Rung:
    return Rung(id=str(place), congress="c", rectification="m", place=place, taken=taken, by="刘", at=NOW)


@pytest.mark.parametrize(
    ("favourable", "level", "bad"),
    [(2, "满意", False), (2, "基本满意", False), (2, "不满意", True), (1, "基本满意", True), (1, "", False)],
)
def test_a_score_is_bad_that_does_not_count_as_favourable(favourable: int, level: str, bad: bool) -> None:
    rules = Grading(projects=1, half="more_than", favourable=favourable, publish="list")
    assert is_bad(rules, level) is bad


@pytest.mark.parametrize(
    ("state", "kind", "leads"),
    [
        ("ordered", "plan", "working"),
        ("working", "report", "working"),
        ("working", "finish", "reported"),
        ("reported", "return", "working"),
        ("reported", "accept", "accepted"),
        ("ordered", "finish", None),
        ("working", "accept", None),
        ("reported", "report", None),
        ("accepted", "return", "working"),
        ("accepted", "accept", None),
        ("closed", "plan", None),
    ],
)
def test_rectification_goes_its_way_in_order(state: MatterState, kind: StepKind, leads: str | None) -> None:
    if leads is None:
        with pytest.raises(RatingStep):
            after(matter(state), kind)
    else:
        assert after(matter(state), kind) == leads


@pytest.mark.parametrize(
    ("state", "level", "good", "hour", "closable"),
    [
        ("accepted", None, False, None, False),
        ("accepted", "不满意", False, 13, False),
        ("accepted", "不满意", False, 11, True),
        ("working", "满意", True, 13, True),
        ("reported", "不满意", False, 13, False),
    ],
)
def test_the_newest_of_acceptance_and_retest_decides(
    state: MatterState, level: str | None, good: bool, hour: int | None, closable: bool
) -> None:
    accepted = RectificationStep(
        id="s",
        congress="c",
        rectification="m",
        turn=1,
        kind="accept",
        day=NOW.date(),
        text="好",
        by="刘",
        at=NOW.replace(hour=12),
    )
    at = None if hour is None else NOW.replace(hour=hour)
    retest = Retest(round="r", title="再测评", level=level, good=good, announced_at=at)
    if closable:
        demand_closable(matter(state), [accepted], [], retest)
    else:
        with pytest.raises(RatingStep):
            demand_closable(matter(state), [accepted], [], retest)


def test_the_ladder_has_no_step_backwards_and_none_skipped_without_a_reason() -> None:
    assert left_out([], 1, "") == ()
    assert left_out([], 3, "已经口头通报") == (1, 2)
    assert left_out([rung(1)], 2, "") == ()
    for rungs, place, error in (
        ([], 2, RatingError),
        ([rung(1)], 4, RatingError),
        ([rung(1)], 1, RatingStep),
        ([rung(1, taken=False), rung(2)], 1, RatingStep),
        ([], 0, RatingError),
        ([], 5, RatingError),
    ):
        with pytest.raises(error):
            left_out(rungs, place, "")
    assert len(RUNGS) == 4


def test_only_a_new_term_that_was_set_can_be_set_again() -> None:
    climbed = [[rung(n) for n in range(1, done + 1)] for done in range(5)]
    assert [open_places(one) for one in climbed] == [(1, 2, 3, 4), (2, 3, 4), (2, 3, 4), (2, 4), (2,)]
    assert left_out([*climbed[4], rung(REDO)], REDO, "") == ()
    skipped = [rung(1, taken=False), rung(REDO, taken=False), rung(3)]
    assert open_places(skipped) == (4,)
    with pytest.raises(RatingStep, match="注明不采用"):
        left_out(skipped, REDO, "")


def test_units_are_compared_with_their_own_last_year_and_ranked_only_if_wished() -> None:
    scores = [score("a", 900), score("a", 801, "不满意"), score("b", 1000), score("c", None)]
    names = {"a": "交通局", "b": "教育局", "c": "民政局"}
    plain = unit_results(scores, names, {"a": 840}, ranking=False)
    assert [(one.name, one.mean, one.change, one.rank) for one in plain] == [
        ("交通局", 851, 11, None),
        ("教育局", 1000, None, None),
        ("民政局", None, None, None),
    ]
    assert plain[0].levels == (("满意", 1), ("不满意", 1))
    ranked = unit_results(scores, names, {}, ranking=True)
    assert [(one.name, one.rank) for one in ranked] == [("教育局", 1), ("交通局", 2), ("民政局", None)]


def test_a_retest_does_not_make_last_year_better() -> None:
    scores = [score("a", 300, "不满意"), score("a", 900, retest=True), score("b", None)]
    assert newest_rates(scores) == {"a": 300}


def test_means_are_rounded_half_up_and_changes_have_their_sign() -> None:
    assert [mean(one) for one in ([1, 2], [1, 1, 2], [None], [])] == [2, 1, None, None]
    assert [signed(one) for one in (12, -5, 0, None)] == ["+1.2", "-0.5", "0.0", "—"]


def test_an_index_weighs_what_is_known_and_says_what_is_missing() -> None:
    counts = {
        "a": ProposalCounts(handled=4, closed=3, met=4, evaluated=0, answered=4, solved=2, online=0),
        "b": ProposalCounts(handled=1),
    }
    weights = Weights()
    entered: dict[str, Any] = {"a": {"attention": 90, "digital": 80}}
    names = {"a": "交通局", "b": "教育局"}
    one, other = unit_indexes(counts, names, entered, weights, ranking=True)
    assert one.aspects == {
        "attention": 900,
        "finished": 750,
        "met": 1000,
        "satisfied": None,
        "solved": 500,
        "online": 0,
        "digital": 800,
    }
    known = {"attention": 900, "finished": 750, "met": 1000, "solved": 500, "online": 0, "digital": 800}
    whole = sum(getattr(weights, name) for name in known)
    exact = sum(getattr(weights, name) * value for name, value in known.items()) / whole
    assert one.index == round(exact)
    assert (one.rank, other.rank, other.index, other.missing) == (1, None, None, ("attention", "digital"))
    check_weights(weights)
    with pytest.raises(RatingError, match="合计应是100"):
        check_weights(Weights(attention=0))
