"""The feed and open data of a congress's projects; they are kept and checked like its pages."""

from typing import Any, Final

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from voting import showing
from voting.delivering.projects import STATE_NAMES
from voting.open_data import Feed, table_csv
from voting.publicity.news import news
from voting.publicity.table import LICENCE, OpenProject, OpenTable, open_table
from voting.reporting.lights import COLOR_NAMES
from web.installation import Installation
from web.pages.showing.data import ATOM
from web.rendering import day, time

COLUMNS: Final = (
    "年度", "序号", "名称", "建设内容", "地点", "年度目标", "办理标准", "牵头单位", "配合单位", "领办领导",
    "督办领导", "计划投资（元）", "完成投资（元）", "完成时限", "状态", "进度（%）", "灯", "亮灯理由",
    "最近报告", "测评等次", "网址", "使用条件",
)  # fmt: skip


@get("/t/{congress:str}/projects/feed.xml")
async def feed(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], congress: FromPath[str]
) -> ASGIResponse:
    """Reports, changes, completions, scores: the newest fifty."""
    page = await house.kept_pages.current(congress, "projects feed", lambda: _feed(house, congress), ATOM)
    return page.answer(request)


def _feed(house: Installation, congress_id: str) -> bytes:
    address = house.settings.address
    congress, entries = news(house.store, congress_id)
    home, own = address(f"/t/{congress_id}/projects"), address(f"/t/{congress_id}/projects/feed.xml")
    made = Feed(f"{congress.name}民生实事项目", home, own, congress.name)
    for one in entries:
        made.add(address(one.path), one.title, one.words, one.at)
    return made.to_bytes(house.now())


@get("/t/{congress:str}/projects.csv")
async def projects_csv(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], congress: FromPath[str]
) -> ASGIResponse:
    """One line for each project, all years."""
    saved_as = 'attachment; filename="projects.csv"'
    page = await house.kept_pages.current(
        congress, "projects csv", lambda: _csv(house, congress), "text/csv", content_disposition=saved_as
    )
    return page.answer(request)


def _csv(house: Installation, congress: str) -> bytes:
    return table_csv(COLUMNS, [_row(one) for one in _table(house, congress).projects])


@get("/t/{congress:str}/projects.json")
async def projects_json(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], congress: FromPath[str]
) -> ASGIResponse:
    """The same as structures, with milestones and scores."""
    page = await house.kept_pages.current(
        congress, "projects json", lambda: msgspec.json.encode(_table(house, congress)), "application/json"
    )
    return page.answer(request)


@get("/t/{congress:str}/projects.schema.json", sync_to_thread=True)
def projects_schema(house: NamedDependency[Installation], congress: FromPath[str]) -> dict[str, Any]:
    """JSON Schema of the file beside it: what each field means."""
    showing.overview(house.store, congress)
    return msgspec.json.schema(OpenTable)


def _table(house: Installation, congress: str) -> OpenTable:
    return open_table(house.store, congress, house.settings.address(""), house.now())


def _row(one: OpenProject) -> tuple[object, ...]:
    return (
        one.year,
        one.number,
        one.title,
        one.content,
        one.place,
        one.targets,
        one.standard,
        one.lead_unit,
        "、".join(one.assisting_units),
        one.chief,
        one.watcher,
        one.planned,
        one.spent,
        day(one.deadline) if one.deadline else "",
        STATE_NAMES[one.state],
        one.progress,
        COLOR_NAMES[one.light],
        one.light_words,
        time(one.reported_at) if one.reported_at else "",
        "；".join(f"{score.round}：{score.level}" for score in one.scores if score.part is None),
        one.address,
        LICENCE,
    )
