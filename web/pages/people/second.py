"""`/account/second`: one-time codes and passkeys are set up and taken away."""

import json
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.accounts import own, second_steps
from voting.accounts.logins import refuse_stale
from voting.accounts.own import SecondStepFirst
from voting.accounts.second_steps import CodeWrong, PasskeyRefused
from voting.errors import TextError
from web.forms import Form
from web.pages.people.account import Holder

HERE: Final = "/second"


@get("/second", sync_to_thread=True)
def second(holder: NamedDependency[Holder], form: NamedDependency[Form]) -> Response[str]:
    """What is set up, and how to set up more."""
    return _second(holder, form)


@post("/second/codes", sync_to_thread=True)
def set_up_codes(holder: NamedDependency[Holder], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """The first code shows that the app has the secret."""
    try:
        entered = own.set_up_codes(
            holder.house.store,
            holder.standing.login,
            form.typed("secret"),
            form.typed("code"),
            now=holder.now,
            random=holder.house.random,
        )
    except CodeWrong as error:
        form.fault("code", error.sentence)
        return _second(holder, form, 422)
    return holder.go_on_as(entered)


@post("/second/codes/remove", sync_to_thread=True)
def remove_codes(holder: NamedDependency[Holder]) -> Redirect:
    """One-time codes are asked for no more."""
    own.remove_codes(holder.house.store, holder.standing.login, holder.now)
    return holder.go(HERE)


@post("/second/passkeys", sync_to_thread=True)
def add_passkey(holder: NamedDependency[Holder], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """The script puts what the browser made into the form."""
    site = second_steps.site_of(holder.house.settings.url)
    try:
        if site is None:
            raise PasskeyRefused
        entered = own.add_passkey(
            holder.house.store,
            holder.standing.login,
            site,
            form.typed("name"),
            form.typed("answer"),
            now=holder.now,
            random=holder.house.random,
        )
    except (PasskeyRefused, TextError) as error:
        form.fault("name", error.sentence)
        return _second(holder, form, 422)
    return holder.go_on_as(entered)


@post("/second/passkeys/remove", sync_to_thread=True)
def remove_passkey(holder: NamedDependency[Holder], form: NamedDependency[Form]) -> Redirect:
    """A telephone that was sold."""
    own.remove_passkey(holder.house.store, holder.standing.login, form.typed("credential"), holder.now)
    return holder.go(HERE)


def _second(holder: Holder, form: Form, status: int = 200) -> Response[str]:
    """The secret stays the same until its first code is right, so that one scan is enough."""
    typed = form.typed("secret")
    secret = typed if second_steps.is_secret(typed) else second_steps.new_secret(holder.house.random)
    standing = holder.standing
    if standing.second_step and standing.login.stage != "strong":
        raise SecondStepFirst
    refuse_stale(standing.login, holder.now)
    return holder.page(
        "people/second.html",
        status,
        form=form,
        secret=secret,
        secret_address=second_steps.secret_address(secret, standing.account.login),
        options=_options(holder),
    )


def _options(holder: Holder) -> str:
    """JSON for the script; empty where browsers give out no passkeys."""
    site = second_steps.site_of(holder.house.settings.url)
    if site is None:
        return ""
    made = own.ask_new_passkey(
        holder.house.store, holder.standing.login, site, now=holder.now, random=holder.house.random
    )
    return json.dumps(made)
