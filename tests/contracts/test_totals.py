"""Promises of the store about the figures it keeps: they are what a count would find."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

import pytest

from tests.contracts.cases import case
from tests.contracts.test_ledger import graded, handled
from tests.county import County
from voting.actors import NotFound
from voting.ledger import Day, Filters, Tally
from voting.store.totals import Grouping
from voting.suggestions import Suggestion

Tallies = dict[Grouping, dict[str, Tally]]
_GROUPINGS: Final[tuple[Grouping, ...]] = ("source", "category", "village", "unit")


def _anything(random: Random, county: County) -> dict[str, Any]:
    """Changes of a suggestion such as its moments make them, and taken back again."""
    at = county.now()
    some: list[dict[str, Any]] = [
        {"state": "answered", "answered_at": at},
        {"state": "closed", "answered_at": at, "closed_at": at},
        {"state": "registered", "answered_at": None, "closed_at": None},
        {"state": "refused"},
        {"route": "candidate", "decided_at": at},
        {"route": "explained", "decided_at": at},
        {"category": None, "village": county.villages[1].id},
        {"category": county.categories[1].id, "village": None},
        {"kind": random.choice(("clue", "opinion"))},
    ]
    return random.choice(some)


def _kept(county: County, year: int | None = None, until: datetime | None = None) -> Tallies:
    with county.store.read() as tx:
        return tx.totals.of_all(county.staff, year, until)


def _recounted(county: County, year: int | None = None, until: datetime | None = None) -> Tallies:
    """One suggestion after the other, by the definitions that the page gives."""
    found: dict[Grouping, dict[str, Counter[str]]] = {one: {} for one in _GROUPINGS}
    until = until or county.now() + timedelta(days=1)
    with county.store.read() as tx:
        day = Day(until.date(), 5)
        for one_id in tx.ledger.ids(tx.ledger.hits(county.staff, Filters(), day), Filters(), 99):
            one = tx.suggestions.get(county.staff, one_id)
            said = [word.grade for word in tx.handlings.confirmations(one) if word.at < until]
            lead = tx.handlings.leads(county.staff, [one.id]).get(one.id, "")
            counts = _counts(one, until, said[-1] if said else None)
            keys = (one.source, one.category or "", one.village or "", lead)
            if one.year == (year or one.year) and one.received_at < until:
                for grouping, key in zip(_GROUPINGS, keys, strict=True):
                    if key or grouping != "unit":
                        found[grouping].setdefault(key, Counter()).update(counts)
    return {
        grouping: {key: Tally(**counts) for key, counts in rows.items()} for grouping, rows in found.items()
    }


def _counts(one: Suggestion, until: datetime, grade: str | None) -> dict[str, int]:
    def by_then(at: datetime | None) -> bool:
        return at is not None and at < until

    taken_up = one.state not in {"received", "refused"}
    decided = one.kind == "clue" and one.route is not None and by_then(one.decided_at)
    return {
        "received": 1,
        "taken_up": taken_up,
        "answered": taken_up and by_then(one.answered_at),
        "closed": taken_up and by_then(one.closed_at),
        "evaluated": grade is not None,
        "satisfied": grade == "satisfied",
        "basic": grade == "basic",
        "decided_clues": decided,
        "adopted": decided and one.route == "candidate",
    }


@case("totals.touch", "totals.settle", "totals.of_all")
def test_the_figures_that_are_kept_equal_a_count_whatever_happened(county: County) -> None:
    random = Random(5)  # noqa: S311 - the same changes in every run
    ones = [county.suggest(f"第{n}件", year=2026 + n % 2, kind="clue") for n in range(8)]
    county.town.suggest("镇里的")
    for one in ones[:5]:
        handled(county, one, int(one is ones[4]))
        graded(county, one, *random.choices(("satisfied", "basic", "unsatisfied"), k=2))
    for _ in range(40):
        with county.store.write() as tx:
            one = tx.suggestions.lock(county.staff, random.choice(ones).id)
            tx.suggestions.change(one, **_anything(random, county))
            for part in tx.handlings.of_suggestion(county.staff, one.id):
                tx.handlings.change(part, state=random.choice(("released", "ended")))
    assert _kept(county) == _recounted(county)
    assert _kept(county, 2026) == _recounted(county, 2026) != _recounted(county)
    assert _kept(county)["unit"]
    moments = [one.received_at for one in ones] + [county.now() - timedelta(minutes=n) for n in (9, 40, 60)]
    for until in moments:
        assert _kept(county, until=until) == _recounted(county, until=until)
        assert _kept(county, 2026, until) == _recounted(county, 2026, until)


def test_figures_that_are_kept_lose_nothing_when_two_clerks_work_at_once(county: County) -> None:
    ones = [county.suggest(f"第{n}件") for n in range(4)]

    def close(n: int) -> None:
        for one in ones[n % 2 :: 2] + ones[1 - n % 2 :: 2]:
            with county.store.write() as tx:
                state = "refused" if n % 3 else "registered"
                tx.suggestions.change(tx.suggestions.lock(county.staff, one.id), state=state)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(close, range(8)))
    assert _kept(county) == _recounted(county)


def test_a_change_that_is_taken_back_is_not_counted(county: County) -> None:
    one = county.suggest()
    before = _kept(county)
    with county.store.write() as tx:
        taken = tx.suggestions.lock(county.staff, one.id)

    def fail() -> None:
        with county.store.write() as tx:
            tx.suggestions.change(taken, state="refused")
            raise NotFound

    with pytest.raises(NotFound):
        fail()
    assert _kept(county) == before


def test_whether_the_figures_as_they_stand_are_those_of_a_day(county: County) -> None:
    one = county.suggest()
    with county.store.read() as tx:
        assert tx.ledger.figures.received_since(county.staff, one.received_at)
        assert not tx.ledger.figures.received_since(county.staff, one.received_at + timedelta(seconds=1))
        assert not tx.ledger.figures.received_since(county.town.staff, one.received_at)


def test_who_may_not_read_everything_gets_no_figures(county: County) -> None:
    county.suggest()
    with county.store.read() as tx:
        assert not any(tx.totals.of_all(county.unit).values())
