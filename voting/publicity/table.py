"""Open data: every project of a congress that the public may see, with fields that a program can read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from msgspec import Meta, Struct

from voting.actors import PUBLIC
from voting.days import today
from voting.delivering.projects import STATE_NAMES, Milestone, Project, ProjectState, as_known
from voting.publicity.lamps import lamps
from voting.rating.overviews import scores_of_projects
from voting.rating.scores import Score
from voting.ratings import UNGRADED
from voting.reporting.lights import Color, Light, ReportingSettings
from voting.rounds import Congress
from voting.screening.plans import target_words
from voting.store import Store

LICENCE: Final = "可以自由复制、使用和再加工，请注明来源。"


class OpenMilestone(Struct, frozen=True, kw_only=True):
    """节点."""

    title: str
    starts: date
    due: date
    weight: Annotated[int, Meta(description="权重，百分数；一个项目各节点合计100")]


class OpenScore(Struct, frozen=True, kw_only=True):
    """满意度测评的一次结果."""

    round: Annotated[str, Meta(description="测评的名称")]
    level: Annotated[str, Meta(description=f"等次；没有人表示意见的是“{UNGRADED}”")]
    day: date | None
    raters: Annotated[str, Meta(description="测评人：人大代表或者常委会组成人员")]
    part: Annotated[int | None, Meta(description="子项序号；null 指整个项目")]
    satisfied: Annotated[Decimal | None, Meta(description="满意率，百分数；null：不公布")]
    overall: Annotated[Decimal | None, Meta(description="总体满意率，百分数；null：不公布")]
    address: Annotated[str, Meta(description="公布页面")]


class OpenProject(Struct, frozen=True, kw_only=True):
    """一件民生实事项目."""

    id: str
    year: Annotated[int, Meta(description="实施年度")]
    number: Annotated[int, Meta(description="公布的序号")]
    address: Annotated[str, Meta(description="项目页面")]
    title: Annotated[str, Meta(description="名称")]
    content: Annotated[str, Meta(description="建设内容")]
    place: Annotated[str, Meta(description="实施地点")]
    targets: Annotated[str, Meta(description="年度目标；实施方案公布以前是空的")]
    standard: Annotated[str, Meta(description="办理标准")]
    state: Annotated[ProjectState, Meta(description="、".join(f"{k}：{v}" for k, v in STATE_NAMES.items()))]
    lead_unit: Annotated[str, Meta(description="牵头单位")]
    assisting_units: Annotated[tuple[str, ...], Meta(description="配合单位")]
    chief: Annotated[str, Meta(description="领办领导")]
    watcher: Annotated[str, Meta(description="督办领导")]
    planned: Annotated[int, Meta(description="计划投资，元")]
    spent: Annotated[int, Meta(description="累计完成投资，元")]
    deadline: date | None
    progress: Annotated[Decimal, Meta(description="完成进度，百分数")]
    reported_at: Annotated[datetime | None, Meta(description="最近一次进度报告的时间")]
    light: Annotated[Color, Meta(description="red 红、orange 橙、yellow 黄、green 绿、blue 蓝、none 未亮")]
    light_words: Annotated[str, Meta(description="亮灯的理由")]
    milestones: tuple[OpenMilestone, ...]
    scores: tuple[OpenScore, ...]


class OpenTable(Struct, frozen=True, kw_only=True):
    """开放数据文件."""

    source: Annotated[str, Meta(description="发布单位")]
    licence: Annotated[str, Meta(description="使用条件")]
    projects: tuple[OpenProject, ...]


def open_table(store: Store, congress_id: str, site: str, now: datetime) -> OpenTable:
    """All years, in the order of their announcements; `site` begins every address. Raises NotFound."""
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        found = tx.projects.of_all_years(PUBLIC, congress_id)
        units = {one.id: one.name for one in tx.units.all(congress_id)}
        assisting, milestones = tx.projects.assisting(found), tx.projects.milestones(found)
        lights = lamps(tx, found, tx.settings.get(congress_id, ReportingSettings), today(now))
        scores = scores_of_projects(tx, PUBLIC, found)
    return OpenTable(
        source=congress.name,
        licence=LICENCE,
        projects=tuple(
            _project(
                site,
                congress,
                one,
                units,
                assisting.get(one.id, ()),
                milestones.get(one.id, ()),
                lights[one.id],
                scores.get(one.id, ()),
            )
            for one in found
        ),
    )


def _project(  # noqa: PLR0913, PLR0917 - what was fetched for all, for one of them
    site: str,
    congress: Congress,
    one: Project,
    units: dict[str, str],
    assisting: tuple[str, ...],
    milestones: tuple[Milestone, ...],
    light: Light,
    scores: tuple[Score, ...],
) -> OpenProject:
    known = as_known(PUBLIC, one)
    planned = known.planned_at is not None
    return OpenProject(
        id=known.id,
        year=known.year,
        number=known.number,
        address=f"{site}/t/{congress.id}/projects/{known.id}",
        title=known.title,
        content=known.content,
        place=known.place,
        targets=target_words(known.targets),
        standard=known.standard,
        state=known.state,
        lead_unit=units.get(known.lead_unit or "", ""),
        assisting_units=tuple(units.get(unit, "") for unit in assisting) if planned else (),
        chief=known.chief,
        watcher=known.watcher,
        planned=known.planned,
        spent=known.spent,
        deadline=known.deadline,
        progress=Decimal(known.progress) / 10,
        reported_at=known.reported_at,
        light=light.color,
        light_words=light.words,
        milestones=tuple(_milestone(of) for of in milestones) if planned else (),
        scores=tuple(_score(site, of) for of in scores),
    )


def _milestone(one: Milestone) -> OpenMilestone:
    return OpenMilestone(title=one.title, starts=one.starts, due=one.due, weight=one.weight)


def _score(site: str, one: Score) -> OpenScore:
    return OpenScore(
        round=one.round_title,
        level=one.level or UNGRADED,
        day=one.day,
        raters=one.who,
        part=one.part,
        satisfied=_tenths(one.satisfied),
        overall=_tenths(one.overall),
        address=site + one.path,
    )


def _tenths(rate: int | None) -> Decimal | None:
    return None if rate is None else Decimal(rate) / 10
