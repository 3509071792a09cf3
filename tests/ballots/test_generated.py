"""A few of the tampered records that `python -m tests.ballots.generated` makes by the thousand."""

from __future__ import annotations

import io
from typing import Final

import pytest

from ballots.checks import CHECKS
from ballots.verify import verify
from tests import parts
from tests.adversary import Adversary
from tests.attacks import ATTACKS
from tests.ballots.generated import GENERIC, SINGLE, Tampered, fault, main, tampered
from tests.ballots.generic import GENERICS
from tests.ballots.peers_opinion import STRICTER, Opinions
from tests.ballots.tampering import CASES, Submission

NUMBER: Final = 12
SEED: Final = 20260125


def test_each_of_a_sample_is_refused_by_the_check_it_should_be() -> None:
    found = [(one.name, one.kind, fault(one)[1]) for one in tampered(NUMBER, SEED)]
    assert len(found) == NUMBER
    assert [one for one in found if one[2]] == []


def test_the_same_seed_makes_the_same_records_and_another_seed_others() -> None:
    first, again, other = (list(tampered(2, seed)) for seed in (1, 1, 2))
    assert first == again
    assert {one.submission.archive for one in first}.isdisjoint(one.submission.archive for one in other)


def test_what_nothing_refuses_is_a_fault_and_so_is_what_another_check_refuses() -> None:
    sound = Adversary()
    passed = Tampered("nothing done", "", frozenset({5}), Submission(sound.archive()))
    assert verify(io.BytesIO(passed.submission.archive), workers=1)
    assert fault(passed)[0] == 0
    assert fault(passed)[1]
    cut = Tampered("cut", "", frozenset({5}), Submission(sound.archive()[:-1]))
    assert fault(cut)[0] == 1
    assert "not: 第1项" in fault(cut)[1]


def test_every_way_of_tampering_is_in_a_register_that_the_command_draws_from() -> None:
    assert {one.__module__ for one in GENERICS.values()} == {module.__name__ for module in GENERIC}
    assert {case.tamper.__module__ for case in CASES} == {module.__name__ for module in SINGLE}
    assert {case.check for case in CASES} == {check.number for check in CHECKS}
    assert len(ATTACKS) + len(GENERICS) + len(CASES) > 300


def test_the_command_prints_every_check_and_how_many_it_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--number", "2", "--seed", "3"]) == 0
    table = capsys.readouterr().out.splitlines()
    assert [int(line[:3]) for line in table[: len(CHECKS)]] == [check.number for check in CHECKS]
    assert sum(int(line[3:10]) for line in table[: len(CHECKS)]) == 2


def test_the_peer_refuses_a_sample_but_for_what_is_listed() -> None:
    parts.need("belenios-tool")
    opinions = Opinions()
    alone = [one for one in tampered(6, SEED) if one.submission.record is None]
    for one in alone:
        opinions.ask(one.name, one.submission.archive)
    assert opinions.unexpected == []
    assert opinions.refused > 0


def test_where_ours_is_stricter_names_what_there_is() -> None:
    known = {case.name for case in CASES} | {*ATTACKS} | {*GENERICS}
    assert set(STRICTER) <= known
    assert all(STRICTER.values())
