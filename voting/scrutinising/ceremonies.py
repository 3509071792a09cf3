"""一起生成开箱钥匙: k-of-n keys, made on the scrutineers' own phones; the server carries the messages.

    begin_ceremony                          staff, with the names of the 拟任监票人
    give_certificate → give_deal → give_share   each scrutineer's page, when everybody's last message is there
    compare                                 each scrutineer, after the code was compared aloud

The key counts for a round once exactly these names are adopted for it. Every message is checked here and
again on each page; each is kept as it came first, so that a page that was closed in the middle goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import uuid4

from ballots import ceremony as protocol
from ballots.errors import BadTrustee
from ballots.record import endorsement_text
from voting.actors import Actor, NotFound, NotYet, require
from voting.errors import VotingError
from voting.rounds import Round
from voting.scrutinising.keys import (
    AppointmentError,
    Ceremony,
    Member,
    appointed,
    check_threshold,
    default_threshold,
    refuse_unit_people,
)
from voting.scrutinising.report_keys import check_report_key
from voting.store import Store, Transaction

Take = Callable[[Transaction, Ceremony, Member], Ceremony]


class CeremonyOver(VotingError):
    """A message for a key that is not being made any more, or that the own message has already shaped."""

    sentence = "这次生成已经结束，或者工作人员已经重新开始。请刷新页面，按页面上的提示继续。"


def begin_ceremony(
    store: Store,
    actor: Actor,
    session_id: str,
    names: Sequence[str],
    threshold: int | None,
    now: datetime,
) -> Ceremony:
    """A key for these scrutineers, the 总监票人 first; by default more than half of them open.

    Begun once more before anybody has done anything, it is the same one; later it starts anew, and rounds
    that are not sealed yet wait for it. Raises AppointmentError, TextError, NotFound,
    Forbidden.
    """
    require(actor, "staff")
    people = appointed(names)
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        refuse_conflicts(tx, actor, session.id, people)
        needed = check_threshold(threshold or default_threshold(len(people)), len(people))
        if needed == len(people):
            raise AppointmentError(
                f"{len(people)}名监票人要全部到场才能开箱的，不用提前一起生成：大会通过名单以后，"
                "每人在自己的页面上生成即可。"
            )
        return _begin(tx, actor, session.id, people, needed, now)


def current_ceremony(tx: Transaction, actor: Actor, session_id: str) -> Ceremony | None:
    """The newest of the session."""
    return next(iter(tx.ceremonies.of_session(actor, session_id)), None)


def refuse_conflicts(tx: Transaction, actor: Actor, session_id: str, names: Sequence[str]) -> None:
    """责任单位负责人不能担任监票人. Raises AppointmentError."""
    units = {one.name for one in tx.memberships.listing(actor) if one.role == "unit" and one.ended_at is None}
    refuse_unit_people(names, units, tx.rounds.of_session(actor, session_id))


def key_of_round(
    tx: Transaction, actor: Actor, adopted: Round, names: Sequence[str], threshold: int | None, now: datetime
) -> Ceremony | None:
    """The key with which an adopted round will be sealed: the one that exactly these names have made or are
    making, else a new one. None: each makes an own key, and all are needed. Raises AppointmentError."""
    if threshold is None or check_threshold(threshold, len(names)) == len(names):
        return None
    made = _newest(tx, actor, adopted.session, tuple(names), threshold)
    return made or _begin(tx, actor, adopted.session, tuple(names), threshold, now)


def key_in_use(tx: Transaction, actor: Actor, of: Round) -> Ceremony | None:
    """The key of a round: from sealing on the one it was sealed with, before that the newest that exactly
    its scrutineers have begun. None: each has an own key."""
    if of.ceremony is None or of.threshold is None:
        return None
    if of.state != "adopted":
        return tx.ceremonies.get(actor, of.ceremony)
    names = tuple(one.name for one in tx.scrutineers.of(actor, of.id))
    return _newest(tx, actor, of.session, names, of.threshold)


def give_certificate(
    store: Store,
    actor: Actor,
    ceremony_id: str,
    certificate: bytes,
    signing_key: str,
    endorsement: bytes,
    now: datetime,
) -> Ceremony:
    """The own two keys, and the key for reports (64 hex digits) with the signature that vouches for it.

    Until all are there it may be made anew. Raises BadTrustee, CeremonyOver, NotFound, Forbidden.
    """

    def take(tx: Transaction, of: Ceremony, own: Member) -> Ceremony:
        if own.certificate == certificate:
            return of
        if of.phase != "certificates":
            raise CeremonyOver
        party = protocol.check_own_certificate(certificate, own.number, of.threshold, len(of.members))
        check_report_key(signing_key)
        protocol.check_text(endorsement_text(signing_key), party.signer, endorsement)
        after = tx.ceremonies.keep(
            of, own.number, certificate=certificate, signing_key=signing_key, endorsement=endorsement
        )
        if after.phase != "certificates":
            _refuse_shared(after)
        return after

    return _give(store, actor, ceremony_id, "make_key_part", now, take)


def give_deal(store: Store, actor: Actor, ceremony_id: str, raw: bytes, now: datetime) -> Ceremony:
    """The own portions for everybody; the first that came stays. Raises as `give_certificate`, NotYet."""

    def take(tx: Transaction, of: Ceremony, own: Member) -> Ceremony:
        if own.deal is not None:
            return of
        _refuse_early(of, "deals")
        protocol.check_deal(_certificates(of), of.threshold, own.number, raw)
        return tx.ceremonies.keep(of, own.number, deal=raw)

    return _give(store, actor, ceremony_id, "deal_key_part", now, take)


def give_share(store: Store, actor: Actor, ceremony_id: str, raw: bytes, now: datetime) -> Ceremony:
    """The own last message; with everybody's the key is made. Raises as `give_deal`."""

    def take(tx: Transaction, of: Ceremony, own: Member) -> Ceremony:
        if own.share is not None:
            return of
        _refuse_early(of, "shares")
        certificates, deals = _certificates(of), [one.deal or b"" for one in of.members]
        protocol.check_share(certificates, of.threshold, deals, own.number, raw)
        after = tx.ceremonies.keep(of, own.number, share=raw)
        shares = [one.share for one in after.members if one.share is not None]
        if len(shares) < len(after.members):
            return after
        document = protocol.assemble(certificates, of.threshold, deals, shares)
        return tx.ceremonies.complete(after, document)

    return _give(store, actor, ceremony_id, "receive_key_parts", now, take)


