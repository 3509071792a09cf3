"""`…/reports/settings`: how often progress is reported, and by which rule the lights burn."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.duties import demand
from voting.reporting import setting
from voting.reporting.lights import PRESET_NAMES, ReportingSettings, rule
from voting.reporting.periods import KIND_NAMES
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

NUMBERS: Final[dict[str, tuple[str, str, int, int]]] = {
    "grace": ("报告期结束以后几个工作日内提交", "", 0, 60),
    "remind": ("提前几天提醒", "节点到期和报告到期以前", 0, 60),
    "plan_days": ("交办以后几天内公布实施方案", "", 1, 180),
    "yellow": ("黄灯：落后几个百分点", "落后达到这个数亮黄灯。", 1, 100),
    "red": ("红灯：落后超过几个百分点", "超过这个数亮红灯。", 1, 100),
    "late_months": ("红灯：节点到期满几个月没有完成", "", 1, 12),
    "five_1": ("红灯：完成不到百分之几", "", 1, 100),
    "five_2": ("橙灯：完成不到百分之几", "", 1, 100),
    "five_3": ("黄灯：完成不到百分之几", "达到这个数亮绿灯，办结并通过验收亮蓝灯。", 1, 100),
}
"""Field: label, hint, least, most."""


@get("/reports/settings", sync_to_thread=True)
def settings(visit: NamedDependency[Visit]) -> Response[str]:
    """As they stand."""
    demand(visit.actor, "keep_calendar")
    return _page(visit, _filled(setting.settings_of(visit.house.store, visit.actor)))


@post("/reports/settings", sync_to_thread=True)
def change_settings(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Keep them; reports that were begun keep their last day."""
    read = {name: form.number(name, label, low, high) for name, (label, _, low, high) in NUMBERS.items()}
    new = ReportingSettings(
        period=form.choice("period", "报告周期", tuple(KIND_NAMES)),
        preset=form.choice("preset", "亮灯规则", tuple(PRESET_NAMES)),
        five=(read.pop("five_1"), read.pop("five_2"), read.pop("five_3")),
        **read,
    )
    if form.faults:
        return _page(visit, form, 422)
    try:
        setting.change_settings(visit.house.store, visit.actor, new, visit.now)
    except setting.SettingsRefused as error:
        form.fault(error.field, error.sentence)
        return _page(visit, form, answer_to(error).status)
    return visit.go("/reports/settings")


def _filled(known: ReportingSettings) -> Form:
    plain = {name: getattr(known, name) for name in NUMBERS if not name.startswith("five_")}
    five = {f"five_{n}": value for n, value in enumerate(known.five, start=1)}
    return Form.prefilled(period=known.period, preset=known.preset, **plain, **five)


def _page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    known = setting.settings_of(visit.house.store, visit.actor)
    return visit.page(
        "reporting/settings.html",
        status,
        form=form,
        numbers=NUMBERS,
        periods=KIND_NAMES,
        presets=PRESET_NAMES,
        rule=rule(known),
    )
