"""Drafts and lists on their way, made by the moments themselves.

way = Way(county)
draft = way.shortlisted("硬化村道")           # proposed, taken, assessed
slate = way.slate(3, places=2)               # a list of three of them
way.pass_all(slate); way.frozen(slate)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from tests.county import Body, new_id
from voting.actors import Actor
from voting.days import today
from voting.rules import BallotForm
from voting.screening import judging, listing, passing, proposing, shortlisting
from voting.screening.criteria import CRITERIA, Answer, Conclusion, Outcome
from voting.screening.drafts import Draft
from voting.screening.plans import Plan, Target, UnitName
from voting.screening.slates import Decision, Passage, Slate

YEAR: Final = 2027
ALL_YES: Final = tuple(Answer(criterion=one, finding="yes") for one in CRITERIA)
PDF: Final = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def plan(body: Body, title: str = "东河村道路硬化", **fields: Any) -> Plan:
    """What a draft says; led by the body's first unit."""
    facts: dict[str, Any] = {
        "title": title,
        "content": "硬化通村道路，安装路灯。",
        "place": "东河村",
        "cost": Decimal("320.5"),
        "funds": "县财政预算300万元，村级自筹20.5万元",
        "lead_unit": UnitName(id=body.units[0].id, name=body.units[0].name),
        "completion": "this_year",
        "stage": "10月底前完工",
        "targets": (Target(indicator="硬化道路", amount=Decimal("12.5"), measure="公里"),),
    }
    facts.update(fields)
    return Plan(**facts)


class Way:
    """The steps of one congress; in a town the clerk takes all of them."""

    def __init__(self, body: Body) -> None:
        self.body, self.store = body, body.store
        self.drafter: Actor = body.staff if body.level == "town" else body.government
        self.judge: Actor = body.staff

    def propose(self, title: str = "东河村道路硬化", sources: Sequence[str] = (), **fields: Any) -> Draft:
        """A draft that waits for 预审."""
        wanted = plan(self.body, title, **fields)
        return proposing.propose(
            self.store, self.drafter, new_id(title), YEAR, wanted, sources, self.body.now()
        )

    def taken(self, title: str = "东河村道路硬化", sources: Sequence[str] = ()) -> Draft:
        """A draft that waits for 初选."""
        one = self.propose(title, sources)
        return judging.judge(self.store, self.judge, one.id, 1, "taken", "群众反映多年", self.body.now())

    def assess(self, one: Draft, outcome: Outcome, reason: str = "资金已落实") -> Draft:
        """The conclusion of 初选."""
        said = Conclusion(answers=ALL_YES, outcome=outcome, reason=reason)
        return shortlisting.assess(self.store, self.drafter, one.id, one.version, said, self.body.now())

    def shortlisted(self, title: str = "东河村道路硬化", sources: Sequence[str] = ()) -> Draft:
        """A draft that may be listed."""
        return self.assess(self.taken(title, sources), "shortlisted")

    def slate(
        self,
        candidates: int = 3,
        places: int = 2,
        ballot: BallotForm = "select_k",
        drafts: Sequence[Draft] | None = None,
        title: str = "候选项目名单",
    ) -> Slate:
        """A list of so many new candidates, or of these."""
        on = drafts or [self.shortlisted(f"{title}第{n}件") for n in range(1, candidates + 1)]
        wanted = listing.Wanted(title=title, places=places, ballot=ballot, drafts=tuple(one.id for one in on))
        return listing.make_slate(self.store, self.drafter, new_id(title), YEAR, wanted, self.body.now())

    def decide(
        self,
        slate: Slate,
        place: int,
        decision: Decision = "passed",
        note: str = "同意",
        document: tuple[str, bytes] | None = None,
    ) -> Passage:
        """What the body at this place decided, today."""
        now = self.body.now() + timedelta(days=1)
        decided = passing.Decided(
            place=place, day=today(now), decision=decision, note=note, document=document
        )
        return passing.record(self.store, self.drafter, slate.id, new_id("passage"), decided, now)

    def pass_all(self, slate: Slate) -> None:
        """Every body passes it."""
        for place in range(1, len(slate.bodies) + 1):
            self.decide(slate, place)

    def frozen(self, **wanted: Any) -> Slate:
        """A list on which nothing changes any more."""
        slate = self.slate(**wanted)
        self.pass_all(slate)
        return listing.freeze(self.store, self.judge, slate.id, self.body.now())
