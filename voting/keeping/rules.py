"""How long what is kept, counted from which day, and who says so. Pure.

The periods in `KeepingSettings` are proposals: no law names them for a congress, except where a rule's
`source` says so. The office may change each within its bounds; nothing here is kept for ever because somebody
forgot to set it. Of what is not erased on its own day, the rule's `what` says why.
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
    "untaken",
    "unpublished",
    "opinions",
    "receptions",
    "liaisons",
    "deputy_phones",
    "leaves",
    "notices",
    "messages",
    "accounts",
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


class KeepingSettings(Struct, frozen=True, kw_only=True, tag="keeping"):
    """Months, as the office set them, here as proposed; `contact` answers citizens' questions about their
    data."""

    proposers: int = 24
    photos: int = 24
    untaken: int = 24
    unpublished: int = 60
    opinions: int = 12
    receptions: int = 24
    liaisons: int = 12
    deputy_phones: int = 6
    leaves: int = 12
    notices: int = 12
    accounts: int = 12
    logins: int = 12
    archives: int = 12
    contact: str = ""

    def months(self, kind: Kind) -> int:
        """0 for what is kept for days."""
        return 0 if RULES[kind].days else int(getattr(self, kind))


class Rule(Struct, frozen=True, kw_only=True):
    """One kind: `bounds` are the least and the most months that may be set. Without them it is kept `days`
    days, which nobody can change."""

    name: str
    what: str
    """What goes, what stays, and why."""
    purpose: str
    """What it is kept for, and by what right."""
    since: str
    source: str = OWN
    bounds: tuple[int, int] = (0, 0)
    days: int = 0
    holds: Subject | None = None
    """Which hold stops it."""


RULES: Final[dict[Kind, Rule]] = {
    "proposers": Rule(
        name="提意见群众的姓名、电话",
        what="意见建议里提出人的姓名和电话，办理单位登记的联系对象和联系经过，评价时写下的话。"
        "办理和答复是工作记录，不删除；提出人凭查询码照样能看到自己的那一件。代表建议上代表的姓名是履职，留下，只删电话。",
        purpose="核实、办理、答复；本人同意，履行法定职责",
        since="办结（或者未受理）之日",
        source=OWN + "。两年，够办完一个年度再回访一次",
        bounds=(6, 60),
        holds="suggestion",
    ),
    "photos": Rule(
        name="没有公开的照片",
        what="意见建议附带的、没有放行公开的照片，投诉举报的全部照片。",
        purpose="说明情况；本人同意",
        since="办结（或者未受理）之日",
        bounds=(6, 60),
        holds="suggestion",
    ),
    "untaken": Rule(
        name="没有受理的意见和投诉举报的原文",
        what="标题、内容和具体地点，搜索用的词，写有标题的提醒。没有进入办理，用不着留原文；编号、日期、未受理的理由留下。",
        purpose="答复、申诉；本人同意",
        since="未受理或者办结之日",
        bounds=(6, 60),
        holds="suggestion",
    ),
    "unpublished": Rule(
        name="没有公开的群众意见的原文",
        what="群众、联络站、热线提出，受理了、办结了，但没有放行公开的：标题、内容和具体地点，搜索用的词，写有标题的提醒。"
        "里面可能写有别人的姓名、住址和病情，程序认不出来，所以整段删除；编号、类别、村社、办理和答复留下。"
        "放行公开的已由工作人员逐件看过，代表建议和部门、政协的来件是公务文书，都不删。",
        purpose="办理、回访、查找年年提而没有解决的；本人同意，履行法定职责",
        since="办结之日",
        source=OWN + "。五年是一届，“年年提”要比对往年的",
        bounds=(24, 120),
        holds="suggestion",
    ),
    "opinions": Rule(
        name="群众对项目的意见",
        what="留言人的称呼；没有公开的意见连同内容；打分时的设备记号（分数留下）。",
        purpose="听取意见；本人同意",
        since="审核之日（没有审核的从收到之日）",
        bounds=(3, 36),
    ),
    "receptions": Rule(
        name="联络站接待登记的说明",
        what="接待登记里写的说明（可能写有来访人）；日期、接待代表和人次留下，是代表履职的记录。",
        purpose="代表联系群众；履行法定职责",
        since="接待之日",
        bounds=(6, 60),
    ),
    "liaisons": Rule(
        name="代表联系的群众和联系记录",
        what="已经结束联系的群众姓名和联系内容；联系的次数、日期和方式留下。",
        purpose="代表联系群众；履行法定职责",
        since="结束联系之日",
        bounds=(1, 36),
    ),
    "deputy_phones": Rule(
        name="离任代表的电话",
        what="不再担任代表的人的电话；姓名和代表团留下。",
        purpose="会务通知；履行法定职责",
        since="离任之日",
        bounds=(1, 24),
    ),
    "leaves": Rule(
        name="代表请假的事由",
        what="请假事由（可能是病情）；谁请了哪一次的假留下。",
        purpose="核对应到人数；履行法定职责（可能含病情，属敏感个人信息）",
        since="登记之日",
        source=OWN + "；病情属于敏感个人信息",
        bounds=(1, 36),
    ),
    "notices": Rule(
        name="站内的提醒",
        what="发给代表、单位和工作人员的提醒，连同内容（写有标题、姓名）和谁看过。整条删除：事情本身另有记录。"
        "到那时还没有办的，会重新提醒一次。",
        purpose="提醒办理；履行法定职责",
        since="提醒之日",
        bounds=(3, 24),
    ),
    "messages": Rule(
        name="短信文件",
        what="服务器上等短信平台取走的文件：代表的手机号和短信内容，逐条删除。短信平台自己的记录由平台管理。",
        purpose="会务通知；履行法定职责",
        since="写入之时",
        source="三十天，够查一次没有收到短信的",
        days=30,
    ),
    "accounts": Rule(
        name="不再使用的账号",
        what="停用了的，或者在哪里都不再任职的账号：登录名、姓名、密码、验证码密钥和通行密钥；过期的邀请。"
        "谁在什么时候担任过什么、办过什么，连同姓名，是职务行为的记录，在使用人员名单和操作日志里长期保存。",
        purpose="登录；履行法定职责",
        since="停用或者免去最后一个职务之日",
        bounds=(6, 36),
    ),
    "logins": Rule(
        name="登录记录",
        what="已经退出或者过期的登录：设备名称、开始和最后使用的时间。",
        purpose="安全审计；履行法定义务",
        since="退出或者过期之日",
        source="《网络安全法》要求网络日志留存不少于六个月；一年是本系统的建议值",
        bounds=(6, 36),
    ),
    "serials": Rule(
        name="投票卡编号对照表",
        what="卡上的编号与各轮公开的（匿名的）卡的对应关系。会后应当在“投票卡”页面当场清除；忘了的，到期自动清除。",
        purpose="会场换卡、作废；不对应到人",
        since="这批卡最后一次使用之日",
        source="本系统的规定：会议结束就没有用处",
        days=7,
        holds="round",
    ),
    "archives": Rule(
        name="不公布的票箱记录",
        what="办法规定不公布票箱记录的、宣布无效的、宣布以后一直没有公布的各轮，票箱里每一张封好的票。"
        "票数、结果、签名、报告单和票箱记录的首尾编号留下；删除以后不能再重新计票，回执号也不能再查。",
        purpose="重新计票；不对应到人",
        since="投票之日",
        source="没有查到法律规定表决票的保管年限，各地在票决办法或者档案制度里规定；一年（到下一次大会）是本系统的建议值",
        bounds=(3, 60),
        holds="round",
    ),
    "workbooks": Rule(
        name="导出的台账文件",
        what="工作人员导出台账时在服务器上生成的表格，和防止程序大量提交用的设备计数。",
        purpose="工作人员下载",
        since="导出之时",
        source="一天；已经下载到各人电脑里的由下载人保管",
        days=1,
    ),
}


def changeable() -> Iterator[tuple[Kind, Rule]]:
    """The kinds whose period the office may change."""
    return ((kind, rule) for kind, rule in RULES.items() if not rule.days)


def check_settings(settings: KeepingSettings) -> KeepingSettings:
    """Raises KeepingError for the first period out of its bounds."""
    for kind, rule in changeable():
        least, most = rule.bounds
        if not least <= settings.months(kind) <= most:
            said = f"“{rule.name}”应保存{least}至{most}个月，现在填的是{settings.months(kind)}。"
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
