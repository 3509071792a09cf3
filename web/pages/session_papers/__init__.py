"""The papers of a session: rules, scripts, ballots, reports, 公告."""

from typing import Final

from litestar.types import ControllerRouterHandler

from web.access import PageRole
from web.pages.session_papers import listing, printing

_READING: Final[list[ControllerRouterHandler]] = [
    listing.papers,
    printing.session_paper,
    printing.round_paper,
]

OPEN_PAGES: list[ControllerRouterHandler] = []
ROLE_PAGES: dict[PageRole, list[ControllerRouterHandler]] = {
    "staff": [*_READING, listing.ballot_form, listing.set_ballot_form],
    "operator": _READING,
}
