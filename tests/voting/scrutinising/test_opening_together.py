"""Promises of voting/counting.py and announcing.py where some of the scrutineers are enough."""

from __future__ import annotations

from typing import Final

import pytest

from ballots import tally
from ballots.encoding import encode
from ballots.errors import BadDecryption
from ballots.group import ORDER, base_power, hash_to_scalar, point_hex, power, product, random_scalar
from ballots.proofs import Proof
from tests import common_key
from tests.people import Hall
from tests.refusals import dump, refused, unchanged
from voting import announcing, counting, tally_report
from voting.actors import NotYet
from voting.announcing import NotSigned
from voting.counts import SelectCounts
from voting.cycle import WrongStep
from voting.rounds import Round

SHIFT: Final = 5


def submit(hall: Hall, number: int, raw: bytes) -> Round:
    actor = hall.scrutineers[number - 1]
    return counting.submit_decryption(hall.store, actor, hall.round.id, raw, hall.now())


def voted(hall: Hall) -> Round:
    hall.reach("open")
    for card, marks in enumerate([(1, 2), (1,), (3, 1), ()]):
        hall.cast(card, *marks)
    return hall.reach("reconciled")


def leading_nowhere(hall: Hall, number: int) -> bytes:
    """A part whose every proof holds though each factor is shifted: the challenge binds neither of them."""
    election, secret = hall.election(), hall.secret(number)
    prefix = f"decrypt|{election.fingerprint}|{point_hex(base_power(secret))}|"
    factors: list[list[str]] = []
    proofs: list[list[Proof]] = []
    for row in tally.read_tally(election, hall.current().encrypted_tally or b""):
        made = [shifted(prefix, secret, one.alpha, hall) for one in row]
        factors.append([factor for factor, _ in made])
        proofs.append([proof for _, proof in made])
    return encode({"decryption_factors": factors, "decryption_proofs": proofs})


def shifted(prefix: str, secret: int, alpha: bytes, hall: Hall) -> tuple[str, Proof]:
    witness = random_scalar(hall.random)
    first, second = base_power(witness), product(power(alpha, witness), base_power(SHIFT))
    challenge = hash_to_scalar(prefix, first, second)
    factor = product(power(alpha, secret), base_power(SHIFT * pow(challenge, -1, ORDER)))
    response = (witness - secret * challenge) % ORDER
    return point_hex(factor), Proof(challenge=str(challenge), response=str(response))


def steps(hall: Hall, what: str) -> list[tuple[str, str]]:
    with hall.store.read() as tx:
        return [(one.name, one.note) for one in tx.steps.of(hall.staff, hall.round.id) if one.step == what]


# Opening


@pytest.mark.parametrize("pair", [(1, 2), (1, 3), (3, 2)])
def test_any_two_of_three_open_the_box_and_one_does_not(hall: Hall, pair: tuple[int, int]) -> None:
    voted(hall)
    assert hall.decrypt(pair[0]).state == "reconciled"
    (row,) = dump(hall.store)["round"]
    assert b"result" not in b"".join(value for value in row if isinstance(value, bytes))
    assert hall.decrypt(pair[1]).state == "counted"
    counts = tally_report.figures(hall.store, hall.scrutineers[0], hall.round.id).counts
    assert isinstance(counts, SelectCounts)
    assert (counts.votes, counts.blank) == ((3, 1, 1), 1)


def test_a_third_part_after_the_count_changes_nothing(hall: Hall) -> None:
    voted(hall)
    part = hall.decryption(3)
    hall.decrypt(1)
    counted = hall.decrypt(2)
    assert counted.state == "counted"
    with refused(hall.store, WrongStep):
        submit(hall, 3, part)


@pytest.mark.parametrize("opened", [0, 1])
def test_a_void_round_is_never_opened_nor_its_head_confirmed(hall: Hall, opened: int) -> None:
    voted(hall)
    parts = [hall.decryption(number) for number in (1, 2)]
    for number in range(opened):
        submit(hall, number + 1, parts[number])
    hall.declare_void()
    for number in range(opened, 2):
        with refused(hall.store, WrongStep):
            submit(hall, number + 1, parts[number])
    with refused(hall.store, NotYet):
        common_key.confirm(hall, 3)
    with refused(hall.store, NotYet):
        counting.sign_report(hall.store, hall.scrutineers[2], hall.round.id, "0" * 128, hall.now())


