"""Promises of the short lists that an office keeps: units, deputies, villages, categories, stations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import FIRST_DAY, County, new_id
from tests.refusals import dump
from voting.actors import NotFound
from voting.stations import Station
from voting.store import Store, Transaction
from voting.store.listed import Listed

SUBJECTS = ("units", "deputies", "villages", "categories", "stations")
METHODS = ("add", "add_many", "all", "change", "current", "end", "get", "lock")


def listed(tx: Transaction, subject: str) -> Listed[Any]:
    found: Listed[Any] = getattr(tx, subject)
    return found


def entries(county: County, subject: str) -> list[Any]:
    """Two that the office has not entered yet, in their order."""
    if subject == "stations":
        return [a_station(county, "东河村联络站", "11111111"), a_station(county, "西山村联络站", "22222222")]
    last = getattr(county, subject)[-1]
    order = "number" if subject == "deputies" else "place" if hasattr(last, "place") else None
    numbers = {order: 50} if order else {}
    return [
        replace(
            last, id=new_id(subject), name=f"{n}新的", **{name: value + n for name, value in numbers.items()}
        )
        for n in (1, 2)
    ]


def a_station(county: County, name: str, code: str) -> Station:
    return Station(
        id=new_id(name),
        congress=county.congress.id,
        code=code,
        name=name,
        kind="station",
        address="",
        hours="",
        leader="",
        liaison="",
    )


@pytest.mark.parametrize("subject", SUBJECTS)
@case(*(f"{subject}.{method}" for subject in SUBJECTS for method in METHODS))
def test_an_entry_is_found_changed_and_ended_and_never_lost(county: County, subject: str) -> None:
    first, second = entries(county, subject)
    with county.store.write() as tx:
        listed(tx, subject).add(first)
        listed(tx, subject).add_many([second])
    with county.store.write() as tx:
        listed(tx, subject).lock(county.congress.id)
        changed = listed(tx, subject).change(first, name="改了名")
        ended = ended_at(listed(tx, subject), second)
    with county.store.read() as tx:
        lists = listed(tx, subject)
        assert lists.get(county.staff, first.id) == changed
        assert lists.get(county.staff, second.id) == ended
        current = [one.id for one in lists.current(county.congress.id)]
        assert first.id in current
        assert second.id not in current
        assert {first.id, second.id} <= {one.id for one in lists.all(county.congress.id)}


def ended_at(lists: Listed[Any], entry: Any) -> Any:
    on_a_day = hasattr(entry, "ended_on")
    at: datetime = FIRST_DAY
    return lists.end(entry, at.date() if on_a_day else at)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_entry_of_another_congress_is_not_found(county: County, subject: str) -> None:
    first = entries(county, subject)[0]
    with county.store.write() as tx:
        listed(tx, subject).add(first)
    for made_up in (first.id, "0" * 32, "x", "\x00"):
        with county.store.read() as tx, pytest.raises(NotFound):
            listed(tx, subject).get(county.town.staff, made_up)


def test_adding_nothing_writes_nothing(store: Store) -> None:
    before = dump(store)
    with store.write() as tx:
        tx.units.add_many([])
    assert dump(store) == before
