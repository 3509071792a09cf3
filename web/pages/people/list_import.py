"""`/…/lists/{name}/import`: a spreadsheet; first what it would change, then the import."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.lists import keeping
from voting.lists.comparing import Differences
from voting.lists.keeping import Confirmed, ListChanged
from voting.lists.kinds import Kind
from voting.lists.table import EntryRow, ListTableError, RowProblem, as_csv, template_csv, template_xlsx
from voting.sheets import SheetError
from web.access import Visit
from web.forms import Form
from web.pages.people.lists import kind_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200
"""Rows of a kind on the page of differences; more are only counted."""


@get("/lists/{name:str}/import", sync_to_thread=True)
def choose_table(visit: NamedDependency[Visit], name: FromPath[str]) -> Response[str]:
    """Which columns there are, and the file."""
    return _choose(visit, kind_of(name), Form())


@get("/lists/{name:str}/template", sync_to_thread=True)
def list_template(visit: NamedDependency[Visit], name: FromPath[str]) -> Response[bytes]:
    """A table to fill in."""
    kind = kind_of(name)
    body = template_csv(keeping.columns(visit.house.store, visit.actor, kind))
    return visit.download(body, "text/csv; charset=utf-8", f"{kind.title}模板.csv")


@get("/lists/{name:str}/template.xlsx", sync_to_thread=True)
def list_workbook(visit: NamedDependency[Visit], name: FromPath[str]) -> Response[bytes]:
    """The same for Excel and WPS."""
    kind = kind_of(name)
    body = template_xlsx(kind.title, keeping.columns(visit.house.store, visit.actor, kind))
    return visit.download(body, XLSX, f"{kind.title}模板.xlsx")


@post("/lists/{name:str}/import", sync_to_thread=True)
def show_differences(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str]
) -> Response[str]:
    """What the table would change; nothing is changed yet."""
    kind = kind_of(name)
    raw = form.file("table", "表格")
    if form.faults:
        return _choose(visit, kind, form, status=422)
    try:
        rows, found = keeping.preview(visit.house.store, visit.actor, kind, form.files["table"].name, raw)
    except ListTableError as error:
        form.fault("table", error.sentence)
        return _choose(visit, kind, form, error.problems, 422)
    except SheetError as error:
        form.fault("table", error.sentence)
        return _choose(visit, kind, form, status=422)
    return _differences(visit, kind, rows, found, Form())


@post("/lists/{name:str}/import/confirm", sync_to_thread=True)
def import_table(
    visit: NamedDependency[Visit], form: NamedDependency[Form], name: FromPath[str]
) -> Response[str] | Redirect:
    """Do what was shown, or show what has become of it meanwhile."""
    kind = kind_of(name)
    store, actor = visit.house.store, visit.actor
    table = form.typed("table").encode()
    agreed = Confirmed(table=table, mark=form.typed("mark"), end_missing=form.typed("end_missing") == "yes")
    try:
        keeping.import_table(store, actor, kind, agreed, visit.now, visit.house.random)
    except ListChanged as error:
        rows, found = keeping.preview(store, actor, kind, "table.csv", table)
        form.fault("mark", error.sentence)
        return _differences(visit, kind, rows, found, form, status=409)
    except ListTableError as error:
        rows, found = keeping.preview(store, actor, kind, "table.csv", table)
        form.fault("end_missing", error.sentence)
        return _differences(visit, kind, rows, found, form, error.problems, 422)
    return visit.go(f"/lists/{name}")


def _choose(
    visit: Visit, kind: Kind, form: Form, problems: tuple[RowProblem, ...] = (), status: int = 200
) -> Response[str]:
    columns = keeping.columns(visit.house.store, visit.actor, kind)
    return visit.page("people/import.html", status, kind=kind, columns=columns, form=form, problems=problems)


def _differences(
    visit: Visit,
    kind: Kind,
    rows: tuple[EntryRow, ...],
    found: Differences,
    form: Form,
    problems: tuple[RowProblem, ...] = (),
    status: int = 200,
) -> Response[str]:
    columns = keeping.columns(visit.house.store, visit.actor, kind)
    by_field = {one.field: one for one in columns}
    changed: list[dict[str, Any]] = [
        {
            "row": one.row,
            "name": one.entry.name,
            "back": one.back,
            "fields": [
                (by_field[f].name, by_field[f].shown(getattr(one.entry, f)), by_field[f].shown(value))
                for f, value in one.fields.items()
            ],
        }
        for one in found.changed[:MOST_SHOWN]
    ]
    new = [[one.shown(row.fields.get(one.field)) for one in columns] for row in found.new[:MOST_SHOWN]]
    return visit.page(
        "people/differences.html",
        status,
        kind=kind,
        columns=columns,
        found=found,
        changed=changed,
        new=new,
        most=MOST_SHOWN,
        table=as_csv(columns, rows),
        form=form,
        problems=problems,
    )
