"""A county and one of its towns at work: everybody who has a role, and what their offices keep.

county = County(store)
county.staff, county.government, county.unit, county.deputy, county.presidium     # actors
county.town.staff                                                                 # one clerk for everything
county.suggest("村口没有路灯", text="…")                                           # a registered suggestion
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from ballots.encoding import sha256_hex
from tests.people import seeded
from voting import drafting
from voting.actors import Actor, Role, system
from voting.people import Category, Deputy, Unit, Village
from voting.rounds import Level
from voting.store import Store
from voting.suggestions import Suggestion

FIRST_DAY: Final = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
"""A Tuesday in September, the month of collection."""

UNITS: Final = ("县交通运输局", "县教育局", "县民政局")
VILLAGES: Final = ("东河村", "西山村", "南桥社区")
CATEGORIES: Final = ("交通出行", "教育", "养老服务", "人居环境")
DEPUTIES: Final = (("张桂兰", "城关代表团"), ("王建军", "城关代表团"), ("李秀梅", "东河代表团"))

_ids = count(1)


def new_id(name: str) -> str:
    """An id of the store's form, new each time."""
    return sha256_hex(f"{name}|{next(_ids)}".encode())[:32]


class Body:
    """One congress with its lists and its people."""

    def __init__(self, store: Store, name: str, level: Level) -> None:
        self.store, self.level = store, level
        self.random = seeded(name)
        self.congress = drafting.create_congress(store, system(""), name, level)
        minutes = count()
        self.now: Callable[[], datetime] = lambda: FIRST_DAY + timedelta(minutes=next(minutes))
        here = self.congress.id
        self.units = [Unit(id=new_id(one), congress=here, name=one) for one in UNITS]
        self.villages = [
            Village(id=new_id(one), congress=here, name=one, place=n) for n, one in enumerate(VILLAGES)
        ]
        self.categories = [
            Category(id=new_id(one), congress=here, name=one, place=n) for n, one in enumerate(CATEGORIES)
        ]
        self.deputies = [
            Deputy(id=new_id(one), congress=here, number=n, name=one, delegation=delegation)
            for n, (one, delegation) in enumerate(DEPUTIES, start=1)
        ]
        with store.write() as tx:
            tx.units.add_many(self.units)
            tx.villages.add_many(self.villages)
            tx.categories.add_many(self.categories)
            tx.deputies.add_many(self.deputies)
        self.staff = self.actor("staff", "刘科长")
        self.government = self.actor("government_office", "赵主任")
        self.presidium = self.actor("presidium", "陈主席")
        self.unit = self.actor("unit", "交通局小孙", unit=self.units[0].id)
        self.other_unit = self.actor("unit", "教育局小钱", unit=self.units[1].id)
        self.deputy = self.actor("deputy", DEPUTIES[0][0], deputy=self.deputies[0].id)
        self.other_deputy = self.actor("deputy", DEPUTIES[1][0], deputy=self.deputies[1].id)

    def actor(self, role: Role, name: str, **more: Any) -> Actor:
        """Somebody with this role, without an account: see the tests of accounts for how they enter."""
        town = self.level == "town"
        return Actor(role=role, congress=self.congress.id, name=name, link=new_id(name), town=town, **more)

    def suggest(self, title: str = "村口没有路灯", **fields: Any) -> Suggestion:
        """A suggestion as the store keeps it, registered and not yet decided."""
        facts: dict[str, Any] = {
            "id": new_id(title),
            "congress": self.congress.id,
            "year": 2027,
            "kind": "opinion",
            "state": "registered",
            "source": "public",
            "channel": "online",
            "title": title,
            "text": "晚上看不见路，老人不敢出门。",
            "received_at": self.now(),
            "form_key": sha256_hex(new_id(title).encode()),
            "query_hash": sha256_hex(new_id(title).encode()),
            "village": self.villages[0].id,
            "category": self.categories[0].id,
            "proposer": "周大爷",
            "phone": "13800000000",
        }
        facts.update(fields)
        with self.store.write() as tx:
            facts.setdefault("number", tx.suggestions.next_number(self.congress.id, facts["year"]))
            new = Suggestion(**facts)
            tx.suggestions.add(new)
        return new


class County(Body):
    """示例县, and its 东河镇 as a congress of its own."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, "示例县人民代表大会", "county")
        self.town = Body(store, "东河镇人民代表大会", "town")
