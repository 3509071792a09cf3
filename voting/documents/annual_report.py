"""年度报告 as .docx, with tables and charts: proposed, voted, delivered, watched, changed, rated, put right.

The file is the same for the same facts on the same day, so that publishing it twice publishes it once.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from docx.document import Document as Paper
from docx.shared import Mm

from voting.days import CHINA
from voting.delivering.projects import wan
from voting.documents.annual_charts import against_plan, bars, stacked
from voting.documents.office_paper import (
    BODY,
    HEAD,
    as_bytes,
    fill,
    new_paper,
    put_line,
    put_table,
    put_text,
    put_title,
    repeat,
)
from voting.documents.typesetting import chinese_date
from voting.rating.scores import Score
from voting.ratings import UNGRADED, percent
from voting.screening.plans import written
from voting.years.annual_facts import AnnualReport, ProjectRow, ScoreRow

_PICTURE: Final = Mm(156)
_NUMERALS: Final = "一二三四五六七八"
_MOST_BARS: Final = 12


def annual_report_docx(report: AnnualReport) -> bytes:
    """The whole paper. Raises MissingFont."""
    paper = new_paper(datetime.combine(report.day, time(), CHINA), across=False)
    put_title(paper, f"{report.congress.removesuffix('人民代表大会')}{report.year}年民生实事项目年度报告")
    put_line(paper, f"（截至{chinese_date(report.day)}）", BODY, centred=True)
    _overview(paper, report)
    for number, (words, part) in enumerate(_PARTS):
        put_line(paper, f"{_NUMERALS[number]}、{words}", HEAD)
        part(paper, report)
    put_line(paper, report.congress, BODY, right=True)
    put_line(paper, chinese_date(report.day), BODY, right=True)
    return as_bytes(paper)


def _overview(paper: Paper, of: AnnualReport) -> None:
    states: dict[str, int] = {}
    for one in of.projects:
        states[one.state] = states.get(one.state, 0) + 1
    done = "，".join(f"{number}件{state}" for state, number in states.items())
    going = [one for one in of.projects if not one.cancelled]
    planned, spent = sum(one.planned for one in going), sum(one.spent for one in going)
    cancelled = len(of.projects) - len(going)
    without = f"（不含已取消的{cancelled}件）" if cancelled else ""
    put_text(
        paper,
        f"{of.year}年，共收到群众和代表的意见建议{of.suggestions.received}件，拟订候选项目{of.drafts}件；"
        f"实施民生实事项目{len(of.projects)}件"
        + (
            f"（{done}），计划投资{_wan(planned)}万元，已支出{_wan(spent)}万元{without}。"
            if of.projects
            else "。"
        ),
    )


def _suggestions(paper: Paper, of: AnnualReport) -> None:
    tally = of.suggestions
    put_text(
        paper,
        f"收到{tally.received}件，受理{tally.taken_up}件，办结率{tally.closing}，答复率{tally.answering}，"
        f"总体满意率{tally.overall}；民生实事线索采纳率{tally.adoption}。",
    )
    if of.by_category:
        _picture(paper, bars([(name, number, f"{number}件") for name, number in of.by_category[:_MOST_BARS]]))
        _grid(paper, (("类别", 78), ("件数", 78)), [(name, str(number)) for name, number in of.by_category])
    if of.by_source:
        _grid(paper, (("来源", 78), ("件数", 78)), [(name, str(number)) for name, number in of.by_source])


def _votes(paper: Paper, of: AnnualReport) -> None:
    if not of.votes:
        put_text(paper, f"截至报告日，{of.year}年的项目还没有经过票决，或者票决不在本系统进行。")
    for vote in of.votes:
        put_text(paper, f"{vote.session}“{vote.title}”。{''.join(vote.sentences)}")
        counted = [one for one in vote.rows if one.votes is not None]
        if counted:
            _picture(paper, bars([(one.title, one.votes or 0, f"{one.votes}票") for one in counted]))
        _grid(
            paper,
            (("序号", 14), ("候选项目", 58), ("投资", 26), ("得赞成票", 24), ("结果", 34)),
            [
                (
                    str(one.number),
                    one.title,
                    one.cost,
                    "—" if one.votes is None else str(one.votes),
                    one.result,
                )
                for one in vote.rows
            ],
        )


def _projects(paper: Paper, of: AnnualReport) -> None:
    if not of.projects:
        put_text(paper, "没有项目。")
        return
    _picture(
        paper,
        against_plan([(one.title, one.percent, one.expected, _share(one), one.color) for one in of.projects]),
    )
    put_text(paper, "宽条为按计划应完成的进度，窄条为已完成的进度。")
    _grid(
        paper,
        (
            ("序号", 12),
            ("项目", 40),
            ("责任单位", 30),
            ("状态", 24),
            ("计划（万元）", 25),
            ("支出（万元）", 25),
        ),
        [
            (
                str(one.number),
                one.title,
                one.unit,
                one.state,
                _wan(one.planned) if one.planned else "—",
                _wan(one.spent),
            )
            for one in of.projects
        ],
    )
    _grid(
        paper,
        (("项目", 40), ("年度目标", 46), ("完成", 18), ("亮灯", 18), ("说明", 34)),
        [(one.title, one.targets, percent(one.percent), one.light, one.light_words) for one in of.projects],
    )


def _supervision(paper: Paper, of: AnnualReport) -> None:
    visits, orders = (sum(one.visits for one in of.supervision), sum(one.orders for one in of.supervision))
    put_text(paper, f"组织代表视察{visits}次，发出督办单{orders}件。")
    if of.supervision:
        _grid(
            paper,
            (("项目", 56), ("视察", 20), ("预警", 20), ("督办单", 20), ("其中办结", 20), ("会商", 20)),
            [
                (
                    one.title,
                    str(one.visits),
                    str(one.warnings),
                    str(one.orders),
                    str(one.orders_done),
                    str(one.conferences),
                )
                for one in of.supervision
            ],
        )


def _changes(paper: Paper, of: AnnualReport) -> None:
    if not of.changes:
        put_text(paper, "没有项目调整。")
        return
    _grid(
        paper,
        (("项目", 26), ("调整", 16), ("原来", 44), ("现在", 44), ("决定", 26)),
        [
            (
                one.title,
                one.kind,
                "\n".join(f"{what}：{old}" for what, old, _ in one.lines),
                "\n".join(f"{what}：{new}" for what, _, new in one.lines),
                one.decision,
            )
            for one in of.changes
        ],
    )


def _scores(paper: Paper, of: AnnualReport) -> None:
    if not of.scores:
        put_text(paper, "截至报告日还没有测评结果。")
        return
    shown = [one for one in of.scores if one.score.counts]
    several = len({one.score.round for one in of.scores}) > 1
    for levels in dict.fromkeys(one.score.columns for one in shown):
        rows = [
            (f"{one.score.title}{_again(one.score)}", one.score.counts or ())
            for one in shown
            if one.score.columns == levels
        ]
        _picture(paper, stacked(levels, rows))
    _grid(
        paper,
        (("项目", 32), ("责任单位", 25), ("等次", 20), ("票数", 28), ("总体满意率", 17), ("上一年", 34)),
        [_score(one, named=several) for one in of.scores],
    )
    for words in dict.fromkeys(one.score.kept_back for one in of.scores if one.score.kept_back):
        put_text(paper, words)


def _score(one: ScoreRow, *, named: bool) -> tuple[str, ...]:
    """With the title of the test where there was more than one."""
    score = one.score
    counted = "\n".join(
        f"{name}{number}" for name, number in zip(score.columns, score.counts or (), strict=False)
    )
    overall = percent(score.overall) if score.overall is not None else "—"
    title = f"{score.title}{_again(score)}" + (f"\n{score.round_title}" if named else "")
    return (title, one.unit, score.level or UNGRADED, counted or "—", overall, one.before or "—")


def _again(score: Score) -> str:
    return "（再测评）" if score.retest else ""


def _rectifications(paper: Paper, of: AnnualReport) -> None:
    if of.closed:
        put_text(paper, f"已整改销号{of.closed}件。")
    if not of.rectifications:
        put_text(paper, "没有正在整改的项目。" if of.closed else "没有需要整改的项目。")
        return
    _grid(
        paper,
        (("项目", 40), ("责任单位", 30), ("测评", 18), ("整改", 34), ("期限", 34)),
        [
            (
                one.title,
                one.unit,
                one.level,
                one.state + (f"\n{one.retest}" if one.retest else ""),
                chinese_date(one.due),
            )
            for one in of.rectifications
        ],
    )


_PARTS: Final = (
    ("意见建议", _suggestions),
    ("票决", _votes),
    ("项目进展和资金", _projects),
    ("监督", _supervision),
    ("项目调整", _changes),
    ("满意度测评", _scores),
    ("整改", _rectifications),
)


def _grid(paper: Paper, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]]) -> None:
    table = put_table(paper, len(rows) + 1, [width for _, width in columns])
    head, *body = table.rows
    fill(head, [name for name, _ in columns], HEAD)
    repeat(head)
    for row, words in zip(body, rows, strict=True):
        fill(row, words, BODY)
    paper.add_paragraph()


def _picture(paper: Paper, png: bytes) -> None:
    paper.add_picture(io.BytesIO(png), width=_PICTURE)


def _share(one: ProjectRow) -> str:
    return f"{percent(one.percent)}／{percent(one.expected)}"


def _wan(money: int) -> str:
    return written(wan(money))
