"""The sheet that a whole hall reads: written once for all who ask at the same time."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import NoReturn

import pytest

from tests.people import OPENING_DAY
from web.api.noticeboard import FRESH, Noticeboard


def test_a_hall_that_asks_at_once_costs_one_look_into_the_database() -> None:
    written, may_write = list[int](), threading.Event()

    def write() -> list[int]:
        may_write.wait()
        written.append(1)
        return written

    async def hall() -> set[bytes]:
        board = Noticeboard()
        asking = [asyncio.create_task(board.look("code", OPENING_DAY, write)) for _ in range(500)]
        await asyncio.sleep(0)
        asking.pop().cancel()  # whoever hangs up takes nothing from the others
        may_write.set()
        sheets = await asyncio.gather(*asking)
        again = await board.look("code", OPENING_DAY + FRESH - timedelta(microseconds=1), write)
        return {sheet.body for sheet in (*sheets, again)}

    assert asyncio.run(hall()) == {b"[1]"}
    assert len(written) == 1


def test_what_could_not_be_written_is_tried_again() -> None:
    def fail() -> NoReturn:
        raise LookupError

    async def ask() -> bytes:
        board = Noticeboard()
        for _ in range(2):
            with pytest.raises(LookupError):
                await board.look("code", OPENING_DAY, fail)
        return (await board.look("code", OPENING_DAY, lambda: "here")).body

    assert asyncio.run(ask()) == b'"here"'
