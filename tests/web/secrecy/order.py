"""The attacker who has the database and wants to know in which order the cards voted.

Whatever puts the ballots into some order is held against the order in which they came: places in files, in
the write-ahead log, on PostgreSQL the numbers of rows, of transactions and of what is stored apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, text

ENOUGH: Final = 24
"""Ballots: of so many, orders by chance are as alike as `TELLING` once in a million times."""
TELLING: Final = 0.7
_PIECE: Final = 32


class Cast(NamedTuple):
    """One ballot, as an attacker in the hall saw it come."""

    credential: str
    body: bytes

    @property
    def digest(self) -> str:
        return sha256(self.body).hexdigest()


def likeness(one: Sequence[object], other: Sequence[object]) -> float:
    """Kendall's tau of two orders of the same things, its sign aside: 1 is the same, 0 is chance."""
    assert sorted(map(str, one)) == sorted(map(str, other))
    place = {thing: at for at, thing in enumerate(other)}
    pairs = [place[a] < place[b] for a, b in combinations(one, 2)]
    return abs(2 * sum(pairs) / len(pairs) - 1)


def telling(cast: Sequence[Cast], orders: Iterable[tuple[str, Sequence[Cast]]]) -> dict[str, float]:
    """The orders that give away the order of casting, and how well."""
    found = {name: likeness(cast, order) for name, order in orders}
    return {name: round(tau, 2) for name, tau in found.items() if tau >= TELLING}


def in_files(cast: Sequence[Cast], files: Iterable[Path]) -> Iterator[tuple[str, list[Cast]]]:
    """Every ballot's places in each file: of three pieces of its body, of its digest, of its card.

    A file that does not hold a thing of every ballot gives no order of it. A digest or card may stand in
    several places of a file: by the first and by the last.
    """
    for file in files:
        yield from in_bytes(cast, file.name, file.read_bytes())


def in_bytes(cast: Sequence[Cast], name: str, raw: bytes) -> Iterator[tuple[str, list[Cast]]]:
    """As `in_files`, of one of them."""
    for what, pieces in _pieces(cast).items():
        first = [raw.find(piece) for piece in pieces]
        if min(first) < 0:
            continue
        last = [raw.rfind(piece) for piece in pieces]
        yield f"{name}: first {what}", _by(cast, first)
        yield f"{name}: last {what}", _by(cast, last)
        yield f"{name}: {what} within its page", _by(cast, [place % 4096 for place in last])


def _pieces(cast: Sequence[Cast]) -> Mapping[str, list[bytes]]:
    return {
        **{f"{part}/8 of the body": [_piece(one.body, part) for one in cast] for part in (1, 4, 7)},
        "digest": [one.digest.encode() for one in cast],
        "card": [one.credential.encode() for one in cast],
    }


def _piece(body: bytes, eighth: int) -> bytes:
    start = len(body) * eighth // 8
    return body[start : start + _PIECE]


def _by(cast: Sequence[Cast], places: Sequence[int]) -> list[Cast]:
    order = sorted(range(len(cast)), key=lambda at: (places[at], cast[at].digest))
    return [cast[at] for at in order]


_ON_POSTGRESQL: Final = {
    "rows": "SELECT digest FROM ballot ORDER BY ctid",
    "transactions": "SELECT digest FROM ballot ORDER BY xmin::text::bigint, digest",
    "commands": "SELECT digest FROM ballot ORDER BY cmin::text::bigint, digest",
    "lockers of ballots": "SELECT digest FROM ballot ORDER BY xmax::text::bigint, digest",
    "lockers of cards": "SELECT digest FROM ballot JOIN card USING (congress, round, credential)"
    " ORDER BY card.xmax::text::bigint, digest",
    "writers of cards": "SELECT digest FROM ballot JOIN card USING (congress, round, credential)"
    " ORDER BY card.xmin::text::bigint, digest",
    "cards": "SELECT digest FROM ballot JOIN card USING (congress, round, credential) ORDER BY card.ctid",
    "bodies": "SELECT digest FROM ballot ORDER BY pg_column_toast_chunk_id(body), digest",
}


def in_postgresql(cast: Sequence[Cast], connection: Connection) -> Iterator[tuple[str, list[Cast]]]:
    """What a database administrator can ask for without opening a file."""
    known = {one.digest: one for one in cast}
    for name, query in _ON_POSTGRESQL.items():
        found = connection.execute(text(query)).scalars()
        yield name, [known[digest] for digest in found if digest in known]


def of_database(cast: Sequence[Cast], connection: Connection, files: Iterable[Path]) -> dict[str, float]:
    """Every way to learn the order from the database as it is now."""
    if connection.dialect.name == "sqlite":
        return telling(cast, in_files(cast, files))
    return telling(cast, in_postgresql(cast, connection))


def files_of(database: Path) -> list[Path]:
    """The SQLite file, its write-ahead log and its index: whatever is there and not empty."""
    beside = (database, Path(f"{database}-wal"), Path(f"{database}-shm"), Path(f"{database}-journal"))
    return [one for one in beside if one.exists() and one.stat().st_size]
