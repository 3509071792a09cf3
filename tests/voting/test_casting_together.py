"""Ballots that share a commit: each is answered as if it had come alone, on both databases."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from ballots.ballot import digest_of, tracker_of
from ballots.errors import BadSignature, Malformed, WrongElection
from tests.contracts.test_box import until_it_waits
from tests.people import Hall
from tests.refusals import dump
from voting import casting
from voting.actors import NotFound
from voting.casting import AlreadyClosed, CardAlreadyVoted, CardDead, Posted
from voting.handing_out import replacing
from voting.rounds import Receipt


def together(hall: Hall, raws: Sequence[bytes]) -> list[Receipt | Exception]:
    posted = [Posted(hall.session.code, hall.round.id, raw) for raw in raws]
    return casting.cast_together(hall.store, posted, hall.signer)


def kinds(answers: Sequence[Receipt | Exception]) -> list[type]:
    return [type(answer) for answer in answers]


def card_of(raw: bytes) -> str:
    """The public half of the card that a ballot names."""
    credential: str = json.loads(raw)["credential"]
    return credential


def in_the_box(hall: Hall) -> set[object]:
    return {row[2] for row in dump(hall.store)["ballot"]}


def test_each_gets_the_receipt_that_it_would_get_alone(anywhere: Hall) -> None:
    anywhere.reach("open")
    raws = [anywhere.ballot(card, 1) for card in range(3)]
    answers = together(anywhere, raws)
    assert answers == [anywhere.hand_in(raw) for raw in raws]
    assert [answer.tracker for answer in answers if isinstance(answer, Receipt)] == [*map(tracker_of, raws)]


def test_they_write_their_ballots_and_nothing_else(anywhere: Hall) -> None:
    anywhere.reach("open")
    raws = [anywhere.ballot(card, 1) for card in range(3)]
    before = dump(anywhere.store)
    together(anywhere, raws)
    after = dump(anywhere.store)
    assert {row[2] for row in after.pop("ballot")} == {*map(digest_of, raws)}
    assert before.pop("ballot") == []
    assert after == before


def test_what_is_refused_keeps_nobody_else_out(anywhere: Hall) -> None:
    opened = anywhere.reach("open")
    first, second, lost = (anywhere.ballot(card, 1) for card in range(3))
    another = anywhere.ballot(0, 2)
    replacing.declare_dead(anywhere.store, anywhere.staff, opened.id, card_of(lost), anywhere.now())
    foreign = first.replace(anywhere.election().fingerprint.encode(), b"A" * 43)
    changed = first.replace(b'"challenge":"', b'"challenge":"1', 1)
    raws = [b"[]", lost, foreign, changed, second, first, another, second]
    answers = together(anywhere, raws)
    assert kinds(answers[:4]) == [Malformed, CardDead, WrongElection, BadSignature]
    assert kinds(answers[4:]) == [Receipt, Receipt, CardAlreadyVoted, Receipt]
    assert answers[4] == answers[7]
    assert in_the_box(anywhere) == {digest_of(first), digest_of(second)}


def test_those_that_wait_for_whoever_closes_stay_out_together(anywhere: Hall) -> None:
    anywhere.reach("open")
    raws = [anywhere.ballot(card, 1) for card in range(3)]
    with ThreadPoolExecutor(1) as other:
        with anywhere.store.write() as tx:
            locked = tx.rounds.lock(anywhere.staff, anywhere.round.id)
            waiting = other.submit(together, anywhere, raws)
            until_it_waits(anywhere.store, waiting)
            tx.rounds.change(locked, state="closed")
        assert kinds(waiting.result()) == [AlreadyClosed] * 3
    with anywhere.store.write() as tx:  # nobody has summed its ballots
        tx.rounds.change(tx.rounds.lock(anywhere.staff, anywhere.round.id), state="open")
    assert in_the_box(anywhere) == set()


def test_two_groups_with_ballots_of_the_same_cards_never_wait_crosswise(anywhere: Hall) -> None:
    anywhere.reach("open")
    raws = [anywhere.ballot(card, 1) for card in range(4)]
    start = Barrier(2)

    def cast(group: Sequence[bytes]) -> list[Receipt | Exception]:
        start.wait()
        return together(anywhere, group)

    with ThreadPoolExecutor(2) as servers:
        there, back = servers.submit(cast, raws), servers.submit(cast, raws[::-1])
        assert there.result() == back.result()[::-1]
    assert kinds(there.result()) == [Receipt] * 4
    assert in_the_box(anywhere) == {*map(digest_of, raws)}


def test_one_that_came_for_another_session_is_told_so(anywhere: Hall) -> None:
    anywhere.reach("open")
    good, lost = anywhere.ballot(0, 1), anywhere.ballot(1, 1)
    posted = [
        Posted(anywhere.session.code, anywhere.round.id, good),
        Posted("AbCdEfGh", anywhere.round.id, lost),
    ]
    answers = casting.cast_together(anywhere.store, posted, anywhere.signer)
    assert kinds(answers) == [Receipt, NotFound]
