"""The papers of a session as files: PDFs drawn and read, .docx and .xlsx opened by other programs."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader

from tests import parts
from tests.session_facts import (
    APPROVE,
    GRADING,
    NOW,
    PLAIN,
    RARE,
    SELECT,
    SELECTED,
    file_of,
    session_facts,
)
from voting.actors import NotFound, NotYet
from voting.documents import official
from voting.documents.glyphs import printable, wanting
from voting.documents.official import Official, Text
from voting.documents.report import tally_report_pdf
from voting.documents.session import formal
from voting.documents.session.formal import Formal
from voting.documents.session.papers import (
    ROUND_PAPERS,
    SESSION_PAPERS,
    Wish,
    made_for_round,
    made_for_session,
    of_round,
)

POINTS_PER_MM = 72 / 25.4
UNKNOWN = "\U0002b820\U00031350"
"""Two characters that no font here has."""
NAMED_FONTS = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"}


def text_of(pdf: bytes, *options: str) -> str:
    """What another program reads in it."""
    parts.need("poppler-utils")
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def joined(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


def drawn(pdf: bytes, folder: Path) -> list[Image.Image]:
    """Its pages at 4 pixels a millimetre."""
    parts.need("poppler-utils")
    subprocess.run(["pdftoppm", "-gray", "-r", "101.6", "-", folder / "page"], input=pdf, check=True)
    return [Image.open(page) for page in sorted(folder.glob("page-*.pgm"))]


def docx_text(raw: bytes) -> str:
    paper = Document(io.BytesIO(raw))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


EVERY_PAPER: Final = [*SESSION_PAPERS, *(one for one in ROUND_PAPERS if one != "result")]


@pytest.mark.parametrize("key", EVERY_PAPER)
def test_every_paper_can_be_drawn_and_says_whose_session_it_is(key: str, tmp_path: Path) -> None:
    pdf = file_of(key, "pdf")
    assert "示例县第十八届人民代表大会第二次会议" in joined(pdf)
    for page in drawn(pdf, tmp_path):
        assert page.getextrema()[0] < 60  # type: ignore[operator]  # of a grey image a pair of numbers
        frame = (0, 0, page.width, 30), (0, page.height - 30, page.width, page.height)
        assert all(page.crop(edge).getextrema() == (255, 255) for edge in frame)


@pytest.mark.parametrize("key", [one for one in EVERY_PAPER if one != "tally"])  # a layout of its own
def test_the_two_files_of_a_paper_say_the_same(key: str) -> None:
    in_pdf = joined(file_of(key, "pdf"))
    for line in docx_text(file_of(key, "docx")).split("\n"):
        words = "".join(line.split())
        if len(words) < 20:  # longer ones are broken by page numbers
            assert words in in_pdf


@pytest.mark.parametrize("key", EVERY_PAPER)
def test_fonts_are_inside_the_pdf_and_it_is_for_the_file(key: str) -> None:
    pdf = file_of(key, "pdf")
    assert b"pdfaid:part" in pdf
    listed = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    fonts = [line.split() for line in listed.split("\n")[2:] if line]
    assert fonts
    assert all(columns[-5] == "yes" for columns in fonts)  # emb


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_same_paper_of_the_same_day_is_the_same_bytes(form: str) -> None:
    assert file_of.__wrapped__("announcement", form) == file_of("announcement", form)


# GB/T 9704


def full_page() -> bytes:
    return formal.pdf(Formal(title="测", blocks=(Text("字" * 28 * 60),)), NOW)


def test_a_page_has_22_lines_of_28_characters() -> None:
    pages = text_of(full_page(), "-layout").split("\f")
    lines = [line.strip() for line in pages[1].split("\n") if "字" in line]
    assert [len(line) for line in lines] == [28] * 22


def test_the_type_area_is_where_the_standard_has_it(tmp_path: Path) -> None:
    page = drawn(full_page(), tmp_path)[1]
    inked = page.point(lambda value: 255 if value < 128 else 0).crop((0, 0, page.width, 262 * 4)).getbbox()
    assert inked is not None
    left, top, right, bottom = (edge / 4 for edge in inked)
    assert abs(left - 28) < 1.5
    assert abs(right - 184) < 1.5
    assert 36.5 < top < 39
    assert bottom < 262


def test_page_numbers_stand_outside_between_dashes(tmp_path: Path) -> None:
    assert "—1—" in joined(full_page())
    first, second = (_foot(page) for page in drawn(full_page(), tmp_path)[:2])
    assert 150 < first[0] < first[1] < 182
    assert 30 < second[0] < second[1] < 60


def _foot(page: Image.Image) -> tuple[float, float]:
    """From where to where something is printed below the type area, in mm from the left."""
    foot = page.point(lambda value: 255 if value < 128 else 0).crop((0, 263 * 4, page.width, page.height))
    left, _, right, _ = foot.getbbox() or (0, 0, 0, 0)
    return left / 4, right / 4


def test_the_word_file_names_the_offices_fonts_and_has_the_grid() -> None:
    raw = file_of("announcement", "docx")
    xml = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml").decode()
    assert set(re.findall(r'w:eastAsia="([^"]+)"', xml)) >= NAMED_FONTS - {"黑体"}
    assert "黑体" in zipfile.ZipFile(io.BytesIO(file_of("rules", "docx"))).read("word/document.xml").decode()
    section = Document(io.BytesIO(raw)).sections[0]
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(one.mm) for one in margins if one] == [37, 28, 35, 26]
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert abs(28 * pitch - 156 * POINTS_PER_MM) < 1
    assert abs(22 * int(grid.get(qn("w:linePitch"))) / 20 - 225 * POINTS_PER_MM) < 1


def test_28_characters_fit_into_a_line_also_where_a_program_knows_no_grid_narrower_than_its_type() -> None:
    styles = Document(io.BytesIO(file_of("announcement", "docx"))).styles.element
    (normal,) = styles.xpath("w:style[@w:styleId='Normal']")
    (closer,), (beside,) = normal.xpath("w:rPr/w:spacing"), normal.xpath("w:pPr/w:snapToGrid")
    line = 28 * (16 + int(closer.get(qn("w:val"))) / 20)
    assert 155 * POINTS_PER_MM < line <= 156 * POINTS_PER_MM
    assert beside.get(qn("w:val")) == "0"


def test_the_word_file_has_its_page_numbers_outside_too() -> None:
    section = Document(io.BytesIO(file_of("announcement", "docx"))).sections[0]
    for footer in (section.footer, section.even_page_footer):
        xml = footer._element.xml
        assert 'w:instr="PAGE"' in xml
        assert "— " in xml
    assert section.footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert section.even_page_footer.paragraphs[0].alignment != WD_ALIGN_PARAGRAPH.RIGHT


def test_issuer_and_date_never_stand_alone_on_a_page() -> None:
    for lines in range(14, 20):
        blocks = tuple(Text(f"第{n}段") for n in range(lines))
        paper = Formal(title="公告", blocks=blocks, issuer="示例县人大主席团", day="2026年1月25日")
        last = PdfReader(io.BytesIO(formal.pdf(paper, NOW))).pages[-1].extract_text()
        assert f"第{lines - 1}段" in last
        assert "主席团" in last


# Names


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("leave", RARE[:3]),
        ("leave", RARE[3]),
        ("script", RARE[3]),
        ("returned", RARE[1]),
        ("tally", RARE[3]),
        ("minutes", RARE[3]),
        ("ballot", RARE[0]),
        ("rules", RARE[0]),
        ("candidates", RARE[0]),
        ("announcement", RARE[0]),
    ],
)
def test_rare_characters_survive_in_pdf_and_word(key: str, expected: str) -> None:
    assert expected in joined(file_of(key, "pdf"))
    assert expected in docx_text(file_of(key, "docx"))
    assert "〓" not in joined(file_of(key, "pdf"))


@pytest.mark.parametrize("character", [*RARE, "㙍", "𡋾", "𪨶", "𬱖"])
def test_characters_of_names_are_drawn(character: str, tmp_path: Path) -> None:
    (page,) = drawn(official.pdf(Official(title="", blocks=(Text(character),)), NOW), tmp_path)
    assert page.crop((0, 130, page.width, 300)).getextrema()[0] < 100  # type: ignore[operator]  # as above
    assert wanting(character) == ()


def test_what_no_font_has_is_marked_in_the_pdf_and_kept_in_the_word_file() -> None:
    paper = Official(title="名单", blocks=(Text(f"李{UNKNOWN}，王{RARE}"),))
    assert wanting(f"李{UNKNOWN}李{UNKNOWN[0]}") == tuple(UNKNOWN)
    assert f"李〓〓，王{RARE}" in joined(official.pdf(paper, NOW))
    assert f"李{UNKNOWN}，王{RARE}" in docx_text(official.docx(paper, NOW))


def test_common_text_is_left_alone() -> None:
    text = "示例县 ABC 123，“引号”—— ○×√□ ①"
    assert printable(text) == text


def test_the_signed_report_holds_a_name_that_the_mainlands_font_lacks() -> None:
    _, of = session_facts(SELECT, SELECTED)
    assert of.tally is not None
    named = replace(of.tally, candidates=(replace(of.candidates[0], title="𠮷家村道路"), *of.candidates[1:]))
    assert "𠮷家村道路" in joined(tally_report_pdf(named, NOW))


# Ballots


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 210, 297), ("a3", 297, 420)])
def test_a_ballot_is_one_sheet_of_the_size_that_was_asked(size: str, width: int, height: int) -> None:
    wish = Wish(size=size, delegation="城关代表团")  # type: ignore[arg-type]  # one of the two sizes
    (page,) = PdfReader(io.BytesIO(file_of("ballot", "pdf", wish=wish))).pages
    assert round(float(page.mediabox.width) / POINTS_PER_MM) == width
    assert round(float(page.mediabox.height) / POINTS_PER_MM) == height
    section = Document(io.BytesIO(file_of("ballot", "docx", wish=wish))).sections[0]
    assert section.page_width is not None
    assert round(section.page_width.mm) == width


def test_a_delegations_ballot_is_coloured_and_another_is_not(tmp_path: Path) -> None:
    def colours(delegation: str) -> int:
        pdf = file_of("ballot", "pdf", wish=Wish(delegation=delegation))
        raw = subprocess.run(["pdftoppm", "-r", "30", "-"], input=pdf, capture_output=True, check=True).stdout
        _, saturation, _ = Image.open(io.BytesIO(raw)).convert("HSV").split()
        return sum(value > 40 for value in saturation.tobytes())

    parts.need("poppler-utils")
    assert colours("") == 0
    assert colours("城关代表团") > 500
    coloured = file_of("ballot", "docx", wish=Wish(delegation="城关代表团"))
    assert b"w:shd" in zipfile.ZipFile(io.BytesIO(coloured)).read("word/document.xml")


@pytest.mark.parametrize("number", [2, 12, 20])
def test_a_ballot_of_many_projects_is_still_one_sheet(number: int) -> None:
    rules = replace(GRADING, projects=number)
    assert len(PdfReader(io.BytesIO(file_of("ballot", "pdf", rules, None))).pages) == 1


# The signed report


@pytest.mark.parametrize("number", [7, 12, 15])
def test_the_signatures_stand_on_the_page_of_the_figures(number: int) -> None:
    rules = replace(SELECT, candidates=number, places=5)
    counts = replace(SELECTED, votes=tuple(range(100, 100 - number, -1)))
    facts, of = session_facts(rules, counts)
    pdf = made_for_round(facts, of, "tally", "pdf", PLAIN, NOW)[1]
    first, annex = text_of(pdf).split("\f")[:2]
    assert "欧阳雪梅" in first
    assert "总监票人" in first
    assert "附：逐项说明" in annex


def test_the_report_says_how_many_had_to_sign_and_who_did() -> None:
    said = joined(file_of("tally", "pdf"))
    assert "监票人3名，须有2名以上签名，已电子签名2名：王㛃、欧阳雪梅。" in said
    assert "未投" in said


# What there is not


def test_figures_that_may_not_be_seen_make_no_paper() -> None:
    facts, of = session_facts(SELECT)
    for key in ("tally", "announcement", "result"):
        form = ROUND_PAPERS[key].forms[0]
        with pytest.raises(NotYet, match="票数还不能查看"):
            made_for_round(facts, of, key, form, PLAIN, NOW)


@pytest.mark.parametrize(("key", "form"), [("script", "xlsx"), ("nothing", "pdf"), ("rules", "exe")])
def test_a_paper_that_does_not_exist_is_not_found(key: str, form: str) -> None:
    facts, of = session_facts(SELECT, SELECTED)
    with pytest.raises(NotFound):
        made_for_session(facts, key, form, NOW)
    with pytest.raises(NotFound):
        made_for_round(facts, of, key, form, PLAIN, NOW)


def test_a_show_of_hands_has_no_ballot_and_no_box() -> None:
    facts, of = session_facts(APPROVE, method="hands")
    keys = {key for key, _, _ in of_round(facts, of)}
    assert not keys & {"ballot", "empty-box", "returned", "returned-form"}
    assert {"rules", "counted", "announcement"} <= keys
    with pytest.raises(NotFound):
        made_for_round(facts, of, "ballot", "pdf", PLAIN, NOW)


def test_a_void_round_has_no_result() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    void = replace(of, round=replace(of.round, state="void", returned=315), tally=None)
    with pytest.raises(NotYet, match="票决无效，没有计票结果"):
        made_for_round(replace(facts, rounds=(void,)), void, "announcement", "pdf", PLAIN, NOW)
