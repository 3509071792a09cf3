"""The form of a plan: read field by field, every fault beside its own; and filled from a plan."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from voting.errors import VotingError
from voting.people import Unit
from voting.screening.plans import (
    COMPLETION_NAMES,
    MOST_BENEFICIARIES,
    MOST_CONTENT,
    MOST_INDICATOR,
    MOST_MEASURE,
    MOST_STAGE,
    MOST_TARGETS,
    Completion,
    Plan,
    Target,
    UnitName,
    bounded,
    check_stage,
    check_units,
    read_amount,
    required,
    short_line,
    written,
)
from web.forms import Form

Value = TypeVar("Value")
ROWS: Final = range(1, MOST_TARGETS + 1)
COMPLETIONS: Final[tuple[Completion, ...]] = tuple(COMPLETION_NAMES)


def read_plan(form: Form, units: Sequence[Unit]) -> Plan | None:
    """None when something is wrong; the form then says what."""
    completion = form.choice("completion", "完成时间", COMPLETIONS)
    targets = _targets(form)
    lead, assisting = _units(form, units)
    title = form.line("title", "项目名称")
    content = typed(form, "content", lambda text: required(text, "主要内容", MOST_CONTENT), "")
    place = typed(form, "place", lambda text: required(text, "实施地点"), "")
    cost = typed(form, "cost", lambda text: read_amount(text, "投资估算"), Decimal(0))
    funds = typed(form, "funds", lambda text: required(text, "资金来源"), "")
    stage = typed(form, "stage", lambda text: _stage(text, completion), "")
    beneficiaries = typed(
        form, "beneficiaries", lambda text: bounded(text, "受益对象", MOST_BENEFICIARIES), ""
    )
    land, legality = form.prose("land", "用地情况"), form.prose("legality", "合法性审查情况")
    if form.faults or lead is None:
        return None
    return Plan(
        title=title,
        content=content,
        place=place,
        cost=cost,
        funds=funds,
        lead_unit=lead,
        assisting_units=assisting,
        completion=completion,
        stage=stage,
        targets=targets,
        beneficiaries=beneficiaries,
        land=land,
        legality=legality,
    )


def plan_as_form(plan: Plan) -> Form:
    """The form with everything that a plan says."""
    values: dict[str, list[str]] = {
        "title": [plan.title],
        "content": [plan.content],
        "place": [plan.place],
        "cost": [written(plan.cost)],
        "funds": [plan.funds],
        "lead": [plan.lead_unit.id],
        "assisting": [one.id for one in plan.assisting_units],
        "completion": [plan.completion],
        "stage": [plan.stage],
        "beneficiaries": [plan.beneficiaries],
        "land": [plan.land],
        "legality": [plan.legality],
    }
    for row, target in enumerate(plan.targets, start=1):
        values[f"indicator_{row}"] = [target.indicator]
        values[f"amount_{row}"] = [written(target.amount)]
        values[f"measure_{row}"] = [target.measure]
    return Form(values)


def typed(form: Form, name: str, read: Callable[[str], Value], otherwise: Value) -> Value:
    """What `read` makes of a field; a refusal stands beside it."""
    try:
        return read(form.typed(name))
    except VotingError as error:
        form.fault(name, error.sentence)
        return otherwise


def _stage(text: str, completion: Completion) -> str:
    stage = bounded(text, "完成时限", MOST_STAGE)
    check_stage(completion, stage)
    return stage


def _targets(form: Form) -> tuple[Target, ...]:
    rows = [row for row in ROWS if any(form.typed(f"{name}_{row}").strip() for name in _TARGET)]
    if not rows:
        form.fault("indicator_1", "请至少填写一项量化目标：指标、数量和单位。")
    return tuple(_target(form, row) for row in rows)


_TARGET: Final = ("indicator", "amount", "measure")


def _target(form: Form, row: int) -> Target:
    where = f"第{row}项目标的"
    return Target(
        indicator=typed(
            form, f"indicator_{row}", lambda text: short_line(text, f"{where}指标", MOST_INDICATOR), "—"
        ),
        amount=typed(form, f"amount_{row}", lambda text: read_amount(text, f"{where}数量"), Decimal(0)),
        measure=typed(
            form, f"measure_{row}", lambda text: short_line(text, f"{where}单位", MOST_MEASURE), "—"
        ),
    )


def _units(form: Form, units: Sequence[Unit]) -> tuple[UnitName | None, tuple[UnitName, ...]]:
    named = {one.id: UnitName(id=one.id, name=one.name) for one in units}
    lead = named.get(form.typed("lead"))
    if lead is None:
        form.fault("lead", "请选择牵头单位。")
        return None, ()
    assisting = tuple(named[one] for one in form.values.get("assisting", ()) if one in named)
    try:
        check_units(lead, assisting)
    except VotingError as error:
        form.fault("assisting", error.sentence)
    return lead, assisting
