"""The form of 实施方案: read field by field, every fault beside its own; and filled from a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from voting.delivering.projects import wan, yuan
from voting.delivering.schemes import MOST_PARTS, MOST_STEPS, Scheme, Share, Step, faults
from voting.people import Unit
from voting.screening.plans import (
    MOST_INDICATOR,
    MOST_MEASURE,
    MOST_STAGE,
    MOST_TARGETS,
    Target,
    bounded,
    check_stage,
    read_amount,
    short_line,
    written,
)
from voting.text import clean_line, clean_prose
from web.forms import Form
from web.pages.screening.plan_form import COMPLETIONS, typed

TARGETS: Final = ("indicator", "amount", "measure")
STEPS: Final = ("step", "starts", "due", "weight")
PARTS: Final = ("part", "part_unit")
_MOST: Final = {"targets": MOST_TARGETS, "steps": MOST_STEPS, "parts": MOST_PARTS}
_FIRST: Final = {"targets": 2, "steps": 4, "parts": 2}
_FIELDS: Final = {"targets": TARGETS, "steps": STEPS, "parts": PARTS}


def read_scheme(form: Form, units: Sequence[Unit], year: int) -> Scheme:
    """What was typed; with anything wrong, the form says what and the result is not to be kept."""
    there = {one.id for one in units}
    completion = form.choice("completion", "完成时间", COMPLETIONS)
    scheme = Scheme(
        lead_unit=_unit(form, "lead", there),
        assisting=_assisting(form, there),
        shares=_shares(form, there),
        chief=typed(form, "chief", lambda text: _optional(text, "领办领导"), ""),
        watcher=typed(form, "watcher", lambda text: _optional(text, "督办领导"), ""),
        deadline=_day(form, "deadline", "完成时限"),
        completion=completion,
        stage=typed(form, "stage", lambda text: bounded(text, "年度阶段目标", MOST_STAGE), ""),
        standard=typed(form, "standard", lambda text: clean_prose(text, "办理标准"), ""),
        targets=_targets(form),
        planned=typed(form, "planned", _money, 0),
        funds=typed(form, "funds", lambda text: clean_prose(text, "资金来源"), ""),
        steps=tuple(_step(form, row) for row in _filled(form, "steps")),
    )
    typed(form, "stage", lambda text: check_stage(completion, text), None)
    _note_contradictions(form, scheme, year)
    return scheme


def scheme_as_form(scheme: Scheme) -> Form:
    """The form with everything that a plan says."""
    values: dict[str, list[str]] = {
        "lead": [scheme.lead_unit or ""],
        "assisting": list(scheme.assisting),
        "chief": [scheme.chief],
        "watcher": [scheme.watcher],
        "deadline": [_iso(scheme.deadline)],
        "completion": [scheme.completion],
        "stage": [scheme.stage],
        "standard": [scheme.standard],
        "planned": [written(wan(scheme.planned)) if scheme.planned else ""],
        "funds": [scheme.funds],
    }
    for row, target in enumerate(scheme.targets, start=1):
        said = (target.indicator, written(target.amount), target.measure)
        values |= _row(TARGETS, row, said)
    for row, step in enumerate(scheme.steps, start=1):
        values |= _row(STEPS, row, (step.title, _iso(step.starts), _iso(step.due), str(step.weight)))
    for row, share in enumerate(scheme.shares, start=1):
        values |= _row(PARTS, row, (share.title, share.unit))
    return Form(values)


def compact(form: Form) -> Form:
    """The form as it was typed, rows moved up where an empty one stands between them."""
    values = dict(form.values)
    for name, fields in _FIELDS.items():
        rows = _filled(form, name)
        for row in range(1, _MOST[name] + 1):
            source = rows[row - 1] if row <= len(rows) else None
            for field in fields:
                values[f"{field}_{row}"] = [form.typed(f"{field}_{source}") if source else ""]
    return Form(values, form.files)


def rows_of(form: Form) -> dict[str, range]:
    """How many rows of each table the page shows: all that are filled, and those that were asked for."""
    return {name: range(1, _number(form, name) + 1) for name in _FIELDS}


def _number(form: Form, name: str) -> int:
    filled = [row for row in range(1, _MOST[name] + 1) if _is_filled(form, _FIELDS[name], row)]
    asked = min(form.whole(f"rows_{name}") or 0, _MOST[name])
    more = 2 if form.typed("more") == name else 0
    shown = max(asked, _FIRST[name], (filled[-1] if filled else 0))
    return min(shown + more, _MOST[name])


def _is_filled(form: Form, names: Sequence[str], row: int) -> bool:
    return any(form.typed(f"{name}_{row}").strip() for name in names)


def _filled(form: Form, name: str) -> list[int]:
    return [row for row in range(1, _MOST[name] + 1) if _is_filled(form, _FIELDS[name], row)]


def _row(names: Sequence[str], row: int, said: Sequence[str]) -> dict[str, list[str]]:
    return {f"{name}_{row}": [words] for name, words in zip(names, said, strict=True)}


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _money(text: str) -> int:
    return yuan(read_amount(text, "计划投资")) if text.strip() else 0


def _optional(text: str, label: str) -> str:
    return short_line(text, label, 60) if text.strip() else ""


def _day(form: Form, name: str, label: str) -> date | None:
    return form.day(name, label) if form.typed(name).strip() else None


def _unit(form: Form, name: str, there: set[str]) -> str | None:
    chosen = form.typed(name)
    if chosen and chosen not in there:
        form.fault(name, "选择的单位不在本级的单位名册里，或者已经停用。请重新选择。")
    return chosen or None


def _assisting(form: Form, there: set[str]) -> tuple[str, ...]:
    chosen = tuple(form.values.get("assisting", ()))
    if not set(chosen) <= there:
        form.fault("assisting", "选择的单位不在本级的单位名册里，或者已经停用。请重新选择。")
    return chosen


def _shares(form: Form, there: set[str]) -> tuple[Share, ...]:
    return tuple(_share(form, row, there) for row in _filled(form, "parts"))


def _share(form: Form, row: int, there: set[str]) -> Share:
    label = f"第{row}个子项的名称"
    title = typed(form, f"part_{row}", lambda text: clean_line(text, label), "")
    unit = _unit(form, f"part_unit_{row}", there)
    if unit is None:
        form.fault(f"part_unit_{row}", f"请选择第{row}个子项的责任单位。")
    return Share(title=title, unit=unit or "")


def _targets(form: Form) -> tuple[Target, ...]:
    return tuple(_target(form, row) for row in _filled(form, "targets"))


def _target(form: Form, row: int) -> Target:
    where = f"第{row}项目标的"
    return Target(
        indicator=typed(
            form, f"indicator_{row}", lambda text: short_line(text, f"{where}指标", MOST_INDICATOR), ""
        ),
        amount=typed(form, f"amount_{row}", lambda text: read_amount(text, f"{where}数量"), Decimal(0)),
        measure=typed(
            form, f"measure_{row}", lambda text: short_line(text, f"{where}单位", MOST_MEASURE), ""
        ),
    )


def _step(form: Form, row: int) -> Step:
    label = f"第{row}个节点"
    return Step(
        title=typed(form, f"step_{row}", lambda text: clean_line(text, f"{label}的名称"), ""),
        starts=form.day(f"starts_{row}", f"{label}的开始日期"),
        due=form.day(f"due_{row}", f"{label}的完成日期"),
        weight=form.number(f"weight_{row}", f"{label}的权重", 1, 100),
    )


def _note_contradictions(form: Form, scheme: Scheme, year: int) -> None:
    """Beside their fields; not of milestones that could not even be read."""
    unread = any(name.partition("_")[0] in STEPS for name in form.faults)
    for fault in faults(scheme, year):
        if not (unread and fault.field.partition("_")[0] in STEPS):
            form.fault(fault.field, fault.sentence)
