"""登记整理 → 分类交办 → 跟踪督办 → 答复反馈, for offices and units."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
