"""Every paper of a session: what it is called, in which forms there is one, what it still lacks, its bytes.

`standing` says for one paper whether it is complete, has blanks to be filled in by hand, or cannot be made
yet; a paper that cannot is refused with NotYet by `made`, whoever asks and whatever the page showed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.actors import NotFound, NotYet
from voting.documents import official
from voting.documents.official import Official
from voting.documents.report import tally_report_pdf
from voting.documents.session import ballot_paper as ballots
from voting.documents.session import formal
from voting.documents.session.announcement import announcement
from voting.documents.session.ballot_paper import BallotPaper, BallotPaperSettings, Size, ballot_paper
from voting.documents.session.candidate_list import candidate_list, candidates_xlsx
from voting.documents.session.chief_reports import counted_report, returned_report
from voting.documents.session.contingency import contingency
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.formal import Formal
from voting.documents.session.forms import empty_box_form, incident_form, returned_form
from voting.documents.session.leave_list import leave_list, leave_xlsx
from voting.documents.session.minutes import minutes
from voting.documents.session.notice import notice
from voting.documents.session.result_tables import result_csv, result_xlsx
from voting.documents.session.rules_paper import rules_paper
from voting.documents.session.script import plenary_script
from voting.documents.session.tally_paper import tally_paper

Form = Literal["pdf", "docx", "xlsx", "csv"]
State = Literal["ready", "blanks", "later"]
STATE_NAMES: Final[dict[State, str]] = {"ready": "可以打印", "blanks": "留有空白", "later": "还不能打印"}
EARLY: Final = "票数还不能查看。监票人签名以后，会务操作员可以打印；宣布结果以后，工作人员可以打印。"


class Standing(Struct, frozen=True):
    """How far a paper is, and what it lacks, in words."""

    state: State
    missing: str = ""


class Wish(Struct, frozen=True, kw_only=True):
    """How a ballot is to be printed."""

    settings: BallotPaperSettings = BallotPaperSettings()
    size: Size = "a4"
    delegation: str = ""


class SessionPaper(Struct, frozen=True, kw_only=True):
    """One for the whole session."""

    name: str
    forms: tuple[Form, ...] = ("docx", "pdf")
    content: Callable[[SessionFacts], Formal]
    standing: Callable[[SessionFacts], Standing]


class RoundPaper(Struct, frozen=True, kw_only=True):
    """One for each round; `name` may name it by what the round is."""

    name: Callable[[RoundFacts], str]
    forms: tuple[Form, ...] = ("docx", "pdf")
    standing: Callable[[SessionFacts, RoundFacts], Standing]


READY: Final = Standing("ready")


def of_session(facts: SessionFacts) -> Iterator[tuple[str, SessionPaper, Standing]]:
    """(key, paper, standing) in the order in which they are needed."""
    for key, paper in SESSION_PAPERS.items():
        yield key, paper, paper.standing(facts)


def of_round(facts: SessionFacts, of: RoundFacts) -> Iterator[tuple[str, RoundPaper, Standing]]:
    """The same for one round; a show of hands needs no ballots and no box."""
    for key, paper in ROUND_PAPERS.items():
        if of.round.method != "hands" or key not in _NOT_BY_HANDS:
            yield key, paper, paper.standing(facts, of)


def made_for_session(facts: SessionFacts, key: str, form: str, now: datetime) -> tuple[str, bytes]:
    """(name without ending, bytes). Raises NotFound for what there is not."""
    paper = SESSION_PAPERS.get(key)
    if paper is None or form not in paper.forms:
        raise NotFound
    name = f"{paper.name}（{facts.title}）"
    if form == "xlsx":
        return name, leave_xlsx(facts)
    return name, _set(paper.content(facts), form, now)


def made_for_round(
    facts: SessionFacts, of: RoundFacts, key: str, form: str, wish: Wish, now: datetime
) -> tuple[str, bytes]:
    """(name without ending, bytes). Raises NotFound for what there is not, NotYet while figures are kept
    back, TooFewForColour."""
    found = next(((paper, standing) for name, paper, standing in of_round(facts, of) if name == key), None)
    if found is None or form not in found[0].forms:
        raise NotFound
    paper, standing = found
    if standing.state == "later":
        raise NotYet(standing.missing)
    return f"{paper.name(of)}（{of.title}）", _round_bytes(facts, of, key, form, wish, now)


def _round_bytes(
    facts: SessionFacts, of: RoundFacts, key: str, form: str, wish: Wish, now: datetime
) -> bytes:
    if form == "csv":
        return result_csv(of)
    if form == "xlsx":
        return candidates_xlsx(facts, of) if key == "candidates" else result_xlsx(facts, of)
    if key == "tally" and form == "pdf" and of.tally is not None:
        return tally_report_pdf(of.tally, now)
    return _set(_round_content(facts, of, key, wish), form, now)


def _round_content(
    facts: SessionFacts, of: RoundFacts, key: str, wish: Wish
) -> Formal | Official | BallotPaper:
    if key == "ballot":
        return ballot_paper(facts, of, wish.settings, wish.size, wish.delegation)
    if key == "tally":
        if of.tally is None:
            raise NotYet(EARLY)
        return tally_paper(of.tally)
    return _CONTENTS[key](facts, of)


def _set(content: Formal | Official | BallotPaper, form: str, now: datetime) -> bytes:
    match content, form:
        case Formal(), "pdf":
            return formal.pdf(content, now)
        case Formal(), _:
            return formal.docx(content, now)
        case Official(), "pdf":
            return official.pdf(content, now)
        case Official(), _:
            return official.docx(content, now)
        case BallotPaper(), "pdf":
            return ballots.pdf(content, now)
        case _:
            return ballots.docx(content, now)


def _blanks(missing: list[str]) -> Standing:
    """Printable all the same: what is missing has a place to be written in."""
    return Standing("blanks", f"还没有{'、'.join(missing)}，留有空白，可以手填。") if missing else READY


def _script(facts: SessionFacts) -> Standing:
    rounds = facts.rounds
    missing = [
        *(["建立票决或者测评"] if not rounds else []),
        *(["达到法定人数的签到人数"] if facts.checked_in is None else []),
        *(["监票人名单"] if rounds and not any(one.scrutineers for one in rounds) else []),
        *(["投票情况"] if any(_waits_for_box(one) for one in rounds) else []),
        *(["结果"] if any(_waits_for_result(one) for one in rounds) else []),
    ]
    return _blanks(missing)


def _waits_for_box(of: RoundFacts) -> bool:
    return of.round.returned is None and of.round.state != "void"


def _waits_for_result(of: RoundFacts) -> bool:
    return of.tally is None and of.round.state != "void"


def _notice(facts: SessionFacts) -> Standing:
    return READY if facts.rounds else _blanks(["建立票决或者测评"])


def _contingency(_: SessionFacts) -> Standing:
    return Standing("blanks", "各岗位人员和电话由会务手填。")


def _leave(facts: SessionFacts) -> Standing:
    return READY if facts.leave else _blanks(["登记请假"])


def _incidents(facts: SessionFacts) -> Standing:
    open_ones = sum(one.answered_at is None for one in facts.incidents)
    if open_ones:
        return Standing("blanks", f"有{open_ones}件还没有处理决定，留有空白，可以手填。")
    return READY if facts.incidents else Standing("blanks", "没有登记，打印出来是空白表。")


def _rules(_: SessionFacts, of: RoundFacts) -> Standing:
    return Standing("ready", "草案，会议还没有通过。" if of.round.state == "drafted" else "")


def _ready(_: SessionFacts, __: RoundFacts) -> Standing:
    return READY


def _ballot(_: SessionFacts, of: RoundFacts) -> Standing:
    return Standing(
        "ready", "项目和办法还可能修改，通过以后再大量印制。" if of.round.state == "drafted" else ""
    )


def _empty(_: SessionFacts, of: RoundFacts) -> Standing:
    by_card = of.round.method == "electronic"
    confirmed = of.at("confirm_empty") is not None
    return _blanks(["总监票人的空箱核对"] if by_card and not confirmed else [])


def _returned(_: SessionFacts, of: RoundFacts) -> Standing:
    return _blanks(["发出和收回的张数"] if of.round.returned is None else [])


def _counted(_: SessionFacts, of: RoundFacts) -> Standing:
    if of.round.state == "void":
        return Standing("later", f"本轮{of.words.void}，没有计票结果。")
    return _blanks(["可以查看的票数"] if of.tally is None else [])


def _figures(_: SessionFacts, of: RoundFacts) -> Standing:
    if of.round.state == "void":
        return Standing("later", f"本轮{of.words.void}，没有计票结果。")
    return Standing("later", EARLY) if of.tally is None else READY


def _announcement(facts: SessionFacts, of: RoundFacts) -> Standing:
    early = _figures(facts, of)
    if early.state == "later":
        return early
    if of.settled and of.settled.open_places:
        return Standing("blanks", f"还有{of.settled.open_places}个名额没有决定，只写已经入选的。")
    return _blanks(["公告编号和日期"] if of.round.published is None else [])


def _minutes(facts: SessionFacts) -> Standing:
    waiting = any(_waits_for_result(one) for one in facts.rounds)
    missing = [*(["签到情况"] if facts.plenary is None else []), *(["结果"] if waiting else [])]
    more = Standing("blanks", "地点、记录人和签名由会务手填。")
    return _blanks(missing) if missing else more


def _incident_paper(facts: SessionFacts) -> Formal:
    return incident_form(facts, facts.incidents)


SESSION_PAPERS: Final[dict[str, SessionPaper]] = {
    "script": SessionPaper(name="主持词", content=plenary_script, standing=_script),
    "notice": SessionPaper(name="投票须知", content=notice, standing=_notice),
    "contingency": SessionPaper(name="应急预案", content=contingency, standing=_contingency),
    "leave": SessionPaper(
        name="请假名单", forms=("docx", "pdf", "xlsx"), content=leave_list, standing=_leave
    ),
    "incidents": SessionPaper(name="异常情况登记表", content=_incident_paper, standing=_incidents),
    "minutes": SessionPaper(name="会议记录", content=minutes, standing=_minutes),
}
"""By the name in the address."""

ROUND_PAPERS: Final[dict[str, RoundPaper]] = {
    "rules": RoundPaper(
        name=lambda of: of.words.rules + ("（草案）" if of.round.state == "drafted" else ""),
        standing=_rules,
    ),
    "candidates": RoundPaper(
        name=lambda of: f"{of.words.candidate}名单", forms=("docx", "pdf", "xlsx"), standing=_ready
    ),
    "ballot": RoundPaper(name=lambda of: f"纸质{of.words.ballot}", standing=_ballot),
    "empty-box": RoundPaper(name=lambda _: "空箱核对单", standing=_empty),
    "returned": RoundPaper(name=lambda _: "总监票人报告词（一）投票情况", standing=_returned),
    "returned-form": RoundPaper(name=lambda _: "投票情况报告单", standing=_returned),
    "counted": RoundPaper(name=lambda _: "总监票人报告词（二）计票结果", standing=_counted),
    "tally": RoundPaper(name=lambda of: of.words.report, standing=_figures),
    "announcement": RoundPaper(name=lambda _: "公告", standing=_announcement),
    "result": RoundPaper(name=lambda of: f"{of.words.act}结果表", forms=("xlsx", "csv"), standing=_figures),
}
"""By the name in the address."""

_NOT_BY_HANDS: Final = {"ballot", "empty-box", "returned", "returned-form"}
_CONTENTS: Final[dict[str, Callable[[SessionFacts, RoundFacts], Formal | Official]]] = {
    "rules": rules_paper,
    "candidates": candidate_list,
    "empty-box": empty_box_form,
    "returned": returned_report,
    "returned-form": returned_form,
    "counted": counted_report,
    "announcement": announcement,
}
