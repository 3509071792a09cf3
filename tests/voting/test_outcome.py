"""Promises of voting/outcome.py: who is chosen, and that the reasons given are the true ones."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from voting.errors import CountsError, RulesError
from voting.outcome import (
    ApprovalCounts,
    Outcome,
    SelectCounts,
    Standing,
    decide,
    outcome_text,
)
from voting.rules import Rules

SEVEN_TO_FIVE = Rules(ballot="select_k", candidates=7, places=5, publish="list_and_votes")


def county(*votes: int, blank: int = 0) -> SelectCounts:
    """298 deputies, all of them there, every ballot returned and valid: 150 votes are a majority."""
    return SelectCounts(all_deputies=298, present=298, issued=298, returned=298, votes=votes, blank=blank)


def standing(outcome: Outcome, number: int) -> Standing:
    return next(each for each in outcome.standings if each.number == number)


def test_four_screens_town_chose_one_of_two_with_45_ballots_out_and_45_back() -> None:
    rules = Rules(ballot="select_k", candidates=2, places=1, publish="list_and_votes")
    counts = SelectCounts(all_deputies=45, present=45, issued=45, returned=45, votes=(42, 3), blank=0)
    outcome = decide(rules, counts)
    assert (outcome.status, outcome.chosen, outcome.threshold) == ("complete", (1,), 23)
    assert outcome.sentences == (
        "全体代表45人，实到45人，达到全体代表的三分之二，符合法定人数。",
        "发出表决票45张，收回45张，收回的票等于发出的票，票决有效。",
        "有效票45张，无效票0张；有效票中弃权票0张。",
        "候选项目2件，应选1件。得赞成票超过全体代表半数（至少23票）的有1件。",
        "入选1件：1号。",
    )
    assert standing(outcome, 1).reason == (
        "得赞成票42票，超过全体代表半数（至少23票），得票第1位，在应选1件之内，入选。"
    )
    assert standing(outcome, 2).reason == "得赞成票3票，没有超过全体代表半数（至少23票），未入选。"


def test_xinyi_ranked_ten_of_twelve_by_votes() -> None:
    # The first three figures were published, the others are imagined.
    votes = (273, 240, 279, 231, 228, 276, 219, 252, 246, 215, 204, 160)
    rules = Rules(ballot="select_k", candidates=12, places=10, majority_floor=False, publish="list_and_votes")
    counts = SelectCounts(all_deputies=300, present=285, issued=285, returned=285, votes=votes, blank=0)
    outcome = decide(rules, counts)
    assert outcome.chosen == (3, 6, 1, 8, 9, 2, 4, 5, 7, 10)
    assert (outcome.status, outcome.threshold, outcome.next_step) == ("complete", None, "none")
    assert standing(outcome, 11).reason == "得赞成票204票，但得票第11位，不在应选10件之内，未入选。"


@pytest.mark.parametrize(("votes", "chosen"), [(164, (1,)), (163, ()), (158, ())])
def test_lishui_needed_164_of_327_though_314_were_there(votes: int, chosen: tuple[int, ...]) -> None:
    rules = Rules(ballot="for_against", candidates=1, places=1, publish="list_and_votes")
    counts = ApprovalCounts(
        all_deputies=327,
        present=314,
        issued=314,
        returned=314,
        for_votes=(votes,),
        against=(314 - votes,),
        abstain=(0,),
    )
    outcome = decide(rules, counts)
    assert (outcome.base, outcome.threshold, outcome.chosen) == (327, 164, chosen)
    of_present = decide(replace(rules, base="present"), counts)
    assert (of_present.base, of_present.threshold, of_present.chosen) == (314, 158, (1,))


def test_dongyang_counted_for_and_against_each_project() -> None:
    rules = Rules(ballot="for_against", candidates=2, places=2, publish="list_and_votes")
    counts = ApprovalCounts(
        all_deputies=300,
        present=282,
        issued=282,
        returned=282,
        for_votes=(276, 281),
        against=(6, 1),
        abstain=(0, 0),
    )
    outcome = decide(rules, counts)
    assert outcome.chosen == (2, 1)
    assert [(each.number, each.votes, each.against) for each in outcome.standings] == [
        (2, 281, 1),
        (1, 276, 6),
    ]
    assert standing(outcome, 2).reason == "得赞成票281票，超过全体代表半数（至少151票），入选。"


def test_exactly_half_is_not_more_than_half_and_the_reason_says_so() -> None:
    outcome = decide(SEVEN_TO_FIVE, county(149, 150, 200, 210, 220, 230, 240))
    assert 1 not in outcome.chosen
    assert 2 not in outcome.chosen  # 150 pass, but five others have more
    assert standing(outcome, 1).reason == (
        "得赞成票149票，正好是全体代表298人的一半，没有超过半数（至少150票），未入选。"
    )
    assert standing(outcome, 2).cause == "outside_places"


@pytest.mark.parametrize(("base", "whole"), [("present", "实到代表290人"), ("returned", "收回的280张票")])
def test_the_base_is_what_the_rules_say(base: str, whole: str) -> None:
    half = int(re.sub(r"\D", "", whole)) // 2
    rules = msgspec.convert(
        {"ballot": "select_k", "candidates": 2, "places": 1, "base": base, "publish": "list"}, Rules
    )
    counts = SelectCounts(
        all_deputies=298, present=290, issued=285, returned=280, votes=(half, 280 - half), blank=0
    )
    outcome = decide(rules, counts)
    assert (outcome.base, outcome.threshold) == (half * 2, half + 1)
    assert f"正好是{whole}的一半" in standing(outcome, 1).reason


def test_a_tie_at_the_cut_off_is_voted_on_again() -> None:
    outcome = decide(SEVEN_TO_FIVE, county(260, 250, 240, 180, 160, 180, 180))
    assert (outcome.status, outcome.next_step) == ("tied", "runoff")
    assert (outcome.chosen, outcome.tied, outcome.tied_places, outcome.vacancies) == (
        (1, 2, 3),
        (4, 6, 7),
        2,
        0,
    )
    assert outcome.sentences[-1] == (
        "4号、6号、7号得票相同（各180票），这3件中还应选2件，再次票决，得票多的入选。"
    )
    assert standing(outcome, 6).reason == (
        "得赞成票180票，超过全体代表半数（至少150票），与4号、7号得票相同，"
        "待定：这3件中还应选2件，再次票决，得票多的入选。"
    )
    assert standing(outcome, 5).reason == (
        "得赞成票160票，超过全体代表半数（至少150票），但得票第7位，不在应选5件之内，未入选。"
    )


def test_a_tie_is_left_to_the_presidium_or_lets_all_enter_where_the_rules_say_so() -> None:
    counts = county(260, 250, 240, 180, 160, 180, 180)
    left = decide(replace(SEVEN_TO_FIVE, tie="presidium"), counts)
    assert (left.status, left.next_step, left.chosen, left.tied) == (
        "tied",
        "presidium",
        (1, 2, 3),
        (4, 6, 7),
    )
    assert left.sentences[-1].endswith("这3件中还应选2件，由主席团决定。")
    entered = decide(replace(SEVEN_TO_FIVE, tie="all_enter"), counts)
    assert (entered.status, entered.next_step, entered.chosen) == ("complete", "none", (1, 2, 3, 4, 6, 7))
    assert entered.sentences[-1] == "4号、6号、7号得票相同，按票决办法一并入选，比应选件数多1件。"
    assert standing(entered, 4).reason.endswith("与6号、7号得票相同，按票决办法一并入选。")


@pytest.mark.parametrize(
    "votes",
    [
        (250, 250, 230, 230, 230, 151, 149),  # among the chosen, and exactly filling the places
        (250, 240, 230, 220, 210, 170, 170),  # below the cut-off
        (260, 250, 240, 230, 220, 100, 100),  # below the floor
    ],
)
def test_a_tie_that_does_not_touch_the_last_place_changes_nothing(votes: tuple[int, ...]) -> None:
    outcome = decide(SEVEN_TO_FIVE, county(*votes))
    assert (outcome.status, outcome.tied, outcome.next_step) == ("complete", (), "none")
    assert outcome.chosen == (1, 2, 3, 4, 5)


def test_equal_votes_within_the_places_are_listed_as_printed_and_said_to_be() -> None:
    outcome = decide(SEVEN_TO_FIVE, county(230, 250, 230, 240, 230, 150, 149))
    assert outcome.chosen == (2, 4, 1, 3, 5)
    assert outcome.sentences[-1] == (
        "入选5件，按得票由多到少为：2号、4号、1号、3号、5号（得票相同的按票面顺序排列）。"
    )
    assert "得票并列第3位，在应选5件之内，入选。" in standing(outcome, 5).reason


@pytest.mark.parametrize(
    ("policy", "ending"),
    [
        ("presidium", "由主席团决定另行票决或者缺额。"),
        ("supplementary", "对未入选的项目另行票决。"),
        ("vacant", "按票决办法缺额不补。"),
    ],
)
def test_a_floor_that_leaves_too_few_leads_where_the_rules_say(policy: str, ending: str) -> None:
    rules = msgspec.convert({**msgspec.to_builtins(SEVEN_TO_FIVE), "shortfall": policy}, Rules)
    outcome = decide(rules, county(260, 250, 240, 140, 140, 140, 100))
    assert (outcome.status, outcome.chosen, outcome.vacancies) == ("short", (1, 2, 3), 2)
    assert outcome.tied == ()  # 140, 140, 140 for two places, but none of them passed
    assert outcome.next_step == policy
    assert outcome.sentences[-1] == f"入选件数比应选件数少2件，{ending}"


def test_the_leader_can_fail_the_floor() -> None:
    counts = SelectCounts(
        all_deputies=298, present=298, issued=298, returned=290, votes=(149, 100, 80, 50, 40, 30, 20), blank=0
    )
    outcome = decide(SEVEN_TO_FIVE, counts)
    assert (outcome.status, outcome.chosen, outcome.vacancies) == ("short", (), 5)
    assert outcome.sentences[-2] == "没有项目入选。"


@pytest.mark.parametrize("floor", [True, False])
def test_when_nobody_voted_nobody_is_chosen_and_nobody_is_tied(floor: bool) -> None:
    counts = SelectCounts(all_deputies=298, present=250, issued=250, returned=0, votes=(0,) * 7, blank=0)
    outcome = decide(replace(SEVEN_TO_FIVE, majority_floor=floor), counts)
    assert (outcome.status, outcome.chosen, outcome.tied, outcome.vacancies) == ("short", (), (), 5)
    assert outcome.sentences[1] == "发出表决票250张，没有收回表决票，票决有效。"
    assert {each.rank for each in outcome.standings} == {1}


def test_when_everybody_abstained_nobody_is_chosen() -> None:
    outcome = decide(SEVEN_TO_FIVE, county(0, 0, 0, 0, 0, 0, 0, blank=298))
    assert (outcome.status, outcome.chosen) == ("short", ())
    assert outcome.sentences[2] == "有效票298张，无效票0张；有效票中弃权票298张。"


def test_without_a_floor_one_vote_suffices_and_none_does_not() -> None:
    rules = replace(SEVEN_TO_FIVE, majority_floor=False)
    counts = SelectCounts(
        all_deputies=298, present=298, issued=298, returned=9, votes=(9, 5, 1, 0, 0, 0, 0), blank=0
    )
    outcome = decide(rules, counts)
    assert (outcome.chosen, outcome.vacancies) == ((1, 2, 3), 2)
    assert standing(outcome, 4).reason == "没有得到赞成票，未入选。"
    assert standing(outcome, 3).reason == "得赞成票1票，得票第3位，在应选5件之内，入选。"


def test_a_unanimous_vote_is_complete() -> None:
    outcome = decide(SEVEN_TO_FIVE, county(298, 298, 298, 298, 298, 0, 0))
    assert (outcome.status, outcome.chosen) == ("complete", (1, 2, 3, 4, 5))


def test_more_ballots_back_than_given_out_make_the_round_void_and_count_nothing() -> None:
    counts = SelectCounts(all_deputies=45, present=44, issued=44, returned=45, votes=(40, 4), blank=0)
    rules = Rules(ballot="select_k", candidates=2, places=1, publish="list")
    outcome = decide(rules, counts)
    assert (outcome.status, outcome.next_step) == ("void", "repeat")
    assert (outcome.standings, outcome.chosen, outcome.tied, outcome.vacancies) == ((), (), (), 0)
    assert outcome.sentences[1:] == (
        "发出表决票44张，收回45张，收回的票多于发出的票，票决无效。",
        "本次票决不再计票，应当重新票决。",
    )


def test_fewer_ballots_back_than_given_out_are_valid() -> None:
    counts = replace(county(200, 190, 180, 170, 160, 0, 0), returned=250)
    outcome = decide(SEVEN_TO_FIVE, counts)
    assert outcome.status == "complete"
    assert outcome.sentences[1] == "发出表决票298张，收回250张，收回的票少于发出的票，票决有效。"


def test_senseless_rules_and_contradictory_counts_decide_nothing() -> None:
    with pytest.raises(RulesError):
        decide(replace(SEVEN_TO_FIVE, places=7), county(1, 1, 1, 1, 1, 1, 1))
    with pytest.raises(CountsError):
        decide(SEVEN_TO_FIVE, county(299, 0, 0, 0, 0, 0, 0))


def test_the_text_report_lines_up_on_a_terminal() -> None:
    rules = Rules(ballot="for_against", candidates=2, places=1, publish="list")
    counts = ApprovalCounts(
        all_deputies=45,
        present=45,
        issued=45,
        returned=45,
        for_votes=(9, 40),
        against=(36, 0),
        abstain=(0, 5),
    )
    text = outcome_text(decide(rules, counts))
    assert text.startswith("结果：应选项目已全部产生\n\n全体代表45人")
    assert (
        "序号  赞成  反对  弃权  名次    结果\n"
        " 2号    40     0     5     1    入选\n"
        " 1号     9    36     0     2  未入选\n"
    ) in text
    assert "1号：得赞成票9票，没有超过全体代表半数（至少23票），未入选。" in text


def test_the_text_of_a_void_round_has_no_table() -> None:
    rules = Rules(ballot="select_k", candidates=2, places=1, publish="list")
    counts = SelectCounts(all_deputies=45, present=44, issued=44, returned=45, votes=(), blank=0)
    text = outcome_text(decide(rules, counts))
    assert text.startswith("结果：票决无效\n")
    assert "序号" not in text


MOST_TWO = Rules(ballot="for_against", candidates=3, places=2, base="returned", most_for=True, publish="list")


def at_most_two(*votes: int, valid: int = 10, hands: bool = False) -> ApprovalCounts:
    against = tuple(valid - one for one in votes)
    people: dict[str, Any] = {"all_deputies": 12, "present": 12, "issued": 12, "returned": valid}
    return ApprovalCounts(**people, hands=hands, for_votes=votes, against=against, abstain=(0, 0, 0))


def test_more_approvals_than_the_ballots_can_hold_make_the_vote_void() -> None:
    assert decide(MOST_TWO, at_most_two(10, 6, 4)).status == "complete"
    void = decide(MOST_TWO, at_most_two(10, 6, 5))
    assert (void.status, void.next_step, void.standings) == ("void", "repeat", ())
    assert "赞成票合计21票，多于20票" in "".join(void.sentences)
    assert "多于发出" not in "".join(void.sentences)
    assert decide(replace(MOST_TWO, most_for=False), at_most_two(10, 6, 5)).chosen == (1, 2)


def test_of_raised_hands_the_sentences_name_no_ballots() -> None:
    for outcome in (decide(MOST_TWO, at_most_two(*votes, hands=True)) for votes in ((10, 6, 4), (10, 6, 5))):
        assert "10人参加表决" in "".join(outcome.sentences)
        assert "发出" not in "".join(outcome.sentences)
