"""What is due of each kind, counted and erased by the same conditions; holds are part of them.

Nothing here looks at a setting or a clock: `before` is the day before which a thing must have been finished.
Erasing again finds nothing, because what is erased no longer meets its own condition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)

from voting.days import CHINA
from voting.handling.facts import CONTACT_NAMES
from voting.keeping.facts import ERASED, Waiting
from voting.keeping.rules import Kind
from voting.rounds import Round
from voting.store.tables import ballot, event, round_
from voting.store.tables.attending import liaison, liaison_contact
from voting.store.tables.checking_in import leave
from voting.store.tables.collecting import photo, sent_form, suggestion
from voting.store.tables.decks import deck
from voting.store.tables.handling import confirmation, contact, handling, happening
from voting.store.tables.keeping import hold
from voting.store.tables.ledger import export, export_part
from voting.store.tables.people import deputy, login, membership
from voting.store.tables.publicity import citizen_opinion, citizen_score

_NOBODY: Final = "erased-"
"""How the mark of a device begins that nobody has: the score stays, the device does not."""
_UNUSED: Final = timedelta(days=365)
"""A deck that came early waits for its session at least so long."""
_OVER: Final = ("announced", "published", "void")


class _Change:
    """Rows of one table that are due, and what becomes of them; without values they go."""

    def __init__(self, table: Table, which: ColumnElement[bool], **values: Any) -> None:
        self.table, self.which, self.values = table, which, values

    def count(self, connection: Connection) -> int:
        query = select(func.count()).select_from(self.table).where(self.which)
        return int(connection.execute(query).scalar() or 0)

    def do(self, connection: Connection) -> int:
        change = update(self.table).values(self.values) if self.values else delete(self.table)
        return int(connection.execute(change.where(self.which)).rowcount)


class Erasing:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, congress: str, kind: Kind, before: date) -> int:
        """How many things of this kind are due; of those that go one by one see `waiting`."""
        if kind in {"archives", "serials"}:
            return len(self.waiting(congress, kind, before))
        return sum(one.count(self._connection) for one in _CHANGES[kind](congress, before))

    def erase(self, congress: str, kind: Kind, before: date) -> int:
        """All that is due of this kind, and how many. Not for the kinds that go one by one."""
        return sum(one.do(self._connection) for one in _CHANGES[kind](congress, before))

    def erase_proposer(self, congress: str, suggestion_id: str) -> int:
        """What `proposers` erases, of one suggestion whatever its day."""
        of = select(suggestion.c.id).where(
            suggestion.c.congress == congress, suggestion.c.id == suggestion_id
        )
        return sum(one.do(self._connection) for one in _of_proposers(congress, of))

    def waiting(self, congress: str, kind: Kind, before: date) -> tuple[Waiting, ...]:
        """Boxes (`archives`) or decks (`serials`) that are due, oldest first."""
        query = _boxes(congress, before) if kind == "archives" else _decks(congress, before)
        return tuple(Waiting(**row) for row in self._connection.execute(query).mappings())

    def erase_box(self, of: Round) -> int:
        """The round's ballots and their events; how many ballots. Everything else of its record stays."""
        events = delete(event).where(
            event.c.congress == of.congress, event.c.round == of.id, event.c.ballot.is_not(None)
        )
        self._connection.execute(events)
        gone = delete(ballot).where(ballot.c.congress == of.congress, ballot.c.round == of.id)
        return int(self._connection.execute(gone).rowcount)

    def is_held(self, congress: str, subject: str) -> bool:
        """Whether a hold on it stands."""
        query = select(hold.c.id).where(
            hold.c.congress == congress, hold.c.subject == subject, hold.c.lifted_at.is_(None)
        )
        return self._connection.execute(query.limit(1)).first() is not None


def _moment(day: date) -> datetime:
    """Midnight in China, at which a day begins."""
    return datetime.combine(day, time.min, CHINA)


