"""After a log-in: the cookies of the account and of each of its roles, and where to go first."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.accounts import own
from voting.accounts.logging_in import Entered
from voting.accounts.logins import LONGEST
from voting.accounts.own import Standing
from web.access import cookie_below, home, refuse_foreign
from web.forms import Form, read_form
from web.installation import Installation
from web.settings import Settings

LOGIN, ACCOUNT = "/login", "/account"


def arrive(house: Installation, entered: Entered, to: str = "", *more: Cookie) -> Redirect:
    """Into the account: below it to where somebody was going, else to what `first_page` says."""
    standing = own.standing(house.store, entered.token, house.now())
    cookies = [*cookies_of(standing, entered.token, house.settings), gone(LOGIN, house.settings), *more]
    return Redirect(ACCOUNT + to if to else first_page(standing), status_code=303, cookies=cookies)


def ask_second(house: Installation, entered: Entered, query: str, *more: Cookie) -> Redirect:
    """To the second step: the password was right."""
    pending = cookie_below(LOGIN, entered.token, house.settings)
    return Redirect(f"{LOGIN}/second{query}", status_code=303, cookies=[pending, *more])


def first_page(standing: Standing) -> str:
    """The only role there is; the second step, if a role waits for it; else the choice between the roles."""
    if not all(place.ready for place in standing.places):
        return f"{ACCOUNT}/second"
    if len(standing.places) == 1:
        return home(standing.places[0].actor)
    return ACCOUNT


def cookies_of(standing: Standing, token: str, settings: Settings) -> list[Cookie]:
    """One for the account's pages and one below each role: none reaches the ballot.

    An office's end with the browser; a deputy's telephone keeps them as long as the log-in may last.
    """
    kept = None if standing.office else int(LONGEST.total_seconds())
    paths = [ACCOUNT, *(home(place.actor) for place in standing.places)]
    return [cookie_below(path, token, settings, kept) for path in paths]


def gone(path: str, settings: Settings) -> Cookie:
    """Takes a cookie away."""
    return cookie_below(path, "", settings, 0)


def with_cookies(answer: Response[str], cookies: list[Cookie]) -> Response[str]:
    """The same answer, which also sets these cookies."""
    for one in cookies:
        answer.set_cookie(one)
    return answer


async def own_form(request: Request[Any, Any, Any], house: NamedDependency[Installation]) -> Form:
    """A form that came from our own page. Raises ForeignRequest."""
    refuse_foreign(request, house.settings)
    return await read_form(request)
