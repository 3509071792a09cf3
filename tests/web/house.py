"""The pages over a store of their own, without a network: the people of `tests.people` and their links,
those of `tests.county` and their accounts.

house.hall.reach("closed")
chair = house.enter("chair")             # by a personal link, as the person would
chair.post(f"/rounds/{house.id}/valid")  # below the link's own address
clerk = house.enter_as(house.county.town.staff)  # by an account
clerk.get("/suggestions")
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol
from uuid import uuid4

from httpx import Response
from litestar import Litestar
from msgspec.structs import replace
from sqlalchemy import make_url

from tests.county import County, new_id
from tests.people import OPENING_DAY, SELECT, Hall
from tests.stores import opened
from tests.web.visitor import Visitor
from voting import links
from voting.accounts import logins
from voting.accounts.facts import ACCOUNT_ROLES, Account, Membership
from voting.actors import Actor
from voting.cycle import State
from voting.rules import RoundRules
from voting.wording import Body
from web.access import COOKIE, LINK_ROLES, PageRole, cookie_name, home
from web.app import every_page, settle
from web.settings import Settings

IN_A_CENTURY = timedelta(days=36500)


_free: Final[list[Litestar]] = []
"""Pages without a house. They are used again: putting 600 of them together costs more than most tests."""


def _pages(stack: ExitStack) -> Litestar:
    """For one house, until the stack unwinds."""
    pages = _free.pop() if _free else every_page()
    stack.callback(_free.append, pages)
    return pages


class Person:
    """Somebody with a browser who came by a personal link or by an account."""

    def __init__(self, client: Visitor, base: str) -> None:
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

    def __init__(
        self,
        database: str,
        folder: Path,
        stack: ExitStack,
        rules: RoundRules,
        state: State = "drafted",
        *,
        body: Body = "congress",
        scrutineers: int = 2,
        threshold: int | None = None,
        **settings: Any,
    ) -> None:
        self._stack, self.folder = stack, folder
        self.file = Path(make_url(database).database or "")
        """The SQLite database."""
        self.store = stack.enter_context(opened(database))
        self.hall = Hall(
            self.store,
            folder,
            rules=rules,
            body=body,
            scrutineers=scrutineers,
            threshold=threshold,
            remembers=True,
        )
        self.hall.reach(state)
        self.settings = Settings(**settings)
        self.app = _pages(stack)
        settle(self.app, self.settings, self.store, self.hall.signer, now=self._now, random=os.urandom)
        self.clock: datetime | None = None
        """Stands still at this moment, if set; else each look is a minute later."""

    @property
    def id(self) -> str:
        return self.hall.round.id

    def _now(self) -> datetime:
        return self.clock or self.hall.now()

    def visitor(self) -> Visitor:
        """A browser of its own, without any cookie; redirects are looked at, not followed."""
        return self._stack.enter_context(Visitor(self.app, self.settings.url))

    def token(self, role: PageRole, expires: timedelta = IN_A_CENTURY) -> str:
        """What somebody new with this role has in the cookie."""
        if role in ACCOUNT_ROLES and role != "staff":
            return self.account_token(self.somebody(role))
        actor = self._first(role)
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

    def _first(self, role: PageRole) -> Actor:
        """The first who has this role: of the hall where links are given out, else of the county."""
        of_the_hall = {
            "staff": self.hall.staff,
            "chair": self.hall.chair,
            "operator": self.hall.operator,
            "scrutineer": self.hall.scrutineers[0],
            "teller": self.hall.tellers[0],
            "usher": self.hall.usher,
        }
        if role in of_the_hall:
            return of_the_hall[role]
        return {
            "government_office": self.county.government,
            "unit": self.county.unit,
            "deputy": self.county.deputy,
            "presidium": self.county.presidium,
        }[role]

    def enter(self, role: PageRole) -> Person:
        """Somebody new with this role: by a personal link where there are such, else by an account."""
        if role not in LINK_ROLES:
            return self.enter_as(self.somebody(role))
        client = self.visitor()
        answer = client.get(f"/enter/{self.token(role)}")
        assert answer.status_code == 303
        return Person(client, "/".join(answer.headers["location"].split("/")[:3]))

    @cached_property
    def county(self) -> County:
        """A county and one of its towns, in the same installation as the hall's congress."""
        return County(self.store)

    def somebody(self, role: PageRole) -> Actor:
        """Another one each time with this role in the county."""
        return replace(self._first(role), link=new_id(role))

    def enter_as(self, actor: Actor) -> Person:
        """Somebody of `county`, logged in with an account of the own."""
        client = self.visitor()
        name = cookie_name(COOKIE, self.settings)
        client.cookies.set(name, self.account_token(actor), path=home(actor))
        return Person(client, home(actor))

    def account_token(self, actor: Actor) -> str:
        """A log-in of a new account that has the actor's role.

        It started in a century: neither a clock that runs nor one that stands anywhere ends it.
        """
        account, membership = an_account(actor)
        with self.store.write() as tx:
            tx.accounts.add(account)
            tx.memberships.add(membership)
            later = OPENING_DAY + IN_A_CENTURY
            _, token = logins.start(tx, account.id, "测试用浏览器", "strong", now=later, random=os.urandom)
        return token


def an_account(actor: Actor) -> tuple[Account, Membership]:
    """An account with the actor's role as its only one. Nobody knows its password: there is none."""
    assert actor.link is not None
    assert actor.role in ACCOUNT_ROLES
    new = Account(
        id=uuid4().hex, login=f"test-{actor.link}", name=actor.name, password_hash="", created_at=OPENING_DAY
    )
    membership = Membership(
        id=actor.link,
        congress=actor.congress,
        account=new.id,
        role=actor.role,
        name=actor.name,
        granted_by="测试",
        granted_at=OPENING_DAY,
        unit=actor.unit,
        deputy=actor.deputy,
    )
    return new, membership


class MakeHouse(Protocol):
    """`open_house(STANCES)`, `open_house(state="open")`, `open_house(body="committee")`,
    `open_house(url="https://…")`."""

    def __call__(self, rules: RoundRules = SELECT, state: State = "drafted", **settings: Any) -> House: ...
