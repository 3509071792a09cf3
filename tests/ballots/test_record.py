"""round.json: read strictly, signed exactly; and receipts by the same key."""

from __future__ import annotations

import pytest
from nacl.signing import SigningKey

from ballots import record
from ballots.encoding import encode
from ballots.errors import BadSignature, Malformed
from tests.simulator import Simulator, seeded

KEY = SigningKey(seeded("key")(32))
PUBLIC = KEY.verify_key.encode().hex()
MESSAGE = "计票结果".encode()
SIGNATURE = KEY.sign(MESSAGE).signature.hex()


def test_a_record_is_read_as_it_was_written(select: Simulator) -> None:
    read, envelope = record.read_record(select.record(title="第二轮"))
    assert read.title == "第二轮"
    assert encode(read) == bytes(envelope.round)
    public = select.installation.verify_key.encode().hex()
    record.check_signature(public, record.record_message(bytes(envelope.round)), envelope.signature)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"version":3', b'"version":1'),
        (b'"version":3', b'"version":3.0'),
        (b'"invalid":0', b'"invalid":0,"more":0'),
        (b'{"status":"complete"', b'{"status": "complete"'),
        (b'{"status":"complete"', b'{"status":"void","status":"complete"'),
        (b'{"status":"complete"', b'{"status":"\xff"'),
        (b'"outcome":{', b'"outcome":[],"outcome":{'),
        (b'"places":2', b'"places":2.0e0'),
        (b'"places":2', b'"places":02'),
    ],
)
def test_any_other_writing_is_malformed(select: Simulator, old: bytes, new: bytes) -> None:
    raw = select.record()
    assert old in raw
    with pytest.raises(Malformed):
        record.read_record(raw.replace(old, new))


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"round":{},"signature":""}', b"\0", b"\xff"])
def test_what_is_no_record_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        record.read_record(raw)


def test_a_signature_by_the_key_over_the_message_is_accepted() -> None:
    record.check_signature(PUBLIC, MESSAGE, SIGNATURE)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        SIGNATURE[:-2],
        SIGNATURE + "00",
        SIGNATURE.upper(),
        SIGNATURE[:64] + " " + SIGNATURE[64:],
        " " + SIGNATURE[1:],
        "00" * 64,
        "zz" * 64,
        "１" * 128,
        KEY.sign(b"other").signature.hex(),
    ],
)
def test_any_other_signature_is_refused(signature: str) -> None:
    with pytest.raises(BadSignature):
        record.check_signature(PUBLIC, MESSAGE, signature)


@pytest.mark.parametrize(
    "key", ["", PUBLIC[:-2], PUBLIC + "00", PUBLIC.upper(), "00" * 32, "01" + "00" * 31, "11" * 32]
)
def test_any_other_key_is_refused(key: str) -> None:
    with pytest.raises(BadSignature):
        record.check_signature(key, MESSAGE, SIGNATURE)


@pytest.mark.parametrize("cut", [1, 6, len(MESSAGE)])
def test_no_beginning_of_a_message_can_be_moved_into_its_signature(cut: int) -> None:
    """In libsodium's form one follows the other; where the signature ends is for us to say."""
    with pytest.raises(BadSignature):
        record.check_signature(PUBLIC, MESSAGE[cut:], SIGNATURE + MESSAGE[:cut].hex())
    whole = bytes.fromhex(SIGNATURE)
    with pytest.raises(BadSignature):
        record.check_signature(PUBLIC, whole[-cut:] + MESSAGE, whole[:-cut].hex())


def test_a_receipt_names_the_election_and_the_tracker(select: Simulator) -> None:
    message = record.receipt_message(select.election.fingerprint, select.trackers[0])
    assert message.decode() == f"piaojue-receipt|{select.election.fingerprint}|{select.trackers[0]}"


def test_no_receipt_is_a_record_and_no_record_a_receipt(select: Simulator) -> None:
    receipt = record.receipt_message(select.election.fingerprint, select.trackers[0])
    assert not receipt.startswith(record.record_message(b""))
