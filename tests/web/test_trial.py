"""`/staff/{link}/trial`: 试算 says what the real outcome would say, and stores nothing."""

from collections.abc import Mapping

import pytest

from tests.web.house import House
from voting.outcome import SelectCounts, decide
from voting.rules import Rules

RULES = {
    "ballot": "select_k",
    "candidates": "3",
    "places": "2",
    "majority_floor": "yes",
    "base": "all_deputies",
    "tie": "runoff",
    "shortfall": "presidium",
    "publish": "list",
}
ATTENDANCE = {"all_deputies": "45", "present": "45", "issued": "45", "returned": "45", "invalid": "0"}
VOTES = {"blank": "3", "votes_1": "42", "votes_2": "30", "votes_3": "5"}
FILLED = {**RULES, **ATTENDANCE, **VOTES}


def ask(house: House, fields: Mapping[str, str], status: int = 200) -> str:
    answer = house.enter("staff").get("/trial", params=fields)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def test_at_first_it_shows_an_example_to_change(house: House) -> None:
    assert 'name="all_deputies" value="298"' in ask(house, {})


def test_it_says_what_the_real_outcome_would_say(house: House) -> None:
    rules = Rules(ballot="select_k", candidates=3, places=2, publish="list")
    counts = SelectCounts(all_deputies=45, present=45, issued=45, returned=45, blank=3, votes=(42, 30, 5))
    outcome = decide(rules, counts)
    text = ask(house, FILLED)
    for sentence in (*outcome.sentences, *(standing.reason for standing in outcome.standings)):
        assert sentence in text


def test_for_and_against_takes_three_figures_for_each(house: House) -> None:
    columns = {f"{name}_{n}": "15" for n in (1, 2, 3) for name in ("votes", "against", "abstain")}
    text = ask(house, {**RULES, **ATTENDANCE, **columns, "ballot": "for_against"})
    assert "得赞成票15票" in text
    assert "反对</th>" in text


def test_without_votes_it_reads_the_rules_back_in_words(house: House) -> None:
    text = ask(house, {**RULES, **ATTENDANCE})
    assert "办法用文字写出来是这样" in text
    assert "全体代表45人，至少23票" in text


def test_the_number_of_candidates_makes_the_rows(house: House) -> None:
    text = ask(house, {**RULES, **ATTENDANCE, "candidates": "12"})
    assert 'name="votes_12"' in text
    assert 'name="votes_13"' not in text


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"candidates": "0"}, "应在 1 至 100"),
        ({"candidates": "101"}, "应在 1 至 100"),
        ({"places": "3"}, "是等额"),
        ({"places": "9"}, "不能多于候选件数"),
        ({"votes_1": "50"}, "多于作了选择的有效票"),
        ({"votes_2": "许多"}, "填写一个整数"),
        ({"votes_3": ""}, "请填写3号得票"),
        ({"present": "20"}, "不符合法定人数"),
        ({"publish": ""}, "请选择公布的范围"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(
    house: House, changes: dict[str, str], fault: str
) -> None:
    text = ask(house, {**FILLED, **changes}, 422)
    assert fault in text
    assert 'class="fault"' in text
    assert 'value="42"' in text or "votes_1" in changes or "candidates" in changes


def test_more_came_back_than_were_given_out_is_a_void_vote_not_a_fault(house: House) -> None:
    assert "票决无效" in ask(house, {**FILLED, "issued": "44"})


def test_what_is_typed_is_shown_as_text(house: House) -> None:
    assert "<script>" not in ask(house, {**FILLED, "places": "<script>alert(1)</script>"}, 422)
