"""The browser's implementation of the protocol against ours in Python, and against belenios-tool."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from ballots.archive import EventType, Head, append, read, setup_data, start
from ballots.ballot import check, digest_of, tracker_of
from ballots.credentials import generate, generate_uuid, public_credential
from ballots.election import (
    Election,
    ElectionDocument,
    Question,
    description,
    encode_credentials,
    encode_election,
    read_description,
)
from ballots.errors import BadSignature, BallotError
from ballots.group import base_power, point_from_hex, point_hex
from ballots.sealing import seal
from ballots.tally import check_partial_decryption, sized_tally, sum_ballots
from ballots.trustees import (
    check_public_key,
    joint_key,
    make_public_key,
    secret_from_seed,
    trustees_document,
)
from ballots.verify import verify
from tests.belenios_tool import BeleniosTool
from tests.parts import ROOT
from tests.web.client_project import node, programs

pytestmark = pytest.mark.xdist_group("client")
"""They share one build of the client."""

VECTORS = sorted((ROOT / "ballots" / "vectors").glob("client-*.json"))


def try_credential(vector: dict[str, Any]) -> None:
    derived = public_credential(vector["uuid"], vector["credential"])
    assert derived == vector["public_credential"]


def try_election(vector: dict[str, Any]) -> None:
    assert Election.parse(vector["election"].encode()).fingerprint == vector["fingerprint"]


def try_ballot(vector: dict[str, Any]) -> None:
    raw = vector["ballot"].encode()
    check(Election.parse(vector["election"].encode()), raw)
    assert tracker_of(raw) == vector.get("tracker", tracker_of(raw))


def try_receipt(vector: dict[str, Any]) -> None:
    election = Election.parse(vector["election"].encode())
    _, key = read_description(election.document.description)
    message = f"piaojue-receipt|{election.fingerprint}|{vector['tracker']}"
    try:
        VerifyKey(bytes.fromhex(key)).verify(message.encode(), bytes.fromhex(vector["receipt"]["signature"]))
    except BadSignatureError:
        raise BadSignature("receipt") from None


def try_scrutineer(vector: dict[str, Any]) -> None:
    seed = vector["seed"]
    signer = SigningKey(hashlib.sha256(f"piaojue-report|{seed}".encode()).digest())
    assert str(secret_from_seed(seed)) == vector["secret"]
    check_public_key(vector["trustee_public_key"].encode())
    assert signer.verify_key.encode().hex() == vector["signing_key"]
    assert signer.sign(vector["report"].encode()).signature.hex() == vector["signature"]


def try_decryption(vector: dict[str, Any]) -> None:
    election = Election.parse(vector["election"].encode())
    key = point_from_hex(vector["public_key"])
    check_partial_decryption(election, vector["encrypted_tally"].encode(), key, vector["decryption"].encode())


TRIALS: dict[str, Callable[[dict[str, Any]], None]] = {
    "public_credential": try_credential,
    "election": try_election,
    "ballot": try_ballot,
    "receipt": try_receipt,
    "scrutineer": try_scrutineer,
    "partial_decryption": try_decryption,
}


def outcomes(vector: dict[str, Any]) -> set[str]:
    """`ok`, or the kind of failure and those it is a finer case of."""
    try:
        TRIALS[vector["kind"]](vector)
    except BallotError as error:
        return {kind.__name__ for kind in type(error).__mro__}
    return {"ok"}


@pytest.mark.parametrize("file", VECTORS, ids=lambda file: file.stem)
def test_python_comes_to_the_same_outcome_as_the_client(file: Path) -> None:
    vector = json.loads(file.read_text())
    assert vector["expect"] in outcomes(vector)


def test_there_are_vectors_of_every_kind_with_both_outcomes() -> None:
    vectors = [json.loads(file.read_text()) for file in VECTORS]
    assert {vector["kind"] for vector in vectors if vector["expect"] == "ok"} == set(TRIALS)
    assert {vector["kind"] for vector in vectors if vector["expect"] != "ok"} == set(TRIALS) - {"scrutineer"}


@pytest.fixture(scope="module")
def round_of_the_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose keys, ballots and decryptions the client made."""
    folder = tmp_path_factory.mktemp("archive")
    done = node(str(programs() / "make_archive.mjs"), str(folder))
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.bel"))


