"""What is due of each kind, counted and erased by the same conditions; holds are part of them.

Nothing here looks at a setting or a clock: `before` is the day before which a thing must have been finished.
Erasing again finds nothing, because what is erased no longer meets its own condition.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection, Select, and_, delete, exists, func, or_, select

from voting.keeping.facts import Waiting
from voting.keeping.rules import Kind
from voting.rounds import Round
from voting.store.erasable import CHANGES, held, moment, of_proposers, of_words
from voting.store.tables import ballot, event, round_
from voting.store.tables.collecting import suggestion
from voting.store.tables.decks import deck
from voting.store.tables.keeping import hold

_UNUSED: Final = timedelta(days=365)
"""A deck that came early waits for its session at least so long."""
_OVER: Final = ("announced", "published", "void")


class Erasing:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, congress: str, kind: Kind, before: date) -> int:
        """How many things of this kind are due; of those that go one by one see `waiting`."""
        if kind in {"archives", "serials"}:
            return len(self.waiting(congress, kind, before))
        return sum(one.count(self._connection) for one in CHANGES[kind](congress, before))

    def erase(self, congress: str, kind: Kind, before: date) -> int:
        """All that is due of this kind, and how many. Not for the kinds that go one by one."""
        return sum(one.do(self._connection) for one in CHANGES[kind](congress, before))

    def erase_proposer(self, congress: str, suggestion_id: str) -> int:
        """What `proposers` erases, of one suggestion whatever its day."""
        changes = of_proposers(congress, _only(congress, suggestion_id))
        return sum(one.do(self._connection) for one in changes)

    def erase_words(self, congress: str, suggestion_id: str) -> int:
        """What `untaken` and `unpublished` erase, of one suggestion whatever its day."""
        return sum(one.do(self._connection) for one in of_words(congress, _only(congress, suggestion_id)))

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


def _only(congress: str, suggestion_id: str) -> Select[tuple[str]]:
    return select(suggestion.c.id).where(suggestion.c.congress == congress, suggestion.c.id == suggestion_id)


def _boxes(congress: str, before: date) -> Select[tuple[str, str, str]]:
    """Of rounds that are over and whose archive is not for everybody; also for those that never became
    public. Whether a published one may be recounted, its caller knows."""
    kept = exists().where(ballot.c.congress == round_.c.congress, ballot.c.round == round_.c.id)
    return (
        select(round_.c.id, round_.c.title, round_.c.session)
        .where(
            round_.c.congress == congress,
            round_.c.state.in_(_OVER),
            round_.c.opened_at < moment(before),
            round_.c.id.not_in(held(congress)),
            kept,
        )
        .order_by(round_.c.opened_at, round_.c.id)
    )


def _decks(congress: str, before: date) -> Select[tuple[str, str, str]]:
    of_deck = and_(round_.c.congress == deck.c.congress, round_.c.deck == deck.c.id)
    used = select(func.max(round_.c.opened_at)).where(of_deck).scalar_subquery()
    stopped = exists().where(of_deck, round_.c.id.in_(held(congress)))
    title = (deck.c.first + "—" + deck.c.last).label("title")
    return (
        select(deck.c.id, title, deck.c.session)
        .where(
            deck.c.congress == congress,
            deck.c.erased_at.is_(None),
            or_(used < moment(before), and_(used.is_(None), deck.c.loaded_at < moment(before) - _UNUSED)),
            ~stopped,
        )
        .order_by(deck.c.loaded_at, deck.c.id)
    )
