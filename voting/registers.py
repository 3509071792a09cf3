"""登记簿: what was written down about meeting people, a year of it as a table for Excel.

接待登记 at the stations, 三访 and 面商 about suggestions, 双联. Bounded by the year: nobody prints more.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct
from xlsxwriter import Workbook

from voting.actors import Actor
from voting.contacts import CHANNEL_NAMES
from voting.days import CHINA
from voting.duties import Action, demand
from voting.handling.facts import CONTACT_NAMES, PART_NAMES
from voting.open_data import table_csv
from voting.store import Store, Transaction

Name = Literal["receptions", "contacts", "liaisons"]


class Register(Struct, frozen=True, kw_only=True):
    """One of them: its columns with their widths in Excel's unit, and whose business it is."""

    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    action: Action


class Table(Struct, frozen=True, kw_only=True):
    """A year of a register, by day."""

    register: Register
    year: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        return f"{self.register.title}（{self.year}年）"


REGISTERS: Final[dict[Name, Register]] = {
    "receptions": Register(
        title="联络站接待登记",
        head=("接待日期", "联络站", "接待代表", "接待人次", "说明", "登记人", "登记时间"),
        widths=(12, 24, 24, 10, 50, 12, 18),
        action="keep_places",
    ),
    "contacts": Register(
        title="走访面商登记",
        head=(
            "编号",
            "标题",
            "单位",
            "主办协办",
            "方式",
            "日期",
            "与谁联系",
            "联系情况",
            "登记人",
            "登记时间",
        ),
        widths=(13, 40, 20, 10, 10, 12, 16, 50, 12, 18),
        action="export",
    ),
    "liaisons": Register(
        title="代表联系登记",
        head=("联系日期", "代表", "代表团", "联系对象", "方式", "联系情况", "登记人", "登记时间"),
        widths=(12, 12, 18, 16, 10, 50, 12, 18),
        action="keep_liaisons",
    ),
}


def table(store: Store, actor: Actor, name: Name, year: int, now: datetime) -> Table:
    """Who took it out is in the log. Raises Forbidden."""
    register = REGISTERS[name]
    demand(actor, register.action)
    first, last = date(year, 1, 1), date(year, 12, 31)
    with store.write() as tx:
        rows = _READ[name](tx, actor, first, last)
        after = {"name": register.title, "year": year, "rows": len(rows)}
        tx.audit.add(actor, "export", now, _SUBJECTS[name], after=after)
    return Table(register=register, year=year, rows=rows)


def csv_of(made: Table) -> bytes:
    """UTF-8 with BOM; what a spreadsheet would take for a formula begins with an apostrophe."""
    return table_csv(made.register.head, made.rows)


def workbook(made: Table) -> bytes:
    """Every cell is text, also what looks like a number or a formula."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(made.register.title)
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(zip(made.register.head, made.register.widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(made.rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell, wrapped)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _receptions(tx: Transaction, actor: Actor, first: date, last: date) -> tuple[tuple[str, ...], ...]:
    stations = {one.id: one.name for one in tx.stations.all(actor.congress)}
    return tuple(
        (
            f"{one.day}",
            stations.get(one.station, ""),
            one.deputies,
            str(one.people),
            one.note,
            one.entered_by,
            _time(one.entered_at),
        )
        for one in tx.station_work.received(actor, first, last)
    )


def _contacts(tx: Transaction, actor: Actor, first: date, last: date) -> tuple[tuple[str, ...], ...]:
    units = {one.id: one.name for one in tx.units.all(actor.congress)}
    return tuple(
        (
            item.label,
            item.title,
            units.get(part.unit, ""),
            PART_NAMES[part.part],
            CONTACT_NAMES[one.kind],
            f"{one.day}",
            one.with_whom,
            one.note,
            one.entered_by,
            _time(one.entered_at),
        )
        for one, part, item in tx.handlings.contact_log(actor, first, last)
    )


def _liaisons(tx: Transaction, actor: Actor, first: date, last: date) -> tuple[tuple[str, ...], ...]:
    deputies = {one.id: one for one in tx.deputies.all(actor.congress)}
    return tuple(
        (
            f"{said.day}",
            deputies[made.deputy].name,
            deputies[made.deputy].delegation,
            deputies[made.other].name if made.other else made.name,
            CHANNEL_NAMES[said.channel],
            said.note,
            said.entered_by,
            _time(said.entered_at),
        )
        for made, said in tx.liaisons.log(actor, first, last)
    )


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


_READ: Final[dict[Name, Callable[[Transaction, Actor, date, date], tuple[tuple[str, ...], ...]]]] = {
    "receptions": _receptions,
    "contacts": _contacts,
    "liaisons": _liaisons,
}
_SUBJECTS: Final[dict[Name, str]] = {
    "receptions": "reception",
    "contacts": "contact",
    "liaisons": "liaison_contact",
}