def test_the_verifier_accepts_a_round_that_the_client_sealed_and_opened(
    round_of_the_client: Path,
) -> None:
    verified = verify(io.BytesIO(round_of_the_client.read_bytes()), workers=1)
    assert verified.ballots == 3
    assert verified.result == ((1, 1, 0, 2), (2, 1, 0), (1, 1, 1))


def test_belenios_tool_accepts_that_round_and_each_ballot(
    round_of_the_client: Path, belenios_tool: BeleniosTool
) -> None:
    belenios_tool.verify(round_of_the_client)
    assert belenios_tool.verify_ballots(round_of_the_client.read_bytes()) == 3


class FixedRandom:
    """The same bytes in every run, each call others."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.calls = 0

    def __call__(self, size: int) -> bytes:
        self.calls += 1
        return hashlib.shake_256(f"{self.name}|{self.calls}".encode()).digest(size)


def box_closed_by_python(choices: list[list[int]]) -> bytes:
    """An archive up to its EncryptedTally event: one question, one card and ballot for each of `choices`."""
    random = FixedRandom("box")
    secrets = [secret_from_seed(name * 22) for name in "ab"]
    trustees = trustees_document(make_public_key(secret, random) for secret in secrets)
    question = Question(answers=("甲", "乙"), blank=True, min=1, max=1, question="选一项")
    document = ElectionDocument(
        version=1,
        description=description("0" * 64, SigningKey(bytes(32)).verify_key.encode().hex()),
        name="Python 封箱",
        group="Ed25519",
        public_key=point_hex(joint_key(trustees)),
        questions=(question,),
        uuid=generate_uuid(random),
    )
    election = Election.parse(encode_election(document))
    cards = [generate(random) for _ in choices]
    listed = encode_credentials(sorted(public_credential(election.uuid, card) for card in cards))
    ballots = [seal(election, card, [bits], random) for card, bits in zip(cards, choices, strict=True)]
    tally = sum_ballots(election, [check(election, raw).answers for raw in ballots])
    setup = (election.raw, trustees, listed, setup_data(election.raw, trustees, listed))
    file, head = start(1_795_302_733), Head()
    events: list[tuple[EventType, Sequence[bytes]]] = [
        ("Setup", setup),
        *(("Ballot", [raw]) for raw in sorted(ballots, key=digest_of)),
        ("EndBallots", []),
        ("EncryptedTally", [tally, sized_tally(tally, len(ballots))]),
    ]
    for kind, data in events:
        raw, head = append(head, 1_795_302_733, kind, data)
        file += raw
    return file


@pytest.mark.parametrize("choices", [[], [[0, 1, 0]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]])
def test_the_client_recounts_a_box_that_python_closed(choices: list[list[int]], tmp_path: Path) -> None:
    box = tmp_path / "box.bel"
    box.write_bytes(box_closed_by_python(choices))
    done = node(str(programs() / "make_recount.mjs"), str(box))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    last = list(read(io.BytesIO(box.read_bytes())))[-1]
    assert found["ballots"] == len(choices)
    assert found["head"] == last.hash
    assert found["trustees"] == [point_hex(base_power(secret_from_seed(name * 22))) for name in "ab"]


def test_the_client_refuses_a_box_from_which_python_left_a_ballot_out_of_the_sum(tmp_path: Path) -> None:
    whole, part = (box_closed_by_python(choices) for choices in ([[0, 1, 0], [0, 0, 1]], [[0, 1, 0]]))
    entries, sums = (list(read(io.BytesIO(raw))) for raw in (whole, part))
    file, head = start(1_795_302_733), Head()
    for entry in [*entries[:-1], sums[-1]]:
        raw, head = append(head, 1_795_302_733, entry.event.type, entry.data)
        file += raw
    box = tmp_path / "box.bel"
    box.write_bytes(file)
    done = node(str(programs() / "make_recount.mjs"), str(box))
    assert done.returncode == 1
    assert "BadTally" in done.stderr
