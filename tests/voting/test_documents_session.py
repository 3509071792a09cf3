"""What the papers of a session say: figures where they may be, else blanks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.session_facts import (
    APPROVE,
    APPROVED,
    GRADED,
    GRADING,
    SELECT,
    SELECTED,
    TITLES,
    session_facts,
    words,
)
from voting.counts import Counts
from voting.documents.official import Grid
from voting.documents.session.announcement import announcement
from voting.documents.session.ballot_paper import (
    BallotPaperSettings,
    TooFewForColour,
    ballot_paper,
    notes,
)
from voting.documents.session.chief_reports import counted_report, returned_report
from voting.documents.session.contingency import contingency
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Break, blank
from voting.documents.session.forms import empty_box_form, incident_form, returned_form
from voting.documents.session.leave_list import leave_list
from voting.documents.session.minutes import minutes
from voting.documents.session.notice import notice
from voting.documents.session.numerals import numeral
from voting.documents.session.result_tables import attendance_rows
from voting.documents.session.script import plenary_script
from voting.documents.session.tally_paper import tally_paper
from voting.handing_out.facts import Declared
from voting.rounds import Publication
from voting.rules import RoundRules
from voting.settling.resolutions import Settled

BLANK = "＿"


# 主持词 and the two reports


def test_before_the_session_the_script_has_places_for_every_figure() -> None:
    facts, _ = session_facts(SELECT)
    said = words(plenary_script(facts))
    assert f"实到{blank(3)}人" in said
    assert f"总监票人：{blank(6)}" in said
    assert f"发出表决票{blank(3)}张，收回{blank(3)}张" not in said
    assert f"入选项目{blank(2)}件" in said
    assert not any(figure in said for figure in ("314", "312", "271"))


def test_the_script_asks_for_each_step_whoever_has_its_button() -> None:
    """The operator's page only prints."""
    for facts, _ in (session_facts(SELECT), session_facts(SELECT, SELECTED)):
        said = words(plenary_script(facts))
        assert "工作人员在系统中开始投票" in said
        assert "会务操作员" not in said


def test_the_script_follows_the_plenary_from_check_in_to_the_result() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(plenary_script(facts))
    order = (
        "报告出席情况",
        "通过办法",
        "通过总监票人、监票人名单",
        "检查票箱",
        "发投票卡",
        "试投",
        "：投票",
        "：报告投票情况",
        "：报告和宣布结果",
        "散会。",
    )
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert "请假3人，实到314人" in said
    assert "发出表决票314张，收回表决票312张，收回的表决票少于发出的表决票，票决有效。" in said
    assert f"1．{TITLES[0]}，得赞成票271票。" in said
    assert "我宣布：以上2件项目" in said


def test_whoever_may_not_see_the_figures_prints_none() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    early = replace(of, tally=None)
    facts = replace(facts, rounds=(early,))
    papers = (
        plenary_script(facts),
        counted_report(facts, early),
        minutes(facts),
        returned_form(facts, early),
    )
    for paper in papers:
        assert not any(votes in words(paper) for votes in ("271", "255", "311"))
        assert BLANK in words(paper) or paper.title.endswith("报告单")


def test_a_void_round_is_read_out_as_void_and_not_counted() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    void = replace(of, round=replace(of.round, state="void", returned=315), tally=None)
    facts = replace(facts, rounds=(void,))
    said = words(plenary_script(facts))
    assert "收回的表决票多于发出的表决票，票决无效，应当重新票决。" in said
    assert "复会" not in said
    assert "票决无效" in words(returned_report(facts, void))
    assert "收回的表决票多于发出的表决票，票决无效" in words(returned_form(facts, void))


def test_a_show_of_hands_is_called_project_by_project() -> None:
    facts, _ = session_facts(APPROVE, method="hands")
    said = words(plenary_script(facts))
    assert f"1．{TITLES[0]}。赞成的请举手。反对的请举手。弃权的请举手。" in said
    assert "投票卡" not in said


