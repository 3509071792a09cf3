"""A table of suggestions: all rows or none, once; read as the office wrote it."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from msgspec.structs import replace

from tests.collecting import a_call
from tests.county import FIRST_DAY, County
from voting.actors import Forbidden
from voting.collecting.codes import query_code, query_hash
from voting.collecting.importing import import_table
from voting.collecting.table import Lists, TableError, read_table
from voting.indexing import INDEXED_AT_ONCE, index_missing
from voting.people import Village

SECRET = b"c" * 32


def table(count: int) -> bytes:
    rows = "".join(
        f"第{n}条巷子没有路灯,晚上看不见路。,群众,2026-08-{n % 28 + 1:02d}\n" for n in range(count)
    )
    return f"标题,内容,来源,收到日期\n{rows}".encode()


def test_every_row_is_numbered_found_by_its_words_and_imported_once(county: County) -> None:
    count = INDEXED_AT_ONCE + 3
    done = import_table(county.store, county.staff, "a.csv", table(count), SECRET, county.now())
    assert (done.added, done.first, done.last) == (count, "2026-00001", f"2026-{count:05d}")
    again = import_table(county.store, county.staff, "b.csv", table(count), SECRET, county.now())
    assert again.added == 0
    with county.store.read() as tx:
        found = tx.handlings.inbox(county.staff, ["registered"], 99)
        assert sorted(one.number for one in found) == list(range(1, count + 1))
        assert tx.words.having(county.congress.id, ["路灯"]).having["路灯"] == count
        first = found[0]
        code = query_code(SECRET, county.congress.id, first.form_key)
        assert tx.suggestions.by_query_hash(query_hash(code)) == first
        assert {one.channel for one in found} == {"import"}
        assert all(one.released_at is None for one in found)


def test_rows_belong_to_the_call_of_their_day(county: County) -> None:
    call = a_call(county, date(2026, 8, 10), date(2026, 9, 30))
    import_table(county.store, county.government, "a.csv", table(28), SECRET, county.now())
    with county.store.read() as tx:
        found = tx.handlings.inbox(county.staff, ["registered"], 99)
    for one in found:
        inside = one.received_at >= FIRST_DAY.replace(month=8, day=10, hour=0)
        assert (one.call, one.kind, one.year) == (
            (call.id, "clue", 2027) if inside else (None, "opinion", 2026)
        )


def test_a_bad_row_or_a_stranger_imports_nothing(county: County) -> None:
    with pytest.raises(TableError) as refused:
        import_table(county.store, county.staff, "a.csv", table(3) + b",,,\n,x,y,z\n", SECRET, county.now())
    assert [problem.row for problem in refused.value.problems] == [6, 6, 6]
    with pytest.raises(Forbidden):
        import_table(county.store, county.deputy, "a.csv", table(3), SECRET, county.now())
    with county.store.read() as tx:
        assert tx.handlings.inbox(county.staff, ["registered"], 99) == ()


def test_a_village_that_two_towns_have_is_asked_about() -> None:
    village = Village(id="1", congress="c", name="东河村", town="城关镇")
    twins = (village, replace(village, id="2", town="东河镇"))
    lists = Lists(categories=(), villages=twins, today=date(2026, 9, 1))

    def read(name: str) -> str | None:
        raw = f"标题,内容,来源,村社\n路灯,坏了。,群众,{name}\n".encode()
        return read_table("a.csv", raw, lists)[0].entry.village

    with pytest.raises(TableError) as refused:
        read("东河村")
    assert "有2个乡镇都有“东河村”" in refused.value.problems[0].reason
    assert (read("城关镇东河村"), read("东河镇 东河村"), read("")) == ("1", "2", None)


DAYS: Final = (
    "2026-08-09",
    "2026/8/9",
    "2026年8月9日",
    "2026.8.9",
    "２０２６－８－９",
    " 2026-08-09 00:00:00 ",
)


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_is_read_as_offices_write_it(typed: str) -> None:
    lists = Lists(categories=(), villages=(), today=date(2026, 9, 1))
    raw = f"标题,内容,来源,收到日期\n路灯,坏了。,群众,{typed}\n".encode()
    assert read_table("a.csv", raw, lists)[0].day == date(2026, 8, 9)


def test_rows_that_nobody_made_findable_are_so_after_the_next_import_or_reminder(county: County) -> None:
    """A process that dies after the rows are in, and before their words are."""
    left = county.suggest("安装路灯")
    county.town.suggest("镇里的路灯")
    with county.store.read() as tx:
        assert tx.words.missing(county.congress.id) == (left.id,)
    import_table(county.store, county.staff, "a.csv", table(2), SECRET, county.now())
    with county.store.read() as tx:
        assert tx.words.missing(county.congress.id) == ()
        assert tx.words.having(county.congress.id, ["安装"]).having["安装"] == 1
    assert index_missing(county.store, county.town.congress.id) == 1
    assert index_missing(county.store, county.town.congress.id) == 0
