"""The year at a glance, its report, the next one; documents for everybody, and the signatures beside them."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.years import board, earlier, opening, papers, signed_files

_OFFICE: Final[list[ControllerRouterHandler]] = [
    board.year_board,
    board.annual_report,
    opening.next_year,
    opening.open_year,
]
_STAFF: Final[list[ControllerRouterHandler]] = [
    board.set_steps,
    earlier.earlier,
    earlier.import_earlier,
    earlier.template,
    papers.papers,
    papers.issue_paper,
    papers.issue_report,
    papers.withdraw_paper,
]
OPEN_PAGES: Final[list[ControllerRouterHandler]] = [
    signed_files.public_key,
    signed_files.round_json_signature,
    signed_files.archive_signature,
    signed_files.paper_list,
    signed_files.paper,
    signed_files.paper_signature,
]
ROLE_PAGES: Final[dict[PageRole, list[ControllerRouterHandler]]] = {
    "staff": [*_OFFICE, *_STAFF],
    "government_office": _OFFICE,
}
