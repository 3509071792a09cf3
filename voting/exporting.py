"""The ledger as a workbook or as .csv: every line of a filter, read by key a few thousand at a time.

The workbook is made in a thread of the process that was asked, row by row into a temporary file, and then
kept in pieces in the database: any process, on any machine, can say how far it is and hand it out, and one
that dies leaves a job that visibly stands still. A streamed answer would need none of that, but a workbook
is a zip file that cannot be begun before its last row is known; .csv can, and is streamed.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4
from xml.sax.saxutils import escape

import xlsxwriter

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.handling.lights import light
from voting.ledger import COLUMNS, Day, Filters, Line, cells
from voting.open_data import harmless
from voting.store import Store
from voting.store.exports import Export

BATCH: Final = 2_000
PIECE: Final = 1024 * 1024
BOM: Final = "\ufeff"
_SHEET: Final = "xl/worksheets/sheet1.xml"
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # for XML
_LETTERS: Final = "ABCDEFGHIJKLM"
_WIDTHS: Final = (13, 12, 44, 18, 14, 14, 12, 18, 20, 12, 10, 10, 10)


def start(store: Store, actor: Actor, filters: Filters, query: str, now: Callable[[], datetime]) -> Export:
    """Begin a workbook of everything the filter finds; it is made while the caller goes on.

    Raises Forbidden or SearchTooWide.
    """
    demand(actor, "export")
    begun = now()
    with store.write() as tx:
        day = Day(today(begun), tx.ledger.yellow(actor))
        total = tx.ledger.count(tx.ledger.hits(actor, filters, day))
        new = Export(
            id=uuid4().hex,
            congress=actor.congress,
            membership=actor.link or "",
            query=query,
            started_at=begun,
            seen_at=begun,
            done=0,
            total=total,
        )
        tx.exports.add(new)
        tx.audit.add(actor, "export", begun, "export", new.id, after={"query": query, "rows": total})
    work = (store, actor, filters, new, now)
    threading.Thread(target=make, args=work, name=f"workbook {new.id}", daemon=True).start()
    return new


def make(store: Store, actor: Actor, filters: Filters, job: Export, now: Callable[[], datetime]) -> None:
    """Write the workbook and keep it. Whatever goes wrong is noted with the job, for there is nobody here to
    be told."""
    try:
        with tempfile.TemporaryDirectory(prefix="piaojue-") as folder:
            file = Path(folder) / "ledger.xlsx"
            if write_workbook(file, tables(store, actor, filters, now()), _sign(store, job, now)):
                _keep(store, job, file, now)
    except BaseException:
        with store.write() as tx:
            tx.exports.move(job, failed=True)
        raise


def write_workbook(
    file: Path, batches: Iterator[list[tuple[str, ...]]], progress: Callable[[int], bool]
) -> bool:
    """All cells are text, also what looks like a number or a formula. Memory holds one batch at a time; false
    when `progress` says that nobody wants it any more.

    XlsxWriter makes the frame, and this the million cells of its one sheet: cell by cell it takes four times
    as long (measured: 11 s of CPU for 100,000 lines).
    """
    frame = _frame(file.with_suffix(".frame"))
    row, wanted = 0, True
    packed = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
    with zipfile.ZipFile(frame) as source, packed as target:
        for name in source.namelist():
            if name != _SHEET:
                target.writestr(name, source.read(name))
        head, _, tail = source.read(_SHEET).decode().partition("</sheetData>")
        with target.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(head.encode())
            for batch in batches:
                sheet.write("".join(_row(row + n, line) for n, line in enumerate(batch, 2)).encode())
                row += len(batch)
                wanted = progress(row)
                if not wanted:
                    break
            sheet.write(f"</sheetData>{tail}".encode())
    return wanted


def _frame(file: Path) -> Path:
    """A workbook with the names of the columns, and no line."""
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("台账")
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    book.close()
    return file


def _row(number: int, line: tuple[str, ...]) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'
        for letter, text in zip(_LETTERS, line, strict=True)
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _xml(text: str) -> str:
    return escape(_UNFIT.sub("", text))


def csv_of(batches: Iterator[list[tuple[str, ...]]]) -> Iterator[bytes]:
    """UTF-8 with BOM and CRLF; what a spreadsheet would take for a formula begins with an apostrophe."""
    yield (BOM + _csv([COLUMNS])).encode()
    for batch in batches:
        yield _csv([tuple(map(harmless, line)) for line in batch]).encode()


def csv_file(store: Store, actor: Actor, filters: Filters, query: str, now: datetime) -> Iterator[bytes]:
    """The .csv of everything the filter finds; what is refused is refused before the first byte.

    Raises Forbidden or SearchTooWide.
    """
    demand(actor, "export")
    with store.write() as tx:
        hits = tx.ledger.hits(actor, filters, Day(today(now), tx.ledger.yellow(actor)))
        after = {"query": query, "rows": tx.ledger.count(hits)}
        tx.audit.add(actor, "export", now, "suggestion", after=after)
    return csv_of(tables(store, actor, filters, now))


def pieces(store: Store, job: Export) -> Iterator[bytes]:
    """The workbook a megabyte at a time; no connection is held while a slow line takes them."""
    place = 0
    while True:
        with store.read() as tx:
            body = tx.exports.part(job, place)
        if body is None:
            return
        yield body
        place += 1


def tables(
    store: Store, actor: Actor, filters: Filters, now: datetime, batch: int = BATCH
) -> Iterator[list[tuple[str, ...]]]:
    """The words of all lines, in batches; each is read in a transaction of its own."""
    with store.read() as tx:
        names, yellow = tx.ledger.names(actor), tx.ledger.yellow(actor)
        day = Day(today(now), yellow)
        hits = tx.ledger.hits(actor, filters, day)
    after = None
    while True:
        with store.read() as tx:
            lines = tx.ledger.stretch(hits, filters, batch, after)
        if not lines:
            return
        yield [cells(line, names, light_of(line, day)) for line in lines]
        after = lines[-1].place(filters.order)


def light_of(line: Line, day: Day) -> str:
    """绿灯, 黄灯, 红灯; empty without a term, and for one that follows its main one."""
    if line.merged_into or line.due is None:
        return ""
    return light(line.due, day.today, day.yellow).name


def _sign(store: Store, job: Export, now: Callable[[], datetime]) -> Callable[[int], bool]:
    def progress(done: int) -> bool:
        with store.write() as tx:
            return tx.exports.move(job, done=done, seen_at=now())

    return progress


def _keep(store: Store, job: Export, file: Path, now: Callable[[], datetime]) -> None:
    with file.open("rb") as opened, store.write() as tx:
        place = 0
        while body := opened.read(PIECE):
            tx.exports.add_part(job, place, body)
            place += 1
        tx.exports.move(job, finished_at=now(), seen_at=now())


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
