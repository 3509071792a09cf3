"""从线索到候选项目: drafts, opinions, the slate, its way to the round; the deputies' reading page."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
