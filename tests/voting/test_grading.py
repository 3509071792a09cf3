"""Promises of the rules of a satisfaction test."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.errors import CountsError, RulesError
from voting.grading import (
    GradeCounts,
    Grading,
    check_grading,
    columns,
    grade,
    grading_sentences,
    has_half,
    overall_rate,
    percentages,
    tenths,
)

RULES = Grading(projects=1, half="more_than")


def counted(*row: int, deputies: int | None = None) -> GradeCounts:
    whole = sum(row)
    everybody = deputies or whole
    return GradeCounts(
        all_deputies=everybody, present=everybody, issued=everybody, returned=whole, rows=(row,)
    )


def level(rules: Grading, *row: int, deputies: int | None = None) -> str:
    return grade(rules, counted(*row, deputies=deputies))[0].level


# The methods


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((152, 30, 0, 0), "满意"),  # 龙游 2018
        ((50, 50, 0, 0), "基本满意"),  # exactly half is not more than half
        ((51, 0, 49, 0), "满意"),
        ((30, 20, 50, 0), "不满意"),
        ((30, 21, 49, 0), "基本满意"),
        ((0, 0, 0, 100), "不满意"),  # abstentions count in the base
    ],
)
def test_by_default_more_than_half_of_all_decides(row: tuple[int, ...], expected: str) -> None:
    assert level(RULES, *row) == expected


def test_who_did_not_vote_stands_in_the_base_of_all() -> None:
    """镇海: of all 35 members 29 were present."""
    assert level(RULES, 15, 10, 4, 0, deputies=35) == "基本满意"
    assert level(replace(RULES, base="returned"), 15, 10, 4, 0, deputies=35) == "满意"


def test_exactly_half_is_decided_by_the_offices_choice_and_by_nothing_else() -> None:
    assert level(replace(RULES, half="at_least"), 50, 50, 0, 0) == "满意"
    assert level(replace(RULES, half="at_least"), 30, 20, 50, 0) == "基本满意"
    assert not has_half(0, 0, "at_least")


def test_two_way_knows_no_middle() -> None:
    rules = replace(RULES, method="two_way")
    assert level(rules, 50, 50, 0, 0) == "不满意"
    assert level(rules, 51, 49, 0, 0) == "满意"


def test_bands_are_entered_by_the_exact_rate_and_not_by_rounding() -> None:
    rules = replace(RULES, method="bands", bands=(80, 60, 0))
    assert level(rules, 800, 0, 200, 0) == "满意"
    assert level(rules, 7996, 0, 2004, 0) == "基本满意"  # shown as 80.0
    assert level(rules, 599, 0, 401, 0) == "不满意"


def test_points_are_a_mean_over_the_ballots_that_count() -> None:
    rules = replace(RULES, method="points", points=(100, 70, 30), bands=(85, 60, 0))
    found = grade(rules, counted(6, 2, 2, 10))[0]
    assert (found.level, found.score) == ("不满意", 400)
    found = grade(replace(rules, rates="opinions"), counted(6, 2, 2, 10))[0]
    assert (found.level, found.score) == ("基本满意", 800)


def test_nobodys_opinion_is_no_grade() -> None:
    rules = replace(RULES, method="bands", bands=(80, 60, 0), rates="opinions")
    found = grade(rules, counted(0, 0, 0, 5))[0]
    assert (found.level, found.overall, found.satisfied) == ("", None, None)
    assert tenths(found.overall) == "—"


@given(
    row=st.lists(st.integers(0, 40), min_size=4, max_size=6),
    absent=st.integers(0, 5),
    half=st.sampled_from(["more_than", "at_least"]),
)
def test_half_agrees_with_the_sentence_of_the_rule(row: list[int], absent: int, half: str) -> None:
    """Walk down the levels; stop at the first at which so many people were at least that satisfied."""
    levels = tuple(f"第{n}等" for n in range(len(row) - 1))
    rules = Grading(
        projects=1, levels=levels, favourable=1, half="at_least" if half == "at_least" else "more_than"
    )
    present = max(sum(row), 1)
    absent = min(absent, present // 2)
    counts = GradeCounts(
        all_deputies=present + absent, present=present, issued=present, returned=sum(row), rows=(tuple(row),)
    )
    expected = levels[-1]
    for place in reversed(range(len(levels) - 1)):
        share = Fraction(sum(row[: place + 1]), present + absent)
        if share > Fraction(1, 2) or (half == "at_least" and share == Fraction(1, 2)):
            expected = levels[place]
    assert grade(rules, counts)[0].level == expected


# Rates


def test_rates_have_one_decimal_and_half_is_rounded_up() -> None:
    found = grade(RULES, counted(85, 0, 2, 0))[0]
    assert tenths(found.satisfied) == "97.7"  # 千阳: 85 of 87
    assert percentages((1, 1999), add_up=False) == (1, 1000)  # 0.05 and 99.95


def test_the_overall_rate_takes_all_projects_together() -> None:
    rules = replace(RULES, projects=2)
    counts = GradeCounts(
        all_deputies=10, present=10, issued=10, returned=10, rows=((5, 3, 2, 0), (10, 0, 0, 0))
    )
    assert tenths(overall_rate(rules, counts)) == "90.0"


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8))
def test_percentages_add_up_where_that_is_wanted_and_are_never_off_by_more_than_a_tenth(
    figures: list[int],
) -> None:
    found = percentages(figures, add_up=True)
    whole = sum(figures)
    assert sum(found) == (1000 if whole else 0)
    for share, figure in zip(found, figures, strict=True):
        assert whole == 0 or abs(share - Fraction(1000 * figure, whole)) < 1


def test_unknown_has_a_column_of_its_own_between_the_levels_and_abstentions() -> None:
    rules = replace(RULES, unknown=True)
    assert columns(rules) == ("满意", "基本满意", "不满意", "不了解", "弃权")
    assert level(rules, 51, 0, 0, 40, 9) == "满意"


# What is refused


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (replace(RULES, projects=0), "1 至 100"),
        (replace(RULES, levels=("满意",), favourable=1), "2 至 5"),
        (replace(RULES, levels=("满意", "满意"), favourable=1), "重名"),
        (replace(RULES, levels=("满意", "弃权"), favourable=1), "弃权"),
        (replace(RULES, favourable=3), "最后一等"),
        (replace(RULES, method="points", points=(100, 70), bands=(80, 60, 0)), "分值有2个"),
        (replace(RULES, method="points", points=(100, 70, 70), bands=(80, 60, 0)), "逐个减少"),
        (replace(RULES, method="bands", bands=(80, 60)), "分数段有2个"),
        (replace(RULES, method="bands", bands=(80, 80, 0)), "重叠"),
        (replace(RULES, method="bands", bands=(80, 60, 10)), "空缺"),
        (replace(RULES, method="bands", bands=(101, 60, 0)), "超过了 100"),
    ],
)
def test_rules_that_leave_a_gap_or_overlap_are_refused(rules: Grading, words: str) -> None:
    with pytest.raises(RulesError) as refused:
        check_grading(rules)
    assert words in refused.value.sentence


def test_a_row_that_does_not_add_up_is_named() -> None:
    rules = replace(RULES, projects=2)
    counts = GradeCounts(all_deputies=5, present=5, issued=5, returned=5, rows=((5, 0, 0, 0), (3, 1, 0, 0)))
    with pytest.raises(CountsError) as refused:
        grade(rules, counts)
    assert "第2行" in refused.value.sentence
    assert "合计4票" in refused.value.sentence


@pytest.mark.parametrize(
    "wrong",
    [{"returned": 6}, {"invalid": 6}, {"rows": ()}, {"rows": ((5, 0, 0),)}, {"rows": ((6, -1, 0, 0),)}],
)
def test_figures_that_contradict_each_other_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(CountsError):
        grade(RULES, replace(counted(5, 0, 0, 0), **wrong))


# The rule in words


def test_the_sentence_says_whether_half_is_enough() -> None:
    assert any("超过半数（不含半数）" in one for one in grading_sentences(RULES))
    assert any("达到半数（含半数）" in one for one in grading_sentences(replace(RULES, half="at_least")))


@pytest.mark.parametrize(
    "rules",
    [
        RULES,
        replace(RULES, method="two_way"),
        replace(RULES, method="bands", bands=(80, 60, 0)),
        replace(RULES, method="points", points=(100, 70, 30), bands=(80, 60, 0)),
    ],
)
def test_every_level_is_named_in_the_rule_and_in_a_reason(rules: Grading) -> None:
    words = "".join(grading_sentences(rules))
    assert all(name in words for name in rules.levels)
    found = grade(rules, counted(60, 20, 20, 0))[0]
    assert found.level in found.reason
