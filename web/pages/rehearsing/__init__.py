"""演练 from the staff pages."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.rehearsing import desk

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {"staff": [desk.rehearsal, desk.begin, desk.stop]}
