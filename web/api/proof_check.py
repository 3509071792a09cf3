"""The queue of ballots whose proofs are to be checked, the service's one expensive thing.

One thread in each process checks them, so that a whole hall voting at once costs no more CPU than the same
ballots one after the other (the framework's 40 threads cost half as much again), and pages answered in
between do not wait for it. It takes all that wait, up to `MOST`, and stores them with one commit.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from voting import casting
from voting.casting import Posted
from voting.rounds import Receipt
from voting.signing import Signer
from voting.store import Store

MOST: Final = 12
"""Ballots that share a commit: for so long, some 150 ms, the first of them waits for the last."""

Answer = asyncio.Future[Receipt]


class ProofCheck:
    """One thread and what waits for it; `cast` is called on one event loop."""

    def __init__(self, store: Store, signer: Signer) -> None:
        self._store, self._signer = store, signer
        self._thread = ThreadPoolExecutor(1, "proof-check")
        self._waiting = deque[tuple[Posted, Answer]]()

    async def cast(self, posted: Posted) -> Receipt:
        """Returns when the ballot is on disk; raises what `casting.cast` raises."""
        loop = asyncio.get_running_loop()
        answer: Answer = loop.create_future()
        self._waiting.append((posted, answer))
        self._thread.submit(self._take_turn, loop)
        return await answer

    def _take_turn(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread. Each ballot brings a turn, which serves all that wait; a later one may find none."""
        group = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        if not group:
            return
        try:
            receipts = casting.cast_together(self._store, [posted for posted, _ in group], self._signer)
        except Exception as error:  # noqa: BLE001 - no database: all of them are told
            receipts = [error] * len(group)
        loop.call_soon_threadsafe(_tell, [answer for _, answer in group], receipts)


def _tell(answers: Sequence[Answer], receipts: Sequence[Receipt | Exception]) -> None:
    for answer, receipt in zip(answers, receipts, strict=True):
        if answer.done():  # whoever sent it has gone; the ballot is in the box all the same
            continue
        if isinstance(receipt, Exception):
            answer.set_exception(receipt)
        else:
            answer.set_result(receipt)
