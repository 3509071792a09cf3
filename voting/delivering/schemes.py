"""实施方案: who does it, how, by when and to what effect (四必填: 谁来办、如何办、时限、成效). Pure.

What 政府办 types may have gaps until it is published; what is typed must make sense from the start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from voting.delivering.projects import Milestone, Part, Project, ProjectError
from voting.errors import VotingError
from voting.screening.plans import (
    MOST_ASSISTING,
    MOST_STAGE,
    MOST_TARGETS,
    Completion,
    Target,
    bounded,
    check_stage,
)
from voting.text import Line, Prose, clean_line, clean_prose

MOST_STEPS: Final = 12
MOST_PARTS: Final = 20
MOST_NAME: Final = 60
"""Characters of 领办领导 and 督办领导."""


class Step(Struct, frozen=True, kw_only=True):
    """节点, as typed: first day, last day, weight in per cent."""

    title: Line
    starts: date
    due: date
    weight: int


class Share(Struct, frozen=True, kw_only=True):
    """子项, as typed: what one unit (its id) delivers."""

    title: Line
    unit: str


class Scheme(Struct, frozen=True, kw_only=True):
    """`planned` in 元, units by id."""

    lead_unit: str | None = None
    assisting: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    chief: str = ""
    watcher: str = ""
    deadline: date | None = None
    completion: Completion = "this_year"
    stage: Prose = ""
    standard: Prose = ""
    targets: tuple[Target, ...] = ()
    planned: int = 0
    funds: Prose = ""
    steps: tuple[Step, ...] = ()


class Fault(Struct, frozen=True):
    """What is wrong with one field; rows are numbered from 1: `due_2`."""

    field: str
    sentence: str


class StalePlan(VotingError):
    """Somebody else saved meanwhile."""

    sentence = "这份实施方案刚才已经有人修改，您填写的内容没有保存，都还在页面上。请先核对最新内容，再保存。"


class PlanGaps(ProjectError):
    """A plan that is not complete enough to be published."""

    sentence = "实施方案还不完整，不能公布。请补齐后再公布。"


def scheme_of(
    project: Project, milestones: Sequence[Milestone], assisting: Sequence[str], parts: Sequence[Part]
) -> Scheme:
    """What is kept of a project, as a form shows it."""
    return Scheme(
        lead_unit=project.lead_unit,
        assisting=tuple(assisting),
        shares=tuple(Share(title=one.title, unit=one.unit) for one in parts),
        chief=project.chief,
        watcher=project.watcher,
        deadline=project.deadline,
        completion=project.completion,
        stage=project.stage,
        standard=project.standard,
        targets=project.targets,
        planned=project.planned,
        funds=project.funds,
        steps=tuple(
            Step(title=one.title, starts=one.starts, due=one.due, weight=one.weight) for one in milestones
        ),
    )


def version_of(scheme: Scheme) -> str:
    """Changes with whatever the plan says: 16 hex digits. Two who edit from the same version collide."""
    same_order = replace(scheme, assisting=tuple(sorted(scheme.assisting)))
    return hashlib.sha256(msgspec.json.encode(same_order)).hexdigest()[:16]


def check_scheme(scheme: Scheme, year: int) -> Scheme:
    """The plan as it may be kept. Raises ProjectError, PlanError or TextError with what is wrong first."""
    for fault in faults(scheme, year):
        raise ProjectError(fault.sentence)
    if len(scheme.targets) > MOST_TARGETS:
        raise ProjectError(f"年度目标最多{MOST_TARGETS}项。请合并或者删去一些。")
    check_stage(scheme.completion, scheme.stage)
    return replace(
        scheme,
        chief=_name(scheme.chief, "领办领导"),
        watcher=_name(scheme.watcher, "督办领导"),
        stage=bounded(scheme.stage, "年度阶段目标", MOST_STAGE),
        standard=clean_prose(scheme.standard, "办理标准"),
        funds=clean_prose(scheme.funds, "资金来源"),
        shares=tuple(replace(one, title=clean_line(one.title, "子项名称")) for one in scheme.shares),
        steps=tuple(replace(one, title=clean_line(one.title, "节点名称")) for one in scheme.steps),
    )


def faults(scheme: Scheme, year: int) -> Iterator[Fault]:
    """Everything that contradicts itself, for a form to show beside its fields."""
    yield from _faults_of_units(scheme)
    yield from _faults_of_deadline(scheme, year)
    yield from _faults_of_steps(scheme.steps, year, scheme.deadline)


def gaps(scheme: Scheme) -> tuple[str, ...]:
    """What is missing before the plan can be published."""
    needed = {
        "谁来办：还没有确定牵头单位。": scheme.lead_unit is not None,
        "如何办：还没有写明办理标准。": bool(scheme.standard),
        "如何办：还没有安排节点。": bool(scheme.steps),
        "时限：还没有确定完成时限。": scheme.deadline is not None,
        "成效：还没有写明年度目标的数字。": bool(scheme.targets),
        "资金：还没有写明资金来源。": bool(scheme.funds) or not scheme.planned,
    }
    return tuple(sentence for sentence, is_there in needed.items() if not is_there)


def demand_complete(scheme: Scheme) -> None:
    """Raises PlanGaps with everything that is missing."""
    missing = gaps(scheme)
    if missing:
        raise PlanGaps("实施方案还不完整，不能公布。" + "".join(missing) + "请补齐后再公布。")


def _name(text: str, label: str) -> str:
    if not text.strip():
        return ""
    name = clean_line(text, label)
    if len(name) > MOST_NAME:
        raise ProjectError(f"“{label}”太长，最多{MOST_NAME}个字。请缩短。")
    return name


def _faults_of_units(scheme: Scheme) -> Iterator[Fault]:
    if len(scheme.assisting) > MOST_ASSISTING:
        yield Fault(
            "assisting", f"配合单位最多{MOST_ASSISTING}个，现在选了{len(scheme.assisting)}个。请减少。"
        )
    chosen = [one for one in (scheme.lead_unit, *scheme.assisting) if one is not None]
    if len(set(chosen)) != len(chosen):
        yield Fault("assisting", "同一个单位既是牵头单位又是配合单位，或者选了两次。请每个单位只选一次。")
    if len(scheme.shares) > MOST_PARTS:
        yield Fault("part_1", f"子项最多{MOST_PARTS}项，现在是{len(scheme.shares)}项。请合并一些。")
    titles = ["".join(one.title.split()) for one in scheme.shares]
    for row, title in enumerate(titles, start=1):
        if title in titles[: row - 1]:
            yield Fault(f"part_{row}", f"第{row}个子项和前面的同名。请改名或者删去一个。")


def _faults_of_deadline(scheme: Scheme, year: int) -> Iterator[Fault]:
    if scheme.deadline is None:
        return
    if scheme.deadline < date(year, 1, 1):
        yield Fault("deadline", f"完成时限早于{year}年。请核对日期。")
    elif scheme.deadline > date(year, 12, 31):
        yield Fault(
            "deadline",
            f"完成时限晚于{year}年12月31日。跨年实施的，这里写本年度阶段的完成时限，下一年度另列一个阶段。",
        )


def _faults_of_steps(steps: Sequence[Step], year: int, deadline: date | None) -> Iterator[Fault]:
    if not steps:
        return
    if len(steps) > MOST_STEPS:
        yield Fault("step_1", f"节点最多{MOST_STEPS}个，现在是{len(steps)}个。请合并一些。")
    for row, one in enumerate(steps, start=1):
        yield from _faults_of_step(row, one, steps[row - 2] if row > 1 else None, year)
        if deadline is not None and one.due > deadline:
            yield Fault(f"due_{row}", f"第{row}个节点的完成日期晚于项目的完成时限。请核对日期。")
    titles = ["".join(one.title.split()) for one in steps]
    for row, title in enumerate(titles, start=1):
        if title and title in titles[: row - 1]:
            yield Fault(f"step_{row}", f"第{row}个节点和前面的节点同名。请改名，便于分清进度。")
    total = sum(one.weight for one in steps)
    if total != 100:
        yield Fault("weight_1", f"各节点的权重相加应当是100，现在是{total}。请调整权重。")


def _faults_of_step(row: int, one: Step, before: Step | None, year: int) -> Iterator[Fault]:
    if not 1 <= one.weight <= 100:
        yield Fault(f"weight_{row}", f"第{row}个节点的权重应在1至100之间，现在是{one.weight}。请修改。")
    if one.due < one.starts:
        yield Fault(f"due_{row}", f"第{row}个节点的完成日期早于开始日期。请核对日期。")
    if one.starts < date(year, 1, 1) or one.starts > date(year, 12, 31):
        yield Fault(f"starts_{row}", f"第{row}个节点的开始日期不在{year}年之内。请核对日期。")
    if one.due > date(year, 12, 31):
        yield Fault(f"due_{row}", f"第{row}个节点的完成日期不在{year}年之内。请核对日期。")
    if before is not None and one.starts < before.starts:
        yield Fault(f"starts_{row}", f"第{row}个节点的开始日期早于前一个节点。请按先后顺序排列。")
    if before is not None and one.due < before.due:
        yield Fault(f"due_{row}", f"第{row}个节点的完成日期早于前一个节点。请按先后顺序排列。")
