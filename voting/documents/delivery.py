"""交办函 with its list, 责任分解表, 实施方案: what goes out and what stays in the file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from voting.delivering.letters import title_of
from voting.delivering.overviews import Sheet, facts
from voting.delivering.projects import Handover, Milestone, Project, wan
from voting.documents.official import Block, Grid, Heading, Label, Official, Text
from voting.documents.typesetting import chinese_date
from voting.rounds import Candidate
from voting.screening.plans import target_words, written

_LIST: Final = (("序号", 12), ("项目名称", 36), ("主要内容", 64), ("实施地点", 22), ("投资", 22))
_BREAKDOWN: Final = (
    ("序号", 12),
    ("项目名称", 34),
    ("年度目标", 40),
    ("办理标准", 32),
    ("计划投资（万元）", 20),
    ("牵头单位", 28),
    ("配合单位", 28),
    ("领办领导", 20),
    ("督办领导", 24),
    ("完成时限", 24),
)
_STEPS: Final = (("序号", 12), ("节点", 50), ("开始", 39), ("完成", 39), ("权重", 16))
_PARTS: Final = (("序号", 12), ("子项", 84), ("责任单位", 60))


def letter(handover: Handover, promised: Sequence[tuple[Project, Candidate]]) -> Official:
    """交办函, with the list of what was promised on the next page, whatever the plans say later."""
    blocks: list[Block] = [
        Label(handover.number, "centre"),
        Text(f"{handover.recipient}：", indented=False),
        *(Text(line) for line in handover.text.split("\n") if line),
        Text(f"附件：{handover.year}年民生实事项目清单"),
        Text(handover.sender, indented=False, side="right"),
        Text(chinese_date(handover.day), indented=False, side="right"),
        Heading(f"{handover.year}年民生实事项目清单", on_new_page=True),
        _grid(_LIST, [_listed(one, promise) for one, promise in promised]),
    ]
    return Official(title=title_of(handover.year), blocks=tuple(blocks))


def breakdown(place: str, year: int, sheets: Sequence[Sheet]) -> Official:
    """责任分解表: a row for each project."""
    blocks = (Label(place, "centre"), _grid(_BREAKDOWN, [_assigned(one) for one in sheets]))
    return Official(title=f"{year}年民生实事项目责任分解表", blocks=blocks, across=True)


def plan(shown: Sheet) -> Official:
    """实施方案 of one project; marked as a draft until it is published."""
    project = shown.project
    draft = "" if project.planned_at is not None else "（草案）"
    promised = [
        ("项目名称", project.title),
        ("主要内容", project.content),
        ("实施地点", project.place),
        ("确定依据", project.basis),
    ]
    rows = tuple((name, words) for name, words in (*promised, *facts(shown)) if words)
    blocks: list[Block] = [
        Label(f"{project.label}：{project.title}", "centre"),
        Grid(widths=(32, 124), rows=rows),
    ]
    if shown.parts:
        parts = zip(shown.parts, shown.units.parts, strict=True)
        blocks += [
            Label("子项"),
            _grid(_PARTS, [(str(one.place), one.title, unit) for one, unit in parts]),
        ]
    if shown.milestones:
        blocks += [Label("节点"), _grid(_STEPS, [_step(one) for one in shown.milestones])]
    return Official(title=f"民生实事项目实施方案{draft}", blocks=tuple(blocks))


def _grid(columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]) -> Grid:
    return Grid(
        head=tuple(words for words, _ in columns),
        widths=tuple(width for _, width in columns),
        rows=tuple(rows),
    )


def _listed(one: Project, promise: Candidate) -> tuple[str, ...]:
    cost = promise.cost or (f"{_money(one)}万元" if one.round is None and one.planned else "")
    return (str(one.number), one.title, promise.content, promise.place, cost)


def _assigned(shown: Sheet) -> tuple[str, ...]:
    one = shown.project
    return (
        str(one.number),
        one.title,
        target_words(one.targets),
        one.standard,
        _money(one),
        shown.units.lead,
        "、".join(shown.units.assisting),
        one.chief,
        one.watcher,
        chinese_date(one.deadline) if one.deadline else "",
    )


def _step(one: Milestone) -> tuple[str, ...]:
    return (str(one.place), one.title, chinese_date(one.starts), chinese_date(one.due), f"{one.weight}%")


def _money(one: Project) -> str:
    return written(wan(one.planned)) if one.planned else ""
