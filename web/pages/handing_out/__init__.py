"""发票: the cards of a plenary, leftovers, the reserve, lost cards, incidents, 试投."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {}
