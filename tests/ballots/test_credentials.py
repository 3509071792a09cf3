"""Cards: their writing, their randomness, and the keys derived from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots import credentials
from ballots.errors import Malformed
from ballots.group import base_power, point_hex
from tests.simulator import seeded


def test_a_card_is_written_in_four_groups_of_base58() -> None:
    random = seeded("cards")
    pattern = (
        r"[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}-[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}"
    )
    cards = [credentials.generate(random) for _ in range(50)]
    assert all(re.fullmatch(pattern, card) for card in cards)
    assert len(set(cards)) == 50


def test_every_character_is_equally_likely() -> None:
    """All 256 bytes once: 58 characters four times each, and the last 24 bytes are drawn again."""
    queue: Iterator[bytes] = iter([bytes(range(256)), bytes([57]) * 256])
    drawn = credentials.base58(256, lambda _: next(queue))
    assert set(Counter(drawn[:232]).values()) == {4}
    assert drawn[232:] == "z" * 24


@given(st.integers(0, 100))
def test_as_many_characters_as_asked_for(length: int) -> None:
    assert len(credentials.base58(length, seeded(str(length)))) == length


def test_an_election_has_fourteen_characters() -> None:
    uuid = credentials.generate_uuid(seeded("uuid"))
    assert len(uuid) == 14
    assert credentials.is_uuid(uuid)


@pytest.mark.parametrize("text", ["", "A" * 13, "A" * 65, "A" * 13 + "0", "A" * 13 + "é", "A" * 13 + "/"])
def test_what_is_not_a_uuid(text: str) -> None:
    assert not credentials.is_uuid(text)


def test_the_key_of_a_card_is_another_in_every_election() -> None:
    card = credentials.generate(seeded("card"))
    one, other = (credentials.public_credential(uuid, card) for uuid in ("A" * 14, "B" * 14))
    assert one != other
    assert one == point_hex(base_power(credentials.secret_scalar("A" * 14, card)))


@given(st.text(credentials.BASE58 + "-0OIl \n１", max_size=30))
def test_what_is_not_a_card_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        credentials.secret_scalar("A" * 14, text)
