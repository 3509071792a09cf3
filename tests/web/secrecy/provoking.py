"""Every address is asked wrongly, with secrets in all of its parts, while the database has lost its tables:
if anything can make the server write down what it was told, this does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx
from litestar.routes import HTTPRoute
from sqlalchemy import text

from tests.web.secrecy.session import PATIENCE, Plenary
from voting.store import Store
from web.access import COOKIE
from web.app import every_page

_LOST: Final = ("session", "account", "login", "deputy", "suggestion", "card")
ALWAYS: Final = re.compile(r"/(api/)?v/|/enter|/login|/invited|/hall|/account/join")
_FIELDS: Final = (
    "name",
    "login",
    "password",
    "again",
    "code",
    "phone",
    "proposer",
    "title",
    "text",
    "what",
    "note",
    "reason",
    "card",
    "serial",
    "deputy",
    "token",
    "tracker",
)


def provoke(plenary: Plenary, url: str, every: int) -> int:
    """How many requests ended in an error that nobody foresaw; one of `every` so many addresses is asked, and
    all of the ballot's, of links and of logging in."""
    links = _links(plenary, url)
    addresses = [one for at, one in enumerate(_addresses()) if at % every == 0 or ALWAYS.match(one[0])]
    with httpx.Client(base_url=url, timeout=PATIENCE) as client:
        for path, method in addresses:
            if method == "POST" and _owner(path) not in links:
                _ask(client, plenary, path, method, links)
        with _without(plenary.store):
            return sum(_ask(client, plenary, path, method, links) == 500 for path, method in addresses)


def _addresses() -> Iterator[tuple[str, str]]:
    for route in every_page().routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith("/static/"):
            yield from ((route.path, method) for method in sorted(route.methods & {"GET", "POST"}))


def _owner(path: str) -> str:
    return path.split("/")[1]


def _links(plenary: Plenary, url: str) -> dict[str, tuple[str, str]]:
    """(link, token) of one person of each role."""
    found: dict[str, tuple[str, str]] = {}
    with httpx.Client(base_url=url, timeout=PATIENCE) as client:
        for token in plenary.tokens.values():
            place = client.get(f"/enter/{token}").headers["location"]
            _, role, link, *_ = place.split("/")
            found[role] = (link, token)
    return found


def _ask(
    client: httpx.Client, plenary: Plenary, path: str, method: str, links: dict[str, tuple[str, str]]
) -> int:
    link, token = links.get(_owner(path), ("0" * 32, plenary.secrets.fresh("typed")))
    typed = plenary.secrets.fresh("typed")
    place = re.sub(r"\{(\w+):\w+\}", lambda found: link if found[1] == "link" else typed, path)
    headers = {
        "cookie": f"{COOKIE}={token}",
        "user-agent": typed,
        "x-forwarded-for": typed,
        "referer": f"http://{typed}",
    }
    if method == "GET":
        return client.get(place, params={"q": typed, "code": typed}, headers=headers).status_code
    if "/api" in path:
        body = {"election_hash": typed, "credential": typed, **dict.fromkeys(_FIELDS, typed)}
        return client.post(place, json=body, headers=headers).status_code
    fields = dict.fromkeys(_FIELDS, typed)
    return client.post(place, data=fields, headers=headers).status_code


@contextmanager
def _without(store: Store) -> Iterator[None]:
    """The database has lost some of its tables."""
    _rename(store, "{0}", "lost_{0}")
    try:
        yield
    finally:
        _rename(store, "lost_{0}", "{0}")


def _rename(store: Store, old: str, new: str) -> None:
    with store.write() as tx:
        for table in _LOST:
            statement = f'ALTER TABLE "{old.format(table)}" RENAME TO "{new.format(table)}"'
            tx.rounds._connection.execute(text(statement))
