"""A desk in the county: short words for the steps that a test does not look at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.county import FIRST_DAY, Body
from voting.actors import Actor
from voting.days import today
from voting.handling import checking, deciding, working
from voting.handling.deciding import Decision
from voting.handling.facts import Handling
from voting.suggestions import Suggestion

TODAY = date(2026, 9, 1)


def on(day: date, hour: int = 2) -> datetime:
    """A moment of that day, in the morning in China."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def later(days: int) -> datetime:
    return FIRST_DAY + timedelta(days=days)


def handed(body: Body, item: Suggestion, *assists: int, **more: Any) -> Handling:
    """The first unit leads; its part."""
    units = [one.id for one in body.units]
    decision = Decision(
        route="handed",
        text="请研究办理并答复。",
        lead=units[0],
        assists=tuple(units[n] for n in assists),
        **more,
    )
    deciding.decide(body.store, body.staff, item.id, decision, body.now())
    return part_of(body, item)


def part_of(body: Body, item: Suggestion, unit: int = 0) -> Handling:
    """The newest part of this unit."""
    with body.store.read() as tx:
        parts = tx.handlings.of_suggestion(body.staff, item.id)
    return next(one for one in parts if one.unit == body.units[unit].id)


def now_of(body: Body, item: Suggestion) -> Suggestion:
    with body.store.read() as tx:
        return tx.suggestions.get(body.staff, item.id)


def accepted(body: Body, item: Suggestion, *assists: int, **more: Any) -> Handling:
    part = handed(body, item, *assists, **more)
    plan = "现场查看后列入本月维修计划。"
    return working.accept(body.store, body.unit, part.id, "孙工", plan, part.answer_by, body.now())


def met(body: Body, part: Handling, actor: Actor | None = None) -> None:
    working.record_contact(
        body.store,
        actor or body.unit,
        part.id,
        "meeting",
        today(body.now()),
        body.now(),
        with_whom="张代表",
        text="在村委会面商。",
    )


def submitted(body: Body, item: Suggestion, text: str = "路灯已经装好。") -> Handling:
    part = accepted(body, item)
    met(body, part)
    return working.answer(body.store, body.unit, part.id, text, "A", body.now())


def released(body: Body, item: Suggestion, text: str = "路灯已经装好。") -> Handling:
    part = submitted(body, item, text)
    return checking.release(body.store, body.staff, part.id, body.now())
