"""What `next_steps` needs of a session, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from voting import sealing
from voting.actors import Actor
from voting.checking_in.plenaries import standing
from voting.handing_out.decks import newest
from voting.handing_out.leftovers import count_of
from voting.paper_ballots.agreeing import is_unsigned
from voting.rounds import Round, Scrutineer, Session, enough_signatures
from voting.scrutinising.ceremonies import key_in_use
from voting.scrutinising.empty_box import STEP as SEEN_EMPTY
from voting.settling.deciding import came_to_nothing, further_rounds, settled_chosen, who_fills
from voting.settling.next_steps import Next, RoundFacts, SessionFacts, next_steps
from voting.store import Store, Transaction
from voting.wording import words_for

EVERY_LINK = frozenset({"chair", "operator", "scrutineer", "teller"})


def what_is_next(store: Store, actor: Actor, session_id: str, now: datetime) -> tuple[Next, ...]:
    """For whoever works on the session. Raises NotFound."""
    with store.read() as tx:
        return next_steps(session_facts(tx, actor, tx.sessions.get(actor, session_id), now))


def session_facts(tx: Transaction, actor: Actor, session: Session, now: datetime) -> SessionFacts:
    """All rounds of the session, and what surrounds them."""
    rounds, deck = tx.rounds.of_session(actor, session.id), newest(tx, actor, session.id)
    return SessionFacts(
        words=words_for("satisfaction" if session.body == "committee" else "decision", session.body),
        rounds=tuple(round_facts(tx, actor, one) for one in rounds),
        standing=standing(tx, actor, session.id),
        links=_links(tx, actor, session, now),
        deck=bool(tx.decks.of_session(actor, session.id)),
        out=count_of(tx, deck).out if deck else 0,
        serials=actor.role == "staff" and deck is not None,
        incidents=sum(one.answered_at is None for one in tx.incidents.of_session(actor, session.id)),
    )


def round_facts(tx: Transaction, actor: Actor, of: Round) -> RoundFacts:
    """One round, and what its next step waits for."""
    key = key_in_use(tx, actor, of)
    people = sealing.with_keys(tx.scrutineers.of(actor, of.id), key)
    further = further_rounds(tx, actor, of)
    return RoundFacts(
        round=of,
        missing=tuple(sealing.missing(of, people, key)) if of.state == "adopted" else (),
        turnout=tx.box.count(actor, of.id) if of.state == "open" else 0,
        waiting_for=waiting_for(of, people),
        unsigned_paper=is_unsigned(tx, actor, of),
        box_seen_empty=of.state != "sealed" or of.trial or _seen_empty(tx, actor, of),
        repeated=bool(further),
        **_left_to_decide(tx, of, further),
        projects=_projects(tx, actor, of),
    )


def waiting_for(of: Round, people: Sequence[Scrutineer]) -> tuple[str, ...]:
    """Names of the scrutineers whose turn it is; nobody once enough of them have been."""
    if of.state == "reconciled":
        return tuple(one.name for one in people if not one.decrypted)
    if of.state == "counted" and not enough_signatures(of, people):
        return tuple(one.name for one in people if one.signature is None)
    return ()


def _links(tx: Transaction, actor: Actor, session: Session, now: datetime) -> frozenset[str]:
    """Only staff give links out; for everybody else there is nothing to say of them."""
    if actor.role != "staff":
        return EVERY_LINK
    given = [one for one in tx.links.listing(actor) if one.session == session.id]
    return frozenset(one.role for one in given if one.revoked_at is None and one.expires > now)


def _seen_empty(tx: Transaction, actor: Actor, of: Round) -> bool:
    return any(one.step == SEEN_EMPTY for one in tx.steps.of(actor, of.id))


def _left_to_decide(tx: Transaction, of: Round, further: Sequence[Round]) -> dict[str, Any]:
    """Fields of `RoundFacts` about the places that the votes left open."""
    if came_to_nothing(tx, of):
        return {"came_to_nothing": True}
    settled = settled_chosen(tx, of)
    if settled is None:
        return {}
    resolution = settled.resolution
    return {
        "open_places": 0 if further else settled.open_places,
        "decided_by": who_fills(tx, of) if settled.open_places else "",
        "unknown": resolution is not None and resolution.known_at is None,
    }


def _projects(tx: Transaction, actor: Actor, of: Round) -> int | None:
    if actor.role != "staff" or of.kind != "decision" or of.state != "published":
        return None
    return len(tx.projects.of_round(actor, of.id))
