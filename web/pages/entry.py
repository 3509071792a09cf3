"""`/enter/{token}`: a personal link is exchanged for the cookie of its own pages."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import links
from web.access import cookie, home
from web.installation import Installation
from web.menu import MENU


@get("/enter/{token:str}", sync_to_thread=True)
def enter(house: NamedDependency[Installation], token: FromPath[str]) -> Redirect:
    """Set the cookie and go to the first page of the role's menu, so that the token does not stay in the
    address bar."""
    actor = links.enter(house.store, token, house.now())
    first = next((path for path, _ in MENU[actor.role]), "")
    return Redirect(home(actor) + first, status_code=303, cookies=[cookie(actor, token, house.settings)])
