"""计票: the scrutineers decrypt the sum, see the figures, and sign the report.

Before the last decryption that is needed the counts exist nowhere. Afterwards they are shown to whom
`rounds.shows_figures` names and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from ballots.election import Election
from ballots.errors import BadDecryption
from ballots.group import point_from_hex
from ballots.record import check_signature
from ballots.tally import check_partial_decryption, is_enough, owned_decryption
from ballots.trustees import check_public_key, check_trustees
from voting.actors import Actor, NotYet, require
from voting.cycle import advance
from voting.recording import Chain, archive
from voting.rounds import Round, Scrutineer, StepRecord
from voting.scrutinising.subsets import Opened, Sum, open_sum
from voting.sealing import own_entry
from voting.store import Store, Transaction
from voting.tally_report import opened_second, report_of


def closed_archive(store: Store, actor: Actor, round_id: str) -> bytes:
    """The record as far as the sealed sum, for a scrutineer to check before decrypting: `.bel` bytes.

    Raises NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.read() as tx:
        closed = tx.rounds.get(actor, round_id)
        return archive(tx.record.entries(actor, round_id, "EncryptedTally"), opened_second(closed))


def submit_decryption(store: Store, actor: Actor, round_id: str, raw: bytes, now: datetime) -> Round:
    """A scrutineer's part of opening the sum. The last one that is needed makes the count.

    A scrutineer who has given one already changes nothing, unless the parts so far open nothing together. A
    part whose proof fails is not kept; the steps say whose it was, once. Raises BadDecryption, WrongStep,
    NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    refusal: BadDecryption | None = None
    with store.write() as tx:
        closed = tx.rounds.lock(actor, round_id)
        everybody = tx.scrutineers.of(actor, round_id)
        own = own_entry(actor, everybody)
        if own.decrypted and not is_stuck(closed, everybody):
            return closed
        advance(closed.state, "count", closed.kind)
        try:
            _check_part(closed, own, raw)
        except BadDecryption as error:
            refusal = error
            _name_giver(tx, actor, closed, now)
        else:
            tx.scrutineers.keep_decryption(own, raw)
            tx.steps.add(actor, closed, "decrypt", now)
            closed = _count(tx, actor, closed, now)
    if refusal is not None:
        raise refusal
    return closed


def is_stuck(closed: Round, scrutineers: Sequence[Scrutineer]) -> bool:
    """Whether as many have opened as are needed, and the sum did not open: somebody's part leads nowhere."""
    given = sum(one.decrypted for one in scrutineers)
    return closed.state == "reconciled" and len(scrutineers) > 0 and given >= needed(closed, scrutineers)


def refused_givers(scrutineers: Sequence[Scrutineer], steps: Iterable[StepRecord]) -> tuple[str, ...]:
    """Names of those whose part was not kept, as its proof fails, and who have given no good one since."""
    refused = {one.name for one in steps if one.step == "refuse_part"}
    return tuple(one.name for one in scrutineers if one.name in refused and not one.decrypted)


def needed(of: Round, scrutineers: Sequence[Scrutineer]) -> int:
    """How many scrutineers open the box."""
    return of.threshold or len(scrutineers)


def sign_report(store: Store, actor: Actor, round_id: str, signature_hex: str, now: datetime) -> Scrutineer:
    """A scrutineer's Ed25519 signature, 128 hex digits, over exactly `report_text`, by the registered key.

    Raises BadSignature, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        counted = tx.rounds.lock(actor, round_id)
        own = own_entry(actor, tx.scrutineers.of(actor, round_id))
        if own.signature is not None:
            return own
        if counted.state != "counted":
            raise NotYet("还没有计票结果，不能签字。请在票箱打开之后签字。")
        check_signature(own.signing_key or "", report_of(tx, actor, counted), signature_hex)
        tx.scrutineers.keep_signature(own, signature_hex)
        tx.steps.add(actor, counted, "sign", now)
        return msgspec.structs.replace(own, signature=signature_hex)


def _check_part(closed: Round, own: Scrutineer, raw: bytes) -> None:
    """Raises BadDecryption."""
    election = Election.parse(closed.election or b"")
    key = point_from_hex(check_public_key(own.public_key or b"").public_key)
    check_partial_decryption(election, closed.encrypted_tally or b"", key, raw)


def _name_giver(tx: Transaction, actor: Actor, closed: Round, now: datetime) -> None:
    taken = {(one.step, one.name) for one in tx.steps.of(actor, closed.id)}
    if ("refuse_part", actor.name) not in taken:
        tx.steps.add(actor, closed, "refuse_part", now)


def _count(tx: Transaction, actor: Actor, closed: Round, now: datetime) -> Round:
    """The sum opens, if there are parts that open it: the rest of the record, in the scrutineers' order."""
    parts = tx.scrutineers.decryptions(actor, closed.id)
    trustees = check_trustees(closed.trustees or b"")
    if not is_enough(trustees, parts):
        return closed
    ballots = closed.returned if closed.boxed is None else closed.boxed
    election = Election.parse(closed.election or b"")
    opened = open_sum(Sum(election, trustees, closed.encrypted_tally or b"", ballots or 0), parts)
    names = {one.number: one.name for one in tx.scrutineers.of(actor, closed.id)}
    if opened is None:
        tx.steps.add(actor, closed, "undecodable", now, note="、".join(names[owner] for owner in parts))
        return closed
    _record(tx, closed, opened, parts)
    for owner in opened.misfits:
        tx.steps.add(actor, closed, "misfit_part", now, note=names[owner])
    tx.steps.add(actor, closed, "count", now)
    return tx.rounds.change(closed, state=advance(closed.state, "count", closed.kind))


def _record(tx: Transaction, closed: Round, opened: Opened, parts: Mapping[int, bytes]) -> None:
    chain = Chain(tx, closed)
    for owner in opened.owners:
        chain.add("PartialDecryption", parts[owner], owned_decryption(owner, parts[owner]))
    chain.add("Result", opened.result)
    chain.keep()
    tx.rounds.keep_result(closed, opened.result)
