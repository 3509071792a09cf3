"""`/…/calls`: 征集公告 is written, looked at as the public will see it, and published."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.collecting.calling import (
    CallError,
    CallPublished,
    CallText,
    change_call,
    draft_call,
    publish_call,
)
from voting.collecting.window import Call
from voting.days import today
from voting.errors import TextError, VotingError
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

_REFUSALS = (CallError, CallPublished, TextError)


@get("/calls", sync_to_thread=True)
def calls(visit: NamedDependency[Visit]) -> Response[str]:
    """All of them, and the form for a new one."""
    return _calls(visit, Form())


@post("/calls", sync_to_thread=True)
def write_call(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A draft."""
    text = _read(visit, form)
    if form.faults:
        return _calls(visit, form, 422)
    try:
        made = draft_call(visit.house.store, visit.actor, text, visit.now)
    except _REFUSALS as error:
        return _calls(visit, _with_fault(form, error), answer_to(error).status)
    return visit.go(f"/calls/{made.id}")


@get("/calls/{call_id:str}", sync_to_thread=True)
def call(visit: NamedDependency[Visit], call_id: FromPath[str]) -> Response[str]:
    """One, as the public will see it, with the form to change it."""
    return _call(visit, _found(visit, call_id), None)


@post("/calls/{call_id:str}", sync_to_thread=True)
def rewrite_call(
    visit: NamedDependency[Visit], form: NamedDependency[Form], call_id: FromPath[str]
) -> Response[str] | Redirect:
    """A draft anew, or the last day of a published one."""
    found = _found(visit, call_id)
    text = _read(visit, form)
    if form.faults:
        return _call(visit, found, form, 422)
    try:
        change_call(visit.house.store, visit.actor, call_id, text, visit.now)
    except _REFUSALS as error:
        return _call(visit, found, _with_fault(form, error), answer_to(error).status)
    return visit.go(f"/calls/{call_id}")


@post("/calls/{call_id:str}/publish", sync_to_thread=True)
def publish(
    visit: NamedDependency[Visit], form: NamedDependency[Form], call_id: FromPath[str]
) -> Response[str] | Redirect:
    """Let everybody see it."""
    found = _found(visit, call_id)
    form.confirmed("confirm", "公告内容已经核对")
    if form.faults:
        return _call(visit, found, form, 422)
    try:
        publish_call(visit.house.store, visit.actor, call_id, visit.now)
    except CallError as error:
        form.fault("confirm", error.sentence)
        return _call(visit, found, form, answer_to(error).status)
    return visit.go(f"/calls/{call_id}")


def _found(visit: Visit, call_id: str) -> Call:
    with visit.house.store.read() as tx:
        return tx.calls.get(visit.actor, call_id)


def _read(visit: Visit, form: Form) -> CallText:
    year = today(visit.now).year
    return CallText(
        year=form.number("year", "项目实施年度", year, year + 2),
        title=form.line("title", "标题"),
        issuers=form.line("issuers", "发布单位"),
        opens=form.day("opens", "开始日期"),
        closes=form.day("closes", "截止日期"),
        text=form.prose("text", "正文"),
    )


def _with_fault(form: Form, error: VotingError) -> Form:
    form.fault("title", error.sentence)
    return form


def _calls(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        found = tx.calls.listing(visit.actor)
    year = today(visit.now).year + 1
    return visit.page("collecting/calls.html", status, calls=found, form=form, year=year)


def _call(visit: Visit, found: Call, form: Form | None, status: int = 200) -> Response[str]:
    kept = Form.prefilled(
        year=found.year,
        title=found.title,
        issuers=found.issuers,
        opens=found.opens.isoformat(),
        closes=found.closes.isoformat(),
        text=found.text,
    )
    typed = form if form is not None and "title" in form.values else kept
    return visit.page("collecting/call.html", status, call=found, form=typed, publishing=form or Form())
