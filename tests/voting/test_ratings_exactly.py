"""A satisfaction test as it is handed on, read out, and shown to everybody: every field and every line."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict, replace

from voting.conclusions import conclusion_text
from voting.counts import GradeCounts
from voting.disclosure import disclose
from voting.grading import Grading
from voting.ratings import has_half, percent, percentages, rate, tenths

TWO = Grading(projects=2, half="more_than", publish="list_and_votes")
TEN = GradeCounts(all_deputies=12, present=10, issued=10, returned=10, rows=((5, 3, 2, 0), (10, 0, 0, 0)))
BANDS = replace(TWO, method="bands", half=None, bands=(80, 60, 0))


def test_a_void_test_keeps_its_base_and_what_came_back_and_rates_nothing() -> None:
    said = asdict(rate(TWO, replace(TEN, returned=11)))
    said.pop("sentences")
    assert said == {"status": "void", "returned": 11, "base": 12, "grades": (), "overall": None}


def test_a_test_that_counts_keeps_its_base_and_what_came_back() -> None:
    ratings = rate(replace(TWO, base="present"), replace(TEN, present=11, issued=11))
    assert (ratings.status, ratings.returned, ratings.base, ratings.overall) == ("graded", 10, 11, 900)
    assert rate(replace(TWO, base="returned"), replace(TEN, present=11, issued=11)).base == 10


def test_a_grade_says_all_that_its_row_says() -> None:
    assert asdict(rate(TWO, TEN).grades[0]) == {
        "number": 1,
        "level": "基本满意",
        "counts": (5, 3, 2, 0),
        "satisfied": 500,
        "overall": 800,
        "score": None,
        "shares": (500, 300, 200, 0),
        "reason": "满意、基本满意合计8票，超过全体代表（12）的半数（不含半数），为基本满意。",
        "cause": "满意、基本满意票合计超过全体代表的半数（不含半数），为基本满意。",
    }


def test_half_itself_is_enough_where_the_rules_say_so_and_is_named_so() -> None:
    rules = replace(TWO, half="at_least", base="returned")
    grade = rate(rules, replace(TEN, rows=((5, 0, 5, 0), (5, 0, 5, 0)))).grades[0]
    assert grade.reason == "满意5票，达到收回的票（10）的半数（含半数），为满意。"


def test_a_single_level_is_not_said_to_be_taken_together() -> None:
    grade = rate(TWO, TEN).grades[1]
    assert grade.reason == "满意10票，超过全体代表（12）的半数（不含半数），为满意。"
    assert grade.cause == "满意票超过全体代表的半数（不含半数），为满意。"


def test_a_band_says_which_bar_was_reached_and_the_last_which_was_missed() -> None:
    reached, missed = rate(BANDS, replace(TEN, rows=((5, 3, 2, 0), (2, 3, 5, 0)))).grades
    assert (reached.level, reached.reason) == ("满意", "总体满意率80.0%，不低于80%，为满意。")
    assert reached.cause == "总体满意率不低于80%，为满意。"
    assert (missed.level, missed.reason) == ("不满意", "总体满意率50.0%，低于60%，为不满意。")
    assert missed.cause == "总体满意率低于60%，为不满意。"


def test_points_are_read_as_points() -> None:
    rules = replace(BANDS, method="points", points=(100, 70, 30), bands=(85, 60, 0))
    grade = rate(rules, TEN).grades[0]
    assert (grade.score, grade.level) == (770, "基本满意")
    assert grade.reason == "平均分77.0分，不低于60分，为基本满意。"


def test_where_nobody_has_an_opinion_both_sentences_say_so() -> None:
    rules = replace(BANDS, rates="opinions")
    nobody, everybody = rate(rules, replace(TEN, rows=((0, 0, 0, 10), (10, 0, 0, 0)))).grades
    assert (nobody.level, nobody.satisfied, nobody.overall, nobody.score) == ("", None, None, None)
    assert nobody.reason == nobody.cause == "没有人表示意见，不定等次。"
    assert everybody.level == "满意"


def test_figures_are_written_with_one_decimal_and_none_as_a_dash() -> None:
    assert (tenths(976), tenths(5), tenths(0), tenths(None)) == ("97.6", "0.5", "0.0", "—")
    assert (percent(976), percent(None)) == ("97.6%", "—")


def test_the_text_of_a_test_is_this_one() -> None:
    assert conclusion_text(TWO, rate(TWO, TEN)) == (
        "结果：测评有效\n\n"
        "全体代表12人，实到10人，达到全体代表的三分之二，符合法定人数。\n"
        "发出测评票10张，收回10张，收回的票等于发出的票，测评有效。\n"
        "有效票10张，无效票0张。\n"
        "测评项目2件：满意1件，基本满意1件，不满意0件。\n"
        "总体满意率90.0%。\n\n"
        "序号  满意  基本满意  不满意  弃权  满意率  总体满意率      等次\n"
        " 1号     5         3       2     0   50.0%       80.0%  基本满意\n"
        " 2号    10         0       0     0  100.0%      100.0%      满意\n\n"
        "1号：满意、基本满意合计8票，超过全体代表（12）的半数（不含半数），为基本满意。\n"
        "2号：满意10票，超过全体代表（12）的半数（不含半数），为满意。\n"
    )


# What everybody may see


@pytest.mark.parametrize("publish", ["list_and_votes", "with_archive"])
def test_where_votes_are_published_everybody_sees_what_the_report_says(publish: str) -> None:
    rules = replace(TWO, publish="list_and_votes" if publish == "list_and_votes" else "with_archive")
    ratings = rate(rules, TEN)
    shown = disclose(rules, ratings)
    assert (shown.sentences, shown.overall) == (ratings.sentences, 900)
    assert (shown.with_votes, shown.kept_back) == (True, "")
    reported = [asdict(one) for one in ratings.grades]
    for one in reported:
        one.pop("cause")
    assert [asdict(one) for one in shown.grades] == reported


def test_where_levels_are_published_only_no_figure_of_the_count_is_shown() -> None:
    rules = replace(TWO, publish="list")
    ratings = rate(rules, TEN)
    shown = disclose(rules, ratings)
    assert shown.sentences == ("测评项目2件：满意1件，基本满意1件，不满意0件。",)
    assert (shown.overall, shown.with_votes, shown.kept_back) == (None, False, "")
    assert [asdict(one) for one in shown.grades] == [
        {
            "number": one.number,
            "level": one.level,
            "reason": one.cause,
            "counts": None,
            "shares": None,
            "satisfied": None,
            "overall": None,
            "score": None,
        }
        for one in ratings.grades
    ]


@pytest.mark.parametrize(("returned", "with_votes"), [(4, False), (5, True)])
def test_figures_of_fewer_than_five_ballots_are_kept_back_and_the_page_says_why(
    returned: int, with_votes: bool
) -> None:
    rows = ((returned, 0, 0, 0), (0, returned, 0, 0))
    few = replace(TEN, all_deputies=5, present=5, issued=5, returned=returned, rows=rows)
    shown = disclose(TWO, rate(TWO, few))
    assert shown.with_votes is with_votes
    assert shown.kept_back == ("" if with_votes else "人数太少，不公布票数。")
    assert (shown.sentences[-1] == "人数太少，不公布票数。") is not with_votes
    only_levels = replace(TWO, publish="list")
    assert disclose(only_levels, rate(only_levels, few)).kept_back == ""


def test_a_void_test_is_told_in_full_because_there_is_nothing_to_keep_back() -> None:
    rules = replace(TWO, publish="list")
    void = rate(rules, replace(TEN, all_deputies=3, present=3, issued=3, returned=4))
    shown = disclose(rules, void)
    assert (shown.sentences, shown.with_votes, shown.kept_back) == (void.sentences, True, "")


def test_a_single_ballot_is_counted_like_any_other() -> None:
    assert percentages([1, 0], add_up=False) == percentages([1, 0], add_up=True) == (1000, 0)
    alone = replace(TEN, all_deputies=1, present=1, issued=1, returned=1, rows=((1, 0, 0, 0), (0, 0, 1, 0)))
    assert [(one.level, one.overall) for one in rate(BANDS, alone).grades] == [("满意", 1000), ("不满意", 0)]


def test_half_of_nobody_is_no_half() -> None:
    assert not has_half(0, 0, "at_least")
    assert has_half(5, 10, "at_least")
    assert not has_half(5, 10, "more_than")
    assert not has_half(5, 10, None)
    assert has_half(6, 10, None)
