"""Promises of voting/disclosure.py: a round that publishes the list only gives away no count."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from voting.disclosure import Disclosure, disclose
from voting.outcome import ApprovalCounts, SelectCounts, decide
from voting.rules import Rules

RULES = Rules(ballot="select_k", candidates=6, places=3, publish="list")

ROUNDS = {
    "complete": (31, 44, 33, 27, 0, 0),
    "tied": (27, 44, 27, 27, 10, 0),
    "short": (9, 44, 33, 20, 8, 0),
}


def counts(votes: tuple[int, ...]) -> SelectCounts:
    return SelectCounts(all_deputies=46, present=46, issued=46, returned=46, invalid=1, votes=votes, blank=0)


def said(disclosure: Disclosure) -> str:
    return "".join([*disclosure.sentences, *(each.reason for each in disclosure.standings)])


@pytest.mark.parametrize("name", ROUNDS)
@pytest.mark.parametrize("tie", ["runoff", "presidium", "all_enter"])
def test_two_rounds_with_the_same_list_but_other_votes_look_the_same(name: str, tie: str) -> None:
    rules = Rules(**{**{f: getattr(RULES, f) for f in RULES.__struct_fields__}, "tie": tie})
    first = disclose(rules, decide(rules, counts(ROUNDS[name])))
    order = {
        "complete": (44, 32, 29, 25, 1, 4),
        "tied": (26, 40, 26, 26, 3, 3),
        "short": (2, 30, 40, 22, 9, 1),
    }
    second = disclose(rules, decide(rules, counts(order[name])))
    assert first == second
    assert not first.with_votes


@pytest.mark.parametrize("name", ROUNDS)
def test_a_list_only_names_no_votes_and_no_rank_and_stands_in_printed_order(name: str) -> None:
    disclosure = disclose(RULES, decide(RULES, counts(ROUNDS[name])))
    assert [each.number for each in disclosure.standings] == [1, 2, 3, 4, 5, 6]
    assert {(e.votes, e.against, e.abstain, e.rank) for e in disclosure.standings} == {(None,) * 4}
    assert not re.search(r"\d票|第\d|至少|一半", said(disclosure))


@pytest.mark.parametrize("extent", ["list_and_votes", "with_archive"])
def test_where_votes_are_published_everybody_sees_what_the_report_says(extent: str) -> None:
    rules = replace(RULES, publish="list_and_votes" if extent == "list_and_votes" else "with_archive")
    outcome = decide(rules, counts(ROUNDS["complete"]))
    disclosure = disclose(rules, outcome)
    assert disclosure.with_votes
    assert disclosure.sentences == outcome.sentences
    assert [(e.number, e.votes, e.rank, e.reason) for e in disclosure.standings] == [
        (e.number, e.votes, e.rank, e.reason) for e in outcome.standings
    ]


def test_against_and_abstain_are_kept_back_with_the_votes() -> None:
    rules = Rules(ballot="for_against", candidates=2, places=2, publish="list")
    approved = ApprovalCounts(
        all_deputies=46,
        present=46,
        issued=46,
        returned=46,
        for_votes=(40, 23),
        against=(6, 13),
        abstain=(0, 10),
    )
    disclosure = disclose(rules, decide(rules, approved))
    assert [(e.status, e.reason) for e in disclosure.standings] == [
        ("chosen", "赞成票超过全体代表半数，入选。"),
        ("not_chosen", "赞成票没有超过全体代表半数，未入选。"),
    ]
    assert all(e.against is None and e.abstain is None for e in disclosure.standings)


def test_a_void_round_is_told_in_full_because_there_is_nothing_to_keep_back() -> None:
    outcome = decide(RULES, replace(counts(ROUNDS["complete"]), issued=45))
    disclosure = disclose(RULES, outcome)
    assert disclosure.sentences == outcome.sentences
    assert disclosure.standings == ()


def test_what_a_list_says_of_a_tie_and_of_a_shortfall() -> None:
    tied = disclose(RULES, decide(RULES, counts(ROUNDS["tied"])))
    assert tied.sentences == (
        "候选项目6件，应选3件。",
        "入选1件：2号。",
        "1号、3号、4号得票相同，还应选2件，再次票决。",
    )
    short = disclose(RULES, decide(RULES, counts(ROUNDS["short"])))
    assert short.sentences[-1] == "入选件数比应选件数少1件，由主席团决定另行票决或者缺额。"
