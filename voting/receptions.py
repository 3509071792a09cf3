"""接待日 (一七有约): a day of each month on which deputies receive people at many points at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from voting.errors import VotingError
from voting.people import Deputy

LAST_DAY: Final = 28
"""Every month has it."""

_BETWEEN_NAMES = re.compile(r"[、，,；;\n]+")


class NamesUnclear(VotingError):
    """A name that no sitting deputy has, or that several have."""

    sentence = "填写的代表在名册里没有找到。请核对姓名。"


class ReceptionPlan(Struct, frozen=True, kw_only=True, tag="receptions"):
    """Which day of the month, what it is called here, and the stations that take part. `day` 0: none yet."""

    name: str = "代表接待日"
    day: int = 0
    stations: tuple[str, ...] = ()


class DayFigures(Struct, frozen=True, kw_only=True):
    """One reception day, or several added up.

    `points` took part, `deputies` were on duty (人次), `receptions` were recorded with so many `people`
    (人次), `suggestions` came in at these points that day, and `resolved` of them were answered on the spot
    or closed by their unit with result A. The counts may overlap and need not add up.
    """

    points: int = 0
    deputies: int = 0
    receptions: int = 0
    people: int = 0
    suggestions: int = 0
    resolved: int = 0


def next_day(day_of_month: int, today: date) -> date:
    """Today, or the next day with this number (1 to 28)."""
    if today.day <= day_of_month:
        return today.replace(day=day_of_month)
    year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return date(year, month, day_of_month)


def total(days: Iterable[DayFigures]) -> DayFigures:
    """Every count by itself."""
    names = DayFigures.__struct_fields__
    every = tuple(days)
    return DayFigures(**{name: sum(getattr(one, name) for one in every) for name in names})


def read_names(text: str, deputies: Sequence[Deputy]) -> tuple[Deputy, ...]:
    """The deputies named in a line, each once, in their printed order. Raises NamesUnclear."""
    found = {_named(part.strip(), deputies).id for part in _BETWEEN_NAMES.split(text) if part.strip()}
    return tuple(one for one in deputies if one.id in found)


def written(some: Iterable[Deputy], deputies: Sequence[Deputy]) -> str:
    """As `read_names` reads it."""
    return "、".join(_name_of(one, deputies) for one in some)


def _named(name: str, deputies: Sequence[Deputy]) -> Deputy:
    plain = name.replace("(", "（").replace(")", "）")
    found = [one for one in deputies if plain in {one.name, f"{one.name}（{one.delegation}）"}]
    if not found:
        raise NamesUnclear(f"现任代表名册里没有“{name[:40]}”。请核对姓名，几位代表之间用顿号隔开。")
    if len(found) > 1:
        raise NamesUnclear(f"有 {len(found)} 位代表叫“{name}”。请写明代表团，例如：{_long(found[0])}。")
    return found[0]


def _name_of(one: Deputy, deputies: Sequence[Deputy]) -> str:
    alone = sum(other.name == one.name for other in deputies) == 1
    return one.name if alone else _long(one)


def _long(one: Deputy) -> str:
    return f"{one.name}（{one.delegation}）"
