"""`/invited/{token}`: who was invited makes an account, uses the own one, or sets a new password."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.accounts import accepting, invitations
from voting.accounts.facts import Invitation
from voting.accounts.logging_in import Entered
from voting.accounts.passwords import LEAST, LoginNameUnfit, PasswordUnfit
from voting.actors import ROLE_NAMES, Actor
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.people.arriving import arrive, ask_second, own_form
from web.pages.people.device import device_of, mark_cookie, marked


@get("/{token:str}", sync_to_thread=True)
def invited(house: NamedDependency[Installation], token: FromPath[str]) -> Response[str]:
    """Who invites, as what, and the form."""
    return _page(house, token, Form())


@post("/{token:str}", sync_to_thread=True)
def accept(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    token: FromPath[str],
) -> Response[str] | Redirect:
    """A new account, or a new password; logged in at once."""
    one = invitations.look(house.store, token, house.now())
    if form.typed("password") != form.typed("again"):
        form.fault("again", "两次输入的密码不一样。请重新输入两次。")
        return _page(house, token, form, 422)
    device, mark = device_of(request), marked(request, house)
    try:
        entered = _accept(house, one, token, form, (device, mark))
    except (LoginNameUnfit, accepting.LoginNameTaken) as error:
        form.fault("login", error.sentence)
        return _page(house, token, form, answer_to(error).status)
    except PasswordUnfit as error:
        form.fault("password", error.sentence)
        return _page(house, token, form, 422)
    cookie = mark_cookie(mark, house)
    if entered.login.stage == "pending":
        return ask_second(house, entered, "", cookie)
    return arrive(house, entered, "", cookie)


def _accept(
    house: Installation, one: Invitation, token: str, form: Form, browser: tuple[str, str]
) -> Entered:
    """`browser`: its device in words, and its mark."""
    store, password, now = house.store, form.typed("password"), house.now()
    if one.resets is not None:
        return accepting.accept_reset(store, token, password, *browser, now=now, random=house.random)
    return accepting.accept_with_new_account(
        store, token, form.typed("login"), password, *browser, now=now, random=house.random
    )


def _page(house: Installation, token: str, form: Form, status: int = 200) -> Response[str]:
    one = invitations.look(house.store, token, house.now())
    return house.templates.page(
        "people/invited.html", status, form=form, token=token, least=LEAST, **facts_of(house, one)
    )


def facts_of(house: Installation, one: Invitation) -> dict[str, object]:
    """What an invitation's page says: the invitation, the congress, the role and the unit in words."""
    whose = Actor(role=one.role, congress=one.congress, name=one.name)
    with house.store.read() as tx:
        unit = tx.units.get(whose, one.unit).name if one.unit else ""
        congress = tx.sessions.congress(one.congress)
        login = tx.accounts.get(one.resets).login if one.resets else ""
    return {
        "invitation": one,
        "congress": congress.name,
        "role": ROLE_NAMES[one.role],
        "unit": unit,
        "own_login": login,
    }


pages = Router(
    "/invited",
    route_handlers=[invited, accept],
    dependencies={"form": Provide(own_form)},
    response_headers={"referrer-policy": "same-origin"},
)
