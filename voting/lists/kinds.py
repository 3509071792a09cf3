"""The lists: what each is called, what it holds, what tells two of its entries apart. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.days import CHINA
from voting.duties import Action
from voting.lists import columns as read
from voting.lists.columns import Column
from voting.people import Category, Deputy, Unit, Village
from voting.rounds import Level
from voting.stations import KIND_NAMES, Station

ListName = Literal["deputies", "units", "villages", "categories", "stations"]

STARTING_CATEGORIES: Final = (
    "交通出行",
    "教育",
    "医疗卫生",
    "养老托育",
    "住房保障",
    "人居环境",
    "文化体育",
    "农田水利",
    "公共安全",
    "其他",
)


class Surroundings(Struct, frozen=True, kw_only=True):
    """What the columns of a list depend on."""

    level: Level
    villages: tuple[Village, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One list. `keys`: which fields tell that a row of a table is an entry we have, the surest first.

    `unique`: fields that no two entries in use may share. `forever`: an entry that has ended keeps its name,
    and is brought back rather than made anew.
    """

    name: ListName
    title: str
    noun: str
    counter: str
    ending: str
    """The word for what is done to an entry that is over."""
    returning: str
    """The word for bringing it back."""
    action: Action
    struct: type[Struct]
    table: str
    ended: str
    columns: Callable[[Surroundings], tuple[Column, ...]]
    keys: tuple[tuple[str, ...], ...]
    unique: tuple[tuple[str, ...], ...]
    forever: bool = True

    def end_value(self, now: datetime) -> date | datetime:
        """What is kept of the end: a deputy's is a day."""
        return now.astimezone(CHINA).date() if self.ended == "ended_on" else now


def _deputy_columns(around: Surroundings) -> tuple[Column, ...]:
    committee = "主席团成员" if around.level == "town" else "常委会组成人员"
    both = {"是": "是", "否": "否"}
    return (
        Column(
            field="number",
            name="序号",
            read=read.number,
            synonyms="编号",
            needed=True,
            example="1",
            hint="按代表名册上印的填写",
        ),
        Column(
            field="name",
            name="姓名",
            read=read.person,
            synonyms="代表姓名 代表",
            needed=True,
            example="张桂兰",
        ),
        Column(
            field="delegation",
            name="代表团",
            read=read.line,
            synonyms="所在代表团 代表团名称 代表小组 所在代表小组",
            needed=True,
            example="城关代表团",
        ),
        Column(
            field="phone",
            name="手机号码",
            read=read.phone,
            synonyms="手机 手机号 电话 联系电话 电话号码",
            hint="可以不填；填了可以收到短信提醒",
        ),
        Column(
            field="committee",
            name=committee,
            read=read.yes_or_no,
            synonyms="常委会组成人员 常委会委员 委员 主席团成员",
            options=both,
            example="否",
        ),
        Column(
            field="suspended",
            name="暂停执行代表职务",
            read=read.yes_or_no,
            synonyms="暂停职务 暂停",
            hint="暂停期间不能签到，不发投票卡",
            options=both,
            example="否",
        ),
    )


def _unit_columns(_: Surroundings) -> tuple[Column, ...]:
    return (
        Column(
            field="name",
            name="单位名称",
            read=read.line,
            synonyms="单位 名称 承办单位 责任单位 部门",
            needed=True,
            example="县交通运输局",
        ),
    )


def _village_columns(around: Surroundings) -> tuple[Column, ...]:
    name = Column(
        field="name",
        name="村社名称",
        read=read.line,
        synonyms="村社 村 社区 名称 村名 村(社区) 村(社区)名称 村、社区",
        needed=True,
        example="东河村",
    )
    town = Column(
        field="town",
        name="所属乡镇",
        read=read.optional_line,
        synonyms="乡镇 街道 乡镇(街道) 所属乡镇(街道)",
        example="东河镇",
    )
    return (name, _order()) if around.level == "town" else (name, town, _order())


def _category_columns(_: Surroundings) -> tuple[Column, ...]:
    name = Column(
        field="name",
        name="类别名称",
        read=read.line,
        synonyms="类别 名称 建议类别",
        needed=True,
        example="交通出行",
    )
    return (name, _order())


def _order() -> Column:
    return Column(
        field="place",
        name="顺序",
        read=read.place,
        synonyms="序号 排序",
        example="1",
        hint="在列表里排第几；可以不填",
    )


def _station_columns(around: Surroundings) -> tuple[Column, ...]:
    villages = {
        one.id: f"{one.town}{one.name}{'（已停用）' if one.ended_at else ''}" for one in around.villages
    }
    station_kinds = {str(kind): words for kind, words in KIND_NAMES.items()}
    text = (
        ("address", "地址", "详细地址", "南桥社区党群服务中心一楼"),
        ("hours", "开放时间", "开放 接待时间 服务时间", "每月17日 9:00至11:30"),
        ("leader", "站长", "负责人 站长姓名", "张桂兰"),
        ("liaison", "联络员", "联系人 联络员姓名", "王建军"),
    )
    return (
        Column(
            field="name",
            name="名称",
            read=read.line,
            synonyms="联络站名称 站名 联络站 站点名称",
            needed=True,
            example="南桥社区代表联络站",
        ),
        Column(
            field="kind",
            name="类型",
            read=read.one_of(station_kinds),
            synonyms="种类 级别",
            needed=True,
            options=station_kinds,
            example="站",
        ),
        Column(
            field="village",
            name="所在村社",
            read=read.optional_one_of(villages),
            synonyms="村社 村 社区 村(社区)",
            options=villages,
        ),
        *(
            Column(field=field, name=name, read=read.optional_line, synonyms=also, example=example)
            for field, name, also, example in text
        ),
    )


KINDS: Final[dict[str, Kind]] = {
    one.name: one
    for one in (
        Kind(
            name="deputies",
            title="代表名册",
            noun="代表",
            counter="名",
            ending="不再担任",
            returning="恢复",
            action="keep_roster",
            struct=Deputy,
            table="deputy",
            ended="ended_on",
            columns=_deputy_columns,
            keys=(("name", "delegation"), ("name",)),
            unique=(("number",), ("name", "delegation")),
            forever=False,
        ),
        Kind(
            name="units",
            title="承办单位",
            noun="单位",
            counter="个",
            ending="停用",
            returning="恢复使用",
            action="keep_roster",
            struct=Unit,
            table="unit",
            ended="ended_at",
            columns=_unit_columns,
            keys=(("name",),),
            unique=(("name",),),
        ),
        Kind(
            name="villages",
            title="村和社区",
            noun="村社",
            counter="个",
            ending="停用",
            returning="恢复使用",
            action="keep_places",
            struct=Village,
            table="village",
            ended="ended_at",
            columns=_village_columns,
            keys=(("town", "name"),),
            unique=(("town", "name"),),
        ),
        Kind(
            name="categories",
            title="建议类别",
            noun="类别",
            counter="个",
            ending="停用",
            returning="恢复使用",
            action="keep_places",
            struct=Category,
            table="category",
            ended="ended_at",
            columns=_category_columns,
            keys=(("name",),),
            unique=(("name",),),
        ),
        Kind(
            name="stations",
            title="家、站、室、点",
            noun="联络站",
            counter="个",
            ending="停用",
            returning="恢复使用",
            action="keep_places",
            struct=Station,
            table="station",
            ended="ended_at",
            columns=_station_columns,
            keys=(("name",),),
            unique=(("name",),),
        ),
    )
}
