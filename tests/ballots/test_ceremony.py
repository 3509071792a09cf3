"""A key made by several: whole ceremonies, mixed with the peer's, and everything that must be refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from ballots import ceremony
from ballots.credentials import base58
from ballots.encoding import encode
from ballots.errors import BadTrustee
from ballots.group import ORDER, base_power, point_hex
from ballots.trustees import Certificate, Context, SignedMessage, check_trustees, secret_from_seed
from tests.ballots.peer import Peer
from tests.belenios_tool import BeleniosTool
from tests.people import seeded

RANDOM = seeded("ceremony")


def seeds(size: int) -> list[str]:
    return [base58(22, RANDOM) for _ in range(size)]


class Made:
    """A ceremony of `size` of whom `needed` open, step after step."""

    def __init__(self, needed: int, size: int) -> None:
        self.needed, self.seeds = needed, seeds(size)
        self.certificates = [
            ceremony.certificate(seed, index, needed, size, RANDOM)
            for index, seed in enumerate(self.seeds, start=1)
        ]
        self.deals = [ceremony.deal(seed, self.certificates, needed, RANDOM) for seed in self.seeds]

    def receive(self, index: int, deals: Sequence[bytes] | None = None) -> bytes:
        taken = self.deals if deals is None else deals
        return ceremony.receive(self.seeds[index - 1], self.certificates, self.needed, taken, RANDOM)

    def shares(self) -> list[bytes]:
        return [self.receive(index) for index in range(1, len(self.seeds) + 1)]

    def document(self) -> bytes:
        return ceremony.assemble(self.certificates, self.needed, self.deals, self.shares())


@pytest.mark.parametrize(("needed", "size"), [(1, 1), (1, 2), (2, 2), (2, 3), (3, 5)])
def test_any_k_of_n_hold_the_secret_of_the_joint_key(needed: int, size: int) -> None:
    made = Made(needed, size)
    shares = made.shares()
    (group,) = check_trustees(ceremony.assemble(made.certificates, needed, made.deals, shares)).groups
    secrets = {
        owner: ceremony.decryption_secret(seed, made.certificates, needed, share)
        for owner, (seed, share) in enumerate(zip(made.seeds, shares, strict=True), start=1)
    }
    assert group.needed == needed
    assert group.keys == {owner: base_power(secret) for owner, secret in secrets.items()}
    for owners in combinations(secrets, needed):
        assert base_power(at_zero({owner: secrets[owner] for owner in owners})) == group.joint
    if needed > 1:
        assert base_power(at_zero(dict([*secrets.items()][: needed - 1]))) != group.joint


def at_zero(values: dict[int, int]) -> int:
    """Lagrange, written apart from the tally's."""
    total = 0
    for owner, value in values.items():
        top = bottom = 1
        for other in values:
            if other != owner:
                top, bottom = top * -other, bottom * (owner - other)
        total += value * top * pow(bottom, -1, ORDER)
    return total % ORDER


def test_the_peer_and_we_make_one_key_together(belenios_tool: BeleniosTool, tmp_path: Path) -> None:
    """Owners 1 and 3 are ours, owner 2 is the tool's; the tool puts it together, and so do we."""
    peer = Peer(belenios_tool.path, tmp_path)
    first, last = seeds(2)
    theirs = peer.certificate(2, 2, 3)
    certificates = [
        ceremony.certificate(first, 1, 2, 3, RANDOM),
        theirs.read_bytes().strip(),
        ceremony.certificate(last, 3, 2, 3, RANDOM),
    ]
    peer.keep_certificates(certificates)
    key = theirs.with_suffix(".key")
    deals = [
        ceremony.deal(first, certificates, 2, RANDOM),
        peer.deal(key),
        ceremony.deal(last, certificates, 2, RANDOM),
    ]
    shares = [
        ceremony.receive(first, certificates, 2, deals, RANDOM),
        peer.receive(key, deals),
        ceremony.receive(last, certificates, 2, deals, RANDOM),
    ]
    document = ceremony.assemble(certificates, 2, deals, shares)
    assert encode([("Pedersen", msgspec.Raw(peer.assemble(deals, shares)))]) == document


def test_a_seed_is_enough_to_get_ones_secret_back() -> None:
    made = Made(2, 3)
    share = made.receive(2)
    again = ceremony.decryption_secret(made.seeds[1], made.certificates, 2, share)
    public = msgspec.json.decode(share, type=ceremony.Share).public_key.public_key
    assert point_hex(base_power(again)) == public


def other(seed: str = "") -> str:
    return seed or seeds(1)[0]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (partial(ceremony.certificate, other(), 2, 2, 4), "cert context"),
        (partial(ceremony.certificate, other(), 1, 2, 3), "cert context"),
        (partial(ceremony.certificate, other(), 2, 3, 3), "cert context"),
    ],
    ids=["another size", "another place", "another threshold"],
)
def test_a_certificate_of_another_ceremony_is_refused(changed: partial[bytes], what: str) -> None:
    made = Made(2, 3)
    made.certificates[1] = changed(RANDOM)
    with pytest.raises(BadTrustee, match=what):
        ceremony.check_certificates(made.certificates, 2)


def test_two_owners_with_one_key_are_refused() -> None:
    made = Made(2, 3)
    made.certificates[1] = ceremony.certificate(made.seeds[0], 2, 2, 3, RANDOM)
    with pytest.raises(BadTrustee, match="钥匙相同"):
        ceremony.check_certificates(made.certificates, 2)


