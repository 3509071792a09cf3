"""`…/rating/rounds/{id}`: the results of a test, its papers, and 责成整改."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.documents import official
from voting.documents import rating as papers
from voting.duties import demand
from voting.grading import columns
from voting.rating import rectifying
from voting.rating.comparison import signed
from voting.rating.rectifications import STATE_NAMES, Rectification
from voting.rating.results import Results, results_of
from voting.rating.settings import MOST_MONTHS, RatingSettings
from voting.ratings import UNGRADED, percent, tenths
from voting.screening.papers import MEDIA_TYPES
from voting.years.facts import PublicPaper, YearStep
from voting.years.issuing import Issue, issue_once, issued
from web.access import Visit
from web.forms import Form
from web.pages.delivering.project_page import docx_of, pdf_of
from web.pages.rating.attempt import attempt

_DRAFTED: Final[dict[str, Callable[[Results, date], official.Official]]] = {
    "report": papers.report,
    "announcement": papers.announcement,
}


_MADE: Final[dict[str, tuple[str, Callable[[official.Official, datetime], bytes]]]] = {
    "pdf": (".pdf", official.pdf),
    "docx": (".docx", official.docx),
}


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
        issued=_issued(visit, shown) if shown.round.state == "published" else None,
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


@post("/rating/rounds/{round_id:str}/issue/{kind:str}", sync_to_thread=True)
def issue_paper(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    round_id: FromPath[str],
    kind: FromPath[str],
) -> Response[str] | Redirect:
    """The drafted 通报 or 公告, as PDF or .docx, public and signed from now on; only once the result is."""
    demand(visit.actor, "issue_paper")
    shown = _results(visit, round_id)
    if kind not in _DRAFTED:
        raise NotFound
    if shown.round.state != "published":
        raise YearStep("测评结果还没有公布，不能公布这份文件。请先公布结果。")
    paper = _DRAFTED[kind](shown, today(visit.now))
    house, said = visit.house, _said(shown, paper, visit)
    ending, made = _MADE["docx" if form.typed("form") == "docx" else "pdf"]
    name, body = f"{paper.title}{ending}", made(paper, visit.now)
    issue_once(house.store, visit.actor, house.signer, said, name, body, visit.now)
    return visit.go(f"/rating/rounds/{round_id}")


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


def _said(shown: Results, paper: official.Official, visit: Visit) -> Issue:
    """Under the year that was rated; a 公告 under its own number."""
    years = [row.project.year for row in shown.projects if row.project]
    numbered = shown.round.published.number if shown.round.published else ""
    return Issue(
        year=max(years, default=today(visit.now).year),
        title=paper.title,
        number=numbered if paper.title.endswith("公告") else "",
        day=today(visit.now),
    )


def _issued(visit: Visit, shown: Results) -> dict[str, dict[str, PublicPaper | None]]:
    """By paper and kind of file, what is public already."""
    said = {kind: _said(shown, draft(shown, today(visit.now)), visit) for kind, draft in _DRAFTED.items()}
    with visit.house.store.read() as tx:
        return {
            kind: {
                form: issued(tx, visit.actor, said[kind], MEDIA_TYPES[ending])
                for form, (ending, _) in _MADE.items()
            }
            for kind in _DRAFTED
        }


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
