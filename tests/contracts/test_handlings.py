"""Promises of the store about handling: who can fetch what, in which order, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.voting.handling.desk import accepted, handed, met, part_of, released, submitted
from voting.actors import PUBLIC, NotFound, system
from voting.handling import assisting, working
from voting.handling.facts import Confirmation, Contact, Happening, Urging, Workday


@case("handlings.add", "handlings.get", "handlings.of_suggestion")
def test_a_part_exists_for_its_unit_the_office_and_the_deputy_who_filed_it(county: County) -> None:
    item = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    part = handed(county, item, 1)
    with county.store.read() as tx:
        for actor in (county.staff, county.government, county.presidium, county.unit, county.deputy):
            assert tx.handlings.get(actor, part.id) == part
        for actor in (county.other_unit, county.other_deputy, county.town.staff, county.town.unit, PUBLIC):
            with pytest.raises(NotFound):
                tx.handlings.get(actor, part.id)
            assert part not in tx.handlings.of_suggestion(actor, item.id)
        with pytest.raises(NotFound):
            tx.handlings.get(county.staff, "1 OR 1=1")
        assert [one.part for one in tx.handlings.of_suggestion(county.staff, item.id)] == ["lead", "assist"]


@case("handlings.beside")
def test_beside_a_part_are_the_others_of_the_same_decision(county: County) -> None:
    part = handed(county, county.suggest(), 1, 2)
    handed(county, county.suggest(), 1)
    with county.store.read() as tx:
        others = tx.handlings.beside(part)
    assert {one.unit for one in others} == {county.units[1].id, county.units[2].id}
    assert {one.suggestion for one in others} == {part.suggestion}


def test_beside_a_part_is_also_who_was_asked_later(county: County) -> None:
    part = handed(county, county.suggest(), 1)
    later = assisting.add_assist(
        county.store, county.staff, part.suggestion, county.units[2].id, "请提出意见。", county.now()
    )
    with county.store.read() as tx:
        assert {one.unit for one in tx.handlings.beside(part)} == {county.units[1].id, county.units[2].id}
        assert {one.unit for one in tx.handlings.beside(later)} == {county.units[0].id, county.units[1].id}


@case("handlings.of_unit", "handlings.at_work")
def test_a_units_list_is_its_own_with_the_next_last_day_first(county: County) -> None:
    hard = handed(county, county.suggest(), hard=True)
    quick = handed(county, county.suggest(), 1)
    gone = handed(county, county.suggest())
    working.give_back(county.store, county.unit, gone.id, "不是我们的。", county.now())
    handed(county.town, county.town.suggest())
    with county.store.read() as tx:
        mine = tx.handlings.of_unit(county.unit)
        assert [part.id for part, _ in mine] == [quick.id, hard.id]
        assert [item.id for _, item in mine] == [quick.suggestion, hard.suggestion]
        assert [part.id for part, _ in tx.handlings.of_unit(county.unit, ("returned",))] == [gone.id]
        assert len(tx.handlings.of_unit(county.unit, limit=1)) == 1
        assert len(tx.handlings.at_work(county.congress.id)) == 3


@case("handlings.waiting", "handlings.leads", "handlings.inbox", "handlings.inbox_size")
def test_what_waits_for_the_office_is_found_by_what_it_waits_for(county: County) -> None:
    asked, answered, fresh = (county.suggest(f"第{n}件") for n in range(3))
    part = accepted(county, asked)
    until = part.answer_by + timedelta(days=10)
    working.ask_extension(county.store, county.unit, part.id, until, "等待招标。", county.now())
    submitted(county, answered)
    county.suggest("并入的", merged_into=fresh.id)
    with county.store.read() as tx:
        for what, item in (("check", answered), ("extension", asked)):
            assert [one.id for _, one in tx.handlings.waiting(county.staff, what, 9)] == [item.id]
            assert tx.handlings.waiting(county.town.staff, what, 9) == ()
        assert [one.id for one in tx.handlings.inbox(county.staff, ("registered",), 9)] == [fresh.id]
        assert tx.handlings.inbox_size(county.staff, ("registered", "assigned")) == 3
        late = tx.handlings.inbox(county.staff, ("assigned",), 9, due_by=date(2026, 10, 1))
        assert [one.id for one in late] == [asked.id]
        assert tx.handlings.inbox_size(county.staff, ("assigned",), due_by=date(2026, 10, 1)) == 1
        leads = tx.handlings.leads(county.staff, [asked.id, fresh.id])
        assert leads == {asked.id: county.units[0].id}
        assert tx.handlings.leads(county.town.staff, [asked.id]) == {}


@case("handlings.change")
def test_a_change_writes_the_named_fields_only(county: County) -> None:
    item = county.suggest()
    part = handed(county, item)
    with county.store.write() as tx:
        after = tx.handlings.change(part, officer="孙工", again=2)
    assert part_of(county, item) == after
    assert (after.officer, after.again, after.task) == ("孙工", 2, part.task)


@case("handlings.add_contact", "handlings.contacts", "handlings.contact_log")
def test_contacts_are_those_of_the_parts_asked_for_by_day(county: County) -> None:
    part, other = accepted(county, county.suggest()), accepted(county, county.suggest())
    met(county, other)
    days = (date(2026, 9, 3), date(2026, 9, 2))
    with county.store.write() as tx:
        for day in days:
            tx.handlings.add_contact(
                Contact(
                    id=new_id("contact"),
                    congress=part.congress,
                    handling=part.id,
                    kind="during",
                    day=day,
                    with_whom="周大爷",
                    note="",
                    entered_by="孙工",
                    entered_at=county.now(),
                )
            )
        assert [one.day for one in tx.handlings.contacts([part])] == sorted(days)
        assert tx.handlings.contacts([]) == ()
        log = tx.handlings.contact_log(county.staff, *sorted(days))
        assert [(one.day, found.id) for one, found, _ in log if found.id == part.id] == [
            (day, part.id) for day in sorted(days)
        ]
        assert {item.id for _, _, item in log} <= {part.suggestion, other.suggestion}
        assert len(tx.handlings.contact_log(county.staff, date(2026, 9, 3), date(2026, 9, 3))) == 1
        assert tx.handlings.contact_log(county.town.staff, *sorted(days)) == ()
        assert tx.handlings.contact_log(county.other_unit, *sorted(days)) == ()


@case("handlings.add_confirmation", "handlings.confirmations", "handlings.add_urging", "handlings.urgings")
def test_words_of_the_proposer_and_of_the_office_come_back_in_order(county: County) -> None:
    item = county.suggest()
    released(county, item)
    facts = {"congress": item.congress, "suggestion": item.id, "by": "周大爷"}
    said = [
        Confirmation(id=new_id("c"), round=n, grade="basic", text="", at=county.now(), **facts)
        for n in (1, 2)
    ]
    urged = [Urging(id=new_id("u"), text=f"第{n}次", at=county.now(), **facts) for n in (1, 2)]
    with county.store.write() as tx:
        for one in reversed(said):
            tx.handlings.add_confirmation(one)
        for two in reversed(urged):
            tx.handlings.add_urging(two)
        assert tx.handlings.confirmations(item) == tuple(said)
        assert tx.handlings.urgings(item) == tuple(urged)


@case("handlings.add_happening", "handlings.happenings")
def test_the_course_is_read_newest_first_and_one_units_affair_by_that_unit(county: County) -> None:
    item = county.suggest()
    lines = [
        Happening(
            id=new_id("h"),
            congress=item.congress,
            suggestion=item.id,
            unit=unit,
            at=county.now(),
            by="刘科长",
            what="督办",
            text="",
        )
        for unit in (None, county.units[0].id, county.units[1].id)
    ]
    with county.store.write() as tx:
        for line in lines:
            tx.handlings.add_happening(line)
        for actor in (county.staff, system(item.congress)):
            assert tx.handlings.happenings(actor, item) == tuple(reversed(lines))
        assert tx.handlings.happenings(county.unit, item) == (lines[1], lines[0])
        assert tx.handlings.happenings(county.deputy, item) == (lines[0],)


@case("handlings.workdays", "handlings.set_workday", "handlings.drop_workday")
def test_the_calendar_keeps_one_entry_a_day_in_each_congress(county: County) -> None:
    here = county.congress.id
    days = [Workday(congress=here, day=date(2026, 10, day), working=False, name="国庆节") for day in (2, 1)]
    with county.store.write() as tx:
        for one in days:
            tx.handlings.set_workday(one)
        tx.handlings.set_workday(Workday(congress=here, day=date(2026, 10, 2), working=True, name="调休"))
        kept = tx.handlings.workdays(here)
        assert [(one.day.day, one.working) for one in kept] == [(1, False), (2, True)]
        assert tx.handlings.workdays(county.town.congress.id) == ()
        tx.handlings.drop_workday(here, date(2026, 10, 1))
        assert [one.day.day for one in tx.handlings.workdays(here)] == [2]