def test_a_certificate_signed_by_another_is_refused() -> None:
    made = Made(2, 3)
    message = msgspec.json.decode(made.certificates[1], type=SignedMessage)
    said = Certificate(
        context=Context(group="Ed25519", size=3, threshold=2, index=2),
        verification=point_hex(base_power(secret_from_seed(made.seeds[1]))),
        encryption=point_hex(base_power(7)),
    )
    made.certificates[1] = encode(msgspec.structs.replace(message, message=encode(said).decode()))
    with pytest.raises(BadTrustee, match="signature"):
        ceremony.check_certificates(made.certificates, 2)


def test_an_impossible_threshold_makes_no_certificate() -> None:
    for index, needed, size in ((1, 0, 3), (1, 4, 3), (0, 2, 3), (4, 2, 3)):
        with pytest.raises(BadTrustee):
            ceremony.certificate(other(), index, needed, size, RANDOM)


def test_a_stranger_deals_nothing() -> None:
    with pytest.raises(BadTrustee, match="备用码不属于"):
        ceremony.deal(other(), Made(2, 3).certificates, 2, RANDOM)


def dealt_again(made: Made, index: int, needed: int = 2) -> ceremony.Deal:
    """Another deal of the same owner."""
    raw = ceremony.deal(made.seeds[index - 1], made.certificates, needed, RANDOM)
    return msgspec.json.decode(raw, type=ceremony.Deal)


def test_a_wrong_share_names_who_sent_it() -> None:
    """Each part is its sender's own and soundly signed; only the two do not belong together."""
    made = Made(2, 3)
    honest = msgspec.json.decode(made.deals[2], type=ceremony.Deal)
    deals = [*made.deals[:2], encode(msgspec.structs.replace(honest, secrets=dealt_again(made, 3).secrets))]
    with pytest.raises(BadTrustee, match="第3位监票人给出的份额不对"):
        made.receive(1, deals)


def test_a_share_meant_for_another_is_refused() -> None:
    made = Made(2, 3)
    honest = msgspec.json.decode(made.deals[2], type=ceremony.Deal)
    first, second, third = honest.secrets
    deals = [*made.deals[:2], encode(msgspec.structs.replace(honest, secrets=(second, first, third)))]
    with pytest.raises(BadTrustee, match="第3位监票人的消息不能读取"):
        made.receive(1, deals)


def test_a_share_under_another_senders_name_is_refused() -> None:
    made = Made(2, 3)
    first, second = (msgspec.json.decode(raw, type=ceremony.Deal) for raw in made.deals[:2])
    swapped = encode(msgspec.structs.replace(second, secrets=first.secrets))
    with pytest.raises(BadTrustee, match="第2位监票人的消息不能读取"):
        made.receive(3, [made.deals[0], swapped, made.deals[2]])


@pytest.mark.parametrize("part", ["coefexps", "signature"])
def test_commitments_that_were_exchanged_are_refused(part: str) -> None:
    made = Made(2, 3)
    honest = msgspec.json.decode(made.deals[0], type=ceremony.Deal)
    exchanged = msgspec.structs.replace(honest, **{part: getattr(dealt_again(made, 1), part)})
    with pytest.raises(BadTrustee, match="signature"):
        ceremony.check_deal(made.certificates, 2, 1, encode(exchanged))


def test_a_deal_with_a_share_too_few_is_refused() -> None:
    made = Made(2, 3)
    honest = msgspec.json.decode(made.deals[0], type=ceremony.Deal)
    cut = encode(msgspec.structs.replace(honest, secrets=honest.secrets[:2]))
    with pytest.raises(BadTrustee, match="secrets"):
        ceremony.check_deal(made.certificates, 2, 1, cut)


def test_a_deal_for_other_certificates_is_refused() -> None:
    made, elsewhere = Made(2, 3), Made(2, 3)
    elsewhere.certificates[0] = made.certificates[0]
    with pytest.raises(BadTrustee, match="signature"):
        ceremony.check_deal(elsewhere.certificates, 2, 1, made.deals[0])


def test_what_was_changed_on_the_way_cannot_be_read() -> None:
    made = Made(2, 3)
    honest = msgspec.json.decode(made.deals[0], type=ceremony.Deal)
    sealed = msgspec.json.decode(honest.secrets[1], type=ceremony.Sealed)
    flipped = f"{int(sealed.data[0], 16) ^ 1:x}{sealed.data[1:]}"
    secrets = list(honest.secrets)
    secrets[1] = encode(msgspec.structs.replace(sealed, data=flipped)).decode()
    deals = [encode(msgspec.structs.replace(honest, secrets=tuple(secrets))), *made.deals[1:]]
    with pytest.raises(BadTrustee, match="第1位监票人的消息不能读取"):
        made.receive(2, deals)


def test_somebody_elses_last_message_opens_with_no_other_seed() -> None:
    made = Made(2, 3)
    with pytest.raises(BadTrustee):
        ceremony.decryption_secret(made.seeds[0], made.certificates, 2, made.receive(2))


def test_the_carrier_sees_no_share() -> None:
    made = Made(2, 3)
    shares = made.shares()
    carried = b"".join([*made.certificates, *made.deals, *shares])
    for seed, share in zip(made.seeds, shares, strict=True):
        secret = ceremony.decryption_secret(seed, made.certificates, 2, share)
        assert str(secret).encode() not in carried
        assert str(ceremony.receiving_secret(seed)).encode() not in carried
