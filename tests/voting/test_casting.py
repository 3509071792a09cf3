"""Promises of voting/casting.py, on both databases: one ballot a card, on disk before it is acknowledged."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from ballots.ballot import LIMIT, digest_of, tracker_of
from ballots.errors import (
    BadCountProof,
    BadSignature,
    BallotError,
    Malformed,
    TooLarge,
    UnknownCredential,
    WrongElection,
)
from ballots.record import check_signature, receipt_message
from tests.people import Hall
from tests.refusals import dump, refused, unchanged
from voting import casting
from voting.actors import PUBLIC, NotFound
from voting.casting import AlreadyClosed, CardAlreadyVoted, CardDead, CardStanding, NotOpenYet
from voting.cycle import State
from voting.handing_out import replacing
from voting.signing import Signer, SigningKeyError

Tamper = Callable[[bytes], bytes]


def public(hall: Hall, raw: bytes) -> str:
    """The card that a ballot names."""
    credential: str = json.loads(raw)["credential"]
    return credential


def test_a_good_ballot_gets_its_tracker_under_a_signature_that_checks(anywhere: Hall) -> None:
    anywhere.reach("open")
    raw = anywhere.ballot(0, 1, 3)
    receipt = anywhere.hand_in(raw)
    assert receipt.tracker == tracker_of(raw)
    assert receipt.fingerprint == anywhere.election().fingerprint
    message = receipt_message(receipt.fingerprint, receipt.tracker)
    check_signature(anywhere.signer.public_hex, message, receipt.signature)


def test_casting_writes_the_ballot_and_nothing_else(anywhere: Hall) -> None:
    anywhere.reach("open")
    raw = anywhere.ballot(0)
    before = dump(anywhere.store)
    anywhere.hand_in(raw)
    after = dump(anywhere.store)
    row = (anywhere.congress.id, anywhere.round.id, digest_of(raw), public(anywhere, raw), raw)
    assert after.pop("ballot") == [row]
    assert before.pop("ballot") == []
    assert after == before


def test_the_same_ballot_gets_the_same_receipt_again(anywhere: Hall) -> None:
    anywhere.reach("open")
    raw = anywhere.ballot(0, 2)
    receipt = anywhere.hand_in(raw)
    with unchanged(anywhere.store):
        assert anywhere.hand_in(raw) == receipt


@pytest.mark.parametrize("state", ["closed", "counted", "published", "void"])
def test_the_same_ballot_gets_the_same_receipt_also_after_closing(hall: Hall, state: State) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 2)
    receipt = hall.hand_in(raw)
    hall.reach(state)
    with unchanged(hall.store):
        assert hall.hand_in(raw) == receipt


def test_another_ballot_of_a_card_is_refused_even_with_the_same_choice(anywhere: Hall) -> None:
    anywhere.reach("open")
    anywhere.cast(0, 1)
    for marks in ((1,), (2,), ()):
        raw = anywhere.ballot(0, *marks)
        with refused(anywhere.store, CardAlreadyVoted):
            anywhere.hand_in(raw)


def test_for_and_against_ballots_are_accepted(stances: Hall) -> None:
    stances.reach("open")
    stances.cast(0, 1)
    stances.cast(1)
    assert casting.turnout(stances.store, PUBLIC, stances.round.id) == 2


@pytest.mark.parametrize("state", ["adopted", "sealed"])
def test_before_opening_a_ballot_is_refused_and_told_to_wait(hall: Hall, state: State) -> None:
    hall.reach("sealed")
    raw = hall.ballot(0, 1)
    if state == "adopted":
        with hall.store.write() as tx:
            tx.rounds.change(hall.current(), state="adopted")
    with refused(hall.store, NotOpenYet):
        hall.hand_in(raw)


@pytest.mark.parametrize("state", ["closed", "counted", "published", "void"])
def test_after_closing_a_ballot_is_refused(hall: Hall, state: State) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 1)
    hall.reach(state)
    with refused(hall.store, AlreadyClosed):
        hall.hand_in(raw)


def test_a_dead_card_is_refused(anywhere: Hall) -> None:
    anywhere.reach("open")
    raw = anywhere.ballot(0, 1)
    where = (anywhere.store, anywhere.staff, anywhere.round.id)
    replacing.declare_dead(*where, public(anywhere, raw), anywhere.now())
    with refused(anywhere.store, CardDead):
        anywhere.hand_in(raw)


def test_a_card_that_is_not_on_the_list_is_refused(hall: Hall) -> None:
    hall.reach("open")
    stranger = replace(hall.cards, credentials=("AAAAA-BBBBBB-CCCCC-DDDDDD",))
    hall.cards = replace(stranger, public=hall.cards.public)
    with refused(hall.store, UnknownCredential):
        hall.cast(0, 1)


def test_a_ballot_for_another_round_is_refused(hall: Hall, tmp_path: Path) -> None:
    hall.reach("open")
    other = Hall(hall.store, tmp_path, name="other")
    other.reach("open")
    raw = other.ballot(0, 1)
    with refused(hall.store, WrongElection):
        hall.hand_in(raw)


@pytest.mark.parametrize("code", ["", "AAAAAAAA", "\0" * 8, "票"])
def test_an_address_that_leads_nowhere_is_not_found(hall: Hall, code: str) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 1)
    with refused(hall.store, NotFound):
        casting.cast(hall.store, code, hall.round.id, raw, hall.signer)
    with refused(hall.store, NotFound):
        casting.cast(hall.store, hall.session.code, code, raw, hall.signer)


def test_a_server_with_another_signing_key_accepts_nothing(hall: Hall, tmp_path: Path) -> None:
    hall.reach("open")
    other = Signer.create(tmp_path / "other.key", hall.random)
    raw = hall.ballot(0, 1)
    with refused(hall.store, SigningKeyError):
        casting.cast(hall.store, hall.session.code, hall.round.id, raw, other)


# Bad ballots


def field(name: str, value: object) -> Tamper:
    """Another value of a field of the whole."""
    return lambda raw: msgspec.json.encode({**json.loads(raw), name: value})


def proof(raw: bytes) -> bytes:
    """An individual proof whose two branches are exchanged, signed by the card all the same: see below."""
    fields = json.loads(raw)
    fields["answers"][0]["individual_proofs"][0].reverse()
    return msgspec.json.encode(fields)


MALFORMED: dict[str, Tamper] = {
    "empty": lambda _: b"",
    "no JSON": lambda _: b"\x00\xff",
    "cut off": lambda raw: raw[:-1],
    "a list": lambda _: b"[]",
    "another object": lambda _: b"{}",
    "deep": lambda _: b"[" * 100_000,
    "unknown field": field("note", "x"),
    "repeated key": lambda raw: (
        raw[:-1] + b',"credential":"' + json.loads(raw)["credential"].encode() + b'"}'
    ),
    "space": lambda raw: raw.replace(b":", b": ", 1),
    "NUL in the card": field("credential", "\0" * 64),
    "capitals in the card": lambda raw: raw.replace(
        json.loads(raw)["credential"].encode(), json.loads(raw)["credential"].upper().encode()
    ),
    "short card": field("credential", "0"),
    "a number as card": field("credential", 1),
}


@pytest.mark.parametrize("tamper", MALFORMED.values(), ids=MALFORMED)
def test_what_is_not_exactly_a_ballot_is_refused(hall: Hall, tamper: Tamper) -> None:
    hall.reach("open")
    raw = tamper(hall.ballot(0, 1))
    with refused(hall.store, Malformed):
        hall.hand_in(raw)


def test_a_ballot_over_the_limit_is_refused_unread(hall: Hall) -> None:
    hall.reach("open")
    with refused(hall.store, TooLarge):
        hall.hand_in(b" " * (LIMIT + 1))


def test_another_fingerprint_is_refused(hall: Hall) -> None:
    hall.reach("open")
    raw = field("election_hash", "A" * 43)(hall.ballot(0, 1))
    with refused(hall.store, WrongElection):
        hall.hand_in(raw)


def test_a_ballot_changed_on_its_way_is_refused(hall: Hall) -> None:
    hall.reach("open")
    with refused(hall.store, BadSignature):
        hall.hand_in(proof(hall.ballot(0, 1)))


@pytest.mark.parametrize("marks", [(1, 2, 3), (7,)], ids=["over-selection", "neither blank nor choice"])
def test_a_ballot_that_breaks_the_rules_is_refused_whoever_signed_it(
    hall: Hall, marks: tuple[int, ...]
) -> None:
    """The card signs what its holder sealed: only the proofs tell that it is not allowed."""
    hall.reach("open")
    raw = hall.ballot(0, *marks)
    with refused(hall.store, BadCountProof):
        hall.hand_in(raw)


def test_a_refused_ballot_leaves_the_card_free(hall: Hall) -> None:
    hall.reach("open")
    with pytest.raises(BallotError):
        hall.cast(0, 1, 2, 3)
    hall.cast(0, 1, 2)


# What a page that lost its memory asks


def test_a_card_tells_whether_it_voted_and_with_which_ballot(hall: Hall) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 1)

    def standing(credential: str) -> CardStanding:
        return casting.card_standing(hall.store, hall.session.code, hall.round.id, credential)

    assert standing(public(hall, raw)) == CardStanding(state="unused", tracker=None)
    receipt = hall.hand_in(raw)
    assert standing(public(hall, raw)) == CardStanding(state="used", tracker=receipt.tracker)
    assert standing("0" * 64) == CardStanding(state="unknown", tracker=None)
    assert standing("\0") == CardStanding(state="unknown", tracker=None)


def test_a_ballot_is_known_by_its_digest_from_the_moment_it_is_acknowledged(hall: Hall) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 1)

    def recorded(digest: str, code: str = hall.session.code) -> bool:
        return casting.is_recorded(hall.store, code, hall.round.id, digest)

    assert not recorded(digest_of(raw))
    hall.hand_in(raw)
    assert recorded(digest_of(raw))
    assert not recorded("0" * 64)
    assert not recorded("\0")
    with pytest.raises(NotFound):
        recorded(digest_of(raw), "AAAAAAAA")


def test_turnout_counts_ballots_and_refuses_strangers(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.cast(1)
    assert casting.turnout(hall.store, PUBLIC, hall.round.id) == 2
    with pytest.raises(NotFound):
        casting.turnout(hall.store, replace(hall.staff, congress="0" * 32), hall.round.id)


# Several processes


CASTER = """
import sys
from pathlib import Path
from voting import casting
from voting.errors import VotingError
from voting.signing import Signer
from voting.handing_out import replacing
from voting.store import Store

