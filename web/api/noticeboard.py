"""What a session's phones read every few seconds: written once a second, read by all of them.

It decides nothing. A ballot is judged by the database; a phone may only hear up to a second later that voting
has begun or ended.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from anyio import to_thread

FRESH = timedelta(seconds=1)
MOST_SHEETS = 256


class Sheet(NamedTuple):
    """An answer in bytes, with the mark by which a phone says that it has it already."""

    written: datetime
    body: bytes
    etag: str


class Noticeboard:
    """The last sheet of each session in this process."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}

    async def look(self, code: str, now: datetime, write: Callable[[], object]) -> Sheet:
        """The sheet of this session, at most a second old; `write` reads the database in a thread.

        A sheet from the future is written anew too: somebody has set the clock back.
        """
        sheet = self._sheets.get(code)
        if sheet is None or not timedelta(0) <= now - sheet.written < FRESH:
            sheet = await to_thread.run_sync(_written, now, write)
            if len(self._sheets) >= MOST_SHEETS:
                self._sheets.clear()
            self._sheets[code] = sheet
        return sheet


def _written(now: datetime, write: Callable[[], object]) -> Sheet:
    body = msgspec.json.encode(write())
    return Sheet(now, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
