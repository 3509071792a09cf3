"""演练 from the staff pages."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {}
