"""Projects that a county rates, with real ballots.

sitting = held(county, tmp_path, [road, school], [(1, 3)] * 6)      # 满意 and 不满意, from all six deputies
matter = ordered(county, sitting, 2)                                # the second must be put right
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ballots.credentials import base58, generate_uuid
from tests.county import Body, new_id
from tests.delivery import project
from tests.drafts import PDF
from tests.people import NAMES, Hall, seeded
from voting import drafting
from voting.actors import Actor
from voting.cards import make_deck
from voting.cycle import State
from voting.days import today
from voting.delivering.projects import Project
from voting.grading import Grading
from voting.rating import inquiring, rectifying, rounds_over_projects
from voting.rating.proofs import Proof
from voting.rating.rectifications import Rectification, RectificationStep, StepKind
from voting.rating.rectifying import Entry
from voting.rating.rounds_over_projects import Wanted
from voting.rounds import Round, Session
from voting.signing import Signer
from voting.wording import Body as Sits

RULES: Final = Grading(projects=1, half="more_than", publish="list_and_votes")
PAPER: Final = Proof(name="批复.pdf", body=PDF)
SATISFIED, PARTLY, UNSATISFIED, ABSTAINED = 1, 2, 3, 4


class Sitting(Hall):
    """A hall in which an existing round of a county is held, with one scrutineer."""

    def __init__(self, body: Body, session: Session, made: Round, folder: Path) -> None:
        self.store, self.rules, self.deputies, self.name = (
            body.store,
            made.rules,
            session.all_deputies,
            "sitting",
        )
        self.random, self.now = seeded(f"sitting {made.id}"), body.now
        self.signer = Signer.create(folder / f"{made.id}.key", self.random)
        self.congress, self.staff, self.session, self.round = body.congress, body.staff, session, made
        self.chair, self.operator = self._in_session("chair", "王主席"), self._in_session("operator", "小李")
        self.scrutineers = [self._in_session("scrutineer", NAMES[0], 1)]
        self.names, self.threshold = NAMES[:1], None
        self.seeds = [base58(22, self.random)]
        self.cards = make_deck(self.deputies, [generate_uuid(self.random)], self.random)

    def vote(self, ballots: Sequence[Sequence[int]], state: State = "announced") -> Sitting:
        """Each deputy's answers by project, from 1; then on to `state`."""
        self.reach("open")
        for card, answers in enumerate(ballots):
            self.cast(card, *answers)
        self.reach(state)
        return self


def a_session(body: Body, deputies: int = 6, of: Sits = "congress", title: str = "") -> Session:
    named = title or {"congress": "第三次会议", "committee": "常委会第二十次会议"}[of]
    return drafting.create_session(body.store, body.staff, named, deputies, body.random, of)


def wanted(session: Session, title: str = "2027年民生实事项目满意度测评", **rules: Any) -> Wanted:
    fields = {name: getattr(RULES, name) for name in RULES.__struct_fields__} | rules
    return Wanted(session=session.id, title=title, rules=Grading(**fields))


def held(
    body: Body,
    folder: Path,
    projects: Sequence[Project | str],
    ballots: Sequence[Sequence[int]],
    state: State = "announced",
    *,
    session: Session | None = None,
    title: str = "2027年民生实事项目满意度测评",
    **rules: Any,
) -> Sitting:
    """A round over projects, or over parts by their keys, voted on."""
    sits = session or a_session(body, max(6, len(ballots)))
    keys = [one if isinstance(one, str) else one.id for one in projects]
    asked = wanted(sits, title, **rules)
    made = rounds_over_projects.make_round(body.store, body.staff, asked, keys, body.now())
    return Sitting(body, sits, made, folder).vote(ballots, state)


def ordered(body: Body, sitting: Sitting, number: int = 1, months: int = 3) -> Rectification:
    return rectifying.order(
        body.store, body.staff, sitting.round.id, number, months, "限期完成路灯安装。", body.now()
    )


def handed_in(
    body: Body, matter: Rectification, *kinds: StepKind, by: Actor | None = None
) -> list[RectificationStep]:
    """What the unit hands in, one after the other."""
    return [
        rectifying.hand_in(body.store, by or body.unit, matter.id, entry(kind, text=f"第{n}次"), body.now())
        for n, kind in enumerate(kinds, start=1)
    ]


def judged(body: Body, matter: Rectification, kind: StepKind, **fields: Any) -> RectificationStep:
    return rectifying.judge(body.store, body.staff, matter.id, entry(kind, **fields), body.now())


def entry(kind: StepKind, **fields: Any) -> Entry:
    facts: dict[str, Any] = {"id": new_id(kind), "kind": kind, "text": "已逐项落实。"}
    if kind in {"accept", "return", "close"}:
        facts["who"] = "副主任吴芳"
    return Entry(**facts | fields)


def belongings(body: Body) -> dict[str, str]:
    """Ids of what 人大评 keeps of a congress, by the names that addresses give them. Nobody has voted."""
    made, now = project(body, "测评和整改的项目"), body.now()
    session = a_session(body, title="测评的会议")
    of = rounds_over_projects.make_round(body.store, body.staff, wanted(session), [made.id], now)
    matter = Rectification(
        id=new_id("matter"),
        congress=made.congress,
        project=made.id,
        title=made.title,
        unit=body.units[0].id,
        round=of.id,
        number=1,
        level="不满意",
        state="ordered",
        months=3,
        ordered_on=today(now),
        due=today(now),
        demands="限期整改。",
        by="刘科长",
        at=now,
    )
    with body.store.write() as tx:
        tx.rectifications.add(matter)
    plan = inquiring.Plan(
        title="询问",
        day=today(now),
        meeting="会议",
        months=3,
        projects=(made.id,),
        units=(body.units[0].id,),
    )
    asked = inquiring.Asked(unit=body.units[0].id, asked_by="张桂兰", text="为什么？")
    inquiry = inquiring.prepare(body.store, body.staff, new_id("inquiry"), plan, now)
    question = inquiring.ask(body.store, body.staff, inquiry.id, new_id("question"), asked, now)
    return {"matter_id": matter.id, "inquiry_id": inquiry.id, "question_id": question.id}
