"""台账: lists, search, similar ones, merging, exports."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
