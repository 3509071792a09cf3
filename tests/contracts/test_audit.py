"""The log of changes: every row is chained once, and what was changed afterwards is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, create_engine, text, update

from tests.contracts.cases import case
from tests.county import FIRST_DAY, County
from tests.people import Hall
from voting import audit
from voting.actors import Actor, Forbidden, system
from voting.changes import link
from voting.store import Store
from voting.store.audit import Wanted
from voting.store.engine import parse_url
from voting.store.tables import people


def write(county: County, number: int, actor: Actor | None = None, what: str = "change_deputy") -> None:
    for n in range(number):
        with county.store.write() as tx:
            tx.audit.add(
                actor or county.staff,
                what,
                county.now(),
                "deputy",
                county.deputies[0].id,
                after={"number": n},
            )


def chain_of(county: County) -> list[tuple[int, str]]:
    with county.store.read() as tx:
        rows = tx.audit.chained(county.congress.id, 0, 10_000)
    return [(row.place or 0, row.hash or "") for row in rows]


@pytest.fixture
def intruder(database_url: str) -> Iterator[Connection]:
    """Somebody with the database's own tools; what is executed is committed."""
    engine = create_engine(parse_url(database_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def sentences(county: County) -> list[str]:
    return [one.sentence for one in audit.check(county.store, county.presidium).breaks]


@case("audit.lock_head", "audit.unchained", "audit.chain", "audit.head", "audit.chained")
def test_each_row_has_one_place_and_the_log_is_whole(county: County) -> None:
    write(county, 7)
    assert audit.chain(county.store, county.congress.id) == 7
    write(county, 5)
    checked = audit.check(county.store, county.presidium)
    assert [place for place, _ in chain_of(county)] == list(range(1, 13))
    assert (checked.whole, checked.head.place, checked.head.hash) == (True, 12, chain_of(county)[-1][1])


def test_chaining_again_changes_no_hash(county: County) -> None:
    write(county, 3)
    audit.chain_all(county.store)
    before = chain_of(county)
    assert audit.chain(county.store, county.congress.id) == 0
    audit.chain_all(county.store)
    assert chain_of(county) == before


def test_an_empty_log_is_whole(county: County) -> None:
    checked = audit.check(county.store, county.presidium)
    assert (checked.whole, checked.head.place) == (True, 0)


def test_many_at_once_write_and_chain_one_chain(
    county: County, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)

    def work(_: int) -> None:
        with Store.open(database_url) as own:
            for n in range(6):
                with own.write() as tx:
                    tx.audit.add(county.staff, "change_deputy", FIRST_DAY, "deputy", after={"n": n})
                audit.chain(own, county.congress.id)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sentences(county) == []
    assert [place for place, _ in chain_of(county)] == list(range(1, 25))


def test_a_changed_row_is_named(county: County, intruder: Connection) -> None:
    write(county, 5)
    audit.chain_all(county.store)
    intruder.execute(text("UPDATE audit SET name = '别人' WHERE place = 3"))
    assert sentences(county) == ["第3条被改动过，或者是后来插入的。"]


def test_a_new_hash_for_a_changed_row_does_not_fit_the_next(county: County, intruder: Connection) -> None:
    write(county, 3)
    audit.chain_all(county.store)
    with county.store.read() as tx:
        first, second, _ = tx.audit.chained(county.congress.id, 0, 3)
    forged = replace(second, name="别人")
    changes = {"name": "别人", "hash": link(first.hash or "", forged)}
    intruder.execute(update(people.audit).where(people.audit.c.place == 2).values(changes))
    assert sentences(county) == ["第3条被改动过，或者是后来插入的。"]


def test_no_fact_of_a_row_can_be_changed_unseen(county: County, intruder: Connection) -> None:
    others = {
        "what": "x",
        "role": "x",
        "name": "x",
        "by": "e" * 32,
        "subject": "x",
        "subject_id": "e" * 32,
        "before": b'{"number":9}',
        "after": b'{"number":9}',
        "at": FIRST_DAY - timedelta(days=1),
    }
    write(county, len(others))
    audit.chain_all(county.store)
    for place, (column, other) in enumerate(others.items(), start=1):
        intruder.execute(update(people.audit).where(people.audit.c.place == place).values({column: other}))
    assert len(sentences(county)) == len(others)


def test_rows_taken_out_are_named(county: County, intruder: Connection) -> None:
    write(county, 9)
    audit.chain_all(county.store)
    intruder.execute(text("DELETE FROM audit WHERE place IN (1, 4, 5)"))
    assert sentences(county) == ["第1条不见了。", "第4条至第5条不见了。"]


def test_the_newest_rows_cannot_be_taken_out_unseen(county: County, intruder: Connection) -> None:
    write(county, 4)
    audit.chain_all(county.store)
    intruder.execute(text("DELETE FROM audit WHERE place > 2"))
    assert sentences(county) == ["第3条至第4条不见了。"]


def test_a_row_put_in_is_named(county: County, intruder: Connection) -> None:
    write(county, 2)
    audit.chain_all(county.store)
    copy = (
        "INSERT INTO audit SELECT congress, :id, at, role, name, by, what, subject, subject_id, before,"
        " after, 3, hash FROM audit WHERE place = 2"
    )
    intruder.execute(text(copy), {"id": "d" * 32})
    assert sentences(county) == ["第3条被改动过，或者是后来插入的。", "第3条是后来插入的。"]


def test_each_congress_has_a_chain_of_its_own(county: County, intruder: Connection) -> None:
    write(county, 3)
    write(county, 2, county.town.staff)
    audit.chain_all(county.store)
    intruder.execute(
        text("UPDATE audit SET name = '别人' WHERE place = 1 AND congress = :c"), {"c": county.congress.id}
    )
    assert len(sentences(county)) == 1
    checked = audit.check(county.store, county.town.presidium)
    assert (checked.whole, checked.head.place) == (True, 2)


def test_only_the_presidium_and_the_installation_read_it(county: County) -> None:
    write(county, 1)
    for actor in (county.staff, county.government, county.unit, county.deputy):
        for reading in (audit.read, audit.read_all):
            with pytest.raises(Forbidden):
                reading(county.store, actor, Wanted())
        with pytest.raises(Forbidden):
            audit.check(county.store, actor)
    assert audit.read(county.store, county.presidium, Wanted()).number == 1
    assert audit.read(county.store, system(county.congress.id), Wanted()).number == 1
    assert audit.read(county.store, county.town.presidium, Wanted()).number == 0


@case("audit.listing", "audit.number")
def test_it_is_searched_by_person_deed_thing_and_day(county: County) -> None:
    write(county, 2)
    write(county, 1, county.government, "route")

    def read(**wanted: Any) -> int:
        return audit.read(county.store, county.presidium, Wanted(**wanted)).number

    assert read(person="科长") == 2
    assert read(person="%") == 0
    assert read(whats=("route",)) == 1
    assert read(about=county.deputies[0].id) == 3
    assert read(about="nothing") == 0
    assert read(since=FIRST_DAY + timedelta(days=1)) == 0
    assert read(until=FIRST_DAY + timedelta(days=1)) == 3


def test_a_page_beyond_the_last_is_the_last(county: County) -> None:
    write(county, audit.PAGE + 1)
    last = audit.read(county.store, county.presidium, Wanted(), 99)
    assert (last.page, last.pages, len(last.changes)) == (2, 2, 1)
    assert last.changes[0].fields() == [("number", None, 0)]
    assert audit.read(county.store, county.presidium, Wanted(), -5).page == 1


def test_each_step_of_a_round_is_a_change(hall: Hall) -> None:
    hall.reach("closed")
    presidium = Actor(role="presidium", congress=hall.congress.id, name="陈主席")
    found = audit.read_all(hall.store, presidium, Wanted())
    with hall.store.read() as tx:
        steps = tx.steps.of(hall.staff, hall.round.id)
    logged = {(one.what, one.name, one.at) for one in found if one.subject_id == hall.round.id}
    assert logged == {(one.step, one.name, one.at) for one in steps}
    assert audit.check(hall.store, presidium).whole


@case("audit.behind")
def test_only_a_congress_with_rows_that_wait_is_behind(county: County) -> None:
    audit.chain_all(county.store)
    write(county, 1)
    with county.store.read() as tx:
        assert tx.audit.behind() == (county.congress.id,)
    audit.chain(county.store, county.congress.id)
    with county.store.read() as tx:
        assert tx.audit.behind() == ()
