"""投票须知: what a deputy reads before voting. Pure, and needs no figure."""

from __future__ import annotations

from collections.abc import Iterator

from voting.documents.official import Label, Text
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Block, Formal
from voting.documents.session.numerals import numeral
from voting.grading import Grading, columns


def notice(facts: SessionFacts) -> Formal:
    """For all rounds of the session that are still to be held, or for all if none is."""
    waiting = [one for one in facts.rounds if one.round.state in {"drafted", "adopted", "sealed", "open"}]
    rounds = waiting or list(facts.rounds)
    by_card = not rounds or any(one.round.method == "electronic" for one in rounds)
    sections = [
        (f"{facts.words.member}须知", list(_duties(facts))),
        *([("投票卡", list(_card(facts))), ("怎样投票", list(_steps()))] if by_card else []),
        *((one.title, list(_marking(one))) for one in rounds),
        ("遇到问题", list(_trouble(facts, by_card=by_card))),
    ]
    return Formal(title=f"{facts.title}\n投票须知", blocks=tuple(_numbered(sections)))


def _numbered(sections: list[tuple[str, list[str]]]) -> Iterator[Block]:
    for number, (title, lines) in enumerate(sections, start=1):
        yield Label(f"{numeral(number)}、{title}")
        for place, line in enumerate(lines, start=1):
            yield Text(f"{place}．{line}")


def _duties(facts: SessionFacts) -> Iterator[str]:
    member = facts.words.member
    yield f"投票一律无记名。{member}应当亲自投票，不得委托他人代为投票。"
    yield "在座位上或者秘密写票处独立完成，不看他人的票，不展示、不拍摄自己的票。"
    yield "听到主持人宣布开始以后再投票，宣布截止以前投完；截止以后不能再投。"


def _card(facts: SessionFacts) -> Iterator[str]:
    member = facts.words.member
    yield f"每位{member}一张投票卡，随机领取，外面没有编号，谁也不知道哪张卡是谁的。请当场拆开。"
    yield "沿折线撕下存根，自己保管。投票卡遗失或者损坏的，凭存根到签到处换领；没有存根不能换。"
    yield "不要把投票卡交给别人，不要拍照、转发。中途离会，请把投票卡交回签到处。"


def _steps() -> Iterator[str]:
    yield "用手机微信“扫一扫”或者相机扫投票卡上的二维码。打不开的，按卡上的网址输入卡号。"
    yield "等候的页面上有“票样码”，请和大屏幕上的对一对。不一样的，先不要投票，马上举手。"
    yield "看清项目，逐项选择。提交以前可以随时更改；确认提交以后不能更改，也不能再投一次。"
    yield (
        "提交以后显示“回执号”。可以抄下或者拍下回执号，公布以后用它核对自己的票已经计入；"
        "回执号看不出投的是什么。"
    )
    yield "没有手机的，到会场的平板电脑上投票：把投票卡对准摄像头，选择、提交，屏幕随后自动清空。"
    yield "要用纸质票的，在投票开始以后、用卡投票以前，拿没有用过的投票卡到签到处换领。"


def _marking(of: RoundFacts) -> Iterator[str]:
    rules = of.round.rules
    if of.round.method == "hands":
        yield "举手表决。主持人逐件宣读，请赞成的、反对的、弃权的依次举手，每件只举一次手。"
    elif isinstance(rules, Grading):
        yield f"测评项目{rules.projects}件，每件在{'、'.join(columns(rules))}中选一项。"
    elif rules.ballot == "select_k":
        yield f"候选项目{rules.candidates}件，最多选{rules.places}件，可以少选，不能多选。"
        yield "一件都不选的，是弃权票。"
    else:
        yield f"候选项目{rules.candidates}件，应选{rules.places}件，每件在赞成、反对、弃权中选一项。"
        if rules.most_for:
            yield f"赞成的最多{rules.places}件。"


def _trouble(facts: SessionFacts, *, by_card: bool) -> Iterator[str]:
    if by_card:
        yield "网络断开时不要关页面。恢复以后，页面会自动把票送出；没有显示回执号的，就是还没有投上。"
        yield "第一次扫卡就显示“已使用”的，请立即举手，由工作人员报告，不要离开座位。"
    yield "有其他问题请举手示意，工作人员到座位上帮助。工作人员不看、不问、不代为选择。"
    yield f"投票期间请不要走动。发现违反投票纪律的，请向监票人或者{facts.words.presider}报告。"
