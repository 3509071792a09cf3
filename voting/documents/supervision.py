"""督办单: what the body demands of a unit, with what the unit has answered so far. Pure."""

from __future__ import annotations

from typing import Final

from voting.delivering.projects import Project
from voting.documents.official import Block, Grid, Label, Official, Text
from voting.documents.typesetting import chinese_date
from voting.supervising.orders import VERDICT_NAMES, Answer
from voting.supervising.overviews import OrderShown

_WIDTHS: Final = (38, 118)


def order(shown: OrderShown, project: Project) -> Official:
    """On the body's own paper: it is signed and sealed there."""
    one = shown.order
    rows = (
        ("督办项目", f"{project.label}：{project.title}"),
        ("督办依据", one.decision),
        ("督办事项", one.matter),
        ("办理要求", one.demand),
        ("答复期限", f"{chinese_date(one.due)}前，书面报告办理情况"),
    )
    blocks: list[Block] = [
        Label(f"编号：{one.number}", "centre"),
        Text(f"{shown.unit}：", indented=False),
        Text("现将下列事项交你单位办理，请按照要求抓紧落实。"),
        Grid(widths=_WIDTHS, rows=rows),
        Text(shown.body, indented=False, side="right"),
        Text(chinese_date(one.day), indented=False, side="right"),
    ]
    if shown.answers:
        blocks += [
            Label("办理情况"),
            Grid(widths=_WIDTHS, rows=tuple(_answer(answer) for answer in shown.answers)),
        ]
    return Official(title="督办单", blocks=tuple(blocks))


def _answer(one: Answer) -> tuple[str, str]:
    judged = "" if one.verdict is None else f"\n审核：{VERDICT_NAMES[one.verdict]}"
    reason = f"。{one.reason}" if one.verdict is not None and one.reason else ""
    return f"第{one.turn}次\n{chinese_date(one.at)}", f"{one.text}{judged}{reason}"
