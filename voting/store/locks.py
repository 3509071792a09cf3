"""Locks that are not a row of the subject itself."""

from __future__ import annotations

from sqlalchemy import Connection, select

from voting.actors import NotFound
from voting.store.tables import congress


def lock_congress(connection: Connection, congress_id: str) -> None:
    """Until the transaction ends, nobody else who asks for this lock gets it. Raises NotFound.

    `key_share`: rows that only refer to the congress may be added meanwhile.
    """
    query = select(congress.c.id).where(congress.c.id == congress_id).with_for_update(key_share=True)
    if connection.execute(query).one_or_none() is None:
        raise NotFound
