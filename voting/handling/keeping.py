"""工作日历 and 办理时限: what the office keeps so that the clocks are right."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.handling.clocks import Clocks, lacks_holidays
from voting.handling.desk import name
from voting.handling.facts import Workday
from voting.handling.refusals import CalendarError
from voting.sheets import Sheet
from voting.store import Store
from voting.text import clean_line

MOST_DAYS: Final = 400
WORKING_WORDS: Final[dict[str, bool]] = {
    "放假": False,
    "休息": False,
    "休": False,
    "上班": True,
    "调休上班": True,
    "班": True,
}
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00:00)?")
_WARN_FROM_MONTH: Final = 11


def set_day(store: Store, actor: Actor, day: date, called: str, now: datetime, *, working: bool) -> None:
    """A holiday, or a weekend on which people work. The newer entry of a day holds.

    Raises TextError, Forbidden.
    """
    demand(actor, "keep_calendar")
    entry = Workday(congress=actor.congress, day=day, working=working, name=name(called, "名称"))
    set_days(store, actor, [entry], now)


def set_days(store: Store, actor: Actor, days: list[Workday], now: datetime) -> int:
    """All of a table; how many were new or different. Raises Forbidden."""
    demand(actor, "keep_calendar")
    with store.write() as tx:
        known = {one.day: one for one in tx.handlings.workdays(actor.congress)}
        new = [one for one in days if known.get(one.day) != one]
        for one in new:
            tx.handlings.set_workday(one)
            after = {"day": one.day, "working": one.working, "name": one.name}
            tx.audit.add(actor, "set_workday", now, "workday", after=after)
    return len(new)


def drop_day(store: Store, actor: Actor, day: date, now: datetime) -> None:
    """The day is again what Monday to Friday makes of it. Dropping it twice changes nothing more."""
    demand(actor, "keep_calendar")
    with store.write() as tx:
        if day in {one.day for one in tx.handlings.workdays(actor.congress)}:
            tx.handlings.drop_workday(actor.congress, day)
            tx.audit.add(actor, "drop_workday", now, "workday", before={"day": day})


def calendar_of(store: Store, actor: Actor) -> tuple[Workday, ...]:
    """By day. Raises Forbidden."""
    demand(actor, "keep_calendar")
    with store.read() as tx:
        return tx.handlings.workdays(actor.congress)


def change_clocks(store: Store, actor: Actor, clocks: Clocks, now: datetime) -> None:
    """办理时限 for what is handed over from now on; days already given stay. Raises Forbidden."""
    demand(actor, "keep_calendar")
    with store.write() as tx:
        tx.settings.put(actor, clocks, now)


def clocks_of(store: Store, actor: Actor) -> Clocks:
    """As they stand; everybody of the congress may know them."""
    with store.read() as tx:
        return tx.settings.get(actor.congress, Clocks)


def years_without_holidays(days: tuple[Workday, ...], now: datetime) -> tuple[int, ...]:
    """This year, and from November the coming one, if nobody has entered its holidays."""
    day = today(now)
    years = [day.year] + ([day.year + 1] if day.month >= _WARN_FROM_MONTH else [])
    return tuple(year for year in years if lacks_holidays(days, year))


def read_table(congress: str, sheets: list[Sheet]) -> list[Workday]:
    """日期, 放假 or 上班, 名称: one day a row, a heading may stand above. Raises CalendarError, TextError."""
    if len(sheets) != 1:
        raise CalendarError("文件里有几张表。请只留节假日表。")
    days: dict[date, Workday] = {}
    for row in sheets[0].rows:
        cells = [cell.text.strip() for cell in row.cells] + ["", "", ""]
        if not days and not _DATE.fullmatch(cells[0]) and "日期" in cells[0]:
            continue
        one = _row(congress, row.number, cells)
        days[one.day] = one
    if not 1 <= len(days) <= MOST_DAYS:
        raise CalendarError(f"表里应有 1 至 {MOST_DAYS} 天，读到 {len(days)} 天。请核对。")
    return list(days.values())


def _row(congress: str, number: int, cells: list[str]) -> Workday:
    found = _DATE.fullmatch(cells[0])
    if found is None:
        raise CalendarError(f"第{number}行的日期“{cells[0][:20]}”认不出。请写成 2027-02-08 这样。")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise CalendarError(f"第{number}行：没有“{cells[0]}”这一天。请核对。") from None
    if cells[1] not in WORKING_WORDS:
        raise CalendarError(f"第{number}行的第二格应是“放假”或者“上班”，现在是“{cells[1][:20]}”。")
    working = WORKING_WORDS[cells[1]]
    called = clean_line(cells[2] or ("调休上班" if working else "放假"), f"第{number}行的名称")
    return Workday(congress=congress, day=day, working=working, name=called)
