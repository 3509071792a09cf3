"""Promises of the store about photos, calls, co-signers, desks and counted forms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from tests import pictures
from tests.contracts.cases import case
from tests.county import FIRST_DAY, County, new_id
from voting.actors import PUBLIC, NotFound
from voting.collecting.window import Call
from voting.photos import prepare
from voting.store.sent_forms import KEPT_HOURS
from voting.store.tables.collecting import station

DAY = date(2026, 9, 1)


@case("photos.add", "photos.of", "photos.body", "photos.body_of_released", "photos.body_by_query_hash")
def test_photos_come_back_in_order_and_only_to_whom_they_may(county: County) -> None:
    one, released = county.suggest(), county.suggest(released_at=county.now())
    complaint = county.suggest(released_at=county.now(), kind="complaint")
    small, large = (prepare(pictures.jpeg(side, 50)) for side in (60, 90))
    with county.store.write() as tx:
        tx.photos.add(one, [small])
        tx.photos.add(one, [large], first=2)
        for other in (released, complaint):
            tx.photos.add(other, [small])
    here = county.congress.id
    with county.store.read() as tx:
        first, second = tx.photos.of(one)
        assert (first.place, second.place, first.width, second.width) == (1, 2, 60, 90)
        assert tx.photos.body(county.presidium, second.id, small=False) == large.body
        assert tx.photos.body_by_query_hash(here, one.query_hash, first.id, small=True) == small.small
        (public,) = tx.photos.of(released)
        assert tx.photos.body_of_released(here, public.id, small=False) == small.body
        (hidden,) = tx.photos.of(complaint)
        for unseen in (first.id, hidden.id, "\0"):
            with pytest.raises(NotFound):
                tx.photos.body_of_released(here, unseen, small=False)
        with pytest.raises(NotFound):
            tx.photos.body_of_released(county.town.congress.id, public.id, small=False)
        with pytest.raises(NotFound):
            tx.photos.body_by_query_hash(here, one.query_hash, public.id, small=False)
        for actor in (county.town.staff, county.deputy, county.unit, PUBLIC):
            with pytest.raises(NotFound):
                tx.photos.body(actor, first.id, small=True)


def call_of(county: County, name: str, opens: date, closes: date) -> Call:
    return Call(
        id=new_id(name),
        congress=county.congress.id,
        year=2027,
        title=name,
        text="征集",
        issuers="县政府办",
        opens=opens,
        closes=closes,
    )


@case("calls.add", "calls.get", "calls.lock", "calls.listing", "calls.open_on", "calls.change")
def test_a_call_is_open_from_its_first_to_its_last_day_once_published(county: County) -> None:
    early = call_of(county, "早", DAY, DAY + timedelta(days=2))
    late = call_of(county, "晚", DAY + timedelta(days=5), DAY + timedelta(days=9))
    with county.store.write() as tx:
        tx.calls.add(early)
        tx.calls.add(late)
        assert tx.calls.open_on(county.congress.id, DAY) == ()
        shown = tx.calls.change(tx.calls.lock(county.staff, early.id), published_at=FIRST_DAY)
    with county.store.read() as tx:
        assert tx.calls.listing(county.government) == (late, shown)
        assert tx.calls.listing(county.deputy) == (shown,)
        assert tx.calls.get(county.staff, late.id) == late
        for day, found in ((-1, ()), (0, (shown,)), (2, (shown,)), (3, ()), (6, ())):
            assert tx.calls.open_on(county.congress.id, DAY + timedelta(days=day)) == found
        for actor, wanted in ((county.deputy, late.id), (county.town.staff, early.id), (county.staff, "\0")):
            with pytest.raises(NotFound):
                tx.calls.get(actor, wanted)


@case("cosigns.add", "cosigns.remove", "cosigns.of", "cosigns.counts")
def test_co_signers_are_listed_as_they_came_and_counted(county: County) -> None:
    one, alone = county.suggest(kind="proposal"), county.suggest(kind="proposal")
    first, second = county.deputies[1], county.deputies[0]
    with county.store.write() as tx:
        for signer in (first, second):
            tx.cosigns.add(one, signer.id, county.now())
        assert [signer.name for signer in tx.cosigns.of(one)] == [first.name, second.name]
        assert tx.cosigns.counts(county.staff) == {one.id: 2}
        assert tx.cosigns.counts(county.town.staff) == {}
        tx.cosigns.remove(one, first.id)
        assert [signer.delegation for signer in tx.cosigns.of(one)] == [second.delegation]
        assert tx.cosigns.of(alone) == ()


@case("inbox.waiting", "inbox.count_waiting", "inbox.own", "inbox.to_cosign", "inbox.lock_numbers")
def test_everybody_has_the_own_desk(county: County) -> None:
    first, second = (county.suggest(state="received") for _ in range(2))
    county.town.suggest(state="received")
    shown: dict[str, Any] = {"kind": "proposal", "released_at": county.now()}
    mine = county.suggest(deputy=county.deputies[0].id, **shown)
    decided = county.suggest(deputy=county.deputies[0].id, decided_at=county.now(), **shown)
    units = county.suggest(unit=county.units[0].id)
    with county.store.write() as tx:
        tx.inbox.lock_numbers(county.congress.id)
        assert tx.inbox.waiting(county.staff, 9) == (first, second)
        assert tx.inbox.waiting(county.government, 1) == (first,)
        assert (tx.inbox.count_waiting(county.staff), tx.inbox.count_waiting(county.unit)) == (2, 0)
        assert tx.inbox.own(county.deputy, 9) == (decided, mine)
        assert tx.inbox.own(county.unit, 9) == (units,)
        assert tx.inbox.own(county.staff, 9) == ()
        assert tx.inbox.to_cosign(county.other_deputy, 9) == (mine,)
        assert tx.inbox.to_cosign(county.deputy, 9) == ()
        for unknown in ("0" * 32, "x"):
            with pytest.raises(NotFound):
                tx.inbox.lock_numbers(unknown)


@case("inbox.stations", "inbox.station_with")
def test_a_posters_code_finds_its_station_and_only_in_its_congress(county: County) -> None:
    row = dict.fromkeys(("address", "hours", "leader", "liaison"), "")
    row |= {"congress": county.congress.id, "kind": "站"}
    with county.store.write() as tx:
        for code, ended in (("AAAA1111", None), ("BBBB2222", FIRST_DAY)):
            new = {**row, "id": new_id(code), "code": code, "name": code, "ended_at": ended, "village": None}
            tx.inbox._connection.execute(insert(station).values(new))
    here = county.congress.id
    with county.store.read() as tx:
        assert [one.code for one in tx.inbox.stations(here)] == ["AAAA1111"]
        closed = tx.inbox.station_with(here, "BBBB2222")
        assert closed is not None
        assert closed.ended_at == FIRST_DAY
        assert tx.inbox.station_with(county.town.congress.id, "AAAA1111") is None
        for code in ("nothing", "\0", ""):
            assert tx.inbox.station_with(here, code) is None


@case("sent_forms.times", "sent_forms.count")
def test_forms_are_counted_by_device_and_hour_and_forgotten_after_a_day(county: County) -> None:
    here, device, other = county.congress.id, "a" * 64, "b" * 64
    with county.store.write() as tx:
        assert [tx.sent_forms.count(here, device, 100) for _ in range(3)] == [1, 2, 3]
        assert tx.sent_forms.count(here, other, 100) == 1
        assert tx.sent_forms.count(here, device, 101) == 1
    with county.store.write() as tx:
        assert tx.sent_forms.times(here, device, 100) == 3
        assert tx.sent_forms.times(county.town.congress.id, device, 100) == 0
        tx.sent_forms.count(here, device, 101 + KEPT_HOURS)
        assert tx.sent_forms.times(here, device, 100) == 0
        assert tx.sent_forms.times(here, device, 101) == 1
