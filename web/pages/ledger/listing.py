"""`…/ledger`: the ledger by key, its filters in the address; saved views."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand, may
from voting.exporting import light_of
from voting.handling.facts import GRADE_NAMES
from voting.handling.lights import light, rule
from voting.ledger import COLUMNS, Day, Filters, Line, Names, Place, way, where_from, who
from voting.store import Transaction
from voting.store.views import MOST_VIEWS
from voting.store.words import SearchTooWide
from voting.suggestions import STANDING_NAMES
from voting.words import marked, sought
from web.access import Visit
from web.forms import Form
from web.pages.ledger.filters import CHOICES, OWN_CHOICES, Lists, query_of, read

PAGE: Final = 50


@get("/ledger", sync_to_thread=True)
def ledger(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """One page of what the filters find, and how many there are."""
    return ledger_page(visit, form)


@post("/ledger/views", sync_to_thread=True)
def save_view(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Keep the filters under a name."""
    demand(visit.actor, "read_suggestions")
    name = form.line("name", "视图名称")
    with visit.house.store.read() as tx:
        filters = read(form, lists_of(tx, visit))
    if not form.faults:
        with visit.house.store.write() as tx:
            if not tx.ledger.views.put(visit.actor, name, query_of(filters)):
                form.fault("name", f"最多保存 {MOST_VIEWS} 个视图。请先删去不用的。")
    if form.faults:
        return ledger_page(visit, form, 422)
    return visit.go(f"/ledger?{query_of(filters)}")


@post("/ledger/views/{view_id:str}/drop", sync_to_thread=True)
def drop_view(visit: NamedDependency[Visit], view_id: FromPath[str]) -> Redirect:
    """Forget a view."""
    demand(visit.actor, "read_suggestions")
    with visit.house.store.write() as tx:
        tx.ledger.views.drop(visit.actor, view_id)
    return visit.go("/ledger")


def lists_of(tx: Transaction, visit: Visit) -> Lists:
    """What can be chosen in this congress."""
    return Lists(tx.ledger.names(visit.actor), tx.ledger.figures.years(visit.actor))


def ledger_page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    """With any fault, the sentence beside its field and no list: a filter that was not understood would show
    more than was asked for."""
    demand(visit.actor, "read_suggestions")
    with visit.house.store.read() as tx:
        lists = lists_of(tx, visit)
        filters = read(form, lists)
        day = Day(today(visit.now), tx.ledger.yellow(visit.actor))
        found = _found(tx, visit, form, filters, day)
        views = tx.ledger.views.of(visit.actor)
    return visit.page(
        "ledger/list.html",
        status if not form.faults else 422,
        form=form,
        choices={**{name: (label, lists.offered(name)) for name, label in OWN_CHOICES.items()}, **CHOICES},
        total=found["total"],
        rows=[_row(line, lists.names, filters, day) for line in found["lines"]],
        columns=COLUMNS,
        rule=rule(day.yellow),
        views=views,
        query=query_of(filters),
        fields=(*CHOICES, *OWN_CHOICES, "since", "until", "text"),
        limits=_limits(filters, lists),
        following=found["following"],
        former=found["former"],
        exports=may(visit.actor, "export"),
    )


def _found(tx: Transaction, visit: Visit, form: Form, filters: Filters, day: Day) -> dict[str, Any]:
    """The lines of one page, and the addresses of the pages beside it."""
    nothing: dict[str, Any] = {"total": None, "lines": (), "following": "", "former": ""}
    if form.faults:
        return nothing
    try:
        hits = tx.ledger.hits(visit.actor, filters, day)
    except SearchTooWide as error:
        form.fault("text", error.sentence)
        return nothing
    after, before = (_place(form, filters, name) for name in ("after", "before"))
    total, ids = tx.ledger.find(hits, filters, PAGE + 1, after, before)
    more = len(ids) > PAGE
    ids = ids[-PAGE:] if before else ids[:PAGE]
    lines = tx.ledger.lines(visit.actor, ids)
    has_former = (more if before else after is not None) and bool(lines)
    has_following = (before is not None or more) and bool(lines)
    return {
        "total": total,
        "lines": lines,
        "former": query_of(filters, before=lines[0].place(filters.order).written) if has_former else "",
        "following": query_of(filters, after=lines[-1].place(filters.order).written) if has_following else "",
    }


def _place(form: Form, filters: Filters, name: str) -> Place | None:
    """An address that was changed by hand begins at the beginning."""
    place = Place.read(form.typed(name))
    return None if place is None or (filters.order == "due") != (place.due is not None) else place


def _row(line: Line, names: Names, filters: Filters, day: Day) -> dict[str, Any]:
    shown = light(None if line.merged_into else line.due, day.today, day.yellow)
    return {
        "line": line,
        "category": names.categories.get(line.category or "", ""),
        "title": marked(line.title, sought(filters.text)),
        "source": where_from(line, names),
        "who": who(line, names),
        "village": names.villages.get(line.village or "", ""),
        "way": way(line),
        "units": [names.units.get(unit, "") for unit in line.units],
        "light": shown if light_of(line, day) else None,
        "state": STANDING_NAMES[line.state],
        "grade": GRADE_NAMES[line.grade] if line.grade else "",
    }


def _limits(filters: Filters, lists: Lists) -> list[str]:
    """What the list is limited to, in words."""
    said = []
    for name, label in OWN_CHOICES.items():
        value = getattr(filters, name)
        if value is not None:
            said.append(f"{label}：{lists.offered(name)[str(value)]}")
    for name, (label, names) in CHOICES.items():
        value = getattr(filters, name)
        if value is not None and name != "order":
            said.append(f"{label}：{names[value]}")
    if filters.text:
        said.append(f"含有：{filters.text}")
    if filters.since:
        said.append(f"{filters.since} 起收到")
    if filters.until:
        said.append(f"{filters.until} 前（含）收到")
    return said
