"""主持词: what the presiding chair reads out when the result is announced. Short, in large type.

It names no votes where the rules publish the list only: what is said in the hall is in the papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from voting.disclosure import Disclosure, PublicGrade, PublicRatings, PublicStanding, disclose
from voting.documents.report import TallyReport
from voting.documents.report_table import title_of
from voting.documents.typesetting import chinese_date, typeset
from voting.outcome import Outcome
from voting.ratings import UNGRADED, percent
from voting.reasons import attendance

Line = tuple[str, str]
"""How it stands on the page (`say`, `item`, or `do`, which is not read out) and its words."""
DONE: Final = "宣布完毕。"


def script_pdf(report: TallyReport, timestamp: datetime) -> bytes:
    """The chair's text on A4. Raises MissingFont."""
    data = {
        "session": report.session_title,
        "round": report.round_title,
        "subject": f"宣布{report.words.act}结果",
        "lines": list(script_lines(report)),
        "date": chinese_date(report.day),
    }
    return typeset("script.typ", data, timestamp, archival=True)


def script_lines(report: TallyReport) -> Iterator[Line]:
    """The text line by line. Pure."""
    counts, words = report.counts, report.words
    issued = f"发出{words.ballot}{counts.issued}张，收回{counts.returned}张"
    if counts.hands:
        issued = f"举手表决，{counts.returned}人参加表决"
    yield "say", f"{words.members}："
    yield "say", f"现在，根据总监票人的报告，宣布{report.round_title}的结果。"
    yield "say", attendance(counts, words)
    if report.outcome.status == "void" and counts.returned <= counts.issued:
        yield from (("say", sentence) for sentence in report.outcome.sentences[1:-1])
        yield "say", f"我宣布：本次{words.void}，应当{words.again}。"
        yield "do", "宣读之后，请在自己的页面上按“宣布”，大屏幕随即显示结果。"
        return
    if report.outcome.status == "void":
        yield "say", f"{issued}，收回的票多于发出的票。"
        yield "say", f"我宣布：本次{words.void}，应当{words.again}。"
        yield "do", f"宣读之后，请在自己的页面上按“宣布{words.void}”。"
        return
    yield "say", f"{issued}，{words.valid}。"
    disclosed = disclose(report.rules, report.outcome, counts.body)
    if isinstance(disclosed, PublicRatings):
        yield from _rated(report, disclosed)
    else:
        yield from _chosen(report, disclosed)
        yield from _still_open(report, disclosed)
    yield "say", DONE
    yield "do", "宣读之后，请在自己的页面上按“宣布”，大屏幕随即显示结果。"


def _rated(report: TallyReport, disclosed: PublicRatings) -> Iterator[Line]:
    yield "say", f"测评项目{len(disclosed.grades)}件，结果依次是："
    for one in disclosed.grades:
        title = title_of(report.candidates, one.number)
        yield "item", f"{one.number}．{title}：{one.level or UNGRADED}{_rates(one)}。"
    if disclosed.overall is not None:
        yield "say", f"全部项目的总体满意率为{percent(disclosed.overall)}。"
    yield "say", f"我宣布：{report.round_title}有效，结果如上。"


def _rates(one: PublicGrade) -> str:
    if one.satisfied is None:
        return ""
    return f"，满意率{percent(one.satisfied)}，总体满意率{percent(one.overall)}"


def _chosen(report: TallyReport, disclosed: Disclosure) -> Iterator[Line]:
    chosen = [standing for standing in disclosed.standings if standing.status == "chosen"]
    if not chosen:
        yield "say", "没有项目入选。"
        return
    order = "按得票由多到少" if disclosed.with_votes else "按票面顺序"
    yield "say", f"入选项目{len(chosen)}件，{order}，依次是：" if len(chosen) > 1 else "入选项目1件，是："
    for place, standing in enumerate(chosen, start=1):
        yield "item", f"{place}．{title_of(report.candidates, standing.number)}{_votes(standing)}"
    yield "say", f"我宣布：以上{len(chosen)}件项目，为{report.session_title}票决产生的民生实事项目。"


def _votes(standing: PublicStanding) -> str:
    if standing.votes is None:
        return "。"
    if standing.against is None:
        return f"，得赞成票{standing.votes}票。"
    return f"，赞成{standing.votes}票，反对{standing.against}票，弃权{standing.abstain}票。"


def _still_open(report: TallyReport, disclosed: Disclosure) -> Iterator[Line]:
    """Who is tied for what, or how many places are vacant: the last sentence of an outcome that has them."""
    if not isinstance(report.outcome, Outcome) or report.outcome.status == "complete":
        return
    yield "say", disclosed.sentences[-1]
    for number in report.outcome.tied:
        yield "item", f"{number}号：{title_of(report.candidates, number)}。"
