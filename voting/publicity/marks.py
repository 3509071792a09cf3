"""By what a kept public page is known to be as new as the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from voting.days import today
from voting.store import Store


def marks(store: Store, congresses: Collection[str], now: datetime) -> dict[str, str]:
    """For each congress that exists: the day in China, by which lights change, and how long its log is."""
    day = today(now)
    with store.read() as tx:
        return {
            congress: f"{day} {changes}"
            for congress, changes in tx.public_projects.changes(congresses).items()
        }
