"""The outcome as it is handed on and read out: every field and every line of it."""

from __future__ import annotations

import pytest
from msgspec.structs import asdict, replace

from voting.errors import RulesError
from voting.outcome import ApprovalCounts, SelectCounts, aligned, decide, outcome_text
from voting.rules import Rules
from voting.runoff import runoff_rules, supplementary_rules

TWO_OF_THREE = Rules(ballot="select_k", candidates=3, places=2, publish="list_and_votes")
EACH_OF_TWO = Rules(ballot="for_against", candidates=2, places=2, publish="list_and_votes")


def town(*votes: int, returned: int = 45) -> SelectCounts:
    """45 deputies, all there: 23 votes are a majority."""
    return SelectCounts(all_deputies=45, present=45, issued=45, returned=returned, votes=votes, blank=0)


def each(*for_votes: int) -> ApprovalCounts:
    return ApprovalCounts(
        all_deputies=45,
        present=45,
        issued=45,
        returned=45,
        for_votes=for_votes,
        against=tuple(45 - votes for votes in for_votes),
        abstain=(0,) * len(for_votes),
    )


def test_a_void_round_keeps_its_base_and_its_floor_and_says_nothing_else() -> None:
    said = asdict(decide(TWO_OF_THREE, town(0, 0, 0, returned=46)))
    said.pop("sentences")
    assert said == {
        "status": "void",
        "base": 45,
        "threshold": 23,
        "standings": (),
        "chosen": (),
        "tied": (),
        "tied_places": 0,
        "vacancies": 0,
        "next_step": "repeat",
    }


def test_so_does_a_round_with_more_for_than_its_ballots_can_hold() -> None:
    rules = Rules(
        ballot="for_against", candidates=2, places=1, base="present", most_for=True, publish="list_and_votes"
    )
    outcome = decide(rules, each(30, 30))
    assert (outcome.status, outcome.base, outcome.threshold) == ("void", 45, 23)


def test_a_round_of_the_committee_speaks_of_its_members() -> None:
    counts = replace(town(22, 40, 0), body="committee")
    outcome = decide(TWO_OF_THREE, counts)
    assert outcome.sentences[0] == "全体组成人员45人，实到45人，超过全体组成人员的半数，符合法定人数。"
    assert outcome.standings[1].reason == "得赞成票22票，没有超过全体组成人员半数（至少23票），未入选。"


def test_the_standing_of_a_tied_candidate_is_open() -> None:
    assert [one.status for one in decide(TWO_OF_THREE, town(30, 25, 25)).standings] == [
        "chosen",
        "tied",
        "tied",
    ]


def test_the_text_of_a_ranked_outcome_is_this_one() -> None:
    assert outcome_text(decide(TWO_OF_THREE, town(42, 3, 30))) == (
        "结果：应选项目已全部产生\n\n"
        "全体代表45人，实到45人，达到全体代表的三分之二，符合法定人数。\n"
        "发出表决票45张，收回45张，收回的票等于发出的票，票决有效。\n"
        "有效票45张，无效票0张；有效票中弃权票0张。\n"
        "候选项目3件，应选2件。得赞成票超过全体代表半数（至少23票）的有2件。\n"
        "入选2件，按得票由多到少为：1号、3号。\n\n"
        "序号  得赞成票  名次    结果\n"
        " 1号        42     1    入选\n"
        " 3号        30     2    入选\n"
        " 2号         3     3  未入选\n\n"
        "1号：得赞成票42票，超过全体代表半数（至少23票），得票第1位，在应选2件之内，入选。\n"
        "3号：得赞成票30票，超过全体代表半数（至少23票），得票第2位，在应选2件之内，入选。\n"
        "2号：得赞成票3票，没有超过全体代表半数（至少23票），未入选。\n"
    )


def test_the_table_of_a_single_candidate_shows_all_that_was_said_of_it() -> None:
    rules = replace(EACH_OF_TWO, candidates=1, places=1)
    table = outcome_text(decide(rules, each(40))).split("\n\n")[2]
    assert table == "序号  赞成  反对  弃权  名次  结果\n 1号    40     5     0     1  入选"


