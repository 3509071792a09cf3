"""What the papers of a session are made of, read once through the actor and then frozen.

Figures come from `tally_report.figures_of`, which gives them to whom they may be given now and to nobody
else; to everybody else `RoundFacts.tally` is None, and the papers have blanks.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.actors import Actor, NotYet, require
from voting.checking_in.facts import Leave, Plenary
from voting.counts import quorum
from voting.days import CHINA, today
from voting.documents.report import TallyReport
from voting.handing_out.decks import declared
from voting.handing_out.facts import Declared, Incident
from voting.paper_ballots.sheets import FEWEST_PAPER, PaperSettings
from voting.people import Deputy
from voting.rounds import Candidate, Congress, Round, Scrutineer, Session, StepRecord, full_title, words_of
from voting.settling.deciding import settled_chosen
from voting.settling.resolutions import Settled
from voting.store import Store, Transaction
from voting.tally_report import figures_of
from voting.wording import Words, words_for


class Absence(Struct, frozen=True, kw_only=True):
    """Who is on leave, from what, and why."""

    deputy: Deputy
    leave: Leave
    plenary: Plenary | None = None


class RoundFacts(Struct, frozen=True, kw_only=True):
    """One round. `tally` is None while this reader may not see the figures, and of a void round."""

    round: Round
    words: Words
    scrutineers: tuple[Scrutineer, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    tally: TallyReport | None = None
    settled: Settled | None = None
    declared: Declared | None = None
    """Reserve cards and dead ones; None before opening, and of a round without cards."""

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """In printed order."""
        return self.round.candidates

    @property
    def title(self) -> str:
        """What it is called on paper."""
        return self.round.title

    def day_of(self, *steps: str) -> date | None:
        """When the last of these steps was taken."""
        taken = [one.at for one in self.steps if one.step in steps]
        return taken[-1].astimezone(CHINA).date() if taken else None

    def at(self, step: str) -> datetime | None:
        """When a step was taken for the last time, on Beijing's clock."""
        taken = [one.at for one in self.steps if one.step == step]
        return taken[-1].astimezone(CHINA) if taken else None


class SessionFacts(Struct, frozen=True, kw_only=True):
    """A session and what happens in its hall. `plenary` is the newest; None where nobody was checked in by
    this service. `present` is None where nobody counted."""

    congress: Congress
    session: Session
    day: date
    plenary: Plenary | None = None
    present: int | None = None
    rounds: tuple[RoundFacts, ...] = ()
    """Without trials, as they were drafted."""
    trials: tuple[Round, ...] = ()
    leave: tuple[Absence, ...] = ()
    incidents: tuple[Incident, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    """Those whom the session expects, in printed order."""
    fewest_paper: int = FEWEST_PAPER
    """Of fewer papers there is no figure, and no delegation of fewer members has a colour of its own."""

    @property
    def title(self) -> str:
        """The session's name with its place."""
        return full_title(self.congress, self.session)

    @property
    def words(self) -> Words:
        """Names that do not depend on a round's kind."""
        return words_for(
            "satisfaction" if self.session.body == "committee" else "decision", self.session.body
        )

    @property
    def place(self) -> str:
        """示例县."""
        return self.congress.name.removesuffix("人民代表大会")

    @property
    def by_card(self) -> bool:
        """Whether cards, phones and a sealed box are used in any round; the usual way while there is none."""
        return not self.rounds or any(one.round.method == "electronic" for one in self.rounds)

    @property
    def quorum(self) -> int:
        """The fewest that may vote (地方组织法 §14, §51)."""
        return quorum(self.session.all_deputies, self.session.body)

    @property
    def delegations(self) -> tuple[str, ...]:
        """As the first deputy of each is printed."""
        return tuple(dict.fromkeys(one.delegation for one in self.deputies))

    @property
    def checked_in(self) -> int | None:
        """实到 to be read out: None while nobody counts, or while too few are there to begin."""
        return self.present if self.present is not None and self.present >= self.quorum else None

    @property
    def away(self) -> int | None:
        """How many are on leave from the newest plenary; None where there is none."""
        if self.plenary is None:
            return None
        return len({one.deputy.id for one in self.leave if one.plenary in {None, self.plenary}})

    def of(self, round_id: str) -> RoundFacts | None:
        """One of the rounds."""
        return next((one for one in self.rounds if one.round.id == round_id), None)


def facts_of_session(store: Store, actor: Actor, session_id: str, now: datetime) -> SessionFacts:
    """Everything at once. Raises NotFound, Forbidden."""
    require(actor, "staff", "operator")
    with store.read() as tx:
        return gather(tx, actor, session_id, now)


def gather(tx: Transaction, actor: Actor, session_id: str, now: datetime) -> SessionFacts:
    """Raises NotFound."""
    session = tx.sessions.get(actor, session_id)
    congress = tx.sessions.congress(session.congress)
    held = tx.rounds.of_session(actor, session.id)
    newest = next(iter(tx.plenaries.listing(actor, session.id)), None)
    due = tx.deputies.current(session.congress)
    return SessionFacts(
        congress=congress,
        session=session,
        day=today(now),
        plenary=newest,
        present=tx.attendance.present(newest) if newest else None,
        rounds=tuple(_round(tx, actor, session, one, now) for one in held if not one.trial),
        trials=tuple(one for one in held if one.trial),
        deputies=tuple(one for one in due if session.body == "congress" or one.committee),
        leave=_leave(tx, actor, session),
        incidents=tx.incidents.of_session(actor, session.id),
        fewest_paper=tx.settings.get(session.congress, PaperSettings).fewest,
    )


def _leave(tx: Transaction, actor: Actor, session: Session) -> tuple[Absence, ...]:
    plenaries = {one.id: one for one in tx.plenaries.listing(actor, session.id)}
    deputies = {one.id: one for one in tx.deputies.all(session.congress)}
    found = [
        Absence(deputy=deputies[one.deputy], leave=one, plenary=plenaries.get(one.plenary or ""))
        for one in tx.leaves.holding(session)
    ]
    return tuple(sorted(found, key=lambda one: (one.deputy.number, one.deputy.id, one.leave.noted_at)))


def tally_of(tx: Transaction, actor: Actor, of: Round, now: datetime) -> TallyReport | None:
    """What the 计票结果报告单 and what follows are made of; None while the actor may not see the figures."""
    try:
        figures = figures_of(tx, actor, of)
    except NotYet:
        return None
    session = tx.sessions.get(actor, of.session)
    return TallyReport(
        session_title=full_title(tx.sessions.congress(of.congress), session),
        round_title=of.title,
        rules=of.rules,
        candidates=of.candidates,
        counts=figures.counts,
        outcome=figures.outcome,
        scrutineers=tx.scrutineers.of(actor, of.id),
        threshold=of.threshold,
        closing_head=of.closing_head,
        day=today(of.opened_at or now),
    )


def _round(tx: Transaction, actor: Actor, session: Session, of: Round, now: datetime) -> RoundFacts:
    tally = tally_of(tx, actor, of, now)
    return RoundFacts(
        round=of,
        words=words_of(of, session),
        scrutineers=tx.scrutineers.of(actor, of.id),
        steps=tx.steps.of(actor, of.id),
        tally=tally,
        settled=settled_chosen(tx, of) if tally is not None else None,
        declared=declared(tx, of) if of.opened_at and of.method == "electronic" else None,
    )
