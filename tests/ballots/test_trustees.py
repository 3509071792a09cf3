"""The scrutineers' keys: made, proved, joined; Single and Pedersen, also beside one another."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from msgspec.structs import replace

from ballots import trustees
from ballots.encoding import encode
from ballots.errors import BadTrustee, Malformed
from ballots.group import ORDER, base_power, point_hex, power, product
from ballots.tally import lagrange
from tests.ceremony import Ceremony
from tests.simulator import Simulator, seeded


def test_the_secret_is_the_hash_of_the_backup_code() -> None:
    expected = int(hashlib.sha256(b"sk|LEKz5aQE2MbkmZpK1nXiu1").hexdigest(), 16) % ORDER
    assert trustees.secret_from_seed("LEKz5aQE2MbkmZpK1nXiu1") == expected


def test_a_key_is_made_with_a_proof_that_holds() -> None:
    raw = trustees.make_public_key(7, seeded("key"))
    key = trustees.check_public_key(raw)
    assert key.public_key == point_hex(base_power(7))
    assert trustees.check_public_key(encode(replace(key, name="陈秀英"))).name == "陈秀英"


def test_the_joint_key_needs_every_single_secret() -> None:
    random = seeded("joint")
    document = trustees.trustees_document(trustees.make_public_key(n, random) for n in (2, 3, 5))
    assert trustees.joint_key(document) == base_power(10)
    read = trustees.check_trustees(document)
    assert read.keys == {1: base_power(2), 2: base_power(3), 3: base_power(5)}
    assert [group.needed for group in read.groups] == [1, 1, 1]


def test_single_and_shared_keys_are_numbered_in_one_row() -> None:
    ceremony = Ceremony(3, 2, seeded("row"))
    single = msgspec.json.decode(trustees.make_public_key(7, seeded("single")))
    read = trustees.check_trustees(encode([("Single", single), ("Pedersen", ceremony.document())]))
    assert list(read.keys) == [1, 2, 3, 4]
    assert [group.needed for group in read.groups] == [1, 2]
    for owner, secret in ceremony.secrets.items():
        assert read.keys[owner + 1] == base_power(secret)
    assert read.joint == product(base_power(7), read.groups[1].joint)


@pytest.mark.parametrize(("needed", "size"), [(1, 1), (1, 3), (2, 3), (3, 3), (3, 5)])
def test_the_shares_of_enough_scrutineers_make_the_joint_secret(needed: int, size: int) -> None:
    ceremony = Ceremony(size, needed, seeded("shares"))
    (group,) = trustees.check_trustees(encode([("Pedersen", ceremony.document())])).groups
    owners = range(size - needed + 1, size + 1)
    secret = sum(lagrange(owner, owners) * ceremony.secrets[owner] for owner in owners)
    assert group.joint == base_power(secret)


def test_a_committed_polynomial_is_evaluated_in_the_exponent() -> None:
    commitments = [base_power(number) for number in (5, 7, 11)]
    assert trustees.evaluate(commitments, 3) == base_power(5 + 7 * 3 + 11 * 9)
    assert power(trustees.evaluate(commitments, 0), 1) == base_power(5)


@pytest.mark.parametrize("raw", [b"", b"{}", b'[["Single"]]', b'[ ["Single",{}]]', b"\xff"])
def test_what_is_no_list_of_keys_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        trustees.check_trustees(raw)


@pytest.mark.parametrize("raw", [b"[]", b'[["Single",{}]]', b'[["Pedersen",{}]]', b'[["Other",{}]]'])
def test_a_list_of_what_are_no_keys_is_refused(raw: bytes) -> None:
    with pytest.raises(BadTrustee):
        trustees.check_trustees(raw)


def test_the_same_key_twice_is_refused(select: Simulator) -> None:
    """Also between a Single key and a share, and with a proof of its own."""
    ceremony = Ceremony(3, 2, seeded("twice"))
    shared = ("Pedersen", ceremony.document())
    keys = [
        ("Single", msgspec.json.decode(trustees.make_public_key(ceremony.secrets[2], seeded(name))))
        for name in ("one", "other")
    ]
    for document in (keys, [keys[0], shared], [shared, keys[1]]):
        with pytest.raises(BadTrustee, match="相同"):
            trustees.check_trustees(encode(document))


@pytest.mark.parametrize("raw", [b"", b"null", b'{"public_key":""}', b"\xff"])
def test_what_is_no_key_is_refused_as_a_key(raw: bytes) -> None:
    """A scrutineer's page sends it: whatever it is, the answer is about the key."""
    with pytest.raises(BadTrustee):
        trustees.check_public_key(raw)
