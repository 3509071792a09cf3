"""Contract of `tx.ceremonies`: who takes part in making a key, and the messages that came."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import OPENING_DAY, Hall
from voting.actors import PUBLIC, NotFound
from voting.scrutinising.keys import Ceremony, Member
from voting.store import Store


def a_ceremony(hall: Hall, number: int, *names: str) -> Ceremony:
    return Ceremony(
        congress=hall.congress.id,
        id=f"{number:032x}",
        session=hall.session.id,
        threshold=2,
        begun_at=OPENING_DAY.replace(minute=number),
        begun_by="刘科长",
        trustees=None,
        members=tuple(Member(number=n, name=name) for n, name in enumerate(names, start=1)),
    )


@case("ceremonies.add", "ceremonies.get", "ceremonies.lock", "ceremonies.of_session")
def test_the_newest_comes_first_with_its_members_in_order(store: Store, hall: Hall) -> None:
    first, second = a_ceremony(hall, 1, "甲", "乙", "丙"), a_ceremony(hall, 2, "乙", "甲")
    with store.write() as tx:
        tx.ceremonies.add(first)
        tx.ceremonies.add(second)
        assert tx.ceremonies.lock(hall.staff, first.id) == first
    with store.read() as tx:
        assert tx.ceremonies.get(hall.staff, second.id) == second
        assert tx.ceremonies.of_session(hall.staff, hall.session.id) == (second, first)
        assert tx.ceremonies.of_session(hall.staff, "0" * 32) == ()


@case("ceremonies.keep", "ceremonies.complete")
def test_what_one_gives_is_kept_for_that_one_alone(store: Store, hall: Hall) -> None:
    before = a_ceremony(hall, 1, "甲", "乙")
    with store.write() as tx:
        tx.ceremonies.add(before)
        tx.ceremonies.keep(before, 2, certificate=b"{}", signing_key="a" * 64, endorsement=b"[]")
        after = tx.ceremonies.keep(
            tx.ceremonies.lock(hall.staff, before.id), 2, deal=b"d", share=b"s", compared_at=OPENING_DAY
        )
        after = tx.ceremonies.complete(after, b"[1]")
    with store.read() as tx:
        kept = tx.ceremonies.get(hall.staff, before.id)
    given = Member(
        number=2,
        name="乙",
        certificate=b"{}",
        signing_key="a" * 64,
        endorsement=b"[]",
        deal=b"d",
        share=b"s",
        compared_at=OPENING_DAY,
    )
    assert kept == after == replace(before, trustees=b"[1]", members=(before.members[0], given))


@case("ceremonies.get", "ceremonies.of_session")
def test_only_those_concerned_find_it(store: Store, hall: Hall, elsewhere: Hall) -> None:
    made = a_ceremony(hall, 1, *hall.names)
    with store.write() as tx:
        tx.ceremonies.add(made)
    first = hall.scrutineers[0]
    strangers = (
        elsewhere.staff,
        elsewhere.scrutineers[0],
        hall.tellers[0],
        PUBLIC,
        replace(first, name="某某"),
        replace(first, scrutineer=2),
        replace(first, session="0" * 32),
    )
    with store.read() as tx:
        for actor in (hall.staff, hall.chair, hall.operator, first):
            assert tx.ceremonies.get(actor, made.id) == made
        for actor in strangers:
            assert tx.ceremonies.of_session(actor, hall.session.id) == ()
            with pytest.raises(NotFound):
                tx.ceremonies.get(actor, made.id)
        for odd in ("", "x", "\x00", "0" * 32):
            with pytest.raises(NotFound):
                tx.ceremonies.get(hall.staff, odd)


@case("scrutineers.keep_confirmation")
def test_a_confirmation_and_an_endorsement_are_kept_for_one_scrutineer(store: Store, hall: Hall) -> None:
    hall.reach("adopted")
    with store.write() as tx:
        first, second = tx.scrutineers.of(hall.staff, hall.round.id)
        tx.scrutineers.keep_key(second, b"{}", "a" * 64, b"[1]")
        tx.scrutineers.keep_confirmation(second, b"[2]")
    with store.read() as tx:
        after = tx.scrutineers.of(hall.staff, hall.round.id)
    assert after[0] == first
    assert (after[1].endorsement, after[1].confirmation) == (b"[1]", b"[2]")
