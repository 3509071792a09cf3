"""`…/groups`: 监督小组, what waits in supervision, and the rules of its clocks."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import congress_settings
from voting.actors import Actor
from voting.duties import demand, may
from voting.handling.clocks import MEASURE_NAMES, MOST_COUNT, Measure, Span
from voting.store import Transaction
from voting.supervising import desk, grouping
from voting.supervising.changes import KIND_NAMES
from voting.supervising.orders import STATE_NAMES, SupervisionSettings
from web.access import Visit
from web.forms import Form
from web.pages.supervising.attempt import attempt, key_of

Page = Response[str] | Redirect
_MEASURES: Final[tuple[Measure, ...]] = tuple(MEASURE_NAMES)
_SPANS: Final[dict[str, str]] = {"answer": "单位答复督办单", "again": "退回重办后再次答复"}
_MOST_YELLOW: Final = 60


@get("/groups", sync_to_thread=True)
def groups(visit: NamedDependency[Visit]) -> Response[str]:
    """A deputy's own; for the offices all of them, and what waits."""
    return visit.page(
        "supervising/groups.html",
        desk=desk.desk(visit.house.store, visit.actor, visit.now),
        kinds=KIND_NAMES,
        order_states=STATE_NAMES,
        may={"keep": may(visit.actor, "keep_groups"), "visit": may(visit.actor, "visit")},
    )


@get("/groups/new", sync_to_thread=True)
def new_group(visit: NamedDependency[Visit]) -> Response[str]:
    """The form."""
    return _form(visit, Form(), None)


@post("/groups/new", sync_to_thread=True)
def make_group(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """Keep it."""
    demand(visit.actor, "keep_groups")
    wanted = _wanted(form)
    store, key = visit.house.store, key_of(visit, form)
    status = attempt(form, "name", lambda: grouping.make_group(store, visit.actor, key, wanted, visit.now))
    return visit.go("/groups") if status is None else _form(visit, form, None, status)


@get("/groups/rules", sync_to_thread=True)
def rules(visit: NamedDependency[Visit]) -> Response[str]:
    """How long a unit has, and who decides on changes."""
    demand(visit.actor, "change_settings")
    with visit.house.store.read() as tx:
        kept = tx.settings.get(visit.actor.congress, SupervisionSettings)
    values: dict[str, Any] = {"yellow": kept.yellow, "decides": "yes" if kept.congress_decides else "no"}
    for name in _SPANS:
        span: Span = getattr(kept, name)
        values |= {name: span.count, f"{name}_measure": span.measure}
    return _rules(visit, Form.prefilled(**values))


@post("/groups/rules", sync_to_thread=True)
def set_rules(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """For orders and decisions from now on."""
    demand(visit.actor, "change_settings")
    spans = {
        name: Span(
            form.number(name, label, 1, MOST_COUNT),
            form.choice(f"{name}_measure", f"{label}的单位", _MEASURES),
        )
        for name, label in _SPANS.items()
    }
    new = SupervisionSettings(
        answer=spans["answer"],
        again=spans["again"],
        yellow=form.number("yellow", "提前几天亮黄灯", 0, _MOST_YELLOW),
        congress_decides=not visit.actor.town
        and form.choice("decides", "由谁决定调整", ("no", "yes")) == "yes",
    )
    if form.faults:
        return _rules(visit, form, 422)
    congress_settings.change(visit.house.store, visit.actor, new, visit.now)
    return visit.go("/groups")


@get("/groups/{group_id:str}", sync_to_thread=True)
def edit_group(visit: NamedDependency[Visit], group_id: FromPath[str]) -> Response[str]:
    """The form as it stands."""
    demand(visit.actor, "keep_groups")
    with visit.house.store.read() as tx:
        group = tx.groups.get(visit.actor, group_id)
        members, projects = tx.groups.members([group])[group.id], tx.groups.projects([group])[group.id]
    values = {
        "name": [group.name],
        "leader": [group.leader],
        "members": list(members),
        "projects": list(projects),
    }
    return _form(visit, Form(values), group_id)


@post("/groups/{group_id:str}", sync_to_thread=True)
def change_group(visit: NamedDependency[Visit], form: NamedDependency[Form], group_id: FromPath[str]) -> Page:
    """Name, people and projects."""
    demand(visit.actor, "keep_groups")
    wanted, store = _wanted(form), visit.house.store
    status = attempt(
        form, "name", lambda: grouping.change_group(store, visit.actor, group_id, wanted, visit.now)
    )
    return visit.go("/groups") if status is None else _form(visit, form, group_id, status)


@post("/groups/{group_id:str}/end", sync_to_thread=True)
def end_group(visit: NamedDependency[Visit], form: NamedDependency[Form], group_id: FromPath[str]) -> Page:
    """撤销."""
    demand(visit.actor, "keep_groups")
    form.confirmed("confirm", "撤销这个小组，它的视察记录保留")
    if form.faults:
        return _form(visit, _kept(visit, group_id, form), group_id, 422)
    grouping.end_group(visit.house.store, visit.actor, group_id, visit.now)
    return visit.go("/groups")


def _wanted(form: Form) -> grouping.Wanted:
    if not form.typed("leader"):
        form.fault("leader", "请选择组长。")
    return grouping.Wanted(
        name=form.line("name", "小组名称"),
        leader=form.typed("leader"),
        members=tuple(form.values.get("members", ())),
        projects=tuple(form.values.get("projects", ())),
    )


def _kept(visit: Visit, group_id: str, form: Form) -> Form:
    """The group as it stands, with the faults of another form."""
    with visit.house.store.read() as tx:
        group = tx.groups.get(visit.actor, group_id)
        members, projects = tx.groups.members([group])[group.id], tx.groups.projects([group])[group.id]
    values = {"name": [group.name], "leader": [group.leader]}
    return Form({**values, "members": list(members), "projects": list(projects)}, faults=form.faults)


def _form(visit: Visit, form: Form, group_id: str | None, status: int = 200) -> Response[str]:
    demand(visit.actor, "keep_groups")
    with visit.house.store.read() as tx:
        group = None if group_id is None else tx.groups.get(visit.actor, group_id)
        deputies = tx.deputies.current(visit.actor.congress)
        projects = _projects(tx, visit.actor, form.values.get("projects", ()))
    return visit.page(
        "supervising/group_form.html",
        status,
        form=form,
        key=key_of(visit, form),
        group=group,
        leaders=[(one.id, f"{one.name}（{one.delegation}）") for one in deputies],
        deputies=[(one.id, one.name) for one in deputies],
        projects=projects,
    )


def _projects(tx: Transaction, actor: Actor, chosen: Any) -> list[tuple[str, str]]:
    """(id, words) of what may be watched: the two newest years, and whatever is watched already."""
    years = tx.projects.years(actor, actor.congress)
    found = [
        (one, n < 2)
        for n, year in enumerate(years)
        for one in tx.projects.of_year(actor, actor.congress, year)
    ]
    return [
        (one.id, f"{one.label} {one.title}")
        for one, recent in found
        if one.id in chosen or (recent and one.state != "cancelled")
    ]


def _rules(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    return visit.page("supervising/rules.html", status, form=form, spans=_SPANS, measures=MEASURE_NAMES)
