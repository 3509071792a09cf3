"""What things are called: a vote (票决) or a satisfaction test (测评), by a congress or its committee. Pure.

One table, used by sentences, documents and pages alike. Nothing but names depends on it.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Kind = Literal["decision", "satisfaction"]
"""票决 chooses projects, 满意度测评 rates what became of them."""
Body = Literal["congress", "committee"]
"""Whose session it is: of the 人大 itself, or of its 常委会, whose members alone then have cards."""


class Words(Struct, frozen=True, kw_only=True):
    """Names, as they stand in the middle of a sentence."""

    # By the kind of round
    act: str
    ballot: str
    rules: str
    candidate: str
    valid: str
    void: str
    again: str
    """The round after a void one."""
    report: str
    # By the body
    member: str
    members: str
    """How they are addressed."""
    all_members: str
    present_members: str
    entitled: str
    enough: str
    """So many of all must be present (地方组织法 §14, §51)."""
    too_few: str
    meeting: str
    """Who passes the rules."""
    presidium: str
    """Who decides what the rules leave open."""
    presider: str


_KINDS: Final[dict[Kind, dict[str, str]]] = {
    "decision": {
        "act": "票决",
        "ballot": "表决票",
        "rules": "票决办法",
        "candidate": "候选项目",
        "valid": "票决有效",
        "void": "票决无效",
        "again": "重新票决",
        "report": "计票结果报告单",
    },
    "satisfaction": {
        "act": "测评",
        "ballot": "测评票",
        "rules": "测评办法",
        "candidate": "测评项目",
        "valid": "测评有效",
        "void": "测评无效",
        "again": "重新测评",
        "report": "测评结果报告单",
    },
}
_BODIES: Final[dict[Body, dict[str, str]]] = {
    "congress": {
        "member": "代表",
        "members": "各位代表",
        "all_members": "全体代表",
        "present_members": "实到代表",
        "entitled": "应到代表",
        "enough": "达到全体代表的三分之二",
        "too_few": "不足三分之二",
        "meeting": "大会",
        "presidium": "主席团",
        "presider": "执行主席",
    },
    "committee": {
        "member": "常委会组成人员",
        "members": "各位常委会组成人员",
        "all_members": "全体组成人员",
        "present_members": "实到组成人员",
        "entitled": "应到组成人员",
        "enough": "超过全体组成人员的半数",
        "too_few": "没有超过半数",
        "meeting": "常委会会议",
        "presidium": "主任会议",
        "presider": "会议主持人",
    },
}
_WORDS: Final[dict[tuple[Kind, Body], Words]] = {
    (kind, body): Words(**names, **people)
    for kind, names in _KINDS.items()
    for body, people in _BODIES.items()
}


def words_for(kind: Kind = "decision", body: Body = "congress") -> Words:
    """The names for a round of this kind in a session of this body."""
    return _WORDS[kind, body]
