"""belenios-tool and we: each accepts what the other makes, and both together make one election.

Two commands judge our archives: `election verify` of 3.x may forget the proofs of the ballots (NOTES §10).
What belenios-tool made once is stored in ballots/vectors/peer, so half of this works without it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from ballots import archive, tally, trustees
from ballots.ballot import check
from ballots.credentials import public_credential
from ballots.election import Election
from ballots.errors import BadDecryption
from ballots.sealing import seal
from ballots.verify import verify
from tests.ballots.generate_vectors import FOLDER
from tests.ballots.peer import Peer
from tests.ballots.sound import SOUND
from tests.belenios_tool import BeleniosTool, Refused
from tests.simulator import SELECT, STANCES, Simulator, seeded

KNOWN_RESULTS: Final = {
    "ed25519-basic-3.3.0": ((1, 1, 0), (1, 1, 1, 0)),
    "ed25519-threshold-3.3.0": ((1, 1, 0), (1, 1, 1, 0)),
}
STORED: Final = sorted((FOLDER / "peer").glob("*.bel"))


# What belenios-tool made once


@pytest.mark.parametrize("file", STORED, ids=[file.stem for file in STORED])
def test_a_stored_archive_of_the_peer_passes_every_check(file: Path) -> None:
    verified = verify(io.BytesIO(file.read_bytes()), workers=1)
    assert verified.uuid == known(file)["uuid"]
    assert verified.result == result_of(file)
    assert verified.checks == tuple(range(1, 24))


def known(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    return content


def result_of(file: Path) -> tuple[tuple[int, ...], ...]:
    return KNOWN_RESULTS.get(file.stem) or tuple(tuple(row) for row in known(file)["result"])


def entries(file: Path) -> dict[str, list[tuple[bytes, ...]]]:
    """The data of the archive's events, by their type."""
    found: dict[str, list[tuple[bytes, ...]]] = {}
    with file.open("rb") as opened:
        for entry in archive.read(opened):
            found.setdefault(entry.event.type, []).append(entry.data)
    return found


@pytest.mark.parametrize("file", STORED, ids=[file.stem for file in STORED])
def test_a_stored_archive_of_the_peer_is_written_again_byte_for_byte(file: Path) -> None:
    raw = file.read_bytes()
    timestamp = int(json.loads(raw[512:1024].rstrip(b"\0"))["timestamp"])
    head, parts = archive.Head(), [archive.start(timestamp)]
    for entry in archive.read(io.BytesIO(raw)):
        part, head = archive.append(head, timestamp, entry.event.type, entry.data)
        parts.append(part)
    assert b"".join(parts) == raw


@pytest.mark.parametrize("file", STORED, ids=[file.stem for file in STORED])
def test_the_cards_of_a_stored_archive_are_those_we_derive(file: Path) -> None:
    (setup,) = entries(file)["Setup"]
    derived = {public_credential(known(file)["uuid"], card) for card in known(file)["credentials"]}
    assert derived == set(msgspec.json.decode(setup[2]))


@pytest.mark.parametrize("file", STORED, ids=[file.stem for file in STORED])
def test_the_sum_of_a_stored_archive_is_the_one_we_add_up(file: Path) -> None:
    found = entries(file)
    election = Election.parse(found["Setup"][0][0])
    answers = [check(election, raw).answers for (raw,) in found.get("Ballot", [])]
    ((encrypted, sized),) = found["EncryptedTally"]
    assert tally.sum_ballots(election, answers) == encrypted
    assert tally.sized_tally(encrypted, len(answers)) == sized


@pytest.mark.parametrize("name", ["ed25519-basic-3.3.0", "chinese", "any-number", "nobody"])
def test_with_the_peers_secrets_we_open_the_same_sum(name: str) -> None:
    file = FOLDER / "peer" / f"{name}.bel"
    found = entries(file)
    (setup,), ((encrypted, _),) = found["Setup"], found["EncryptedTally"]
    election, keys = Election.parse(setup[0]), trustees.check_trustees(setup[1])
    random = seeded(name)
    parts = {
        owner: tally.partial_decryption(election, encrypted, int(secret), random)
        for owner, secret in enumerate(known(file)["trustees"], 1)
    }
    assert (
        tally.decrypt(election, keys, encrypted, parts, len(found.get("Ballot", []))) == found["Result"][0][0]
    )


