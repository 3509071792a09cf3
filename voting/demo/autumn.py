"""示例县 in the season of collection: its lists, 63 village stations, a call, and what people said first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ballots.credentials import base58
from ballots.encoding import sha256_hex
from ballots.group import Random
from voting.actors import Actor
from voting.collecting.calling import CallText, draft_call, publish_call
from voting.collecting.codes import query_code
from voting.collecting.entry import Entry
from voting.collecting.registering import register
from voting.days import today
from voting.handling.deciding import Decision, decide
from voting.lists.kinds import STARTING_CATEGORIES
from voting.people import Category, Unit, Village
from voting.screening.drafts import next_year
from voting.stations import Station
from voting.store import Store

TOWNS: Final = ("城关镇", "东溪镇", "云川镇", "白塔镇", "石桥乡", "北岭乡", "南湾镇", "双河镇", "青山乡")
PLACES: Final = ("东村", "西村", "河口村", "前进村", "新民村", "龙泉村", "中心社区")
UNITS: Final = (
    "县交通运输局",
    "县住房和城乡建设局",
    "县卫生健康局",
    "县城市管理局",
    "县教育局",
    "县民政局",
    "县水务局",
)
CALL: Final = (
    "为办好明年的民生实事，现面向全县征集项目建议。凡是群众受益面广、当年能够办成、财力能够承担的公益性事项，"
    "都可以提。请写明现在是什么情况、希望怎么办、在哪里办。每一件都会登记、答复；提出后请保存查询码，可以随时查看办理情况。"
)


class Said(NamedTuple):
    """One suggestion: where from (town and village by place), and the unit it was handed to, if any."""

    title: str
    text: str
    category: str
    town: int
    place: int
    unit: str = ""


SAID: Final = (
    Said("村口到学校没有路灯", "孩子放学天黑，路上看不见，希望装十来盏灯。", "人居环境", 5, 0),
    Said("通往小学的路晚上没有路灯", "天黑得早，学生走夜路不安全，请安装路灯。", "人居环境", 5, 1),
    Said("水管三天两头停水", "管子是九十年代的，老漏水，夏天一停就是两天。", "农田水利", 4, 2, "县水务局"),
    Said("自来水又黄又小", "早晚高峰上不去二楼，水放出来是黄的。", "农田水利", 5, 2),
    Said("老人中午吃饭难", "儿女都在外面，八十多岁的老人自己做饭不安全，希望办个食堂。", "养老托育", 0, 6),
    Said(
        "给我们小区装电梯",
        "六层楼没有电梯，住着二十几位七十岁以上的老人。",
        "住房保障",
        0,
        6,
        "县住房和城乡建设局",
    ),
    Said(
        "医院门口停车要等一个钟头", "人民路两边都停满了，救护车都进不去。", "交通出行", 0, 0, "县城市管理局"
    ),
    Said("孩子午休趴在桌上睡", "睡得脖子疼，希望学校配能躺的椅子。", "教育", 1, 6),
    Said("双职工没人带孩子", "两岁的孩子没有地方托，私人的一个月三千多。", "养老托育", 0, 6),
    Said("急弯那里没有护栏", "去年掉下去一辆三轮车，临河一边请装护栏。", "交通出行", 5, 3),
    Said("给村里修一条到合作社的路", "下雨天车进不来，橘子烂在地里。", "交通出行", 7, 4),
    Said("公交车一天只有两班", "去县城看病，错过早班就要等到下午。", "交通出行", 8, 5),
)


def gather(store: Store, staff: Actor, now: datetime, random: Random) -> None:
    """Everything by the functions that the pages call; three things are with units already."""
    units = _lists(store, staff, random)
    text = CallText(
        year=next_year(now),
        title=f"{next_year(now)}年民生实事项目建议征集公告",
        text=CALL,
        issuers="示例县人民政府办公室、示例县人大常委会办公室",
        opens=today(now),
        closes=today(now) + timedelta(days=30),
    )
    publish_call(store, staff, draft_call(store, staff, text, now).id, now)
    for number, said in enumerate(SAID):
        _hear(store, staff, said, units, now + timedelta(minutes=number), random)


def _lists(store: Store, staff: Actor, random: Random) -> dict[str, str]:
    """Villages, categories, units and a station in every village; the units' ids by name."""
    here = staff.congress
    villages = [
        Village(id=_id(random), congress=here, name=name, town=town, place=n)
        for n, (town, name) in enumerate((town, name) for town in TOWNS for name in PLACES)
    ]
    units = [Unit(id=_id(random), congress=here, name=name) for name in UNITS]
    with store.write() as tx:
        tx.villages.add_many(villages)
        tx.units.add_many(units)
        tx.categories.add_many(
            [
                Category(id=_id(random), congress=here, name=name, place=n)
                for n, name in enumerate(STARTING_CATEGORIES)
            ]
        )
        tx.stations.add_many([_station(one, random) for one in villages])
    return {one.name: one.id for one in units}


def _station(village: Village, random: Random) -> Station:
    return Station(
        id=_id(random),
        congress=village.congress,
        code=base58(8, random),
        name=f"{village.town}{village.name}代表联络站",
        kind="station",
        village=village.id,
        address=f"{village.name}党群服务中心一楼",
        hours="每月17日9:00—11:30，平日由联络员值守",
        leader="",
        liaison="",
    )


def _hear(
    store: Store, staff: Actor, said: Said, units: dict[str, str], now: datetime, random: Random
) -> None:
    """Somebody came to the station and said it; nobody keeps the query code of a fictional person."""
    with store.read() as tx:
        village = _named(tx.villages.current(staff.congress), TOWNS[said.town], PLACES[said.place])
        station = next(one for one in tx.stations.current(staff.congress) if one.village == village.id)
        category = next(one for one in tx.categories.current(staff.congress) if one.name == said.category)
    entry = Entry(
        title=said.title, text=said.text, category=category.id, village=village.id, station=station.id
    )
    key = sha256_hex(random(32))
    made = register(
        store,
        staff,
        entry,
        kind="clue",
        source="station",
        channel="visit",
        received_on=None,
        release=True,
        form_key=key,
        code=query_code(random(32), staff.congress, key),
        now=now,
    )
    if said.unit:
        task = "请按职责办理，并与提出人联系。"
        decision = Decision(route="handed", text=task, lead=units[said.unit])
        decide(store, staff, made.id, decision, now)


def _named(villages: Sequence[Village], town: str, name: str) -> Village:
    return next(one for one in villages if (one.town, one.name) == (town, name))


def _id(random: Random) -> str:
    return random(16).hex()
