"""What carrier and owners check of one another's messages, and in which words; and the code they compare."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Final

import msgspec
import pytest

from ballots import ceremony
from ballots.encoding import encode
from ballots.errors import BadTrustee
from ballots.group import base_power
from ballots.proofs import prove_knowledge
from ballots.trustees import secret_from_seed
from tests.ballots.test_ceremony import RANDOM, Made, seeds

INDEX: Final = 3
"""Whose last message is looked at: the order of senders and receivers shows."""


@cache
def made() -> tuple[Made, tuple[bytes, ...]]:
    """Two of three, and everybody's last message."""
    one = Made(2, 3)
    return one, tuple(one.shares())


def check(raw: bytes, deals: list[bytes] | None = None) -> ceremony.Share:
    one, _ = made()
    return ceremony.check_share(one.certificates, 2, deals or one.deals, INDEX, raw)


def refusal(raw: bytes) -> str:
    with pytest.raises(BadTrustee) as refused:
        check(raw)
    return refused.value.detail


def test_a_last_message_follows_from_what_was_dealt() -> None:
    _, shares = made()
    assert encode(check(shares[INDEX - 1])) == shares[INDEX - 1]
    assert ceremony.read_share(shares[INDEX - 1]) == check(shares[INDEX - 1])


@pytest.mark.parametrize("of", [1, 2])
def test_a_last_message_of_another_is_refused(of: int) -> None:
    _, shares = made()
    assert refusal(shares[of - 1]) == "verification_key"


def test_a_last_message_without_the_owners_signature_is_refused() -> None:
    _, shares = made()
    share = ceremony.read_share(shares[INDEX - 1])
    public = share.public_key
    bare = msgspec.structs.replace(public, signature=msgspec.UNSET)
    assert refusal(encode(msgspec.structs.replace(share, public_key=bare))) == "verification_key"
    text = f"sigmsg|{public.public_key}|"
    forged = prove_knowledge(text, secret_from_seed(made()[0].seeds[0]), RANDOM)
    by_another = msgspec.structs.replace(public, signature=forged)
    assert refusal(encode(msgspec.structs.replace(share, public_key=by_another))) == "signature"


def test_a_last_message_that_opens_with_nothing_is_refused() -> None:
    share = ceremony.read_share(made()[1][INDEX - 1])
    assert refusal(encode(msgspec.structs.replace(share, private_key="{}"))).startswith("private_key")
    assert refusal(b"{}").startswith("share")


def test_a_certificate_alone_is_held_to_its_place_size_and_threshold() -> None:
    one, _ = made()
    parties = ceremony.check_certificates(one.certificates, 2)
    for index, raw in enumerate(one.certificates, start=1):
        assert ceremony.check_own_certificate(raw, index, 2, 3) == parties[index - 1]
    for index, threshold, size in ((1, 2, 3), (2, 3, 3), (2, 2, 4)):
        with pytest.raises(BadTrustee) as refused:
            ceremony.check_own_certificate(one.certificates[1], index, threshold, size)
        assert refused.value.detail == "cert context"


@pytest.mark.parametrize(("deals", "shares"), [(2, 3), (3, 2), (2, 2)])
def test_nothing_is_put_together_before_everybody_is_ready(deals: int, shares: int) -> None:
    one, last = made()
    with pytest.raises(BadTrustee) as refused:
        ceremony.assemble(one.certificates, 2, one.deals[:deals], last[:shares])
    assert refused.value.detail == "threshold"


def test_the_code_is_the_first_hundred_bits_of_a_long_chain_of_hashes() -> None:
    one, last = made()
    document = ceremony.assemble(one.certificates, 2, one.deals, last)
    digest = hashlib.sha256(document).digest()
    for _ in range(2**14):
        digest = hashlib.sha256(digest).digest()
    usual = base64.b32encode(digest)[:20].decode()
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert ceremony.code(document) == usual.translate(letters)


def test_a_text_is_signed_by_whoever_has_the_seed() -> None:
    seed, another = seeds(2)
    signer = base_power(secret_from_seed(seed))
    raw = ceremony.sign_text(seed, "一句话", RANDOM)
    assert encode(ceremony.check_text("一句话", signer, raw)) == raw
    for text, key in (("另一句", signer), ("一句话", base_power(secret_from_seed(another)))):
        with pytest.raises(BadTrustee) as refused:
            ceremony.check_text(text, key, raw)
        assert refused.value.detail == "signature"
    with pytest.raises(BadTrustee) as unread:
        ceremony.check_text("一句话", signer, b"{}")
    assert unread.value.detail == "signature"


def test_two_owners_of_one_key_are_refused_and_a_share_names_its_cipher() -> None:
    one, shares = made()
    twice = [ceremony.certificate(one.seeds[0], index, 2, 3, RANDOM) for index in (1, 2, 3)]
    with pytest.raises(BadTrustee) as refused:
        ceremony.check_certificates(twice, 2)
    assert refused.value.detail == "两位监票人的钥匙相同"
    assert msgspec.json.decode(ceremony.read_share(shares[0]).private_key)["algorithm"] == "AES-GCM"
