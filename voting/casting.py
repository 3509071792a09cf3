"""投票: a ballot is accepted when its proofs hold *and* it is on disk; the answer is the signed 回执号.

Casting writes nothing but the ballot: no step, no time, no address. The same bytes sent again, after a lost
reply or a double tap, get the same receipt, also after closing. Other bytes of a card that has voted are
refused: the first ballot counts.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Concatenate, NamedTuple, ParamSpec, TypeVar

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
from voting.store.box import Box, CardState, Gate, Sealed

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


class Posted(NamedTuple):
    """A ballot as it comes: the session and the round it is for, and its bytes."""

    session_code: str
    round_id: str
    raw: bytes


class _Looked(NamedTuple):
    """A ballot that may go into the box if its proofs hold; `known`: it is there already."""

    posted: Posted
    envelope: _Envelope
    digest: str
    congress: str
    election: Election
    known: bool


A = TypeVar("A")
B = TypeVar("B")
P = ParamSpec("P")


def cast(store: Store, session_code: str, round_id: str, raw: bytes, signer: Signer) -> Receipt:
    """Accept a ballot, at most 256 KB of JSON, from whoever holds the card.

    Raises TooLarge, Malformed, WrongElection, UnknownCredential, CardDead, CardAlreadyVoted, NotOpenYet,
    AlreadyClosed, NotFound, SigningKeyError, or what `ballots.ballot.check` finds. A refused ballot changes
    nothing.
    """
    (answer,) = cast_together(store, [Posted(session_code, round_id, raw)], signer)
    if isinstance(answer, Exception):
        raise answer
    return answer


def cast_together(store: Store, posted: Sequence[Posted], signer: Signer) -> list[Receipt | Exception]:
    """Several ballots, each answered as `cast` would: a receipt, or what it raises.

    They share a commit, which costs as much CPU for one as for ten. No ballot waits for another longer than
    its proofs take to check, and none is refused for what another is.
    """
    with store.cast() as box:
        looked = [_tried(_look, one, box, signer) for one in posted]
        checked = [_tried(_check, one) for one in looked]
        stored = _put(box, checked)
    return [_tried(_receipt, one, signer) for one in stored]


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


def _tried(
    step: Callable[Concatenate[A, P], B], one: A | Exception, *args: P.args, **kwargs: P.kwargs
) -> B | Exception:
    """The next step for one of several ballots, unless an earlier one has failed."""
    if isinstance(one, Exception):
        return one
    try:
        return step(one, *args, **kwargs)
    except Exception as error:  # noqa: BLE001 - raised again for whoever posted this ballot
        return error


def _look(posted: Posted, box: Box, signer: Signer) -> _Looked:
    """The cheap checks; whether the card may vote is asked once more when the ballot is put in."""
    envelope, digest = _open(posted.raw), digest_of(posted.raw)
    gate = box.gate(posted.session_code, posted.round_id, envelope.credential)
    known = _is_in(gate, envelope, digest)
    election = _election(gate.election)
    signer.refuse_foreign(election)
    return _Looked(posted, envelope, digest, gate.congress, election, known)


def _check(one: _Looked) -> _Looked:
    if not one.known:
        check(one.election, one.posted.raw)  # 10 ms of arithmetic, without a transaction or a lock
    return one


def _put(box: Box, checked: Sequence[_Looked | Exception]) -> list[_Looked | Exception]:
    """Those that are not in yet, with one commit for each round."""
    new = [one for one in checked if isinstance(one, _Looked) and not one.known]
    answers = dict[str, _Looked | Exception]()
    for place, group in groupby(sorted(new, key=_place), _place):
        # Somebody who tapped twice may be here twice.
        ballots = {one.digest: one for one in group}
        together = _tried(_put_together, [*ballots.values()], box, *place)
        for digest, one in ballots.items():
            answers[digest] = _tried(_confirm, together, one, box)
    return [answers.get(one.digest, one) if isinstance(one, _Looked) else one for one in checked]


def _place(one: _Looked) -> tuple[str, str]:
    return one.congress, one.posted.round_id


def _put_together(ballots: Sequence[_Looked], box: Box, congress: str, round_id: str) -> bool:
    return box.put_together(
        congress, round_id, [Sealed(one.envelope.credential, one.digest, one.posted.raw) for one in ballots]
    )


def _confirm(all_in: bool, one: _Looked, box: Box) -> _Looked:  # noqa: FBT001 - what the step before found
    """Meanwhile the round was closed, or a card used: a second look says which."""
    if not all_in:
        gate = box.gate(one.posted.session_code, one.posted.round_id, one.envelope.credential)
        if not _is_in(gate, one.envelope, one.digest):
            raise NotReceived
    return one


def _receipt(one: _Looked, signer: Signer) -> Receipt:
    return signer.receipt(one.envelope.election_hash, tracker_from(one.digest))


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