def _held(congress: str) -> Select[tuple[str]]:
    return select(hold.c.subject).where(hold.c.congress == congress, hold.c.lifted_at.is_(None))


def _finished(congress: str, before: date) -> Select[tuple[str]]:
    """Suggestions closed or refused before the day, that nobody holds, also through what they merged into."""
    refused = case((suggestion.c.state == "refused", suggestion.c.decided_at))
    free = and_(
        suggestion.c.id.not_in(_held(congress)),
        or_(suggestion.c.merged_into.is_(None), suggestion.c.merged_into.not_in(_held(congress))),
    )
    return select(suggestion.c.id).where(
        suggestion.c.congress == congress,
        func.coalesce(suggestion.c.closed_at, refused) < _moment(before),
        free,
    )


def _proposers(congress: str, before: date) -> Sequence[_Change]:
    return _of_proposers(congress, _finished(congress, before))


def _of_proposers(congress: str, of: Select[tuple[str]]) -> Sequence[_Change]:
    """A deputy who signed a 代表建议 did so in office: the name stays, the number goes."""
    private = and_(suggestion.c.proposer != "", suggestion.c.kind != "proposal")
    parts = select(handling.c.id).where(handling.c.congress == congress, handling.c.suggestion.in_(of))
    known = or_(contact.c.with_whom != ERASED, contact.c.note != "")
    told = and_(happening.c.what.in_(tuple(CONTACT_NAMES.values())), happening.c.text != ERASED)
    return (
        _Change(suggestion, _in(suggestion, congress, "id", of, private), proposer=""),
        _Change(suggestion, _in(suggestion, congress, "id", of, suggestion.c.phone != ""), phone=""),
        _Change(contact, _in(contact, congress, "handling", parts, known), with_whom=ERASED, note=""),
        _Change(happening, _in(happening, congress, "suggestion", of, told), text=ERASED),
        _Change(
            confirmation,
            _in(confirmation, congress, "suggestion", of, confirmation.c.text != ""),
            text="",
        ),
    )


def _in(
    table: Table, congress: str, column: str, of: Select[tuple[str]], more: ColumnElement[bool]
) -> ColumnElement[bool]:
    return and_(table.c.congress == congress, table.c[column].in_(of), more)


def _photos(congress: str, before: date) -> Sequence[_Change]:
    hidden = or_(suggestion.c.released_at.is_(None), suggestion.c.kind == "complaint")
    of = _finished(congress, before).where(hidden)
    return (
        _Change(photo, and_(photo.c.congress == congress, photo.c.suggestion.in_(of))),
        _Change(suggestion, _in(suggestion, congress, "id", of, suggestion.c.photos > 0), photos=0),
    )


def _opinions(congress: str, before: date) -> Sequence[_Change]:
    at = func.coalesce(citizen_opinion.c.judged_at, citizen_opinion.c.sent_at)
    due = and_(citizen_opinion.c.congress == congress, at < _moment(before))
    hidden = and_(due, citizen_opinion.c.state != "released", citizen_opinion.c.text != ERASED)
    scored = and_(
        citizen_score.c.congress == congress,
        citizen_score.c.at < _moment(before),
        citizen_score.c.device.not_like(f"{_NOBODY}%"),
    )
    return (
        _Change(citizen_opinion, hidden, name="", text=ERASED),
        _Change(citizen_opinion, and_(due, citizen_opinion.c.name != ""), name=""),
        _Devices(citizen_score, scored),
    )


class _Devices(_Change):
    """Every score gets a mark of its own, which is nobody's."""

    def do(self, connection: Connection) -> int:
        rows = connection.execute(
            select(citizen_score.c.congress, citizen_score.c.project, citizen_score.c.device).where(
                self.which
            )
        ).all()
        for row in rows:
            here = and_(
                citizen_score.c.congress == row.congress,
                citizen_score.c.project == row.project,
                citizen_score.c.device == row.device,
            )
            connection.execute(update(citizen_score).where(here).values(device=f"{_NOBODY}{uuid4().hex}"))
        return len(rows)