def compare(store: Store, actor: Actor, ceremony_id: str, now: datetime) -> Ceremony:
    """The scrutineer found the own page's code to be the others'. Raises NotYet, NotFound, Forbidden."""

    def take(tx: Transaction, of: Ceremony, own: Member) -> Ceremony:
        if own.compared_at is not None:
            return of
        _refuse_early(of, "complete")
        return tx.ceremonies.keep(of, own.number, compared_at=now)

    return _give(store, actor, ceremony_id, "compare_key_code", now, take)


def own_member(actor: Actor, of: Ceremony) -> Member:
    """Which of them the actor is. Raises NotFound."""
    for one in of.members:
        if (one.number, one.name) == (actor.scrutineer, actor.name):
            return one
    raise NotFound


def _give(store: Store, actor: Actor, ceremony_id: str, what: str, now: datetime, take: Take) -> Ceremony:
    require(actor, "scrutineer")
    with store.write() as tx:
        before = tx.ceremonies.lock(actor, ceremony_id)
        own = own_member(actor, before)
        if before.trustees is None:
            _refuse_replaced(tx, actor, before)
        after = take(tx, before, own)
        if after != before:
            tx.audit.add(actor, what, now, "ceremony", before.id, after={"number": own.number})
        return after


def _begin(
    tx: Transaction, actor: Actor, session_id: str, names: tuple[str, ...], threshold: int, now: datetime
) -> Ceremony:
    before = _newest(tx, actor, session_id, names, threshold)
    if before is not None and all(one.certificate is None for one in before.members):
        return before
    new = Ceremony(
        congress=actor.congress,
        id=uuid4().hex,
        session=session_id,
        threshold=threshold,
        begun_at=now,
        begun_by=actor.name,
        trustees=None,
        members=tuple(Member(number=number, name=name) for number, name in enumerate(names, start=1)),
    )
    tx.ceremonies.add(new)
    after = {"names": "、".join(names), "threshold": threshold}
    tx.audit.add(actor, "begin_ceremony", now, "ceremony", new.id, after=after)
    return new


def _newest(
    tx: Transaction, actor: Actor, session_id: str, names: tuple[str, ...], threshold: int
) -> Ceremony | None:
    same = (one for one in tx.ceremonies.of_session(actor, session_id) if one.names == names)
    return next((one for one in same if one.threshold == threshold), None)


def _refuse_replaced(tx: Transaction, actor: Actor, of: Ceremony) -> None:
    newest = _newest(tx, actor, of.session, of.names, of.threshold)
    if newest is not None and newest.id != of.id:
        raise CeremonyOver


def _refuse_early(of: Ceremony, phase: str) -> None:
    if of.phase == phase:
        return
    if of.phase == "complete":
        raise CeremonyOver
    raise NotYet(f"还要等{'、'.join(of.waiting_for)}。人齐以后页面会自动继续。")


def _refuse_shared(of: Ceremony) -> None:
    """No two with one key. Raises BadTrustee."""
    protocol.check_certificates(_certificates(of), of.threshold)
    if len({one.signing_key for one in of.members}) < len(of.members):
        raise BadTrustee("两位监票人的签字钥匙相同")


def _certificates(of: Ceremony) -> list[bytes]:
    return [one.certificate or b"" for one in of.members]