def test_while_too_few_have_checked_in_the_script_does_not_say_how_many() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(plenary_script(replace(facts, present=217)))
    assert f"实到{blank(3)}人，达到全体代表的三分之二" in said
    assert "217" not in said.replace("不足218人", "")
    assert "实到218人，达到全体代表的三分之二" in words(plenary_script(replace(facts, present=218)))


def test_leave_from_another_plenary_does_not_count_as_leave_from_this_one() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    assert facts.plenary is not None
    first, *others = facts.leave
    elsewhere = replace(facts.plenary, id="q", number=1, title="第一次全体会议")
    moved = replace(facts, leave=(replace(first, plenary=elsewhere), *others))
    assert "请假2人，实到" in words(plenary_script(moved))
    assert "第一次全体会议|因病住院" in words(leave_list(moved))


def test_the_minutes_count_the_reserve_cards_and_name_none() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    cards = Declared(reserve=("aa", "bb", "cc"), activated=("bb",), dead=("dd",))
    said = words(minutes(replace(facts, rounds=(replace(of, declared=cards),))))
    assert "监票人封存备用投票卡3张，其中启用1张；发出后作废1张。" in said
    assert "bb" not in said


def test_by_hands_a_project_is_called_for_every_answer_that_is_offered() -> None:
    said = words(plenary_script(session_facts(GRADING, method="hands")[0]))
    assert f"1．{TITLES[0]}。满意的请举手。基本满意的请举手。不满意的请举手。弃权的请举手。" in said
    chosen = words(plenary_script(session_facts(SELECT, method="hands")[0]))
    assert "每位代表最多赞成2件。" in chosen
    assert f"1．{TITLES[0]}。赞成的请举手。\n" in chosen
    assert "票箱" not in chosen


def test_the_first_report_says_what_was_given_out_and_came_back_and_no_votes() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    said = words(returned_report(facts, of))
    assert "应到代表327人，实到314人，发出表决票314张，收回表决票312张，未投2张。" in said
    assert "271" not in said
    assert f"总监票人：{of.scrutineers[0].name}" in said


@pytest.mark.parametrize(
    ("rules", "counts", "line"),
    [
        (SELECT, SELECTED, f"1．{TITLES[0]}：得赞成票271票。"),
        (APPROVE, APPROVED, f"2．{TITLES[1]}：赞成255票，反对40票，弃权17票。"),
        (GRADING, GRADED, f"1．{TITLES[0]}：满意，总体满意率96.8%。"),
    ],
)
def test_the_second_report_says_what_the_count_came_to(rules: RoundRules, counts: Counts, line: str) -> None:
    facts, of = session_facts(rules, counts)
    assert line in words(counted_report(facts, of))


def test_where_only_the_list_is_published_no_report_reads_votes_out() -> None:
    facts, of = session_facts(replace(SELECT, publish="list"), SELECTED)
    for paper in (counted_report(facts, of), plenary_script(facts), announcement(facts, of), minutes(facts)):
        assert not any(votes in words(paper) for votes in ("271", "255"))


# 公告


def test_the_announcement_names_the_chosen_and_the_votes() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    published = Publication(number="第5号", date=facts.day, approval="同意", at=of.steps[0].at)
    of = replace(of, round=replace(of.round, published=published))
    paper = announcement(facts, of)
    assert paper.title == "示例县第十八届人民代表大会第二次会议\n公　告"
    assert paper.under == "（第5号）"
    assert f"1．{TITLES[0]}（271票）\n2．{TITLES[1]}（255票）\n现予公告。" in words(paper)
    assert TITLES[2] not in words(paper)
    assert paper.issuer == "示例县第十八届人民代表大会第二次会议主席团"
    assert paper.day == "2026年1月25日"


