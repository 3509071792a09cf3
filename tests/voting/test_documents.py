"""投票卡 on paper: what a scanner reads, what a curious eye must not see, and what lies on the disk.

A4 at 254 dpi is 10 pixels a millimetre, so that panels (52.5 × 99 mm) begin and end on whole pixels.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps
from pypdf import PdfReader

from tests import parts
from voting.cards import Deck, make_deck, serial_of
from voting.documents.cards import cards_pdf, write_cards
from voting.documents.typesetting import DocumentError, MissingFont, chinese_date

URL = "https://rd.example.gov.cn/v/AbCdEfGh"
UUIDS = ["ir3x7XriMAWbJG", "ir3x7XriMAWbJH"]
PRINTED = datetime(2026, 1, 24, 17, 30, tzinfo=UTC)
FIRST_SERIAL = 96
LISTED = b'{"version":1}'
WIDTH, HEIGHT, DPI = 525, 990, "254"
OUTSIDE, INSIDE, STUB = 0, 1, 2
NUMBER = 9

SERIAL_BOX = Image.new("L", (WIDTH * 4, HEIGHT * 4), 0)
SERIAL_BOX.paste(255, (360, 2420, WIDTH * 4 - 360, 2860))  # where a stub carries its serial, magnified


def pdf_of(credentials: tuple[str, ...], session: str = "示例县第十八届人民代表大会第二次会议") -> bytes:
    return cards_pdf(session, "示例县人民代表大会", URL, credentials, PRINTED, FIRST_SERIAL)


@pytest.fixture(scope="module")
def deck() -> Deck:
    return make_deck(NUMBER, UUIDS, os.urandom)


@pytest.fixture(scope="module")
def pdf(deck: Deck) -> bytes:
    return pdf_of(deck.credentials)


class Print:
    """The printed sheets: `panel` cuts one panel of one card out of the paper, `text` is what it says."""

    def __init__(self, pdf: bytes, folder: Path) -> None:
        parts.need("poppler-utils")
        self.file = folder / "printed.pdf"
        self.file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", DPI, self.file, folder / "page"], check=True)
        self.pages = [Image.open(page).convert("L") for page in sorted(folder.glob("page-*.pgm"))]

    def panel(self, card: int, row: int) -> Image.Image:
        x, y = card % 4 * WIDTH, row * HEIGHT
        return self.pages[1 + card // 4].crop((x, y, x + WIDTH, y + HEIGHT))

    def magnified(self, row: int) -> list[Image.Image]:
        """The four panels of the first sheet at 40 pixels a millimetre."""
        area = ["-x", "0", "-y", str(row * HEIGHT * 4), "-W", str(WIDTH * 16), "-H", str(HEIGHT * 4)]
        command = ["pdftoppm", "-gray", "-r", "1016", "-f", "2", "-l", "2", *area, str(self.file)]
        sheet = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
        return [sheet.crop((x, 0, x + WIDTH * 4, HEIGHT * 4)) for x in range(0, WIDTH * 16, WIDTH * 4)]

    def text(self, card: int, row: int) -> str:
        """Without any white space."""
        area = {"-x": card % 4 * WIDTH, "-y": row * HEIGHT, "-W": WIDTH, "-H": HEIGHT}
        options = {"-r": DPI, "-f": 2 + card // 4, "-l": 2 + card // 4, **area}
        arguments = [str(part) for option in options.items() for part in option]
        command = ["pdftotext", *arguments, str(self.file), "-"]
        return "".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture(scope="module")
def printed(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> Print:
    return Print(pdf, tmp_path_factory.mktemp("printed"))


def serial(card: int) -> str:
    return serial_of(FIRST_SERIAL + card)


def test_every_card_is_printed_once_and_scans_to_its_credential(printed: Print, deck: Deck) -> None:
    scanned = [code.text for page in printed.pages for code in zxingcpp.read_barcodes(page)]
    assert sorted(scanned) == sorted(f"{URL}#{credential}" for credential in deck.credentials)


def test_each_code_stands_large_and_alone_on_its_inside_panel(printed: Print, deck: Deck) -> None:
    for card, credential in enumerate(deck.credentials):
        (code,) = zxingcpp.read_barcodes(printed.panel(card, INSIDE))
        assert code.text == f"{URL}#{credential}"
        assert code.position.top_right.x - code.position.top_left.x >= 300  # 30 mm


def test_the_code_keeps_a_quiet_zone_of_four_modules(printed: Print) -> None:
    panel = ImageOps.invert(printed.panel(0, INSIDE).crop((50, 125, WIDTH - 50, 550)))
    left, top, right, bottom = panel.point(lambda value: 255 if value > 128 else 0).getbbox() or (0, 0, 0, 0)
    module = (right - left) / 41  # version 6
    assert min(left, top, panel.width - right, panel.height - bottom) >= 4 * module - 2


def test_the_secret_can_be_typed_from_the_inside_panel(printed: Print, deck: Deck) -> None:
    for card, credential in enumerate(deck.credentials):
        assert all(half in printed.text(card, INSIDE) for half in (credential[:12], credential[13:]))
        assert "rd.example.gov.cn/v/AbCdEfGh" in printed.text(card, INSIDE)


def test_the_inside_panel_says_what_to_do_in_three_lines(printed: Print) -> None:
    text = printed.text(3, INSIDE)
    for line in ("扫码→选择→提交", "一卡一票，请勿拍照转发", "遗失请凭存根换领"):
        assert line in text


def test_card_and_stub_carry_the_same_serial(printed: Print) -> None:
    for card in range(NUMBER):
        assert f"编号{serial(card)}" in printed.text(card, INSIDE)
        assert f"编号{serial(card)}" in printed.text(card, STUB)


def test_a_stub_carries_no_secret(printed: Print, deck: Deck) -> None:
    for card in range(NUMBER):
        text = printed.text(card, STUB)
        assert not any(group in text for credential in deck.credentials for group in credential.split("-"))


def largest_difference(one: Image.Image, other: Image.Image) -> int:
    """In 256ths of white to black, over dots of 0.2 mm; a hundredth of a millimetre of shift stays below 48.

    Cards from different columns lie differently on the grid of pixels, so they are drawn eight times finer
    first. The outermost 0.3 mm are the knife's.
    """
    cut = (12, 12, one.width - 12, one.height - 12)
    return max(ImageChops.difference(one.crop(cut).reduce(8), other.crop(cut).reduce(8)).tobytes())


def test_outside_all_cards_look_the_same(printed: Print) -> None:
    first, *others = printed.magnified(OUTSIDE)
    assert first.getextrema() == (0, 255)
    assert [largest_difference(first, other) < 48 for other in others] == [True] * 3


def test_outside_cards_from_different_sheets_are_the_same_to_the_pixel(printed: Print) -> None:
    for card in range(4, NUMBER):
        first = printed.panel(card % 4, OUTSIDE)
        assert ImageChops.difference(first, printed.panel(card, OUTSIDE)).getbbox() is None


def test_the_outside_names_the_congress_and_no_card(printed: Print, deck: Deck) -> None:
    texts = {printed.text(card, OUTSIDE) for card in range(NUMBER)}
    assert len(texts) == 1
    text = texts.pop()
    assert not any(character.isdigit() for character in text)
    assert not any(group in text for credential in deck.credentials for group in credential.split("-"))


def test_two_decks_differ_nowhere_but_inside(printed: Print, tmp_path: Path) -> None:
    other = Print(pdf_of(make_deck(1, UUIDS, os.urandom).credentials), tmp_path)
    assert ImageChops.difference(printed.panel(0, OUTSIDE), other.panel(0, OUTSIDE)).getbbox() is None
    assert ImageChops.difference(printed.panel(0, STUB), other.panel(0, STUB)).getbbox() is None
    assert ImageChops.difference(printed.panel(0, INSIDE), other.panel(0, INSIDE)).getbbox() is not None


def held_against_light(inside: Image.Image, stub: Image.Image) -> Image.Image:
    """What shines through a folded card: ink lets a fifth of the light pass, layers multiply."""
    inks = [layer.point(lambda value: 51 + value * 0.8) for layer in (inside, ImageOps.flip(stub))]
    return ImageOps.autocontrast(ImageChops.multiply(*inks))


@pytest.mark.parametrize("threshold", [None, 30, 60, 100, 150])
def test_a_folded_card_held_against_light_does_not_scan(printed: Print, threshold: int | None) -> None:
    blank = Image.new("L", (WIDTH, HEIGHT), 255)
    for card in range(NUMBER):
        seen = held_against_light(printed.panel(card, INSIDE), printed.panel(card, STUB))
        if threshold is not None:
            seen = seen.point(lambda value: 255 if value > threshold else 0)
        assert zxingcpp.read_barcodes(seen) == []
        assert zxingcpp.read_barcodes(held_against_light(printed.panel(card, INSIDE), blank))


def test_the_covering_pattern_is_the_same_on_every_card(printed: Print) -> None:
    without_serial = [ImageChops.lighter(stub, SERIAL_BOX) for stub in printed.magnified(STUB)]
    assert [largest_difference(without_serial[0], stub) < 48 for stub in without_serial] == [True] * 4


def dark_places(strip: Image.Image) -> list[int]:
    """Where across the strip most of its height is dark, in tenths of a millimetre."""
    line = strip.resize((strip.width, 1), Image.Resampling.BOX).tobytes()
    return [place for place, value in enumerate(line) if value < 128]


def test_cut_marks_stand_between_the_cards_to_a_tenth_of_a_millimetre(printed: Print) -> None:
    for page in printed.pages[1:3]:
        places = dark_places(page.crop((10, 42, 2090, 58)))
        assert {round((place + 10) / WIDTH) for place in places} == {1, 2, 3}
        assert all(abs((place + 10) % WIDTH - WIDTH * ((place + 10) % WIDTH > 100)) <= 1 for place in places)


@pytest.mark.parametrize("fold", [990, 1980])
def test_fold_marks_divide_the_sheet_into_exact_thirds(printed: Print, fold: int) -> None:
    for card in range(4):
        mark = printed.pages[1].crop((card * WIDTH + 62, fold - 8, card * WIDTH + 82, fold + 8))
        places = dark_places(mark.transpose(Image.Transpose.TRANSPOSE))
        assert places
        assert all(abs(place - 8) <= 2 for place in places)


def test_nothing_of_the_inside_lies_where_printers_do_not_reach_or_knives_cut(printed: Print) -> None:
    for card in range(NUMBER):
        panel = printed.panel(card, INSIDE)
        for edge in ((3, 60, 45, HEIGHT - 60), (WIDTH - 45, 60, WIDTH - 3, HEIGHT - 60)):
            assert panel.crop(edge).getextrema() == (255, 255)


def test_the_first_page_holds_instructions_and_no_secret(pdf: bytes, deck: Deck) -> None:
    cover = "".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("9张", "0000968至0001040", "2026年1月25日", "秘密", "打印队列", "监票人", "单面", "打乱"):
        assert words in cover
    assert not any(group in cover for credential in deck.credentials for group in credential.split("-"))


def test_sheets_follow_the_number_of_cards(pdf: bytes) -> None:
    assert len(PdfReader(BytesIO(pdf)).pages) == 1 + 3


def test_the_only_moment_in_the_file_is_the_one_given(pdf: bytes) -> None:
    metadata = PdfReader(BytesIO(pdf)).metadata
    assert metadata is not None
    assert metadata.creation_date == PRINTED


def test_the_same_cards_at_the_same_moment_give_the_same_bytes(deck: Deck, pdf: bytes) -> None:
    assert pdf_of(deck.credentials) == pdf
    assert cards_pdf("会", "人大", URL, deck.credentials, PRINTED) != pdf


def test_dates_are_those_of_beijing() -> None:
    assert chinese_date(PRINTED) == "2026年1月25日"
    assert chinese_date(PRINTED.date()) == "2026年1月24日"


def test_a_machine_without_the_chinese_fonts_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deck: Deck
) -> None:
    monkeypatch.setattr("pylopdf_fonts_zh_cn.sans_path", lambda: tmp_path / "NotoSansSC-Regular.otf")
    with pytest.raises(MissingFont, match="缺少中文字体"):
        pdf_of(deck.credentials)


def test_a_machine_without_the_font_package_says_so_too(monkeypatch: pytest.MonkeyPatch, deck: Deck) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    with pytest.raises(MissingFont):
        pdf_of(deck.credentials)


def test_making_the_pdf_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    program = f"""
import os, datetime
from voting.cards import make_deck
from voting.documents.cards import cards_pdf
deck = make_deck(2, {UUIDS!r}, os.urandom)
print(len(cards_pdf("会", "人大", {URL!r}, deck.credentials, datetime.datetime.now(datetime.UTC))))
"""
    folders = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment = {**os.environ, **folders, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(parts.ROOT)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert int(done.stdout) > 10_000
    assert list(tmp_path.rglob("*")) == []


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_writing_gives_the_pdf_and_the_list_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    written = write_cards(folder, LISTED, b"%PDF")
    assert sorted(path.name for path in written) == sorted(contents(folder))
    assert contents(folder) == {"cards.pdf": b"%PDF", "deck.json": LISTED}


def test_the_pdf_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    write_cards(folder, LISTED, b"%PDF")
    assert (folder / "cards.pdf").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("existing", ["cards.pdf", "deck.json"])
def test_nothing_is_overwritten_and_nothing_added_beside_it(tmp_path: Path, existing: str) -> None:
    (tmp_path / existing).write_bytes(b"older")
    with pytest.raises(DocumentError, match="已经存在"):
        write_cards(tmp_path, LISTED, b"%PDF")
    assert contents(tmp_path) == {existing: b"older"}


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "cards.pdf").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DocumentError, match="已经存在"):
        write_cards(tmp_path, LISTED, b"%PDF")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("folder", ["file", "file/below", "absent/absent", "x" * 300])
def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DocumentError, match="无法写入文件夹"):
        write_cards(tmp_path / folder, LISTED, b"%PDF")
    assert contents(tmp_path) == {"file": b""}


def test_a_disk_that_fills_up_half_way_leaves_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(DocumentError, match="剩余空间"):
            write_cards(tmp_path, LISTED, b"%PDF" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(tmp_path) == {}
