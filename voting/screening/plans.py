"""What a draft says: the facts that a body needs to decide, and a deputy to vote. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from voting.errors import VotingError
from voting.rounds import Candidate
from voting.text import Line, Prose, clean_line, clean_prose

MOST_TARGETS = 5
MOST_ASSISTING = 10
MOST_CONTENT = 1200
MOST_STAGE = 600
MOST_BENEFICIARIES = 300
MOST_INDICATOR = 40
MOST_MEASURE = 10
"""Lengths in characters. They leave room on the ballot, where content, targets and beneficiaries stand in
one text of at most 2,000."""

Completion = Literal["this_year", "staged"]
COMPLETION_NAMES: Final[dict[Completion, str]] = {
    "this_year": "当年完成",
    "staged": "跨年实施，有年度阶段目标",
}

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_AMOUNT: Final = re.compile(r"(?:[0-9]{1,8}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,4})?")


class PlanError(VotingError):
    """A plan from which nobody could decide or vote."""

    sentence = "候选项目的内容需要修改。请修改后重试。"


class UnitName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit as it was called when the plan was written."""

    id: str
    name: Line


class Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """量化目标: 硬化道路, 12.5, 公里."""

    indicator: Line
    amount: Decimal
    measure: Line


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of a draft. `cost` is in 万元, exact. `stage` says until when, or how far this year."""

    title: Line
    content: Prose
    place: Prose
    cost: Decimal
    funds: Prose
    lead_unit: UnitName
    completion: Completion
    targets: tuple[Target, ...]
    assisting_units: tuple[UnitName, ...] = ()
    stage: Prose = ""
    beneficiaries: Prose = ""
    land: Prose = ""
    legality: Prose = ""


def read_amount(text: str, label: str) -> Decimal:
    """`1,200.5`, also in full-width digits; at most 8 digits and 4 decimals. Raises PlanError."""
    typed = text.translate(_FULL_WIDTH).strip().removesuffix("万元").strip()
    if not typed:
        raise PlanError(f"请填写{label}。")
    if _AMOUNT.fullmatch(typed) is None:
        raise PlanError(f"请在“{label}”里填写数字，最多8位整数、4位小数，例如 320 或者 12.5。")
    return Decimal(typed.replace(",", "")).normalize() + 0


def written(amount: Decimal) -> str:
    """`1,200.5`: never with an exponent."""
    return f"{amount.normalize():,f}"


def bounded(text: str, label: str, most: int) -> str:
    """Prose of at most `most` characters. Raises TextError or PlanError."""
    prose = clean_prose(text, label)
    if len(prose) > most:
        raise PlanError(f"“{label}”太长：有{len(prose):,}个字，最多{most:,}个字。请缩短。")
    return prose


def required(text: str, label: str, most: int = 2000) -> str:
    """Prose that must be filled in. Raises TextError or PlanError."""
    prose = bounded(text, label, most)
    if not prose:
        raise PlanError(f"没有填写“{label}”。请填写后重试。")
    return prose


def short_line(text: str, label: str, most: int) -> str:
    """One line of 1..`most` characters. Raises TextError or PlanError."""
    line = clean_line(text, label)
    if len(line) > most:
        raise PlanError(f"“{label}”太长：有{len(line)}个字，最多{most}个字。请缩短。")
    return line


def check_plan(plan: Plan) -> Plan:
    """The plan as it may be kept. Raises PlanError or TextError with the first thing that is wrong."""
    check_units(plan.lead_unit, plan.assisting_units)
    if not 1 <= len(plan.targets) <= MOST_TARGETS:
        raise PlanError(f"量化目标应有 1 至 {MOST_TARGETS} 项。请写明指标、数量和单位。")
    check_stage(plan.completion, plan.stage)
    return replace(
        plan,
        title=clean_line(plan.title, "项目名称"),
        content=required(plan.content, "主要内容", MOST_CONTENT),
        place=required(plan.place, "实施地点"),
        cost=read_amount(f"{plan.cost:f}", "投资估算"),
        funds=required(plan.funds, "资金来源"),
        stage=bounded(plan.stage, "完成时限", MOST_STAGE),
        targets=tuple(_checked_target(one) for one in plan.targets),
        beneficiaries=bounded(plan.beneficiaries, "受益对象", MOST_BENEFICIARIES),
        land=clean_prose(plan.land, "用地情况"),
        legality=clean_prose(plan.legality, "合法性审查情况"),
    )


def check_units(lead: UnitName, assisting: tuple[UnitName, ...]) -> None:
    """Raises PlanError: one unit leads, the others assist, none twice."""
    if len(assisting) > MOST_ASSISTING:
        raise PlanError(f"配合单位最多{MOST_ASSISTING}个，现在选了{len(assisting)}个。请减少。")
    ids = [lead.id, *(one.id for one in assisting)]
    if len(set(ids)) != len(ids):
        raise PlanError("同一个单位既是牵头单位又是配合单位，或者选了两次。请每个单位只选一次。")


def check_stage(completion: Completion, stage: str) -> None:
    """Raises PlanError: what takes more than a year says how far it is to come in this one."""
    if completion == "staged" and not stage.strip():
        raise PlanError("跨年实施的项目必须写明年度阶段目标：今年做到哪一步。请填写“完成时限”。")


def _checked_target(target: Target) -> Target:
    return Target(
        indicator=short_line(target.indicator, "量化目标的指标", MOST_INDICATOR),
        amount=read_amount(f"{target.amount:f}", "量化目标的数量"),
        measure=short_line(target.measure, "量化目标的单位", MOST_MEASURE),
    )


def target_words(targets: tuple[Target, ...]) -> str:
    """`硬化道路12.5公里；安装路灯120盏`."""
    return "；".join(f"{one.indicator}{written(one.amount)}{one.measure}" for one in targets)


def unit_words(plan: Plan) -> str:
    """`县交通运输局（配合：县财政局、东河镇人民政府）`."""
    others = "、".join(one.name for one in plan.assisting_units)
    return plan.lead_unit.name + (f"（配合：{others}）" if others else "")


def completion_words(plan: Plan) -> str:
    """`当年完成：10月底前通车`."""
    words = COMPLETION_NAMES[plan.completion]
    return f"{words}：{plan.stage}" if plan.stage else words


def facts(plan: Plan) -> list[tuple[str, str]]:
    """(name, words) of everything a plan says, in the order of the forms; empty words: not said."""
    return [
        ("项目名称", plan.title),
        ("主要内容", plan.content),
        ("实施地点", plan.place),
        ("投资估算", f"{written(plan.cost)}万元"),
        ("资金来源", plan.funds),
        ("牵头单位", plan.lead_unit.name),
        ("配合单位", "、".join(one.name for one in plan.assisting_units)),
        ("完成时限", completion_words(plan)),
        ("量化目标", target_words(plan.targets)),
        ("受益对象", plan.beneficiaries),
        ("用地情况", plan.land),
        ("合法性审查情况", plan.legality),
    ]


def differences(old: Plan, new: Plan) -> list[tuple[str, str, str, bool]]:
    """(name, old words, new words, whether they differ) for comparing two versions side by side."""
    return [
        (name, before, after, before != after)
        for (name, before), (_, after) in zip(facts(old), facts(new), strict=True)
    ]


def total_cost(plans: tuple[Plan, ...]) -> Decimal:
    """In 万元, exact."""
    return sum((plan.cost for plan in plans), Decimal(0))


def to_candidate(number: int, plan: Plan) -> Candidate:
    """What the deputies read when they unfold the candidate on the ballot."""
    lines = [plan.content, f"目标：{target_words(plan.targets)}"]
    if plan.beneficiaries:
        lines.append(f"受益对象：{plan.beneficiaries}")
    return Candidate(
        number=number,
        title=plan.title,
        content="\n".join(lines),
        place=plan.place,
        cost=f"{written(plan.cost)}万元",
        unit=unit_words(plan),
        deadline=completion_words(plan),
    )
