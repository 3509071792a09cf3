"""Two verifiers for every archive: ours at once, and when the test has ended the peer's (see conftest.py).

The second comes last because a machine may lack it: what a test promises besides is then tested all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from ballots.verify import Verified, verify

_waiting: list[bytes] = []


def verified(
    archive: bytes, record: bytes | None = None, trackers: Sequence[str] = (), workers: int = 1
) -> Verified:
    """What our verifier says; raises Refused."""
    found = verify(BytesIO(archive), record, trackers, workers)
    _waiting.append(archive)
    return found


def taken() -> list[bytes]:
    """The archives that the peer has not seen yet; they are handed out once."""
    archives = [*_waiting]
    _waiting.clear()
    return archives
