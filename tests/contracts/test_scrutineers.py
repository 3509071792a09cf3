"""Contract of `tx.scrutineers`: names, keys, decryptions, signatures."""

from __future__ import annotations

import pytest

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import PUBLIC, Forbidden
from voting.rounds import Scrutineer
from voting.store import Store


@case("scrutineers.appoint", "scrutineers.of")
def test_the_appointed_are_numbered_from_the_chief(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.scrutineers.appoint(hall.round, ["甲"])
        tx.scrutineers.appoint(hall.round, ["乙", "丙"])
    with store.read() as tx:
        assert tx.scrutineers.of(hall.staff, hall.round.id) == (
            Scrutineer(congress=hall.congress.id, round=hall.round.id, number=1, name="乙", chief=True),
            Scrutineer(congress=hall.congress.id, round=hall.round.id, number=2, name="丙", chief=False),
        )


@case("scrutineers.keep_key", "scrutineers.keep_decryption", "scrutineers.keep_signature")
def test_what_a_scrutineer_gives_is_kept_for_that_scrutineer_alone(store: Store, hall: Hall) -> None:
    hall.reach("adopted")
    with store.write() as tx:
        chief, second = tx.scrutineers.of(hall.staff, hall.round.id)
        tx.scrutineers.keep_key(second, b"{}", "a" * 64)
        tx.scrutineers.keep_decryption(second, b"[]")
        tx.scrutineers.keep_signature(second, "b" * 128)
    with store.read() as tx:
        assert tx.scrutineers.of(hall.staff, hall.round.id) == (
            chief,
            Scrutineer(
                congress=hall.congress.id,
                round=hall.round.id,
                number=2,
                name=second.name,
                chief=False,
                public_key=b"{}",
                signing_key="a" * 64,
                decrypted=True,
                signature="b" * 128,
            ),
        )


@case("scrutineers.decryptions")
def test_decryptions_come_by_number_and_to_scrutineers_only(store: Store, hall: Hall) -> None:
    hall.reach("adopted")
    with store.write() as tx:
        for one in reversed(tx.scrutineers.of(hall.staff, hall.round.id)):
            tx.scrutineers.keep_decryption(one, f"[{one.number}]".encode())
    with store.read() as tx:
        found = tx.scrutineers.decryptions(hall.scrutineers[1], hall.round.id)
        assert list(found.items()) == [(1, b"[1]"), (2, b"[2]")]
        for other in (hall.staff, hall.chair, hall.operator, PUBLIC):
            with pytest.raises(Forbidden):
                tx.scrutineers.decryptions(other, hall.round.id)


@case("scrutineers.of", "scrutineers.decryptions")
def test_another_congress_sees_no_scrutineer(store: Store, hall: Hall, elsewhere: Hall) -> None:
    hall.reach("adopted")
    with store.read() as tx:
        assert tx.scrutineers.of(elsewhere.staff, hall.round.id) == ()
        assert tx.scrutineers.decryptions(elsewhere.scrutineers[0], hall.round.id) == {}
