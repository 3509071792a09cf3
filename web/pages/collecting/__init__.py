"""群众提: the public form, its query page, screening, what staff and deputies enter."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
