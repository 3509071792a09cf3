"""The pages over a store of their own, without a network: the people of `tests.people` and their links.

house.hall.reach("closed")
chair = house.enter("chair")             # by a personal link, as the person would
chair.post(f"/rounds/{house.id}/valid")  # below the link's own address
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from tests.people import OPENING_DAY, SELECT, Hall
from voting import links
from voting.cycle import State
from voting.rules import Rules
from voting.store import Store
from web.access import LinkRole
from web.app import create_app
from web.settings import Settings

IN_A_CENTURY = timedelta(days=36500)


class Person:
    """Somebody with a browser who came by a personal link."""

    def __init__(self, client: TestClient[Litestar], base: str) -> None:
        self.client, self.base = client, base

    def get(self, path: str = "", **more: Any) -> Response:
        return self.client.get(self.base + path, **more)

    def post(self, path: str = "", /, **fields: object) -> Response:
        """Submit a form; lists are fields that occur several times."""
        return self.client.post(self.base + path, data=fields)

    def send(self, path: str, body: dict[str, object]) -> Response:
        """Submit JSON, as a page's script does."""
        return self.client.post(self.base + path, json=body)

    def upload(self, path: str, field: str, name: str, body: bytes, **fields: object) -> Response:
        """Submit a form with a file."""
        return self.client.post(self.base + path, data=fields, files={field: (name, body)})


class House:
    """One installation; `hall` takes the steps that a test does not take through pages."""

    def __init__(self, database: str, folder: Path, stack: ExitStack, rules: Rules, **settings: Any) -> None:
        self._stack, self.folder = stack, folder
        self.store = stack.enter_context(Store.open(database))
        self.hall = Hall(self.store, folder, rules=rules)
        self.settings = Settings(**settings)
        self.app = create_app(self.settings, self.store, self.hall.signer, now=self._now, random=os.urandom)
        self.clock: datetime | None = None
        """Stands still at this moment, if set; else each look is a minute later."""

    @property
    def id(self) -> str:
        return self.hall.round.id

    def _now(self) -> datetime:
        return self.clock or self.hall.now()

    def visitor(self) -> TestClient[Litestar]:
        """A browser of its own, without any cookie; redirects are looked at, not followed."""
        client = TestClient(self.app, base_url=self.settings.url)
        client.follow_redirects = False
        return self._stack.enter_context(client)

    def token(self, role: LinkRole, expires: timedelta = IN_A_CENTURY) -> str:
        actor = {
            "staff": self.hall.staff,
            "chair": self.hall.chair,
            "operator": self.hall.operator,
            "scrutineer": self.hall.scrutineers[0],
        }[role]
        return links.issue(
            self.store,
            self.hall.staff,
            role,
            actor.name,
            OPENING_DAY + expires,
            session=actor.session,
            scrutineer=actor.scrutineer,
            now=OPENING_DAY,
            random=os.urandom,
        )

    def enter(self, role: LinkRole) -> Person:
        """Somebody new with a link of this role."""
        client = self.visitor()
        answer = client.get(f"/enter/{self.token(role)}")
        assert answer.status_code == 303
        return Person(client, answer.headers["location"])


class MakeHouse(Protocol):
    """`open_house(STANCES)`, `open_house(state="open")`, `open_house(url="https://…")`."""

    def __call__(self, rules: Rules = SELECT, state: State = "drafted", **settings: Any) -> House: ...
