"""`/unit/{link}/items…`: what was handed to a unit, and one of them from 三定 to the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.handling import working
from voting.handling.clocks import latest_extension
from voting.handling.desk import File, open_file, rules
from voting.handling.facts import CONTACT_NAMES, RESULT_NAMES, Handling, HandlingState
from voting.handling.following import (
    missing_before_answer,
    needs_three_fixed,
    next_of_handling,
)
from voting.handling.lights import light, rule
from voting.store import Transaction
from voting.suggestions import Suggestion
from web.access import Visit
from web.forms import Form
from web.pages.handling.attempt import attempt
from web.pages.handling.suggestion import NAMES, facts_of, part_light, unit_names

Page = Response[str] | Redirect
SHOWN: Final = 300
"""At work; nobody scrolls further, and the most urgent come first."""
SHOWN_DONE: Final = 100
_DONE: Final[tuple[HandlingState, ...]] = ("released", "returned", "ended")


@get("/items", sync_to_thread=True)
def items(visit: NamedDependency[Visit]) -> Response[str]:
    """The unit's own, the nearest last day first; below, what is done."""
    day = today(visit.now)
    with visit.house.store.read() as tx:
        clocks, _ = rules(tx, visit.actor.congress)
        at_work = tx.handlings.of_unit(visit.actor, limit=SHOWN)
        contacts = tx.handlings.contacts(part for part, _ in at_work)
        done = tx.handlings.of_unit(visit.actor, _DONE, SHOWN_DONE)
    rows: list[dict[str, Any]] = []
    for part, item in at_work:
        step = next_of_handling(item.kind, part, contacts)
        due = part.answer_by if step is None else step.due
        rows.append(
            {"part": part, "item": item, "step": step, "due": due, "light": light(due, day, clocks.yellow)}
        )
    rows.sort(key=lambda row: row["due"])
    return visit.page("handling/items.html", rows=rows, done=done, rule=rule(clocks.yellow), **NAMES)


@get("/items/{part_id:str}", sync_to_thread=True)
def item(visit: NamedDependency[Visit], part_id: FromPath[str]) -> Response[str]:
    """One of them."""
    return _page(visit, part_id, Form())


@post("/items/{part_id:str}/accept", sync_to_thread=True)
def accept(visit: NamedDependency[Visit], form: NamedDependency[Form], part_id: FromPath[str]) -> Page:
    """签收 with 三定."""
    officer, plan = form.line("officer", "经办人员"), form.typed("plan")
    promised = form.day("promised", "办理时限")
    return _step(
        visit,
        form,
        part_id,
        "plan",
        lambda: working.accept(visit.house.store, visit.actor, part_id, officer, plan, promised, visit.now),
    )


@post("/items/{part_id:str}/return", sync_to_thread=True)
def give_back(visit: NamedDependency[Visit], form: NamedDependency[Form], part_id: FromPath[str]) -> Page:
    """退回."""
    reason = form.typed("return_reason")
    store = visit.house.store
    return _step(
        visit,
        form,
        part_id,
        "return_reason",
        lambda: working.give_back(store, visit.actor, part_id, reason, visit.now),
    )


@post("/items/{part_id:str}/extension", sync_to_thread=True)
def extend(visit: NamedDependency[Visit], form: NamedDependency[Form], part_id: FromPath[str]) -> Page:
    """申请延期."""
    until, reason = form.day("until", "延期到哪一天"), form.typed("wanted_reason")
    store = visit.house.store
    return _step(
        visit,
        form,
        part_id,
        "wanted_reason",
        lambda: working.ask_extension(store, visit.actor, part_id, until, reason, visit.now),
    )


@post("/items/{part_id:str}/contact", sync_to_thread=True)
def contact(visit: NamedDependency[Visit], form: NamedDependency[Form], part_id: FromPath[str]) -> Page:
    """三访 or 面商."""
    kind = form.choice("contact_kind", "联系方式", tuple(CONTACT_NAMES))
    day, whom = form.day("contact_day", "联系日期"), form.line("with_whom", "与谁联系")
    text, store = form.typed("contact_note"), visit.house.store
    return _step(
        visit,
        form,
        part_id,
        "contact_day",
        lambda: working.record_contact(
            store, visit.actor, part_id, kind, day, visit.now, with_whom=whom, text=text
        ),
    )


@post("/items/{part_id:str}/answer", sync_to_thread=True)
def answer(visit: NamedDependency[Visit], form: NamedDependency[Form], part_id: FromPath[str]) -> Page:
    """答复."""
    result, text = form.choice("result", "办理结果", tuple(RESULT_NAMES)), form.typed("answer")
    store = visit.house.store
    return _step(
        visit,
        form,
        part_id,
        "answer",
        lambda: working.answer(store, visit.actor, part_id, text, result, visit.now),
    )


def _step(visit: Visit, form: Form, part_id: str, field: str, step: Callable[[], object]) -> Page:
    status = attempt(form, field, step)
    return visit.go(f"/items/{part_id}") if status is None else _page(visit, part_id, form, status)


def _page(visit: Visit, part_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        part = tx.handlings.get(visit.actor, part_id)
        found = tx.suggestions.get(visit.actor, part.suggestion)
        file = open_file(tx, visit.actor, found)
        context = {**facts_of(tx, visit, found), **_part_facts(tx, visit, file, part)}
    return visit.page("handling/item.html", status, form=form, **NAMES, **context)


def _part_facts(tx: Transaction, visit: Visit, file: File, part: Handling) -> dict[str, Any]:
    item, day = file.item, today(visit.now)
    beside = tx.handlings.beside(part)
    names = unit_names(tx, visit)
    return {
        "part": part,
        "step": next_of_handling(item.kind, part, file.contacts),
        "light": part_light(file, part, visit),
        "missing": missing_before_answer(item.kind, part, file.contacts, file.clocks),
        "contacts": [one for one in file.contacts if one.handling == part.id],
        "beside": [(names.get(one.unit, ""), one) for one in beside if one.state != "ended"],
        "heavy": needs_three_fixed(item.kind),
        "may": _open_steps(item, part, day),
        "latest": latest_extension(file.clocks, file.calendar, today(part.handed_at)),
        "today": day,
        "clocks": file.clocks,
    }


def _open_steps(item: Suggestion, part: Handling, day: date) -> dict[str, bool]:
    """Which forms the page shows."""
    heavy_lead = needs_three_fixed(item.kind) and part.part == "lead"
    return {
        "accept": part.state in {"handed", "accepted"} and heavy_lead,
        "return": part.state == "handed",
        "late": part.return_by is not None and day > part.return_by,
        "extend": part.state in {"handed", "accepted"}
        and part.extension != "asked"
        and day <= part.answer_by,
        "contact": part.part == "lead"
        and part.state in {"accepted", "submitted", "released"}
        and item.state != "closed",
        "answer": part.state in {"accepted", "submitted"} or (part.state == "handed" and not heavy_lead),
    }
