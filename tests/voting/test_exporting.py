"""Promises of voting/exporting.py: every line, in the columns of the ledger, and nothing that calculates."""

from __future__ import annotations

import csv
import io
import tempfile
import threading
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest
from python_calamine import CalamineWorkbook

from tests.county import County
from voting import exporting
from voting.actors import Forbidden, NotFound
from voting.ledger import COLUMNS, Filters, Tally, rate
from voting.store.exports import Export
from voting.store.tables import people
from voting.store.words import SearchTooWide

EVIL = ("=1+1", "+A1", "-2", "@SUM(A1)", "<b>&'\"", "2027-00001", "007")


def begun(county: County, filters: Filters) -> Export:
    """A job as `start` leaves it, before anybody works on it."""
    now = county.now()
    job = Export(
        id="0" * 32,
        congress=county.congress.id,
        membership=county.staff.link or "",
        query="",
        started_at=now,
        seen_at=now,
        done=0,
        total=0,
    )
    with county.store.write() as tx:
        tx.exports.add(job)
    exporting.make(county.store, county.staff, filters, job, county.now)
    with county.store.read() as tx:
        return tx.exports.get(county.staff, job.id)


def saved(county: County, job: Export, folder: Path) -> Path:
    file = folder / "ledger.xlsx"
    file.write_bytes(b"".join(exporting.pieces(county.store, job)))
    return file


def test_a_workbook_holds_every_line_as_text(county: County, tmp_path: Path) -> None:
    for title in EVIL:
        county.suggest(title, proposer=title)
    job = begun(county, Filters(order="oldest"))
    assert (job.done, job.finished_at is not None) == (len(EVIL), True)
    sheet = openpyxl.load_workbook(saved(county, job, tmp_path))["台账"]
    rows = list(sheet.iter_rows())
    assert tuple(cell.value for cell in rows[0]) == COLUMNS
    assert [row[2].value for row in rows[1:]] == list(EVIL)
    kinds = {cell.data_type for row in rows for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}
    assert rows[1][0].value == "2027-00001"


def test_another_program_reads_the_same(county: County, tmp_path: Path) -> None:
    for title in EVIL:
        county.suggest(title)
    file = saved(county, begun(county, Filters()), tmp_path)
    table = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("台账").to_python()
    assert [row[2] for row in table[1:]] == list(reversed(EVIL))


def test_lines_are_read_in_batches_without_gap(county: County) -> None:
    labels = [county.suggest(f"第{n}件").label for n in range(8)]
    batches = list(exporting.tables(county.store, county.staff, Filters(), county.now(), batch=3))
    assert [len(batch) for batch in batches] == [3, 3, 2]
    assert [line[0] for batch in batches for line in batch] == labels[::-1]


def test_csv_opens_in_a_spreadsheet_and_calculates_nothing(county: County) -> None:
    for title in EVIL:
        county.suggest(title)
    raw = b"".join(exporting.csv_file(county.store, county.staff, Filters(order="oldest"), "", county.now()))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[2] for row in rows[1:]] == [*(f"'{one}" for one in EVIL[:4]), *EVIL[4:]]


def test_only_the_filtered_ones_of_the_own_congress_are_written(county: County, tmp_path: Path) -> None:
    county.suggest("这件", state="assigned")
    county.suggest("别的")
    county.town.suggest("镇里的", state="assigned")
    file = saved(county, begun(county, Filters(state="assigned")), tmp_path)
    table = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("台账").to_python()
    assert [row[2] for row in table[1:]] == ["这件"]


def test_what_is_confidential_and_telephones_stay_here(county: County) -> None:
    county.suggest("举报", proposer="周大爷", phone="13912345678", confidential=True)
    raw = b"".join(exporting.csv_file(county.store, county.staff, Filters(), "", county.now())).decode()
    assert "周大爷" not in raw
    assert "13912345678" not in raw
    assert "（要求保密）" in raw


def test_an_export_is_begun_logged_and_finished_by_itself(county: County) -> None:
    county.suggest()
    job = exporting.start(county.store, county.staff, Filters(), "state=assigned", county.now)
    assert job.total == 1
    with county.store.read() as tx:
        query = people.audit.select().where(people.audit.c.subject_id == job.id)
        assert [row.what for row in tx.audit._connection.execute(query)] == ["export"]
    for thread in threading.enumerate():
        if thread.name == f"workbook {job.id}":
            thread.join()
    with county.store.read() as tx:
        assert tx.exports.get(county.staff, job.id).finished_at is not None


def test_only_the_offices_export(county: County) -> None:
    for actor in (county.presidium, county.deputy, county.unit):
        with pytest.raises(Forbidden):
            exporting.start(county.store, actor, Filters(), "", county.now)
        with pytest.raises(Forbidden):
            exporting.csv_file(county.store, actor, Filters(), "", county.now())


def test_a_refused_search_begins_nothing(county: County) -> None:
    with pytest.raises(SearchTooWide):
        exporting.start(county.store, county.staff, Filters(text="的"), "", county.now)
    with pytest.raises(SearchTooWide):
        exporting.csv_file(county.store, county.staff, Filters(text="的"), "", county.now())


def test_what_goes_wrong_on_the_way_is_noted_with_the_job(
    county: County, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(FileNotFoundError):
        begun(county, Filters())
    with county.store.read() as tx:
        job = tx.exports.get(county.staff, "0" * 32)
    assert job.failed
    assert job.is_lost(county.now())
    with county.store.read() as tx, pytest.raises(NotFound):
        tx.exports.get(county.government, job.id)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(85, 87, "97.7%"), (0, 0, "—"), (0, 5, "0.0%"), (1, 1, "100.0%"), (1, 2000, "0.1%"), (1, 2001, "0.0%")],
)
def test_rates_have_one_decimal_half_up(part: int, whole: int, words: str) -> None:
    assert rate(part, whole) == words


def test_each_rate_has_its_own_base() -> None:
    tally = Tally(
        received=10,
        taken_up=8,
        answered=6,
        closed=4,
        evaluated=3,
        satisfied=1,
        basic=1,
        decided_clues=5,
        adopted=2,
    )
    assert (tally.answering, tally.closing) == ("75.0%", "50.0%")
    assert (tally.satisfaction, tally.overall, tally.adoption) == ("33.3%", "66.7%", "40.0%")
