"""Promises of voting/ratings.py: real places' rules and figures, rates as published, bad rows by name."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.conclusions import conclude, conclusion_text, schemas
from voting.counts import GradeCounts, SelectCounts, check_counts, decode_counts
from voting.errors import CountsError, RulesError
from voting.grading import FIELDS, Grading, Half, columns
from voting.ratings import Grade, percent, percentages, rate, tenths
from voting.rules import Rules

RULES = Grading(projects=1, half="more_than", publish="list_and_votes")
BANDS = replace(RULES, method="bands", half=None, bands=(80, 60, 0))
POINTS = replace(BANDS, method="points", points=(100, 70, 30), bands=(85, 60, 0))
POINTS_81 = replace(POINTS, points=(100, 81, 50))


def counted(*row: int, absent: int = 0, **more: Any) -> GradeCounts:
    """One project rated by everybody who is there."""
    there = max(1, sum(row))
    return GradeCounts(
        all_deputies=there + absent, present=there, issued=there, returned=sum(row), rows=(row,), **more
    )


def grade(rules: Grading, *row: int, **more: Any) -> Grade:
    (one,) = rate(rules, counted(*row, **more)).grades
    return one


# The rules of real places


def test_longyou_was_satisfied() -> None:
    """龙游 2018: 满意152、基本满意30、不满意0、弃权0."""
    found = grade(RULES, 152, 30, 0, 0)
    assert (found.level, percent(found.satisfied), percent(found.overall)) == ("满意", "83.5%", "100.0%")
    assert found.reason == "满意152票，超过全体代表（182）的半数（不含半数），为满意。"


@pytest.mark.parametrize(
    ("row", "level"),
    [((18, 8, 3, 0), "满意"), ((17, 1, 11, 0), "基本满意"), ((10, 7, 12, 0), "不满意")],
)
def test_zhenhai_takes_half_of_all_members_and_not_of_the_29_who_were_there(
    row: tuple[int, ...], level: str
) -> None:
    """镇海 2022, with 35 members: 15 of 29 would be more than half of those present."""
    assert grade(RULES, *row, absent=6, body="committee").level == level
    assert grade(replace(RULES, base="present"), 15, 3, 11, 0, absent=6, body="committee").level == "满意"
    assert grade(RULES, 15, 3, 11, 0, absent=6, body="committee").level == "基本满意"


@pytest.mark.parametrize(("half", "level"), [("at_least", "基本满意"), ("more_than", "不满意")])
def test_zhenhais_two_sentences_on_exactly_half_are_decided_by_the_office(half: Half, level: str) -> None:
    """半数以上 is 基本满意 and 不足半数（含半数） is 不满意: 17 of 34 members are both."""
    assert grade(replace(RULES, half=half), 10, 7, 12, 0, absent=5, body="committee").level == level


def test_the_last_level_is_given_for_what_was_missed() -> None:
    found = grade(RULES, 10, 7, 12, 0, absent=6, body="committee")
    assert found.reason == (
        "满意、基本满意合计17票，没有超过全体组成人员（35）的半数（不含半数），为不满意。"
    )
    assert found.cause == "满意、基本满意票合计没有超过全体组成人员的半数（不含半数），为不满意。"


@pytest.mark.parametrize(("row", "level"), [((13, 12, 0), "满意"), ((12, 13, 0), "不满意")])
def test_shiquan_knows_two_ways(row: tuple[int, ...], level: str) -> None:
    """石泉: more than half of the members 满意, otherwise 不满意."""
    rules = replace(RULES, method="two_way", levels=("满意", "不满意"), favourable=1)
    assert grade(rules, *row, body="committee").level == level


def test_two_ways_pass_over_the_levels_between() -> None:
    rules = replace(RULES, method="two_way")
    assert grade(rules, 50, 50, 0, 0).level == "不满意"
    assert grade(rules, 51, 49, 0, 0).level == "满意"


def test_shanxi_was_satisfied_with_59_of_61() -> None:
    """山西 2011: 59/2/0."""
    found = grade(RULES, 59, 2, 0, 0, body="committee")
    assert (found.level, percent(found.satisfied)) == ("满意", "96.7%")
    assert grade(RULES, 20, 10, 31, 0, body="committee").level == "不满意"


def test_shenzhen_leaves_those_who_chose_nothing_out_of_the_rates() -> None:
    """深圳 2011 §7: not choosing is not counted."""
    rules = replace(RULES, rates="opinions", base="returned")
    assert percent(grade(rules, 40, 10, 0, 50).overall) == "100.0%"
    assert percent(grade(replace(rules, rates="valid"), 40, 10, 0, 50).overall) == "50.0%"


@pytest.mark.parametrize(
    ("row", "level"),
    [((800, 0, 200, 0), "满意"), ((7996, 0, 2004, 0), "基本满意"), ((599, 0, 401, 0), "不满意")],
)
def test_bands_of_the_rate_are_entered_exactly_and_not_by_rounding(row: tuple[int, ...], level: str) -> None:
    """80–100, 60–79, 59 and less; 79.96 is shown as 80.0."""
    assert grade(BANDS, *row).level == level


def test_points_are_a_mean_in_which_who_does_not_know_has_no_part() -> None:
    """基本满意 70, 不满意 30, 不了解 no points."""
    rules = replace(POINTS, rates="opinions", unknown=True)
    found = grade(rules, 6, 2, 2, 9, 1)
    assert (found.level, tenths(found.score)) == ("基本满意", "80.0")
    assert tenths(grade(replace(rules, rates="valid"), 6, 2, 2, 9, 1).score) == "40.0"


def test_shanghai_asked_in_five_levels() -> None:
    """上海 2003: 很满意100 … 很不满意20."""
    rules = Grading(
        projects=1,
        levels=("很满意", "较满意", "一般", "较不满意", "很不满意"),
        method="points",
        points=(100, 80, 60, 40, 20),
        bands=(90, 70, 50, 30, 0),
        publish="list",
    )
    found = grade(rules, 30, 40, 20, 10, 0, 0)
    assert (found.level, tenths(found.score)) == ("较满意", "78.0")


@pytest.mark.parametrize(("row", "rate_"), [((85, 0, 2, 0), "97.7%"), ((60, 40, 0, 0), "100.0%")])
def test_rates_are_rounded_as_published(row: tuple[int, ...], rate_: str) -> None:
    """千阳: 85 of 87. 汉阴: 满意 and 基本满意 together 100 %."""
    assert percent(grade(RULES, *row).overall) == rate_


def test_who_abstained_stands_in_the_base_of_all() -> None:
    assert grade(RULES, 0, 0, 0, 100).level == "不满意"


# Percentages


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8))
def test_percentages_add_up_where_that_is_wanted_and_are_never_off_by_a_tenth(figures: list[int]) -> None:
    found = percentages(figures, add_up=True)
    whole = sum(figures)
    assert sum(found) == (1000 if whole else 0)
    for share, figure in zip(found, figures, strict=True):
        assert whole == 0 or abs(share - Fraction(1000 * figure, whole)) < 1


def test_percentages_are_rounded_one_by_one_where_they_need_not_add_up() -> None:
    assert percentages((1, 1999), add_up=False) == (1, 1000)  # 0.05 and 99.95
    assert percentages((1, 1, 1), add_up=False) == (333, 333, 333)
    assert percentages((1, 1, 1), add_up=True) == (334, 333, 333)
    assert grade(replace(RULES, add_up=True), 1, 1, 1, 0).shares == (334, 333, 333, 0)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any))
def test_rates_are_the_sums_of_shares_that_add_up(row: list[int]) -> None:
    found = grade(replace(RULES, add_up=True), *row)
    assert found.satisfied == found.shares[0]
    assert found.overall == sum(found.shares[: RULES.favourable])
    assert rate(replace(RULES, add_up=True), counted(*row)).overall == found.overall


def test_a_row_of_59_does_not_contradict_itself() -> None:
    found = grade(replace(RULES, add_up=True), 1, 9, 49, 0)
    assert (found.shares, found.satisfied, found.overall) == ((17, 153, 830, 0), 17, 170)
    assert grade(replace(RULES, add_up=True, rates="opinions"), 1, 9, 49, 0).overall == 169


@pytest.mark.parametrize(
    ("rules", "row", "said"),
    [
        (POINTS_81, (6, 87, 207, 0), "平均分59.99分，低于60分，为不满意。"),
        (BANDS, (7996, 0, 2004, 0), "总体满意率79.96%，不低于60%，为基本满意。"),
        (replace(BANDS, add_up=True), (7996, 0, 2004, 0), "总体满意率79.96%，不低于60%，为基本满意。"),
    ],
)
def test_a_figure_is_not_rounded_over_the_bar_that_it_missed(
    rules: Grading, row: tuple[int, ...], said: str
) -> None:
    assert said in grade(rules, *row).reason


@pytest.mark.parametrize("rules", [POINTS_81, BANDS, replace(BANDS, add_up=True)])
@given(st.lists(st.integers(0, 3000), min_size=4, max_size=4).filter(any))
@example([599, 399, 2, 0])
@example([4796, 3200, 2004, 0])
@example([6, 87, 207, 0])
@example([2, 3595, 2401, 2])
def test_the_figure_in_a_reason_is_on_its_side_of_the_bars(rules: Grading, row: list[int]) -> None:
    found = grade(rules, *row)
    shown = Decimal("".join(one for one in found.reason.split("，")[0] if one in "0123456789."))
    place = rules.levels.index(found.level)
    assert shown >= rules.bands[place]
    assert place == 0 or shown < rules.bands[place - 1]


# The whole


TWO = replace(RULES, projects=2)
TEN = GradeCounts(all_deputies=12, present=10, issued=10, returned=10, rows=((5, 3, 2, 0), (10, 0, 0, 0)))


def test_the_report_has_every_figure_in_the_order_in_which_it_is_read() -> None:
    assert rate(TWO, TEN).sentences == (
        "全体代表12人，实到10人，达到全体代表的三分之二，符合法定人数。",
        "发出测评票10张，收回10张，收回的票等于发出的票，测评有效。",
        "有效票10张，无效票0张。",
        "测评项目2件：满意1件，基本满意1件，不满意0件。",
        "总体满意率90.0%。",
    )


def test_a_committee_is_quorate_with_more_than_half_of_its_members() -> None:
    sentences = rate(TWO, replace(TEN, all_deputies=19, body="committee")).sentences
    assert sentences[0] == "全体组成人员19人，实到10人，超过全体组成人员的半数，符合法定人数。"
    with pytest.raises(CountsError, match="全体组成人员20人，实到10人，没有超过半数（至少11人）"):
        rate(TWO, replace(TEN, all_deputies=20, body="committee"))
    with pytest.raises(CountsError, match="全体代表19人，实到10人，不足三分之二（至少13人）"):
        rate(TWO, replace(TEN, all_deputies=19))


def test_nobodys_opinion_is_no_level_and_no_rate() -> None:
    ratings = rate(replace(BANDS, rates="opinions"), counted(0, 0, 0, 5))
    assert (ratings.grades[0].level, ratings.overall) == ("", None)
    assert ratings.sentences[-2:] == (
        "测评项目1件：满意0件，基本满意0件，不满意0件，未定等次1件。",
        "没有人表示意见，不计算总体满意率。",
    )
    assert percent(None) == "—"


def test_more_ballots_back_than_given_out_make_the_test_void_whatever_they_say() -> None:
    void = rate(TWO, replace(TEN, returned=11, rows=()))
    assert (void.status, void.grades, void.overall) == ("void", (), None)
    assert void.sentences[-2:] == (
        "发出测评票10张，收回11张，收回的票多于发出的票，测评无效。",
        "本次测评不再计票，应当重新测评。",
    )


# What is refused


def test_a_row_that_does_not_add_up_is_named() -> None:
    with pytest.raises(
        CountsError, match="第2行满意9票、基本满意0票、不满意0票、弃权0票，合计9票，与有效票10张不符"
    ):
        rate(TWO, replace(TEN, rows=((5, 3, 2, 0), (9, 0, 0, 0))))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rows": ((5, 3, 2, 0),)}, "测评项目有2件，票数有1行"),
        ({"rows": ((5, 3, 2, 0), (10, 0, 0))}, "第2行有3个数，应是满意、基本满意、不满意、弃权各多少票"),
        ({"rows": ((5, 3, 2, 0), (11, -1, 0, 0))}, "“第2行基本满意票数”是-1"),
        ({"invalid": 1}, "与有效票9张不符"),
        ({"invalid": 11}, "无效票11张，多于收回的10张"),
        ({"issued": 11}, "发出11张票，多于实到10人"),
        ({"returned": -1}, "“收回票数”是-1"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(CountsError, match=words):
        rate(TWO, replace(TEN, **change))


def test_senseless_rules_are_refused_before_the_figures_are_looked_at() -> None:
    with pytest.raises(RulesError, match="正好一半"):
        rate(replace(TWO, half=None), TEN)


# Both kinds


VOTE = Rules(ballot="select_k", candidates=3, places=2, publish="list")
VOTES = SelectCounts(all_deputies=6, present=6, issued=6, returned=6, votes=(6, 4, 0), blank=0)


def test_counts_are_concluded_under_rules_of_their_own_kind_only() -> None:
    assert conclude(TWO, TEN) == rate(TWO, TEN)
    with pytest.raises(CountsError, match="用的是满意度测评票，票数却是差额票决票的"):
        conclude(TWO, VOTES)
    with pytest.raises(CountsError, match="用的是差额票决票，票数却是满意度测评票的"):
        conclude(VOTE, TEN)
    with pytest.raises(CountsError, match="用的是满意度测评票，票数却是差额票决票的"):
        check_counts(TWO, VOTES)


def test_counts_of_a_test_are_read_from_a_file() -> None:
    fields = {"ballot": "grades", "all_deputies": 12, "present": 10, "issued": 10, "returned": 10}
    assert decode_counts(msgspec.json.encode(fields | {"rows": [[5, 3, 2, 0], [10, 0, 0, 0]]})) == TEN


def test_the_text_has_the_table_and_why() -> None:
    text = conclusion_text(TWO, rate(TWO, TEN))
    lines = text.splitlines()
    head = next(line for line in lines if "序号" in line)
    assert head.split() == ["序号", *columns(TWO), "满意率", "总体满意率", "等次"]
    assert ["1号", "5", "3", "2", "0", "50.0%", "80.0%", "基本满意"] in [line.split() for line in lines]
    assert "1号：满意、基本满意合计8票，超过全体代表（12）的半数（不含半数），为基本满意。" in lines
    assert "平均分" in conclusion_text(POINTS, rate(POINTS, counted(6, 2, 2, 0)))
    assert "入选" in conclusion_text(VOTE, conclude(VOTE, VOTES))


def test_the_schemas_name_every_field_of_both_kinds_in_chinese() -> None:
    defined = schemas()["rules"]["$defs"]
    assert set(defined) == {"Rules", "Grading"}
    assert set(defined["Grading"]["properties"]) == set(FIELDS)
    assert set(defined["Rules"]["properties"]) == set(Rules.__struct_fields__)
    assert defined["Rules"]["properties"]["places"]["minimum"] == 1
    assert all(one["additionalProperties"] is False for one in defined.values())
    described = [
        field["description"]
        for one in (*defined.values(), *schemas()["counts"]["$defs"].values())
        for field in one["properties"].values()
        if "description" in field
    ]
    assert len(described) > 40
    assert all("\u4e00" <= words[0] <= "\u9fff" for words in described)
    titles = {one["title"] for one in schemas()["counts"]["$defs"].values()}
    assert titles == {"票数（差额票决票）", "票数（逐项表决票）", "票数（满意度测评票）"}
