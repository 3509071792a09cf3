"""`/t/{congress}/projects`: the projects of a year, with their lights, by unit and by light."""

from typing import Any, Final
from urllib.parse import urlencode

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from voting.delivering.projects import STATE_NAMES, wan
from voting.publicity.board import Board, Wanted, board
from voting.publicity.table import LICENCE
from voting.ratings import UNGRADED
from voting.reporting.lights import COLOR_NAMES, Color, percent
from web.forms import Form
from web.installation import Installation

SHAPES: Final[dict[Color, str]] = {
    "red": "▲",
    "orange": "◆",
    "yellow": "■",
    "green": "●",
    "blue": "✔",
    "none": "○",
}
"""A light is never told by its colour alone."""


class _Elsewhere(Exception):
    """A filter that this year does not have: the page without it stands at another address."""

    def __init__(self, query: str) -> None:
        self.query = query


@get("/t/{congress:str}/projects")
async def projects(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
) -> ASGIResponse:
    """`?year=&unit=&light=`; what is left out or empty is no filter."""
    wanted = Wanted(year=form.whole("year"), unit=form.typed("unit"), light=form.typed("light"))
    try:
        page = await house.kept_pages.current(
            congress, f"projects {_query(wanted)}", lambda: _render(house, congress, wanted)
        )
    except _Elsewhere as elsewhere:
        query = f"?{elsewhere.query}" if elsewhere.query else ""
        return ASGIResponse(status_code=303, headers={"location": f"/t/{congress}/projects{query}"})
    return page.answer(request)


def _render(house: Installation, congress: str, wanted: Wanted) -> str:
    shown = board(house.store, congress, wanted, house.now())
    found = Wanted(
        year=shown.year if wanted.year is not None else None, unit=shown.unit or "", light=shown.light or ""
    )
    if found != wanted:
        raise _Elsewhere(_query(found))
    return house.templates.render("publicity/overview.html", {**words(), **_context(shown)})


def _query(wanted: Wanted) -> str:
    fields = {"year": wanted.year, "unit": wanted.unit, "light": wanted.light}
    return urlencode({name: value for name, value in fields.items() if value})


def words() -> dict[str, Any]:
    """What every template of projects calls things."""
    return {
        "states": STATE_NAMES,
        "colors": COLOR_NAMES,
        "shapes": SHAPES,
        "percent": percent,
        "wan": wan,
        "ungraded": UNGRADED,
    }


def _context(shown: Board) -> dict[str, Any]:
    most = max((one.project.planned for one in shown.going), default=0)
    return {
        "shown": shown,
        "congress": shown.congress,
        "links": {color: _query(_with(shown, light=color)) for color, _ in shown.counts},
        "all_lights": _query(_with(shown, light="")),
        "most": most,
        "licence": LICENCE,
    }


def _with(shown: Board, light: str) -> Wanted:
    return Wanted(year=shown.year, unit=shown.unit or "", light=light)
