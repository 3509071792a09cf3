"""The numbered checks, and what happens when one does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from ballots.errors import BallotError, Malformed


class Check(NamedTuple):
    number: int
    sentence: str


CHECKS = tuple(
    Check(number, sentence)
    for number, sentence in enumerate(
        (
            "文件是完整的票箱记录，每条记录的名称都是其内容的散列值",
            "所有内容都只有一种规范写法",
            "事件首尾相接，次序正确，没有多余或缺少的事件",
            "票样可用：版本、群、编号、每题可选的数目",
            "投票卡名单中没有重复或无效的卡",
            "每位监票人的钥匙都证明为本人所掌握",
            "票样所用的钥匙正是全体监票人合成的钥匙",
            "每张表决票都属于本轮票样",
            "每张表决票都来自名单中的投票卡",
            "没有一张表决票被重复放入",
            "每张投票卡至多一张表决票",
            "表决票中的每个数都在群内且写法规范",
            "每张表决票都由其投票卡签名",
            "每张表决票的每一项都证明为选或不选",
            "每张表决票所选的数目都证明符合规则",
            "总和由全部表决票相加得来",
            "计入的票数等于表决票的张数",
            "总权重等于表决票的张数，一人一票",
            "每份开箱数据都属于一位监票人，没有重复",
            "每份开箱数据都证明正确",
            "参加开箱的监票人达到所需人数",
            "各项得票数都在零与票数之间，且符合每票可选的数目",
            "打开总和得到的正是所记的得票数",
            "本轮说明由票样所记的钥匙签署",
            "办法与票样所记的一致，票样的项目件数、应选件数或者等次就是办法所写的",
            "本轮说明与票箱记录是同一轮，名称和记录的首尾一致",
            "收回不多于发出，发出不多于实到，实到不多于应到，收回等于表决票和纸质票的张数",
            "本轮说明和所附结果中的票数与票箱记录一致",
            "作废的和没有启用的备用投票卡都在名单中，且没有投票",
            "足以开箱的监票人在本轮的结果报告单和纸质票记录上签字，签字有效",
            "所查的回执号都在记录中",
            "监票人签字的报告单逐句写的会议、票数、结果和监票人，就是本轮说明和票箱记录里的",
        ),
        1,
    )
)
RECORD_CHECKS = (*range(24, 31), 32)
TRACKER_CHECK = 31
NOT_CHECKED = (
    "投票卡由谁持有、代表的手机和页面是否可信，不在记录之内；",
    "封箱码是不是会场大屏幕上那一个、监票人签字的钥匙是不是本人的，要问在场的人；",
    "谁当选、定为什么等次，按办法推算，可用 piaojue outcome 复算。",
)


class Refused(Exception):
    """The first check that does not hold."""

    def __init__(self, check: int, where: str, reason: str) -> None:
        super().__init__(f"第{check}项：{where}{'：' if where else ''}{reason}")
        self.check = check
        self.where = where
        self.reason = reason


@contextmanager
def checking(check: int, where: str = "") -> Iterator[None]:
    """Whatever `ballots` refuses inside is refused by this check; bad JSON always by check 2."""
    try:
        yield
    except BallotError as error:
        raise Refused(2 if isinstance(error, Malformed) else check, where, error.finding) from None


def demand(condition: bool, check: int, where: str, reason: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not condition:
        raise Refused(check, where, reason)
