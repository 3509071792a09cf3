"""The ballots of a round, by digest: opaque bytes of which each names its card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import SystemRandom
from typing import Literal, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    LargeBinary,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from voting.actors import Actor, NotFound
from voting.cycle import State
from voting.rounds import Round
from voting.store.straight import Conflict, Straight
from voting.store.tables import HASH, ballot, card, round_, session
from voting.store.visible import is_code, is_hash, is_id, visible_rounds

CardState = Literal["unused", "used", "dead", "unknown"]

_PAGE = 100
"""Ballots in memory at once while a round is closed."""
_ROOM = "PRAGMA cache_size=-32768"
"""KB of SQLite's memory for a connection that closes a round: with the usual 2 MB it reads each page of 3,000
ballots again and again, which costs twice the CPU."""
_CHANCE = SystemRandom()
"""Decides nothing but where rows lie."""

# These two statements are all that casting asks of the database: written once, prepared by the driver.
_GATE = Straight(
    select(
        round_.c.congress,
        round_.c.state,
        round_.c.election,
        card.c.dead,
        ballot.c.digest,
    )
    .select_from(
        round_.join(session, and_(session.c.congress == round_.c.congress, session.c.id == round_.c.session))
        .outerjoin(
            card,
            and_(
                card.c.congress == round_.c.congress,
                card.c.round == round_.c.id,
                card.c.credential == bindparam("credential"),
            ),
        )
        .outerjoin(
            ballot,
            and_(
                ballot.c.congress == card.c.congress,
                ballot.c.round == card.c.round,
                ballot.c.credential == card.c.credential,
            ),
        )
    )
    .where(
        round_.c.id == bindparam("round"),
        round_.c.state != "drafted",
        round_.c.method == "electronic",
        session.c.code == bindparam("code"),
    )
)
_PUT = Straight(
    insert(ballot).from_select(
        ["congress", "round", "digest", "credential", "body"],
        select(
            card.c.congress,
            card.c.round,
            bindparam("digest", type_=HASH),
            card.c.credential,
            bindparam("body", type_=LargeBinary),
        )
        .select_from(
            card.join(round_, and_(round_.c.congress == card.c.congress, round_.c.id == card.c.round))
        )
        .where(
            card.c.congress == bindparam("congress"),
            card.c.round == bindparam("round"),
            card.c.credential == bindparam("credential"),
            card.c.dead.is_(False),
            round_.c.state == "open",
        )
        .with_for_update(read=True, of=[round_, card]),
    )
)


class Gate(Struct, frozen=True, kw_only=True):
    """Where a card stands in a round: all that is looked at before a ballot's proofs are checked."""

    congress: str
    state: State
    election: bytes
    card: CardState
    digest: str | None
    """Of the ballot that used the card."""


class Sealed(NamedTuple):
    """A ballot on its way into the box; its proofs hold."""

    credential: str
    digest: str
    body: bytes


