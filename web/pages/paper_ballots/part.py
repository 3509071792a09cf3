"""What paper ballots show on others' pages: `staff/round/paper.html`, `staff/session/tellers.html`,
`chair/parts/paper.html`. No figure of a paper is among it.
"""

from typing import Any, Final

from voting import links
from voting.cycle import State
from voting.paper_ballots.agreeing import agreement, dealt_with, is_unsigned
from voting.paper_ballots.exchanging import outstanding
from voting.paper_ballots.sheets import TELLERS, counted_apart, remaining
from voting.rounds import Round, Session
from web.access import Visit
from web.pages.paper_ballots.teller import standing_words

_SWITCHABLE: Final[frozenset[State]] = frozenset({"adopted", "sealed", "open", "closed", "reconciled"})


def part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the round's page of staff."""
    facts = _facts(visit, shown)
    return {"paper": facts} if any(facts.values()) else {}


def chair_part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the chair's page."""
    facts = _facts(visit, shown)
    kept = {name: facts[name] for name in ("tellers", "unsigned_paper", "may_switch", "opened")}
    return {"paper": kept} if any(kept.values()) else {}


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff."""
    given = {
        one.scrutineer: one.name
        for one in links.listing(visit.house.store, visit.actor)
        if one.role == "teller" and one.session == shown.id and one.revoked_at is None
    }
    return {"tellers": {"given": {number: given.get(number) for number in TELLERS}}}


def _facts(visit: Visit, shown: Round) -> dict[str, Any]:
    """How the papers stand: who has entered, what is left to cast, what waits for a signature."""
    with visit.house.store.read() as tx:
        known = agreement(tx, visit.actor, shown)
        dealt = dealt_with(tx, visit.actor, shown)
        unsigned = is_unsigned(tx, visit.actor, shown)
        everybody = tx.scrutineers.of(visit.actor, shown.id)
        left = outstanding(tx, visit.actor, shown) if shown.paper and shown.state == "open" else 0
    apart = counted_apart(shown, dealt)
    few = shown.paper > 0 and shown.state == "open" and shown.method == "electronic" and not apart
    pen = shown.method != "electronic" and shown.state == "counted"
    return {
        "may_exchange": shown.method == "electronic" and shown.state == "open" and not shown.trial,
        "may_switch": shown.method == "electronic" and shown.state in _SWITCHABLE and not shown.trial,
        "opened": shown.method == "electronic" and shown.opened_at is not None and shown.state in _SWITCHABLE,
        "tellers": standing_words(known) if known.asked else "",
        "few": few,
        "left": remaining(shown, dealt) if few else 0,
        "outstanding": left,
        "dealt": dealt if few else None,
        "witnesses": everybody if few else (),
        "unsigned_paper": unsigned,
        "pen": [one for one in everybody if one.signature is None] if pen else [],
        "fewest": dealt.fewest if shown.method == "electronic" and shown.state == "open" else 0,
    }
