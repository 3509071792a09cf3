"""What is counted back and what is sealed in reserve decides a round's list, card by card."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ballots.errors import UnknownCredential
from tests.dealt import Dealt
from tests.refusals import refused, unchanged
from voting.actors import Forbidden, NotFound, Role
from voting.cards import CardsError, serial_of
from voting.casting import CardDead
from voting.errors import CountsError
from voting.handing_out import leftovers
from voting.handing_out.leftovers import Moved
from voting.handing_out.refusals import CardMisplaced, NoSuchCard, SerialsErased, StillVoting
from voting.publishing import round_json


def put_back(dealt: Dealt, typed: str) -> Moved:
    hall = dealt.hall
    return leftovers.put_back(hall.store, hall.staff, dealt.deck.id, typed, hall.now())


def take_out(dealt: Dealt, typed: str) -> Moved:
    hall = dealt.hall
    return leftovers.take_out(hall.store, hall.staff, dealt.deck.id, typed, hall.now())


def give_back(dealt: Dealt, typed: str) -> None:
    hall = dealt.hall
    leftovers.give_back(hall.store, hall.staff, dealt.deck.id, typed, hall.now())


def test_the_list_is_exactly_what_was_handed_out_and_the_declared_reserve(dealt: Dealt) -> None:
    dealt.back(dealt.serial(6))
    dealt.kept(dealt.serial(7))
    opened = dealt.opened()
    assert dealt.listed(opened) == sorted(dealt.credential(opened, card) for card in (0, 1, 2, 3, 4, 5, 7))
    assert (opened.issued, opened.deck) == (6, dealt.deck.id)
    with dealt.hall.store.read() as tx:
        declared = tx.cards.declared(opened)
    assert declared.reserve == (dealt.credential(opened, 7),)
    assert (declared.activated, declared.dead) == ((), ())


def test_leftovers_and_reserve_cannot_vote(dealt: Dealt) -> None:
    dealt.back(dealt.serial(6))
    dealt.kept(dealt.serial(7))
    opened = dealt.opened()
    with refused(dealt.hall.store, UnknownCredential):
        dealt.cast(opened, 6, 1)
    with refused(dealt.hall.store, CardDead):
        dealt.cast(opened, 7, 1)


def test_what_was_not_counted_back_keeps_the_round_shut(dealt: Dealt) -> None:
    sealed = dealt.sealed()
    dealt.back(dealt.serial(7))
    with refused(dealt.hall.store, CountsError, "发出6张票，名单上没有收回的投票卡是7张"):
        dealt.open(sealed, 6)


def test_paper_is_part_of_what_was_issued(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(4)}-{dealt.serial(5)}")
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    sealed = dealt.sealed()
    with refused(dealt.hall.store, CountsError, "加上纸质票2张是6张"):
        dealt.open(sealed, 5, paper=2)


def test_a_round_with_nothing_handed_out_and_nothing_kept_does_not_open(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(0)}-{dealt.serial(7)}")
    sealed = dealt.sealed()
    with refused(dealt.hall.store, CountsError, "一张投票卡也没有发出"):
        dealt.open(sealed, 6, paper=6)


@pytest.mark.parametrize("known_as", ["serial", "key", "spaced", "full width"])
def test_a_card_is_known_by_its_serial_or_as_a_camera_reads_it(dealt: Dealt, known_as: str) -> None:
    serial = dealt.serial(3)
    typed = {
        "serial": serial,
        "key": dealt.key(3),
        "spaced": f" {serial[:3]} {serial[3:]} ",
        "full width": "".join(chr(ord(digit) + 0xFEE0) for digit in serial),
    }[known_as]
    done = put_back(dealt, typed)
    assert [one.serial for one in done.moved] == [serial]
    assert (done.count.leftover, done.count.out) == (1, 7)


def test_what_a_camera_reads_for_another_round_is_the_same_card(dealt: Dealt) -> None:
    assert put_back(dealt, dealt.made.derived[3][2]).moved[0].serial == dealt.serial(3)


def test_several_cards_and_ranges_are_counted_at_once_and_each_once(dealt: Dealt) -> None:
    typed = f"{dealt.serial(1)}，{dealt.serial(3)}-{dealt.serial(5)}\n{dealt.serial(4)}"
    done = put_back(dealt, typed)
    assert [one.serial for one in done.moved] == [dealt.serial(card) for card in (1, 3, 4, 5)]


def test_a_card_counted_twice_counts_once_and_says_so(dealt: Dealt) -> None:
    put_back(dealt, dealt.serial(3))
    with unchanged(dealt.hall.store):
        again = put_back(dealt, dealt.serial(3))
    assert (again.moved, [one.serial for one in again.before]) == ((), [dealt.serial(3)])
    assert again.count.leftover == 1


def test_a_slip_is_undone_until_the_round_opens(dealt: Dealt) -> None:
    put_back(dealt, f"{dealt.serial(3)}-{dealt.serial(5)}")
    dealt.kept(dealt.serial(6))
    take_out(dealt, f"{dealt.serial(3)},{dealt.serial(6)}")
    assert (dealt.count().out, dealt.count().leftover, dealt.count().reserve) == (6, 2, 0)
    opened = dealt.opened()
    assert dealt.credential(opened, 3) in dealt.listed(opened)


def test_while_a_round_is_open_no_card_changes_its_place(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    for move in (put_back, take_out, lambda dealt, typed: dealt.kept(typed)):
        with refused(dealt.hall.store, StillVoting, opened.title):
            move(dealt, dealt.serial(0))


def test_every_line_that_is_wrong_is_named_and_nothing_moves(dealt: Dealt) -> None:
    wrong = str(int(dealt.serial(2)) + 1).rjust(7, "0")
    typed = f"{dealt.serial(1)}\n{wrong}\n甲\n{serial_of(99)}\n{dealt.serial(5)}-{dealt.serial(4)}"
    with refused(dealt.hall.store, CardsError) as _:
        put_back(dealt, typed)
    with pytest.raises(CardsError) as told:
        put_back(dealt, typed)
    for words in (f"编号{wrong}抄错了", "“甲”不是投票卡编号", f"没有编号{serial_of(99)}", "前后颠倒"):
        assert words in told.value.sentence


@pytest.mark.parametrize("typed", ["", " \n ", "，"])
def test_nothing_typed_is_told_so(dealt: Dealt, typed: str) -> None:
    with refused(dealt.hall.store, CardsError, "请扫描或者输入"):
        put_back(dealt, typed)


def test_a_card_of_nobody_is_refused(dealt: Dealt) -> None:
    with refused(dealt.hall.store, NoSuchCard, "不是这批投票卡"):
        give_back(dealt, "a" * 64)
    with refused(dealt.hall.store, NoSuchCard, serial_of(99)):
        give_back(dealt, serial_of(99))


def test_a_reserve_card_is_no_leftover(dealt: Dealt) -> None:
    dealt.kept(dealt.serial(7))
    with refused(dealt.hall.store, CardMisplaced, f"编号{dealt.serial(7)}是封存的备用卡"):
        put_back(dealt, dealt.serial(7))


def test_who_leaves_gives_the_card_back_and_it_votes_no_more(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    give_back(dealt, dealt.serial(2))
    with refused(dealt.hall.store, CardDead):
        dealt.cast(opened, 2, 1)
    with dealt.hall.store.read() as tx:
        assert tx.cards.declared(opened).dead == (dealt.credential(opened, 2),)
    with unchanged(dealt.hall.store):
        give_back(dealt, dealt.serial(2))


def test_what_was_cast_before_leaving_counts(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    dealt.cast(opened, 2, 1)
    give_back(dealt, dealt.serial(2))
    with dealt.hall.store.read() as tx:
        assert tx.cards.declared(opened).dead == ()
        assert tx.box.count(dealt.hall.staff, opened.id) == 1
    assert dealt.count().out == 5


def test_present_and_issued_are_fixed_anew_for_each_round(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    first = dealt.opened()
    give_back(dealt, dealt.serial(2))
    dealt.hall.close()
    second = dealt.further("测试第二轮")
    assert (first.issued, second.issued) == (6, 5)
    assert dealt.credential(second, 2) not in dealt.listed(second)
    with dealt.hall.store.read() as tx:
        assert tx.cards.declared(second).dead == ()


def test_one_scan_serves_all_rounds_that_are_open_together(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    first, second = dealt.opened(), dealt.further("测试第二轮")
    for opened in (first, second):
        dealt.cast(opened, 0, 1)
    with dealt.hall.store.read() as tx:
        assert [tx.box.count(dealt.hall.staff, one.id) for one in (first, second)] == [1, 1]
    assert not set(dealt.listed(first)) & set(dealt.listed(second))


def test_the_record_lists_dead_and_unused_cards(dealt: Dealt) -> None:
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    dealt.cast(opened, 0, 1)
    give_back(dealt, dealt.serial(2))
    dealt.hall.reach("announced")
    record = round_json(dealt.hall.store, dealt.hall.staff, opened.id, dealt.hall.signer).decode()
    for card, field in ((2, "dead_cards"), (6, "reserve_cards"), (7, "reserve_cards")):
        listed = record.partition(f'"{field}":[')[2].partition("]")[0]
        assert dealt.credential(opened, card) in listed


def test_once_the_serials_are_erased_no_card_is_found_by_one(dealt: Dealt) -> None:
    hall = dealt.hall
    with hall.store.write() as tx:
        tx.decks.erase(dealt.deck, hall.now())
    with refused(hall.store, SerialsErased):
        put_back(dealt, dealt.serial(1))


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "usher", "teller", "public"])
def test_only_staff_count_cards(dealt: Dealt, role: Role) -> None:
    hall = dealt.hall
    outsider = replace(hall.staff, role=role)
    for moment in (leftovers.put_back, leftovers.take_out, leftovers.declare_reserve, leftovers.give_back):
        with refused(hall.store, Forbidden):
            moment(hall.store, outsider, dealt.deck.id, dealt.serial(1), hall.now())


def test_another_congress_counts_no_cards_of_ours(dealt: Dealt) -> None:
    hall = dealt.hall
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        leftovers.put_back(hall.store, stranger, dealt.deck.id, dealt.serial(1), hall.now())
