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
from web.pages.people.arriving import arrive, own_form
from web.pages.people.device import device_of


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
    try:
        entered = _accept(house, one, token, form, device_of(request))
    except (LoginNameUnfit, accepting.LoginNameTaken) as error:
        form.fault("login", error.sentence)
        return _page(house, token, form, answer_to(error).status)
    except PasswordUnfit as error:
        form.fault("password", error.sentence)
        return _page(house, token, form, 422)
    return arrive(house, entered)


def _accept(house: Installation, one: Invitation, token: str, form: Form, device: str) -> Entered:
    password = form.typed("password")
    if one.resets is not None:
        return accepting.accept_reset(
            house.store, token, password, device, now=house.now(), random=house.random
        )
    return accepting.accept_with_new_account(
        house.store, token, form.typed("login"), password, device, now=house.now(), random=house.random
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
