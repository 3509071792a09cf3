"""台账: lists, search, similar ones, merging, exports."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.ledger import exporting, figures, listing, merging, registers

OPEN_PAGES: Final[list[ControllerRouterHandler]] = []
_READ: Final[list[ControllerRouterHandler]] = [
    listing.ledger,
    listing.save_view,
    listing.drop_view,
    figures.figures,
]
_OFFICE: Final[list[ControllerRouterHandler]] = [
    *_READ,
    exporting.start,
    exporting.progress,
    exporting.workbook,
    exporting.table,
    registers.register_file,
    merging.merge_form,
    merging.merge,
    merging.unmerge,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": _OFFICE,
    "government_office": _OFFICE,
    "presidium": _READ,
}
