"""`…/projects/{id}/reports/{period}`: one report, on a phone or at a desk; what was typed is never lost."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.delivering.projects import wan, yuan
from voting.errors import TextError
from voting.photos import MOST_PHOTOS
from voting.reporting import filing
from voting.reporting.baseline import DONE, share
from voting.reporting.filing import Opened
from voting.reporting.reports import (
    TEXT_NAMES,
    Content,
    ReportError,
    ReportStep,
    StaleReport,
    changes,
    money,
    percent_field,
)
from voting.screening.plans import PlanError, read_amount, written
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form
from web.pages.delivering.frame import frame

Page = Response[str] | Redirect
HINTS: Final = {
    "text": "做到了哪一步，一两句话就行。会公开。",
    "problems": "没有的不用填。",
    "measures": "没有的不用填。",
}


@get("/projects/{project_id:str}/reports/{period:str}", sync_to_thread=True)
def report_form(
    visit: NamedDependency[Visit], project_id: FromPath[str], period: FromPath[str]
) -> Response[str]:
    """The report as it was saved last, or with the figures of the one before."""
    at = filing.open_report(visit.house.store, visit.actor, project_id, period, visit.now)
    return _page(visit, at, _filled(at))


@post(
    "/projects/{project_id:str}/reports/{period:str}",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def save_report(
    visit: NamedDependency[Visit],
    sent: NamedDependency[PhotoForm],
    project_id: FromPath[str],
    period: FromPath[str],
) -> Page:
    """Save it, hand it in, or correct it."""
    return await answered(visit.house, sent, lambda: _save(visit, sent, project_id, period))


@post("/projects/{project_id:str}/reports/{period:str}/drop-photos", sync_to_thread=True)
def drop_photos(visit: NamedDependency[Visit], project_id: FromPath[str], period: FromPath[str]) -> Page:
    """Those of a draft, to choose others."""
    filing.drop_photos(visit.house.store, visit.actor, project_id, period, visit.now)
    return visit.go(f"/projects/{project_id}/reports/{period}")


@post("/projects/{project_id:str}/reports/{period:str}/take-down", sync_to_thread=True)
def take_down(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    period: FromPath[str],
) -> Page:
    """The wrong photo of what was handed in."""
    store, actor, photo, why = visit.house.store, visit.actor, form.typed("photo"), form.typed("why")
    try:
        filing.take_down_photo(store, actor, project_id, period, photo, why, visit.now)
    except (ReportError, ReportStep, TextError) as error:
        at = filing.open_report(store, actor, project_id, period, visit.now)
        form.fault(error.field if isinstance(error, ReportError) else "why", error.sentence)
        again = _filled(at).with_values({"photo": photo, "why": why})
        again.faults.update(form.faults)
        return _page(visit, at, again, answer_to(error).status)
    return visit.go(f"/projects/{project_id}/progress")


@post("/projects/{project_id:str}/reports/{period:str}/show-photos", sync_to_thread=True)
def show_photos(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    period: FromPath[str],
) -> Page:
    """政府办 holds the photos back, or releases them again."""
    public = form.typed("public") == "yes"
    filing.show_photos(visit.house.store, visit.actor, project_id, period, visit.now, public=public)
    return visit.go(f"/projects/{project_id}/progress")


def _save(visit: Visit, sent: PhotoForm, project_id: str, period: str) -> Page:
    form, store = sent.form, visit.house.store
    at = filing.open_report(store, visit.actor, project_id, period, visit.now)
    submit = form.typed("act") != "save"
    content = _read(form, at)
    photos = () if form.faults else sent.prepared()
    if form.faults:
        return _page(visit, at, form, 422, photos_again=bool(sent.photos))
    try:
        filing.save(
            store,
            visit.actor,
            project_id,
            period,
            content,
            visit.now,
            version=form.whole("version") or 0,
            submit=submit,
            photos=photos,
        )
    except StaleReport as error:
        at = filing.open_report(store, visit.actor, project_id, period, visit.now)
        form = form.with_values({"version": str(at.version)})
        form.fault("text", error.sentence)
        return _page(visit, at, form, 409, typed=content, photos_again=bool(sent.photos))
    except (ReportError, TextError) as error:
        form.fault(error.field if isinstance(error, ReportError) else "text", error.sentence)
        return _page(visit, at, form, answer_to(error).status, photos_again=bool(sent.photos))
    except ReportStep as error:
        form.fault("text", error.sentence)
        return _page(visit, at, form, answer_to(error).status, photos_again=bool(sent.photos))
    if submit or at.handed_in:
        return visit.go(f"/projects/{project_id}/progress")
    return visit.go(f"/projects/{project_id}/reports/{period}?saved=1")


def _read(form: Form, at: Opened) -> Content:
    percents = {
        one.id: form.number(percent_field(one), f"{one.title}：完成百分比", 0, DONE) for one in at.milestones
    }
    spent = 0
    try:
        spent = yuan(read_amount(form.typed("spent"), "累计支出"))
    except PlanError as error:
        form.fault("spent", error.sentence)
    texts = {name: form.prose(name, words) for name, words in TEXT_NAMES.items()}
    reason = form.prose("reason", "原因")
    return Content(percents=percents, spent=spent, reason=reason, **texts)


def _filled(at: Opened) -> Form:
    start = at.start
    values: dict[str, object] = {percent_field(one): start.percents.get(one.id, 0) for one in at.milestones}
    values |= {name: getattr(start, name) for name in TEXT_NAMES}
    reason = "" if at.handed_in else start.reason
    known = at.report is not None or at.beside.before is not None
    spent = written(wan(start.spent)) if known else ""
    return Form.prefilled(**values, reason=reason, spent=spent, version=at.version)


def _page(
    visit: Visit,
    at: Opened,
    form: Form,
    status: int = 200,
    *,
    typed: Content | None = None,
    photos_again: bool = False,
) -> Response[str]:
    before = at.beside.before
    day = min(at.period.ends, today(visit.now))
    steps = [
        {
            "name": percent_field(one),
            "title": one.title,
            "starts": one.starts,
            "due": one.due,
            "expected": int(share(one, day) * DONE),
            "before": None if before is None else before.percents.get(one.id, 0),
        }
        for one in at.milestones
    ]
    other = None if typed is None or at.report is None else changes(at.report, typed, at.milestones)
    return visit.page(
        "reporting/report.html",
        status,
        **frame(visit, at.project, "/progress"),
        at=at,
        form=form,
        steps=steps,
        before=before,
        other=other,
        texts=TEXT_NAMES,
        hints=HINTS,
        money=money,
        most_photos=MOST_PHOTOS,
        photos_again=photos_again,
    )
