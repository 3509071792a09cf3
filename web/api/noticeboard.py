"""What a session's phones read every second or two: written twice a second, read by all of them.

It decides nothing. A ballot is judged by the database; a phone may only hear half a second later that voting
has begun or ended.
"""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from anyio import to_thread

FRESH = timedelta(seconds=0.5)
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
        self._being_written: dict[str, asyncio.Task[Sheet]] = {}

    async def look(self, code: str, now: datetime, write: Callable[[], object]) -> Sheet:
        """The sheet of this session, at most half a second old; `write` reads the database in a thread.

        A sheet from the future is written anew too: somebody has set the clock back.
        """
        sheet = self._sheets.get(code)
        if sheet is None or not timedelta(0) <= now - sheet.written < FRESH:
            sheet = await asyncio.shield(self._writing(code, now, write))
        return sheet

    def _writing(self, code: str, now: datetime, write: Callable[[], object]) -> asyncio.Task[Sheet]:
        """One writes for all who ask meanwhile; whoever hangs up takes nothing from the others."""
        task = self._being_written.get(code)
        if task is None:
            task = asyncio.create_task(self._write(code, now, write))
            self._being_written[code] = task
            task.add_done_callback(lambda _: self._being_written.pop(code))
        return task

    async def _write(self, code: str, now: datetime, write: Callable[[], object]) -> Sheet:
        sheet = await to_thread.run_sync(_written, now, write)
        if len(self._sheets) >= MOST_SHEETS:
            self._sheets.clear()
        self._sheets[code] = sheet
        return sheet


def _written(now: datetime, write: Callable[[], object]) -> Sheet:
    body = msgspec.json.encode(write())
    return Sheet(now, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
