"""家·站·室·点: the registry, duty, receptions, posters."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.stations import directory, posters, registry

OPEN_PAGES: Final[list[ControllerRouterHandler]] = [directory.directory]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [
        registry.stations,
        registry.station,
        registry.put_on_duty,
        registry.take_off_duty,
        registry.receive,
        posters.all_posters,
        posters.one_poster,
    ],
    "deputy": [directory.duties],
}
