"""Killing and casting take the same lock: a card votes or dies, and never both."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from ballots.ballot import digest_of
from ballots.errors import UnknownCredential
from tests.dealt import Dealt
from tests.refusals import dump, refused, unchanged
from voting import casting, closing
from voting.actors import Actor, Forbidden, NotFound, Role
from voting.casting import CardAlreadyVoted, CardDead
from voting.handing_out import leftovers, replacing
from voting.handing_out.refusals import (
    CardMisplaced,
    CardsFixed,
    NoSuchCard,
    ReserveRefused,
    WitnessMissing,
)
from voting.paper_ballots.exchanging import exchange_for_paper
from voting.rounds import Round

WITNESS = "陈秀英"


def swap(
    dealt: Dealt, of: Round, old: int, new: int, actor: Actor | None = None, witness: str = WITNESS
) -> Round:
    hall = dealt.hall
    return replacing.replace_card(
        hall.store,
        actor or hall.staff,
        of.id,
        dealt.serial(old),
        dealt.serial(new),
        "lost",
        hall.now(),
        witness=witness,
    )


def kill(dealt: Dealt, of: Round, card: int) -> Round:
    hall = dealt.hall
    return replacing.declare_dead(hall.store, hall.staff, of.id, dealt.serial(card), hall.now())


@pytest.fixture
def opened(dealt: Dealt) -> Round:
    """Six cards are out, two in reserve."""
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    return dealt.opened()


def test_the_old_card_dies_and_one_from_the_reserve_votes(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    with refused(dealt.hall.store, CardDead):
        dealt.cast(opened, 2, 1)
    dealt.cast(opened, 7, 1)
    with dealt.hall.store.read() as tx:
        declared = tx.cards.declared(opened)
        assert tx.cards.count(dealt.hall.staff, opened.id) == opened.issued
    assert declared.activated == (dealt.credential(opened, 7),)
    assert declared.dead == (dealt.credential(opened, 2),)
    assert (dealt.count().out, dealt.count().reserve, dealt.count().dead) == (6, 1, 1)


def test_a_card_that_has_voted_is_not_replaced(dealt: Dealt, opened: Round) -> None:
    dealt.cast(opened, 2, 1)
    with refused(dealt.hall.store, CardAlreadyVoted):
        swap(dealt, opened, 2, 7)


def test_a_card_that_has_voted_is_neither_killed_nor_exchanged(dealt: Dealt, opened: Round) -> None:
    dealt.cast(opened, 2, 1)
    hall = dealt.hall
    with refused(hall.store, CardAlreadyVoted):
        kill(dealt, opened, 2)
    with refused(hall.store, CardAlreadyVoted):
        exchange_for_paper(hall.store, hall.staff, opened.id, dealt.serial(2), hall.now())


def test_the_same_stub_gets_no_second_card(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    with refused(dealt.hall.store, CardMisplaced, "已经作废，不能再换"):
        swap(dealt, opened, 2, 6)


def test_the_same_reserve_card_is_not_handed_out_twice(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    with refused(dealt.hall.store, ReserveRefused, dealt.serial(7)):
        swap(dealt, opened, 3, 7)


def test_a_replacement_can_be_lost_too(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    swap(dealt, opened, 7, 6)
    with refused(dealt.hall.store, CardDead):
        dealt.cast(opened, 7, 1)
    dealt.cast(opened, 6, 1)


def test_only_reserve_cards_are_given_out(dealt: Dealt, opened: Round) -> None:
    with refused(dealt.hall.store, ReserveRefused, dealt.serial(3)):
        swap(dealt, opened, 2, 3)


def test_a_card_that_is_not_with_a_deputy_is_not_replaced(dealt: Dealt) -> None:
    dealt.back(dealt.serial(5))
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    with refused(dealt.hall.store, CardMisplaced, "已经收回"):
        swap(dealt, opened, 5, 7)
    with refused(dealt.hall.store, CardMisplaced, "是备用卡"):
        swap(dealt, opened, 6, 7)


@pytest.mark.parametrize("witness", ["", "张三"])
def test_staff_open_the_envelope_before_a_scrutineer(dealt: Dealt, opened: Round, witness: str) -> None:
    with refused(dealt.hall.store, WitnessMissing):
        swap(dealt, opened, 2, 7, witness=witness)


def test_who_gave_out_the_card_before_whom_is_on_record(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    swap(dealt, opened, 3, 6, actor=dealt.hall.scrutineers[1], witness="")
    with dealt.hall.store.read() as tx:
        notes = [one.note for one in tx.steps.of(dealt.hall.staff, opened.id) if one.step == "replace_card"]
    assert notes == ["遗失，监票人陈秀英在场", "遗失，监票人赵建国在场"]


def test_nothing_written_down_ties_the_cards_to_the_stub(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    rows = dump(dealt.hall.store)
    written = str([rows[name] for name in ("step", "audit")])
    assert [card for card in (2, 7) if dealt.serial(card) in written] == []
    assert [card for card in (2, 7) if dealt.credential(opened, card) in written] == []


def test_of_rounds_open_together_it_dies_where_it_has_not_voted(dealt: Dealt, opened: Round) -> None:
    second = dealt.further("测试第二轮")
    dealt.cast(opened, 2, 1)
    swap(dealt, second, 2, 7)
    with refused(dealt.hall.store, CardDead):
        dealt.cast(second, 2, 1)
    with refused(dealt.hall.store, CardDead):
        dealt.cast(opened, 7, 1)
    dealt.cast(second, 7, 1)


def test_a_card_replaced_before_opening_is_on_no_list(dealt: Dealt) -> None:
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    sealed = dealt.sealed()
    swap(dealt, sealed, 2, 7)
    opened = dealt.opened()
    assert dealt.listed(opened) == sorted(dealt.credential(opened, card) for card in (0, 1, 3, 4, 5, 6, 7))
    with dealt.hall.store.read() as tx:
        assert tx.cards.declared(opened).reserve == (dealt.credential(opened, 6),)
    dealt.cast(opened, 7, 1)


def test_a_replaced_card_is_on_no_later_list(dealt: Dealt, opened: Round) -> None:
    swap(dealt, opened, 2, 7)
    second = dealt.further("测试第二轮")
    assert dealt.credential(second, 2) not in dealt.listed(second)
    dealt.cast(second, 7, 1)


def test_who_exchanged_the_card_for_paper_gets_no_card_in_that_round(dealt: Dealt, opened: Round) -> None:
    hall = dealt.hall
    exchange_for_paper(hall.store, hall.staff, opened.id, dealt.serial(2), hall.now())
    with refused(hall.store, CardMisplaced, "已经换成纸质票"):
        swap(dealt, opened, 2, 7)
    with refused(hall.store, CardDead):
        dealt.cast(opened, 7, 1)
    closing.close_round(hall.store, hall.staff, opened.id, hall.now(), missing=1)


def test_a_reserve_card_that_was_declared_later_is_not_on_the_list(dealt: Dealt) -> None:
    dealt.back(dealt.serial(6))
    dealt.kept(dealt.serial(7))
    first = dealt.opened()
    dealt.hall.close()
    dealt.kept(dealt.serial(6))
    second = dealt.further("测试第二轮")
    swap(dealt, second, 2, 6)
    assert dealt.current(first).state == "closed"


def test_dead_in_one_round_is_dead_in_all(dealt: Dealt, opened: Round) -> None:
    second = dealt.further("测试第二轮")
    kill(dealt, opened, 2)
    for of in (opened, second):
        with refused(dealt.hall.store, CardDead):
            dealt.cast(of, 2, 1)
    with unchanged(dealt.hall.store):
        kill(dealt, opened, 2)


def test_a_reserve_card_is_not_declared_dead_by_its_number(dealt: Dealt, opened: Round) -> None:
    with refused(dealt.hall.store, CardMisplaced, "是备用卡"):
        kill(dealt, opened, 7)


def test_a_card_of_nobody_is_neither_killed_nor_replaced(dealt: Dealt, opened: Round) -> None:
    hall = dealt.hall
    with refused(hall.store, NoSuchCard):
        replacing.declare_dead(hall.store, hall.staff, opened.id, "a" * 64, hall.now())


def test_after_closing_no_card_is_replaced_or_killed(dealt: Dealt, opened: Round) -> None:
    dealt.hall.close()
    with refused(dealt.hall.store, CardsFixed):
        swap(dealt, opened, 2, 7)
    with refused(dealt.hall.store, CardsFixed):
        kill(dealt, opened, 2)


def test_cards_loaded_by_themselves_have_no_reserve(dealt: Dealt) -> None:
    opened = dealt.hall.reach("open")
    with refused(dealt.hall.store, ReserveRefused, "没有备用卡可换"):
        swap(dealt, opened, 2, 7)


@pytest.mark.parametrize("role", ["operator", "chair", "usher", "teller", "public", "system"])
def test_nobody_else_replaces_cards(dealt: Dealt, role: Role) -> None:
    hall = dealt.hall
    with refused(hall.store, Forbidden):
        swap(dealt, hall.round, 2, 7, actor=replace(hall.staff, role=role))


def test_another_congress_replaces_none_of_ours(dealt: Dealt) -> None:
    hall = dealt.hall
    with refused(hall.store, NotFound):
        swap(dealt, hall.round, 2, 7, actor=replace(hall.staff, congress="0" * 32))


# Two at the same moment, on both databases


def until_it_waits(dealt: Dealt, other: Future[bool] | Future[Round]) -> None:
    """On PostgreSQL: until the other waits for a lock, or is done without having waited."""
    awaited = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with dealt.hall.store._statements.connect() as connection:
        if connection.dialect.name == "postgresql":
            while not other.done() and connection.execute(awaited).scalar() == 0:
                pass


def test_a_card_that_is_cast_while_it_is_killed_does_one_or_the_other(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    ballots = [dealt.ballot(opened, card, 1) for card in range(6)]
    moments: list[Callable[[int], object]] = [
        lambda card: kill(dealt, opened, card),
        lambda card: swap(dealt, opened, card, 6 + card % 2),
        lambda card: leftovers.give_back(
            hall.store, hall.staff, dealt.deck.id, dealt.serial(card), hall.now()
        ),
    ]
    for card, raw in enumerate(ballots):
        start = Barrier(2)

        def vote(raw: bytes = raw, start: Barrier = start) -> bool:
            start.wait()
            try:
                casting.cast(hall.store, hall.session.code, opened.id, raw, hall.signer)
            except CardDead:
                return False
            return True

        def die(card: int = card, start: Barrier = start) -> None:
            start.wait()
            with suppress(CardAlreadyVoted):
                moments[card // 2](card)

        with ThreadPoolExecutor(2) as people:
            voted, died = people.submit(vote), people.submit(die)
            died.result()
            has_voted = voted.result()
        with hall.store.read() as tx:
            standing = tx.box.gate(hall.session.code, opened.id, dealt.credential(opened, card))
            dead = dealt.credential(opened, card) in tx.cards.declared(opened).dead
        assert (standing.card == "used", dead) == (has_voted, not has_voted)


def test_a_ballot_waits_for_whoever_replaces_its_card_and_stays_out(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    credential, raw = dealt.credential(opened, 2), dealt.ballot(opened, 2, 1)

    def put() -> bool:
        with hall.store.cast() as box:
            return box.put(hall.congress.id, opened.id, credential, "0" * 64, raw)

    with ThreadPoolExecutor(1) as other:
        with hall.store.write() as tx:
            locked, deck = replacing.lock_with_deck(tx, hall.staff, opened.id)
            waiting = other.submit(put)
            until_it_waits(dealt, waiting)
            assert deck is not None
            assert not tx.box.has_voted(locked, credential)
            tx.cards.kill(locked, credential)
        assert not waiting.result()


def test_whoever_kills_a_card_waits_for_its_ballot_that_is_on_the_way(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    moments = (lambda: kill(dealt, opened, 0), lambda: swap(dealt, opened, 1, 6))
    for card, moment in enumerate(moments):
        raw = dealt.ballot(opened, card, 1)
        with ThreadPoolExecutor(1) as other:
            with hall.store.write() as tx:
                assert tx.box.put(
                    hall.congress.id, opened.id, dealt.credential(opened, card), digest_of(raw), raw
                )
                waiting = other.submit(moment)
                until_it_waits(dealt, waiting)
            with pytest.raises(CardAlreadyVoted):
                waiting.result()
    with hall.store.read() as tx:
        assert (tx.cards.declared(opened).dead, tx.box.count(hall.staff, opened.id)) == ((), 2)


def test_two_desks_replace_cards_at_once_and_neither_waits_for_ever(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    first, second = dealt.opened(), dealt.further("测试第二轮")
    start = Barrier(2)

    def desk(of: Round, old: int, new: int) -> None:
        start.wait()
        swap(dealt, of, old, new)

    with ThreadPoolExecutor(2) as desks:
        for done in (desks.submit(desk, first, 0, 6), desks.submit(desk, second, 1, 7)):
            done.result()
    for of in (first, second):
        for card in (6, 7):
            dealt.cast(of, card, 1)
        with hall.store.read() as tx:
            assert len(tx.cards.declared(of).dead) == 2


def test_a_round_that_opens_while_a_card_is_replaced_leaves_the_old_one_out(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    sealed, start = dealt.sealed(), Barrier(2)

    def open_it() -> None:
        start.wait()
        dealt.open(sealed, 6)

    def replace_it() -> None:
        start.wait()
        swap(dealt, sealed, 2, 7)

    with ThreadPoolExecutor(2) as people:
        for done in (people.submit(open_it), people.submit(replace_it)):
            done.result()
    died_after_opening = dealt.credential(sealed, 2) in dealt.listed(sealed)
    with refused(hall.store, CardDead if died_after_opening else UnknownCredential):
        dealt.cast(sealed, 2, 1)
    dealt.cast(sealed, 7, 1)
