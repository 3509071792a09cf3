"""试投 is voted in like any round, nobody can ever count it, and it ends as if it had not been."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace

from tests.dealt import Dealt
from tests.people import Hall
from tests.refusals import dump, refused, unchanged
from voting import casting, closing, drafting, publishing
from voting.actors import PUBLIC, Forbidden, NotYet, Role
from voting.casting import AlreadyClosed, is_recorded
from voting.cycle import WrongStep
from voting.drafting import NoFollowUp
from voting.handing_out import trials
from voting.handing_out.refusals import NoDeck, TrialRefused
from voting.reconciling import declare_valid
from voting.rounds import Receipt, Round


def begin(hall: Hall) -> Round:
    return trials.create_trial(
        hall.store, hall.staff, hall.session.id, hall.signer.public_hex, hall.now(), os.urandom
    )


def end(hall: Hall, trial: Round) -> Round:
    return closing.close_round(hall.store, hall.staff, trial.id, hall.now())


def test_a_trial_is_open_at_once_for_every_card_and_says_that_it_does_not_count(dealt: Dealt) -> None:
    trial = begin(dealt.hall)
    assert (trial.state, trial.trial) == ("open", True)
    assert "不计票" in trial.title
    for card in range(8):
        dealt.cast(trial, card, 1)


def test_the_secret_behind_its_key_is_nowhere(dealt: Dealt) -> None:
    drawn: list[bytes] = []

    def random(size: int) -> bytes:
        drawn.append(os.urandom(size))
        return drawn[-1]

    hall = dealt.hall
    trials.create_trial(hall.store, hall.staff, hall.session.id, hall.signer.public_hex, hall.now(), random)
    stored = str(dump(hall.store))
    assert drawn
    assert not any(part.hex() in stored or repr(part)[2:-1] in stored for part in drawn if len(part) > 7)


def test_when_it_ends_its_ballots_are_gone_and_it_is_void(dealt: Dealt) -> None:
    hall = dealt.hall
    trial = begin(hall)
    raw = dealt.ballot(trial, 0, 1)
    receipt = hand_in(dealt, trial, raw)
    ended = end(hall, trial)
    assert (ended.state, ended.void_reason) == ("void", trials.DISCARDED)
    assert [row[-1] for row in dump(hall.store)["ballot"]] == [b""]
    assert hand_in(dealt, trial, raw) == receipt
    digest = dump(hall.store)["ballot"][0][2]
    assert is_recorded(hall.store, hall.session.code, trial.id, digest)
    with unchanged(hall.store):
        end(hall, trial)


def hand_in(dealt: Dealt, of: Round, raw: bytes) -> Receipt:
    hall = dealt.hall
    return casting.cast(hall.store, hall.session.code, of.id, raw, hall.signer)


def test_after_it_ended_nothing_enters(dealt: Dealt) -> None:
    trial = begin(dealt.hall)
    late = dealt.ballot(trial, 0, 1)
    end(dealt.hall, trial)
    with refused(dealt.hall.store, AlreadyClosed):
        hand_in(dealt, trial, late)


def test_a_card_that_tried_votes_in_earnest_afterwards(dealt: Dealt) -> None:
    trial = begin(dealt.hall)
    dealt.cast(trial, 0, 1)
    end(dealt.hall, trial)
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.cast(dealt.opened(), 0, 2)


def test_leftovers_may_be_counted_while_it_goes_on(dealt: Dealt) -> None:
    begin(dealt.hall)
    dealt.back(dealt.serial(7))
    assert dealt.count().leftover == 1


def test_one_trial_at_a_time_and_another_one_afterwards(dealt: Dealt) -> None:
    trial = begin(dealt.hall)
    with unchanged(dealt.hall.store):
        assert begin(dealt.hall).id == trial.id
    end(dealt.hall, trial)
    assert begin(dealt.hall).title == "试投（不计票）第2次"


def test_no_trial_beside_a_real_vote(dealt: Dealt) -> None:
    dealt.back(f"{dealt.serial(6)}-{dealt.serial(7)}")
    opened = dealt.opened()
    with refused(dealt.hall.store, TrialRefused, opened.title):
        begin(dealt.hall)


def test_a_trial_needs_cards(hall: Hall) -> None:
    with refused(hall.store, NoDeck):
        begin(hall)


def test_a_trial_is_never_reconciled_counted_published_or_repeated(dealt: Dealt) -> None:
    hall = dealt.hall
    trial = end(hall, begin(hall))
    with refused(hall.store, WrongStep):
        declare_valid(hall.store, hall.chair, trial.id, hall.now())
    with refused(hall.store, NotYet):
        publishing.archive(hall.store, hall.staff, trial.id)
    with refused(hall.store, NotYet):
        publishing.public_result(hall.store, trial.id)
    with refused(hall.store, NoFollowUp, "试投"):
        drafting.follow_up(hall.store, hall.staff, trial.id, "repeat", hall.now())
    with hall.store.read() as tx:
        assert tx.rounds.listing(PUBLIC) == ()


def test_a_committee_tries_what_it_will_do(committee: Hall) -> None:
    dealt = Dealt(committee)
    trial = begin(committee)
    assert trial.rules.ballot == "grades"
    dealt.cast(trial, 0, 1, 2)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "usher", "teller", "public"])
def test_only_staff_hold_a_trial(dealt: Dealt, role: Role) -> None:
    hall = dealt.hall
    with refused(hall.store, Forbidden):
        trials.create_trial(
            hall.store,
            replace(hall.staff, role=role),
            hall.session.id,
            hall.signer.public_hex,
            hall.now(),
            os.urandom,
        )
