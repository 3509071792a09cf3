"""`/staff/{link}/trial/satisfaction`: what the real test would come to, and tables that do not add up."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.web.house import House
from tests.web.test_grading_form import BANDS, FIELDS, POINTS
from voting.counts import GradeCounts
from voting.grading import Grading
from voting.ratings import rate

RULES = {
    name: FIELDS[name] for name in FIELDS if not name.startswith(("title", "unit_", "rows", "kind", "do"))
}
ATTENDANCE = {
    "projects": "2",
    "body": "congress",
    "all_deputies": "45",
    "present": "40",
    "issued": "40",
    "returned": "40",
    "invalid": "0",
}
TABLE = ((30, 6, 3, 1), (10, 14, 12, 4))
CELLS = {f"n_{n}_{at}": str(figure) for n, row in enumerate(TABLE, 1) for at, figure in enumerate(row, 1)}
FILLED = {**RULES, **ATTENDANCE, **CELLS}


def ask(house: House, fields: Mapping[str, str], status: int = 200) -> str:
    answer = house.enter("staff").get("/trial/satisfaction", params=fields)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def test_it_says_what_the_real_test_would_come_to(house: House) -> None:
    rules = Grading(projects=2, half="more_than", publish="list")
    counts = GradeCounts(all_deputies=45, present=40, issued=40, returned=40, rows=TABLE)
    expected = rate(rules, counts)
    assert [one.level for one in expected.grades] == ["满意", "基本满意"]
    text = ask(house, FILLED)
    for sentence in (*expected.sentences, *(one.reason for one in expected.grades)):
        assert sentence in text


def test_points_are_told_with_the_mean(house: House) -> None:
    text = ask(house, {**FILLED, **POINTS, **BANDS})
    assert "平均分</th>" in text
    assert re.search(r"平均分87\.8分，不低于80分，为满意", text)


def test_at_first_it_asks_and_decides_nothing(house: House) -> None:
    text = ask(house, {})
    assert 'name="all_deputies" value="298"' in text
    assert 'name="n_5_4"' in text
    assert 'name="half" value="more_than" checked' not in text


def test_without_counts_it_reads_the_rules_back_in_words(house: House) -> None:
    text = ask(house, {**RULES, **ATTENDANCE})
    assert "办法用文字写出来是这样" in text
    assert "在满意、基本满意、不满意、弃权中选一项" in text


def test_levels_and_projects_make_the_table(house: House) -> None:
    text = ask(house, {**RULES, **ATTENDANCE, "projects": "7", "level_4": "很不满意", "unknown": "yes"})
    assert 'name="n_7_6"' in text
    assert 'name="n_7_7"' not in text
    assert 'name="n_8_1"' not in text
    assert "不了解</th>" in text


def test_a_meeting_of_the_committee_counts_by_its_own_quorum(house: House) -> None:
    present = {"all_deputies": "70", "present": "40"}
    assert "不符合法定人数" in ask(house, {**FILLED, **present}, 422)
    assert "全体组成人员70人" in ask(house, {**FILLED, **present, "body": "committee"})


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"n_2_1": "11"}, "row_2", "合计41票，与有效票40张不符。请核对第2行"),
        ({"n_1_4": ""}, "n_1_4", "请填写第1行弃权票数"),
        ({"n_1_4": "一"}, "n_1_4", "填写一个整数"),
        ({"present": "20"}, "counts", "不符合法定人数"),
        ({"invalid": "41"}, "counts", "无效票41张，多于收回的40张"),
        ({"half": ""}, "half", "正好是一半"),
        ({"projects": "0"}, "projects", "应在 1 至 100"),
        ({"body": "club"}, "body", "请选择会议"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(
    house: House, changes: dict[str, str], field: str, fault: str
) -> None:
    text = ask(house, {**FILLED, **changes}, 422)
    assert re.search(f'id="{field}-fault">[^<]*{fault}', text)
    assert 'name="n_1_1" aria-label="第1行满意票数" value="30"' in text


def test_more_came_back_than_were_given_out_is_a_void_test(house: House) -> None:
    assert "测评无效" in ask(house, {**FILLED, "issued": "39"})
