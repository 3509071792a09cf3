"""三促 of 整改 and of measures after an inquiry: before, on and after the last day. Repeatable."""

from __future__ import annotations

from datetime import date, datetime

from voting.actors import system
from voting.days import today
from voting.handling.reminding import Moment, Reminder, moment_of
from voting.rating.inquiries import Inquiry
from voting.rating.rectifications import STATE_NAMES, Rectification
from voting.rating.settings import RatingSettings
from voting.store import Store, Transaction

_WORDS: dict[Moment, str] = {"before": "快到期", "at": "今天到期", "after": "已超期"}


def remind(store: Store, congress: str, now: datetime) -> tuple[Reminder, ...]:
    """Write what is due soon, today or overdue; what was reminded of for the same day is not written again.

    For the installation's own command. Raises NotFound for an unknown congress.
    """
    with store.write() as tx:
        tx.sessions.congress(congress)
        yellow = tx.settings.get(congress, RatingSettings).yellow
        found = [
            *_of_matters(tx, congress, today(now), yellow),
            *_of_inquiries(tx, congress, today(now), yellow),
        ]
        for one in found:
            _write(tx, congress, one, now)
    return tuple(found)


def _of_matters(tx: Transaction, congress: str, day: date, yellow: int) -> list[Reminder]:
    """The unit while it has to work, the office while it has to judge."""
    found: list[Reminder] = []
    for one in tx.rectifications.listing(system(congress)):
        moment = moment_of(one.due, day, yellow) if one.open else None
        if moment is not None:
            found.append(_of_matter(one, moment))
    return found


def _of_matter(one: Rectification, moment: Moment) -> Reminder:
    units_turn = one.state in {"ordered", "working"}
    return Reminder(
        kind=f"rectification_{moment}",
        moment=moment,
        text=f"{_WORDS[moment]}：整改“{one.title[:60]}”{STATE_NAMES[one.state]}"[:120],
        path=f"/rectifications/{one.id}",
        about=one.id,
        due=one.due,
        unit=one.unit if units_turn else None,
        role=None if units_turn else "staff",
    )


def _of_inquiries(tx: Transaction, congress: str, day: date, yellow: int) -> list[Reminder]:
    held = [one for one in tx.inquiries.listing(system(congress), congress) if one.due is not None]
    waiting = {(one.inquiry, one.unit) for one in tx.inquiries.units(held) if not one.measures}
    found = []
    for one in held:
        moment = moment_of(one.due, day, yellow) if one.due else None
        if moment is not None:
            units = [unit for inquiry, unit in sorted(waiting) if inquiry == one.id]
            found += [_of_inquiry(one, unit, moment) for unit in units]
    return found


def _of_inquiry(one: Inquiry, unit: str, moment: Moment) -> Reminder:
    return Reminder(
        kind=f"measures_{moment}",
        moment=moment,
        text=f"{_WORDS[moment]}：专题询问“{one.title[:60]}”的整改措施"[:120],
        path=f"/inquiries/{one.id}",
        about=one.id,
        due=one.due or one.day,
        unit=unit,
    )


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
        role=one.role,
    )
