"""`…/calendar` and `…/clocks`: holidays, days of work at weekends, and the terms that run over them."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec.structs import replace

from voting.handling import keeping
from voting.handling.clocks import MEASURE_NAMES, MOST_COUNT, PRESETS, Clocks, Measure, Span
from voting.sheets import read_sheets
from web.access import Visit
from web.forms import Form
from web.pages.handling.attempt import attempt

Page = Response[str] | Redirect
CLOCK_NAMES: Final[dict[str, str]] = {
    "hand_over": "收到以后交办",
    "return_": "承办单位退回（认为不属于本单位职责）",
    "contact": "首次与提出人联系",
    "assist": "协办单位向主办单位提出意见",
    "answer": "答复",
    "hard_answer": "情况复杂的答复（延期的上限）",
    "evaluate": "代表评价答复",
    "again": "不满意的重新办理并答复",
}
"""Of the fields of `Clocks` that are spans."""
SWITCH_NAMES: Final[dict[str, str]] = {
    "office_checks": "答复经办公室审核以后送交提出人",
    "proposer_agrees": "代表建议合并、转交以前，必须写明提出代表已经同意（本地办法有要求的才选）",
    "meet_before_answer": "代表建议答复以前，必须有与代表联系的记录",
    "three_visits": "代表建议办结以前，办前拜访、办中走访、办后回访都要有记录",
}
_MANDATORY: Final = {"answer", "hard_answer"}


@get("/calendar", sync_to_thread=True)
def calendar(visit: NamedDependency[Visit]) -> Response[str]:
    """Where the calendar differs from Monday to Friday."""
    return _calendar(visit, Form())


@post("/calendar", sync_to_thread=True)
def add_day(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """One day."""
    day, called = form.day("day", "日期"), form.line("name", "名称")
    working = form.choice("working", "上班还是放假", ("no", "yes")) == "yes"
    store = visit.house.store
    status = attempt(
        form, "day", lambda: keeping.set_day(store, visit.actor, day, called, visit.now, working=working)
    )
    return visit.go("/calendar") if status is None else _calendar(visit, form, status)


@post("/calendar/drop", sync_to_thread=True)
def drop_day(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """Take a day off the list."""
    day, store = form.day("drop", "日期"), visit.house.store
    status = attempt(form, "drop", lambda: keeping.drop_day(store, visit.actor, day, visit.now))
    return visit.go("/calendar") if status is None else _calendar(visit, form, status)


@post("/calendar/table", sync_to_thread=True)
def load_table(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """A whole year from a file."""
    raw = form.file("table", "节假日表")
    name = form.files["table"].name if "table" in form.files else ""

    def step() -> object:
        days = keeping.read_table(visit.actor.congress, read_sheets(name, raw))
        return keeping.set_days(visit.house.store, visit.actor, days, visit.now)

    status = attempt(form, "table", step)
    return visit.go("/calendar") if status is None else _calendar(visit, form, status)


@get("/clocks", sync_to_thread=True)
def clocks(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """办理时限 as they stand, or `?preset=` as a region's rules have them."""
    kept = keeping.clocks_of(visit.house.store, visit.actor)
    preset = form.typed("preset")
    shown = PRESETS.get(preset, kept)
    return _clocks(visit, _filled(shown), preset if preset in PRESETS else "")


@post("/clocks", sync_to_thread=True)
def change_clocks(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """Keep them, for what is handed over from now on."""
    new = _read(form)
    status = attempt(
        form, "yellow", lambda: keeping.change_clocks(visit.house.store, visit.actor, new, visit.now)
    )
    return visit.go("/clocks") if status is None else _clocks(visit, form, "", status)


def _calendar(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    days = keeping.calendar_of(visit.house.store, visit.actor)
    missing = keeping.years_without_holidays(days, visit.now)
    return visit.page("handling/calendar.html", status, form=form, days=days, missing=missing)


def _clocks(visit: Visit, form: Form, preset: str, status: int = 200) -> Response[str]:
    return visit.page(
        "handling/clocks.html",
        status,
        form=form,
        preset=preset,
        presets=PRESETS,
        clock_names=CLOCK_NAMES,
        mandatory=_MANDATORY,
        switch_names=SWITCH_NAMES,
        measures=MEASURE_NAMES,
    )


def _filled(shown: Clocks) -> Form:
    values: dict[str, Any] = {"yellow": shown.yellow}
    for name in CLOCK_NAMES:
        span: Span | None = getattr(shown, name)
        values[name] = "" if span is None else span.count
        values[f"{name}_measure"] = "workdays" if span is None else span.measure
    values |= {name: "yes" if getattr(shown, name) else "" for name in SWITCH_NAMES}
    return Form.prefilled(**values)


def _read(form: Form) -> Clocks:
    spans = {name: _span(form, name) for name in CLOCK_NAMES}
    switches = {name: form.typed(name) == "yes" for name in SWITCH_NAMES}
    given = {name: span for name, span in spans.items() if span is not None or name not in _MANDATORY}
    return replace(Clocks(), **given, **switches, yellow=form.number("yellow", "黄灯提前天数", 0, 60))


def _span(form: Form, name: str) -> Span | None:
    """An empty field: the rules set no such term."""
    if not form.typed(name).strip() and name not in _MANDATORY:
        return None
    count = form.number(name, CLOCK_NAMES[name], 1, MOST_COUNT)
    measure: Measure = form.choice(f"{name}_measure", "单位", tuple(MEASURE_NAMES))
    return Span(count, measure)