url, code, round_id, key, *files = sys.argv[1:]
signer = Signer.load(Path(key))
with Store.open(url) as store:
    ballots = [Path(file).read_bytes() for file in files]
    print("ready", flush=True)
    sys.stdin.readline()
    for raw in ballots:
        try:
            print(casting.cast(store, code, round_id, raw, signer).tracker, flush=True)
        except VotingError as error:
            print(type(error).__name__, flush=True)
"""


def caster(hall: Hall, url: str, folder: Path, ballots: list[bytes]) -> subprocess.Popen[str]:
    """A process of its own that casts these ballots, one after the other, once it is told to go."""
    files = []
    for raw in ballots:
        files.append(folder / f"{digest_of(raw)}.ballot")
        files[-1].write_bytes(raw)
    command = [sys.executable, "-c", CASTER, url, hall.session.code, hall.round.id, str(hall.key_file)]
    process = subprocess.Popen(
        [*command, *map(str, files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_of_two_casts_of_one_card_on_two_processes_exactly_one_is_accepted(
    anywhere: Hall, database_url: str, tmp_path: Path
) -> None:
    anywhere.reach("open")
    first = [anywhere.ballot(card, 1) for card in range(6)]
    second = [anywhere.ballot(card, 2) for card in range(6)]
    processes = [caster(anywhere, database_url, tmp_path, ballots) for ballots in (first, second)]
    for process in processes:
        go(process)
    answers = [process.communicate()[0].split() for process in processes]
    for one, other, *answer in zip(first, second, *answers, strict=True):
        possible = [[tracker_of(one), "CardAlreadyVoted"], ["CardAlreadyVoted", tracker_of(other)]]
        assert answer in possible
    assert casting.turnout(anywhere.store, PUBLIC, anywhere.round.id) == 6


def test_two_processes_that_cast_the_same_bytes_both_get_the_receipt(
    anywhere: Hall, database_url: str, tmp_path: Path
) -> None:
    anywhere.reach("open")
    ballots = [anywhere.ballot(card, 1) for card in range(6)]
    processes = [caster(anywhere, database_url, tmp_path, ballots) for _ in range(2)]
    for process in processes:
        go(process)
    trackers = [tracker_of(raw) for raw in ballots]
    assert [process.communicate()[0].split() for process in processes] == [trackers, trackers]
    assert casting.turnout(anywhere.store, PUBLIC, anywhere.round.id) == 6


@pytest.mark.parametrize("acknowledged", [1, 4])
def test_what_was_acknowledged_before_kill_9_is_in_the_verified_record_once(
    anywhere: Hall, database_url: str, tmp_path: Path, acknowledged: int
) -> None:
    anywhere.reach("open")
    ballots = [anywhere.ballot(card, 1) for card in range(6)]
    process = caster(anywhere, database_url, tmp_path, ballots)
    go(process)
    assert process.stdout is not None
    trackers = [process.stdout.readline().strip() for _ in range(acknowledged)]
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    closed = anywhere.reach("closed")
    with anywhere.store.read() as tx:
        recorded = [tracker_of(raw) for _, raw in tx.box.ballots(closed)]
    assert trackers == [tracker_of(raw) for raw in ballots[:acknowledged]]
    assert set(trackers) <= set(recorded)
    assert len(set(recorded)) == len(recorded) == closed.returned


def test_after_kill_9_the_rest_can_be_cast_by_another_process(
    anywhere: Hall, database_url: str, tmp_path: Path
) -> None:
    anywhere.reach("open")
    ballots = [anywhere.ballot(card, 1) for card in range(6)]
    process = caster(anywhere, database_url, tmp_path, ballots)
    go(process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    for raw in ballots:
        assert anywhere.hand_in(raw).tracker == tracker_of(raw)
    assert anywhere.reach("closed").returned == 6