def test_a_stored_threshold_sum_opens_with_all_that_are_needed_and_not_without_one() -> None:
    """One Single key and two of three who share the other."""
    found = entries(FOLDER / "peer" / "ed25519-threshold-3.3.0.bel")
    (setup,), ((encrypted, _),) = found["Setup"], found["EncryptedTally"]
    election, keys = Election.parse(setup[0]), trustees.check_trustees(setup[1])
    parts = {msgspec.json.decode(owned)["owner"]: raw for raw, owned in found["PartialDecryption"]}
    assert [group.needed for group in keys.groups] == [1, 2]
    assert tally.decrypt(election, keys, encrypted, parts, 2) == found["Result"][0][0]
    for missing in parts:
        too_few = {owner: part for owner, part in parts.items() if owner != missing}
        with pytest.raises(BadDecryption):
            tally.decrypt(election, keys, encrypted, too_few, 2)


# What we make


@pytest.mark.parametrize("make", SOUND.values(), ids=SOUND)
def test_the_peer_accepts_our_archive_and_every_ballot_in_it(
    make: Callable[[], Simulator], belenios_tool: BeleniosTool, tmp_path: Path
) -> None:
    sim = make()
    file = tmp_path / f"{sim.uuid}.bel"
    file.write_bytes(sim.archive())
    belenios_tool.verify(file)
    assert belenios_tool.verify_ballots(sim.archive()) == len(sim.ballots)


def test_the_peer_refuses_what_is_unsound_and_does_not_remember_it(
    belenios_tool: BeleniosTool, tmp_path: Path, select: Simulator
) -> None:
    sound = select.archive()
    select.edit(0, lambda ballot: ballot["answers"][0].update(individual_proofs=[]), sign=False)
    for _ in range(2):
        with pytest.raises(Refused):
            belenios_tool.accept(select.archive(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    belenios_tool.accept(sound, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1 + len(select.ballots), "the archive and each ballot"


def test_the_peer_derives_the_same_cards(belenios_tool: BeleniosTool) -> None:
    sim = Simulator(deputies=3)
    for number, card in enumerate(sim.cards):
        assert belenios_tool.public_credential(sim.uuid, card) == sim.card(number)


# Together


class Together:
    """An election of the tool's with a key, a card and a ballot of each side."""

    def __init__(self, peer: Peer) -> None:
        self.peer, self.random = peer, seeded("together")
        self.their_key = peer.single_key()
        self.our_secret = trustees.secret_from_seed("Bei9YongMa4Jian3PiaoAa")
        our_key = trustees.make_public_key(self.our_secret, self.random)
        self.cards = peer.cards(3)
        raw = peer.election("合办", (SELECT, STANCES), [self.their_key.public, our_key])
        self.election = Election.parse(raw)
        self.keys = trustees.check_trustees((peer.folder / "trustees.json").read_bytes().strip())


def _mixed(peer: Peer) -> Together:
    both = Together(peer)
    theirs = peer.ballot(both.cards[0], [[0, 1, 0, 1], [0, 1, 0]])
    ours = seal(both.election, both.cards[1], [[1, 0, 0, 0], [0, 1, 0]], both.random)
    for ballot in (theirs, ours):
        peer.add("Ballot", ballot)
    encrypted = peer.close()
    answers = [check(both.election, ballot).answers for ballot in (theirs, ours)]
    assert tally.sum_ballots(both.election, answers) == encrypted
    parts = {
        1: peer.decrypt(1, both.their_key),
        2: tally.partial_decryption(both.election, encrypted, both.our_secret, both.random),
    }
    for owner, part in parts.items():
        peer.add_decryption(owner, part)
    assert tally.decrypt(both.election, both.keys, encrypted, parts, 2) == peer.count()
    return both


def test_keys_ballots_and_decryptions_of_both_make_one_election(
    belenios_tool: BeleniosTool, tmp_path: Path
) -> None:
    both = _mixed(Peer(belenios_tool.path, tmp_path))
    verified = verify(io.BytesIO(both.peer.archive), workers=1)
    assert verified.result == ((1, 1, 0, 1), (0, 2, 0))
    both.peer.verify()
    assert belenios_tool.verify_ballots(both.peer.archive) == 2


def test_a_threshold_key_and_a_single_key_of_the_peers_are_accepted(
    belenios_tool: BeleniosTool, tmp_path: Path
) -> None:
    peer = Peer(belenios_tool.path, tmp_path)
    single, shares = peer.single_key(), peer.threshold_keys(2, 3)
    cards = peer.cards(1)
    election = Election.parse(peer.election("三选二", (STANCES,), [single.public]))
    peer.add("Ballot", seal(election, cards[0], [[1, 0, 0]], seeded("ours")))
    peer.close()
    for owner, key in ((1, single), (2, shares[0]), (4, shares[2])):
        peer.add_decryption(owner, peer.decrypt(owner, key))
    peer.count()
    assert verify(io.BytesIO(peer.archive), workers=1).result == ((1, 0, 0),)
