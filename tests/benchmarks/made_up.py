"""As many suggestions as one likes, each different, in the words of a county: for measuring only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from ballots.encoding import sha256_hex
from voting.suggestions import Channel, Kind, Source, Standing, Suggestion

FIRST_YEAR: Final = 2023
YEARS: Final = 5
_BEGINNING: Final = datetime(2022, 9, 1, 1, 0, tzinfo=UTC)

# What it is about, with what is wrong and what is wanted; a county's subjects, commonest first.
_SUBJECTS: Final = tuple(
    line.split("|")
    for line in """
路灯|晚上没有路灯，漆黑一片|安装太阳能路灯
通村公路|路面破损严重，坑坑洼洼，下雨积水|修复路面并加宽
村道|道路狭窄，两车无法会车|加宽村道，增设错车道
自来水管网|管网老化，经常停水，水质浑浊|更换供水管道
污水管网|生活污水直排沟渠，夏天气味难闻|铺设污水管网，建设处理设施
公交线路|到县城只有两班客车，老人看病不方便|增加公交班次，延伸线路
停车位|小区车辆乱停，消防通道被占|增设公共停车场
垃圾分类点|垃圾清运不及时，堆在路边|增设垃圾收集点，每天清运
幼儿园|没有公办幼儿园，孩子要到镇上|建设公办幼儿园
养老服务中心|留守老人多，吃饭成困难|建设老年食堂和日间照料中心
卫生室|村卫生室没有常驻医生，买药要跑十里路|配备乡村医生，补充药品
文化广场|群众没有跳舞健身的地方|修建文化广场，安装健身器材
河道|河堤年久失修，汛期漫水|清淤并加固护岸
水库|灌溉渠道渗漏，下游田地浇不上|维修渠道，清理淤泥
农田灌溉|机井损坏，天旱时抢水|新打机井，修建蓄水池
校车|学生上学走山路，家长接送困难|开通校车
学校操场|操场是泥地，雨天不能上体育课|改造塑胶操场
老旧小区|外墙脱落，楼道没有照明|进行老旧小区改造
电梯|六楼以上老人上下楼困难|支持加装电梯
燃气管道|至今用罐装煤气，不安全|接通天然气
电网|夏季电压低，空调带不动|增容变压器，改造线路
通信基站|山里手机没有信号|增建通信基站
农贸市场|市场脏乱，占道经营|改造农贸市场
公共厕所|集镇没有公厕，赶集不方便|新建公共厕所
红绿灯|路口车多，事故频发|安装红绿灯和减速带
人行天桥|学生横穿国道，十分危险|修建人行天桥
充电桩|电动自行车飞线充电，有火灾隐患|建设集中充电棚
残疾人设施|轮椅无法通行|增加无障碍坡道
图书室|农家书屋书籍陈旧，长期不开放|更新图书，延长开放时间
危桥|桥面裂缝，护栏缺失|拆除重建
山体滑坡|后山裂缝，房屋受威胁|治理地质灾害，安排搬迁
果蔬冷库|水果集中上市，卖不出去|建设冷藏库
技能培训|年轻人外出，妇女没有就业门路|开办技能培训班
殡葬服务|散埋乱葬，清明火灾多|建设公益性公墓
噪声|夜间施工，居民无法休息|加强夜间巡查
流浪狗|流浪狗伤人，孩子害怕|集中收容
绿化|行道树枯死，杂草丛生|补种行道树
""".strip().splitlines()
)
_WHERE: Final = (
    "一组",
    "二组",
    "三组",
    "四组",
    "五组",
    "六组",
    "小学门口",
    "村委会旁",
    "老街",
    "新村",
    "集镇",
    "桥头",
    "国道旁",
    "安置点",
    "卫生院对面",
    "祠堂前",
)
_WHO: Final = (
    "老人",
    "学生",
    "群众",
    "村民",
    "住户",
    "商户",
    "妇女",
    "残疾人",
    "果农",
    "养殖户",
    "租户",
    "家长",
)
_SAYS: Final = (
    "{where}一带{wrong}，涉及{who}约{many}户。多次反映，至今没有解决，{since}年以来更加突出。建议{wanted}。",
    "{place}{where}{wrong}，{who}意见很大。去年{month}月还发生过{many}起险情。希望{wanted}，方便{who}出行和生活。",
    "我是{place}的{who}。{where}的{thing}，{wrong}。全组{many}口人都受影响，盼望早日{wanted}，资金可由村里筹一部分。",
    "{wrong}，从{where}到{place2}有{many}米，{who}每天经过。请求{wanted}，力争{month}月底前完工。",
)
_SYLLABLES: Final = (
    "东西南北上下大小新老龙凤石金青白黄红高平安乐福寿长清柳杨梅桃李松竹泉溪河湖山岭坪坝湾塘庄屯沟洼店堡营寨"
)
_ENDS: Final = "村|村|村|村|社区"


def village_names(random: Random, number: int) -> list[str]:
    """`number` different names."""
    names: set[str] = set()
    while len(names) < number:
        stem = "".join(random.choice(_SYLLABLES) for _ in range(2 + (random.random() < 0.2)))
        names.add(stem + random.choice(_ENDS.split("|")))
    return sorted(names)


def suggestions(lists: dict[str, Any], number: int, random: Random) -> Iterator[Suggestion]:
    """`number` of them in the order of their years and numbers. `lists`: what they may refer to."""
    per_year = -(-number // YEARS)
    for n in range(number):
        year, place = FIRST_YEAR + n // per_year, n % per_year + 1
        yield _suggestion(
            lists, year, place, _BEGINNING + timedelta(minutes=26 * n * 100_000 / number), random
        )


def _suggestion(
    lists: dict[str, Any], year: int, number: int, received: datetime, random: Random
) -> Suggestion:
    village, name = random.choice(lists["villages"])
    thing, wrong, wanted = _SUBJECTS[min(int(random.expovariate(0.1)), len(_SUBJECTS) - 1)]
    key = sha256_hex(f"{lists['congress']}|{year}|{number}".encode())
    past = year < FIRST_YEAR + YEARS - 1
    state: Standing = (
        random.choice(("answered", "closed", "closed"))
        if past
        else random.choice(("received", "registered", "assigned", "answered"))
    )
    kind: Kind = random.choices(("clue", "opinion", "proposal", "complaint"), (50, 35, 12, 3))[0]
    source: Source = random.choices(
        ("public", "station", "deputy", "hotline", "department", "cppcc"), (50, 25, 12, 8, 4, 1)
    )[0]
    channel: Channel = "online" if source == "public" else "paper"
    decided = state not in {"received", "registered"}
    answered = received + timedelta(days=40) if state in {"answered", "closed"} else None
    return Suggestion(
        id=key[:32],
        congress=lists["congress"],
        year=year,
        number=number,
        kind=kind,
        state=state,
        source=source,
        channel=channel,
        title=f"关于{name}{random.choice(_WHERE)}{thing}的建议",
        text=_text(random, lists, name, (thing, wrong, wanted)),
        received_at=received,
        form_key=key,
        query_hash=key,
        category=random.choice(lists["categories"]),
        village=village,
        station=random.choice(lists["stations"]) if source == "station" else None,
        route=random.choices(("handed", "answered_now", "explained", "candidate"), (70, 10, 10, 10))[0]
        if decided
        else None,
        decided_at=received + timedelta(days=5) if decided else None,
        answered_at=answered,
        closed_at=answered if state == "closed" else None,
        due=(received + timedelta(days=random.randint(10, 90))).date() if answered is None else None,
        proposer=random.choice(("周大爷", "李某", "王桂英", "")),
        phone="13800000000",
        photos=random.choice((1, 2, 3)) if random.random() < 0.2 else 0,
        answer="已列入计划，年内完成。" if answered else "",
    )


def _text(random: Random, lists: dict[str, Any], place: str, subject: list[str] | tuple[str, ...]) -> str:
    thing, wrong, wanted = subject
    return random.choice(_SAYS).format(
        where=random.choice(_WHERE),
        wrong=wrong,
        wanted=wanted,
        thing=thing,
        who=random.choice(_WHO),
        many=random.randint(3, 900),
        since=random.randint(2012, 2024),
        month=random.randint(1, 12),
        place=place,
        place2=random.choice(lists["villages"])[1],
    )
