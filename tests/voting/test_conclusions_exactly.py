"""`piaojue outcome`: counts go with their own rules, the table has every figure, the schema every name."""

from __future__ import annotations

from typing import Any

import pytest

from voting.conclusions import conclude, conclusion_text, schemas
from voting.counts import GradeCounts, SelectCounts
from voting.errors import CountsError
from voting.grading import Grading
from voting.rules import Rules

TEST = Grading(projects=1, method="points", points=(100, 70, 30), bands=(85, 60, 0), publish="list_and_votes")
GRADES = GradeCounts(all_deputies=12, present=10, issued=10, returned=10, rows=((5, 3, 2, 0),))
VOTE = Rules(ballot="select_k", candidates=2, places=1, publish="list")
MARKS = SelectCounts(all_deputies=12, present=10, issued=10, returned=10, votes=(7, 3), blank=0)


@pytest.mark.parametrize(("rules", "counts"), [(VOTE, GRADES), (TEST, MARKS)])
def test_counts_of_other_ballots_are_refused(rules: Any, counts: Any) -> None:
    with pytest.raises(CountsError):
        conclude(rules, counts)


def test_the_table_of_a_test_by_points_has_the_points() -> None:
    text = conclusion_text(TEST, conclude(TEST, GRADES))
    head, row = text.split("\n\n")[2].split("\n")
    assert head.split() == [
        "序号",
        "满意",
        "基本满意",
        "不满意",
        "弃权",
        "满意率",
        "总体满意率",
        "平均分",
        "等次",
    ]
    assert row.split() == ["1号", "5", "3", "2", "0", "50.0%", "80.0%", "77.0", "基本满意"]


def test_a_schema_reads_what_is_read_and_names_it_in_words() -> None:
    rules = schemas()["rules"]
    names = {one["$ref"].rpartition("/")[2] for one in rules["anyOf"]}
    assert names == {"Rules", "Grading"} <= rules["$defs"].keys()
    for one in (*rules["$defs"].values(), *schemas()["counts"]["$defs"].values()):
        assert one["title"]
        assert "description" not in one
