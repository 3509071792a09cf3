"""Files made to harm: refused with a sentence, nothing kept, nothing of them given back to a browser."""

from __future__ import annotations

import io
import zipfile
from typing import Final

import pytest
from PIL import Image

from tests.pictures import claims, jpeg, png
from tests.voting.workbooks import rewritten, workbook
from tests.web.citizen import Citizen
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from voting.photos import prepare
from voting.sheets import SheetError, read_sheets

SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT: Final = b"<script>alert(document.cookie)</script>"


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (40, 30)).save(out, "GIF")
    return out.getvalue()


BAD_PHOTOS: Final = {
    "svg": SVG,
    "svg behind a jpeg's mark": b"\xff\xd8\xff\xe0" + SVG,
    "html": b"<html>" + SCRIPT,
    "gif": gif(),
    "tiff": b"II*\0" + b"\0" * 200,
    "ico": b"\0\0\1\0\1\0" + b"\0" * 200,
    "eps runs programs elsewhere": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "pdf": b"%PDF-1.7\n%%EOF",
    "a million by a million": claims(1_000_000, 1_000_000),
    "two billion wide": claims(2**31 - 1, 1),
    "a line": png(4000, 1),
    "cut off": jpeg()[:500],
    "nothing behind the header": claims(3000, 2000),
}


@pytest.fixture
def citizen(house: House) -> Citizen:
    return Citizen(house)


@pytest.mark.parametrize("kind", BAD_PHOTOS)
def test_what_is_no_photo_is_named_by_place_and_nothing_is_kept(citizen: Citizen, kind: str) -> None:
    page = citizen.form()
    with unchanged(citizen.house.store):
        answer = citizen.send(page, photos=(BAD_PHOTOS[kind],))
    assert answer.status_code == 422
    assert "第 1 张" in answer.text
    assert SCRIPT.decode() not in answer.text


def test_a_photo_that_is_also_a_page_or_an_archive_keeps_nothing_of_it() -> None:
    """A polyglot: after the picture, and in its comment, stand a script and a zip; none comes out again."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, "JPEG", comment=SCRIPT)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.class", b"\xca\xfe\xba\xbe")
    made = prepare(out.getvalue() + SCRIPT + packed.getvalue())
    for kept in (made.body, made.small):
        assert b"script" not in kept
        assert b"PK\3\4" not in kept
        assert kept[:3] == b"\xff\xd8\xff"
        with Image.open(io.BytesIO(kept)) as opened:
            assert opened.format == "JPEG"


def test_a_kept_photo_is_given_back_as_a_picture_and_as_nothing_else(citizen: Citizen) -> None:
    """Type by us, never guessed by the browser, under a name of ours."""
    code = citizen.code_of(citizen.send(photos=(jpeg(64, 48),)))
    with citizen.house.store.read() as tx:
        (photo,) = tx.photos.of(tx.inbox.waiting(citizen.body.staff, 9)[0])
    answer = citizen.client.get(f"{citizen.home}/mine/{code}/photos/{photo.id}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_file_of_many_parts_is_refused(citizen: Citizen) -> None:
    page = citizen.form()
    fields = citizen.fields(page)
    citizen.pass_time(30)
    files = [("photos", (f"{n}.jpg", b"x")) for n in range(5000)]
    with unchanged(citizen.house.store):
        answer = citizen.client.post(f"{citizen.home}/new", data=fields, files=files)
    assert answer.status_code in {400, 413, 422}


def test_a_name_of_a_file_leads_nowhere_and_is_shown_harmless(citizen: Citizen) -> None:
    for name in (
        "../../etc/passwd",
        '"><script>alert(1)</script>.jpg',
        "a\0b.jpg",
        "x" * 5000 + ".jpg",
        "。.svg",
    ):
        page = citizen.form()
        fields = citizen.fields(page)
        citizen.pass_time(30)
        answer = citizen.client.post(
            f"{citizen.home}/new", data=fields, files={"photos": (name, b"no photo")}
        )
        assert answer.status_code in {400, 422}
        assert "<script>alert" not in answer.text


DOCTYPE: Final = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">%b]>'
LAUGHS: Final = b"".join(
    b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(9)
)
SHEET: Final = (
    b'%b<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>%b</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize("entity", [b"&e;", b"&l8;"])
def test_an_entity_of_a_workbook_is_never_resolved(entity: bytes) -> None:
    """Neither a file of this machine nor a billion laughs: refused, or the cell stays without it."""
    part = SHEET % (DOCTYPE % LAUGHS, entity)
    raw = rewritten(workbook([["名称"]]), "xl/worksheets/sheet1.xml", part)
    try:
        text = str(read_sheets("表.xlsx", raw))
    except SheetError:
        return
    assert "root:" not in text
    assert len(text) < 10_000


def test_a_formula_and_an_outside_reference_are_read_as_what_they_showed_or_not_at_all() -> None:
    """Nothing is computed and nothing is fetched."""
    raw = workbook([['=HYPERLINK("https://evil.example")', "=[1]外部!A1", "=1+1", "普通"]])
    (sheet,) = read_sheets("表.xlsx", raw)
    cells = [cell.text for row in sheet.rows for cell in row.cells]
    assert cells == ["", "", "", "普通"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("表.xlsx", b"PK\3\4" + b"\0" * 100),
        ("表.xlsx", SVG),
        ("表.csv", b"\xff\xfea\0"),
        ("表.csv", b'"' + b"x" * 200_000),
        ("表.xlsm", workbook([["x"]])),
        ("../表.exe", b"MZ"),
        ("表", b"x"),
    ],
)
def test_what_is_no_table_is_refused_on_the_page_and_changes_nothing(
    house: House, name: str, body: bytes
) -> None:
    clerk: Person = house.enter_as(house.county.staff)
    clerk.get()
    with unchanged(house.store):
        answer = clerk.upload("/lists/deputies/import", "file", name, body)
    assert answer.status_code in {400, 422}
