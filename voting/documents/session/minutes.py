"""会议记录 of the vote: who met, what was decided, what was given out and came back, when. Pure.

Written from the steps that the service recorded; what it cannot know has a place to be written in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from voting.days import CHINA
from voting.disclosure import PublicRatings, disclose
from voting.documents.official import Grid, Label, Text
from voting.documents.report_table import title_of
from voting.documents.session.chief_reports import returned_against
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Block, Form, Formal, blank, day_words
from voting.documents.session.forms import moment_words
from voting.documents.session.numerals import numeral
from voting.handing_out.facts import Declared
from voting.ratings import UNGRADED

_STEPS: Final = {
    "adopt": "通过办法和监票人名单",
    "redraft": "撤回登记，改回草拟",
    "seal": "封存电子票箱",
    "confirm_empty": "总监票人核对空箱",
    "open": "开始投票",
    "close": "投票截止",
    "declare_valid": "宣布有效",
    "declare_void": "宣布无效",
    "count": "开箱计票",
    "sign": "监票人签名",
    "announce": "宣布结果",
    "settle": "登记决定",
    "publish": "公布",
}


def minutes(facts: SessionFacts) -> Formal:
    """Of all rounds of the session, in order."""
    sections: list[tuple[str, list[Block]]] = [
        ("会议情况", list(_meeting(facts))),
        *((one.title, list(_round(facts, one))) for one in facts.rounds),
        ("异常情况", list(_incidents(facts))),
        ("签名", [_signed(facts)]),
    ]
    blocks: list[Block] = []
    for number, (title, of) in enumerate(sections, start=1):
        blocks += [Label(f"{numeral(number)}、{title}"), *of]
    return Formal(
        title=f"{facts.title}\n民生实事项目{facts.words.act}会议记录",
        blocks=tuple(blocks),
        day=day_words(None),
    )


def _meeting(facts: SessionFacts) -> Iterator[Block]:
    words, plenary = facts.words, facts.plenary
    began = moment_words(plenary.begun_at if plenary else None)
    ended = moment_words(plenary.ended_at if plenary else None)
    present = blank(3) if facts.checked_in is None else str(facts.checked_in)
    away = blank(3) if facts.away is None else str(facts.away)
    yield Text(f"会议：{facts.title}{plenary.title if plenary else ''}")
    yield Text(f"时间：{began}至{ended}")
    yield Text(f"地点：{blank(12)}")
    yield Text(f"{words.presider}：{blank(6)}　　记录人：{blank(6)}")
    yield Text(
        f"{words.entitled}{facts.session.all_deputies}人，法定人数{facts.quorum}人，实到{present}人，"
        f"请假{away}人。"
    )
    if facts.trials:
        yield Text(f"正式投票以前试投{len(facts.trials)}次，试投的票已经作废，不计票。")


def _round(facts: SessionFacts, of: RoundFacts) -> Iterator[Block]:
    one, words = of.round, of.words
    scrutineers = "、".join(f"{each.name}{'（总监票人）' if each.chief else ''}" for each in of.scrutineers)
    yield Text(f"监票人：{scrutineers or blank(16)}")
    yield Text(_counts(facts, of))
    if of.declared is not None:
        yield Text(_cards(of.declared))
    if one.state == "void":
        yield Text(f"{words.void}。原因：{one.void_reason or blank(12)}。")
    elif of.tally is not None:
        yield from _result(of)
    else:
        yield Text(f"结果：{blank(16)}")
    rows = tuple((_STEPS[step.step], _time(step.at), step.name) for step in of.steps if step.step in _STEPS)
    if rows:
        yield Grid(head=("环节", "时间", "办理人"), widths=(66, 50, 40), rows=rows)


def _cards(of: Declared) -> str:
    """How many of each; which card is whose, nobody knows."""
    reserve = f"监票人封存备用投票卡{len(of.reserve)}张，其中启用{len(of.activated)}张"
    return f"{reserve}；发出后作废{len(of.dead)}张。"


def _counts(facts: SessionFacts, of: RoundFacts) -> str:
    one, words = of.round, of.words
    present = one.present if one.present is not None else facts.checked_in
    if one.issued is None or one.returned is None:
        given = blank(3) if one.issued is None else str(one.issued)
        return (
            f"实到{blank(3) if present is None else present}人，发出{words.ballot}{given}张，"
            f"收回{blank(3)}张。"
        )
    if one.method == "hands":
        return f"实到{present}人，举手表决，{one.returned}人参加表决。"
    not_cast = one.issued - one.returned
    more = f"，未投{not_cast}张" if not_cast > 0 else ""
    return (
        f"实到{present}人，发出{words.ballot}{one.issued}张，收回{words.ballot}{one.returned}张{more}。"
        f"{returned_against(of)}。"
    )


def _result(of: RoundFacts) -> Iterator[Block]:
    if of.tally is None:
        return
    shown = disclose(of.tally.rules, of.tally.outcome, of.tally.counts.body)
    if isinstance(shown, PublicRatings):
        yield Text("测评结果：")
        for grade in shown.grades:
            title = title_of(of.candidates, grade.number)
            yield Text(f"{grade.number}．{title}：{grade.level or UNGRADED}。")
        return
    yield Text("票决结果：")
    for sentence in shown.sentences:
        yield Text(sentence)
    for place, standing in enumerate((one for one in shown.standings if one.status == "chosen"), start=1):
        yield Text(f"{place}．{title_of(of.candidates, standing.number)}")
    if of.settled and of.settled.resolution:
        for sentence in of.settled.sentences:
            yield Text(sentence)


def _incidents(facts: SessionFacts) -> Iterator[Block]:
    if not facts.incidents:
        yield Text("没有登记异常情况。")
    for place, one in enumerate(facts.incidents, start=1):
        decided = f"{facts.words.presider}决定：{one.answer}" if one.answer else "尚未处理。"
        yield Text(f"{place}．{_time(one.reported_at)}，{one.what}{decided}")


def _time(at: datetime) -> str:
    here = at.astimezone(CHINA)
    return f"{here.month}月{here.day}日{here.hour}时{here.minute:02d}分"


def _signed(facts: SessionFacts) -> Form:
    signers = (f"{facts.words.presider}\n\n", "总监票人\n\n", "记录人\n\n")
    return Form(widths=(52, 52, 52), rows=(signers,), height=22)
