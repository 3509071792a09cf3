"""What everybody sees of a decision, field by field, for every way a candidate can stand."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict, replace

from voting.disclosure import disclose
from voting.outcome import ApprovalCounts, SelectCounts, decide
from voting.rules import Rules

LIST = Rules(ballot="select_k", candidates=3, places=2, publish="list")
EACH = Rules(ballot="for_against", candidates=2, places=2, publish="list_and_votes")


def town(*votes: int) -> SelectCounts:
    """45 deputies, all there: 23 votes are a majority."""
    return SelectCounts(all_deputies=45, present=45, issued=45, returned=45, votes=votes, blank=0)


def test_where_votes_are_published_every_figure_of_a_standing_is() -> None:
    counts = ApprovalCounts(
        all_deputies=45,
        present=45,
        issued=45,
        returned=45,
        for_votes=(40, 20),
        against=(4, 5),
        abstain=(1, 20),
    )
    first, second = disclose(EACH, decide(EACH, counts)).standings
    assert asdict(first) == {
        "number": 1,
        "status": "chosen",
        "reason": "得赞成票40票，超过全体代表半数（至少23票），入选。",
        "votes": 40,
        "against": 4,
        "abstain": 1,
        "rank": 1,
    }
    assert (second.status, second.votes, second.against, second.abstain, second.rank) == (
        "not_chosen",
        20,
        5,
        20,
        2,
    )


def test_a_list_says_who_is_in_and_why_and_calls_them_in_printed_order() -> None:
    shown = disclose(LIST, decide(LIST, town(30, 3, 42)))
    assert shown.with_votes is False
    assert shown.sentences == ("候选项目3件，应选2件。", "入选2件：1号、3号。")
    assert [(one.number, one.status, one.reason) for one in shown.standings] == [
        (1, "chosen", "赞成票超过全体代表半数，按得票多少在应选2件之内，入选。"),
        (2, "not_chosen", "赞成票没有超过全体代表半数，未入选。"),
        (3, "chosen", "赞成票超过全体代表半数，按得票多少在应选2件之内，入选。"),
    ]


def test_a_list_on_which_nobody_is_says_so() -> None:
    shown = disclose(LIST, decide(LIST, town(15, 15, 15)))
    assert shown.sentences[1:] == (
        "没有项目入选。",
        "入选件数比应选件数少2件，由主席团决定另行票决或者缺额。",
    )


@pytest.mark.parametrize(
    ("tie", "reason", "last"),
    [
        ("runoff", "与其他项目得票相同，待定。", "2号、3号得票相同，还应选1件，再次票决。"),
        ("presidium", "与其他项目得票相同，待定。", "2号、3号得票相同，还应选1件，由主席团决定。"),
        ("all_enter", "因得票相同，按票决办法一并入选。", "入选3件：1号、2号、3号。"),
    ],
)
def test_a_list_says_what_becomes_of_equal_votes(tie: str, reason: str, last: str) -> None:
    rules = {
        "runoff": LIST,
        "presidium": replace(LIST, tie="presidium"),
        "all_enter": replace(LIST, tie="all_enter"),
    }
    shown = disclose(rules[tie], decide(rules[tie], town(30, 25, 25)))
    assert shown.sentences[-1] == last
    assert [one.reason for one in shown.standings[1:]] == [f"赞成票超过全体代表半数，{reason}"] * 2


def test_without_a_floor_a_list_does_not_speak_of_one() -> None:
    rules = replace(LIST, majority_floor=False, places=1)
    shown = disclose(rules, decide(rules, town(30, 15, 0)))
    assert [one.reason for one in shown.standings] == [
        "按得票多少在应选1件之内，入选。",
        "按得票多少不在应选1件之内，未入选。",
        "没有得到赞成票，未入选。",
    ]


def test_a_list_of_the_committee_speaks_of_its_members() -> None:
    counts = replace(town(30, 25, 25), body="committee")
    rules = replace(LIST, tie="presidium")
    shown = disclose(rules, decide(rules, counts), "committee")
    assert shown.sentences[-1] == "2号、3号得票相同，还应选1件，由主任会议决定。"
    assert shown.standings[0].reason == "赞成票超过全体组成人员半数，按得票多少在应选2件之内，入选。"
