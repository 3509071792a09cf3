"""监票: the key that the scrutineers make together, the empty box, the heads they confirm."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {}
