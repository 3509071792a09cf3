"""Where an office begins: what waits today, and everything that is set once."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.offices import desk

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [desk.today, desk.set_once],
    "government_office": [desk.today, desk.set_once],
}
