"""The election document, its fingerprint and description, and the list of cards."""

from __future__ import annotations

import base64
import hashlib

import pytest
from msgspec.structs import replace

from ballots.election import (
    Election,
    Question,
    check_credentials,
    description,
    encode_credentials,
    encode_election,
    read_description,
)
from ballots.encoding import encode
from ballots.errors import BadCredentials, BadElection, BadPoint, Malformed
from ballots.group import IDENTITY, ORDER_2Q, base_power, point_hex
from tests.simulator import SELECT, STANCES, Simulator


def test_the_fingerprint_is_over_the_stored_bytes(select: Simulator) -> None:
    digest = hashlib.sha256(select.election.raw).digest()
    assert select.election.fingerprint == base64.b64encode(digest).decode().rstrip("=")


def test_an_election_is_read_as_it_was_written(select: Simulator) -> None:
    document = replace(
        select.document, administrator="办公室", credential_authority="秘书处", language=("zh", "ltr")
    )
    election = Election.parse(encode_election(document))
    assert election.document == document
    assert election.raw == encode(document)
    assert point_hex(election.key) == document.public_key
    assert election.uuid == document.uuid


def test_the_size_of_an_answer_counts_the_blank() -> None:
    assert (SELECT.size, STANCES.size) == (4, 3)
    assert replace(SELECT, blank=False).size == 3


def test_small_powers_go_up_to_the_largest_number_of_choices() -> None:
    sim = Simulator(questions=(STANCES, SELECT), deputies=1)
    assert sim.election.small_powers == tuple(base_power(number) for number in range(3))


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"group": "RFC-3526-2048"},
        {"uuid": "too-short"},
        {"questions": ()},
        {"questions": (SELECT, replace(SELECT, max=0, min=0))},
        {"questions": (replace(SELECT, min=-1),)},
        {"questions": (replace(SELECT, max=4),)},
        {"questions": (replace(SELECT, min=2, max=1),)},
        {"questions": (Question(answers=(), min=0, max=0, question="空"),)},
        {"questions": (replace(SELECT, answers=("甲", "乙", "甲")),)},
    ],
    ids=str,
)
def test_an_election_nobody_could_vote_in_is_neither_written_nor_read(
    select: Simulator, changes: dict[str, object]
) -> None:
    document = replace(select.document, **changes)
    with pytest.raises(BadElection):
        encode_election(document)
    with pytest.raises(BadElection):
        Election.parse(encode(document))


@pytest.mark.parametrize("key", ["", "00" * 32, point_hex(IDENTITY), point_hex(ORDER_2Q), "AB" * 32])
def test_a_key_outside_the_group_is_refused(select: Simulator, key: str) -> None:
    with pytest.raises(BadPoint):
        Election.parse(encode(replace(select.document, public_key=key)))


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff"])
def test_what_is_not_an_election_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        Election.parse(raw)


def test_questions_of_another_kind_are_malformed(select: Simulator) -> None:
    other = b'"questions":[{"type":"Lists","value":{}}]'
    start = select.election.raw.index(b'"questions"')
    raw = select.election.raw[:start] + other + b',"uuid"' + select.election.raw.split(b',"uuid"')[1]
    with pytest.raises(Malformed):
        Election.parse(raw)


def test_the_description_says_what_it_was_given() -> None:
    text = description("0a" * 32, "1b" * 32)
    assert text == f"票决办法 SHA-256 {'0a' * 32}；回执验证 Ed25519 {'1b' * 32}"
    assert read_description(text) == ("0a" * 32, "1b" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "票决",
        description("0a" * 32, "1b" * 31),
        description("0A" * 32, "1b" * 32),
        description("0a" * 32, "1b" * 32) + "\n",
        " " + description("0a" * 32, "1b" * 32),
        description("0a" * 32, "1b" * 32).replace("；", ";"),
        description("0a" * 32, "１" * 64),
    ],
)
def test_any_other_description_is_refused(text: str) -> None:
    with pytest.raises(BadElection):
        read_description(text)


def test_a_list_of_cards_is_read_in_its_order() -> None:
    cards = [point_hex(base_power(number)) for number in (3, 1, 2)]
    assert check_credentials(encode_credentials(cards)) == tuple(cards)
    assert check_credentials(b"[]") == ()


@pytest.mark.parametrize(
    "bad",
    [
        point_hex(base_power(3)),
        point_hex(base_power(7)) + ",1",
        point_hex(base_power(7)) + ",1,甲",
        point_hex(base_power(7)).upper(),
        point_hex(IDENTITY),
        point_hex(ORDER_2Q),
        "",
    ],
)
def test_a_list_with_a_card_that_cannot_be_is_refused(bad: str) -> None:
    with pytest.raises(BadCredentials):
        check_credentials(encode_credentials([point_hex(base_power(3)), bad]))


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"[ ]", b'["\xff"]'])
def test_what_is_not_a_list_of_cards_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        check_credentials(raw)
