"""整改, the ladder, comparisons and the unit index: every sentence whole, every figure to the last tenth."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from tests.voting.rating.test_rules import matter, rung, score
from voting.grading import Grading
from voting.rating.comparison import UnitResult, mean, signed, unit_results
from voting.rating.ladder import RUNGS, Rung, last_day_taken, left_out
from voting.rating.rated import Rated, unbound
from voting.rating.rectifications import (
    STATE_NAMES,
    MatterState,
    RectificationStep,
    Retest,
    StepKind,
    after,
    check_day,
    closable,
    demand_closable,
    is_bad,
)
from voting.rating.refusals import RatingError, RatingStep
from voting.rating.settings import Weights
from voting.rating.unit_index import ProposalCounts, UnitIndex, check_weights, unit_indexes
from voting.rounds import Candidate, Round

NOON = datetime(2027, 1, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ONLY = Weights(attention=0, finished=0, met=0, satisfied=0, solved=0, online=0, digital=0)
REFRESH = "请刷新页面查看最新情况。"
FIRST_A_PLAN = "请先提交整改方案，再报告整改情况。"
NOT_FINISHED = "责任单位还没有报告整改完成，不能验收。"
WAITS = "已经报告整改完成，正在等待验收。"


def step(kind: StepKind, at: datetime) -> RectificationStep:
    facts: dict[str, Any] = {"turn": 1, "day": at.date(), "text": "好", "by": "刘", "at": at}
    return RectificationStep(id="s", congress="c", rectification="m", kind=kind, **facts)


def retest(*, good: bool, at: datetime | None = NOON, level: str | None = "满意") -> Retest:
    return Retest(round="r", title="再测评", level=level, good=good, announced_at=at)


@pytest.mark.parametrize(
    ("state", "kind", "sentence"),
    [
        ("ordered", "report", FIRST_A_PLAN),
        ("ordered", "finish", FIRST_A_PLAN),
        ("ordered", "accept", NOT_FINISHED),
        ("working", "accept", NOT_FINISHED),
        ("reported", "report", WAITS),
        ("reported", "finish", WAITS),
        ("accepted", "plan", "“修路”已验收，等待销号，现在不能进行这一步。"),
    ],
)
def test_a_step_out_of_order_is_refused_in_words_exactly(
    state: MatterState, kind: StepKind, sentence: str
) -> None:
    with pytest.raises(RatingStep) as refused:
        after(matter(state), kind)
    assert refused.value.sentence == sentence + REFRESH


def test_a_closed_matter_stays_closed() -> None:
    said = []
    for attempt in (
        lambda: after(matter("closed"), "plan"),
        lambda: demand_closable(matter("closed"), [], [], None),
    ):
        with pytest.raises(RatingStep) as refused:
            attempt()
        said.append(refused.value.sentence)
    assert said == ["“修路”的整改已经销号，不能再变动。"] * 2
    assert [matter(state).open for state in STATE_NAMES] == [True, True, True, True, False]


def test_why_a_matter_cannot_be_closed_is_said_exactly() -> None:
    waiting = retest(good=False, level=None, at=None)
    bad = retest(good=False, level="不满意", at=NOON + HOUR)
    cases: list[tuple[MatterState, Retest | None, str]] = [
        ("accepted", waiting, "“修路”的再测评还没有宣布结果，不能销号。请在宣布之后办理。"),
        ("reported", None, "“修路”的整改没有通过验收，也没有通过再测评，不能销号。请先验收。"),
        (
            "accepted",
            bad,
            "“修路”验收之后再测评仍为不满意，不能销号。请退回继续整改或者责成限期重办，重新验收后再销号。",
        ),
    ]
    for state, tested, sentence in cases:
        with pytest.raises(RatingStep) as refused:
            demand_closable(matter(state), [step("accept", NOON)], [], tested)
        assert refused.value.sentence == sentence
    assert (waiting.words, bad.words) == ("再测评还没有宣布结果", "再测评结果：不满意")


def test_the_latest_acceptance_counts_and_one_at_the_same_moment_is_not_outdated() -> None:
    twice = [step("accept", NOON - HOUR), step("return", NOON - HOUR), step("accept", NOON + HOUR)]
    bad = retest(good=False, level="不满意")
    assert closable(matter("accepted"), twice, [], bad)
    assert not closable(matter("accepted"), twice[:2], [], bad)
    assert closable(matter("accepted"), [step("accept", NOON)], [], bad)
    assert closable(matter("accepted"), [step("accept", NOON)], [], None)


def test_a_retest_that_was_passed_closes_until_the_matter_goes_on() -> None:
    climbed = {taken: Rung(**_rung(taken)) for taken in (True, False)}
    open_states = [state for state in get_args(MatterState) if state != "closed"]
    assert all(closable(matter(state), [], [], retest(good=True)) for state in open_states)
    assert not closable(matter("working"), [step("return", NOON + HOUR)], [], retest(good=True))
    assert closable(matter("working"), [step("return", NOON)], [], retest(good=True))
    assert closable(matter("working"), [step("report", NOON + HOUR)], [], retest(good=True))
    assert not closable(matter("working"), [], [climbed[True]], retest(good=True))
    assert closable(matter("working"), [], [climbed[False]], retest(good=True))
    assert not closable(matter("working"), [step("return", NOON)], [], retest(good=True, at=None))
    outdated = [step("accept", NOON), step("return", NOON + HOUR)]
    assert closable(matter("accepted"), outdated, [], retest(good=True))
    assert closable(matter("accepted"), outdated, [], retest(good=True, at=NOON + 2 * HOUR))
    followed = [*outdated, step("return", NOON + 3 * HOUR)]
    assert closable(matter("accepted"), followed, [], retest(good=True, at=NOON + 2 * HOUR))


def _rung(taken: bool) -> dict[str, Any]:
    facts = {"id": "1", "congress": "c", "rectification": "m", "place": 1, "by": "刘"}
    return {**facts, "taken": taken, "at": NOON + HOUR}


def test_levels_below_the_favourable_ones_are_bad_and_no_others() -> None:
    rules = Grading(projects=1, half="more_than", publish="list")
    assert [is_bad(rules, level) for level in (*rules.levels, "弃权")] == [False, False, True, False]


def test_a_day_lies_between_the_beginning_and_today() -> None:
    since, today = date(2027, 1, 5), date(2027, 1, 25)
    check_day(since, today, since, "日期")
    check_day(today, today, since, "日期")
    for day, sentence in (
        (date(2027, 1, 26), "验收日期不能晚于今天。请核对。"),
        (date(2027, 1, 4), "验收日期不能早于2027年1月5日。请核对。"),
    ):
        with pytest.raises(RatingError) as refused:
            check_day(day, today, since, "验收日期")
        assert refused.value.sentence == sentence


def test_the_ladder_refuses_in_words_exactly() -> None:
    choose = "请选择要登记的一步：通报、限期重办、约见或者专题询问。"
    cases: list[tuple[list[Rung], int, str, str]] = [
        ([], 0, "", choose),
        ([], 5, "", choose),
        ([], 3, " ", "“约见”之前还有通报、限期重办。请按次序进行，或者写明不采用的理由。"),
        ([rung(1), rung(3)], 1, "", "“通报”已经登记过，不能倒回去登记。请刷新页面查看。"),
        (
            [rung(1), rung(2, taken=False)],
            2,
            "",
            "“限期重办”已经注明不采用，不能倒回去登记。请刷新页面查看。",
        ),
    ]
    for rungs, place, reason, sentence in cases:
        with pytest.raises((RatingError, RatingStep)) as refused:
            left_out(rungs, place, reason)
        assert refused.value.sentence == sentence
    assert left_out([rung(1), rung(2), rung(3)], 4, "") == ()
    assert [rung(place).name for place in (1, 2, 3, 4)] == list(RUNGS)


def test_the_newest_day_is_that_of_a_step_that_was_taken() -> None:
    days = [Rung(**{**_rung(True), "day": day}) for day in (date(2027, 3, 1), None, date(2027, 2, 1))]
    assert last_day_taken(days) == date(2027, 3, 1)
    assert last_day_taken(days[1:2]) is None
    assert last_day_taken([]) is None


def test_a_title_that_nobody_knows_stands_alone() -> None:
    rules = Grading(projects=2, half="more_than", publish="list")
    rows = tuple(Candidate(number=n, title=title) for n, title in enumerate(("修路", "修桥"), start=1))
    of = Round(
        id="r",
        congress="c",
        session="s",
        title="测评",
        state="drafted",
        rules=rules,
        candidates=rows,
        drafted_at=NOON,
    )
    assert unbound(of, [Rated(congress="c", round="r", number=1, title="修路")]) == ("修桥",)


def test_units_stand_by_name_or_by_rank_and_equal_ones_share_the_better() -> None:
    scores = [score("a", 700), score("b", 900, "不满意"), score("b", 900), score("c", 900), score("d", 0)]
    names = {"a": "丙局", "b": "乙局", "c": "甲局"}
    plain = unit_results(
        [*scores, score("e", None), replace(score("x", 500), unit=None)], names, {}, ranking=False
    )
    assert [one.unit for one in plain] == [*"de", *sorted("abc", key=names.__getitem__)]
    ranked = unit_results([*scores, score("e", None)], names, {"a": 700, "d": 5}, ranking=True)
    assert [(one.unit, one.rank) for one in ranked] == [
        *((unit, 1) for unit in sorted("bc", key=names.__getitem__)),
        ("a", 3),
        ("d", 4),
        ("e", None),
    ]
    assert [(one.unit, one.change) for one in ranked if one.last is not None] == [("a", 0), ("d", -5)]
    second = next(one for one in ranked if one.unit == "b")
    levels = (("满意", 1), ("不满意", 1))
    assert second == UnitResult(unit="b", name="乙局", levels=levels, mean=900, last=None, rank=second.rank)
    assert next(one for one in ranked if one.unit == "d").name == ""


def test_a_mean_is_exact_to_the_half_and_a_change_to_the_tenth() -> None:
    assert [mean(one) for one in ([1, 1, 1, 2], [1, 2, 2], [3, 4], [0], [None, 7])] == [1, 2, 4, 0, 7]
    assert [signed(one) for one in (1, -1, 10, -19)] == ["+0.1", "-0.1", "+1.0", "-1.9"]


def index(counts: ProposalCounts, weights: Weights, **entered: int) -> UnitIndex:
    (found,) = unit_indexes({"a": counts}, {"a": "甲"}, {"a": entered}, weights, ranking=False)  # type: ignore[dict-item]  # names of aspects
    return found


def test_every_aspect_is_its_own_rate_to_the_tenth_and_half_is_rounded_up() -> None:
    counts = ProposalCounts(
        handled=16, closed=1, met=3, online=5, evaluated=7, favourable=2, answered=9, solved=4
    )
    found = index(counts, Weights(), attention=91, digital=7)
    assert found.aspects == {
        "attention": 910,
        "finished": 63,
        "met": 188,
        "satisfied": 286,
        "solved": 444,
        "online": 313,
        "digital": 70,
    }
    assert (found.process, found.result, found.index) == (350, 283, 313)
    assert (found.unit, found.name, found.counts, found.rank, found.missing) == ("a", "甲", counts, None, ())


def test_what_weighs_nothing_need_not_be_entered_and_what_weighs_must() -> None:
    counts = ProposalCounts(handled=2, closed=1, met=2)
    for weights, missing, figures in (
        (Weights(attention=0, digital=0), (), (600, 500, 563)),
        (Weights(digital=0), ("attention",), (None, 500, None)),
        (Weights(attention=0), ("digital",), (None, 500, None)),
        (ONLY, (), (None, None, None)),
    ):
        found = index(counts, weights)
        assert found.missing == missing
        assert (found.process, found.result, found.index) == figures


def test_indexes_are_ranked_like_rates() -> None:
    weights = Weights(attention=0, finished=100, met=0, satisfied=0, solved=0, online=0, digital=0)
    check_weights(weights)
    closed = {"a": 1, "b": 2, "c": 2, "d": 0}
    counts = {unit: ProposalCounts(handled=2, closed=done) for unit, done in closed.items()}
    counts["e"] = ProposalCounts()
    names = {"b": "乙", "c": "甲", "a": "丙"}
    ranked = unit_indexes(counts, names, {}, weights, ranking=True)
    first = sorted("bc", key=names.__getitem__)
    assert [(one.unit, one.rank) for one in ranked] == [
        (first[0], 1),
        (first[1], 1),
        ("a", 3),
        ("d", 4),
        ("e", None),
    ]
    plain = unit_indexes(counts, names, {}, weights, ranking=False)
    assert [one.unit for one in plain] == [*"de", *sorted("abc", key=names.__getitem__)]
    assert next(one for one in plain if one.unit == "d").name == ""


def test_weights_that_do_not_make_a_hundred_are_refused_with_their_sum() -> None:
    for weights, total in ((Weights(attention=11), 101), (Weights(digital=9), 99)):
        with pytest.raises(RatingError) as refused:
            check_weights(weights)
        assert refused.value.sentence == f"七个方面的权重合计应是100，现在是{total}。请修改。"
