"""Promises of the records of erasing, of holds, and of what is due, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import FIRST_DAY, County, new_id
from tests.people import Hall
from voting.actors import NotFound, system
from voting.keeping.facts import ERASED, Erasure, Hold

DAY = date(2026, 9, 1)


def erasure(county: County, **fields: object) -> Erasure:
    facts = Erasure(
        id=new_id("erasure"),
        congress=county.congress.id,
        kind="proposers",
        subject=None,
        number=3,
        until=DAY,
        by="到期自动",
        at=FIRST_DAY,
    )
    return replace(facts, **fields)


def hold(county: County, subject: str, **fields: object) -> Hold:
    facts = Hold(
        id=new_id("hold"),
        congress=county.congress.id,
        about="suggestion",
        subject=subject,
        label="2027-00001",
        reason="信访复查",
        by="刘科长",
        at=FIRST_DAY,
    )
    return replace(facts, **fields)


@case("keeping.lock", "keeping.add", "keeping.records", "keeping.record_of")
def test_records_come_back_newest_first_and_only_to_their_congress(county: County) -> None:
    old, box = (
        erasure(county),
        erasure(county, kind="archives", subject=new_id("round"), at=FIRST_DAY + timedelta(days=1)),
    )
    with county.store.write() as tx:
        tx.keeping.lock(county.congress.id)
        tx.keeping.add(old)
        tx.keeping.add(box)
    with county.store.read() as tx:
        assert tx.keeping.records(county.staff) == (box, old)
        assert tx.keeping.records(county.town.staff) == ()
        assert tx.keeping.record_of(county.congress.id, "archives", box.subject or "") == box
        assert tx.keeping.record_of(county.congress.id, "serials", box.subject or "") is None
        assert tx.keeping.record_of(county.town.congress.id, "archives", box.subject or "") is None


@case("keeping.put_hold", "keeping.holds", "keeping.lift_hold", "erasing.is_held")
def test_a_hold_stands_until_it_is_lifted_once_by_its_own_congress(county: County) -> None:
    about = county.suggest().id
    made = hold(county, about)
    with county.store.write() as tx:
        tx.keeping.put_hold(made)
    with county.store.read() as tx:
        assert tx.erasing.is_held(county.congress.id, about)
        assert tx.keeping.holds(county.staff) == (made,)
        assert tx.keeping.holds(county.town.staff) == ()
    with county.store.write() as tx:
        with pytest.raises(NotFound):
            tx.keeping.lift_hold(county.town.staff, made.id, "别人", FIRST_DAY)
        assert tx.keeping.lift_hold(county.staff, made.id, "刘科长", FIRST_DAY) == made
        assert tx.keeping.lift_hold(county.staff, made.id, "另一人", FIRST_DAY) is None
        (lifted,) = tx.keeping.holds(county.staff)
        assert (lifted.lifted_at, lifted.lifted_by) == (FIRST_DAY, "刘科长")
        assert not tx.erasing.is_held(county.congress.id, about)


@case("erasing.due", "erasing.erase", "erasing.erase_proposer")
def test_what_is_due_is_what_is_erased_and_then_nothing_is_due(county: County) -> None:
    closed, open_one = county.suggest(state="closed", closed_at=FIRST_DAY), county.suggest("另一件")
    elsewhere = county.town.suggest(state="closed", closed_at=FIRST_DAY)
    here, after = county.congress.id, DAY + timedelta(days=1)
    with county.store.write() as tx:
        assert tx.erasing.due(here, "proposers", DAY) == 0
        assert tx.erasing.due(here, "proposers", after) == 2
        assert tx.erasing.erase(here, "proposers", after) == 2
        assert tx.erasing.due(here, "proposers", after) == 0
        assert tx.erasing.erase(here, "proposers", after) == 0
        gone = tx.suggestions.get(county.staff, closed.id)
        assert gone == replace(closed, proposer="", phone="")
        assert tx.suggestions.get(county.staff, open_one.id) == open_one
        assert tx.suggestions.get(county.town.staff, elsewhere.id) == elsewhere
        assert tx.erasing.erase_proposer(here, open_one.id) == 2
        assert tx.erasing.erase_proposer(here, elsewhere.id) == 0
        assert tx.suggestions.get(county.staff, open_one.id) == replace(open_one, proposer="", phone="")


@case("erasing.erase_words")
def test_the_words_of_one_suggestion_go_and_those_of_others_stay(county: County) -> None:
    one, other = county.suggest(state="refused"), county.suggest("另一件", state="refused")
    with county.store.write() as tx:
        assert tx.erasing.erase_words(county.town.congress.id, one.id) == 0
        assert tx.erasing.erase_words(county.congress.id, one.id) == 1
        assert tx.erasing.erase_words(county.congress.id, one.id) == 0
        gone = tx.suggestions.get(county.staff, one.id)
        assert gone == replace(one, title=ERASED, text=ERASED, spot="")
        assert tx.suggestions.get(county.staff, other.id) == other


@case("erasing.waiting", "erasing.erase_box")
def test_a_box_is_due_after_its_day_and_goes_without_the_rest_of_the_record(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.cast(1, 1, 2)
    done = hall.reach("announced")
    here, day = hall.congress.id, (done.opened_at or FIRST_DAY).date()
    with hall.store.write() as tx:
        assert tx.erasing.waiting(here, "archives", day) == ()
        (waiting,) = tx.erasing.waiting(here, "archives", day + timedelta(days=2))
        assert waiting.id == done.id
        last = tx.record.last(done)
        assert tx.erasing.erase_box(done) == 2
        assert tx.erasing.erase_box(done) == 0
        assert tx.erasing.waiting(here, "archives", day + timedelta(days=2)) == ()
        assert tx.record.last(done) == last
        assert tx.box.count(system(here), done.id) == 0
