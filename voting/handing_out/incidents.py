"""情况报告: what went wrong in the hall, reported by whoever saw it and decided by the presiding chair."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from voting.actors import Actor, require
from voting.cards import read_serial
from voting.errors import TextError
from voting.handing_out.facts import Incident, IncidentKind
from voting.handing_out.refusals import IncidentSettled
from voting.store import Store
from voting.text import clean_prose


def report_incident(  # noqa: PLR0913 - a form, of which half may be empty
    store: Store,
    actor: Actor,
    session_id: str,
    kind: IncidentKind,
    what: str,
    now: datetime,
    *,
    round_id: str | None = None,
    serial: str = "",
) -> Incident:
    """Of a card that was used before its holder used it, the stub's serial belongs to it.

    The same report once more changes nothing. Raises TextError, CardsError, NotFound, Forbidden.
    """
    require(actor, "staff", "operator", "usher", "teller", "scrutineer")
    words = _filled(what, "情况说明")
    card = read_serial(serial) if serial.strip() or kind == "used_card" else None
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        if round_id is not None:
            tx.rounds.get(actor, round_id)
        same = (round_id, kind, card, words)
        for one in tx.incidents.of_session(actor, session_id):
            if (one.round, one.kind, one.serial, one.what) == same and one.answered_at is None:
                return one
        new = Incident(
            id=uuid4().hex,
            congress=session.congress,
            session=session.id,
            round=round_id,
            kind=kind,
            serial=card,
            what=words,
            reported_by=actor.name,
            reported_at=now,
        )
        tx.incidents.add(new)
        tx.audit.add(actor, "report_incident", now, "incident", new.id, after={"kind": kind})
        return new


def answer_incident(store: Store, actor: Actor, incident_id: str, answer: str, now: datetime) -> Incident:
    """What the presiding chair decides; said once. Raises TextError, IncidentSettled, NotFound, Forbidden."""
    require(actor, "chair")
    with store.write() as tx:
        reported = tx.incidents.lock(actor, incident_id)
        words = _filled(answer, "处理意见")
        if reported.answer == words:
            return reported
        if reported.answered_at is not None:
            raise IncidentSettled
        tx.audit.add(actor, "answer_incident", now, "incident", reported.id, after={"answer": words})
        return tx.incidents.change(reported, answer=words, answered_by=actor.name, answered_at=now)


def listing(store: Store, actor: Actor, session_id: str) -> tuple[Incident, ...]:
    """All of a session, as they were reported; nothing for whoever does not work on it."""
    with store.read() as tx:
        return tx.incidents.of_session(actor, session_id)


def _filled(typed: str, label: str) -> str:
    words = clean_prose(typed, label)
    if not words:
        raise TextError(f"请填写{label}。")
    return words
