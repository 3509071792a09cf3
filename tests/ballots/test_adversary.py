"""Whoever runs the server swaps, drops, replays, reorders, forges, delays: each is refused by its check.

Every attack is tried here on one kind of round, in turn; `python -m tests.ballots.generated` tries
all on all.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

import pytest
from msgspec.structs import replace
from nacl.signing import SigningKey

from ballots.checks import Refused
from ballots.verify import verify
from tests.adversary import GIVEN_OUT, SEALED, Adversary
from tests.attacks import ATTACKS, Attack
from tests.ballots.tampering import Submission, refusal
from tests.simulator import GRADES, SELECT, STANCES, seeded

ROUNDS: Final = {
    f"{form}, {key}": (questions, threshold)
    for key, threshold in (("all open", None), ("two of three open", 2))
    for form, questions in (
        ("some of several", (SELECT,)),
        ("for or against", (STANCES, STANCES)),
        ("levels", (GRADES, GRADES)),
    )
}
VERBS: Final = {"swap", "drop", "replay", "reorder", "forge", "delay"}


@cache
def _made(name: str) -> Adversary:
    questions, threshold = ROUNDS[name]
    return Adversary(questions=questions, threshold=threshold)


def _box(name: str) -> Adversary:
    box = _made(name)
    other: Adversary = box.copy()
    other.random = seeded(f"attacked {name}")
    return other


def _in_turn() -> list[tuple[str, Attack]]:
    names = [*ROUNDS]
    return [(names[number % len(names)], attack) for number, attack in enumerate(ATTACKS.values())]


@pytest.mark.parametrize(("kind", "attack"), _in_turn(), ids=ATTACKS)
def test_an_attack_is_refused_by_its_check(kind: str, attack: Attack) -> None:
    refused = refusal(Submission(*attack.run(_box(kind))))
    assert refused.check == attack.check, str(refused)


def test_the_adversary_can_do_all_that_is_asked_of_it() -> None:
    assert {attack.verb for attack in ATTACKS.values()} == VERBS


@pytest.mark.parametrize("kind", ROUNDS)
def test_a_round_nobody_attacked_passes_every_check(kind: str) -> None:
    box = _box(kind)
    found = verify(io.BytesIO(box.archive()), box.record(), box.trackers, workers=1)
    assert found.checks == tuple(range(1, 33))
    assert [list(row) for row in found.result] == box.counts
    assert (found.cards, found.ballots) == (6, 4)


def test_the_order_of_the_ballots_says_nothing_until_it_was_announced() -> None:
    """Reordering before closing is no attack: nobody was told an order."""
    box = _box("some of several, all open")
    box.reorder(3, 2, 1, 0)
    verify(io.BytesIO(box.archive()), box.record(), box.trackers, workers=1)


def test_without_the_deputy_a_ballot_dropped_before_the_sum_is_not_missed() -> None:
    """So the notice in the hall asks deputies to look; the verifier alone cannot know it."""
    handed = ATTACKS["drop a ballot before the sum"].run(_box("levels, two of three open"))
    assert verify(io.BytesIO(handed.archive), handed.record, workers=1).ballots == 3
    with pytest.raises(Refused) as caught:
        verify(io.BytesIO(handed.archive), handed.record, handed.trackers, workers=1)
    assert caught.value.check == 31


@pytest.mark.parametrize(("key", "noticed"), [("all open", False), ("two of three open", True)])
def test_a_report_signed_by_keys_of_the_operator_is_noticed_where_the_key_was_made_together(
    key: str, noticed: bool
) -> None:
    """Nothing endorses the key of one who has a Single key: the hall must compare, as the verifier says."""
    box = _box(f"some of several, {key}")
    box.sheets = []
    endorsed = box.sound_record().scrutineers
    box.reporters = [SigningKey(box.random(32)) for _ in box.reporters]
    signed = zip(box.sound_record().scrutineers, endorsed, strict=True)
    forged = tuple(replace(new, endorsement=old.endorsement) for new, old in signed)
    handed = Submission(*box.handed(scrutineers=forged))
    if noticed:
        assert refusal(handed).check == 30
    else:
        assert verify(io.BytesIO(handed.archive), handed.record, workers=1).ballots == 4


def test_paper_left_out_everywhere_needs_scrutineers_who_sign_what_they_read_without_it() -> None:
    """Nothing in the archive says that there was paper: those who counted it must read what they sign."""
    box = _box("for or against, two of three open")
    box.sheets = []
    handed = box.handed()
    assert verify(io.BytesIO(handed.archive), handed.record, workers=1).checks[-1] == 32
    assert f"收回表决票{len(box.ballots)}张" in box.sound_record().report


def test_the_box_alone_takes_a_ballot_of_a_reserve_card_whoever_opened_the_seal() -> None:
    box = _box("for or against, all open")
    assert {box.card(GIVEN_OUT), box.card(SEALED)} == set(box.sound_record().reserve_cards)
    stolen = ATTACKS["forge a ballot with a sealed reserve card"].run(box)
    assert verify(io.BytesIO(stolen.archive), workers=1).ballots == 5