def test_rows_of_different_lengths_are_a_mistake_of_whoever_made_them() -> None:
    with pytest.raises(ValueError, match="argument"):
        aligned([["序号", "名次"], ["1号"]])


def test_what_is_settled_is_not_voted_on_again_and_the_refusal_says_what_is_not_needed() -> None:
    settled = decide(TWO_OF_THREE, town(42, 3, 30))
    with pytest.raises(RulesError) as of_a_runoff:
        runoff_rules(TWO_OF_THREE, settled)
    with pytest.raises(RulesError) as of_a_supplement:
        supplementary_rules(TWO_OF_THREE, settled)
    assert str(of_a_runoff.value) == "没有因得票相同而待定的项目，不需要再次票决。"
    assert str(of_a_supplement.value) == "没有缺额，不需要另行票决。"


def test_a_runoff_that_falls_short_ends_as_its_round_would_have() -> None:
    rules = replace(TWO_OF_THREE, shortfall="vacant")
    assert runoff_rules(rules, decide(rules, town(30, 25, 25))).shortfall == "vacant"


def test_nothing_that_follows_a_round_promises_yet_another_round_after_it() -> None:
    rules = replace(TWO_OF_THREE, shortfall="supplementary")
    assert runoff_rules(rules, decide(rules, town(30, 25, 25))).shortfall == "presidium"
    assert supplementary_rules(rules, decide(rules, town(30, 10, 5))).shortfall == "presidium"


def test_a_round_with_too_many_in_favour_says_what_came_back_and_why_it_is_void() -> None:
    rules = replace(EACH_OF_TWO, places=1, most_for=True)
    assert decide(rules, each(30, 30)).sentences[1:] == (
        "发出表决票45张，收回45张。",
        "每张票最多赞成1件，有效票45张，赞成票合计60票，多于45票，票决无效。",
        "应当重新票决。",
    )


def test_hands_that_were_raised_are_counted_as_people() -> None:
    hands = replace(town(30, 25, 5), hands=True)
    assert decide(TWO_OF_THREE, hands).sentences[1:3] == ("举手表决，45人参加表决，票决有效。", "弃权0人。")
    assert decide(EACH_OF_TWO, replace(each(40, 30), hands=True)).sentences[2] == "没有举手的计为弃权。"


def test_a_shortfall_that_stays_open_is_said_to_stay_open() -> None:
    rules = replace(TWO_OF_THREE, shortfall="vacant")
    outcome = decide(rules, town(30, 10, 5))
    assert (outcome.status, outcome.next_step, outcome.vacancies) == ("short", "vacant", 1)
    assert outcome.sentences[-2:] == ("入选1件：1号。", "入选件数比应选件数少1件，按票决办法缺额不补。")


def test_equal_votes_that_change_nothing_are_said_to_stand_as_printed() -> None:
    assert decide(TWO_OF_THREE, town(30, 3, 30)).sentences[-1] == (
        "入选2件，按得票由多到少为：1号、3号（得票相同的按票面顺序排列）。"
    )


def test_who_decides_a_tie_stands_in_the_reason() -> None:
    presidium = replace(TWO_OF_THREE, tie="presidium")
    for rules, decides in ((TWO_OF_THREE, "再次票决，得票多的入选"), (presidium, "由主席团决定")):
        outcome = decide(rules, town(30, 25, 25))
        assert outcome.sentences[-1] == f"2号、3号得票相同（各25票），这2件中还应选1件，{decides}。"


def test_without_a_floor_nobody_is_said_to_have_passed_one() -> None:
    rules = replace(TWO_OF_THREE, majority_floor=False)
    assert [one.reason for one in decide(rules, town(30, 20, 0)).standings] == [
        "得赞成票30票，得票第1位，在应选2件之内，入选。",
        "得赞成票20票，得票第2位，在应选2件之内，入选。",
        "没有得到赞成票，未入选。",
    ]
