"""Every vector in ballots/vectors has the outcome it expects; ours are those that the generator makes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from nacl.signing import SigningKey

from ballots import errors, tally, trustees
from ballots.ballot import check, tracker_of
from ballots.credentials import public_credential
from ballots.election import Election, read_description
from ballots.errors import BadSignature, BallotError
from ballots.group import point_from_hex
from ballots.record import check_signature, receipt_message
from tests.ballots.generate_vectors import FOLDER, ours, text

Vector = dict[str, Any]
FILES: Final = sorted(FOLDER.glob("*.json"))


def _public_credential(vector: Vector) -> None:
    assert public_credential(vector["uuid"], vector["credential"]) == vector["public_credential"]


def _election(vector: Vector) -> None:
    assert Election.parse(vector["election"].encode()).fingerprint == vector["fingerprint"]


def _ballot(vector: Vector) -> None:
    election, raw = Election.parse(vector["election"].encode()), vector["ballot"].encode()
    ballot = check(election, raw)
    assert tracker_of(raw) == vector["tracker"]
    if "credential" in vector:
        assert ballot.credential == public_credential(election.uuid, vector["credential"])


def _sum(vector: Vector) -> None:
    election = Election.parse(vector["election"].encode())
    answers = [check(election, raw.encode()).answers for raw in vector["ballots"]]
    assert tally.sum_ballots(election, answers).decode() == vector["encrypted_tally"]


def _trustee_key(vector: Vector) -> None:
    trustees.check_public_key(vector["public_key"].encode())


def _opening(vector: Vector) -> None:
    election, sums = Election.parse(vector["election"].encode()), vector["encrypted_tally"].encode()
    key = point_from_hex(vector["public_key"])
    tally.check_partial_decryption(election, sums, key, vector["decryption"].encode())


def _receipt(vector: Vector) -> None:
    """As the deputy's device does it: the receipt must be for this election and this tracker."""
    election, receipt = Election.parse(vector["election"].encode()), vector["receipt"]
    _, key = read_description(election.document.description)
    if (receipt["fingerprint"], receipt["tracker"]) != (election.fingerprint, vector["tracker"]):
        raise BadSignature("another receipt")
    check_signature(key, receipt_message(election.fingerprint, vector["tracker"]), receipt["signature"])


def _scrutineer(vector: Vector) -> None:
    seed = vector["seed"]
    assert str(trustees.secret_from_seed(seed)) == vector["secret"]
    trustees.check_public_key(vector["trustee_public_key"].encode())
    signer = SigningKey(hashlib.sha256(f"piaojue-report|{seed}".encode()).digest())
    assert signer.verify_key.encode().hex() == vector["signing_key"]
    check_signature(vector["signing_key"], vector["report"].encode(), vector["signature"])


TRIALS: Final[dict[str, Callable[[Vector], None]]] = {
    "public_credential": _public_credential,
    "election": _election,
    "ballot": _ballot,
    "sum": _sum,
    "trustee_key": _trustee_key,
    "opening": _opening,
    "partial_decryption": _opening,
    "receipt": _receipt,
    "scrutineer": _scrutineer,
}


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_vector_has_the_outcome_it_expects(file: Path) -> None:
    vector: Vector = json.loads(file.read_text(encoding="utf-8"))
    if vector["expect"] == "ok":
        TRIALS[vector["kind"]](vector)
        return
    with pytest.raises(BallotError) as caught:
        TRIALS[vector["kind"]](vector)
    assert isinstance(caught.value, getattr(errors, vector["expect"]))
    assert "exactly" not in vector or type(caught.value).__name__ == vector["exactly"]


def test_ours_are_made_again_byte_for_byte() -> None:
    made = {name: text(content) for name, content in ours().items()}
    stored = {file.stem: file for file in FILES if not file.name.startswith(("client-", "peer-"))}
    assert stored.keys() == made.keys()
    assert [name for name in made if stored[name].read_text(encoding="utf-8") != made[name]] == []


def test_every_kind_of_refusal_of_a_ballot_has_a_vector() -> None:
    vectors = [json.loads(file.read_text(encoding="utf-8")) for file in FILES]
    refusals = {v.get("exactly", v["expect"]) for v in vectors if v["kind"] == "ballot"}
    assert refusals >= {
        "Malformed",
        "WrongElection",
        "BadPoint",
        "BadScalar",
        "BadSignature",
        "BadChoiceProof",
        "BadCountProof",
    }
