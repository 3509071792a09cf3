"""A session on paper: facts as the papers are made from, without a store.

facts, of = session_facts()                    # a county's 差额 round, drafted
facts, of = session_facts(SELECT, SELECTED)    # counted, and shown to this reader
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from msgspec.structs import replace

from voting.checking_in.facts import Leave, Plenary
from voting.conclusions import conclude
from voting.counts import ApprovalCounts, Counts, GradeCounts, SelectCounts
from voting.documents.official import Grid, Label, Text
from voting.documents.report import TallyReport
from voting.documents.session.facts import Absence, RoundFacts, SessionFacts
from voting.documents.session.formal import Article, Aside, Block, Break, Chapter, Form, Formal
from voting.documents.session.papers import SESSION_PAPERS, Wish, made_for_round, made_for_session
from voting.grading import Grading
from voting.handing_out.facts import Incident
from voting.people import Deputy
from voting.rounds import Candidate, Congress, Level, Round, Scrutineer, Session, StepRecord, words_of
from voting.rules import RoundRules, Rules
from voting.wording import Body

NOW: Final = datetime(2026, 1, 25, 8, 0, tzinfo=UTC)
BEGUN: Final = datetime(2026, 1, 25, 1, 0, tzinfo=UTC)
PLAIN: Final = Wish()
RARE: Final = "𠮷㛃䶮𫖯"
"""Characters of names, from three different fonts."""
HEAD: Final = "1a2b3c4d" * 8
TITLES: Final = ("农村公路改造", f"{RARE[0]}家村食堂改建", "社区养老服务站")
SCRUTINEERS: Final = (f"王{RARE[1]}", "欧阳雪梅", f"李{RARE[3]}")

SELECT: Final = Rules(ballot="select_k", candidates=3, places=2, publish="list_and_votes")
SELECTED: Final = SelectCounts(
    all_deputies=327, present=314, issued=314, returned=312, invalid=1, votes=(271, 255, 80), blank=2
)
APPROVE: Final = Rules(ballot="for_against", candidates=3, places=3, publish="list_and_votes")
APPROVED: Final = ApprovalCounts(
    all_deputies=327,
    present=314,
    issued=314,
    returned=312,
    for_votes=(271, 255, 80),
    against=(31, 40, 200),
    abstain=(10, 17, 32),
)
GRADING: Final = Grading(projects=3, half="more_than", publish="list_and_votes")
GRADED: Final = GradeCounts(
    all_deputies=327,
    present=314,
    issued=314,
    returned=312,
    rows=((271, 31, 10, 0), (130, 150, 30, 2), (40, 60, 200, 12)),
)
STEPS: Final = (
    ("adopt", 10),
    ("seal", 20),
    ("confirm_empty", 30),
    ("open", 40),
    ("close", 60),
    ("declare_valid", 62),
    ("count", 70),
    ("announce", 80),
)


def session_facts(
    rules: RoundRules = SELECT,
    counts: Counts | None = None,
    *,
    level: Level = "county",
    body: Body = "congress",
    **more: Any,
) -> tuple[SessionFacts, RoundFacts]:
    """With counts, the round is announced and everything around it is known."""
    name = "示例县人民代表大会" if level == "county" else "东河镇人民代表大会"
    congress = Congress(id="c", name=name, level=level)
    title = "第十八届人民代表大会第二次会议" if body == "congress" else "第十八届人大常委会第三次会议"
    session = Session(id="s", congress="c", code="AbCdEfGh", title=title, all_deputies=327, body=body)
    fields: dict[str, Any] = {"state": "drafted", **(_held(counts) if counts else {}), **more}
    held = Round(
        id="r",
        congress="c",
        session="s",
        title="民生实事项目票决" if isinstance(rules, Rules) else "民生实事项目测评",
        rules=rules,
        candidates=candidates(rules),
        drafted_at=BEGUN,
        **fields,
    )
    of = RoundFacts(round=held, words=words_of(held, session))
    facts = SessionFacts(congress=congress, session=session, day=date(2026, 1, 25), rounds=(of,))
    return _counted(facts, of, counts) if counts else (facts, of)


def candidates(rules: RoundRules) -> tuple[Candidate, ...]:
    number = rules.projects if isinstance(rules, Grading) else rules.candidates
    return tuple(
        Candidate(number=n, title=TITLES[(n - 1) % len(TITLES)], unit="县交通运输局")
        for n in range(1, number + 1)
    )


def deputies() -> tuple[Deputy, ...]:
    """A delegation of twelve, and one of three."""
    names = [*(f"张{n}" for n in range(12)), RARE[:3], f"李{RARE[3]}", "阿卜杜热西提·买买提江"]
    return tuple(
        Deputy(
            id=str(number),
            congress="c",
            number=number,
            name=name,
            delegation="城关代表团" if number <= 12 else "东河代表团",
        )
        for number, name in enumerate(names, start=1)
    )


def _held(counts: Counts) -> dict[str, Any]:
    return {
        "state": "announced",
        "present": counts.present,
        "issued": counts.issued,
        "returned": counts.returned,
        "opened_at": BEGUN + timedelta(minutes=40),
        "fingerprint": "Zk3v9QmXh2Lw8RtY5uBn7cVd1eFg4HjK6pS0aTiOqWx",
        "closing_head": HEAD,
        "threshold": 2,
    }


def _counted(facts: SessionFacts, of: RoundFacts, counts: Counts) -> tuple[SessionFacts, RoundFacts]:
    scrutineers = tuple(
        Scrutineer(
            congress="c", round="r", number=n, name=name, chief=n == 1, signature="aa" if n < 3 else None
        )
        for n, name in enumerate(SCRUTINEERS, start=1)
    )
    tally = TallyReport(
        session_title=facts.title,
        round_title=of.round.title,
        rules=of.round.rules,
        candidates=of.round.candidates,
        counts=counts,
        outcome=conclude(of.round.rules, counts),
        scrutineers=scrutineers,
        threshold=of.round.threshold,
        closing_head=of.round.closing_head,
        day=date(2026, 1, 25),
    )
    known = replace(of, scrutineers=scrutineers, steps=_steps(), tally=tally)
    return _around(replace(facts, rounds=(known,))), known


def _steps() -> tuple[StepRecord, ...]:
    return tuple(
        StepRecord(
            congress="c",
            round="r",
            step=step,
            at=BEGUN + timedelta(minutes=minutes),
            role="staff",
            name="刘科长",
            link=None,
        )
        for step, minutes in STEPS
    )


def _around(facts: SessionFacts) -> SessionFacts:
    everybody = deputies()
    plenary = Plenary(
        id="p",
        congress="c",
        session="s",
        number=2,
        title="第二次全体会议",
        begun_at=BEGUN,
        begun_by="刘科长",
    )
    incident = Incident(
        id="i",
        congress="c",
        session="s",
        round="r",
        kind="used_card",
        serial="0001236",
        what="第3排首次扫卡即显示已使用。",
        reported_by="签到台小周",
        reported_at=BEGUN + timedelta(minutes=45),
    )
    away = tuple(Absence(deputy=one, leave=_leave(one)) for one in everybody[12:])
    return replace(facts, plenary=plenary, present=314, deputies=everybody, leave=away, incidents=(incident,))


def _leave(of: Deputy) -> Leave:
    return Leave(
        id=of.id,
        congress="c",
        session="s",
        deputy=of.id,
        reason="因病住院",
        noted_by="刘科长",
        noted_at=BEGUN,
    )


def words(paper: Formal) -> str:
    """Everything on a paper, a line a block."""
    return "\n".join([paper.title, paper.under, *map(_words, paper.blocks), paper.issuer, paper.day])


def _words(block: Block) -> str:
    match block:
        case Article():
            return f"{block.number}　{block.words}"
        case Break():
            return block.title
        case Grid():
            return "\n".join("|".join(row) for row in (block.head, *block.rows))
        case Form():
            return "\n".join("|".join(row) for row in block.rows)
        case Chapter() | Aside() | Label() | Text():
            return block.words


@cache
def file_of(
    key: str, form: str, rules: RoundRules = SELECT, counts: Counts | None = SELECTED, wish: Wish = PLAIN
) -> bytes:
    """Made once for all tests."""
    facts, of = session_facts(rules, counts)
    if key in SESSION_PAPERS:
        return made_for_session(facts, key, form, NOW)[1]
    return made_for_round(facts, of, key, form, wish, NOW)[1]
