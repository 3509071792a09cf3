"""Which votes belong to a year, and what everybody may know of each by now."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from voting.actors import PUBLIC, Actor, system
from voting.cycle import already
from voting.delivering.projects import Project
from voting.disclosure import Disclosure, disclose
from voting.outcome import Outcome
from voting.rounds import Round
from voting.rules import Rules
from voting.screening.slates import Slate
from voting.store import Transaction
from voting.tally_report import figures_of


class Voted(Struct, frozen=True, kw_only=True):
    """An announced vote; `slate` is None where its candidates were typed in."""

    round: Round
    outcome: Outcome
    session: str
    slate: Slate | None

    @property
    def disclosed(self) -> Disclosure | None:
        """As much as the rules publish, once it has been published."""
        rules = self.round.rules
        if self.round.state != "published" or not isinstance(rules, Rules):
            return None
        return disclose(rules, self.outcome)


def slates_of(tx: Transaction, actor: Actor, year: int) -> tuple[Slate, ...]:
    """名单 of the year."""
    return tuple(one for one in tx.slates.listing(actor) if one.year == year)


def rounds_of(
    tx: Transaction, actor: Actor, year: int, slates: Sequence[Slate], projects: Sequence[Project]
) -> tuple[Round, ...]:
    """Votes made from the year's lists, those its projects came from, and those that name the year; newest
    first. For the offices, which know of them all."""
    named = {one.round for one in slates} | {one.round for one in projects}
    return tuple(
        one
        for one in tx.rounds.listing(system(actor.congress))
        if one.kind == "decision" and (one.id in named or f"{year}年" in one.title)
    )


def voted_of(tx: Transaction, rounds: Sequence[Round], slates: Sequence[Slate]) -> tuple[Voted, ...]:
    """Those that the chair has announced, void ones left out."""
    listed = {one.round: one for one in slates if one.round}
    found = []
    for one in rounds:
        if one.state == "void" or not already(one.state, "announce"):
            continue
        outcome = figures_of(tx, PUBLIC, one).outcome
        if isinstance(outcome, Outcome):
            session = tx.sessions.get(PUBLIC, one.session).title
            found.append(Voted(round=one, outcome=outcome, session=session, slate=listed.get(one.id)))
    return tuple(found)
