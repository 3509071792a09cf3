"""计票结果报告单, 测评结果报告单 as .docx, with the figures of the PDF of `documents.report`. Pure."""

from __future__ import annotations

from voting.documents.official import Block, Grid, Label, Official, Text
from voting.documents.report import TallyReport, figures_row, table_of
from voting.documents.session.forms import grouped
from voting.documents.typesetting import chinese_date

_UPRIGHT, _ACROSS = 156, 262
"""Width of the type area in mm."""
_MOST_UPRIGHT = 8
"""Columns."""


def tally_paper(report: TallyReport) -> Official:
    """With places for the signatures, and who has signed on the own device."""
    table, words = table_of(report), report.words
    across = len(table.head) > _MOST_UPRIGHT
    whole = _ACROSS if across else _UPRIGHT
    figures = figures_row(report)
    blocks: list[Block] = [
        Label(report.session_title, "centre"),
        Label(report.round_title, "centre"),
        Grid(
            head=tuple(name for name, _ in figures),
            widths=_shared(whole, len(figures)),
            rows=(tuple(figure for _, figure in figures),),
        ),
    ]
    if table.rows:
        narrow = [width * whole // _UPRIGHT for width in table.widths]
        widths = tuple(width or whole - sum(narrow) for width in narrow)
        blocks += [
            Text("", indented=False),
            Grid(head=tuple(table.head), widths=widths, rows=tuple(tuple(row) for row in table.rows)),
            *(Text(f"{name}：{figure}", indented=False) for name, figure in table.totals),
        ]
    blocks += [Label(f"{words.act}结果"), *(Text(one) for one in report.outcome.sentences)]
    if report.closing_head:
        blocks.append(Text(f"封箱码：{grouped(report.closing_head).replace(chr(10), ' ')}", indented=False))
    blocks += [Label("签名"), _signatures(report, whole)]
    blocks.append(Text(chinese_date(report.day), indented=False, side="right"))
    if table.reasons:
        blocks.append(Label("附：逐项说明"))
        blocks += [Text(f"{number}　{title}：{why}", indented=False) for number, title, why in table.reasons]
    return Official(title=words.report, blocks=tuple(blocks), across=across)


def _signatures(report: TallyReport, whole: int) -> Grid:
    cells = [
        f"{'总监票人' if one.chief else '监票人'}　{one.name}\n\n{signed}"
        for one in report.scrutineers
        for signed in ["已电子签名" if one.signature is not None else "未电子签名"]
    ]
    cells += [""] * (-len(cells) % 3)
    rows = tuple(tuple(cells[start : start + 3]) for start in range(0, len(cells), 3))
    return Grid(widths=_shared(whole, 3), rows=rows)


def _shared(whole: int, parts: int) -> tuple[int, ...]:
    return (whole - (parts - 1) * (whole // parts), *(whole // parts for _ in range(parts - 1)))
