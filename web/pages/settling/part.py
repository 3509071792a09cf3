"""What is left to decide, on others' pages: `staff/round/settle.html`, `chair/parts/settle.html`."""

from typing import Any

from msgspec import Struct

from voting.outcome import Outcome
from voting.rounds import Relation, Round, relation_name, words_of
from voting.settling.deciding import Choices, choices, further_rounds, settled_chosen
from voting.settling.resolutions import Resolution, Settled, Way
from voting.store import Transaction
from voting.tally_report import figures_of
from web.access import Visit


class Settling(Struct, frozen=True, kw_only=True):
    """For the template."""

    settled: Settled
    choices: Choices | None
    """None: nothing to enter."""
    ways: dict[Way, str]
    candidates: list[tuple[str, str]]
    further: tuple[Round, ...]
    """Rounds that were made after this one."""
    relations: dict[Relation, str]
    """Further rounds that may be made now."""

    @property
    def resolution(self) -> Resolution | None:
        return self.settled.resolution

    @property
    def open(self) -> bool:
        """Whether somebody has to decide or to make a round."""
        return self.settled.open_places > 0 and not self.further


def part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the round's page of staff: nothing where the votes have filled every place."""
    with visit.house.store.read() as tx:
        found = settling_of(tx, visit, shown)
    return {"settle": found} if found else {}


def chair_part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the chair's page: a resolution, to be read out."""
    with visit.house.store.read() as tx:
        found = settled_chosen(tx, shown)
    return {"settle": found} if found and found.resolution else {}


def settling_of(tx: Transaction, visit: Visit, shown: Round) -> Settling | None:
    """Of an announced 票决 that left places open."""
    settled = settled_chosen(tx, shown)
    if settled is None or not (settled.open_places or settled.resolution):
        return None
    open_to = choices(tx, shown)
    words = words_of(shown, tx.sessions.get(visit.actor, shown.session))
    further = tuple(further_rounds(tx, visit.actor, shown))
    outcome = figures_of(tx, visit.actor, shown).outcome
    tied = isinstance(outcome, Outcome) and bool(outcome.tied)
    again = relation_name("runoff" if tied else "supplementary", shown.kind)
    titles = {one.number: one.title for one in shown.candidates}
    eligible = open_to.eligible if open_to else ()
    return Settling(
        settled=settled,
        choices=open_to,
        ways=_named(open_to, words.presidium, again) if open_to else {},
        candidates=[(str(number), f"{number}号 {titles[number]}") for number in eligible],
        further=further,
        relations=_relations(shown, outcome, settled) if not further else {},
    )


def _named(of: Choices, presidium: str, again: str) -> dict[Way, str]:
    if not of.needs_decision:
        return {"vacant": "按票决办法缺额不补"}
    named: dict[Way, str] = {
        "presidium": f"{presidium}决定列入下面选中的项目",
        "another_round": f"{presidium}决定{again}",
        "vacant": f"{presidium}决定缺额不补",
    }
    return {way: named[way] for way in of.ways}


def _relations(shown: Round, outcome: object, settled: Settled) -> dict[Relation, str]:
    """The further rounds that the rules ask for, or that the 主席团 has decided on."""
    if not isinstance(outcome, Outcome) or not settled.open_places:
        return {}
    decided = settled.resolution is not None
    if outcome.next_step == "runoff" or (decided and outcome.tied):
        return {"runoff": relation_name("runoff", shown.kind)}
    if outcome.next_step == "supplementary" or (decided and outcome.vacancies):
        return {"supplementary": relation_name("supplementary", shown.kind)}
    return {}
