"""Who may see a page: fetching is authorising.

A page of a role receives a `Visit`, and there is no other way to get an actor. Each personal link, and each
role of an account, has a cookie of its own, valid below `/{role}/{link}` only: one browser can hold several
roles at once, and the ballot's pages receive none. A stranger gets 404, whoever holds another role 403.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from urllib.parse import quote, urlsplit

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting import links
from voting.accounts import logins
from voting.accounts.facts import AccountRole
from voting.actors import Actor
from voting.rounds import Round, Scrutineer, Session
from web.installation import Installation
from web.menu import MENU, NOTICES
from web.refusals import ForeignRequest, NoSuchPage, NotEntered, WrongMethod, WrongRole
from web.settings import Settings

COOKIE = "piaojue"
"""Of whoever entered; over https browsers know it by `cookie_name`."""
LinkRole = Literal["staff", "operator", "scrutineer", "chair", "teller", "usher"]
"""Whom a personal link lets in."""
LINK_ROLES: tuple[LinkRole, ...] = get_args(LinkRole)
PageRole = LinkRole | AccountRole
PAGE_ROLES: tuple[PageRole, ...] = (*LINK_ROLES, "government_office", "unit", "deputy", "presidium")


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of somebody who came by a personal link or logged in."""

    house: Installation
    actor: Actor

    @property
    def now(self) -> datetime:
        """The time, for whatever is recorded."""
        return self.house.now()

    @property
    def base(self) -> str:
        """Where this link's pages begin, e.g. `/staff/5f0c…`."""
        return home(self.actor)

    def page(self, name: str, status: int = 200, /, **context: Any) -> Response[str]:
        """A page of this role."""
        menu = MENU[self.actor.role]
        common = {"actor": self.actor, "base": self.base, "menu": menu, "unseen": self._unseen()}
        return self.house.templates.page(name, status, **common, **context)

    def _unseen(self) -> int:
        """How many notices wait for those who get any."""
        if not any(path == NOTICES for path, _ in MENU[self.actor.role]):
            return 0
        with self.house.store.read() as tx:
            return tx.notices.unseen(self.actor)

    def session(self, session_id: str) -> Session:
        """A session this person works on. Raises NotFound."""
        with self.house.store.read() as tx:
            return tx.sessions.get(self.actor, session_id)

    def round(self, round_id: str) -> Round:
        """A round this person works on. Raises NotFound."""
        with self.house.store.read() as tx:
            return tx.rounds.get(self.actor, round_id)

    def rounds(self) -> tuple[Round, ...]:
        """The rounds of the session this person serves, as they were drafted."""
        with self.house.store.read() as tx:
            return tx.rounds.of_session(self.actor, self.actor.session or "")

    def scrutineers(self, round_id: str) -> tuple[Scrutineer, ...]:
        """Those of a round, the chief first; empty before adoption."""
        with self.house.store.read() as tx:
            return tx.scrutineers.of(self.actor, round_id)

    def download(self, body: bytes, media_type: str, name: str) -> Response[bytes]:
        """A file to be saved under a Chinese name."""
        return download(body, media_type, name)

    def go(self, path: str = "") -> Redirect:
        """After a form was accepted: show the page with a GET, so that a reload repeats nothing."""
        return Redirect(self.base + path, status_code=303)


def download(body: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file to be saved under a name that may be Chinese (RFC 6266)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(body, media_type=media_type, headers={"content-disposition": disposition})


def home(actor: Actor) -> str:
    """The first page of a link."""
    return f"/{actor.role}/{actor.link}"


def cookie(actor: Actor, token: str, settings: Settings) -> Cookie:
    """The cookie of one link; it ends with the browser's session, the link itself when it expires."""
    return cookie_below(home(actor), token, settings)


def cookie_below(path: str, token: str, settings: Settings, max_age: int | None = None) -> Cookie:
    """A cookie that the browser sends with this path's pages and no others; `max_age` in seconds."""
    return Cookie(
        key=cookie_name(COOKIE, settings),
        value=token,
        path=path,
        max_age=max_age,
        httponly=True,
        secure=settings.https,
        samesite="lax",
    )


def cookie_name(name: str, settings: Settings) -> str:
    """Over https with the prefix by which browsers refuse what came by http, or from a script of http pages.

    Not `__Host-`: that one is for cookies of the whole site, and ours shall not reach the ballot's pages.
    """
    return f"__Secure-{name}" if settings.https else name


def token_of(request: Request[Any, Any, Any], settings: Settings) -> str | None:
    """The token that the visitor's browser keeps for this page."""
    return request.cookies.get(cookie_name(COOKIE, settings))


def visit_as(role: PageRole) -> Provide:
    """The dependency that lets in whoever has this role, by a personal link or by an account."""

    def provide(
        request: Request[Any, Any, Any], house: NamedDependency[Installation], link: FromPath[str]
    ) -> Visit:
        refuse_foreign(request, house.settings)
        token = token_of(request, house.settings)
        if token is None:
            raise NotEntered
        actor = _enter(house, token, link)
        if actor is None or actor.link != link:
            raise NoSuchPage
        if actor.role != role:
            raise WrongRole
        return Visit(house=house, actor=actor)

    return Provide(provide, sync_to_thread=True)


def _enter(house: Installation, token: str, link: str) -> Actor | None:
    """By a personal link, else by a log-in. None: the log-in's account has no such role."""
    try:
        return links.enter(house.store, token, house.now())
    except links.LinkUnknown:
        pass
    try:
        return logins.enter(house.store, token, link, house.now())
    except logins.LoginUnknown:
        raise NotEntered from None


def refuse_foreign(request: Request[Any, Any, Any], settings: Settings) -> None:
    """Refuse a change that another site's page asked the browser for.

    `Sec-Fetch-Site` says so where browsers send it (https and loopback, Chromium 76 on); older ones say at
    least where a POST came from. Role pages send `Referrer-Policy: same-origin`, because under `no-referrer`
    a browser writes `Origin: null` also for our own forms. Programs that send neither carry no one's cookie.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        allowed = site in {"same-origin", "none"}
    else:
        allowed = origin is None or _is_ours(origin, request, settings)
    if not allowed:
        raise ForeignRequest


def _is_ours(origin: str, request: Request[Any, Any, Any], settings: Settings) -> bool:
    if origin.lower() == settings.origin:
        return True
    try:
        named = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return named == request.headers.get("host", "").lower() != ""


async def refuse_odd(request: Request[Any, Any, Any]) -> None:
    """No address of ours holds a control character: PostgreSQL would choke on a NUL.

    OPTIONS is asked by other sites' pages only, and would be answered before anybody is recognised.
    """
    if not request.scope["path"].isprintable():
        raise NoSuchPage
    if request.method == "OPTIONS":
        raise WrongMethod
