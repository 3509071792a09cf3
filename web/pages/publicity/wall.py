"""`/t/{congress}/projects/wall`: for the screen on a station's wall; it turns its pages by itself.

Which page is shown is the clock's doing, so that one address shows them all in turn: by the page's script,
or, without scripts, by the browser's own reload.
"""

from collections.abc import Sequence
from typing import Any, Final

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from voting.publicity.board import Board, Row, Wanted, board
from web.installation import Installation
from web.kept_pages import REVALIDATED, page_of
from web.pages.publicity.overview import words

TURN_SECONDS: Final = 15
ROWS: Final = 5
"""Projects on one page, to be read from three metres."""
_BETWEEN: Final = "\0"


@get("/t/{congress:str}/projects/wall")
async def projects_wall(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], congress: FromPath[str]
) -> ASGIResponse:
    """The newest year: a page of counts, then the projects, five at a time."""
    kept = await house.kept_pages.current(congress, "wall", lambda: _render(house, congress))
    pages = kept.body.split(_BETWEEN.encode())
    turn = int(house.now().timestamp()) // TURN_SECONDS % len(pages)
    return page_of(kept.mark, pages[turn], REVALIDATED).answer(request)


def _render(house: Installation, congress: str) -> str:
    shown = board(house.store, congress, Wanted(), house.now())
    pages = [(), *_by_page(shown.rows)]
    return _BETWEEN.join(
        _page(house, shown, rows, number, len(pages)) for number, rows in enumerate(pages, 1)
    )


def _by_page(rows: Sequence[Row]) -> list[tuple[Row, ...]]:
    return [tuple(rows[first : first + ROWS]) for first in range(0, len(rows), ROWS)]


def _page(house: Installation, shown: Board, rows: Sequence[Row], number: int, pages: int) -> str:
    context = {
        **words(),
        "shown": shown,
        "rows": rows,
        "number": number,
        "pages": pages,
        "seconds": TURN_SECONDS,
        "address": house.settings.address(f"/t/{shown.congress.id}/projects"),
    }
    return house.templates.render("publicity/wall.html", context)
