"""Citizens' scores: counted by device, on the scale that stands, and never with few to guess from."""

from __future__ import annotations

import pytest

from voting.publicity.opinions import MOST_TEXT, OpinionError, clean_name, clean_opinion
from voting.publicity.scores import FEWEST_SHOWN, LEVELS, Scale, ScoreError, demand_level, tally


@pytest.mark.parametrize(
    ("counts", "average"), [({5: 1}, 50), ({1: 1, 2: 1}, 15), ({4: 2, 5: 1}, 43), ({}, None)]
)
def test_the_average_of_points_is_rounded_to_a_tenth(counts: dict[int, int], average: int | None) -> None:
    assert tally("points", counts).average == average


def test_levels_stand_in_their_order_and_grades_have_no_average() -> None:
    found = tally("grades", {3: 2, 1: 4})
    assert found.levels == (("满意", 4), ("基本满意", 0), ("不满意", 2))
    assert (found.times, found.average) == (6, None)


def test_few_scores_are_not_shown() -> None:
    assert [tally("grades", {1: times}).shown for times in (FEWEST_SHOWN - 1, FEWEST_SHOWN)] == [False, True]


@pytest.mark.parametrize("scale", ["grades", "points"])
def test_a_level_that_the_scale_does_not_have_is_refused(scale: Scale) -> None:
    for level in (0, -1, len(LEVELS[scale]) + 1):
        with pytest.raises(ScoreError):
            demand_level(scale, level)
    for level in range(1, len(LEVELS[scale]) + 1):
        demand_level(scale, level)


def test_words_are_neither_empty_nor_too_long() -> None:
    assert clean_opinion(" 路灯\r\n不亮 ") == "路灯\n不亮"
    assert clean_name("  ") == ""
    for refused in ("", "  ", "长" * (MOST_TEXT + 1)):
        with pytest.raises(OpinionError):
            clean_opinion(refused)
    with pytest.raises(OpinionError):
        clean_name("长" * 21)
