"""Cards from the command line to the ballot box: printed, scanned, cast."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image

from ballots.election import Election
from ballots.sealing import seal
from tests import parts
from tests.people import Hall
from tests.web.clerk import Clerk
from voting import casting, sealing
from voting.cards import read_deck_file, serial_of
from voting.handing_out import decks
from voting.store import Store

CARDS: Final = ("--session", "第十九届第五次会议", "--congress", "示例县人民代表大会")
ADDRESS: Final = "https://rd.example.gov.cn/v/AbCdEfGh"


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Clerk:
    return Clerk(tmp_path, monkeypatch, capsys)


def scanned(pdf: Path) -> Iterator[str]:
    """What a phone reads from the printed sheets."""
    parts.need("poppler-utils")
    pages = pdf.parent / "printed"
    pages.mkdir()
    subprocess.run(["pdftoppm", "-gray", "-r", "200", pdf, pages / "page"], check=True)
    for page in sorted(pages.glob("*.pgm")):
        yield from (code.text for code in zxingcpp.read_barcodes(Image.open(page)))


def test_cards_made_on_the_command_line_scan_and_vote(clerk: Clerk, sqlite_url: str, tmp_path: Path) -> None:
    with Store.open(sqlite_url) as store:
        hall = Hall(store, tmp_path, deputies=5)
        address = f"https://rd.example.gov.cn/v/{hall.session.code}"
        said = clerk.gets("cards", "--number", "5", "--url", address, *CARDS, "--rounds", "2")
        assert "cards/cards.pdf" in said
        assert "删除" in said
        codes = sorted(scanned(tmp_path / "cards" / "cards.pdf"))
        assert [code.partition("#")[0] for code in codes] == [address] * 5
        listed = (tmp_path / "cards" / "deck.json").read_bytes()
        decks.load_deck(store, hall.staff, hall.session.id, listed, hall.now())
        hall.adopt()
        decks.use_deck(store, hall.staff, hall.round.id, hall.now())
        for number in (1, 2):
            hall.register_key(number)
        sealing.seal(store, hall.staff, hall.round.id, hall.signer.public_hex, hall.now())
        election = Election.parse(hall.open().election or b"")
        credential = urlsplit(codes[0]).fragment
        hall.hand_in(seal(election, credential, [[0, 1, 0, 1]], os.urandom))
        assert casting.turnout(store, hall.staff, hall.round.id) == 1
        hall.audit()


def test_making_cards_leaves_no_secret_but_in_the_pdf(clerk: Clerk) -> None:
    said = clerk.gets("cards", "--number", "4", "--url", ADDRESS, *CARDS)
    files = sorted((clerk.folder / "cards").iterdir())
    assert [file.name for file in files] == ["cards.pdf", "deck.json"]
    secrets = [code.partition("#")[2] for code in scanned(files[0])]
    assert len(secrets) == 4
    texts = [said, *(file.read_text() for file in files[1:])]
    assert not any(secret in text for text in texts for secret in secrets)


def test_uuids_that_are_given_are_used(clerk: Clerk) -> None:
    uuids = ("ir3x7XriMAWbJG", "ir3x7XriMAWbJH")
    given = [word for uuid in uuids for word in ("--uuid", uuid)]
    clerk.gets("cards", "--number", "1", "--url", ADDRESS, *CARDS, *given)
    listed = read_deck_file((clerk.folder / "cards" / "deck.json").read_bytes())
    assert (listed.uuids, listed.session) == (uuids, "AbCdEfGh")


def test_a_further_batch_goes_on_with_the_serials(clerk: Clerk) -> None:
    clerk.gets("cards", "--number", "3", "--url", ADDRESS, *CARDS, "--first", "328", "--reserve", "1")
    listed = read_deck_file((clerk.folder / "cards" / "deck.json").read_bytes())
    assert [serial for serial, _ in listed.cards] == [serial_of(number) for number in (328, 329, 330)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--number", "0", "--url", ADDRESS, *CARDS], "1至20,000张"),
        (["--number", "3", "--url", "rd.example.gov.cn", *CARDS], "不是会议的投票地址"),
        (["--number", "3", "--url", "https://rd.example.gov.cn/", *CARDS], "不是会议的投票地址"),
        (["--number", "3", "--url", f"{ADDRESS}#2NpRN", *CARDS], "不是会议的投票地址"),
        (["--number", "3", "--url", ADDRESS, "--session", "会\x00", "--congress", "县"], "会议名称"),
        (["--number", "3", "--url", ADDRESS, "--session", "会", "--congress", " "], "人大名称"),
        (["--number", "3", "--url", ADDRESS, *CARDS, "--uuid", "short"], "轮次编号"),
        (["--number", "3", "--url", ADDRESS, *CARDS, "--reserve", "3"], "应少于全部3张"),
        (["--number", "3", "--url", ADDRESS, *CARDS, "--first", "999998"], "投票卡编号应在1至999,999之间"),
    ],
)
def test_cards_that_cannot_be_made_are_refused(clerk: Clerk, words: list[str], said: str) -> None:
    assert said in clerk.is_refused("cards", *words)


def test_cards_never_overwrite_older_ones(clerk: Clerk) -> None:
    words = ("cards", "--number", "1", "--url", ADDRESS, *CARDS, "--uuid", "ir3x7XriMAWbJG")
    clerk.gets(*words)
    assert "已经存在" in clerk.is_refused(*words)


def test_cards_into_a_folder_that_is_a_file_are_refused(clerk: Clerk) -> None:
    (clerk.folder / "cards").touch()
    assert "无法写入文件夹" in clerk.is_refused("cards", "--number", "1", "--url", ADDRESS, *CARDS)


def test_cards_without_the_chinese_font_are_refused(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    assert "缺少中文字体" in clerk.is_refused("cards", "--number", "1", "--url", ADDRESS, *CARDS)
