"""`…/figures`: 办结率, 满意率, 采纳率 up to a day, each with its definition."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency

from voting.days import CHINA, today
from voting.duties import demand
from voting.ledger import DEFINITIONS, Names, Tally
from voting.store.totals import Grouping
from voting.suggestions import SOURCE_NAMES
from web.access import Visit
from web.forms import Form

_GROUPINGS: Final[tuple[tuple[Grouping, str], ...]] = (
    ("source", "按来源"),
    ("category", "按类别"),
    ("unit", "按主办单位"),
    ("village", "按村社"),
)


@get("/figures", sync_to_thread=True)
def figures(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The year's counts up to the end of a day."""
    demand(visit.actor, "read_suggestions")
    until = _until(form, today(visit.now))
    with visit.house.store.read() as tx:
        years = tx.ledger.figures.years(visit.actor)
        year = _year(form, years)
        names = tx.ledger.names(visit.actor)
        before = datetime.combine(until + timedelta(days=1), time(), CHINA)
        # The figures as they stand are at hand; those of an earlier day cost a look at what came since.
        earlier = until < today(visit.now) or tx.ledger.figures.received_since(visit.actor, before)
        groups = {} if form.faults else tx.totals.of_all(visit.actor, year, before if earlier else None)
    return visit.page(
        "ledger/figures.html",
        422 if form.faults else 200,
        form=form,
        until=until,
        year=year,
        years=years,
        whole=_whole(groups.get("source", {})),
        tables=[
            (title, _rows(groups[grouping], _named(grouping, names)))
            for grouping, title in _GROUPINGS
            if grouping in groups
        ],
        definitions=DEFINITIONS,
    )


def _until(form: Form, standard: date) -> date:
    if not form.typed("until").strip():
        return standard
    day = form.day("until", "截止日期")
    if not 1990 <= day.year <= 2200:
        form.fault("until", "“截止日期”不在合理的范围内。请填写例如 2026-01-25。")
    return standard if form.faults else day


def _year(form: Form, years: tuple[int, ...]) -> int | None:
    """The latest, unless another one or all are asked for."""
    typed = form.typed("year")
    if typed == "all" or not years:
        return None
    if typed and typed not in map(str, years):
        form.fault("year", "这一年没有意见建议。请重新选择年份。")
    return int(typed) if typed in map(str, years) else years[0]


def _whole(by_source: dict[str, Tally]) -> Tally:
    """Everything: each suggestion has exactly one source."""
    fields = Tally.__struct_fields__
    return Tally(**{name: sum(getattr(one, name) for one in by_source.values()) for name in fields})


def _named(grouping: Grouping, names: Names) -> dict[str, str]:
    known: dict[Grouping, Any] = {
        "source": SOURCE_NAMES,
        "category": names.categories,
        "unit": names.units,
        "village": names.villages,
    }
    return dict(known[grouping])


def _rows(tallies: dict[str, Tally], names: dict[str, str]) -> list[tuple[str, Tally]]:
    """In the order of the office's list; what names none comes last."""
    order = {one: place for place, one in enumerate(names)}
    keys = sorted(tallies, key=lambda one: (order.get(one, len(order)), one))
    return [(names.get(key, "（没有填写）"), tallies[key]) for key in keys]