def test_after_the_announcement_nothing_more_is_opened_signed_or_confirmed(hall: Hall) -> None:
    voted(hall)
    late = hall.decryption(3)
    hall.count()
    for number in (1, 2):
        hall.sign(number)
    hall.announce()
    with refused(hall.store, WrongStep):
        submit(hall, 3, late)
    with refused(hall.store, NotYet):
        hall.sign(3)
    with refused(hall.store, NotYet):
        common_key.confirm(hall, 3)


def test_a_part_whose_proof_fails_is_refused_and_its_giver_named_once(anywhere: Hall) -> None:
    voted(anywhere)
    foreign = anywhere.decryption(2)
    for _ in "ab":
        with pytest.raises(BadDecryption):
            submit(anywhere, 1, foreign)
    assert steps(anywhere, "refuse_part") == [("陈秀英", "")]
    with anywhere.store.read() as tx:
        assert not any(one.decrypted for one in tx.scrutineers.of(anywhere.staff, anywhere.round.id))


def test_a_part_for_another_round_is_refused(hall: Hall) -> None:
    voted(hall)
    first, part = hall.round, hall.decryption(1)
    hall.turn_to(hall.draft("第二轮"))
    hall.adopt()
    hall.load_cards()
    hall.freeze()
    hall.reach("reconciled")
    with pytest.raises(BadDecryption):
        submit(hall, 1, part)
    assert steps(hall, "refuse_part") == [("陈秀英", "")]
    hall.round = first


def test_a_part_that_leads_nowhere_is_found_out_by_a_third_and_stays_out_of_the_record(hall: Hall) -> None:
    voted(hall)
    submit(hall, 1, leading_nowhere(hall, 1))
    stuck = hall.decrypt(2)
    assert stuck.state == "reconciled"
    with hall.store.read() as tx:
        everybody = tx.scrutineers.of(hall.staff, hall.round.id)
    assert counting.is_stuck(stuck, everybody)
    assert [note for _, note in steps(hall, "undecodable")] == ["陈秀英、赵建国"]
    assert steps(hall, "misfit_part") == []
    assert hall.decrypt(3).state == "counted"
    assert [note for _, note in steps(hall, "misfit_part")] == ["陈秀英"]
    hall.reach("announced")
    with hall.store.read() as tx:
        entries = list(tx.record.entries(hall.staff, hall.round.id, "Result"))
    assert [one.type for one in entries][-3:] == ["PartialDecryption", "PartialDecryption", "Result"]


def test_with_two_parts_that_do_not_fit_either_may_be_given_again(hall: Hall) -> None:
    voted(hall)
    submit(hall, 1, leading_nowhere(hall, 1))
    hall.decrypt(2)
    assert hall.decrypt(1).state == "counted"


def test_a_single_culprit_who_came_last_is_named_too(hall: Hall) -> None:
    voted(hall)
    submit(hall, 3, leading_nowhere(hall, 3))
    hall.decrypt(2)
    hall.decrypt(1)
    assert [note for _, note in steps(hall, "misfit_part")] == ["周丽华"]


# Signing


def test_two_signatures_of_three_let_the_chair_see_and_announce(hall: Hall) -> None:
    hall.reach("counted")
    hall.sign(3)
    with refused(hall.store, NotSigned, "要有2名监票人签字，现在有1名"):
        announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())
    with pytest.raises(NotYet):
        tally_report.figures(hall.store, hall.chair, hall.round.id)
    hall.sign(1)
    tally_report.figures(hall.store, hall.chair, hall.round.id)
    announced = announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())
    assert announced.state == "announced"


def test_who_did_not_open_may_sign_and_the_report_s_signatures_are_those_given(hall: Hall) -> None:
    hall.reach("counted")
    for number in (3, 2):
        hall.sign(number)
    announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())
    with hall.store.read() as tx:
        signed = [one.number for one in tx.scrutineers.of(hall.staff, hall.round.id) if one.signature]
    assert signed == [2, 3]
    with unchanged(hall.store):
        hall.sign(3)
