"""What was released, and taking it off the shelf.

A number stands here if there was a time when it was the last of main and a later one has followed. Those
between two of them never stood alone: they came together with the one after them, and the programs of 0023
and 0024 could not start before the tables of 0025 came a minute later.
"""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from tests.unpacking import unpack
from voting.cycle import State
from voting.signing import Signer

FOLDER: Final = Path(__file__).parent
RELEASED: Final[dict[str, tuple[str, str]]] = {
    "0001": ("5dc79af", "rounds alone"),
    "0005-unused": ("e3c4bba", "0002 to 0005 in their first form, nothing in them"),
    "0007": ("4ede37e", "accounts, suggestions, photos"),
    "0014": ("13b43cc", "projects, reports, a satisfaction test"),
    "0021-without-tables": ("589c41b", "0015, while 0016 to 0021 made no table yet"),
    "0021": ("f29d6d0", "the hall"),
    "0022": ("c5bbdd7", "what is erased when, and what is held"),
    "0025": ("80b03b3", "log-ins that can be seen, corrections, sketches"),
}
"""The last commit at each, and what came with it."""
NEVER_ALONE: Final = frozenset(
    f"{number:04d}" for number in (*range(2, 5), 6, *range(8, 14), *range(15, 21), 23, 24)
)


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """What the people of one of its halls know."""

    state: State
    congress: str
    session: str
    code: str
    round: str
    uuid: str
    cards: tuple[str, ...]
    seeds: tuple[str, ...]


class Released(Struct, frozen=True):
    """An installation of an earlier program, in a folder of its own."""

    file: Path
    key: Path
    halls: tuple[Known, ...]

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    @property
    def signer(self) -> Signer:
        return Signer.load(self.key)


def packed(name: str) -> Path:
    return FOLDER / f"{name}.tar.xz"


def take(name: str, folder: Path) -> Released:
    """Unpack it there."""
    with tarfile.open(packed(name)) as archive:
        unpack(archive, folder)
    key = folder / "signing.key"
    key.chmod(0o600)
    halls = msgspec.json.decode((folder / "secrets.json").read_bytes(), type=tuple[Known, ...])
    return Released(folder / "piaojue.db", key, halls)


def put(folder: Path, name: str) -> Path:
    """Pack what `filling` has left in a folder. Raises FileExistsError: what was released stays as it was."""
    with closing(sqlite3.connect(folder / "piaojue.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")
    with tarfile.open(packed(name), "x:xz", preset=9) as archive:
        for part in ("piaojue.db", "signing.key", "secrets.json"):
            archive.add(folder / part, part)
    return packed(name)


def rows(file: Path) -> dict[str, int]:
    """How many rows each table of a SQLite file has; SQLite's own tables are left out."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - its own names
            for (name,) in names
            if not name.startswith("sqlite_") and name != "alembic_version"
        }
