"""What everybody sees of 群众提: the call, counts, the wall screen, the feed, open data."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.showing import data, home

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    home.congress_home,
    home.wall,
    home.suggestions,
    home.suggestion,
    data.feed,
    data.counts_csv,
    data.suggestions_csv,
    data.suggestions_json,
    data.suggestions_schema,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {}
