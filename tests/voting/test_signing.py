"""Promises of voting/signing.py: one key, never readable by others, never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballots.record import check_signature
from tests.people import seeded
from voting.signing import Signer, SigningKeyError


def test_a_created_key_is_only_its_owners_and_loads_again(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    created = Signer.create(file, seeded("key"))
    assert file.stat().st_mode & 0o777 == 0o600
    assert Signer.load(file).public_hex == created.public_hex


def test_the_public_half_checks_what_the_key_signed(tmp_path: Path) -> None:
    signer = Signer.create(tmp_path / "signing.key", seeded("key"))
    check_signature(signer.public_hex, b"message", signer.sign(b"message"))


def test_a_receipt_is_signed_over_fingerprint_and_tracker(tmp_path: Path) -> None:
    signer = Signer.create(tmp_path / "signing.key", seeded("key"))
    receipt = signer.receipt("φ", "tracker")
    message = "piaojue-receipt|φ|tracker".encode()
    check_signature(signer.public_hex, message, receipt.signature)
    assert (receipt.fingerprint, receipt.tracker) == ("φ", "tracker")


def test_creating_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    file.write_text("something else")
    with pytest.raises(SigningKeyError, match="已经存在"):
        Signer.create(file, seeded("key"))
    assert file.read_text() == "something else"


def test_a_key_in_a_folder_that_is_not_there_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="不能写入"):
        Signer.create(tmp_path / "missing" / "signing.key", seeded("key"))


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="不存在"):
        Signer.load(tmp_path / "signing.key")


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="读不了"):
        Signer.load(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "signing.key"
    Signer.create(file, seeded("key"))
    file.chmod(mode)
    with pytest.raises(SigningKeyError, match="chmod 600"):
        Signer.load(file)


@pytest.mark.parametrize("content", [b"", b"00", b"g" * 64, b"0" * 66, "密钥".encode(), b"\xff\xfe"])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "signing.key"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(SigningKeyError, match="不是签名密钥"):
        Signer.load(file)
