"""`…/rating/rounds/{id}`: the results of a test, its papers, and 责成整改."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.documents import rating as papers
from voting.duties import demand
from voting.grading import columns
from voting.rating import rectifying
from voting.rating.comparison import signed
from voting.rating.rectifications import STATE_NAMES, Rectification
from voting.rating.results import Results, results_of
from voting.rating.settings import MOST_MONTHS, RatingSettings
from voting.ratings import UNGRADED, percent, tenths
from web.access import Visit
from web.forms import Form
from web.pages.delivering.project_page import docx_of, pdf_of
from web.pages.rating.attempt import attempt


@get("/rating/rounds/{round_id:str}", sync_to_thread=True)
def results(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """By project and by unit."""
    shown = results_of(visit.house.store, visit.actor, round_id)
    return visit.page(
        "rating/results.html",
        shown=shown,
        columns=columns(shown.rules),
        percent=percent,
        tenths=tenths,
        signed=signed,
        ungraded=UNGRADED,
        states=STATE_NAMES,
    )


@get("/rating/rounds/{round_id:str}/report.docx", sync_to_thread=True)
def report_docx(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """测评结果通报, to be edited."""
    return docx_of(visit, papers.report(_results(visit, round_id), today(visit.now)))


@get("/rating/rounds/{round_id:str}/report.pdf", sync_to_thread=True)
def report_pdf(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """测评结果通报, to be read."""
    return pdf_of(visit, papers.report(_results(visit, round_id), today(visit.now)))


@get("/rating/rounds/{round_id:str}/announcement.docx", sync_to_thread=True)
def announcement_docx(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """公告, to be edited."""
    return docx_of(visit, papers.announcement(_results(visit, round_id), today(visit.now)))


@get("/rating/rounds/{round_id:str}/announcement.pdf", sync_to_thread=True)
def announcement_pdf(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[bytes]:
    """公告, to be read."""
    return pdf_of(visit, papers.announcement(_results(visit, round_id), today(visit.now)))


@get("/rating/rounds/{round_id:str}/order/{number:int}", sync_to_thread=True)
def order_form(
    visit: NamedDependency[Visit], round_id: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """责成整改; what was ordered already is shown instead."""
    demand(visit.actor, "order_rectification")
    made = _made(visit, round_id, number)
    if made is not None:
        return visit.go(f"/rectifications/{made.id}")
    with visit.house.store.read() as tx:
        months = tx.settings.get(visit.actor.congress, RatingSettings).months
    return _order_page(visit, round_id, number, Form.prefilled(months=months))


@post("/rating/rounds/{round_id:str}/order/{number:int}", sync_to_thread=True)
def order(
    visit: NamedDependency[Visit],
    round_id: FromPath[str],
    number: FromPath[int],
    form: NamedDependency[Form],
) -> Response[str] | Redirect:
    """The unit is told."""
    demand(visit.actor, "order_rectification")
    months = form.number("months", "整改期限", 1, MOST_MONTHS)
    status = attempt(
        form,
        "demands",
        lambda: rectifying.order(
            visit.house.store, visit.actor, round_id, number, months, form.typed("demands"), visit.now
        ),
    )
    if status is not None:
        return _order_page(visit, round_id, number, form, status)
    made = _made(visit, round_id, number)
    return visit.go(f"/rectifications/{made.id}" if made else "/rating")


def _results(visit: Visit, round_id: str) -> Results:
    return results_of(visit.house.store, visit.actor, round_id)


def _made(visit: Visit, round_id: str, number: int) -> Rectification | None:
    with visit.house.store.read() as tx:
        of = tx.rounds.get(visit.actor, round_id)
        return tx.rectifications.of_score(of.congress, of.id, number)


def _order_page(visit: Visit, round_id: str, number: int, form: Form, status: int = 200) -> Response[str]:
    shown = _results(visit, round_id)
    row = next((one for one in shown.projects if one.score.number == number), None)
    if row is None:
        raise NotFound
    return visit.page("rating/order.html", status, shown=shown, row=row, form=form)