def test_the_announcement_of_a_second_round_gives_the_whole_list() -> None:
    facts, first = session_facts(SELECT, replace(SELECTED, votes=(271, 170, 170)))
    _, second = session_facts(SELECT, replace(SELECTED, votes=(80, 90, 270)))
    second = replace(second, round=replace(second.round, id="r2", previous="r", relation="runoff"))
    said = words(announcement(replace(facts, rounds=(first, second)), second))
    assert f"连同此前票决产生的1件，{facts.title}决定的民生实事项目共2件：" in said
    assert f"1．{TITLES[0]}\n2．{TITLES[2]}\n现予公告。" in said
    repeat = replace(second, round=replace(second.round, relation="repeat"))
    assert "连同此前" not in words(announcement(replace(facts, rounds=(first, repeat)), repeat))


def test_number_and_date_of_an_announcement_are_left_open_until_it_is_published() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    paper = announcement(facts, of)
    assert paper.under == f"（第{BLANK * 2}号）"
    assert BLANK in paper.day


def test_what_the_presidium_decided_is_named_as_its_decision() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    settled = Settled(
        chosen=(1, 2, 3), by_presidium=(3,), open_places=0, vacant=0, resolution=None, sentences=()
    )
    said = words(announcement(facts, replace(of, settled=settled)))
    assert f"根据票决办法，由主席团决定列入的民生实事项目1件：\n3．{TITLES[2]}\n" in said


def test_nothing_is_announced_before_the_figures_may_be_seen() -> None:
    facts, of = session_facts(SELECT)
    with pytest.raises(ValueError, match="drafted"):
        announcement(facts, of)


# Ballots


def ballot(
    rules: RoundRules, delegation: str = "", **settings: object
) -> tuple[SessionFacts, RoundFacts, str]:
    facts, of = session_facts(rules)
    made = ballot_paper(facts, of, BallotPaperSettings(**settings), "a4", delegation)  # type: ignore[arg-type]  # fields of the settings
    return facts, of, "\n".join(["|".join(made.head), *("|".join(row) for row in made.rows), *made.notes])


@pytest.mark.parametrize(
    ("rules", "head", "note"),
    [
        (SELECT, "序号|候选项目|责任单位|选择", "最多选2件，少于2件的有效，多于2件的，整张票无效。"),
        (APPROVE, "序号|候选项目|责任单位|赞成|反对|弃权", "该件计为弃权"),
        (GRADING, "序号|测评项目|满意|基本满意|不满意|弃权", "对每件测评项目，只选一项"),
    ],
)
def test_a_ballot_prints_when_it_is_invalid(rules: RoundRules, head: str, note: str) -> None:
    said = ballot(rules)[2]
    assert said.startswith(head)
    assert note in said
    assert "整张票无法辨认的，为无效票" in said


@pytest.mark.parametrize("mark", ["○", "√"])
def test_the_sign_on_a_ballot_is_the_offices_choice(mark: str) -> None:
    assert f"画“{mark}”" in ballot(SELECT, mark=mark)[2]


def test_one_box_takes_three_signs() -> None:
    said = ballot(APPROVE, one_box=True)[2]
    assert said.startswith("序号|候选项目|责任单位|表决")
    assert "赞成的画“○”，反对的画“×”，弃权的不画任何符号" in said


def test_a_paper_beside_cards_is_for_whoever_has_not_used_the_card() -> None:
    facts, of = session_facts(SELECT)
    on_paper = replace(of, round=replace(of.round, method="paper"))
    assert any("已经用投票卡投票的" in one for one in notes(of, BallotPaperSettings()))
    assert not any("投票卡" in one for one in notes(on_paper, BallotPaperSettings()))
    assert facts.rounds


def test_a_small_delegation_has_no_colour_of_its_own() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    settings = BallotPaperSettings()
    coloured = ballot_paper(facts, of, settings, "a4", "城关代表团")
    assert coloured.colour.startswith("#")
    with pytest.raises(TooFewForColour, match="东河代表团只有3人，不足10人"):
        ballot_paper(facts, of, settings, "a4", "东河代表团")
    with pytest.raises(TooFewForColour):
        ballot_paper(facts, of, settings, "a4", "没有这个代表团")


