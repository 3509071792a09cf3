"""A deck is loaded once, its rounds take their cards from it, and after the session it is forgotten."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace

from tests.dealt import Dealt
from tests.people import Hall
from tests.refusals import dump, refused, unchanged
from voting import drafting, sealing
from voting.actors import Forbidden, NotFound, Role
from voting.cards import CardsError, deck_file, make_deck, public_file, serial_of
from voting.handing_out import decks, incidents
from voting.handing_out.refusals import DeckInUse, DeckUsedUp, NoDeck, SerialTaken, StillVoting
from voting.rounds import Round
from voting.sealing import AlreadySealed, CardsInUse


def use(hall: Hall, of: Round) -> Round:
    return decks.use_deck(hall.store, hall.staff, of.id, hall.now())


def load(hall: Hall, raw: bytes) -> None:
    decks.load_deck(hall.store, hall.staff, hall.session.id, raw, hall.now())


def another(hall: Hall, first: int, uuids: list[str] | None = None) -> bytes:
    made = make_deck(3, uuids or decks.fresh_uuids(hall.random, 2), hall.random)
    return deck_file(hall.session.code, made, first)


def test_a_loaded_deck_counts_every_card_as_handed_out(dealt: Dealt) -> None:
    deck = dealt.deck
    assert (deck.number, deck.first, deck.last) == (8, serial_of(1), serial_of(8))
    assert (dealt.count().out, dealt.count().leftover, dealt.count().reserve) == (8, 0, 0)
    with dealt.hall.store.read() as tx:
        assert decks.newest(tx, dealt.hall.staff, dealt.hall.session.id) == deck
        assert decks.next_number(tx, dealt.hall.staff, dealt.hall.session.id) == 9


def test_the_same_file_once_more_changes_nothing(dealt: Dealt) -> None:
    with unchanged(dealt.hall.store):
        load(dealt.hall, dealt.raw)


def test_serials_that_the_session_has_are_refused_and_told_where_to_go_on(dealt: Dealt) -> None:
    with refused(dealt.hall.store, SerialTaken, "起始编号从9开始"):
        load(dealt.hall, another(dealt.hall, 8))
    load(dealt.hall, another(dealt.hall, 9))


def test_cards_of_another_session_are_refused(dealt: Dealt) -> None:
    hall = dealt.hall
    other = drafting.create_session(hall.store, hall.staff, "第六次会议", 6, os.urandom)
    with refused(hall.store, CardsError, "另一次会议"):
        decks.load_deck(hall.store, hall.staff, other.id, dealt.raw, hall.now())


def test_uuids_that_a_round_holds_already_are_refused(hall: Hall) -> None:
    hall.load_cards()
    with refused(hall.store, CardsInUse, hall.round.title):
        load(hall, another(hall, 1, [hall.uuid()]))


def test_each_round_takes_the_next_uuid_and_keeps_it(dealt: Dealt) -> None:
    hall = dealt.hall
    second = hall.draft("测试第二轮")
    assert use(hall, hall.round).uuid == dealt.uuids[0]
    assert use(hall, second).uuid == dealt.uuids[1]
    with unchanged(hall.store):
        assert use(hall, second).uuid == dealt.uuids[1]
    assert dealt.listed(second) == sorted(one[1] for one in dealt.made.derived)


def test_a_uuid_that_was_loaded_by_itself_is_passed_over(dealt: Dealt) -> None:
    hall = dealt.hall
    second = hall.draft("测试第二轮")
    single = public_file(dealt.uuids[0], dealt.made.public[dealt.uuids[0]])
    sealing.load_cards(hall.store, hall.staff, hall.round.id, single, hall.now())
    assert use(hall, second).uuid == dealt.uuids[1]


def test_cards_loaded_by_themselves_take_the_place_of_the_deck(dealt: Dealt) -> None:
    hall = dealt.hall
    use(hall, hall.round)
    loaded = hall.load_cards()
    assert (loaded.deck, loaded.uuid) == (None, hall.uuid())


def test_a_deck_without_a_spare_round_is_used_up(hall: Hall) -> None:
    Dealt(hall, rounds=1)
    use(hall, hall.round)
    second = hall.draft("测试第二轮")
    with refused(hall.store, DeckUsedUp, "接着往下编"):
        use(hall, second)


def test_without_a_deck_there_is_nothing_to_take(hall: Hall) -> None:
    with refused(hall.store, NoDeck):
        use(hall, hall.round)


def test_a_sealed_round_keeps_its_cards(dealt: Dealt) -> None:
    dealt.sealed()
    load(dealt.hall, another(dealt.hall, 9))
    with refused(dealt.hall.store, AlreadySealed):
        use(dealt.hall, dealt.hall.round)


def test_a_round_that_is_not_sealed_can_change_to_the_new_deck(dealt: Dealt) -> None:
    hall = dealt.hall
    use(hall, hall.round)
    load(hall, another(hall, 9))
    assert use(hall, hall.round).uuid not in dealt.uuids


def test_a_spoilt_deck_goes_and_the_same_serials_may_come_again(dealt: Dealt) -> None:
    hall = dealt.hall
    use(hall, hall.round)
    decks.withdraw_deck(hall.store, hall.staff, dealt.deck.id, hall.now())
    assert (hall.current().deck, hall.current().uuid, hall.current().credentials) == (None, None, None)
    rows = dump(hall.store)
    assert (rows["deck"], rows["deck_card"], rows["card"]) == ([], [], [])
    load(hall, another(hall, 1))


def test_the_deck_of_a_sealed_round_stays(dealt: Dealt) -> None:
    dealt.sealed()
    with refused(dealt.hall.store, DeckInUse):
        decks.withdraw_deck(dealt.hall.store, dealt.hall.staff, dealt.deck.id, dealt.hall.now())


def test_after_the_session_no_serial_leads_to_a_card(dealt: Dealt) -> None:
    hall = dealt.hall
    dealt.back(f"{dealt.serial(6)},{dealt.serial(7)}")
    dealt.opened()
    incidents.report_incident(
        hall.store, hall.staff, hall.session.id, "used_card", "已使用", hall.now(), serial=dealt.serial(2)
    )
    hall.close()
    assert decks.erase_serials(hall.store, hall.staff, hall.session.id, hall.now()) == 1
    rows = dump(hall.store)
    assert rows["deck_card"] == []
    written = str([rows[name] for name in ("incident", "audit", "step")])
    assert [card for card in range(8) if dealt.serial(card) in written] == []
    with unchanged(hall.store):
        assert decks.erase_serials(hall.store, hall.staff, hall.session.id, hall.now()) == 0


def test_while_a_round_is_open_the_serials_are_kept(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.opened()
    with refused(dealt.hall.store, StillVoting, "正在投票"):
        decks.erase_serials(dealt.hall.store, dealt.hall.staff, dealt.hall.session.id, dealt.hall.now())


def test_an_erased_deck_gives_no_more_cards(dealt: Dealt) -> None:
    hall = dealt.hall
    decks.erase_serials(hall.store, hall.staff, hall.session.id, hall.now())
    with refused(hall.store, NoDeck):
        use(hall, hall.round)


@pytest.mark.parametrize("number", [0, 51])
def test_an_impossible_number_of_rounds_is_refused(number: int) -> None:
    with pytest.raises(CardsError, match="1至50轮"):
        decks.fresh_uuids(os.urandom, number)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "usher", "teller", "public", "system"])
def test_only_staff_deal_with_decks(dealt: Dealt, role: Role) -> None:
    hall = dealt.hall
    outsider = replace(hall.staff, role=role)
    with refused(hall.store, Forbidden):
        decks.load_deck(hall.store, outsider, hall.session.id, another(hall, 9), hall.now())
    with refused(hall.store, Forbidden):
        decks.use_deck(hall.store, outsider, hall.round.id, hall.now())
    with refused(hall.store, Forbidden):
        decks.withdraw_deck(hall.store, outsider, dealt.deck.id, hall.now())
    with refused(hall.store, Forbidden):
        decks.erase_serials(hall.store, outsider, hall.session.id, hall.now())


def test_another_congress_has_no_such_deck(dealt: Dealt) -> None:
    hall = dealt.hall
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        decks.withdraw_deck(hall.store, stranger, dealt.deck.id, hall.now())
    with refused(hall.store, NotFound):
        decks.load_deck(hall.store, stranger, hall.session.id, dealt.raw, hall.now())


def test_what_is_under_way_takes_no_other_cards(dealt: Dealt) -> None:
    hall = dealt.hall
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.opened()
    load(hall, another(hall, 9))
    with refused(hall.store, AlreadySealed):
        use(hall, hall.round)
