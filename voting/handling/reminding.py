"""三促: before, on and after the day that counts, everybody whose step it is finds a notice. Repeatable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.actors import Role, system
from voting.days import today
from voting.handling.clocks import Clocks
from voting.handling.desk import rules
from voting.handling.facts import Contact, Handling
from voting.handling.following import Step, next_of, next_of_handling
from voting.store import Store, Transaction
from voting.suggestions import Suggestion

Moment = Literal["before", "at", "after"]
MOST_REMINDED: Final = 5000
"""Suggestions of one office looked at in one run, the most urgent first."""
_AT_ONCE: Final = 200
"""Notices written in one transaction: nobody else waits long."""
_WORDS: Final[dict[Moment, str]] = {"before": "快到期", "at": "今天到期", "after": "已超期"}


class Reminder(Struct, frozen=True, kw_only=True):
    """One notice: to a unit, to a deputy, or to everybody with a role. `path` lies below their own pages."""

    kind: str
    moment: Moment
    text: str
    path: str
    about: str
    due: date
    unit: str | None = None
    deputy: str | None = None
    role: Role | None = None


def remind(store: Store, congress: str, now: datetime) -> tuple[Reminder, ...]:
    """Write what is due soon, today or overdue; what was reminded of for the same day is not written again.

    For the installation's own command. Raises NotFound for an unknown congress.
    """
    with store.read() as tx:
        found = (*_of_units(tx, congress, now), *_of_offices(tx, congress, now))
    write(store, congress, found, now)
    return found


def write(store: Store, congress: str, found: Sequence[Reminder], now: datetime) -> None:
    """The notices of reminders, a bounded number at once; what was written before is not written again."""
    for start in range(0, len(found), _AT_ONCE):
        with store.write() as tx:
            for one in found[start : start + _AT_ONCE]:
                _write(tx, congress, one, now)


def _write(tx: Transaction, congress: str, one: Reminder, now: datetime) -> None:
    tx.notices.add(
        congress,
        kind=one.kind,
        text=one.text,
        path=one.path,
        about=one.about,
        due=one.due,
        at=now,
        unit=one.unit,
        deputy=one.deputy,
        role=one.role,
    )


def moment_of(due: date, day: date, yellow: int) -> Moment | None:
    """Which of the three it is time for; None while there is plenty of time."""
    left = (due - day).days
    if left < 0:
        return "after"
    if left == 0:
        return "at"
    return "before" if left <= yellow else None


def _of_units(tx: Transaction, congress: str, now: datetime) -> list[Reminder]:
    clocks, _ = rules(tx, congress)
    pairs = tx.handlings.at_work(congress)
    contacts = tx.handlings.contacts(part for part, _ in pairs)
    found: list[Reminder] = []
    for part, item in pairs:
        reminder = _unit_reminder(part, item, contacts, clocks, today(now))
        if reminder is not None:
            found.append(reminder)
    return found


def _unit_reminder(
    part: Handling, item: Suggestion, contacts: tuple[Contact, ...], clocks: Clocks, day: date
) -> Reminder | None:
    step = next_of_handling(item.kind, part, contacts)
    if step is None or step.due is None:
        return None
    moment = moment_of(step.due, day, clocks.yellow)
    if moment is None:
        return None
    return Reminder(
        kind=f"due_{moment}",
        moment=moment,
        text=_text(moment, step, item),
        path=f"/items/{part.id}",
        about=part.id,
        due=step.due,
        unit=part.unit,
    )


def _of_offices(tx: Transaction, congress: str, now: datetime) -> list[Reminder]:
    """Decisions and checks of the office, and the deputy's evaluation."""
    clocks, calendar = rules(tx, congress)
    office = system(congress)
    roles: tuple[Role, ...] = ("staff", "government_office")
    if tx.sessions.congress(congress).level == "town":
        roles = ("staff",)
    steps = [
        (item, step)
        for item in tx.handlings.inbox(office, ("registered", "answered"), MOST_REMINDED)
        if item.state == "registered" or item.due is not None
        for step in next_of(item, (), (), (), clocks, calendar)
    ]
    for part, item in tx.handlings.waiting(office, "check", MOST_REMINDED):
        steps.append((item, Step(who="office", words="审核答复", due=part.answer_by)))
    return [one for item, step in steps for one in _item_reminders(item, step, roles, clocks, today(now))]


def _item_reminders(
    item: Suggestion, step: Step, roles: tuple[Role, ...], clocks: Clocks, day: date
) -> list[Reminder]:
    moment = None if step.due is None else moment_of(step.due, day, clocks.yellow)
    if step.due is None or moment is None:
        return []
    to: tuple[Role | None, ...] = roles if step.who == "office" else (None,)
    found = [_of_item(item, step, moment, step.due, role) for role in to]
    return [one for one in found if one.role is not None or one.deputy is not None]


def _of_item(item: Suggestion, step: Step, moment: Moment, due: date, role: Role | None) -> Reminder:
    """To the office's people with this role; without one, to the deputy who filed it."""
    return Reminder(
        kind=f"{'office' if role else 'evaluate'}_{moment}",
        moment=moment,
        text=_text(moment, step, item),
        path=f"/suggestions/{item.id}",
        about=item.id,
        due=due,
        role=role,
        deputy=None if role else item.deputy,
    )


def _text(moment: Moment, step: Step, item: Suggestion) -> str:
    return f"{_WORDS[moment]}：{item.label}“{item.title[:60]}”{step.words}"[:120]
