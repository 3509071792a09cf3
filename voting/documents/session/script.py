"""主持词 for the whole plenary, from 签到 to 宣布. Pure.

Figures are filled in as far as this reader may have them now; the rest are lines to write on, so that the
paper can be printed the evening before and read out all the same. What is done and not said is set apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voting.documents.official import Label, Text
from voting.documents.script import script_lines
from voting.documents.session.chief_reports import returned_against
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Aside, Block, Formal, blank
from voting.documents.session.numerals import numeral
from voting.grading import Grading
from voting.rounds import choices
from voting.rules import Rules

Section = tuple[str, Iterable[Block]]


def plenary_script(facts: SessionFacts) -> Formal:
    """All rounds of the session, one after the other, those that repeat or follow another in their place."""
    sections: list[Section] = [
        ("报告出席情况", _attendance(facts)),
        ("通过办法", _rules(facts)),
        ("通过总监票人、监票人名单", _scrutineers(facts)),
        *([("检查票箱", _empty_box(facts))] if _has_box(facts) else []),
        *([("发投票卡", _cards(facts)), ("试投", _trial(facts))] if _by_card(facts) else []),
        *(section for one in facts.rounds for section in _round(facts, one)),
        ("结束", _end(facts)),
    ]
    which = facts.plenary.title if facts.plenary else "全体会议"
    meeting = which if facts.session.body == "congress" else ""
    return Formal(title=f"{facts.title}\n{meeting}主持词", blocks=tuple(_numbered(sections)))


def _numbered(sections: list[Section]) -> Iterator[Block]:
    for number, (title, blocks) in enumerate(sections, start=1):
        yield Label(f"{numeral(number)}、{title}")
        yield from blocks


def _by_card(facts: SessionFacts) -> bool:
    return not facts.rounds or any(one.round.method == "electronic" for one in facts.rounds)


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
    if _by_card(facts):
        yield Aside("（总监票人在手机上核对电子票箱为0张，点“确认空箱”；监票人检查纸质票箱并加封。）")
    else:
        yield Aside("（监票人检查票箱并加封。）")
    yield Text("请总监票人报告检查情况。")
    yield Aside(
        "（总监票人：票箱检查完毕，电子票箱和纸质票箱都是空箱，已经加封。）"
        if _by_card(facts)
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


def _round(facts: SessionFacts, of: RoundFacts) -> Iterator[Section]:
    yield f"{of.title}：投票", _vote(facts, of)
    if of.round.method != "hands":
        yield f"{of.title}：报告投票情况", _valid(of)
    yield f"{of.title}：报告和宣布结果", _result(of)


def _vote(facts: SessionFacts, of: RoundFacts) -> Iterator[Block]:
    words, rules, one = of.words, of.round.rules, of.round
    if isinstance(rules, Grading):
        yield Text(f"下面，进行{of.title}。测评项目{rules.projects}件。")
    else:
        yield Text(f"下面，进行{of.title}。候选项目{rules.candidates}件，应选{rules.places}件。")
    if one.method == "hands":
        yield from _by_hands(of)
        return
    present = one.present if one.present is not None else facts.checked_in
    yield Text(f"本轮实到{figure(present)}人，发出{words.ballot}{figure(one.issued)}张。")
    yield Text("请总监票人、监票人先投票。")
    yield Text("现在开始投票。")
    yield Aside("（工作人员在系统中开始投票。看大屏幕上的已投张数，停顿）")
    yield Text(f"还有没有没有投票的{words.member}？请抓紧投票。")
    yield Aside("（停顿）")
    yield Text("投票截止。")
    yield Aside(
        "（截止投票，大屏幕显示封箱码。）"
        if one.method == "electronic"
        else "（停止投票，当众开箱，清点张数。）"
    )


def _by_hands(of: RoundFacts) -> Iterator[Block]:
    asked = choices(of.round) or ("赞成",)
    yield Text("采用举手的方式表决，由监票人清点人数。下面逐件进行。")
    if not choices(of.round) and isinstance(of.round.rules, Rules):
        yield Text(f"每位{of.words.member}最多赞成{of.round.rules.places}件。")
    for candidate in of.candidates:
        calls = "".join(f"{answer}的请举手。" for answer in asked)
        yield Text(f"{candidate.number}．{candidate.title}。{calls}")
        yield Aside(f"（{'，'.join(f'{answer}{blank(3)}人' for answer in asked)}）")


def _valid(of: RoundFacts) -> Iterator[Block]:
    words, one = of.words, of.round
    yield Text("请总监票人报告投票情况。")
    yield Aside("（总监票人报告，见“总监票人报告词（一）”）")
    figures = f"发出{words.ballot}{figure(one.issued)}张，收回{words.ballot}{figure(one.returned)}张"
    if one.issued is None or one.returned is None:
        yield Text(
            f"根据总监票人的报告，{figures}，"
            f"收回的{words.ballot}{blank(3)}（等于、少于）发出的{words.ballot}，{words.valid}。"
        )
        yield Aside(
            f"（收回的多于发出的，读：“收回的{words.ballot}多于发出的{words.ballot}，{words.void}，"
            f"应当{words.again}。”）"
        )
    elif one.returned > one.issued:
        yield Text(
            f"根据总监票人的报告，{figures}，收回的{words.ballot}多于发出的{words.ballot}，{words.void}，"
            f"应当{words.again}。"
        )
        return
    else:
        yield Text(f"根据总监票人的报告，{figures}，{returned_against(of)}，{words.valid}。")
    yield Text("请总监票人、监票人开箱，请计票人计票。现在休会。")


def _result(of: RoundFacts) -> Iterator[Block]:
    words = of.words
    if of.round.state == "void":
        yield Aside(f"（本轮已经宣布{words.void}，不计票、不报告结果。）")
        return
    if of.round.method != "hands":
        yield Text("现在复会。")
    yield Text("请总监票人报告计票结果。")
    yield Aside("（总监票人报告，见“总监票人报告词（二）”）")
    if of.tally is not None:
        for kind, said in list(script_lines(of.tally))[1:]:
            yield Aside(f"（{said}）") if kind == "do" else Text(said)
    else:
        yield from _blank_result(of)


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
    yield Text("宣布完毕。")


def _end(facts: SessionFacts) -> Iterator[Block]:
    yield Text(f"本次会议的{facts.words.act}已经进行完毕。感谢总监票人、监票人、计票人和全体工作人员。")
    if _by_card(facts):
        yield Text("用过的投票卡和存根可以自行销毁，也可以交给工作人员销毁。请保存好回执号。")
    yield Text("散会。")
