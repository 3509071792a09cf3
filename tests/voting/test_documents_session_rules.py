"""票决办法, 测评办法: every switch of a round's rules is an article, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.session_facts import (
    APPROVE,
    GRADING,
    SELECT,
    SELECTED,
    TITLES,
    session_facts,
    words,
)
from voting.documents.session.ballot_paper import (
    BallotPaperSettings,
    notes,
)
from voting.documents.session.formal import Article
from voting.documents.session.numerals import numeral
from voting.documents.session.rules_paper import rules_paper
from voting.grading import Grading
from voting.rules import RoundRules

BLANK = "＿"


def rules_of(rules: RoundRules, **more: str) -> str:
    facts, of = session_facts(rules, **more)  # type: ignore[arg-type]  # level, body and state are literals
    return words(rules_paper(facts, of))


# 票决办法


def test_a_county_cites_article_eleven_and_a_town_article_twelve() -> None:
    law = "《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》"
    assert f"根据{law}第十一条第三项的规定，结合本县实际" in rules_of(SELECT)
    assert f"根据{law}第十二条第三项的规定，结合本镇实际" in rules_of(SELECT, level="town")


def test_the_articles_are_numbered_without_a_gap() -> None:
    facts, of = session_facts(SELECT)
    numbers = [one.number for one in rules_paper(facts, of).blocks if isinstance(one, Article)]
    assert numbers == [f"第{numeral(n)}条" for n in range(1, len(numbers) + 1)]
    assert len(numbers) > 20


def test_the_rules_are_a_draft_until_the_meeting_has_passed_them() -> None:
    assert "票决办法（草案）" in rules_of(SELECT)
    facts, of = session_facts(SELECT, SELECTED)
    passed = rules_paper(facts, of)
    assert "草案" not in passed.title
    assert passed.under == "（2026年1月25日示例县第十八届人民代表大会第二次会议\n第二次全体会议通过）"


def test_a_sitting_that_began_later_did_not_pass_them() -> None:
    """Whoever begins to check in at the closing plenary has the rules passed before it."""
    facts, of = session_facts(SELECT, SELECTED)
    assert facts.plenary is not None
    closing = replace(facts.plenary, begun_at=facts.plenary.begun_at + timedelta(days=1))
    passed = rules_paper(replace(facts, plenary=closing), of)
    assert passed.under.endswith(f"第{BLANK * 3}次全体会议通过）")


def test_a_missing_date_is_a_place_to_write_and_not_a_wrong_word() -> None:
    facts, of = session_facts(SELECT, state="adopted")
    assert rules_paper(facts, of).under.startswith(f"（{BLANK * 3}年{BLANK * 2}月{BLANK * 2}日")


EVERY_SWITCH: list[tuple[RoundRules, str]] = [
    (SELECT, "最多选2件。所选少于2件的有效，多于2件的为无效票。"),
    (SELECT, "以差额票决的方式决定2件民生实事项目"),
    (APPROVE, "以等额票决的方式决定3件民生实事项目"),
    (APPROVE, "对每件候选项目，可以赞成、反对或者弃权，只能选一项。"),
    (SELECT, "候选项目获得的赞成票超过全体代表半数的，方可入选；获得过半数赞成票的项目多于2件时"),
    (replace(SELECT, base="present"), "赞成票超过实到代表半数的，方可入选"),
    (replace(SELECT, base="returned"), "赞成票超过收回票数半数的，方可入选"),
    (replace(SELECT, majority_floor=False), "候选项目入选不要求赞成票过半数"),
    (SELECT, "就得赞成票相等的项目再次票决，得赞成票多的入选；再次票决仍然相等的，由主席团决定。"),
    (replace(SELECT, tie="presidium"), "因得赞成票相等不能确定入选项目的，由主席团决定。"),
    (replace(SELECT, tie="all_enter"), "得赞成票相等的项目一并入选，入选项目可以多于2件。"),
    (SELECT, "入选项目不足2件的，不足的名额是另行票决还是空缺，由主席团决定。"),
    (replace(SELECT, shortfall="supplementary"), "不足的名额，就未入选的候选项目另行票决。"),
    (replace(SELECT, shortfall="vacant"), "不足的名额空缺，不再补选。"),
    (replace(SELECT, publish="list"), "公布入选项目名单，不公布得票数。"),
    (SELECT, "公布入选项目名单和得票数。"),
    (replace(SELECT, publish="with_archive"), "公布入选项目名单、得票数和供复核的电子票箱记录。"),
    (GRADING, "满意票超过全体代表半数（不含半数）的，测评等次为满意"),
    (replace(GRADING, half="at_least"), "满意票达到全体代表半数（含半数）的，测评等次为满意"),
    (replace(GRADING, unknown=True), "在满意、基本满意、不满意、不了解、弃权中选一项"),
    (replace(GRADING, base="returned"), "超过收回的票半数（不含半数）"),
    (replace(GRADING, rates="opinions"), "总体满意率是满意、基本满意票合计占表示了意见的票的比例"),
    (replace(GRADING, add_up=True), "各等次的百分比之和为100%"),
    (
        Grading(projects=3, method="bands", bands=(90, 60, 0), publish="list"),
        "90%以上的，为满意；60%以上的，为基本满意；0%以上的，为不满意。",
    ),
    (
        Grading(projects=3, method="points", points=(100, 60, 0), bands=(90, 60, 0), publish="list"),
        "每张测评票的计分为：满意100分、基本满意60分、不满意0分",
    ),
]


@pytest.mark.parametrize(("rules", "sentence"), EVERY_SWITCH)
def test_every_switch_of_the_rules_is_in_an_article(rules: RoundRules, sentence: str) -> None:
    assert sentence in rules_of(rules)


def test_what_the_law_says_of_all_deputies_is_cited_only_where_the_rules_follow_it() -> None:
    assert "第二十五条的规定" in rules_of(SELECT)
    assert "第二十五条的规定" not in rules_of(replace(SELECT, base="present"))


def test_the_quorum_is_a_number() -> None:
    assert "全体代表327人，须有全体代表的三分之二以上出席（至少218人）" in rules_of(SELECT)


def test_the_candidates_are_annexed_in_printed_order() -> None:
    assert "|".join(["1", TITLES[0], "县交通运输局"]) in rules_of(SELECT)


@pytest.mark.parametrize(("method", "absent"), [("paper", "投票卡"), ("hands", "无记名")])
def test_rules_of_a_round_without_cards_do_not_speak_of_them(method: str, absent: str) -> None:
    facts, of = session_facts(SELECT, method=method)
    said = words(rules_paper(facts, of))
    assert absent not in said
    assert "电子" not in said


def test_how_many_open_the_box_is_said_once_it_is_known() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    assert "须由3名监票人（含总监票人）中的至少2名同时开启" in words(rules_paper(facts, of))
    assert "须由过半数的监票人（含总监票人）同时开启" in rules_of(SELECT)


def test_the_committee_has_no_deputies_and_no_delegations() -> None:
    facts, of = session_facts(GRADING, body="committee")
    said = words(rules_paper(facts, of)).replace("人民代表大会", "")
    assert "代表" not in said
    assert "经常委会会议通过" in said


def test_at_most_k_in_favour_is_in_the_rules_and_on_the_ballot_where_it_is_on() -> None:
    limited = replace(APPROVE, places=2, most_for=True)
    assert "最多2件，多于2件的为无效票" in rules_of(limited)
    assert "全部赞成票之和超过有效票数的2倍的，票决无效" in rules_of(limited)
    assert "赞成的最多2件，多于2件的，整张票无效。" in list(
        notes(session_facts(limited)[1], BallotPaperSettings())
    )
    assert "最多2件" not in rules_of(replace(APPROVE, places=2))
