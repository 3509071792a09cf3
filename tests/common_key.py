"""The scrutineers of a hall make their key together: every message as a page would send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballots import ceremony as protocol
from ballots.record import endorsement_text
from voting.scrutinising import ceremonies, confirming
from voting.scrutinising.keys import Ceremony

if TYPE_CHECKING:
    from tests.people import Hall


def of_round(hall: Hall) -> Ceremony:
    """The key of the hall's round, as far as it is made."""
    with hall.store.read() as tx:
        found = ceremonies.key_in_use(tx, hall.staff, tx.rounds.get(hall.staff, hall.round.id))
    assert found is not None
    return found


def get(hall: Hall, ceremony_id: str) -> Ceremony:
    with hall.store.read() as tx:
        return tx.ceremonies.get(hall.staff, ceremony_id)


def make(hall: Hall, ceremony_id: str) -> Ceremony:
    """Everything that is still to be done, by everybody."""
    everybody = range(1, len(hall.scrutineers) + 1)
    for give in (certify, deal, receive, compare):
        for number in everybody:
            give(hall, ceremony_id, number)
    return get(hall, ceremony_id)


def certify(hall: Hall, ceremony_id: str, number: int) -> Ceremony:
    of, seed = get(hall, ceremony_id), hall.seeds[number - 1]
    if of.members[number - 1].certificate is not None:
        return of
    report_key = hall.report_key(number).verify_key.encode().hex()
    return ceremonies.give_certificate(
        hall.store,
        hall.scrutineers[number - 1],
        ceremony_id,
        protocol.certificate(seed, number, of.threshold, len(of.members), hall.random),
        report_key,
        protocol.sign_text(seed, endorsement_text(report_key), hall.random),
        hall.now(),
    )


def deal(hall: Hall, ceremony_id: str, number: int) -> Ceremony:
    of, seed = get(hall, ceremony_id), hall.seeds[number - 1]
    raw = protocol.deal(seed, certificates(of), of.threshold, hall.random)
    return ceremonies.give_deal(hall.store, hall.scrutineers[number - 1], ceremony_id, raw, hall.now())


def receive(hall: Hall, ceremony_id: str, number: int) -> Ceremony:
    of, seed = get(hall, ceremony_id), hall.seeds[number - 1]
    deals = [one.deal or b"" for one in of.members]
    raw = protocol.receive(seed, certificates(of), of.threshold, deals, hall.random)
    return ceremonies.give_share(hall.store, hall.scrutineers[number - 1], ceremony_id, raw, hall.now())


def compare(hall: Hall, ceremony_id: str, number: int) -> Ceremony:
    return ceremonies.compare(hall.store, hall.scrutineers[number - 1], ceremony_id, hall.now())


def secret(hall: Hall, number: int) -> int:
    """What this scrutineer decrypts with."""
    of = of_round(hall)
    share = of.members[number - 1].share or b""
    return protocol.decryption_secret(hall.seeds[number - 1], certificates(of), of.threshold, share)


def certificates(of: Ceremony) -> list[bytes]:
    return [one.certificate or b"" for one in of.members]


def confirm(hall: Hall, number: int) -> None:
    """This scrutineer has compared the head of the closed box."""
    closed = hall.current()
    text = confirming.box_text(closed.fingerprint or "", closed.closing_head or "")
    signature = protocol.sign_text(hall.seeds[number - 1], text, hall.random)
    confirming.confirm_box(hall.store, hall.scrutineers[number - 1], hall.round.id, signature, hall.now())
