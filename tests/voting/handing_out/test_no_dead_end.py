"""Whatever happens to the cards of a plenary, every round can still be opened, closed and counted."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.dealt import Dealt
from tests.people import Hall
from tests.refusals import refused
from tests.voting.handing_out.test_replacing import until_it_waits
from voting import closing, drafting
from voting.casting import CardDead
from voting.handing_out import decks, replacing, trials
from voting.handing_out.refusals import CardMisplaced, StillVoting, TrialRefused
from voting.paper_ballots.switching import switch_to_paper
from voting.rounds import Round


def on_paper(dealt: Dealt) -> Round:
    """A second round, prepared with cards and then held on paper, is open."""
    hall = dealt.hall
    first = hall.round
    hall.round = hall.draft("另一轮")
    dealt.sealed()
    switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now())
    opened = dealt.open(hall.round, 6)
    hall.round = first
    return opened


def test_a_round_that_went_over_to_paper_holds_no_card_back(dealt: Dealt) -> None:
    other = on_paper(dealt)
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    replacing.replace_card(
        dealt.hall.store,
        dealt.hall.staff,
        opened.id,
        dealt.serial(0),
        dealt.serial(6),
        "lost",
        dealt.hall.now(),
        witness=dealt.hall.names[0],
    )
    dealt.cast(opened, 6, 1)
    with dealt.hall.store.read() as tx:
        assert not tx.cards.count(dealt.hall.staff, other.id)
        assert {one.step for one in tx.steps.of(dealt.hall.staff, other.id)}.isdisjoint({"replace_card"})


def test_a_draft_that_goes_over_to_paper_gives_its_cards_back(dealt: Dealt) -> None:
    hall = dealt.hall
    decks.use_deck(hall.store, hall.staff, hall.round.id, hall.now())
    taken = hall.current().uuid
    drawn = hall.current()
    changed = drafting.change_round(
        hall.store, hall.staff, drawn.id, drawn.title, drawn.rules, drawn.candidates, hall.now(), "paper"
    )
    assert (changed.deck, changed.uuid, changed.credentials) == (None, None, None)
    with hall.store.read() as tx:
        assert taken in decks.free_uuids(tx, dealt.deck)


def test_cards_that_were_never_sealed_serve_another_round_after_the_switch(dealt: Dealt) -> None:
    hall = dealt.hall
    hall.adopt()
    decks.use_deck(hall.store, hall.staff, hall.round.id, hall.now())
    switched = switch_to_paper(hall.store, hall.staff, hall.round.id, hall.now())
    assert (switched.deck, switched.uuid) == (None, None)


def test_a_sealed_uuid_is_not_used_again_after_the_switch(dealt: Dealt) -> None:
    dealt.sealed()
    switched = switch_to_paper(dealt.hall.store, dealt.hall.staff, dealt.hall.round.id, dealt.hall.now())
    with dealt.hall.store.read() as tx:
        assert switched.uuid not in decks.free_uuids(tx, dealt.deck)


def test_serials_are_kept_until_every_sealed_round_was_opened(dealt: Dealt) -> None:
    sealed = dealt.sealed()
    with refused(dealt.hall.store, StillVoting, sealed.title):
        decks.erase_serials(dealt.hall.store, dealt.hall.staff, dealt.hall.session.id, dealt.hall.now())


def test_a_draft_gives_its_cards_back_when_the_serials_are_erased(dealt: Dealt) -> None:
    hall = dealt.hall
    hall.adopt()
    decks.use_deck(hall.store, hall.staff, hall.round.id, hall.now())
    decks.erase_serials(hall.store, hall.staff, hall.session.id, hall.now())
    assert (hall.current().deck, hall.current().uuid, hall.current().credentials) == (None, None, None)
    with hall.store.read() as tx:
        assert not tx.cards.count(hall.staff, hall.round.id)


def test_no_real_vote_beside_a_trial(dealt: Dealt) -> None:
    hall = dealt.hall
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.sealed()
    trial = trials.create_trial(
        hall.store, hall.staff, hall.session.id, hall.signer.public_hex, hall.now(), os.urandom
    )
    with refused(hall.store, TrialRefused, "试投"):
        dealt.opened()
    closing.close_round(hall.store, hall.staff, trial.id, hall.now())
    assert dealt.opened().state == "open"


def test_a_trial_leaves_the_rounds_that_are_drafted_their_cards(hall: Hall) -> None:
    dealt = Dealt(hall, rounds=1)
    with refused(hall.store, TrialRefused, "要留给“民生实事项目票决”"):
        trials.create_trial(
            hall.store, hall.staff, hall.session.id, hall.signer.public_hex, hall.now(), os.urandom
        )
    assert dealt.sealed().deck == dealt.deck.id


def test_a_card_that_was_declared_dead_by_mistake_is_replaced(dealt: Dealt) -> None:
    """A slip in the serial must not cost a deputy the vote."""
    hall = dealt.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    replacing.declare_dead(hall.store, hall.staff, opened.id, dealt.serial(0), hall.now())
    replace(dealt, opened, 0, 6)
    dealt.cast(opened, 6, 1)
    with pytest.raises(CardDead):
        dealt.cast(opened, 0, 1)


def test_a_new_card_that_could_not_vote_is_not_given_out(dealt: Dealt) -> None:
    """It was dead before the round opened, and is not among the cards handed out."""
    hall = dealt.hall
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.sealed()
    replacing.declare_dead(hall.store, hall.staff, hall.round.id, dealt.serial(0), hall.now())
    opened = dealt.opened()
    with refused(hall.store, CardMisplaced, "开始投票以前就已作废"):
        replace(dealt, opened, 0, 6)


def test_a_replaced_card_is_not_replaced_again(dealt: Dealt) -> None:
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    replacing.declare_dead(dealt.hall.store, dealt.hall.staff, opened.id, dealt.serial(0), dealt.hall.now())
    replace(dealt, opened, 0, 6)
    with refused(dealt.hall.store, CardMisplaced, "已经换过"):
        replace(dealt, opened, 0, 7)


def replace(dealt: Dealt, of: Round, old: int, new: int) -> None:
    hall = dealt.hall
    replacing.replace_card(
        hall.store,
        hall.staff,
        of.id,
        dealt.serial(old),
        dealt.serial(new),
        "spoilt",
        hall.now(),
        witness=hall.names[0],
    )


def test_whoever_opens_a_round_waits_for_the_desk_and_not_the_other_way_round(dealt_anywhere: Dealt) -> None:
    dealt, hall = dealt_anywhere, dealt_anywhere.hall
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    sealed = dealt.sealed()
    with ThreadPoolExecutor(1) as clerk:
        with hall.store.write() as tx:
            tx.decks.lock(hall.staff, dealt.deck.id)
            opening = clerk.submit(dealt.open, sealed, 6)
            until_it_waits(dealt, opening)
            tx.rounds.lock(hall.staff, sealed.id)
        assert opening.result().state == "open"
