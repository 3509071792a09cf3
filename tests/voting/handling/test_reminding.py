"""Promises of reminding and of the calendar: who is told, once, and what a table of holidays may hold."""

from __future__ import annotations

from datetime import date

import pytest

from tests.county import County
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import accepted, handed, now_of, on, part_of, released
from voting.actors import Forbidden
from voting.handling import keeping
from voting.handling.facts import Workday
from voting.handling.refusals import CalendarError
from voting.handling.reminding import remind
from voting.sheets import read_sheets


def test_a_unit_is_reminded_before_at_and_after_its_last_day_once_each(county: County) -> None:
    item = county.suggest()
    part = handed(county, item)
    here = county.congress.id
    assert part.return_by == date(2026, 9, 15)
    assert remind(county.store, here, on(date(2026, 9, 9))) == ()
    for day, words in ((10, "快到期"), (15, "今天到期"), (18, "已超期")):
        remind(county.store, here, on(date(2026, 9, day)))
        with unchanged(county.store):
            remind(county.store, here, on(date(2026, 9, day), 5))
        with county.store.read() as tx:
            texts = [one.text for one in tx.notices.listing(county.unit)]
            assert sum(text.startswith(words) for text in texts) == 1
            assert not tx.notices.listing(county.other_unit)


def test_the_office_is_reminded_of_decisions_and_the_deputy_of_the_evaluation(county: County) -> None:
    county.suggest("没有人决定")
    mine = county.suggest("请评价", kind="proposal", deputy=county.deputies[0].id)
    released(county, mine)
    remind(county.store, county.congress.id, on(date(2026, 9, 29)))
    with county.store.read() as tx:
        office = [one.text for one in tx.notices.listing(county.staff)]
        deputy = [one.text for one in tx.notices.listing(county.deputy)]
        assert tx.notices.listing(county.town.staff) == ()
    assert any("请评价" in text and "评价答复" in text for text in deputy)
    assert any("没有人决定" in text for text in office)


def test_what_is_answered_reminds_no_unit(county: County) -> None:
    released(county, county.suggest())
    found = remind(county.store, county.congress.id, on(date(2027, 6, 1)))
    assert [one for one in found if one.unit] == []


def test_a_holiday_moves_the_last_days_of_what_is_handed_over_afterwards(county: County) -> None:
    before = handed(county, county.suggest())
    keeping.set_day(county.store, county.staff, date(2026, 9, 7), "放假", county.now(), working=False)
    after = handed(county, county.suggest())
    assert (before.return_by, after.return_by) == (date(2026, 9, 15), date(2026, 9, 16))
    keeping.drop_day(county.store, county.staff, date(2026, 9, 7), county.now())
    with unchanged(county.store):
        keeping.drop_day(county.store, county.staff, date(2026, 9, 7), county.now())
    assert keeping.calendar_of(county.store, county.staff) == ()


def test_a_table_of_holidays_is_read_and_reading_it_again_changes_nothing(county: County) -> None:
    raw = "日期,安排,名称\n2027-02-06,上班,春节调休\n2027/2/8,放假,春节\n2027年2月9日,放假,春节\n".encode(
        "gb18030"
    )
    days = keeping.read_table(county.congress.id, read_sheets("节假日.csv", raw))
    assert keeping.set_days(county.store, county.staff, days, county.now()) == 3
    with unchanged(county.store):
        assert keeping.set_days(county.store, county.staff, days, county.now()) == 0
    kept = keeping.calendar_of(county.store, county.staff)
    assert [(one.day.day, one.working) for one in kept] == [(6, True), (8, False), (9, False)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("明年春节,放假,春节", "认不出"),
        ("2027-02-30,放假,春节", "没有“2027-02-30”这一天"),
        ("2027-02-08,也许,春节", "应是“放假”或者“上班”"),
        ("", "读到 0 天"),
    ],
)
def test_a_table_that_cannot_be_a_calendar_is_refused_with_its_row(line: str, words: str) -> None:
    sheets = read_sheets("节假日.csv", f"日期,安排,名称\n{line}\n".encode())
    with pytest.raises(CalendarError, match=words):
        keeping.read_table("0" * 32, sheets)


def test_the_coming_year_is_asked_for_from_november(county: County) -> None:
    this_year = (Workday(congress="c", day=date(2026, 10, 1), working=False, name="国庆"),)
    assert keeping.years_without_holidays(this_year, on(date(2026, 10, 31))) == ()
    assert keeping.years_without_holidays(this_year, on(date(2026, 11, 1))) == (2027,)


def test_a_unit_does_not_keep_the_calendar(county: County) -> None:
    with refused(county.store, Forbidden):
        keeping.set_day(county.store, county.unit, date(2026, 9, 7), "放假", county.now(), working=False)


def test_the_next_day_that_counts_follows_every_step(county: County) -> None:
    item = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    part = accepted(county, item)
    assert now_of(county, item).due == part.contact_by
    assert part_of(county, item).promised == part.answer_by
