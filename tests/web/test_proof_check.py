"""The queue before the proof check: whoever waits there is answered, each for the own ballot."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from ballots.ballot import digest_of, tracker_of
from ballots.errors import Malformed
from tests.people import Hall
from tests.stores import opened
from voting import casting
from voting.casting import Posted
from voting.rounds import Receipt
from web.api.proof_check import MOST, ProofCheck


@pytest.fixture
def hall(sqlite_url: str, tmp_path: Path) -> Iterator[Hall]:
    """An open round; what the test leaves behind is verified."""
    with opened(sqlite_url) as store:
        hall = Hall(store, tmp_path)
        hall.reach("open")
        yield hall
        hall.audit()


def posted(hall: Hall, raw: bytes) -> Posted:
    return Posted(hall.session.code, hall.round.id, raw)


async def all_at_once(hall: Hall, raws: list[bytes]) -> list[Receipt | BaseException]:
    queue = ProofCheck(hall.store, hall.signer)
    waiting = (queue.cast(posted(hall, raw)) for raw in raws)
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_each_hears_about_the_own_ballot(hall: Hall) -> None:
    good = [hall.ballot(card, 1) for card in range(3)]
    bad = [b"{}"] * MOST
    answers = asyncio.run(all_at_once(hall, [good[0], *bad, *good[1:]]))
    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert [receipt.tracker for receipt in receipts] == [*map(tracker_of, good)]
    assert [type(answer) for answer in answers[1:-2]] == [Malformed] * MOST


def test_whoever_hangs_up_takes_nothing_from_the_others(hall: Hall) -> None:
    gone, stays = (hall.ballot(card, 1) for card in range(2))

    async def hang_up() -> Receipt:
        queue = ProofCheck(hall.store, hall.signer)
        leaving = asyncio.create_task(queue.cast(posted(hall, gone)))
        staying = asyncio.create_task(queue.cast(posted(hall, stays)))
        await asyncio.sleep(0)
        leaving.cancel()
        return await staying

    assert asyncio.run(hang_up()).tracker == tracker_of(stays)
    assert casting.is_recorded(hall.store, hall.session.code, hall.round.id, digest_of(stays))
