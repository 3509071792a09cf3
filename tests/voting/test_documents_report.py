"""计票结果报告单 and 主持词: opened again and read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from voting.conclusions import conclude
from voting.counts import ApprovalCounts, Counts, DecisionCounts, GradeCounts, SelectCounts
from voting.documents.report import TallyReport, tally_report_pdf
from voting.documents.script import script_lines, script_pdf
from voting.grading import Grading
from voting.outcome import decide
from voting.ratings import Ratings
from voting.rounds import Candidate, Scrutineer
from voting.rules import RoundRules, Rules

NOW = datetime(2026, 1, 25, 3, 4, tzinfo=UTC)
HEAD = "".join(f"{number:08x}" for number in range(0x1A2B3C4D, 0x1A2B3C4D + 8))
TITLES = (
    "农村生活污水治理",
    "城区老旧小区加装电梯",
    "县医院发热门诊改扩建",
    "敬老院适老化改造",
    "城乡公交一体化",
    "教室照明改造",
    "农贸市场改造",
)
SCRUTINEERS = (("王建国", "aa"), ("欧阳雪梅", "bb"), ("李㙍", None))

SELECT = Rules(ballot="select_k", candidates=7, places=5, publish="list_and_votes")
APPROVE = Rules(ballot="for_against", candidates=7, places=7, publish="list_and_votes")
SELECTED = SelectCounts(
    all_deputies=298,
    present=290,
    issued=287,
    returned=286,
    invalid=3,
    votes=(271, 214, 198, 255, 120, 236, 101),
    blank=2,
)
APPROVED = ApprovalCounts(
    all_deputies=298,
    present=290,
    issued=287,
    returned=286,
    for_votes=(271, 214, 198, 255, 120, 236, 101),
    against=(9, 52, 64, 20, 149, 36, 171),
    abstain=(6, 20, 24, 11, 17, 14, 14),
)
GRADING = Grading(projects=3, half="more_than", publish="list_and_votes")
GRADED = GradeCounts(
    all_deputies=298,
    present=290,
    issued=287,
    returned=286,
    invalid=3,
    rows=((271, 10, 2, 0), (130, 50, 100, 3), (40, 60, 180, 3)),
)
COMMITTEE = replace(GRADED, body="committee", all_deputies=35, present=29, issued=29, returned=29, invalid=0)
SMALL = replace(COMMITTEE, rows=((20, 5, 4, 0), (10, 8, 11, 0), (0, 0, 29, 0)))
TIED = replace(SELECTED, votes=(271, 214, 198, 255, 155, 155, 101))
VOID = replace(SELECTED, returned=288, votes=(0,) * 7)


def report(rules: RoundRules, counts: Counts, titles: tuple[str, ...] = TITLES) -> TallyReport:
    return TallyReport(
        session_title="示例县第十八届人民代表大会第二次会议",
        round_title="民生实事项目票决",
        rules=rules,
        candidates=tuple(Candidate(number=place, title=title) for place, title in enumerate(titles, start=1)),
        counts=counts,
        outcome=conclude(rules, counts),
        scrutineers=tuple(
            Scrutineer(
                congress="c", round="r", number=number, name=name, chief=number == 1, signature=signature
            )
            for number, (name, signature) in enumerate(SCRUTINEERS, start=1)
        ),
        closing_head=HEAD,
        day=date(2026, 1, 25),
    )


def pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def read(rules: RoundRules, counts: Counts) -> str:
    return "".join(pages(tally_report_pdf(report(rules, counts), NOW)))


def spoken(rules: RoundRules, counts: Counts) -> str:
    return "\n".join(words for _, words in script_lines(report(rules, counts)))


def test_the_report_is_headed_as_the_congress_calls_it() -> None:
    assert read(SELECT, SELECTED).startswith(
        "示例县第十八届人民代表大会第二次会议民生实事项目票决计票结果报告单"
    )


def test_the_figures_stand_in_the_customary_order() -> None:
    text = read(SELECT, SELECTED)
    assert "应到代表实到代表发出票收回票未投有效票无效票298人290人287张286张1张283张3张" in text


def test_every_candidate_stands_in_printed_order_with_votes_rank_and_result() -> None:
    text = read(SELECT, SELECTED)
    ranks = (1, 4, 5, 2, 6, 3, 7)
    rows = [
        f"{number}{TITLES[number - 1]}{SELECTED.votes[number - 1]}{rank}"
        + ("入选" if rank <= 5 else "未入选")
        for number, rank in enumerate(ranks, start=1)
    ]
    assert "".join(rows) in text


def test_abstentions_and_the_majority_have_lines_of_their_own() -> None:
    text = read(SELECT, SELECTED)
    assert "弃权票（一件都不选）2" in text
    assert "入选须超过全体代表298人的半数，至少得赞成票150" in text


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("present", "实到代表290人的半数，至少得赞成票146"),
        ("returned", "收回的286张票的半数，至少得赞成票144"),
    ],
)
def test_the_majority_is_of_the_base_that_the_rules_name(base: str, words: str) -> None:
    assert words in read(replace(SELECT, base=base), SELECTED)


def test_without_a_floor_no_majority_is_named() -> None:
    assert "至少得赞成票" not in read(replace(SELECT, majority_floor=False), SELECTED)


def test_a_for_against_report_has_three_columns_and_no_blank_ballots() -> None:
    text = read(APPROVE, APPROVED)
    assert "序号候选项目赞成反对弃权名次结果" in text
    assert f"2{TITLES[1]}214522043" not in text
    assert f"2{TITLES[1]}21452204入选" in text
    assert "一件都不选" not in text


@pytest.mark.parametrize(("rules", "counts"), [(SELECT, SELECTED), (APPROVE, APPROVED), (SELECT, TIED)])
def test_the_result_and_every_reason_stand_in_words(rules: Rules, counts: DecisionCounts) -> None:
    text, outcome = read(rules, counts), decide(rules, counts)
    assert all(sentence in text for sentence in outcome.sentences)
    for standing in outcome.standings:
        assert f"{standing.number}号{TITLES[standing.number - 1]}：{standing.reason}" in text


def test_a_void_round_reports_no_votes() -> None:
    text = read(SELECT, VOID)
    assert "287张288张———" in text
    assert "票决无效" in text
    assert not any(title in text for title in TITLES)


def test_the_report_carries_the_whole_sealing_code() -> None:
    assert f"封箱码{HEAD}" in read(SELECT, SELECTED)


def test_a_round_on_paper_has_no_sealing_code() -> None:
    paper = replace(report(SELECT, SELECTED), closing_head=None)
    assert "封箱码" not in "".join(pages(tally_report_pdf(paper, NOW)))


def test_each_scrutineer_has_a_place_that_says_who_signed() -> None:
    text = read(SELECT, SELECTED)
    for signed in ("总监票人王建国已电子签名", "监票人欧阳雪梅已电子签名", "监票人李㙍未电子签名"):
        assert signed in text
    assert "2026年1月25日" in text


def test_what_is_signed_stands_on_the_page_of_the_signatures() -> None:
    first, annex = pages(tally_report_pdf(report(SELECT, SELECTED), NOW))
    assert all(words in first for words in ("计票结果报告单", TITLES[6], HEAD, "李㙍", "2026年1月25日"))
    assert "附：逐项说明" in annex


def test_so_it_does_where_a_county_has_twelve_candidates_a_tie_and_five_scrutineers() -> None:
    rules = replace(SELECT, candidates=12, places=10)
    counts = replace(SELECTED, votes=(271,) * 8 + (252, 175, 175, 22))
    titles = tuple(f"{'卫生院诊疗设备更新' * (4 if number == 4 else 1)}{number}" for number in range(1, 13))
    made = report(rules, counts, titles)
    five = [replace(made.scrutineers[2], number=number) for number in range(1, 6)]
    first, _ = pages(tally_report_pdf(replace(made, scrutineers=tuple(five)), NOW))
    assert all(words in first for words in ("再次票决", HEAD, "2026年1月25日"))
    assert first.count("李㙍") == 5


def test_the_report_is_made_for_the_archive_and_always_the_same() -> None:
    pdf = tally_report_pdf(report(SELECT, SELECTED), NOW)
    assert b"pdfaid:part" in pdf
    assert pdf == tally_report_pdf(report(SELECT, SELECTED), NOW)


def test_a_hundred_long_titles_find_room() -> None:
    titles = tuple(f"{'乡' * 117}{number:03d}" for number in range(1, 101))
    rules = replace(SELECT, candidates=100, places=50)
    counts = replace(SELECTED, votes=(200,) * 50 + (50,) * 50)
    read_pages = pages(tally_report_pdf(report(rules, counts, titles), NOW))
    assert all(title in "".join(read_pages) for title in titles)
    assert all("序号候选项目得票数名次结果" in page for page in read_pages[:5])


def test_a_title_is_printed_as_typed_and_never_run() -> None:
    title = '#panic("x") *a* $b$ @c <d> \\ // [e]'
    titled = report(SELECT, SELECTED, (title, *TITLES[1:]))
    assert "".join(title.split()) in "".join(pages(tally_report_pdf(titled, NOW)))
    assert "".join(title.split()) in "".join(pages(script_pdf(titled, NOW)))


def test_the_chair_reads_the_chosen_with_their_votes() -> None:
    text = spoken(SELECT, SELECTED)
    assert (
        "入选项目5件，按得票由多到少，依次是：\n1．农村生活污水治理，得赞成票271票。\n2．敬老院适老化改造，得赞成票255票。"
        in text
    )
    assert "我宣布：以上5件项目" in text
    assert TITLES[4] not in text


def test_the_chair_reads_all_three_figures_of_a_for_against_vote() -> None:
    assert "1．农村生活污水治理，赞成271票，反对9票，弃权6票。" in spoken(APPROVE, APPROVED)


@pytest.mark.parametrize(("rules", "counts"), [(SELECT, SELECTED), (APPROVE, APPROVED), (SELECT, TIED)])
def test_where_only_the_list_is_published_the_chair_reads_no_votes(rules: Rules, counts: Counts) -> None:
    text = spoken(replace(rules, publish="list"), counts)
    assert "按票面顺序，依次是：\n1．农村生活污水治理。\n2．城区老旧小区加装电梯。" in text
    assert not any(votes in text for votes in ("271", "255", "214", "155"))


def test_the_chair_names_who_is_tied() -> None:
    text = spoken(SELECT, TIED)
    assert (
        "5号、6号得票相同（各155票），这2件中还应选1件，再次票决，得票多的入选。\n5号：城乡公交一体化。\n6号：教室照明改造。"
        in text
    )


def test_the_chair_says_what_becomes_of_vacant_places() -> None:
    assert "入选件数比应选件数少2件，由主席团决定另行票决或者缺额。" in spoken(APPROVE, APPROVED)


def test_the_chair_says_when_nobody_was_chosen() -> None:
    text = spoken(SELECT, replace(SELECTED, votes=(100,) * 7))
    assert "没有项目入选。" in text
    assert "我宣布" not in text


def test_the_chair_declares_a_void_round_void() -> None:
    text = spoken(SELECT, VOID)
    assert "我宣布：本次票决无效，应当重新票决。" in text
    assert "请在自己的页面上按“宣布票决无效”" in text


@pytest.mark.parametrize("counts", [SELECTED, TIED, VOID])
def test_the_printed_script_says_what_the_lines_say(counts: Counts) -> None:
    made = report(SELECT, counts)
    text = "".join(pages(script_pdf(made, NOW)))
    assert all("".join(words.split()) in text.replace("—1—", "") for _, words in script_lines(made))
    assert "2026年1月25日" in text


# Satisfaction


def test_the_report_of_a_test_has_a_line_a_project_with_figures_rates_and_level() -> None:
    text = read(GRADING, GRADED)
    assert "民生实事项目票决测评结果报告单" in text
    assert "序号测评项目满意基本满意不满意弃权满意率总体满意率等次" in text
    assert f"1{TITLES[0]}271102095.8%99.3%满意" in text
    assert f"2{TITLES[1]}13050100345.9%63.6%基本满意" in text
    assert f"3{TITLES[2]}4060180314.1%35.3%不满意" in text
    assert "全部项目的总体满意率66.1%" in text
    assert "超过全体代表（298）的半数（不含半数），至少得票150" in text
    assert "测评结果全体代表298人" in text
    assert HEAD in text
    assert "票决结果" not in text


def test_every_level_is_explained_in_the_annex() -> None:
    outcome = conclude(GRADING, GRADED)
    text = read(GRADING, GRADED)
    assert isinstance(outcome, Ratings)
    for one in outcome.grades:
        assert f"{one.number}号{TITLES[one.number - 1]}：{one.reason}" in text


def test_the_committees_report_counts_its_members() -> None:
    text = read(GRADING, SMALL)
    assert "应到组成人员实到组成人员发出票收回票未投有效票无效票35人29人29张29张0张29张0张" in text
    assert "代表" not in text.replace("示例县第十八届人民代表大会第二次会议", "")


def test_the_widest_test_finds_room() -> None:
    levels = ("很满意", "较满意", "一般", "较不满意", "很不满意")
    rules = Grading(
        projects=2,
        levels=levels,
        unknown=True,
        method="points",
        points=(100, 80, 60, 40, 20),
        bands=(90, 70, 50, 30, 0),
        publish="list",
    )
    row = (200, 20, 20, 20, 10, 10, 3)
    counts = replace(GRADED, rows=(row, row[::-1]))
    text = read(rules, counts)
    assert "序号测评项目很满意较满意一般较不满意很不满意不了解弃权满意率总体满意率平均分等次" in text
    assert f"1{TITLES[0]}20020202010103" in text


def test_a_void_test_reports_no_figures() -> None:
    text = read(GRADING, replace(GRADED, returned=288, rows=()))
    assert "测评无效" in text
    assert not any(title in text for title in TITLES)


def test_the_chair_reads_every_projects_level_and_rates() -> None:
    text = spoken(GRADING, GRADED)
    assert "发出测评票287张，收回286张，测评有效。" in text
    assert "测评项目3件，结果依次是：\n1．农村生活污水治理：满意，满意率95.8%，总体满意率99.3%。\n2．" in text
    assert "全部项目的总体满意率为66.1%。" in text
    assert "入选" not in text


def test_in_the_committee_its_members_are_addressed() -> None:
    text = spoken(GRADING, SMALL)
    assert text.startswith("各位常委会组成人员：")
    assert "全体组成人员35人，实到29人，超过全体组成人员的半数，符合法定人数。" in text
    assert "代表" not in text


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        (replace(GRADING, publish="list"), GRADED),
        (GRADING, replace(SMALL, returned=4, rows=((4, 0, 0, 0), (3, 1, 0, 0), (0, 0, 4, 0)))),
    ],
    ids=["levels only", "too few"],
)
def test_where_figures_are_kept_back_the_chair_reads_levels_only(rules: Grading, counts: Counts) -> None:
    text = spoken(rules, counts)
    assert "1．农村生活污水治理：" in text
    assert "%" not in text


def test_the_chair_declares_a_void_test_void() -> None:
    text = spoken(GRADING, replace(GRADED, returned=288, rows=()))
    assert "我宣布：本次测评无效，应当重新测评。" in text
    assert "请在自己的页面上按“宣布测评无效”" in text


@pytest.mark.parametrize("counts", [GRADED, SMALL])
def test_the_printed_script_of_a_test_says_what_the_lines_say(counts: Counts) -> None:
    made = report(GRADING, counts)
    text = "".join(pages(script_pdf(made, NOW)))
    assert "（宣布测评结果）" in text
    assert all("".join(words.split()) in text.replace("—1—", "") for _, words in script_lines(made))
