"""`piaojue serve --lan`: a router's network gets in by codes, over a certificate that is what it claims."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import pytest
import zxingcpp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from PIL import Image
from pypdf import PdfReader
from rich.console import Console

from tests.server_process import Server
from tests.web.clerk import Clerk
from voting.signing import Signer
from web import lan
from web.certificates import Pair, check_pair, fingerprint, self_signed
from web.lan import EVERYWHERE, Wifi, enter, wifi_of
from web.settings import Settings, SettingsError

NOW: Final = datetime(2026, 1, 25, 1, 0, tzinfo=UTC)
HOST: Final = "192.168.1.10"
GIVEN: Final = Settings(url=f"https://{HOST}:8443", port=8443)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return self_signed(tmp_path, HOST, NOW)


def settings_of(pair: Pair, url: str = f"https://{HOST}:8443") -> Settings:
    return Settings(url=url, tls_cert=str(pair.certificate), tls_key=str(pair.key))


def loaded(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


# The certificate


def test_a_tablet_that_trusts_the_authority_trusts_this_server_and_no_other(pair: Pair) -> None:
    trusting = PolicyBuilder().store(Store([loaded(pair.authority)])).time(NOW)
    own, other = (x509.IPAddress(ip_address(host)) for host in (HOST, "192.168.1.11"))
    trusting.build_server_verifier(own).verify(loaded(pair.certificate), [])
    with pytest.raises(VerificationError):
        trusting.build_server_verifier(other).verify(loaded(pair.certificate), [])


def test_the_authority_is_bound_to_this_address_and_its_key_is_nowhere(pair: Pair, tmp_path: Path) -> None:
    authority = loaded(pair.authority)
    bound = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert bound.critical
    assert [str(one.value) for one in bound.value.permitted_subtrees or ()] == [f"{HOST}/32"]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in pair}
    assert pair.key.stat().st_mode & 0o777 == 0o600
    loaded(pair.certificate).verify_directly_issued_by(authority)
    with pytest.raises((InvalidSignature, ValueError)):
        authority.verify_directly_issued_by(loaded(pair.certificate))


def test_the_files_are_made_once_for_an_address(pair: Pair, tmp_path: Path) -> None:
    before = [path.read_bytes() for path in pair]
    again = self_signed(tmp_path, HOST, NOW + timedelta(days=300))
    assert again == pair
    assert [path.read_bytes() for path in again] == before
    assert not set(self_signed(tmp_path, "192.168.1.11", NOW)) & set(pair)


def test_files_that_end_soon_or_lack_a_part_are_named_and_not_overwritten(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="快要到期"):
        self_signed(tmp_path, HOST, NOW + timedelta(days=395))
    pair.key.unlink()
    with pytest.raises(SettingsError, match="文件不全"):
        self_signed(tmp_path, HOST, NOW)
    assert not pair.key.exists()


def test_a_name_in_the_network_is_as_good_as_an_address(tmp_path: Path) -> None:
    named = self_signed(tmp_path, "hall.lan", NOW)
    check_pair(settings_of(named, "https://hall.lan"), NOW)
    trusting = PolicyBuilder().store(Store([loaded(named.authority)])).time(NOW)
    trusting.build_server_verifier(x509.DNSName("hall.lan")).verify(loaded(named.certificate), [])


def test_a_given_certificate_is_tried_before_serving(pair: Pair, tmp_path: Path) -> None:
    check_pair(settings_of(pair), NOW)
    other = self_signed(tmp_path, "192.168.1.11", NOW)
    torn = tmp_path / "torn.crt"
    torn.write_text("-----BEGIN CERTIFICATE-----\nnothing")
    refusals = [
        (settings_of(pair, "https://192.168.1.11"), NOW, "是给 192.168.1.10 的，不是给 192.168.1.11 的"),
        (settings_of(pair), NOW + timedelta(days=500), "不在有效期内"),
        (settings_of(pair), NOW - timedelta(days=5), "不在有效期内"),
        (settings_of(pair._replace(key=other.key)), NOW, "对不上"),
        (settings_of(pair._replace(key=tmp_path / "absent.key")), NOW, "找不到证书的私钥文件"),
        (settings_of(pair._replace(certificate=tmp_path / "absent.crt")), NOW, "找不到证书文件"),
        (settings_of(pair._replace(certificate=torn)), NOW, "读不了证书文件"),
    ]
    for settings, now, said in refusals:
        with pytest.raises(SettingsError, match=re.escape(said)):
            check_pair(settings, now)


# Who gets in, and how


def test_without_a_certificate_it_is_a_look_over_http_and_says_what_will_not_work() -> None:
    entrance = enter(Settings(url=f"http://{HOST}:8000", plain_http=True), None, None, NOW)
    assert (entrance.settings.host, entrance.settings.https) == (EVERYWHERE, False)
    words = "".join(lan.notes(entrance))
    assert [said for said in ("只能看一看", "不开相机", "通行密钥", "改动") if said not in words] == []


def test_with_one_the_whole_network_is_served_over_https(tmp_path: Path) -> None:
    entrance = enter(GIVEN, Wifi("会场", "abc:12345"), tmp_path, NOW)
    used = entrance.settings
    assert (used.host, used.url, used.plain_http) == (EVERYWHERE, GIVEN.url, False)
    check_pair(used, NOW)
    assert entrance.authority is not None
    words = "".join(lan.notes(entrance))
    assert fingerprint(entrance.authority) in words
    assert [said for said in ("安卓", "iPad", "不要让代表") if said not in words] == []


def test_a_machine_of_its_own_address_is_found_by_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.lan.own_address", lambda: HOST)
    assert enter(Settings(port=8100), None, None, NOW).settings.url == f"http://{HOST}:8100"
    monkeypatch.setattr("web.lan.own_address", lambda: None)
    with pytest.raises(SettingsError, match="看不出本机"):
        enter(Settings(), None, None, NOW)


def test_a_given_certificate_and_a_self_signed_one_are_not_both_wanted(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="去掉其中一个"):
        enter(settings_of(pair), None, tmp_path, NOW)


@pytest.mark.parametrize(
    ("wifi", "holds"),
    [
        (Wifi("hall", "abc12345"), "WIFI:T:WPA;S:hall;P:abc12345;;"),
        (Wifi('a;b,c:"d"\\', ""), r"WIFI:T:nopass;S:a\;b\,c\:\"d\"\\;;"),
    ],
)
def test_the_code_of_the_network_is_what_cameras_understand(wifi: Wifi, holds: str) -> None:
    assert wifi.code == holds


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        (None, "abc12345", "没有写 --wifi"),
        ("", None, "无线网名称"),
        ("会" * 11, None, "无线网名称"),
        ("hall", "short", "密码"),
        ("hall", "会场密码会场密码", "密码"),
        ("hall", "", "密码"),
    ],
)
def test_a_network_that_no_router_has_is_refused(name: str | None, password: str | None, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        wifi_of(name, password)


def test_terminal_and_sheet_show_the_same_codes_and_words(tmp_path: Path) -> None:
    entrance, sheet = enter(GIVEN, Wifi("会场", "abc:12345"), tmp_path, NOW), tmp_path / "lan.pdf"
    terminal = Console(record=True, width=400, file=StringIO())
    lan.print_sheet(entrance, sheet, NOW)
    lan.show(entrance, sheet, terminal)
    wall, notes = ("".join(page.extract_text().split()) for page in PdfReader(sheet).pages)
    said = terminal.export_text()
    for words in (entrance.home, "会场", "abc:12345"):
        assert words in wall
        assert words in said
    for line in [*lan.ROUTER, *lan.notes(entrance)]:
        assert "".join(line.split()) in notes
        assert line in said
    assert "约能带60台" in notes


def test_the_codes_on_the_sheet_can_be_read(tmp_path: Path) -> None:
    entrance, sheet = enter(GIVEN, Wifi("会场;1", "abc:12345"), None, NOW), tmp_path / "lan.pdf"
    lan.print_sheet(entrance, sheet, NOW)
    subprocess.run(["pdftoppm", "-gray", "-r", "60", "-l", "1", sheet, tmp_path / "wall"], check=True)
    with Image.open(next(tmp_path.glob("wall*.pgm"))) as page:
        codes = {code.text for code in zxingcpp.read_barcodes(page)}
    assert codes == {r"WIFI:T:WPA;S:会场\;1;P:abc\:12345;;", entrance.home}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--wifi", "hall"], "--lan"),
        (["--self-signed"], "--lan"),
        (["--lan", "--wifi", "hall", "--wifi-password", "short"], "密码"),
        (["--lan", "--sheet", "absent/lan.pdf", "--self-signed"], "没有这个文件或文件夹"),
    ],
)
def test_a_network_that_cannot_be_served_gets_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("PIAOJUE_URL", f"https://{HOST}")
    assert said in Clerk(tmp_path, monkeypatch, capsys).is_refused("serve", *words)


def test_the_server_answers_over_its_certificate(sqlite_url: str, tmp_path: Path) -> None:
    Signer.create(tmp_path / "signing.key", os.urandom)
    made = self_signed(tmp_path, "127.0.0.1", datetime.now(UTC))
    with Server(sqlite_url, tmp_path / "signing.key", workers=1, pair=made) as server:
        assert server.get("/") == 200
