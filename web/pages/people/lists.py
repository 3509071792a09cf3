"""`/…/lists`: deputies, units, villages, categories and stations; add, change, end, bring back."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.duties import may
from voting.lists import keeping
from voting.lists.columns import Column
from voting.lists.keeping import EntryRefused
from voting.lists.kinds import KINDS, STARTING_CATEGORIES, Kind
from web.access import Visit
from web.forms import Form
from web.refusals import NoSuchPage


def kind_of(name: str) -> Kind:
    """Raises NoSuchPage."""
    if name not in KINDS:
        raise NoSuchPage
    return KINDS[name]


@get("/lists", sync_to_thread=True)
def lists(visit: NamedDependency[Visit]) -> Response[str]:
    """All lists with their sizes."""
    sizes = {}
    with visit.house.store.read() as tx:
        for kind in KINDS.values():
            if may(visit.actor, kind.action):
                sizes[kind.name] = len(keeping.listed(tx, kind).current(visit.actor.congress))
    return visit.page("people/lists.html", kinds=[KINDS[name] for name in sizes], sizes=sizes)


@get("/lists/{name:str}", sync_to_thread=True)
def one_list(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str]
) -> Response[str]:
    """The entries, those that have ended last; `?q=` keeps those that contain it."""
    return _list(visit, kind_of(name), Form(), form.typed("q").strip())


@post("/lists/{name:str}", sync_to_thread=True)
def add_entry(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str]
) -> Response[str] | Redirect:
    """A new entry."""
    kind = kind_of(name)
    store, random = visit.house.store, visit.house.random
    try:
        keeping.add(store, visit.actor, kind, _typed(form), visit.now, random)
    except EntryRefused as error:
        form.faults.update(error.faults)
        return _list(visit, kind, form, "", 422)
    return visit.go(f"/lists/{name}")


@get("/lists/{name:str}/{entry_id:str}", sync_to_thread=True)
def entry(visit: NamedDependency[Visit], name: FromPath[str], entry_id: FromPath[str]) -> Response[str]:
    """One entry to be changed, ended or brought back."""
    kind = kind_of(name)
    found = keeping.get(visit.house.store, visit.actor, kind, entry_id)
    columns = keeping.columns(visit.house.store, visit.actor, kind)
    filled = Form.prefilled(**{one.field: _as_typed(one, getattr(found, one.field)) for one in columns})
    return _entry(visit, kind, found, filled)


@post("/lists/{name:str}/{entry_id:str}", sync_to_thread=True)
def change_entry(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str], entry_id: FromPath[str]
) -> Response[str] | Redirect:
    """Keep what was typed."""
    kind = kind_of(name)
    found = keeping.get(visit.house.store, visit.actor, kind, entry_id)
    try:
        keeping.change(visit.house.store, visit.actor, kind, entry_id, _typed(form), visit.now)
    except EntryRefused as error:
        form.faults.update(error.faults)
        return _entry(visit, kind, found, form, 422)
    return visit.go(_home(kind))


@post("/lists/{name:str}/{entry_id:str}/end", sync_to_thread=True)
def end_entry(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str], entry_id: FromPath[str]
) -> Response[str] | Redirect:
    """Offered nowhere from now on."""
    kind = kind_of(name)
    found = keeping.get(visit.house.store, visit.actor, kind, entry_id)
    form.confirmed("confirm", f"确认{kind.ending}")
    if form.faults:
        columns = keeping.columns(visit.house.store, visit.actor, kind)
        typed = {one.field: _as_typed(one, getattr(found, one.field)) for one in columns}
        faults, form = form.faults, Form.prefilled(**typed)
        form.faults.update(faults)
        return _entry(visit, kind, found, form, 422)
    keeping.end(visit.house.store, visit.actor, kind, entry_id, visit.now)
    return visit.go(_home(kind))


@post("/lists/{name:str}/{entry_id:str}/return", sync_to_thread=True)
def return_entry(
    visit: NamedDependency[Visit], name: FromPath[str], entry_id: FromPath[str]
) -> Response[str] | Redirect:
    """In use again."""
    kind = kind_of(name)
    try:
        keeping.bring_back(visit.house.store, visit.actor, kind, entry_id, visit.now)
    except EntryRefused as error:
        form = Form()
        form.faults.update(error.faults)
        return _list(visit, kind, form, "", 422)
    return visit.go(f"/lists/{name}")


@post("/lists/{name:str}/start", sync_to_thread=True)
def start_categories(visit: NamedDependency[Visit], name: FromPath[str]) -> Redirect:
    """The usual ten categories."""
    if name != "categories":
        raise NoSuchPage
    keeping.start_categories(visit.house.store, visit.actor, visit.now, visit.house.random)
    return visit.go("/lists/categories")


def _list(visit: Visit, kind: Kind, form: Form, search: str, status: int = 200) -> Response[str]:
    opened = keeping.open_list(visit.house.store, visit.actor, kind)
    shown = [_row(opened.columns, one) for one in opened.current]
    return visit.page(
        "people/list.html",
        status,
        kind=kind,
        columns=opened.columns,
        number=len(shown),
        rows=[row for row in shown if search in "\n".join(row["cells"])] if search else shown,
        ended=[_row(opened.columns, one) for one in opened.ended],
        search=search,
        starting=STARTING_CATEGORIES if kind.name == "categories" and not shown else (),
        form=form,
    )


def _entry(visit: Visit, kind: Kind, found: Any, form: Form, status: int = 200) -> Response[str]:
    return visit.page(
        "people/entry.html",
        status,
        kind=kind,
        columns=keeping.columns(visit.house.store, visit.actor, kind),
        entry=found,
        over=getattr(found, kind.ended) is not None,
        home=_home(kind),
        form=form,
    )


def _home(kind: Kind) -> str:
    return "/stations" if kind.name == "stations" else f"/lists/{kind.name}"


def _row(columns: tuple[Column, ...], one: Any) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "cells": [c.shown(getattr(one, c.field)) for c in columns]}


def _as_typed(column: Column, value: object) -> str:
    """Options are typed as they are stored, everything else as it is shown."""
    return str(value or "") if column.options and not isinstance(value, bool) else column.shown(value)


def _typed(form: Form) -> Mapping[str, str]:
    return {name: form.typed(name) for name in form.values}
