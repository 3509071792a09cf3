"""A citizen with a browser in front of the public form."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from httpx import Response

from tests.county import Body
from tests.web.house import House

START = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)


class Citizen:
    """One device: `form()` opens the page, `send()` fills it in and submits it half a minute later."""

    def __init__(self, house: House, body: Body | None = None) -> None:
        self.house, self.body = house, body or house.county
        self.client = house.visitor()
        self.home = f"/t/{self.body.congress.id}"
        house.clock = house.clock or START

    def form(self, query: str = "") -> Response:
        return self.client.get(f"{self.home}/new{query}")

    def fields(self, page: Response, **fields: Any) -> dict[str, Any]:
        """What a patient citizen sends from this page, with some fields replaced."""
        return {
            **hidden(page.text),
            "matter": "suggestion",
            "title": "村口没有路灯",
            "text": "晚上看不见路，希望装几盏灯。",
            "category": self.body.categories[0].id,
            "village": self.body.villages[0].id,
            "consent": "yes",
            **fields,
        }

    def send(
        self, page: Response | None = None, /, photos: tuple[bytes, ...] = (), **fields: Any
    ) -> Response:
        """Submit; without a page a fresh one."""
        typed = self.fields(page or self.form(), **fields)
        self.pass_time(30)
        files = [("photos", (f"{n}.jpg", raw)) for n, raw in enumerate(photos)] or [("photos", ("", b""))]
        return self.client.post(f"{self.home}/new", data=typed, files=files)

    def pass_time(self, seconds: float) -> None:
        assert self.house.clock is not None
        self.house.clock += timedelta(seconds=seconds)

    def code_of(self, answer: Response) -> str:
        """The query code that an accepted form leads to."""
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]).rpartition("/")[2]

    def waiting(self) -> int:
        """How many wait for screening in this congress."""
        with self.house.store.read() as tx:
            return tx.inbox.count_waiting(self.body.staff)


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    }


def typed(html: str, name: str) -> str:
    """What stands in a field."""
    found = re.search(
        rf'<(?:input|textarea)[^>]* name="{name}"[^>]*?(?:value="([^"]*)"[^>]*>|>([^<]*)<)', html
    )
    assert found is not None
    return unescape(found[1] if found[1] is not None else found[2])