def _liaisons(congress: str, before: date) -> Sequence[_Change]:
    ended = (
        liaison.c.congress == congress,
        liaison.c.other.is_(None),
        liaison.c.ended_at < _moment(before),
    )
    of = select(liaison.c.id).where(*ended)
    noted = liaison_contact.c.note != ERASED
    return (
        _Change(liaison_contact, _in(liaison_contact, congress, "liaison", of, noted), note=ERASED),
        _Change(liaison, and_(*ended, liaison.c.name != ERASED), name=ERASED, village=None),
    )


def _deputy_phones(congress: str, before: date) -> Sequence[_Change]:
    left = and_(deputy.c.congress == congress, deputy.c.ended_on < before, deputy.c.phone != "")
    return (_Change(deputy, left, phone=""),)


def _leaves(congress: str, before: date) -> Sequence[_Change]:
    old = and_(leave.c.congress == congress, leave.c.noted_at < _moment(before), leave.c.reason != ERASED)
    return (_Change(leave, old, reason=ERASED),)


def _logins(congress: str, before: date) -> Sequence[_Change]:
    """Accounts belong to no congress: of those who work or worked in this one."""
    people = select(membership.c.account).where(membership.c.congress == congress)
    over = func.coalesce(login.c.ended_at, login.c.expires) < _moment(before)
    return (_Change(login, and_(login.c.account.in_(people), over)),)


def _workbooks(congress: str, before: date) -> Sequence[_Change]:
    old = and_(export.c.congress == congress, export.c.started_at < _moment(before))
    parts = and_(export_part.c.congress == congress, export_part.c.export.in_(select(export.c.id).where(old)))
    hour = int(_moment(before).timestamp()) // 3600
    counted = and_(sent_form.c.congress == congress, sent_form.c.hour < hour)
    return (_Change(export_part, parts), _Change(export, old), _Change(sent_form, counted))


def _one_by_one(_: str, __: date) -> Sequence[_Change]:
    return (_Change(round_, false()),)


def _boxes(congress: str, before: date) -> Select[tuple[str, str, str]]:
    """Of rounds that are over and whose archive is not for everybody; also for those that never became
    public. Whether a published one may be recounted, its caller knows."""
    kept = exists().where(ballot.c.congress == round_.c.congress, ballot.c.round == round_.c.id)
    return (
        select(round_.c.id, round_.c.title, round_.c.session)
        .where(
            round_.c.congress == congress,
            round_.c.state.in_(_OVER),
            round_.c.opened_at < _moment(before),
            round_.c.id.not_in(_held(congress)),
            kept,
        )
        .order_by(round_.c.opened_at, round_.c.id)
    )


def _decks(congress: str, before: date) -> Select[tuple[str, str, str]]:
    of_deck = and_(round_.c.congress == deck.c.congress, round_.c.deck == deck.c.id)
    used = select(func.max(round_.c.opened_at)).where(of_deck).scalar_subquery()
    held = exists().where(of_deck, round_.c.id.in_(_held(congress)))
    title = (deck.c.first + "—" + deck.c.last).label("title")
    return (
        select(deck.c.id, title, deck.c.session)
        .where(
            deck.c.congress == congress,
            deck.c.erased_at.is_(None),
            or_(used < _moment(before), and_(used.is_(None), deck.c.loaded_at < _moment(before) - _UNUSED)),
            ~held,
        )
        .order_by(deck.c.loaded_at, deck.c.id)
    )


_CHANGES: Final[dict[Kind, Callable[[str, date], Sequence[_Change]]]] = {
    "proposers": _proposers,
    "photos": _photos,
    "opinions": _opinions,
    "liaisons": _liaisons,
    "deputy_phones": _deputy_phones,
    "leaves": _leaves,
    "logins": _logins,
    "serials": _one_by_one,
    "archives": _one_by_one,
    "workbooks": _workbooks,
}
