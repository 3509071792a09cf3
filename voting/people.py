"""Those who work with it, as plain facts: deputies, units, and the places and categories of a congress."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.text import Line


class Unit(Struct, frozen=True, kw_only=True):
    """承办单位, 责任单位: a department or a town's government. `ended_at` is None while it exists."""

    id: str
    congress: str
    name: Line
    ended_at: datetime | None = None


class Deputy(Struct, frozen=True, kw_only=True):
    """代表. `number` is the printed order, `committee` says 常委会组成人员 (in a town 主席团成员).

    `suspended`: 暂停执行代表职务 (代表法): still on the roster, but not checked in and without a card.
    """

    id: str
    congress: str
    number: int
    name: Line
    delegation: Line
    phone: str = ""
    committee: bool = False
    suspended: bool = False
    ended_on: date | None = None


class Village(Struct, frozen=True, kw_only=True):
    """村、社区: where something is wanted. `place` is its order in lists."""

    id: str
    congress: str
    name: Line
    town: str = ""
    place: int = 0
    ended_at: datetime | None = None


class Category(Struct, frozen=True, kw_only=True):
    """建议类别: 教育、交通、养老 …"""

    id: str
    congress: str
    name: Line
    place: int = 0
    ended_at: datetime | None = None
