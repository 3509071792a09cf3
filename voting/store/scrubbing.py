"""After erasing: the bytes themselves, as far as a database lets go of them.

SQLite overwrites what it deletes (`secure_delete`, see `engine`), and the write-ahead log that still has the
old pages is emptied here. PostgreSQL leaves dead rows in its files: the tables are written anew, which keeps
others waiting for a moment and is therefore not done while anybody votes; its own write-ahead log, replicas
and whatever was backed up go their own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from voting.store.engine import parse_url, sqlite_file
from voting.store.sweeping import sweep
from voting.store.tables import metadata, round_

WAIT: Final = "5s"
"""How long a table in use is waited for, while all who want it wait behind."""

WORDS: Final = ("word", "word_count", "wording", "kin")
TABLES: Final[dict[str, tuple[str, ...]]] = {
    "proposers": ("suggestion", "contact", "happening", "confirmation"),
    "photos": ("photo", "suggestion"),
    "untaken": ("suggestion", "notice", *WORDS),
    "unpublished": ("suggestion", "notice", *WORDS),
    "opinions": ("citizen_opinion", "citizen_score"),
    "receptions": ("reception",),
    "liaisons": ("liaison", "liaison_contact"),
    "deputy_phones": ("deputy",),
    "leaves": ("leave",),
    "notices": ("notice",),
    "messages": (),
    "accounts": ("account", "passkey", "invitation"),
    "logins": ("login",),
    "serials": ("deck_card", "incident"),
    "archives": ("ballot", "event"),
    "workbooks": ("export", "export_part", "sent_form"),
}
"""Where the things of a kind stood; messages stand in a file."""


def scrub(database: str, kinds: Sequence[str]) -> bool:
    """Whether everything is done; otherwise the tables are in use, and it is for another day."""
    url = parse_url(database)
    engine = create_engine(url, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        if sqlite_file(url) is not None:
            with engine.connect() as connection:
                return sweep(connection)
        return _write_anew(engine, sorted({name for kind in kinds for name in TABLES[kind]}))
    finally:
        engine.dispose()


def _write_anew(engine: Engine, tables: Sequence[str]) -> bool:
    with engine.connect() as connection:
        voting = select(func.count()).select_from(round_).where(round_.c.state == "open")
        if connection.execute(voting).scalar():
            return False
        connection.execute(text(f"SET lock_timeout = '{WAIT}'"))
        try:
            for name in tables:
                quoted = connection.dialect.identifier_preparer.format_table(metadata.tables[name])
                connection.execute(text(f"VACUUM (FULL) {quoted}"))
        except DBAPIError:
            return False
    return True
