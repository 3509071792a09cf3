"""Promises of 会议档案: whole, opened by other programs, the same bytes, and no ballot that is not public."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from pypdf import PdfReader

from ballots.verify import verify
from tests.people import SELECT, Hall
from voting.actors import Forbidden, NotYet
from voting.keeping.handover import COLUMNS, TERM_NAMES, ArchiveSettings
from voting.keeping.session_archive import SessionArchive, make
from voting.store import Store

VERIFIER = b"#!/usr/bin/env python3\n"
BOX = "archive.bel"


@pytest.fixture(scope="module")
def hall(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A session with a published round and one whose record is not published."""
    folder = tmp_path_factory.mktemp("archive")
    file = folder / "piaojue.db"
    file.write_bytes(sqlite_template.read_bytes())
    with Store.open(f"sqlite:///{file}") as store:
        held = Hall(store, folder)
        with store.write() as tx:
            tx.settings.put(held.staff, ArchiveSettings(fonds="0023", office="BGS"), held.now())
        for publish in ("with_archive", "list"):
            if publish == "list":
                held.rules = replace(SELECT, publish="list")
                held.turn_to(held.draft("第二轮"))
            held.reach("open")
            held.cast(0, 1)
            held.reach("published")
        yield held


@pytest.fixture(scope="module")
def made(hall: Hall) -> SessionArchive:
    return packed(hall)


def packed(hall: Hall, days: int = 0) -> SessionArchive:
    now = hall.now() + timedelta(days=days)
    return make(hall.store, hall.staff, hall.session.id, hall.signer, VERIFIER, now)


def files(made: SessionArchive) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made.body)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_every_file_has_the_hash_that_the_list_of_hashes_says(made: SessionArchive) -> None:
    found = files(made)
    lines = (line.partition("  ") for line in found.pop("散列值.txt").decode().splitlines())
    listed = {name: digest for digest, _, name in lines}
    assert listed == {name: hashlib.sha256(body).hexdigest() for name, body in found.items()}


def test_the_list_is_a_workbook_in_which_every_piece_has_a_line_and_every_file_lies_there(
    made: SessionArchive,
) -> None:
    found = files(made)
    book = load_workbook(io.BytesIO(found["移交清单.xlsx"]))
    head, *lines = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert head == COLUMNS
    assert len(lines) == len(made.pieces)
    named = {name for line in lines for name in str(line[9]).split("；")}
    assert named == {name for name in found if "/" in name}
    codes = [str(line[1]) for line in lines]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("0023-WS·2026-") and "-BGS-" in code for code in codes)
    assert {line[8] for line in lines} == set(TERM_NAMES.values())
    assert all(line[8] == "永久" for line in lines if "报告单" in str(line[4]) or "公告" in str(line[4]))


def test_the_pages_in_the_list_are_those_that_another_reader_counts(made: SessionArchive) -> None:
    counted = 0
    for one in made.pieces:
        for name, body in one.files:
            if name.endswith(".pdf"):
                assert len(PdfReader(io.BytesIO(body)).pages) == one.pages, name
                counted += 1
    assert counted > 20


def test_the_same_data_give_the_same_bytes_also_a_year_later(hall: Hall, made: SessionArchive) -> None:
    again = packed(hall, days=400)
    assert {name for name, body in files(again).items() if body != files(made)[name]} == set()
    assert again.body == made.body


def test_the_record_in_it_verifies_and_that_of_the_other_round_is_not_in_it(
    hall: Hall, made: SessionArchive
) -> None:
    found = files(made)
    boxes = [name for name in found if name.endswith(BOX)]
    assert boxes == ["01 民生实事项目票决/archive.bel"]
    verify(io.BytesIO(found[boxes[0]]))
    assert made.sealed == ("第二轮",)
    assert "第二轮" in found["说明.txt"].decode()
    with hall.store.read() as tx:
        kept = [body for _, body in tx.box.ballots(hall.current())]
    assert kept
    assert not any(ballot in body for ballot in kept for body in found.values())


def test_before_everything_is_over_there_is_no_archive(store: Store, tmp_path: Path) -> None:
    hall = Hall(store, tmp_path)
    with pytest.raises(NotYet):
        packed(hall)
    hall.reach("counted")
    with pytest.raises(NotYet, match=r"还没有结束"):
        packed(hall)
    hall.audit()


def test_nobody_but_staff_gets_one(hall: Hall) -> None:
    for somebody in (hall.operator, hall.chair, hall.scrutineers[0]):
        with pytest.raises(Forbidden):
            make(hall.store, somebody, hall.session.id, hall.signer, VERIFIER, hall.now())
