"""A citizen speaks about a project; somebody in the office reads it; 政府办 or the unit replies."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import PUBLIC, Actor, NotFound
from voting.collecting import gate
from voting.collecting.gate import NO_MARK, Slip, TooMany
from voting.collecting.submitting import AlreadySent
from voting.delivering.projects import OFFICES, Project
from voting.duties import demand, may
from voting.publicity.opinions import (
    AlreadyJudged,
    AnsweredByOffice,
    Listed,
    NotReleased,
    Opinion,
    OpinionsClosed,
    OpinionState,
    clean_name,
    clean_opinion,
    clean_reason,
    clean_reply,
)
from voting.publicity.scores import CitizenSettings
from voting.store import Store, Transaction

PAGE: Final = 50


class Said(Struct, frozen=True, kw_only=True):
    """A form as it came back; `mark` is the cookie's."""

    slip: str
    nonce: str
    mark: str
    text: str
    name: str = ""


def scope(congress: str, project: str, use: str) -> str:
    """What a slip is sealed for: a form for one project is no form for another."""
    return f"{congress}|{project}|{use}"


def public_project(tx: Transaction, congress: str, project_id: str) -> Project:
    """As everybody may see it below this congress's address. Raises NotFound."""
    found = tx.projects.get(PUBLIC, project_id)
    if found.congress != congress:
        raise NotFound
    return found


def speak(store: Store, congress: str, project_id: str, said: Said, secret: bytes, now: datetime) -> Opinion:
    """Taken, and shown to nobody yet. The same form sent twice makes one.

    Raises GateError, TooMany, AlreadySent, OpinionsClosed, OpinionError, TextError, NotFound.
    """
    text, name = clean_opinion(said.text), clean_name(said.name)
    slip = gate.read_slip(secret, scope(congress, project_id, "opinion"), said.slip, now)
    with store.write() as tx:
        about = public_project(tx, congress, project_id)
        tx.projects.alone(congress)
        before = tx.citizens.by_form_key(congress, slip.form_key)
        if before is not None:
            return _again(before, text, name)
        _demand_open(tx, congress)
        _count(tx, congress, slip, said, now)
        new = Opinion(
            id=uuid4().hex,
            congress=congress,
            project=about.id,
            state="waiting",
            name=name,
            text=text,
            form_key=slip.form_key,
            sent_at=now,
        )
        tx.citizens.add(new)
        _note_public(tx, "send_opinion", new, now)
    return new


def _again(before: Opinion, text: str, name: str) -> Opinion:
    if (before.text, before.name) != (text, name):
        raise AlreadySent
    return before


def _demand_open(tx: Transaction, congress: str) -> None:
    if not tx.settings.get(congress, CitizenSettings).opinions:
        raise OpinionsClosed


def _count(tx: Transaction, congress: str, slip: Slip, said: Said, now: datetime) -> None:
    """Raises TooMany, TooFast."""
    mark = slip.device if said.mark == slip.device else NO_MARK
    device, hour = gate.device_of(mark, "opinion"), gate.hour_of(now)
    if tx.sent_forms.times(congress, device, hour) >= gate.most_an_hour(mark):
        raise TooMany
    gate.demand_time(slip, said.slip, said.nonce, now)
    tx.sent_forms.count(congress, device, hour)


def listing(store: Store, actor: Actor, state: OpinionState) -> tuple[Listed, ...]:
    """For the offices all of a state; for a unit what is released about its projects. Raises Forbidden."""
    demand(actor, "moderate" if may(actor, "moderate") else "answer_citizen")
    with store.read() as tx:
        found = tx.citizens.listing(actor, state, PAGE)
        by = _who_replies(tx, actor) if may(actor, "answer_citizen") else ""
        office = _office(tx, actor)
    return tuple(replace(one, answerable=_replaceable(one.opinion, by, office)) for one in found)


def waiting(tx: Transaction, actor: Actor) -> int:
    """How many the actor has to read."""
    return tx.citizens.number(actor, "waiting") if may(actor, "moderate") else 0


def unanswered(tx: Transaction, actor: Actor) -> int:
    """How many released ones of the actor's projects have no reply."""
    return tx.citizens.unanswered(actor) if may(actor, "answer_citizen") else 0


def release(store: Store, actor: Actor, opinion_id: str, now: datetime) -> Opinion:
    """Show it. Raises AlreadyJudged if it was refused, Forbidden, NotFound."""
    demand(actor, "moderate")
    with store.write() as tx:
        before = tx.citizens.lock(actor, opinion_id)
        if before.state == "released":
            return before
        changed = _judge(tx, actor, before, "released", "", now)
        about = tx.projects.get(actor, changed.project)
        if about.lead_unit is not None:
            tx.notices.add(
                changed.congress,
                kind="citizen_opinion",
                text=f"群众对“{about.title}”有意见，请看看要不要答复",
                path="/opinions-on-projects",
                about=changed.id,
                due=None,
                at=now,
                unit=about.lead_unit,
            )
    return changed


def refuse(store: Store, actor: Actor, opinion_id: str, reason: str, now: datetime) -> Opinion:
    """Do not show it, also if it was shown. Raises Forbidden, NotFound, OpinionError, TextError."""
    demand(actor, "moderate")
    why = clean_reason(reason)
    with store.write() as tx:
        before = tx.citizens.lock(actor, opinion_id)
        if before.state == "refused":
            return before
        return _judge(tx, actor, before, "refused", why, now)


def _judge(
    tx: Transaction, actor: Actor, before: Opinion, state: OpinionState, reason: str, now: datetime
) -> Opinion:
    if before.state == "refused":
        raise AlreadyJudged
    changed = tx.citizens.change(before, state=state, reason=reason, judged_by=actor.name, judged_at=now)
    what = "release_opinion" if state == "released" else "refuse_opinion"
    was, became = {"state": before.state}, {"state": state, "reason": reason}
    tx.audit.add(actor, what, now, "citizen_opinion", before.id, before=was, after=became)
    return changed


def reply(store: Store, actor: Actor, opinion_id: str, text: str, now: datetime) -> Opinion:
    """In the name of the office, or of the unit that leads; a second reply replaces the first, which the log
    keeps. Nobody but the office replaces the office's.

    Raises NotReleased, AnsweredByOffice, Forbidden, NotFound, OpinionError, TextError.
    """
    demand(actor, "answer_citizen")
    words = clean_reply(text)
    with store.write() as tx:
        before = tx.citizens.lock(actor, opinion_id)
        if before.state != "released":
            raise NotReleased
        if before.reply == words:
            return before
        by = _who_replies(tx, actor)
        if not _replaceable(before, by, _office(tx, actor)):
            raise AnsweredByOffice
        changed = tx.citizens.change(before, reply=words, replied_by=by, replied_at=now)
        was, became = {"reply": before.reply}, {"reply": words}
        tx.audit.add(actor, "reply_opinion", now, "citizen_opinion", before.id, before=was, after=became)
    return changed


def _who_replies(tx: Transaction, actor: Actor) -> str:
    if actor.unit is not None:
        return tx.units.get(actor, actor.unit).name
    return _office(tx, actor)


def _office(tx: Transaction, actor: Actor) -> str:
    return OFFICES[tx.sessions.congress(actor.congress).level]


def _replaceable(opinion: Opinion, by: str, office: str) -> bool:
    return not opinion.reply or opinion.replied_by != office or by == office


def _note_public(tx: Transaction, what: str, of: Opinion, now: datetime) -> None:
    """What the public did names no device."""
    tx.audit.add(
        PUBLIC, what, now, "citizen_opinion", of.id, congress=of.congress, after={"project": of.project}
    )
