"""A tablet in the hall for those without a phone."""

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {}
