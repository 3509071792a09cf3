"""监票: the key that the scrutineers make together, the empty box, the heads they confirm."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.scrutinising import ceremony

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {"staff": [*ceremony.OF_STAFF]}
