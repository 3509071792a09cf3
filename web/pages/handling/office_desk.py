"""`…/handling`: what waits for the office, the most urgent first; several handed over at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Literal

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand
from voting.handling import deciding
from voting.handling.clocks import decide_by
from voting.handling.deciding import Decision
from voting.handling.desk import rules
from voting.handling.facts import HANDLING_NAMES
from voting.handling.keeping import years_without_holidays
from voting.handling.lights import light, rule
from voting.store import Transaction
from voting.suggestions import KIND_NAMES, STANDING_NAMES, Standing
from web.access import Visit
from web.forms import Form
from web.pages.handling.attempt import attempt
from web.pages.handling.suggestion import unit_names

Queue = Literal["decide", "late", "check", "extension", "answered", "work"]
QUEUES: Final[dict[Queue, str]] = {
    "decide": "等待分办",
    "late": "已超期",
    "check": "答复待审核",
    "extension": "延期待批",
    "work": "办理中",
    "answered": "等待评价和办结",
}
SHOWN: Final = 100
_STATES: Final[dict[Queue, tuple[Standing, ...]]] = {
    "decide": ("registered",),
    "late": ("registered", "assigned"),
    "work": ("assigned",),
    "answered": ("answered",),
}


@get("/handling", sync_to_thread=True)
def desk(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """`?queue=` one of QUEUES; without it, what is to be decided."""
    demand(visit.actor, "route")
    asked = form.typed("queue", "decide")
    queue: Queue = next((one for one in QUEUES if one == asked), "decide")
    return _page(visit, queue, Form())


@post("/handling", sync_to_thread=True)
def batch(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """批量交办 of the ticked ones."""
    decision = Decision(
        route="handed",
        text=form.typed("text"),
        lead=form.typed("lead"),
        assists=tuple(form.values.get("assists", ())),
    )
    chosen = tuple(form.values.get("chosen", ()))
    store = visit.house.store
    status = attempt(
        form, "text", lambda: deciding.hand_over_many(store, visit.actor, chosen, decision, visit.now)
    )
    return visit.go("/handling") if status is None else _page(visit, "decide", form, status)


def _page(visit: Visit, queue: Queue, form: Form, status: int = 200) -> Response[str]:
    day = today(visit.now)
    with visit.house.store.read() as tx:
        clocks, calendar = rules(tx, visit.actor.congress)
        rows = _rows(tx, visit, queue, day)
        for row in rows:
            due = row["due"]
            if due is None and row["item"].state == "registered":
                due = decide_by(clocks, calendar, today(row["item"].received_at))
            row["light"] = light(due, day, clocks.yellow)
        context = {
            "rows": rows,
            "sizes": _sizes(tx, visit, day),
            "units": {one.id: one.name for one in tx.units.current(visit.actor.congress)},
            "no_holidays": years_without_holidays(tx.handlings.workdays(visit.actor.congress), visit.now),
        }
    return visit.page(
        "handling/desk.html",
        status,
        form=form,
        queue=queue,
        queues=QUEUES,
        kinds=KIND_NAMES,
        standings=STANDING_NAMES,
        states=HANDLING_NAMES,
        rule=rule(clocks.yellow),
        shown=SHOWN,
        year=today(visit.now).year,
        **context,
    )


def _rows(tx: Transaction, visit: Visit, queue: Queue, day: date) -> list[dict[str, Any]]:
    names = unit_names(tx, visit)
    if queue in {"check", "extension"}:
        return [
            {"item": item, "unit": names.get(part.unit, ""), "due": part.answer_by}
            for part, item in tx.handlings.waiting(visit.actor, queue, SHOWN)
        ]
    found = tx.handlings.inbox(visit.actor, _STATES[queue], SHOWN, due_by=_before(queue, day))
    leads = tx.handlings.leads(visit.actor, [item.id for item in found])
    return [{"item": item, "unit": names.get(leads.get(item.id, ""), ""), "due": item.due} for item in found]


def _sizes(tx: Transaction, visit: Visit, day: date) -> dict[Queue, int]:
    """How many wait in each queue; for checks and extensions at most as many as are shown."""
    sizes: dict[Queue, int] = {
        queue: tx.handlings.inbox_size(visit.actor, states, due_by=_before(queue, day))
        for queue, states in _STATES.items()
    }
    sizes["check"] = len(tx.handlings.waiting(visit.actor, "check", SHOWN))
    sizes["extension"] = len(tx.handlings.waiting(visit.actor, "extension", SHOWN))
    return sizes


def _before(queue: Queue, day: date) -> date | None:
    return day - timedelta(days=1) if queue == "late" else None
