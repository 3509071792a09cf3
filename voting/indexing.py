"""What was taken in many at a time is put into the index of words afterwards, a few at a time.

Finding the words and likenesses of two thousand rows takes up to a minute; ballots must not wait for that.
"""

from __future__ import annotations

from typing import Final

from voting.actors import system
from voting.store import Store

INDEXED_AT_ONCE: Final = 20


def index_missing(store: Store, congress: str) -> int:
    """Make findable what is not, also what a process left behind that died between the two; how many.

    By the words that stand there at that moment: somebody may have put a title right meanwhile. Two who do
    this at once do some of it twice, and nothing wrong. Raises NotFound for an unknown congress.
    """
    with store.read() as tx:
        missing = tx.words.missing(congress)
    for start in range(0, len(missing), INDEXED_AT_ONCE):
        with store.write() as tx:
            tx.inbox.lock_numbers(congress)
            ids = missing[start : start + INDEXED_AT_ONCE]
            tx.words.bulk_put([tx.suggestions.get(system(congress), one) for one in ids])
    return len(missing)
