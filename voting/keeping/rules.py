"""How long what is kept, counted from which day, and who says so. Pure.

`PRESETS` are proposals: no law names these periods for a congress, except where `source` says so. The office
may change each within its bounds; nothing here is kept for ever because somebody forgot to set it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError

Kind = Literal[
    "proposers",
    "photos",
    "opinions",
    "liaisons",
    "deputy_phones",
    "leaves",
    "logins",
    "serials",
    "archives",
    "workbooks",
]
Subject = Literal["suggestion", "round"]
"""What a hold can be about."""

OWN: Final = "本系统的建议值；《个人信息保护法》只要求保存期限是实现处理目的所必要的最短时间"


class KeepingError(VotingError):
    """A period out of its bounds; `field` is the kind."""

    sentence = "保存期限超出允许的范围。请修改后重试。"

    def __init__(self, sentence: str | None = None, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Rule(Struct, frozen=True, kw_only=True):
    """One kind: `months` is the preset, `least` and `most` its bounds. Without months it is kept `days` days,
    which nobody can change."""

    name: str
    what: str
    since: str
    source: str
    months: int = 0
    least: int = 0
    most: int = 0
    days: int = 0
    holds: Subject | None = None
    """Which hold stops it."""


RULES: Final[dict[Kind, Rule]] = {
    "proposers": Rule(
        name="提意见群众的姓名、电话",
        what="意见建议里提出人的姓名和电话，办理单位登记的联系对象和联系经过，评价时写下的话。"
        "标题、正文、办理和答复是工作记录，不删除；提出人凭查询码照样能看到自己的那一件。",
        since="办结（或者未受理）之日",
        source=OWN + "。两年，够办完一个年度再回访一次",
        months=24,
        least=6,
        most=60,
        holds="suggestion",
    ),
    "photos": Rule(
        name="没有公开的照片",
        what="意见建议附带的、没有放行公开的照片，投诉举报的全部照片。",
        since="办结（或者未受理）之日",
        source=OWN,
        months=24,
        least=6,
        most=60,
        holds="suggestion",
    ),
    "opinions": Rule(
        name="群众对项目的意见",
        what="留言人的称呼；没有公开的意见连同内容；打分时的设备记号（分数留下）。",
        since="审核之日（没有审核的从收到之日）",
        source=OWN,
        months=12,
        least=3,
        most=36,
    ),
    "liaisons": Rule(
        name="代表联系的群众和联系记录",
        what="已经结束联系的群众姓名和联系内容；联系的次数、日期和方式留下。",
        since="结束联系之日",
        source=OWN,
        months=12,
        least=1,
        most=36,
    ),
    "deputy_phones": Rule(
        name="离任代表的电话",
        what="不再担任代表的人的电话；姓名和代表团留下。",
        since="离任之日",
        source=OWN,
        months=6,
        least=1,
        most=24,
    ),
    "leaves": Rule(
        name="代表请假的事由",
        what="请假事由（可能是病情）；谁请了哪一次的假留下。",
        since="登记之日",
        source=OWN + "；病情属于敏感个人信息",
        months=12,
        least=1,
        most=36,
    ),
    "logins": Rule(
        name="登录记录",
        what="已经退出或者过期的登录：设备名称、开始和最后使用的时间。",
        since="退出或者过期之日",
        source="《网络安全法》要求网络日志留存不少于六个月；一年是本系统的建议值",
        months=12,
        least=6,
        most=36,
    ),
    "serials": Rule(
        name="投票卡编号对照表",
        what="卡上的编号与各轮公开的（匿名的）卡的对应关系。会后可以在“投票卡”页面当场清除，这里是最后期限。",
        since="这批卡最后一次使用之日",
        source="本系统的建议值：会议结束就没有用处",
        months=1,
        least=1,
        most=3,
        holds="round",
    ),
    "archives": Rule(
        name="不公布的票箱记录",
        what="办法规定不公布票箱记录的、宣布无效的、宣布以后一直没有公布的各轮，票箱里每一张封好的票。"
        "票数、结果、签名、报告单和票箱记录的首尾编号留下；删除以后不能再重新计票，回执号也不能再查。",
        since="投票之日",
        source="没有查到法律规定表决票的保管年限，各地在票决办法或者档案制度里规定；一年（到下一次大会）是本系统的建议值",
        months=12,
        least=3,
        most=60,
        holds="round",
    ),
    "workbooks": Rule(
        name="导出的台账文件",
        what="工作人员导出台账时在服务器上生成的表格，和防止程序大量提交用的设备计数。",
        since="导出之时",
        source="一天；已经下载到各人电脑里的由下载人保管",
        days=1,
    ),
}


class KeepingSettings(Struct, frozen=True, kw_only=True, tag="keeping"):
    """Months, as the office set them; `contact` answers citizens' questions about their data."""

    proposers: int = RULES["proposers"].months
    photos: int = RULES["photos"].months
    opinions: int = RULES["opinions"].months
    liaisons: int = RULES["liaisons"].months
    deputy_phones: int = RULES["deputy_phones"].months
    leaves: int = RULES["leaves"].months
    logins: int = RULES["logins"].months
    serials: int = RULES["serials"].months
    archives: int = RULES["archives"].months
    contact: str = ""

    def months(self, kind: Kind) -> int:
        """0 for what is kept for days."""
        return 0 if RULES[kind].days else int(getattr(self, kind))


def changeable() -> Iterator[tuple[Kind, Rule]]:
    """The kinds whose period the office may change."""
    return ((kind, rule) for kind, rule in RULES.items() if not rule.days)


def check_settings(settings: KeepingSettings) -> KeepingSettings:
    """Raises KeepingError for the first period out of its bounds."""
    for kind, rule in changeable():
        if not rule.least <= settings.months(kind) <= rule.most:
            said = f"“{rule.name}”应保存{rule.least}至{rule.most}个月，现在填的是{settings.months(kind)}。"
            raise KeepingError(said, kind)
    return settings


def until(kind: Kind, settings: KeepingSettings, day: date) -> date:
    """What was finished before this day is due on `day`."""
    rule = RULES[kind]
    if rule.days:
        return day - timedelta(days=rule.days)
    return months_before(day, settings.months(kind))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where there is none."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period(kind: Kind, settings: KeepingSettings) -> str:
    """`24个月`."""
    return f"{RULES[kind].days}天" if RULES[kind].days else f"{settings.months(kind)}个月"
