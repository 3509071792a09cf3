"""What is fuzzed: each target takes any bytes, and whatever it does but refuse them in words is a crash.

    archive    the reader of .bel files: as they are, or as bodies that get names, headers and chain anew
    ballot     a ballot as it comes from the net; parsing and numbers, no proofs
    record     round.json: as it is, or as a round that the installation signs anew, for checks 24 to 32
    trustees   the scrutineers' keys with all their proofs
    checked    a ballot that its card signs anew, with all its proofs; some hundred a second
    verified   one document of a sound archive replaced, all after it chained anew; some hundred a second

What is accepted must come out again byte for byte, since two readings of one signed text are a fault, too.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple

from ballots import archive, ballot
from ballots.archive import Head, append, read
from ballots.checks import Refused
from ballots.companion import Facts, check_companion
from ballots.encoding import encode, sha256_hex
from ballots.errors import BallotError
from ballots.group import point_bytes, scalar_from_text
from ballots.record import read_record
from ballots.trustees import check_trustees
from ballots.verify import verify
from tests.simulator import STANCES, TIMESTAMP, Simulator, signed, unsigned, write

BETWEEN: Final = b"\n--\n"
"""Between the bodies from which `archive` makes a file."""
MOST_BODIES: Final = 16
"""More of the same would only take time."""
_KINDS: Final = {
    b"S": "Setup",
    b"B": "Ballot",
    b"E": "EndBallots",
    b"T": "EncryptedTally",
    b"D": "PartialDecryption",
    b"R": "Result",
}


class Target(NamedTuple):
    """What to call, and the length up to which inputs are tried."""

    run: Callable[[bytes], None]
    most: int


@cache
def election() -> Simulator:
    """One candidate, two deputies of whom one voted, two scrutineers."""
    return Simulator(questions=(STANCES,), deputies=2)


# The archive


def read_archive(data: bytes) -> None:
    """The first byte says in which way: r as it is; n bodies named anew; c bodies chained anew."""
    how, rest = data[:1], data[1:]
    if how == b"n":
        _read_again(_named(rest.split(BETWEEN)))
    elif how == b"c":
        _read_again(chained(rest.split(BETWEEN)))
    else:
        _read_again(rest)


def _named(bodies: Sequence[bytes]) -> bytes:
    """Each body under its hash; e at its beginning (and not of it) makes it an event, anything else data."""
    parts = [archive.start(TIMESTAMP)]
    for body in bodies[:MOST_BODIES]:
        kind = "event" if body[:1] == b"e" else "data"
        parts.append(archive.record(f"{sha256_hex(body[1:])}.{kind}.json", body[1:], TIMESTAMP))
    return b"".join(parts)


def chained(bodies: Sequence[bytes]) -> bytes:
    """Events in a whole chain: a letter for the kind, and as many bodies behind it as that takes."""
    head, parts, waiting = Head(), [archive.start(TIMESTAMP)], [*bodies[:MOST_BODIES]]
    while waiting:
        kind = _KINDS.get(waiting.pop(0)[:1], "EndBallots")
        data = [waiting.pop(0) for _ in range(min(archive.DATA_COUNT[kind], len(waiting)))]  # type: ignore[index]  # a kind of the table above
        if kind == "Setup" and len(data) == archive.DATA_COUNT["Setup"]:
            data[3] = archive.setup_data(*data[:3])
        part, head = append(head, TIMESTAMP, kind, data)  # type: ignore[arg-type]  # as above
        parts.append(part)
    return b"".join(parts)


def _read_again(raw: bytes) -> None:
    try:
        entries = list(read(io.BytesIO(raw)))
    except BallotError:
        return
    timestamp = int(raw[archive.BLOCK :].split(b'"timestamp":"', 1)[1].split(b'"', 1)[0])
    head, parts = Head(), [archive.start(timestamp)]
    for entry in entries:
        part, head = append(head, timestamp, entry.event.type, entry.data)
        parts.append(part)
    assert b"".join(parts) == raw


# A ballot


def read_ballot(data: bytes) -> None:
    try:
        found = ballot.read(election().election, data)
    except BallotError:
        return
    assert encode(found) == data
    for answer in found.answers:
        for choice in answer.choices:
            _number(point_bytes, choice.alpha)
            _number(point_bytes, choice.beta)
        for proof in answer.overall_proof:
            _number(scalar_from_text, proof.challenge)
            _number(scalar_from_text, proof.response)


def _number(read_number: Callable[[str], object], text: str) -> None:
    try:
        read_number(text)
    except BallotError:
        return


def check_ballot(data: bytes) -> None:
    """Bytes of a ballot without its signature: its card signs them. Only the one it cast is sound."""
    sim = election()
    if not data.endswith(b"}"):
        return
    raw = signed(data, sim.card_secret(0), sim.random)
    try:
        ballot.check(sim.election, raw)
    except BallotError:
        return
    assert data == unsigned(sim.ballots[0])


# round.json and the keys


@cache
def facts() -> Facts:
    """What the archive of the election says to its round.json."""
    sim = election()
    return Facts(
        election=sim.election,
        trustees=sim.keys,
        listed=frozenset(map(sim.card, range(len(sim.cards)))),
        used=frozenset({sim.card(0)}),
        ballots=1,
        result=tuple(tuple(row) for row in sim.counts),
        closing_head=sim.head("EncryptedTally"),
        head=sim.head("Result"),
    )


def read_round(data: bytes) -> None:
    """r: the file as it is; anything else: the value of "round", signed by the installation."""
    how, body = data[:1], data[1:]
    raw = body if how == b"r" else election().sign_record(body)
    try:
        record, envelope = read_record(raw)
        assert encode(envelope) == raw
        assert encode(record) == bytes(envelope.round)
        check_companion(raw, facts())
    except (BallotError, Refused):
        return


def read_trustees(data: bytes) -> None:
    try:
        keys = check_trustees(data)
    except BallotError:
        return
    assert sorted(keys.keys) == [*range(1, len(keys.keys) + 1)]


# The whole verifier


def verify_replaced(data: bytes) -> None:
    """Two letters say which datum of which event the rest replaces; every hash is made anew."""
    sim = election()
    steps = sim.steps()
    step = steps[data[0] % len(steps)] if data else steps[0]
    if len(data) < 2 or not step.data:
        return
    step.data[data[1] % len(step.data)] = data[2:]
    raw = write(steps)
    try:
        verify(io.BytesIO(raw), workers=1)
    except Refused:
        return
    assert raw == sim.archive() or step.kind in {"Setup", "PartialDecryption"}


TARGETS: Final = {
    "archive": Target(read_archive, 2048),
    "ballot": Target(read_ballot, 4096),
    "record": Target(read_round, 6144),
    "trustees": Target(read_trustees, 8192),
    "checked": Target(check_ballot, 4096),
    "verified": Target(verify_replaced, 4096),
}
