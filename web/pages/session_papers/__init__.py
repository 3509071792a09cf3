"""The papers of a session: rules, scripts, ballots, reports, 公告."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {}
