"""What every step of 承办 does besides its own: lock, write 办理经过 and the log, find the next day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor, Forbidden, system
from voting.days import today
from voting.handling.clocks import Calendar, Clocks, evaluate_by
from voting.handling.facts import Confirmation, Contact, Handling, Happening
from voting.handling.following import Step, earliest, next_of
from voting.handling.refusals import FollowsAnother, HandlingInput
from voting.store import Transaction
from voting.suggestions import Suggestion
from voting.text import clean_line, clean_prose


class File(Struct, frozen=True, kw_only=True):
    """A suggestion with everything about its handling that its reader may see."""

    item: Suggestion
    handlings: tuple[Handling, ...]
    contacts: tuple[Contact, ...]
    confirmations: tuple[Confirmation, ...]
    clocks: Clocks
    calendar: Calendar

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is next, and who must do it."""
        return next_of(
            self.item, self.handlings, self.contacts, self.confirmations, self.clocks, self.calendar
        )


def rules(tx: Transaction, congress: str) -> tuple[Clocks, Calendar]:
    """The clocks of a congress and the calendar they run over."""
    return tx.settings.get(congress, Clocks), Calendar.of(tx.handlings.workdays(congress))


def open_file(tx: Transaction, actor: Actor, item: Suggestion) -> File:
    """Of a suggestion that the actor has fetched."""
    handlings = tx.handlings.of_suggestion(actor, item.id)
    clocks, calendar = rules(tx, item.congress)
    return File(
        item=item,
        handlings=handlings,
        contacts=tx.handlings.contacts(handlings),
        confirmations=tx.handlings.confirmations(item),
        clocks=clocks,
        calendar=calendar,
    )


def whole_file(tx: Transaction, item: Suggestion) -> File:
    """All of it, for the rules; what is shown goes through `open_file`."""
    return open_file(tx, system(item.congress), item)


def lock_main(tx: Transaction, actor: Actor, suggestion_id: str) -> Suggestion:
    """Raises NotFound, FollowsAnother."""
    item = tx.suggestions.lock(actor, suggestion_id)
    if item.merged_into is not None:
        raise FollowsAnother
    return item


def lock_part(tx: Transaction, actor: Actor, handling_id: str) -> tuple[Suggestion, Handling]:
    """A unit's part and its suggestion, under the suggestion's lock. Raises NotFound."""
    found = tx.handlings.get(actor, handling_id)
    item = tx.suggestions.lock(actor, found.suggestion)
    return item, tx.handlings.get(actor, handling_id)


def own_part(tx: Transaction, actor: Actor, handling_id: str) -> tuple[Suggestion, Handling]:
    """As `lock_part`, for the unit that has it. Raises NotFound, Forbidden."""
    item, part = lock_part(tx, actor, handling_id)
    if part.unit != actor.unit:
        raise Forbidden
    return item, part


def note(  # noqa: PLR0913 - one argument for each fact of a line
    tx: Transaction,
    actor: Actor,
    item: Suggestion,
    what: str,
    text: str,
    now: datetime,
    *,
    unit: str | None = None,
    by: str | None = None,
) -> None:
    """One line of 办理经过; `unit` if it is one unit's affair."""
    line = Happening(
        id=uuid4().hex,
        congress=item.congress,
        suggestion=item.id,
        unit=unit,
        at=now,
        by=actor.name if by is None else by,
        what=what,
        text=text,
    )
    tx.handlings.add_happening(line)


def note_agreement(
    tx: Transaction, actor: Actor, item: Suggestion, what: str, agreed: str, now: datetime
) -> None:
    """That the deputy agreed to `what`, where the office's rules ask for it; nothing elsewhere.

    Raises TextError, HandlingInput.
    """
    said = clean_prose(agreed, "提出代表同意的情况")
    if item.kind == "proposal" and rules(tx, item.congress)[0].proposer_agrees and not said:
        raise HandlingInput(
            f"按本级的设置，代表建议{what}以前要征得提出代表同意。请写明哪一天、怎样征得同意的。"
        )
    if said:
        note(tx, actor, item, f"提出代表同意{what}", said, now)


def change_item(
    tx: Transaction, actor: Actor, item: Suggestion, what: str, now: datetime, **changes: object
) -> Suggestion:
    """Change the suggestion and every source that was merged into it, and log both."""
    audit(tx, actor, what, now, "suggestion", item, changes)
    after = tx.suggestions.change(item, **changes)
    shared = {name: changes[name] for name in changes if name in _SHARED}
    for source in tx.suggestions.merged_into(system(item.congress), item.id):
        own = dict(shared)
        if own.get("state") == "answered" and source.kind in {"clue", "complaint"}:
            own.update(state="closed", closed_at=now)
        if own:
            audit(tx, actor, what, now, "suggestion", source, own)
            tx.suggestions.change(source, **own)
    return after


def change_part(
    tx: Transaction, actor: Actor, part: Handling, what: str, now: datetime, **changes: object
) -> Handling:
    """Change one unit's part, and log it."""
    audit(tx, actor, what, now, "handling", part, changes)
    return tx.handlings.change(part, **changes)


def audit(
    tx: Transaction,
    actor: Actor,
    what: str,
    now: datetime,
    table: str,
    before: Suggestion | Handling,
    changes: Mapping[str, object],
) -> None:
    """The fields that differ, before and after."""
    differing = {name: value for name, value in changes.items() if getattr(before, name) != value}
    tx.audit.add(
        actor,
        what,
        now,
        table,
        before.id,
        congress=before.congress,
        before={name: getattr(before, name) for name in differing},
        after=differing,
    )


def set_due(tx: Transaction, item: Suggestion) -> Suggestion:
    """Keep `due`, by which lists are sorted, in step with what is next."""
    file = whole_file(tx, item)
    due = earliest(file.steps)
    return item if due == item.due else tx.suggestions.change(item, due=due)


def give_answer(tx: Transaction, actor: Actor, item: Suggestion, text: str, now: datetime) -> Suggestion:
    """The proposer, and the proposer of every source, gets this answer. A clue is closed with it."""
    light = item.kind in {"clue", "complaint"}
    after = change_item(
        tx,
        actor,
        item,
        "answer",
        now,
        answer=text,
        answered_at=now,
        state="closed" if light and not _waits(tx, item) else "answered",
        closed_at=now if light and not _waits(tx, item) else None,
    )
    return set_due(tx, after)


def evaluation_day(file: File) -> str:
    """Until when the deputy may evaluate, as a reader's day; empty where no rule sets one."""
    if file.item.answered_at is None:
        return ""
    until = evaluate_by(file.clocks, file.calendar, today(file.item.answered_at))
    return "" if until is None else f"{until.year}年{until.month}月{until.day}日"


def words(text: str, field: str) -> str:
    """Several lines that must be filled in. Raises TextError, HandlingInput."""
    clean = clean_prose(text, field)
    if not clean:
        raise HandlingInput(f"没有填写“{field}”。请填写后重试。")
    return clean


def name(text: str, field: str) -> str:
    """One line that must be filled in. Raises TextError."""
    return clean_line(text, field)


_SHARED = frozenset({"state", "answer", "answered_at", "closed_at"})
"""What a merged source has from the one it was merged into."""


def _waits(tx: Transaction, item: Suggestion) -> bool:
    """Whether a source needs its proposer's word, though the main one does not."""
    sources = tx.suggestions.merged_into(system(item.congress), item.id)
    return any(source.kind in {"proposal", "opinion"} for source in sources)
