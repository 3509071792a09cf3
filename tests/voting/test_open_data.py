"""Promises of tables and feeds for everybody."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from voting.open_data import Feed, table_csv

AT = datetime(2026, 9, 3, 4, 5, 6, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_table_reads_back_and_begins_with_the_mark_that_excel_needs() -> None:
    raw = table_csv(("名称", "件数"), [("修路，\n加宽", 3), ("𠮷家村", None)])
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows == [["名称", "件数"], ["修路，\n加宽", "3"], ["𠮷家村", ""]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_runs_in_no_spreadsheet(start: str) -> None:
    raw = table_csv(("名称",), [(f"{start}1+1",)])
    assert f"'{start}1+1" in raw.decode("utf-8-sig")


def test_a_feed_holds_its_entries_and_is_dated_by_the_newest() -> None:
    feed = Feed("征集", "https://a.example/t", "https://a.example/t/feed.atom", "示例县")
    feed.add("https://a.example/t/1", "修路 <script>", "路 & 桥", AT)
    root = ET.fromstring(feed.to_bytes(AT))  # noqa: S314 - our own document
    assert root.findtext(f"{ATOM}updated") == "2026-09-03T04:05:06Z"
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "修路 <script>"
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == "路 & 桥"


def test_an_empty_feed_is_as_new_as_now() -> None:
    feed = Feed("征集", "https://a.example/t", "https://a.example/t/feed.atom", "示例县")
    root = ET.fromstring(feed.to_bytes(AT))  # noqa: S314 - our own document
    assert root.findtext(f"{ATOM}updated") == "2026-09-03T04:05:06Z"