def test_no_ballot_differs_from_another_but_by_colour() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    plain = ballot_paper(facts, of, BallotPaperSettings())
    coloured = ballot_paper(facts, of, BallotPaperSettings(), "a4", "城关代表团")
    assert replace(coloured, colour="") == plain


# The rest


def test_the_notice_says_how_to_mark_each_round() -> None:
    facts, of = session_facts(SELECT)
    grading = session_facts(GRADING)[1]
    said = words(notice(replace(facts, rounds=(of, grading))))
    assert "最多选2件，可以少选，不能多选" in said
    assert "每件在满意、基本满意、不满意、弃权中选一项" in said
    assert "没有存根不能换" in said


def test_the_plan_for_trouble_names_the_quorum_and_leaves_the_telephones_open() -> None:
    facts, _ = session_facts(SELECT)
    said = words(contingency(facts))
    assert "实到不足218人" in said
    assert "总监票人|||" in said
    assert "本轮电子票作废、不开启、不计票" in said


def test_the_leave_list_names_whoever_is_away_or_has_empty_lines() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(leave_list(facts))
    assert "请假3人" in said
    assert "13|𠮷㛃䶮|东河代表团|全部会议|因病住院" in said
    assert "||||" in words(leave_list(session_facts(SELECT)[0]))


def test_the_slip_of_the_empty_box_says_when_it_was_looked_into() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    said = words(empty_box_form(facts, of))
    assert "电子票箱中的票|0张" in said
    assert "2026年1月25日9时30分" in said
    before = session_facts(SELECT)
    assert f"电子票箱中的票|{BLANK * 3}张" in words(empty_box_form(*before))


def test_an_incident_is_printed_as_it_was_reported_with_room_for_the_decision() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(incident_form(facts, facts.incidents))
    assert "0001236" in said
    assert "第3排首次扫卡即显示已使用。" in said
    assert BLANK in said
    empty = words(incident_form(facts))
    assert "□ 首次扫卡即显示“已使用”" in empty


@pytest.mark.parametrize("method", ["paper", "hands"])
def test_where_no_card_is_used_the_contingency_plan_speaks_of_none(method: str) -> None:
    for strange in ("投票卡", "备用码", "回执号", "平板", "开箱数据"):
        assert strange in words(contingency(session_facts(SELECT)[0]))
        assert strange not in words(contingency(session_facts(SELECT, method=method)[0]))


def test_two_incidents_stand_on_two_pages() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    paper = incident_form(facts, facts.incidents * 2)
    assert sum(isinstance(one, Break) for one in paper.blocks) == 1


def test_the_minutes_have_every_step_with_its_time() -> None:
    facts, _ = session_facts(SELECT, SELECTED)
    said = words(minutes(facts))
    assert "投票截止|1月25日10时00分|刘科长" in said
    assert "未投2张" in said
    assert "第3排首次扫卡即显示已使用。尚未处理。" in said


def test_ballots_that_did_not_come_back_have_a_line_of_their_own() -> None:
    _, of = session_facts(SELECT, SELECTED)
    assert ["未投", 2] in attendance_rows(of)
    assert of.tally is not None
    grids = [one for one in tally_paper(of.tally).blocks if isinstance(one, Grid)]
    assert grids[0].head[4] == "未投"
    assert grids[0].rows[0][4] == "2张"


def test_the_report_to_be_edited_says_who_signed() -> None:
    _, of = session_facts(SELECT, SELECTED)
    assert of.tally is not None
    signatures = [one for one in tally_paper(of.tally).blocks if isinstance(one, Grid)][-1]
    cells = "".join(signatures.rows[0])
    assert cells.count("已电子签名") == 2
    assert cells.count("未电子签名") == 1


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")]
)
def test_numerals_are_those_of_statutes(number: int, expected: str) -> None:
    assert numeral(number) == expected


@pytest.mark.parametrize("number", [0, 100])
def test_other_numbers_have_no_numeral(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)
