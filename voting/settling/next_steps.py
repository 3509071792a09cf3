"""下一步: what is next in a session, what is missing for it, and who must do it. Pure.

For a clerk who has never done this: the list holds what can be done now and nothing else, in the order in
which a session goes, from 签到 to the 公告. What is running stands before what is being prepared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from voting.checking_in.facts import Standing
from voting.cycle import State
from voting.keeping.rules import RULES
from voting.rounds import Round
from voting.wording import Words

Place = Literal[
    "session",
    "round",
    "links",
    "plenary",
    "deck",
    "cards",
    "counting",
    "papers",
    "incidents",
    "new_round",
    "none",
]
"""Where it is done, for the page to make an address of."""


class Next(Struct, frozen=True, kw_only=True):
    """One thing to do. `who` is a role in words; `missing` says what is not there yet, `round` is its id."""

    who: str
    what: str
    missing: tuple[str, ...] = ()
    place: Place = "none"
    round: str | None = None
    optional: bool = False
    """Helps, but nothing waits for it."""


class RoundFacts(Struct, frozen=True, kw_only=True):
    """A round, and what its next step waits for."""

    round: Round
    missing: tuple[str, ...] = ()
    """Before sealing."""
    turnout: int = 0
    waiting_for: tuple[str, ...] = ()
    """Scrutineers whose turn it is."""
    unsigned_paper: bool = False
    """The papers are counted, and no scrutineer has signed for them."""
    box_seen_empty: bool = True
    open_places: int = 0
    """Of an announced round: places without a decision, and no further round made."""
    decided_by: str = ""
    """Another round, or the 主席团; empty where the rules leave them vacant."""
    unknown: bool = False
    """A decision was entered, and the chair has not announced it."""
    came_to_nothing: bool = False
    """Of an announced round: its count made it void."""
    repeated: bool = False
    """Of a void round: the round that repeats it is there."""
    projects: int | None = None
    """Made from it; None where none can be."""


class SessionFacts(Struct, frozen=True, kw_only=True):
    """A session: `links` are the roles that have a personal link that still leads in."""

    words: Words
    rounds: tuple[RoundFacts, ...]
    standing: Standing
    links: frozenset[str]
    deck: bool
    """Whether a deck of cards was loaded."""
    out: int = 0
    """Cards of the newest deck that count as handed out."""
    serials: bool = False
    """Whether it is still known which card a serial is."""
    incidents: int = 0
    """Reported, and not answered."""


_ORDER: Final[Mapping[State, int]] = {
    "open": 0,
    "closed": 0,
    "reconciled": 0,
    "counted": 0,
    "sealed": 1,
    "adopted": 1,
    "drafted": 1,
    "announced": 2,
    "void": 2,
    "published": 3,
}


def next_steps(facts: SessionFacts) -> tuple[Next, ...]:
    """What to do now; empty once everything is published."""
    ordered = sorted(facts.rounds, key=lambda one: _ORDER[one.round.state])
    running = [one for one in ordered if _ORDER[one.round.state] == 0]
    return (
        *_incidents(facts),
        *(step for one in running for step in _of_round(facts, one)),
        *_before_the_first(facts),
        *(step for one in ordered if one not in running for step in _of_round(facts, one)),
        *_after_the_last(facts),
    )


def _incidents(facts: SessionFacts) -> Iterator[Next]:
    if facts.incidents:
        yield Next(
            who=facts.words.presider,
            what=f"有{facts.incidents}件情况等待处理（例如投票卡第一次扫码就显示已使用）",
            place="incidents",
        )


def _before_the_first(facts: SessionFacts) -> Iterator[Next]:
    """What the whole session needs before a round can be opened."""
    words = facts.words
    if not facts.rounds:
        yield Next(who="工作人员", what=f"录入项目和办法，新建{words.act}", place="new_round")
    if not _is_coming(facts):
        return
    lacking = [name for role, name in _needed(facts) if role not in facts.links]
    if lacking:
        yield Next(who="工作人员", what=f"给{'、'.join(lacking)}发个人链接", place="links")
    if not facts.deck and _needs_cards(facts):
        yield Next(who="工作人员", what="制作投票卡，装入投票卡名单", place="deck")
    yield from _attendance(facts)


def _attendance(facts: SessionFacts) -> Iterator[Next]:
    standing, words = facts.standing, facts.words
    if standing.plenary is None:
        what = "开始全体会议，组织签到" if words.member == "代表" else "开始会议，组织签到"
        yield Next(who="工作人员", what=what, place="plenary")
    elif not standing.quorate:
        short = standing.quorum - standing.present
        said = (f"实到{standing.present}人，离法定人数{standing.quorum}人还差{short}人。",)
        yield Next(who="签到员", what=f"{standing.plenary.title}签到", missing=said, place="plenary")


def _after_the_last(facts: SessionFacts) -> Iterator[Next]:
    """The serials have served their purpose once nothing can follow that needs the cards."""
    if not facts.serials or not facts.rounds or not all(_is_over(one) for one in facts.rounds):
        return
    days = RULES["serials"].days
    yield Next(
        who="工作人员",
        what="清除投票卡编号（投票全部结束，不再换卡）",
        missing=(f"没有清除的，这批卡最后一次使用{days}天以后由程序清除。",),
        place="cards",
    )


def _is_over(of: RoundFacts) -> bool:
    """Whether neither this round nor one that would follow from it is still to be voted in."""
    if of.round.state == "void":
        return of.round.trial or of.repeated
    left = of.open_places or of.came_to_nothing
    return of.round.state in {"announced", "published"} and not left


def _of_round(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    of_state = {
        "drafted": _drafted,
        "adopted": _adopted,
        "sealed": _sealed,
        "open": _open,
        "closed": _closed,
        "reconciled": _reconciled,
        "counted": _counted,
        "announced": _announced,
        "published": _published,
        "void": _void,
    }
    yield from of_state[of.round.state](facts, of)


def _drafted(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    words = facts.words
    yield _step(
        of, "工作人员", f"{words.meeting}通过{words.rules}和监票人名单以后，登记“{of.round.title}”已通过"
    )


def _adopted(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    if of.round.method != "electronic":
        yield from _to_open(facts, of)
    elif of.missing:
        yield _step(of, "工作人员、监票人", f"备齐“{of.round.title}”封存所需", of.missing)
    else:
        yield _step(of, "工作人员", f"封存“{of.round.title}”")


def _sealed(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    if not of.box_seen_empty:
        yield _step(of, "总监票人", f"在自己的手机上确认“{of.round.title}”是空箱")
    if facts.deck and not of.round.trial:
        yield from _counting(facts, of)
    yield from _to_open(facts, of)


def _counting(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    """Cards that nobody took have to come back before the round can open."""
    standing = facts.standing
    if of.round.deck and standing.plenary and standing.quorate and facts.out > standing.present:
        said = f"算作发出的投票卡{facts.out}张，实到{standing.present}人。"
        yield Next(
            who="工作人员、监票人",
            what="清点没有发出的投票卡，封存备用卡",
            missing=(said,),
            place="counting",
        )


def _to_open(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    standing = facts.standing
    short = standing.plenary is not None and not standing.quorate
    missing = (f"实到人数不足法定人数{standing.quorum}人，不能开始。",) if short else ()
    begun = "主持人宣布开始试投时，开始试投" if of.round.trial else "主持人宣布开始投票时，开始投票"
    yield _step(of, "工作人员", f"“{of.round.title}”：{begun}", missing)


def _open(_: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    said = f"“{of.round.title}”正在投票：主持人宣布截止时，截止投票"
    yield _step(of, "工作人员", said, (f"已投{of.turnout}张，发出{of.round.issued}张。",))


def _closed(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    words, title = facts.words, of.round.title
    if of.round.returned is None:
        yield _step(of, "计票人", f"录入“{title}”的纸质票，两人一致以后由监票人签字")
    elif of.round.returned > (of.round.issued or 0):
        yield _step(of, words.presider, f"收回的票多于发出的票，宣布“{title}”{words.void}")
    elif of.unsigned_paper:
        yield _step(of, "监票人", f"在“{title}”的纸质票计票记录上签字，一人即可")
    else:
        yield _step(of, words.presider, f"宣布“{title}”{words.valid}或者无效")


def _reconciled(_: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    if of.round.method != "electronic":
        yield _step(of, "计票人", f"录入“{of.round.title}”的票数，两人一致")
        return
    yield _step(of, "监票人", f"为“{of.round.title}”开箱", _names("还没有开箱的：", of))


def _counted(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    words = facts.words
    if of.waiting_for:
        yield _step(of, "监票人", f"在“{of.round.title}”的{words.report}上签字", _names("还没有签字的：", of))
        return
    yield _step(of, "会务操作员", f"打印“{of.round.title}”的{words.report}和主持词", optional=True)
    yield _step(of, words.presider, f"宣读并宣布“{of.round.title}”的结果")


def _announced(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    words = facts.words
    yield from _to_decide(facts, of)
    yield _step(of, "工作人员", f"“{of.round.title}”公告定稿、{words.presidium}同意以后，公布")


def _to_decide(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    title = of.round.title
    if of.came_to_nothing:
        yield from _void(facts, of)
    if of.unknown:
        yield _step(of, facts.words.presider, f"宣布对“{title}”未定名额的决定")
    if of.open_places:
        left = (f"还有{of.open_places}个名额没有确定。",)
        what = f"由{of.decided_by}确定" if of.decided_by else "登记缺额不补"
        yield _step(of, "工作人员", f"“{title}”没有产生的名额{what}", left)


def _published(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    yield from _to_decide(facts, of)
    if of.projects == 0:
        yield _step(of, "工作人员", f"把“{of.round.title}”入选的项目转为项目，交办", optional=True)


def _void(facts: SessionFacts, of: RoundFacts) -> Iterator[Next]:
    if not of.round.trial and not of.repeated:
        yield _step(of, "工作人员", f"“{of.round.title}”{facts.words.void}，组织{facts.words.again}")


def _step(
    of: RoundFacts, who: str, what: str, missing: Sequence[str] = (), *, optional: bool = False
) -> Next:
    return Next(
        who=who, what=what, missing=tuple(missing), place="round", round=of.round.id, optional=optional
    )


def _names(head: str, of: RoundFacts) -> tuple[str, ...]:
    return (f"{head}{'、'.join(of.waiting_for)}。",) if of.waiting_for else ()


def _is_coming(facts: SessionFacts) -> bool:
    """Whether a round is still to be opened."""
    return any(one.round.state in {"drafted", "adopted", "sealed"} for one in facts.rounds)


def _needs_cards(facts: SessionFacts) -> bool:
    return any(
        one.round.method == "electronic" and one.round.uuid is None and _ORDER[one.round.state] == 1
        for one in facts.rounds
    )


def _needed(facts: SessionFacts) -> list[tuple[str, str]]:
    """Roles without whom no round comes to its end."""
    needed = [("chair", facts.words.presider), ("operator", "会务操作员")]
    if any(one.round.state in {"adopted", "sealed"} for one in facts.rounds):
        needed.append(("scrutineer", "监票人"))
    if any(one.round.method != "electronic" or one.round.paper for one in facts.rounds):
        needed.append(("teller", "计票人"))
    return needed
