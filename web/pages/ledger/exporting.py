"""`…/ledger/exports`: a workbook of everything the filters find, made while one waits; .csv at once."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from voting import exporting
from voting.days import today
from voting.duties import demand
from voting.ledger import Filters
from web.access import Visit
from web.forms import Form
from web.pages.ledger.filters import query_of, read
from web.pages.ledger.listing import ledger_page, lists_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@post("/ledger/exports", sync_to_thread=True)
def start(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Begin a workbook."""
    demand(visit.actor, "export")
    filters = _filters(visit, form)
    if form.faults:
        return ledger_page(visit, form, 422)
    job = exporting.start(visit.house.store, visit.actor, filters, query_of(filters), visit.house.now)
    return visit.go(f"/ledger/exports/{job.id}")


@get("/ledger/exports/{export_id:str}", sync_to_thread=True)
def progress(visit: NamedDependency[Visit], export_id: FromPath[str]) -> Response[str]:
    """How far it is; the page asks again by itself, without a script, until it is ready."""
    demand(visit.actor, "export")
    with visit.house.store.read() as tx:
        job = tx.exports.get(visit.actor, export_id)
    lost = job.is_lost(visit.now)
    waiting = job.finished_at is None and not lost
    shown = visit.page("ledger/export.html", job=job, lost=lost, waiting=waiting)
    if waiting:
        shown.headers["refresh"] = "2"
    return shown


@get("/ledger/exports/{export_id:str}/workbook", sync_to_thread=True)
def workbook(visit: NamedDependency[Visit], export_id: FromPath[str]) -> Stream | Redirect:
    """The workbook itself, a megabyte at a time."""
    demand(visit.actor, "export")
    with visit.house.store.read() as tx:
        job = tx.exports.get(visit.actor, export_id)
    if job.finished_at is None:
        return visit.go(f"/ledger/exports/{job.id}")

    pieces = exporting.pieces(visit.house.store, job)
    return _stream(pieces, XLSX, f"台账-{today(job.started_at):%Y%m%d}.xlsx")


@get("/ledger.csv", sync_to_thread=True)
def table(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Stream:
    """The same as text, begun at once and as long as it takes."""
    demand(visit.actor, "export")
    filters = _filters(visit, form)
    if form.faults:
        return ledger_page(visit, form, 422)
    lines = exporting.csv_file(visit.house.store, visit.actor, filters, query_of(filters), visit.now)
    return _stream(lines, "text/csv", f"台账-{today(visit.now):%Y%m%d}.csv")


def _filters(visit: Visit, form: Form) -> Filters:
    with visit.house.store.read() as tx:
        return read(form, lists_of(tx, visit))


def _stream(pieces: Iterator[bytes], media_type: str, name: str) -> Stream:
    """A file to be saved under a Chinese name, of a length nobody knows yet."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Stream(pieces, media_type=media_type, headers={"content-disposition": disposition})