class Box:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def gate(self, session_code: str, round_id: str, credential: str) -> Gate:
        """Asked by whoever holds a card, without an actor. Raises NotFound for a round of another session."""
        if not (is_code(session_code) and is_id(round_id)):
            raise _no_such_round()
        if not is_hash(credential):
            credential = ""
        values = {"code": session_code, "round": round_id, "credential": credential}
        rows = _GATE.run(self._connection, values).fetchall()
        if not rows:
            raise _no_such_round()
        congress, state, election, dead, digest = rows[0]
        return Gate(
            congress=congress,
            state=state,
            election=election or b"",
            card=_card_state(dead, digest),
            digest=digest,
        )

    def put(self, congress: str, round_id: str, credential: str, digest: str, body: bytes) -> bool:
        """Use the card for this ballot, if the round is open and the card may still vote.

        One statement, which is a transaction by itself. On PostgreSQL it locks the rows it looks at, the
        round's and the card's, in share mode: closing waits for it, or it sees the round closed. On SQLite
        writers take turns. False when nothing was written: `gate` says why.
        """
        values = _values(congress, round_id, Sealed(credential, digest, body))
        try:
            return _PUT.run(self._connection, values).rowcount == 1
        except Conflict:  # another ballot of this card came first, perhaps on another machine
            return False

    def put_together(self, congress: str, round_id: str, ballots: Sequence[Sealed]) -> bool:
        """`put` for several ballots, which share one commit. False when not all were written: `gate` says of
        each whether, and why not.

        In the order of their cards: two servers with ballots of the same cards wait for one another, never
        both at once.
        """
        if len(ballots) == 1:
            return self.put(congress, round_id, *ballots[0])
        several = [_values(congress, round_id, one) for one in sorted(ballots)]
        try:
            return _PUT.run_together(self._connection, several) == len(ballots)
        except Conflict:  # one of them stands there already: the others shall not wait for it
            put = [self.put(congress, round_id, *one) for one in ballots]
            return all(put)

    def has_voted(self, of: Round, credential: str) -> bool:
        if not is_hash(credential):
            return False
        query = select(ballot.c.digest).where(
            ballot.c.congress == of.congress,
            ballot.c.round == of.id,
            ballot.c.credential == credential,
        )
        return self._connection.execute(query).first() is not None

    def count(self, actor: Actor, round_id: str) -> int:
        """Ballots so far: the turnout, no more."""
        query = (
            select(func.count())
            .select_from(ballot.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id)
        )
        return self._connection.execute(query).scalar_one()

    def ballots(self, closed: Round) -> Iterator[tuple[str, bytes]]:
        """(digest, bytes) of a locked round, in digest order, a few at a time."""
        here = and_(ballot.c.congress == closed.congress, ballot.c.round == closed.id)
        after = ""
        while True:
            rows = self._connection.execute(
                select(ballot.c.digest, ballot.c.body)
                .where(here, ballot.c.digest > after)
                .order_by(ballot.c.digest)
                .limit(_PAGE)
            ).all()
            yield from ((digest, body) for digest, body in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1].digest

    def shuffle(self, of: Round) -> None:
        """Write the ballots of a locked round anew, in an order of chance and in one change.

        Until then the place of a row in the file, on PostgreSQL also the transaction that wrote it and the
        one that locked its card, say in which order the cards voted.
        """
        here = and_(ballot.c.congress == of.congress, ballot.c.round == of.id)
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(_written_anew(here))
        else:
            self._write_anew(here)
        cards = and_(card.c.congress == of.congress, card.c.round == of.id)
        self._connection.execute(update(card).where(cards).values(dead=card.c.dead))

    def _write_anew(self, here: ColumnElement[bool]) -> None:
        self._connection.exec_driver_sql(_ROOM)
        rows = [dict(row) for row in self._connection.execute(select(ballot).where(here)).mappings()]
        _CHANCE.shuffle(rows)
        self._connection.execute(delete(ballot).where(here))
        if rows:
            self._connection.execute(insert(ballot), rows)

    def empty(self, trial: Round) -> None:
        """Throw the ballots of a 试投 away: what remains is which cards voted, and their digests."""
        here = and_(ballot.c.congress == trial.congress, ballot.c.round == trial.id)
        self._connection.execute(update(ballot).where(here).values(body=b""))

    def holds(self, actor: Actor, round_id: str, lowest: str, highest: str) -> bool:
        """Whether a ballot's digest lies between the two, both included."""
        if not (is_hash(lowest) and is_hash(highest)):
            return False
        query = (
            select(ballot.c.digest)
            .select_from(ballot.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, ballot.c.digest.between(lowest, highest))
            .limit(1)
        )
        return self._connection.execute(query).first() is not None


_ROUND = and_(round_.c.congress == ballot.c.congress, round_.c.id == ballot.c.round)


def _written_anew(here: ColumnElement[bool]) -> Insert:
    """Within PostgreSQL: the bodies stay compressed as they are, and need not come here and go back."""
    old = delete(ballot).where(here).returning(*ballot.c).cte("old")
    return insert(ballot).from_select(ballot.c.keys(), select(old).order_by(func.gen_random_uuid()))


def _values(congress: str, round_id: str, one: Sealed) -> dict[str, object]:
    return {
        "congress": congress,
        "round": round_id,
        "credential": one.credential,
        "digest": one.digest,
        "body": one.body,
    }


def _no_such_round() -> NotFound:
    return NotFound("没有这一轮投票。请重新扫描投票卡。")


def _card_state(dead: bool | None, digest: str | None) -> CardState:  # noqa: FBT001 - a column
    if dead is None:
        return "unknown"
    if digest is not None:
        return "used"
    return "dead" if dead else "unused"
