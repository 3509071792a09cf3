"""Contract of `tx.links`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import NotFound
from voting.rounds import Link
from voting.store import Store

MOMENT = datetime(2026, 1, 25, 8, 30, tzinfo=UTC)


def link(hall: Hall, digit: str, **changes: object) -> Link:
    whole = Link(
        id=digit * 32,
        congress=hall.congress.id,
        role="scrutineer",
        name="陈秀英",
        session=hall.session.id,
        scrutineer=1,
        expires=MOMENT,
        issued_by="刘科长",
        revoked_at=None,
    )
    return replace(whole, **changes)


@case("links.add", "links.by_token", "links.get")
def test_a_link_is_found_by_the_hash_of_its_token_and_by_its_id(store: Store, hall: Hall) -> None:
    new = link(hall, "a")
    with store.write() as tx:
        tx.links.add(new, "c" * 64)
    with store.read() as tx:
        assert tx.links.by_token("c" * 64) == new
        assert tx.links.by_token("d" * 64) is None
        assert tx.links.get(hall.staff, new.id) == new


@case("links.revoke")
def test_a_revoked_link_keeps_its_place_and_says_since_when(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.links.add(link(hall, "a"), "c" * 64)
        tx.links.add(link(hall, "b"), "d" * 64)
        gone = tx.links.revoke(link(hall, "a"), MOMENT)
    assert gone == link(hall, "a", revoked_at=MOMENT)
    with store.read() as tx:
        assert tx.links.by_token("c" * 64) == gone
        assert tx.links.by_token("d" * 64) == link(hall, "b")


@case("links.listing")
def test_links_are_listed_by_role_and_name(store: Store, hall: Hall) -> None:
    staff = link(hall, "a", role="staff", session=None, scrutineer=None)
    chair = link(hall, "b", role="chair", scrutineer=None)
    with store.write() as tx:
        tx.links.add(staff, "c" * 64)
        tx.links.add(chair, "d" * 64)
    with store.read() as tx:
        assert tx.links.listing(hall.staff) == (chair, staff)


@case("links.get", "links.listing")
def test_another_congress_sees_no_link(store: Store, hall: Hall, elsewhere: Hall) -> None:
    with store.write() as tx:
        tx.links.add(link(hall, "a"), "c" * 64)
    with store.read() as tx:
        assert tx.links.listing(elsewhere.staff) == ()
        for unknown in ("a" * 32, "\0", ""):
            with pytest.raises(NotFound):
                tx.links.get(elsewhere.staff, unknown)
