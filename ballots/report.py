"""结果报告单: the text that scrutineers sign, as it follows from what `round.json` says of a round.

    计票结果报告单
    示例县第十九届人民代表大会第五次会议
    民生实事项目票决
    应到代表6人，实到代表6人。
    发出表决票6张，收回表决票3张。
    有效票3张，无效票0张。
    弃权票1张。
    1. 农村公路改造：得赞成票2票。
    2. 校园食堂改建：得赞成票0票。
    入选：1. 农村公路改造。
    监票人：1. 陈秀英，2. 赵建国。
    封箱码：<64 hex>

One text for one record: whoever reads these sentences and signs them has signed the record's figures, and the
verifier makes the text anew (check 32). Version 2 has neither 入选 and 待定 nor 监票人.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec

from ballots.record import OLDEST, VERSION, Figures

MEMBERS: Final = {"congress": "代表", "committee": "组成人员"}
UNGRADED: Final = "未定等次"
Rows = tuple[tuple[int, ...], ...]


class StandingHead(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    votes: int


class OutcomeHead(msgspec.Struct, frozen=True, kw_only=True):
    """As much of the outcome as the report says: `chosen` and `tied` are numbers, in its order."""

    standings: tuple[StandingHead, ...]
    chosen: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()


class GradeHead(msgspec.Struct, frozen=True, kw_only=True):
    """Rates in tenths of a per cent; None where nobody gave an opinion."""

    number: int
    counts: tuple[int, ...]
    satisfied: int | None = None
    overall: int | None = None
    level: str = ""


class RatingsHead(msgspec.Struct, frozen=True, kw_only=True):
    """As much of the ratings as the report says."""

    grades: tuple[GradeHead, ...]
    overall: int | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the text says, in its order; `rows` are those of the box and of the papers together."""

    version: int = VERSION
    session: str
    title: str
    body: Literal["congress", "committee"] = "congress"
    figures: Figures
    hands: bool = False
    """Held by show of hands: there is no record, and the same report all the same."""
    candidates: tuple[str, ...]
    answers: tuple[str, ...]
    """What is said of each; empty where candidates are marked, and the row begins with the blank ballots."""
    rows: Rows
    outcome: OutcomeHead | RatingsHead
    scrutineers: tuple[str, ...]
    """All of them, by number."""
    closing_head: str | None


def session_title(congress: str, session: str) -> str:
    """The session's name with its place once; offices write it with the place or without it."""
    place = congress.removesuffix("人民代表大会")
    return session if session.startswith(place) else place + session


def report_text(of: Report) -> str:
    """Lines ended by line feeds, the last one not."""
    graded = isinstance(of.outcome, RatingsHead)
    members, figures = MEMBERS[of.body], of.figures
    lines = [
        "测评结果报告单" if graded else "计票结果报告单",
        of.session,
        of.title,
        f"应到{members}{figures.all_deputies}人，实到{members}{figures.present}人。",
        *_ballot_lines(of, "测评票" if graded else "表决票"),
        *_count_lines(of),
    ]
    if of.version > OLDEST:
        lines += [*_verdict_lines(of), *_listed("监票人", _numbered(of.scrutineers))]
    if of.closing_head:
        lines.append(f"封箱码：{of.closing_head}")
    return "\n".join(lines)


def percent(value: int | None) -> str:
    """`976` as 97.6%; None as —."""
    return "—" if value is None else f"{value // 10}.{value % 10}%"


def _ballot_lines(of: Report, ballot: str) -> Iterator[str]:
    figures = of.figures
    if of.hands:
        yield f"举手表决，参加表决{figures.returned}人。"
        return
    yield f"发出{ballot}{figures.issued}张，收回{ballot}{figures.returned}张。"
    yield f"有效票{figures.returned - figures.invalid}张，无效票{figures.invalid}张。"


def _count_lines(of: Report) -> Iterator[str]:
    names = _numbered(of.candidates)
    if isinstance(of.outcome, RatingsHead):
        for name, row, grade in zip(names, of.rows, of.outcome.grades, strict=False):
            rates = f"满意率{percent(grade.satisfied)}，总体满意率{percent(grade.overall)}"
            yield f"{name}：{_answered(of, row)}；{rates}；{grade.level or UNGRADED}。"
        yield f"总体满意率{percent(of.outcome.overall)}。"
    elif of.answers:
        yield from (f"{name}：{_answered(of, row)}。" for name, row in zip(names, of.rows, strict=False))
    else:
        blank, *votes = of.rows[0]
        yield f"弃权{blank}人。" if of.hands else f"弃权票{blank}张。"
        yield from (f"{name}：得赞成票{many}票。" for name, many in zip(names, votes, strict=False))


def _answered(of: Report, row: Sequence[int]) -> str:
    return "，".join(f"{answer}{votes}票" for answer, votes in zip(of.answers, row, strict=False))


def _verdict_lines(of: Report) -> Iterator[str]:
    if isinstance(of.outcome, RatingsHead):
        return
    names = dict(enumerate(_numbered(of.candidates), 1))
    yield from _listed("入选", [names.get(number, "") for number in of.outcome.chosen] or ["无"])
    yield from _listed("得票相同待定", [names.get(number, "") for number in of.outcome.tied])


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{what}：{'，'.join(names)}。"


def _numbered(names: Sequence[str]) -> list[str]:
    return [f"{number}. {name}" for number, name in enumerate(names, 1)]
