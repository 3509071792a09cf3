"""`…/rating/units`: 建议办理 of the units in a year, by seven aspects; its weights; a round over it."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand
from voting.rating import rating_units
from voting.rating.settings import ASPECT_NAMES, ENTERED, RatingSettings, Weights
from voting.rating.unit_index import DEFINITIONS
from voting.ratings import percent, tenths
from voting.rounds import Round
from web.access import Visit
from web.forms import Form
from web.pages import grading_form
from web.pages.rating.attempt import attempt
from web.pages.rating.round_form import common, read_wanted

Page = Response[str] | Redirect


@get("/rating/units", sync_to_thread=True)
def units(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The table, and the points that are entered."""
    return _page(visit, _year(visit, form), Form())


@post("/rating/units/points/{unit:str}", sync_to_thread=True)
def enter(visit: NamedDependency[Visit], form: NamedDependency[Form], unit: FromPath[str]) -> Page:
    """单位重视 and 数字赋能 of one unit."""
    demand(visit.actor, "rate")
    with visit.house.store.read() as tx:
        tx.units.get(visit.actor, unit)
    year = _year(visit, form)
    points = {one: form.number(f"{one}_{unit}", ASPECT_NAMES[one], 0, 100) for one in ENTERED}
    status = attempt(
        form,
        f"{ENTERED[0]}_{unit}",
        lambda: rating_units.enter(visit.house.store, visit.actor, year, unit, points, visit.now),
    )
    return _page(visit, year, form, status) if status else visit.go(f"/rating/units?year={year}")


@get("/rating/units/weights", sync_to_thread=True)
def weights(visit: NamedDependency[Visit]) -> Response[str]:
    """As they are."""
    demand(visit.actor, "change_settings")
    with visit.house.store.read() as tx:
        kept = tx.settings.get(visit.actor.congress, RatingSettings).weights
    return _weights_page(visit, Form.prefilled(**{name: getattr(kept, name) for name in ASPECT_NAMES}))


@post("/rating/units/weights", sync_to_thread=True)
def set_weights(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """Together they make 100."""
    demand(visit.actor, "change_settings")
    numbers = {name: form.number(name, ASPECT_NAMES[name], 0, 100) for name in ASPECT_NAMES}
    status = attempt(
        form,
        next(iter(ASPECT_NAMES)),
        lambda: rating_units.set_weights(visit.house.store, visit.actor, Weights(**numbers), visit.now),
    )
    return _weights_page(visit, form, status) if status else visit.go("/rating/units")


@get("/rating/units/new", sync_to_thread=True)
def new_round(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """All units that lead a 代表建议."""
    year = _year(visit, form)
    shown = rating_units.table(visit.house.store, visit.actor, year)
    filled = Form.prefilled(year=year, title=f"{year}年代表建议办理满意度测评", **grading_form.usual())
    return _round_page(visit, year, Form({**filled.values, "units": [one.unit for one in shown.units]}))


@post("/rating/units/new", sync_to_thread=True)
def make_round(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """过程 and 结果 of each."""
    demand(visit.actor, "rate")
    year, chosen = _year(visit, form), list(form.values.get("units", ()))
    wanted = read_wanted(visit, form, 2 * len(chosen))
    made: list[Round] = []
    status = attempt(
        form,
        "units",
        lambda: made.append(
            rating_units.make_round(visit.house.store, visit.actor, year, wanted, chosen, visit.now)
        ),
    )
    return _round_page(visit, year, form, status) if status else visit.go(f"/rounds/{made[0].id}")


def _year(visit: Visit, form: Form) -> int:
    year = form.whole("year")
    return year if year and 2000 <= year <= 2100 else today(visit.now).year


def _page(visit: Visit, year: int, form: Form, status: int | None = None) -> Response[str]:
    return visit.page(
        "rating/units.html",
        status or 200,
        shown=rating_units.table(visit.house.store, visit.actor, year),
        form=form,
        names=ASPECT_NAMES,
        entered=ENTERED,
        definitions=DEFINITIONS,
        percent=percent,
        tenths=tenths,
    )


def _weights_page(visit: Visit, form: Form, status: int | None = None) -> Response[str]:
    return visit.page("rating/weights.html", status or 200, form=form, names=ASPECT_NAMES)


def _round_page(visit: Visit, year: int, form: Form, status: int | None = None) -> Response[str]:
    shown = rating_units.table(visit.house.store, visit.actor, year)
    return visit.page(
        "rating/units_round.html",
        status or 200,
        form=form,
        year=year,
        unit_options=[(one.unit, f"{one.name}（{one.counts.handled}件）") for one in shown.units],
        **common(visit),
    )
