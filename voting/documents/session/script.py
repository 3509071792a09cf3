"""主持词 for the whole plenary, from 签到 to 宣布. Pure.

Figures are filled in as far as this reader may have them now; the rest are lines to write on, so that the
paper can be printed the evening before and read out all the same. What is done and not said is set apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from voting.documents.official import Label, Text
from voting.documents.script import DONE, Line, script_lines
from voting.documents.session.chief_reports import returned_against
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Aside, Block, Formal, blank
from voting.documents.session.numerals import numeral
from voting.grading import Grading
from voting.rounds import choices
from voting.rules import Rules
from voting.simultaneous import side_by_side

Section = tuple[str, Iterable[Block]]
_PAPER_ENDS: Final = "停止投票，当众开箱，清点张数。"


def plenary_script(facts: SessionFacts) -> Formal:
    """All rounds of the session in order, those that repeat or follow another in their place."""
    sections: list[Section] = [
        ("报告出席情况", _attendance(facts)),
        ("通过办法", _rules(facts)),
        ("通过总监票人、监票人名单", _scrutineers(facts)),
        *([("检查票箱", _empty_box(facts))] if _has_box(facts) else []),
        *([("发投票卡", _cards(facts)), ("试投", _trial(facts))] if facts.by_card else []),
        *_rounds(facts),
        ("结束", _end(facts)),
    ]
    which = facts.plenary.title if facts.plenary else "全体会议"
    meeting = which if facts.session.body == "congress" else ""
    return Formal(title=f"{facts.title}\n{meeting}主持词", blocks=tuple(_numbered(sections)))


def _numbered(sections: list[Section]) -> Iterator[Block]:
    for number, (title, blocks) in enumerate(sections, start=1):
        yield Label(f"{numeral(number)}、{title}")
        yield from blocks


def _has_box(facts: SessionFacts) -> bool:
    return not facts.rounds or any(one.round.method != "hands" for one in facts.rounds)


def figure(number: int | None) -> str:
    """A number, or a place for it."""
    return blank(3) if number is None else str(number)


def _attendance(facts: SessionFacts) -> Iterator[Block]:
    words = facts.words
    yield Text(f"{words.members}：", indented=False)
    yield Text(
        f"{words.entitled}{facts.session.all_deputies}人，请假{figure(facts.away)}人，实到{figure(facts.checked_in)}人，"
        f"{words.enough}，符合法定人数。现在开会。"
    )
    yield Aside(
        f"（不足{facts.quorum}人的，不符合法定人数，不能开会和{words.act}。实到人数以签到系统为准。）"
    )


def _show_of_hands(words_passed: str) -> Iterator[Block]:
    yield Text("现在表决。赞成的请举手。")
    yield Aside("（停顿，清点）")
    yield Text("请放下。反对的请举手。")
    yield Aside("（停顿，清点）")
    yield Text("请放下。弃权的请举手。")
    yield Aside(f"（停顿，清点。赞成{blank(3)}人，反对{blank(3)}人，弃权{blank(3)}人）")
    yield Text(f"请放下。{words_passed}")


def _rules(facts: SessionFacts) -> Iterator[Block]:
    papers = list(dict.fromkeys(_name_of_rules(one) for one in facts.rounds)) or [
        f"民生实事项目{facts.words.rules}"
    ]
    for paper in papers:
        yield Text(
            f"下面，通过《{facts.title}{paper}（草案）》。草案已经印发，{facts.words.members}作了审议。"
        )
        yield from _show_of_hands(f"《{facts.title}{paper}》通过。")


def _name_of_rules(of: RoundFacts) -> str:
    satisfaction = isinstance(of.round.rules, Grading)
    return f"民生实事项目{'满意度' if satisfaction else ''}{of.words.rules}"


def _scrutineers(facts: SessionFacts) -> Iterator[Block]:
    appointed = next((one.scrutineers for one in facts.rounds if one.scrutineers), ())
    chief = next((one.name for one in appointed if one.chief), blank(6))
    others = "、".join(one.name for one in appointed if not one.chief) or (
        blank(16) if not appointed else "无"
    )
    yield Text(f"下面，通过总监票人、监票人名单。{facts.words.presidium}提名：")
    yield Text(f"总监票人：{chief}")
    yield Text(f"监票人：{others}")
    yield from _show_of_hands("总监票人、监票人名单通过。请总监票人、监票人到位。")
    yield Aside(f"（计票人由会务指定：{blank(6)}、{blank(6)}）")


def _empty_box(facts: SessionFacts) -> Iterator[Block]:
    yield Text("请总监票人、监票人检查票箱。")
    if facts.by_card:
        yield Aside("（总监票人在手机上核对电子票箱为0张，点“确认空箱”；监票人检查纸质票箱并加封。）")
    else:
        yield Aside("（监票人检查票箱并加封。）")
    yield Text("请总监票人报告检查情况。")
    yield Aside(
        "（总监票人：票箱检查完毕，电子票箱和纸质票箱都是空箱，已经加封。）"
        if facts.by_card
        else "（总监票人：票箱是空箱，已经加封。）"
    )


def _cards(facts: SessionFacts) -> Iterator[Block]:
    member = facts.words.member
    yield Text("下面，发投票卡。请工作人员在监票人监督下，按座位逐人发放，每人一张。")
    yield Text(f"请{facts.words.members}当场拆开，撕下存根自己保管。投票卡不记名，请不要与他人交换。")
    yield Aside("（发放中，停顿）")
    yield Text(f"有没有没有领到投票卡的{member}？")
    yield Aside(
        "（停顿。没有发出的投票卡由监票人清点、拆封、登记；备用卡由监票人封存。登记完毕再往下进行。）"
    )


def _trial(facts: SessionFacts) -> Iterator[Block]:
    yield Aside("（不安排试投的，略去本节。）")
    yield Text("为了熟悉操作，先试投一次。试投的项目是假设的，不计票，试投的票全部作废。")
    yield Text("请用手机扫投票卡上的二维码；没有手机的，请到平板电脑前。请开始试投。")
    yield Aside("（看大屏幕，停顿）")
    yield Text(f"有没有打不开、投不了的{facts.words.member}？请举手，工作人员到座位上帮助。")
    yield Aside("（停顿）")
    yield Text("试投结束。")


def _rounds(facts: SessionFacts) -> Iterator[Section]:
    """As the hall goes through them: what is voted on together is opened, closed and reported together."""
    closed_at = {one.round.id: at for one in facts.rounds if (at := one.at("close"))}
    for group in side_by_side([one.round for one in facts.rounds], closed_at):
        of = tuple(one for one in facts.rounds if one.round in group)
        title = "、".join(one.title for one in of)
        yield f"{title}：投票", _vote(facts, of) if len(of) == 1 else _vote_together(facts, of)
        if of[0].round.method != "hands":
            yield f"{title}：报告投票情况", _valid(of)
        yield f"{title}：报告和宣布结果", _result(of)


def _what(of: RoundFacts) -> str:
    rules = of.round.rules
    if isinstance(rules, Grading):
        return f"测评项目{rules.projects}件"
    return f"候选项目{rules.candidates}件，应选{rules.places}件"


def _vote(facts: SessionFacts, alone: tuple[RoundFacts, ...]) -> Iterator[Block]:
    of = alone[0]
    yield Text(f"下面，进行{of.title}。{_what(of)}。")
    if of.round.method == "hands":
        yield from _by_hands(of)
        return
    issued = f"发出{of.words.ballot}{figure(of.round.issued)}张"
    yield Text(f"本轮实到{figure(_present(facts, of))}人，{issued}。")
    yield from _casting(
        of,
        begin="工作人员在系统中开始投票。看大屏幕上的已投张数，停顿",
        left=f"还有没有没有投票的{of.words.member}？请抓紧投票。",
        end="截止投票，大屏幕显示封箱码。" if of.round.method == "electronic" else _PAPER_ENDS,
    )


def _vote_together(facts: SessionFacts, group: tuple[RoundFacts, ...]) -> Iterator[Block]:
    words, number = group[0].words, "两" if len(group) == 2 else numeral(len(group))
    by_card = group[0].round.method == "electronic"
    if group[0].round.opened_at is None:
        yield Aside(f"（以下按{number}项同时投票写。分开进行的，一项一项地宣读。）")
    yield Text(f"下面，{'和'.join(one.title for one in group)}同时进行，一次投完。")
    for one in group:
        yield Text(f"{one.title}：{_what(one)}。")
    issued = "，".join(f"{one.title}发出{one.words.ballot}{figure(one.round.issued)}张" for one in group)
    yield Text(f"本次会议实到{figure(_present(facts, group[0]))}人；{issued}。")
    if by_card:
        yield Text(f"扫一次投票卡，{number}项都能投；每一项各有一个回执号，{number}项都提交了才算投完。")
    yield from _casting(
        group[0],
        begin=f"工作人员在系统中把{number}项都开始。看大屏幕上每一项的已投张数，停顿",
        left=f"还有没有没有投完的{words.member}？请看一看{number}项是不是都投了，抓紧投票。",
        end=f"{number}项一起截止，大屏幕显示每一项的封箱码。" if by_card else _PAPER_ENDS,
    )


def _present(facts: SessionFacts, of: RoundFacts) -> int | None:
    return of.round.present if of.round.present is not None else facts.checked_in


def _casting(of: RoundFacts, *, begin: str, left: str, end: str) -> Iterator[Block]:
    if of.round.method == "electronic":
        yield Text(f"请{of.words.members}看一看，手机上的票样码和大屏幕上的是不是一样。不一样的请举手。")
        yield Aside("（停顿）")
    yield Text("请总监票人、监票人先投票。")
    yield Text("现在开始投票。")
    yield Aside(f"（{begin}）")
    yield Text(left)
    yield Aside("（停顿）")
    yield Text("投票截止。")
    yield Aside(f"（{end}）")


def _by_hands(of: RoundFacts) -> Iterator[Block]:
    asked = choices(of.round) or ("赞成",)
    yield Text("采用举手的方式表决，由监票人清点人数。下面逐件进行。")
    if not choices(of.round) and isinstance(of.round.rules, Rules):
        yield Text(f"每位{of.words.member}最多赞成{of.round.rules.places}件。")
    for candidate in of.candidates:
        calls = "".join(f"{answer}的请举手。" for answer in asked)
        yield Text(f"{candidate.number}．{candidate.title}。{calls}")
        yield Aside(f"（{'，'.join(f'{answer}{blank(3)}人' for answer in asked)}）")


def _valid(group: tuple[RoundFacts, ...]) -> Iterator[Block]:
    yield Text("请总监票人报告投票情况。")
    yield Aside(f"（总监票人{_one_by_one(group)}报告，见“总监票人报告词（一）”）")
    for one in group:
        yield from _judged(one, f"{one.title}，" if len(group) > 1 else "")
    if not all(_is_void(one) for one in group):
        yield Text("请总监票人、监票人开箱，请计票人计票。现在休会。")


def _one_by_one(group: tuple[RoundFacts, ...]) -> str:
    return "逐项" if len(group) > 1 else ""


def _is_void(of: RoundFacts) -> bool:
    one = of.round
    return one.issued is not None and one.returned is not None and one.returned > one.issued


def _judged(of: RoundFacts, named: str) -> Iterator[Block]:
    words, one = of.words, of.round
    figures = f"{named}发出{words.ballot}{figure(one.issued)}张，收回{words.ballot}{figure(one.returned)}张"
    more = f"收回的{words.ballot}多于发出的{words.ballot}，{words.void}，应当{words.again}。"
    if one.issued is None or one.returned is None:
        yield Text(
            f"根据总监票人的报告，{figures}，"
            f"收回的{words.ballot}{blank(3)}（等于、少于）发出的{words.ballot}，{words.valid}。"
        )
        yield Aside(f"（收回的多于发出的，读：“{more}”）")
    elif _is_void(of):
        yield Text(f"根据总监票人的报告，{figures}，{more}")
    else:
        yield Text(f"根据总监票人的报告，{figures}，{returned_against(of)}，{words.valid}。")


def _result(group: tuple[RoundFacts, ...]) -> Iterator[Block]:
    counted = [one for one in group if one.round.state != "void"]
    for one in group:
        if one not in counted:
            named = one.title if len(group) > 1 else "本轮"
            yield Aside(f"（{named}已经宣布{one.words.void}，不计票、不报告结果。）")
    if not counted:
        return
    if group[0].round.method != "hands":
        yield Text("现在复会。")
    yield Text("请总监票人报告计票结果。")
    yield Aside(f"（总监票人{_one_by_one(group)}报告，见“总监票人报告词（二）”）")
    for one in counted:
        yield from _announced(one, last=one is counted[-1])


def _announced(of: RoundFacts, *, last: bool) -> Iterator[Block]:
    said = list(script_lines(of.tally))[1:] if of.tally else None
    for block in _blank_result(of) if said is None else _read_out(said):
        if last or block != Text(DONE):
            yield block


def _read_out(said: list[Line]) -> Iterator[Block]:
    return (Aside(f"（{words}）") if kind == "do" else Text(words) for kind, words in said)


def _blank_result(of: RoundFacts) -> Iterator[Block]:
    words = of.words
    yield Text(f"现在，根据总监票人的报告，宣布{of.title}的结果。")
    if isinstance(of.round.rules, Grading):
        for one in of.candidates:
            yield Text(f"{one.number}．{one.title}：{blank(6)}。")
    else:
        yield Text(f"入选项目{blank(2)}件，是：")
        for place in range(1, of.round.rules.places + 1):
            yield Text(f"{place}．{blank(22)}")
        yield Aside(f"（入选不足应选件数，或者因得票相同不能确定的，按{words.rules}的规定办理。）")
    yield Text(DONE)


def _end(facts: SessionFacts) -> Iterator[Block]:
    yield Text(f"本次会议的{facts.words.act}已经进行完毕。感谢总监票人、监票人、计票人和全体工作人员。")
    if facts.by_card:
        yield Text("用过的投票卡和存根可以自行销毁，也可以交给工作人员销毁。请保存好回执号。")
    yield Text("散会。")
