"""The feed and open data of a congress: /t/{congress}/feed.atom, …/data/*.csv, *.json."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import showing
from voting.open_data import Feed, table_csv
from voting.store.showing import Shown
from voting.suggestions import ROUTE_NAMES, SOURCE_NAMES, STANDING_NAMES
from web.access import download
from web.installation import Installation
from web.rendering import time

CSV = "text/csv; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"

COUNT_COLUMNS = ("年度", "统计方式", "名称", "件数")
COLUMNS = ("编号", "标题", "内容", "类别", "地点", "来源", "状态", "去向", "处理意见", "答复", "公开时间")


@get("/t/{congress:str}/feed.atom", sync_to_thread=True)
def feed(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[bytes]:
    """Calls, and suggestions if they are published."""
    address = house.settings.address
    shown = showing.overview(house.store, congress)
    name = shown.congress.name
    made = Feed(f"{name}民生实事征集", address(f"/t/{congress}"), address(f"/t/{congress}/feed.atom"), name)
    for entry in showing.news(house.store, congress):
        made.add(address(entry.path), entry.title, entry.words, entry.at)
    return Response(made.to_bytes(house.now()), media_type=ATOM)


@get("/t/{congress:str}/data/counts.csv", sync_to_thread=True)
def counts_csv(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[bytes]:
    """How many by category, place and source, every year."""
    rows = [
        row
        for year in showing.overview(house.store, congress).years
        for row in _counts(house, congress, year)
    ]
    return download(table_csv(COUNT_COLUMNS, rows), CSV, "征集统计.csv")


@get("/t/{congress:str}/data/suggestions.csv", sync_to_thread=True)
def suggestions_csv(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[bytes]:
    """The published suggestions; only the header if the congress publishes none."""
    rows = [_row(one) for one in showing.everything(house.store, congress)]
    return download(table_csv(COLUMNS, rows), CSV, "意见建议.csv")


@get("/t/{congress:str}/data/suggestions.json", sync_to_thread=True)
def suggestions_json(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[bytes]:
    """The same as structures."""
    body = msgspec.json.encode(showing.everything(house.store, congress))
    return Response(body, media_type="application/json")


@get("/t/{congress:str}/data/suggestions.schema.json", sync_to_thread=True)
def suggestions_schema(house: NamedDependency[Installation], congress: FromPath[str]) -> dict[str, Any]:
    """JSON Schema of the file beside it."""
    showing.overview(house.store, congress)
    return msgspec.json.schema(tuple[Shown, ...])


def _counts(house: Installation, congress: str, year: int) -> list[tuple[object, ...]]:
    shown = showing.overview(house.store, congress, year)
    tables = {"类别": shown.by_category, "地点": shown.by_place, "来源": shown.by_source}
    return [(year, way, one.name, one.times) for way, counts in tables.items() for one in counts]


def _row(one: Shown) -> tuple[object, ...]:
    return (
        f"{one.year}-{one.number:05d}",
        one.title,
        one.text,
        one.category,
        one.place,
        SOURCE_NAMES[one.source],
        STANDING_NAMES[one.state],
        ROUTE_NAMES[one.route] if one.route else "",
        one.decision,
        one.answer,
        time(one.at),
    )
