"""投票: a ballot is accepted when its proofs hold *and* it is on disk; the answer is the signed 回执号.

Casting writes nothing but the ballot: no step, no time, no address. The same bytes sent again, after a lost
reply or a double tap, get the same receipt, also after closing. Other bytes of a card that has voted are
refused: the first ballot counts.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ballots.ballot import LIMIT, check, digest_of
from ballots.election import Election
from ballots.errors import Malformed, TooLarge, UnknownCredential, WrongElection
from voting.actors import PUBLIC, Actor
from voting.cycle import State
from voting.errors import VotingError
from voting.rounds import Receipt
from voting.signing import Signer
from voting.store import Store
from voting.store.box import CardState, Gate

_BEFORE: frozenset[State] = frozenset({"drafted", "adopted", "sealed"})


class NotOpenYet(VotingError):
    """A ballot that came before the chair opened the vote."""

    sentence = "投票还没有开始。请等主持人宣布开始投票后再提交，您的选择不会丢失。"


class AlreadyClosed(VotingError):
    """A ballot that came too late."""

    sentence = "投票已经截止，这张票没有收到。请找工作人员。"


class CardAlreadyVoted(VotingError):
    """A second, different ballot of a card."""

    sentence = "这张投票卡已经投过票。一张卡只能投一次，先投的有效；如果不是您投的，请找工作人员。"


class CardDead(VotingError):
    """A card that was given back or reported lost."""

    sentence = "这张投票卡已经作废，不能投票。请找工作人员。"


class NotReceived(VotingError):
    """A ballot that the database did not take, for no reason that can be seen."""

    sentence = "这张票没有收到。请再提交一次；仍不行请找工作人员。"


class CardStanding(Struct, frozen=True, kw_only=True):
    """What a page asks that has lost its memory: did this card vote, and with which ballot."""

    state: CardState
    tracker: str | None


class _Envelope(Struct, frozen=True):
    """What the cheap checks need of a ballot; it is read strictly together with its proofs."""

    election_hash: str
    credential: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


_envelope = msgspec.json.Decoder(_Envelope)


def cast(store: Store, session_code: str, round_id: str, raw: bytes, signer: Signer) -> Receipt:
    """Accept a ballot, at most 256 KB of JSON, from whoever holds the card.

    Raises TooLarge, Malformed, WrongElection, UnknownCredential, CardDead, CardAlreadyVoted, NotOpenYet,
    AlreadyClosed, NotFound, SigningKeyError, or what `ballots.ballot.check` finds. A refused ballot changes
    nothing.
    """
    envelope = _open(raw)
    digest = digest_of(raw)
    with store.cast() as box:
        gate = box.gate(session_code, round_id, envelope.credential)
        known = _is_in(gate, envelope, digest)
        election = _election(gate.election)
        signer.refuse_foreign(election)
        if not known:
            check(election, raw)  # 10 ms of arithmetic, without a transaction or a lock
            if not box.put(gate.congress, round_id, envelope.credential, digest, raw):
                # Meanwhile the round was closed, or the card used: a second look says which.
                gate = box.gate(session_code, round_id, envelope.credential)
                if not _is_in(gate, envelope, digest):
                    raise NotReceived
    return signer.receipt(envelope.election_hash, tracker_from(digest))


def card_standing(store: Store, session_code: str, round_id: str, credential: str) -> CardStanding:
    """Raises NotFound for the round; a card that is not of this round is `unknown`."""
    with store.cast() as box:
        gate = box.gate(session_code, round_id, credential)
    return CardStanding(state=gate.card, tracker=None if gate.digest is None else tracker_from(gate.digest))


def is_recorded(store: Store, session_code: str, round_id: str, digest: str) -> bool:
    """Whether the ballot of this digest (64 hex digits) has been received. Raises NotFound."""
    with store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, session_code)
        asked = tx.rounds.get(PUBLIC, round_id)
        return asked.session == session.id and tx.box.holds(PUBLIC, round_id, digest, digest)


def turnout(store: Store, actor: Actor, round_id: str) -> int:
    """Ballots received so far; while voting is open nothing else can be known. Raises NotFound."""
    with store.read() as tx:
        return tx.box.count(actor, tx.rounds.get(actor, round_id).id)


def tracker_from(digest: str) -> str:
    """回执号 of a ballot known by its digest: the same hash, 43 characters for 64 hex digits."""
    return base64.b64encode(bytes.fromhex(digest)).decode().rstrip("=")


def _open(raw: bytes) -> _Envelope:
    if len(raw) > LIMIT:
        raise TooLarge(str(len(raw)))
    try:
        return _envelope.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed("ballot") from None


def _is_in(gate: Gate, envelope: _Envelope, digest: str) -> bool:
    """True if exactly this ballot is in the box; raises whatever else keeps it out."""
    if gate.digest == digest:
        return True
    if gate.state in _BEFORE:
        raise NotOpenYet
    if gate.state != "open":
        raise AlreadyClosed
    if _election(gate.election).fingerprint != envelope.election_hash:
        raise WrongElection(envelope.election_hash[:80])
    if gate.card == "unknown":
        raise UnknownCredential(envelope.credential)
    if gate.card == "dead":
        raise CardDead
    if gate.card == "used":
        raise CardAlreadyVoted
    return False


@lru_cache(maxsize=64)
def _election(raw: bytes) -> Election:
    """Parsed once per process; keyed by the very bytes, so the cache decides nothing."""
    return Election.parse(raw)
