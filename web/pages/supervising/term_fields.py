"""The fields of a change: filled in with what the project says now, read as what it is to say."""

from __future__ import annotations

from typing import Final

from voting.delivering.projects import wan, yuan
from voting.errors import VotingError
from voting.screening.plans import (
    MOST_INDICATOR,
    MOST_MEASURE,
    MOST_TARGETS,
    Target,
    read_amount,
    short_line,
    written,
)
from voting.supervising.changes import Kind, Step, Terms
from web.forms import Form
from web.pages.screening.plan_form import typed

ROWS: Final = range(1, MOST_TARGETS + 1)
_TARGET: Final = ("indicator", "amount", "measure")


def filled_in(kind: Kind, now: Terms) -> Form:
    """The form with what the project says now."""
    values: dict[str, str] = {"kind": kind}
    for row, target in enumerate(now.targets or (), start=1):
        values |= {
            f"indicator_{row}": target.indicator,
            f"amount_{row}": written(target.amount),
            f"measure_{row}": target.measure,
        }
    for row, step in enumerate(now.steps or (), start=1):
        values |= {f"starts_{row}": step.starts.isoformat(), f"due_{row}": step.due.isoformat()}
    if now.planned is not None:
        values |= {"planned": written(wan(now.planned)), "funds": now.funds or ""}
    if now.deadline is not None:
        values["deadline"] = now.deadline.isoformat()
    if kind == "content":
        values |= {"content": now.content or "", "place": now.place or "", "standard": now.standard or ""}
    return Form().with_values(values)


def read_terms(form: Form, kind: Kind, now: Terms) -> Terms:
    """What was typed, each fault beside its field."""
    if kind == "target":
        return Terms(targets=_targets(form))
    if kind == "money":
        return Terms(planned=_planned(form), funds=form.filled("funds", "资金来源"))
    if kind == "time":
        return Terms(deadline=form.day("deadline", "完成时限"), steps=_steps(form, now))
    if kind == "content":
        return Terms(
            content=form.filled("content", "建设内容"),
            place=form.filled("place", "实施地点"),
            standard=form.prose("standard", "办理标准"),
        )
    form.confirmed("confirm", "申请取消这个项目")
    return Terms(state="cancelled")


def _planned(form: Form) -> int:
    try:
        return yuan(read_amount(form.typed("planned"), "资金"))
    except VotingError as error:
        form.fault("planned", error.sentence)
        return 0


def _steps(form: Form, now: Terms) -> tuple[Step, ...]:
    return tuple(
        Step(
            title=step.title,
            weight=step.weight,
            starts=form.day(f"starts_{row}", f"第{row}个节点的开始日期"),
            due=form.day(f"due_{row}", f"第{row}个节点的完成日期"),
        )
        for row, step in enumerate(now.steps or (), start=1)
    )


def _targets(form: Form) -> tuple[Target, ...]:
    rows = [row for row in ROWS if any(form.typed(f"{name}_{row}").strip() for name in _TARGET)]
    if not rows:
        form.fault("indicator_1", "请至少保留一项年度目标：指标、数量和单位。")
    return tuple(_target(form, row) for row in rows)


def _target(form: Form, row: int) -> Target:
    where = f"第{row}项目标的"
    return Target(
        indicator=typed(
            form, f"indicator_{row}", lambda text: short_line(text, f"{where}指标", MOST_INDICATOR), "—"
        ),
        amount=typed(
            form, f"amount_{row}", lambda text: read_amount(text, f"{where}数量"), read_amount("1", where)
        ),
        measure=typed(
            form, f"measure_{row}", lambda text: short_line(text, f"{where}单位", MOST_MEASURE), "—"
        ),
    )
