"""The result of a test, handed on: every figure where it may be seen, none where it may not, and why not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any, get_args

from msgspec.structs import asdict, replace

from voting.actors import Role
from voting.counts import GradeCounts
from voting.disclosure import disclose
from voting.grading import Grading
from voting.rating.rated import Rated
from voting.rating.scores import LEVELS_ONLY, Score, Shown, score, shown_grades
from voting.ratings import Ratings, rate
from voting.rounds import Round, Session
from voting.rules import Rules

RULES = Grading(projects=2, half="more_than", publish="list_and_votes")
LATE_IN_THE_DAY = datetime(2027, 1, 25, 17, tzinfo=UTC)
SESSION = Session(id="s", congress="c", code="AbCdEfGh", title="第六次会议", all_deputies=12)
ROW = Rated(congress="c", round="r", number=2, title="修路", project="p", part=3, unit="交通局")


def ratings(returned: int, rules: Grading = RULES) -> Ratings:
    rows = ((returned, 0, 0, 0), (1, 0, returned - 1, 0))
    counts = GradeCounts(all_deputies=12, present=12, issued=12, returned=returned, rows=rows)
    return rate(rules, counts)


def held(**facts: Any) -> Round:
    usual: dict[str, Any] = {
        "state": "published",
        "rules": RULES,
        "candidates": (),
        "drafted_at": LATE_IN_THE_DAY,
    }
    return Round(id="r", congress="c", session="s", title="测评", **{**usual, **facts})


def test_of_few_only_the_office_sees_figures_and_only_on_the_rounds_own_page() -> None:
    few, enough = ratings(4), ratings(5)
    for role, own_page in product(get_args(Role), (False, True)):
        seen = role in {"staff", "system"} and own_page
        shown = shown_grades(role, RULES, few, own_page=own_page)
        assert [shown.grades[number].counts is not None for number in (1, 2)] == [seen, seen]
        assert shown.kept_back == ("" if seen else "人数太少，不公布票数。")
        assert shown_grades(role, RULES, enough, own_page=own_page).grades[2].counts == (1, 0, 4, 0)
    assert shown_grades("staff", RULES, few).grades[1].counts is None


def test_the_office_sees_every_field_of_a_grade_whatever_is_published() -> None:
    rules = replace(
        RULES, publish="list", method="points", half=None, points=(100, 70, 30), bands=(85, 60, 0)
    )
    whole = ratings(10, rules)
    shown = shown_grades("staff", rules, whole)
    fields = asdict(whole.grades[1])
    del fields["cause"]
    assert asdict(shown.grades[2]) == fields
    assert (fields["score"], shown.kept_back) == (370, "")


def test_where_levels_alone_are_published_a_unit_is_told_so() -> None:
    rules = replace(RULES, publish="list")
    shown = shown_grades("unit", rules, ratings(10, rules))
    assert shown.kept_back == LEVELS_ONLY == "按测评办法只公布等次。"
    assert tuple(shown.grades.values()) == disclose(rules, ratings(10, rules)).grades


def test_a_score_says_what_was_rated_when_by_whom_and_what_came_of_it() -> None:
    shown = shown_grades("unit", RULES, ratings(10))
    found = score(held(opened_at=LATE_IN_THE_DAY), SESSION, ROW, shown)
    assert found == Score(
        round="r",
        round_title="测评",
        body="congress",
        day=date(2027, 1, 26),
        number=2,
        title="修路",
        level="不满意",
        bad=True,
        columns=("满意", "基本满意", "不满意", "弃权"),
        unit="交通局",
        project="p",
        part=3,
        counts=(1, 0, 9, 0),
        satisfied=100,
        overall=100,
        reason=shown.grades[2].reason,
        path="/r/r",
    )
    assert (found.retest, found.who, found.overall_words) == (False, "人大代表", "10.0%")


def test_points_and_reasons_for_silence_are_handed_on() -> None:
    rules = replace(RULES, method="points", half=None, points=(100, 70, 30), bands=(85, 60, 0))
    shown = Shown(grades=shown_grades("staff", rules, ratings(10, rules)).grades, kept_back="不公布。")
    found = score(held(rules=rules), SESSION, ROW, shown)
    assert found is not None
    assert (found.points, found.kept_back) == (370, "不公布。")


def test_points_are_published_with_the_votes() -> None:
    rules = replace(RULES, method="points", half=None, points=(100, 70, 30), bands=(85, 60, 0))
    assert shown_grades("unit", rules, ratings(10, rules)).grades[2].score == 370


def test_an_answer_a_retest_and_a_committee_are_told_apart() -> None:
    of = held(state="announced")
    row = replace(ROW, number=1, question="q", project=None, part=None, rectification="m")
    shown = shown_grades("staff", RULES, ratings(10))
    found = score(of, replace(SESSION, body="committee"), row, shown)
    assert found is not None
    assert (found.question, found.project, found.retest, found.bad) == ("q", None, True, False)
    assert (found.day, found.path, found.who) == (None, "", "常委会组成人员")


def test_there_is_no_score_for_what_has_no_grade() -> None:
    decision = Rules(ballot="select_k", candidates=2, places=1, publish="list")
    shown = shown_grades("staff", RULES, ratings(10))
    assert score(held(), SESSION, ROW, Shown(grades={}, kept_back="")) is None
    assert score(held(rules=decision), SESSION, ROW, shown) is None
