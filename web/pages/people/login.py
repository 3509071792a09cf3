"""`/login`: log-in name and password, then the second step."""

import json
import re
from collections.abc import Callable
from typing import Any, Final

import structlog
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.response import Redirect

from voting.accounts import logging_in, logins, second_steps
from voting.accounts.facts import Account, Login
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.second_steps import CodeWrong, PasskeyRefused
from voting.errors import VotingError
from web.access import token_of
from web.forms import Form
from web.installation import Installation
from web.pages.people.arriving import LOGIN, arrive, ask_second, own_form
from web.pages.people.device import device_of, mark_cookie, marked
from web.refusals import NotEntered

Asked = Request[Any, Any, Any]
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_PLACES: Final = {"second": "/second", "log-ins": "/log-ins"}
"""Where below the account somebody was going who had to log in again."""
log = structlog.get_logger("piaojue")


@get("/", sync_to_thread=True)
def login_page(house: NamedDependency[Installation], form: NamedDependency[Form]) -> Response[str]:
    """The form."""
    return house.templates.page("people/login.html", form=form)


@post("/", sync_to_thread=True)
def log_in(
    request: Asked, house: NamedDependency[Installation], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """The first step."""
    device, mark = device_of(request), marked(request, house)
    try:
        entered = _told(
            "password",
            lambda: logging_in.log_in(
                house.store,
                form.typed("login"),
                form.typed("password"),
                device,
                mark,
                now=house.now(),
                random=house.random,
            ),
        )
    except LoginRefused as error:
        form.fault("login", error.sentence)
        return house.templates.page("people/login.html", 422, form=form)
    cookie = mark_cookie(mark, house)
    if entered.login.stage != "pending":
        return arrive(house, entered, _to(form), cookie)
    return ask_second(house, entered, _query(form), cookie)


@get("/second", sync_to_thread=True)
def second_page(
    request: Asked, house: NamedDependency[Installation], form: NamedDependency[Form]
) -> Response[str]:
    """A one-time code, or a passkey."""
    return _second(house, _pending(request, house), form)


@post("/code", sync_to_thread=True)
def enter_code(
    request: Asked, house: NamedDependency[Installation], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """The second step by a one-time code."""
    pending = _pending(request, house)
    try:
        entered = _told(
            "code",
            lambda: logging_in.finish_with_code(
                house.store, pending, form.typed("code"), now=house.now(), random=house.random
            ),
        )
    except (CodeWrong, logging_in.NoSecondStep) as error:
        form.fault("code", error.sentence)
        return _second(house, pending, form, 422)
    return arrive(house, entered, _to(form))


@post("/passkey", sync_to_thread=True)
def use_passkey(
    request: Asked, house: NamedDependency[Installation], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """The second step by a passkey: the script puts what the browser signed into the form."""
    pending = _pending(request, house)
    site = second_steps.site_of(house.settings.url)
    try:
        if site is None:
            raise PasskeyRefused
        entered = _finished(house, pending, site, form)
    except PasskeyRefused as error:
        form.fault("answer", error.sentence)
        return _second(house, pending, form, 422)
    return arrive(house, entered, _to(form))


def _finished(house: Installation, pending: Login, site: second_steps.Site, form: Form) -> Entered:
    answer = form.typed("answer")
    return _told(
        "passkey",
        lambda: logging_in.finish_with_passkey(
            house.store, pending, site, answer, now=house.now(), random=house.random
        ),
    )


def _told(step: str, take: Callable[[], Entered]) -> Entered:
    """A step of a log-in, of which the log says how it went and not whose it was."""
    try:
        entered = take()
    except VotingError:
        log.warning("login_refused", step=step)
        raise
    log.info("login", step=step, stage=entered.login.stage)
    return entered


def _second(house: Installation, pending: Login, form: Form, status: int = 200) -> Response[str]:
    site = second_steps.site_of(house.settings.url)
    options = site and logging_in.ask_for_passkey(house.store, pending, site, random=house.random)
    return house.templates.page(
        "people/second_step.html",
        status,
        form=form,
        codes=_account(house, pending).totp_secret is not None,
        options=json.dumps(options) if options else "",
    )


def _pending(request: Asked, house: Installation) -> Login:
    """The log-in of this browser that waits for its second step. Raises NotEntered and what `find` raises."""
    token = token_of(request, house.settings)
    if token is None:
        raise NotEntered("请先输入登录名和密码。")
    pending = logins.find(house.store, token, house.now())
    if pending.stage != "pending":
        raise NotEntered("请先输入登录名和密码。")
    return pending


def _account(house: Installation, pending: Login) -> Account:
    with house.store.read() as tx:
        return tx.accounts.get(pending.account)


def _invitation(form: Form) -> str:
    """The token of the invitation that is to be accepted after the log-in, or nothing."""
    token = form.typed("join")
    return token if _TOKEN.fullmatch(token) else ""


def _to(form: Form) -> str:
    """Where below the account to go on; empty: where it begins."""
    token = _invitation(form)
    return f"/join/{token}" if token else _PLACES.get(form.typed("to"), "")


def _query(form: Form) -> str:
    token, to = _invitation(form), form.typed("to")
    return f"?join={token}" if token else f"?to={to}" if to in _PLACES else ""


pages = Router(
    LOGIN,
    route_handlers=[login_page, log_in, second_page, enter_code, use_passkey],
    dependencies={"form": Provide(own_form)},
    response_headers={"referrer-policy": "same-origin"},
)
