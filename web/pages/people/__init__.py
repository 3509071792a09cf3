"""Accounts, invitations, log-in, lists of deputies and units, the log of changes."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
