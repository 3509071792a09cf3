"""The people of a hall that an earlier program knew, over the store of today."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from ballots.credentials import public_credential
from tests.people import NAMES, Hall
from tests.released.shelf import Known
from voting.actors import Actor
from voting.cards import Deck
from voting.signing import Signer
from voting.store import Store

NEXT_DAY: Final = datetime(2026, 1, 27, 1, 0, tzinfo=UTC)


def hall_of(known: Known, store: Store, signer: Signer) -> Hall:
    """Everybody with what they know, the day after."""
    hall = Hall.__new__(Hall)
    hall.store, hall.signer, hall.name, hall.random = store, signer, known.state, os.urandom
    minutes = count()
    hall.now = lambda: NEXT_DAY + timedelta(minutes=next(minutes))
    hall.staff = Actor(role="staff", congress=known.congress, name="刘科长")
    with store.read() as tx:
        hall.congress = tx.sessions.congress(known.congress)
        hall.session = tx.sessions.get(hall.staff, known.session)
        hall.round = tx.rounds.get(hall.staff, known.round)
    hall.rules, hall.deputies = hall.round.rules, len(known.cards)
    hall.names, hall.threshold, hall.seeds = NAMES[: len(known.seeds)], None, list(known.seeds)
    hall._take_seats()
    hall.cards = _deck(known)
    return hall


def _deck(known: Known) -> Deck:
    halves = [public_credential(known.uuid, one) for one in known.cards]
    return Deck(
        credentials=known.cards,
        derived=tuple((one,) for one in halves),
        public={known.uuid: tuple(sorted(halves))},
    )
