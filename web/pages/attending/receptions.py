"""`/staff/…/receptions`: 接待日: the day of the month, its points, who is where, and what came of it."""

from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting import reception_days
from voting.attending import StationEnded
from voting.reception_days import Arrangement
from voting.receptions import LAST_DAY, NamesUnclear, ReceptionPlan, read_names, total, written
from web.access import Visit
from web.forms import Form


@get("/receptions", sync_to_thread=True)
def receptions(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The next one, or that of `?day=2026-09-17`."""
    return _page(visit, Form(), _asked(form))


@post("/receptions/plan", sync_to_thread=True)
def set_plan(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Which day of the month, and which stations."""
    plan = ReceptionPlan(
        name=form.line("name", "接待日名称"),
        day=form.number("day_of_month", "每月几日", 1, LAST_DAY),
        stations=tuple(form.values.get("stations", ())),
    )
    if not plan.stations:
        form.fault("stations", "请至少勾选一个接待点。")
    if form.faults:
        return _page(visit, form, None, 422)
    reception_days.set_plan(visit.house.store, visit.actor, plan, visit.now)
    return visit.go("/receptions")


@post("/receptions", sync_to_thread=True)
def arrange(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """The duty list of all points for one day."""
    store, actor = visit.house.store, visit.actor
    day = form.day("day", "接待日期")
    shown = reception_days.arrangement(store, actor, None if form.faults else day, visit.now)
    wanted = _wanted(form, shown)
    if not form.faults and wanted:
        try:
            reception_days.arrange(store, actor, day, wanted, visit.now)
        except StationEnded as error:
            form.fault("day", error.sentence)
    if form.faults or not wanted:
        return _page(visit, form, shown.day, 422)
    return visit.go(f"/receptions?day={day.isoformat()}")


def _wanted(form: Form, shown: Arrangement) -> dict[str, list[str]]:
    """Station to deputies, by id; a name that is not clear stands beside its field."""
    wanted: dict[str, list[str]] = {}
    for station, _ in shown.points:
        field = f"at_{station.id}"
        try:
            wanted[station.id] = [one.id for one in read_names(form.typed(field), shown.deputies)]
        except NamesUnclear as error:
            form.fault(field, error.sentence)
    return wanted


def _asked(form: Form) -> date | None:
    try:
        return date.fromisoformat(form.typed("day"))
    except ValueError:
        return None


def _page(visit: Visit, form: Form, day: date | None, status: int = 200) -> Response[str]:
    store, actor = visit.house.store, visit.actor
    shown = reception_days.arrangement(store, actor, day, visit.now)
    held = reception_days.figures(store, actor, visit.now)
    with store.read() as tx:
        stations = tx.stations.current(actor.congress)
    return visit.page(
        "attending/receptions.html",
        status,
        shown=shown,
        names={one.id: written(there, shown.deputies) for one, there in shown.points},
        stations=stations,
        chosen=frozenset(form.values.get("stations", shown.plan.stations)),
        held=held,
        total=total(one for _, one in held),
        form=form,
        last_day=LAST_DAY,
    )
