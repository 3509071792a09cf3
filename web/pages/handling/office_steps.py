"""What the office does on the page of one suggestion; each form leads back to it."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.handling import assisting, checking, confirming, deciding
from voting.handling.deciding import TEXT_NAMES, Decision
from voting.handling.facts import GRADE_NAMES
from voting.suggestions import ROUTE_NAMES, Route
from web.access import Visit
from web.forms import Form
from web.pages.handling.attempt import attempt
from web.pages.handling.suggestion import suggestion_page

Page = Response[str] | Redirect
_ROUTES: tuple[Route, ...] = tuple(ROUTE_NAMES)


@post("/suggestions/{suggestion_id:str}/decide", sync_to_thread=True)
def decide(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """One of the routes, with its words."""
    route = form.choice("route", "怎样办理", _ROUTES)
    decision = Decision(
        route=route,
        text=form.typed("text"),
        to=form.typed("to"),
        agreed=form.typed("agreed"),
        lead=form.typed("lead"),
        assists=tuple(form.values.get("assists", ())),
        key=form.typed("key") == "yes",
        hard=form.typed("hard") == "yes",
        chief=form.typed("chief"),
        watcher=form.typed("watcher"),
    )
    _beside(form, decision)
    store = visit.house.store
    return _step(
        visit,
        form,
        suggestion_id,
        "text",
        lambda: deciding.decide(store, visit.actor, suggestion_id, decision, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/take-back", sync_to_thread=True)
def take_back(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Page:
    """收回交办."""
    reason = form.typed("back_reason")
    return _step(
        visit,
        form,
        suggestion_id,
        "back_reason",
        lambda: deciding.take_back(visit.house.store, visit.actor, suggestion_id, reason, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/reopen", sync_to_thread=True)
def reopen(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """重新办理."""
    reason = form.typed("reopen_reason")
    return _step(
        visit,
        form,
        suggestion_id,
        "reopen_reason",
        lambda: deciding.reopen(visit.house.store, visit.actor, suggestion_id, reason, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/answer", sync_to_thread=True)
def answer(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """The office's own answer to a candidate lead."""
    text = form.typed("office_text")
    return _step(
        visit,
        form,
        suggestion_id,
        "office_text",
        lambda: deciding.answer_from_office(visit.house.store, visit.actor, suggestion_id, text, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/urge", sync_to_thread=True)
def urge(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """督办."""
    text = form.typed("urge_text")
    return _step(
        visit,
        form,
        suggestion_id,
        "urge_text",
        lambda: checking.urge(visit.house.store, visit.actor, suggestion_id, text, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/confirm", sync_to_thread=True)
def confirm(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """答复确认 taken down by the office."""
    grade = form.choice("grade", "满意程度", tuple(GRADE_NAMES))
    heard_from, words = form.typed("heard_from"), form.typed("words")
    if not heard_from.strip():
        form.fault("heard_from", "没有填写“谁的意见”。请填写后重试。")
    return _step(
        visit,
        form,
        suggestion_id,
        "words",
        lambda: confirming.confirm(
            visit.house.store, visit.actor, suggestion_id, grade, words, visit.now, heard_from=heard_from
        ),
    )


@post("/suggestions/{suggestion_id:str}/close", sync_to_thread=True)
def close(visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]) -> Page:
    """办结."""
    return _step(
        visit,
        form,
        suggestion_id,
        "close",
        lambda: confirming.close(visit.house.store, visit.actor, suggestion_id, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/handlings/{part_id:str}/check", sync_to_thread=True)
def check(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    suggestion_id: FromPath[str],
    part_id: FromPath[str],
) -> Page:
    """Pass a unit's answer on, or send it back."""
    store, actor = visit.house.store, visit.actor
    verdict = form.choice("verdict", "审核意见", ("release", "send_back"))
    reason = form.typed("send_text")

    def step() -> object:
        if verdict == "release":
            return checking.release(store, actor, part_id, visit.now)
        return checking.send_back(store, actor, part_id, reason, visit.now)

    return _step(visit, form, suggestion_id, "send_text", step)


@post("/suggestions/{suggestion_id:str}/handlings/{part_id:str}/extension", sync_to_thread=True)
def extension(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    suggestion_id: FromPath[str],
    part_id: FromPath[str],
) -> Page:
    """同意 or 不同意延期."""
    store, actor = visit.house.store, visit.actor
    field = f"reply_{part_id}"
    verdict, reply = form.choice("granted", "是否同意延期", ("yes", "no")), form.typed(field)
    return _step(
        visit,
        form,
        suggestion_id,
        field,
        lambda: checking.decide_extension(store, actor, part_id, reply, visit.now, granted=verdict == "yes"),
    )


@post("/suggestions/{suggestion_id:str}/assists", sync_to_thread=True)
def add_assist(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Page:
    """增加协办单位."""
    unit, task, store = form.typed("assist"), form.typed("assist_task"), visit.house.store
    return _step(
        visit,
        form,
        suggestion_id,
        "assist",
        lambda: assisting.add_assist(store, visit.actor, suggestion_id, unit, task, visit.now),
    )


@post("/suggestions/{suggestion_id:str}/handlings/{part_id:str}/withdraw", sync_to_thread=True)
def withdraw_assist(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    suggestion_id: FromPath[str],
    part_id: FromPath[str],
) -> Page:
    """撤回协办."""
    field = f"withdraw_{part_id}"
    reason, store = form.typed(field), visit.house.store
    return _step(
        visit,
        form,
        suggestion_id,
        field,
        lambda: assisting.withdraw_assist(store, visit.actor, part_id, reason, visit.now),
    )


def _beside(form: Form, decision: Decision) -> None:
    """What is missing is said beside its own field; the rules themselves are `deciding`'s."""
    if not decision.text.strip():
        form.fault("text", f"没有填写“{TEXT_NAMES[decision.route]}”。请填写后重试。")
    if decision.route == "handed" and not decision.lead:
        form.fault("lead", "没有选择主办单位。请选择一个。")
    if decision.route == "handed" and decision.key:
        form.line("chief", "领办领导")
        form.line("watcher", "督办领导")
    if decision.route == "transferred":
        form.line("to", "转交到哪里")


def _step(visit: Visit, form: Form, suggestion_id: str, field: str, step: Callable[[], object]) -> Page:
    status = attempt(form, field, step)
    if status is not None:
        return suggestion_page(visit, suggestion_id, form, status)
    return visit.go(f"/suggestions/{suggestion_id}")
