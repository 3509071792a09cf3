"""`/account`: my roles, my password, my devices. A cookie of its own, valid here only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.accounts import accepting, invitations, own
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.own import Standing
from voting.accounts.passwords import LEAST, PasswordUnfit
from voting.accounts.telling import PATH
from web.access import Visit, home, refuse_foreign, token_of
from web.forms import Form
from web.installation import Installation
from web.pages.people.arriving import ACCOUNT, LOGIN, cookies_of, first_page, gone, with_cookies
from web.pages.people.invited import facts_of
from web.refusals import NotEntered

_FEW: Final = 5
"""Log-ins on the account's own page; the record has a page of its own."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One request of somebody who is logged in, whatever the roles."""

    house: Installation
    standing: Standing
    token: str

    @property
    def now(self) -> datetime:
        return self.house.now()

    def page(self, name: str, status: int = 200, /, **context: Any) -> Response[str]:
        """A page of the account."""
        return self.house.templates.page(name, status, standing=self.standing, **context)

    def go(self, path: str = "") -> Redirect:
        """After a form was accepted."""
        return Redirect(ACCOUNT + path, status_code=303)

    def go_on_as(self, entered: Entered) -> Redirect:
        """The same with a new token in all the cookies; a role that waited for a second step is entered."""
        standing = own.standing(self.house.store, entered.token, self.now)
        waited = not all(place.ready for place in self.standing.places)
        cookies = cookies_of(standing, entered.token, self.house.settings)
        to = first_page(standing) if waited else ACCOUNT
        return Redirect(to, status_code=303, cookies=cookies)


def holder(request: Request[Any, Any, Any], house: NamedDependency[Installation]) -> Holder:
    """Whoever is logged in. Raises ForeignRequest, NotEntered and what `own.standing` raises."""
    refuse_foreign(request, house.settings)
    token = token_of(request, house.settings)
    if token is None:
        raise NotEntered("您还没有登录，或者登录已经结束。请重新登录。")
    return Holder(house=house, standing=own.standing(house.store, token, house.now()), token=token)


@get("/", sync_to_thread=True)
def account(holder: NamedDependency[Holder]) -> Response[str]:
    """The roles and the devices; roles that were granted since the log-in get their cookies here."""
    return _account(holder, Form())


@post("/password", sync_to_thread=True)
def change_password(holder: NamedDependency[Holder], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A new password; everybody else who is logged in is out."""
    if form.typed("password") != form.typed("again"):
        form.fault("again", "两次输入的新密码不一样。请重新输入两次。")
        return _account(holder, form, 422)
    try:
        entered = own.change_password(
            holder.house.store,
            holder.standing.login,
            form.typed("old"),
            form.typed("password"),
            now=holder.now,
            random=holder.house.random,
        )
    except (LoginRefused, PasswordUnfit) as error:
        form.fault("old" if isinstance(error, LoginRefused) else "password", error.sentence)
        return _account(holder, form, 422)
    return holder.go_on_as(entered)


@get("/log-ins", sync_to_thread=True)
def log_ins(holder: NamedDependency[Holder]) -> Response[str]:
    """When somebody came in by this account, and what was typed wrong."""
    entries = own.log_ins(holder.house.store, holder.standing.login)
    return holder.page("people/log_ins.html", entries=entries)


@get(PATH, sync_to_thread=True)
def from_role(visit: NamedDependency[Visit]) -> Response[str]:
    """Below the pages of a role: where its notices about the account lead."""
    return visit.page("people/my_account.html")


@post("/devices/{login_id:str}/end", sync_to_thread=True)
def end_device(holder: NamedDependency[Holder], login_id: FromPath[str]) -> Redirect:
    """One of my other browsers is out."""
    own.end_device(holder.house.store, holder.standing.login, login_id, holder.now)
    return holder.go()


@post("/devices/end", sync_to_thread=True)
def end_other_devices(holder: NamedDependency[Holder]) -> Redirect:
    """All my other browsers are out."""
    own.end_other_devices(holder.house.store, holder.standing.login, holder.now)
    return holder.go()


@post("/leave", sync_to_thread=True)
def log_out(holder: NamedDependency[Holder]) -> Redirect:
    """This browser is out, and keeps no cookie."""
    own.log_out(holder.house.store, holder.standing.login, holder.now)
    paths = [ACCOUNT, *(home(place.actor) for place in holder.standing.places)]
    cookies = [gone(path, holder.house.settings) for path in paths]
    # Not more than the cache: a ballot that waits for the network lies in the storage of the same address.
    headers = {"clear-site-data": '"cache"'}
    return Redirect(LOGIN, status_code=303, cookies=cookies, headers=headers)


@get("/join/{token:str}", sync_to_thread=True)
def join_page(holder: NamedDependency[Holder], token: FromPath[str]) -> Response[str]:
    """Whether to take one role more."""
    one = invitations.look(holder.house.store, token, holder.now)
    return holder.page("people/join.html", token=token, **facts_of(holder.house, one))


@post("/join/{token:str}", sync_to_thread=True)
def join(holder: NamedDependency[Holder], token: FromPath[str]) -> Redirect:
    """One role more."""
    accepting.accept_with_own_account(holder.house.store, token, holder.standing.login, holder.now)
    return holder.go()


def _account(holder: Holder, form: Form, status: int = 200) -> Response[str]:
    entries = own.log_ins(holder.house.store, holder.standing.login)[:_FEW]
    page = holder.page("people/account.html", status, form=form, least=LEAST, home=home, entries=entries)
    return with_cookies(page, cookies_of(holder.standing, holder.token, holder.house.settings))
