"""决定: what an outcome leaves open is settled; the presidium's screen."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.settling import presidium_screen, settle

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "staff": [settle.settle, settle.withdraw, settle.make_known],
    "chair": [presidium_screen.screen],
    "presidium": [presidium_screen.sessions, presidium_screen.screen_of_session],
}
