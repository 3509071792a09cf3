"""`/t/{congress}` and what can be read there; `/t/{congress}/wall` is the same for a station's wall."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import showing
from voting.days import today
from voting.showing import PAGE
from voting.store.showing import Count
from voting.suggestions import ROUTE_NAMES, SOURCE_NAMES, STANDING_NAMES
from web.forms import Form
from web.installation import Installation

FOR_A_MINUTE = {"cache-control": "public, max-age=60"}
MOST_BARS = 10
"""What stands on the page; the whole list is in the table file."""
WALL_SECONDS = 60


@get("/t/{congress:str}", sync_to_thread=True)
def congress_home(
    house: NamedDependency[Installation], form: NamedDependency[Form], congress: FromPath[str]
) -> Response[str]:
    """The call, the way to propose, and how much came in."""
    return _page(house, "showing/home.html", congress, form.whole("year"))


@get("/t/{congress:str}/wall", sync_to_thread=True)
def wall(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """For the screen on a station's wall: nothing to press, new every minute."""
    return _page(house, "showing/wall.html", congress, None)


@get("/t/{congress:str}/s", sync_to_thread=True)
def suggestions(
    house: NamedDependency[Installation], form: NamedDependency[Form], congress: FromPath[str]
) -> Response[str]:
    """The published ones, thirty on a page."""
    shown = showing.overview(house.store, congress, form.whole("year"))
    found = showing.listing(house.store, congress, shown.year or 0, form.whole("after"))
    page = house.templates.page(
        "showing/list.html",
        shown=shown,
        suggestions=found[:PAGE],
        more=found[PAGE - 1].number if len(found) > PAGE else None,
        states=STANDING_NAMES,
    )
    page.headers.update(FOR_A_MINUTE)
    return page


@get("/t/{congress:str}/s/{year:int}/{number:int}", sync_to_thread=True)
def suggestion(
    house: NamedDependency[Installation],
    congress: FromPath[str],
    year: FromPath[int],
    number: FromPath[int],
) -> Response[str]:
    """One published suggestion."""
    page = house.templates.page(
        "showing/suggestion.html",
        congress=showing.overview(house.store, congress).congress,
        one=showing.suggestion(house.store, congress, year, number),
        states=STANDING_NAMES,
        sources=SOURCE_NAMES,
        routes=ROUTE_NAMES,
    )
    page.headers.update(FOR_A_MINUTE)
    return page


def _page(house: Installation, template: str, congress: str, year: int | None) -> Response[str]:
    shown = showing.overview(house.store, congress, year)
    page = house.templates.page(
        template,
        shown=shown,
        calls=showing.open_calls(house.store, congress, today(house.now())),
        tables={
            "按类别": _bars(shown.by_category),
            "按地点": _bars(shown.by_place),
            "按来源": _bars(shown.by_source),
        },
        address=house.settings.address(f"/t/{congress}/new"),
        seconds=WALL_SECONDS,
    )
    page.headers.update(FOR_A_MINUTE)
    return page


def _bars(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """The largest; what is left over in one more."""
    rest = sum(one.times for one in counts[MOST_BARS:])
    return (*counts[:MOST_BARS], *([Count(name="其余", times=rest)] if rest else []))
