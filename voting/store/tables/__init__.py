"""The tables, one file per subject: what a null means, and what the order of rows reveals."""

from __future__ import annotations

from voting.store.tables import (
    attending,
    collecting,
    delivering,
    handling,
    ledger,
    people,
    publicity,
    rating,
    reporting,
    rounds,
    screening,
    supervising,
    years,
)
from voting.store.tables.base import HASH, ID, Moment, metadata
from voting.store.tables.rounds import (
    ballot,
    card,
    congress,
    datum,
    event,
    link,
    round_,
    scrutineer,
    session,
    step,
)

__all__ = [
    "HASH",
    "ID",
    "Moment",
    "attending",
    "ballot",
    "card",
    "collecting",
    "congress",
    "datum",
    "delivering",
    "event",
    "handling",
    "ledger",
    "link",
    "metadata",
    "people",
    "publicity",
    "rating",
    "reporting",
    "round_",
    "rounds",
    "screening",
    "scrutineer",
    "session",
    "step",
    "supervising",
    "years",
]
