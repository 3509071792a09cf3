"""What 签到 refuses."""

from __future__ import annotations

from voting.errors import VotingError


class PlenaryOn(VotingError):
    """A second plenary while one is on."""

    sentence = "上一次全体会议还没有结束。请先结束，再开始新的一次。"


class PlenaryOver(VotingError):
    """A check-in, or a change, after the plenary ended."""

    sentence = "这次全体会议已经结束，不能再登记签到和离场。"


class PlenaryBusy(VotingError):
    """An end while ballots are being cast."""

    sentence = "正在投票，不能结束全体会议。请等投票截止以后再结束。"


class NoPlenary(VotingError):
    """A desk before the plenary began."""

    sentence = "全体会议还没有开始签到。请工作人员先在“签到”页面开始一次全体会议。"


class NotExpected(VotingError):
    """Somebody who is no longer a deputy, is suspended, or is no member of the committee."""

    sentence = "这位代表不参加这次会议，不能签到。"


class NotThere(VotingError):
    """Leaving without having come."""

    sentence = "这位代表还没有签到，不能登记离场。"


class MoveOvertaken(VotingError):
    """Taking back what is no longer the last thing that happened."""

    sentence = "这位代表后来又有登记，不能撤销这一次。请看最新的情况。"


class PassUnknown(VotingError):
    """A code that stands on no pass of this session."""

    sentence = (
        "没有找到这张出席证：可能是别的会议的，也可能已经补办、作废。请输入姓名查找，并核对是不是本人。"
    )


class NoDeputies(VotingError):
    """Passes without anybody to give them to."""

    sentence = "代表名册是空的，没有可以打印的出席证。请先导入代表名册。"
