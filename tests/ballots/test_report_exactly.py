"""The 结果报告单 to the last sign: whoever verifies makes it anew, and one other letter is another report."""

from __future__ import annotations

from msgspec.structs import replace

from ballots.record import OLDEST, Figures
from ballots.report import (
    GradeHead,
    OutcomeHead,
    RatingsHead,
    Report,
    StandingHead,
    percent,
    report_text,
    session_title,
)

MARKED = Report(
    session="示例县第十九届人民代表大会第五次会议",
    title="民生实事项目票决",
    figures=Figures(all_deputies=9, present=8, issued=7, returned=6, invalid=2),
    candidates=("修路", "建校", "打井"),
    answers=(),
    rows=((1, 3, 2, 2),),
    outcome=OutcomeHead(standings=(StandingHead(number=1, votes=3),), chosen=(1,), tied=(3, 2)),
    scrutineers=("陈秀英", "赵建国"),
    closing_head="ab12",
)
HEAD = """计票结果报告单
示例县第十九届人民代表大会第五次会议
民生实事项目票决
应到代表9人，实到代表8人。
"""
BALLOTS = "发出表决票7张，收回表决票6张。\n有效票4张，无效票2张。\n"
VOTES = "1. 修路：得赞成票3票。\n2. 建校：得赞成票2票。\n3. 打井：得赞成票2票。\n"
SIGNED = "监票人：1. 陈秀英，2. 赵建国。\n封箱码：ab12"
GRADED = replace(
    MARKED,
    candidates=("修路", "建校"),
    answers=("满意", "不满意", "弃权"),
    rows=((3, 1, 0), (0, 0, 4)),
    outcome=RatingsHead(
        grades=(
            GradeHead(number=1, counts=(3, 1, 0), satisfied=750, overall=805, level="满意"),
            GradeHead(number=2, counts=(0, 0, 4)),
        ),
        overall=976,
    ),
)


def test_a_vote_is_reported_in_these_words() -> None:
    verdict = "入选：1. 修路。\n得票相同待定：3. 打井，2. 建校。\n"
    assert report_text(MARKED) == HEAD + BALLOTS + "弃权票1张。\n" + VOTES + verdict + SIGNED


def test_nobody_chosen_nobody_tied_and_a_number_that_is_no_candidates_are_reported_so() -> None:
    nobody = replace(MARKED, outcome=OutcomeHead(standings=()))
    assert report_text(nobody) == HEAD + BALLOTS + "弃权票1张。\n" + VOTES + "入选：无。\n" + SIGNED
    strange = report_text(replace(MARKED, outcome=OutcomeHead(standings=(), chosen=(4,), tied=(5,))))
    assert "\n入选：。\n得票相同待定：。\n" in strange


def test_a_vote_on_each_is_reported_with_every_answer() -> None:
    each = replace(MARKED, answers=("赞成", "反对", "弃权"), rows=((3, 1, 0), (2, 2, 0), (0, 1, 3)))
    answered = "1. 修路：赞成3票，反对1票，弃权0票。\n2. 建校：赞成2票，反对2票，弃权0票。\n"
    answered += "3. 打井：赞成0票，反对1票，弃权3票。\n"
    assert (
        report_text(each)
        == HEAD + BALLOTS + answered + "入选：1. 修路。\n得票相同待定：3. 打井，2. 建校。\n" + SIGNED
    )


def test_a_vote_by_show_of_hands_counts_people_and_has_no_box() -> None:
    shown = replace(
        MARKED, hands=True, closing_head=None, body="committee", outcome=OutcomeHead(standings=())
    )
    head = HEAD.replace("代表9", "组成人员9").replace("代表8", "组成人员8")
    hands = "举手表决，参加表决6人。\n弃权1人。\n"
    assert report_text(shown) == head + hands + VOTES + "入选：无。\n" + SIGNED.rpartition("\n")[0]


def test_a_test_is_reported_with_its_levels_and_rates() -> None:
    head = HEAD.replace("计票", "测评")
    graded = "1. 修路：满意3票，不满意1票，弃权0票；满意率75.0%，总体满意率80.5%；满意。\n"
    graded += "2. 建校：满意0票，不满意0票，弃权4票；满意率—，总体满意率—；未定等次。\n总体满意率97.6%。\n"
    assert report_text(GRADED) == head + BALLOTS.replace("表决", "测评") + graded + SIGNED


def test_a_report_of_version_2_names_neither_who_is_chosen_nor_who_watched() -> None:
    assert (
        report_text(replace(MARKED, version=OLDEST))
        == HEAD + BALLOTS + "弃权票1张。\n" + VOTES + "封箱码：ab12"
    )


def test_what_the_record_leaves_over_is_not_reported_and_does_not_stop_it() -> None:
    assert "打井：" not in report_text(replace(MARKED, rows=((1, 3, 2),)))
    assert "建校：满意" not in report_text(replace(GRADED, rows=((3, 1, 0),)))
    each = replace(MARKED, answers=("赞成", "反对", "弃权"), rows=((3, 1),))
    assert "\n1. 修路：赞成3票，反对1票。\n入选" in report_text(each)
    assert "监票人" not in report_text(replace(MARKED, scrutineers=()))


def test_a_place_stands_in_a_sessions_name_once_and_a_rate_has_one_decimal() -> None:
    place = "示例县人民代表大会"
    assert session_title(place, "第五次会议") == "示例县第五次会议"
    assert session_title(place, "示例县第五次会议") == "示例县第五次会议"
    assert [percent(rate) for rate in (976, 5, 0, None)] == ["97.6%", "0.5%", "0.0%", "—"]
