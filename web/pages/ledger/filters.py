"""What the ledger is limited to, read from an address and written back into one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import asdict

from voting.handling.lights import COLOR_NAMES
from voting.ledger import ORDER_NAMES, SEARCH_LENGTH, Filters, Names
from voting.suggestions import KIND_NAMES, ROUTE_NAMES, SOURCE_NAMES, STANDING_NAMES
from web.forms import Form

CHOICES: Final[dict[str, tuple[str, Mapping[Any, str]]]] = {
    "kind": ("性质", KIND_NAMES),
    "source": ("来源", SOURCE_NAMES),
    "state": ("状态", STANDING_NAMES),
    "route": ("去向", ROUTE_NAMES),
    "light": ("灯", COLOR_NAMES),
    "merged": ("合并", {"yes": "已并入其他件", "no": "未合并"}),
    "photos": ("照片", {"yes": "有照片", "no": "没有照片"}),
    "yearly": ("年年提", {"yes": "年年提、未解决", "no": "其他"}),
    "order": ("排列", ORDER_NAMES),
}
"""field: (its name, value → words)."""


class Lists(Struct, frozen=True):
    """What can be chosen in this congress, besides what can be chosen everywhere."""

    names: Names
    years: tuple[int, ...]

    def offered(self, name: str) -> Mapping[str, str]:
        """value → words for the fields that hold an id, a town or a year."""
        towns = sorted({town for town in self.names.towns.values() if town})
        offered: dict[str, Mapping[str, str]] = {
            "category": self.names.categories,
            "village": self.names.villages,
            "station": self.names.stations,
            "unit": self.names.units,
            "town": {town: town for town in towns},
            "year": {str(year): f"{year}年" for year in self.years},
        }
        return offered[name]


OWN_CHOICES: Final = {
    "year": "年份",
    "category": "类别",
    "town": "乡镇",
    "village": "村社",
    "station": "联络站",
    "unit": "主办、协办单位",
}


def read(form: Form, lists: Lists) -> Filters:
    """What does not fit leaves its sentence in the form's faults, and is not limited by."""
    chosen: dict[str, Any] = {
        name: _one(form, name, label, names) for name, (label, names) in CHOICES.items()
    }
    chosen |= {name: _one(form, name, label, lists.offered(name)) for name, label in OWN_CHOICES.items()}
    year = chosen.pop("year")
    return Filters(
        **{name: value for name, value in chosen.items() if value is not None},
        year=int(year) if year else None,
        since=_day(form, "since", "收到日期（从）"),
        until=_day(form, "until", "收到日期（到）"),
        text=_text(form),
    )


def query_of(filters: Filters, **more: str) -> str:
    """The part of an address after the question mark; only what limits."""
    standard = asdict(Filters())
    said = {name: str(value) for name, value in asdict(filters).items() if value != standard[name]}
    return urlencode({**said, **more})


def _one(form: Form, name: str, label: str, allowed: Mapping[Any, str]) -> str | None:
    typed = form.typed(name)
    if not typed:
        return None
    if typed not in allowed:
        form.fault(name, f"“{label}”里没有您选的这一项，可能已经改名或停用。请重新选择。")
        return None
    return typed


def _day(form: Form, name: str, label: str) -> date | None:
    """A day that a clerk can mean: far ones would overflow the clock."""
    if not form.typed(name).strip():
        return None
    day = form.day(name, label)
    if not 1990 <= day.year <= 2200:
        form.fault(name, f"“{label}”不在合理的范围内。请填写例如 2026-01-25。")
    return None if name in form.faults else day


def _text(form: Form) -> str:
    typed = form.typed("text").strip()
    if len(typed) > SEARCH_LENGTH:
        form.fault("text", f"搜索的文字太长：有{len(typed):,}个字，最多{SEARCH_LENGTH}个字。请只写几个词。")
        return ""
    return typed
