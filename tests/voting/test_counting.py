"""Promises of voting/counting.py: no count before the last scrutineer, then only for whom it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from msgspec.structs import replace

from ballots import archive as bel
from ballots import tally
from ballots.errors import BadDecryption, BadSignature
from tests.people import NAMES, Hall
from tests.refusals import dump, refused, unchanged
from voting import counting, tally_report
from voting.actors import PUBLIC, Actor, Forbidden, NotFound, NotYet, Role
from voting.counts import ApprovalCounts, SelectCounts
from voting.cycle import State, WrongStep
from voting.outcome import Outcome
from voting.rounds import Round, Scrutineer


def submit(hall: Hall, number: int, raw: bytes) -> Round:
    scrutineer = hall.scrutineers[number - 1]
    return counting.submit_decryption(hall.store, scrutineer, hall.round.id, raw, hall.now())


@contextmanager
def not_kept(hall: Hall, number: int) -> Iterator[None]:
    """The part of this scrutineer is refused; that it was given is all that stays."""
    with pytest.raises(BadDecryption):
        yield
    with hall.store.read() as tx:
        assert not tx.scrutineers.of(hall.staff, hall.round.id)[number - 1].decrypted
        last = tx.steps.of(hall.staff, hall.round.id)[-1]
    assert (last.step, last.name) == ("refuse_part", NAMES[number - 1])


def sign(hall: Hall, number: int, signature: str) -> Scrutineer:
    scrutineer = hall.scrutineers[number - 1]
    return counting.sign_report(hall.store, scrutineer, hall.round.id, signature, hall.now())


def may_see(hall: Hall, actor: Actor) -> bool:
    try:
        tally_report.figures(hall.store, actor, hall.round.id)
    except NotYet:
        return False
    return True


def everybody(hall: Hall) -> dict[str, Actor]:
    return {
        "scrutineer": hall.scrutineers[1],
        "chair": hall.chair,
        "operator": hall.operator,
        "staff": hall.staff,
        "public": PUBLIC,
    }


def seeing(hall: Hall) -> set[str]:
    return {name for name, actor in everybody(hall).items() if may_see(hall, actor)}


# Decrypting


def test_the_last_scrutineer_makes_the_count(anywhere: Hall) -> None:
    anywhere.reach("open")
    for card, marks in enumerate([(1, 2), (1,), (3, 1), ()]):
        anywhere.cast(card, *marks)
    anywhere.reach("reconciled")
    assert anywhere.decrypt(2).state == "reconciled"
    assert anywhere.decrypt(1).state == "counted"
    figures = tally_report.figures(anywhere.store, anywhere.scrutineers[0], anywhere.round.id)
    assert figures.counts == SelectCounts(
        all_deputies=6, present=6, issued=6, returned=4, votes=(3, 1, 1), blank=1
    )
    assert isinstance(figures.outcome, Outcome)
    assert figures.outcome.threshold == 4


def test_for_and_against_are_counted_for_each_candidate(stances: Hall) -> None:
    stances.reach("open")
    for card, marks in enumerate([(1, 2), (1,), (1,)]):
        stances.cast(card, *marks)
    stances.reach("counted")
    figures = tally_report.figures(stances.store, stances.scrutineers[0], stances.round.id)
    assert figures.counts == ApprovalCounts(
        all_deputies=6,
        present=6,
        issued=6,
        returned=3,
        for_votes=(3, 1),
        against=(0, 2),
        abstain=(0, 0),
    )


@pytest.mark.parametrize("marks", [(1, 2), ()], ids=["unanimous", "all blank"])
def test_unanimous_rounds_are_counted(hall: Hall, marks: tuple[int, ...]) -> None:
    hall.reach("open")
    for card in range(6):
        hall.cast(card, *marks)
    hall.reach("counted")
    counts = tally_report.figures(hall.store, hall.scrutineers[0], hall.round.id).counts
    assert isinstance(counts, SelectCounts)
    assert (counts.votes, counts.blank) == ((6, 6, 0) if marks else (0, 0, 0), 0 if marks else 6)


def test_a_round_in_which_nobody_voted_is_counted(hall: Hall, stances: Hall) -> None:
    for one in (hall, stances):
        one.reach("counted")
        figures = tally_report.figures(one.store, one.scrutineers[0], one.round.id)
        assert isinstance(figures.outcome, Outcome)
        assert (figures.counts.returned, figures.outcome.chosen) == (0, ())


def test_a_single_scrutineer_is_enough_where_one_was_adopted(hall_of_one: Hall) -> None:
    hall_of_one.reach("open")
    hall_of_one.cast(0, 1)
    assert hall_of_one.reach("counted").state == "counted"


def test_decrypting_again_changes_nothing_whether_the_bytes_are_the_same_or_new(hall: Hall) -> None:
    hall.reach("reconciled")
    part = hall.decryption(1)
    after = submit(hall, 1, part)
    with unchanged(hall.store):
        assert submit(hall, 1, part) == after
        assert hall.decrypt(1) == after
    counted = hall.decrypt(2)
    with unchanged(hall.store):
        assert submit(hall, 1, part) == counted


def test_a_part_made_with_another_s_key_is_refused(hall: Hall) -> None:
    hall.reach("reconciled")
    with not_kept(hall, 1):
        submit(hall, 1, hall.decryption(2))


def test_a_part_of_another_sum_is_refused(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("reconciled")
    other = tally.encode_sums(tally.no_ballots(hall.election()))
    part = tally.partial_decryption(hall.election(), other, hall.secret(1), hall.random)
    with not_kept(hall, 1):
        submit(hall, 1, part)


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"null", b"[" * 50_000], ids=lambda raw: repr(raw[:9]))
def test_what_is_no_part_is_refused(hall: Hall, raw: bytes) -> None:
    hall.reach("reconciled")
    with not_kept(hall, 1):
        submit(hall, 1, raw)


@pytest.mark.parametrize("state", ["closed", "void"])
def test_nobody_decrypts_unless_the_chair_has_declared_the_vote_valid(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        submit(hall, 1, hall.decryption(1))


@pytest.mark.parametrize("role", ["staff", "operator", "chair", "public", "system"])
def test_only_scrutineers_decrypt_sign_and_get_the_record_beforehand(hall: Hall, role: Role) -> None:
    hall.reach("reconciled")
    outsider = replace(hall.scrutineers[0], role=role)
    with refused(hall.store, Forbidden):
        counting.submit_decryption(hall.store, outsider, hall.round.id, b"{}", hall.now())
    with refused(hall.store, Forbidden):
        counting.sign_report(hall.store, outsider, hall.round.id, "0" * 128, hall.now())
    with refused(hall.store, Forbidden):
        counting.closed_archive(hall.store, outsider, hall.round.id)


def test_a_scrutineer_of_another_round_finds_nothing(hall: Hall) -> None:
    hall.reach("reconciled")
    for stranger in (
        replace(hall.scrutineers[0], name=NAMES[2]),
        replace(hall.scrutineers[0], scrutineer=3),
        replace(hall.scrutineers[0], congress="0" * 32),
    ):
        with refused(hall.store, NotFound):
            counting.submit_decryption(hall.store, stranger, hall.round.id, b"{}", hall.now())


# The record before decrypting


def test_before_decrypting_a_scrutineer_gets_the_record_as_far_as_the_sum(hall: Hall) -> None:
    hall.reach("open")
    raw = hall.ballot(0, 1)
    hall.hand_in(raw)
    closed = hall.reach("closed")
    whole = counting.closed_archive(hall.store, hall.scrutineers[0], hall.round.id)
    entries = list(bel.read(BytesIO(whole)))
    assert [one.event.type for one in entries] == ["Setup", "Ballot", "EndBallots", "EncryptedTally"]
    assert entries[1].data == (raw,)
    assert entries[3].hash == closed.closing_head
    hall.reach("counted")
    assert counting.closed_archive(hall.store, hall.scrutineers[0], hall.round.id) == whole


def test_while_voting_is_open_nobody_gets_the_record(hall: Hall) -> None:
    hall.reach("open")
    with refused(hall.store, NotYet):
        counting.closed_archive(hall.store, hall.scrutineers[0], hall.round.id)


# Who sees the figures


@pytest.mark.parametrize("state", ["drafted", "adopted", "sealed", "open", "closed", "reconciled", "void"])
def test_before_the_count_nobody_sees_figures(hall: Hall, state: State) -> None:
    hall.reach(state)
    for actor in everybody(hall).values():
        with pytest.raises((NotYet, NotFound)):
            tally_report.figures(hall.store, actor, hall.round.id)
        with pytest.raises((NotYet, NotFound)):
            tally_report.report_text(hall.store, actor, hall.round.id)


def test_figures_go_from_scrutineers_to_chair_and_operator_to_everybody(hall: Hall) -> None:
    hall.reach("counted")
    assert seeing(hall) == {"scrutineer"}
    hall.sign(1)
    assert seeing(hall) == {"scrutineer"}
    hall.sign(2)
    assert seeing(hall) == {"scrutineer", "chair", "operator"}
    hall.reach("announced")
    assert seeing(hall) == everybody(hall).keys()


def test_with_all_decryptions_but_one_the_database_holds_no_count(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("reconciled")
    hall.decrypt(1)
    (row,) = dump(hall.store)["round"]
    assert b"result" not in b"".join(value for value in row if isinstance(value, bytes))
    hall.decrypt(2)
    (row,) = dump(hall.store)["round"]
    assert b'{"result":[[0,1,0,0]]}' in row


# The report


def test_the_report_names_the_vote_the_figures_the_candidates_and_the_head(hall: Hall) -> None:
    hall.reach("open")
    for card, marks in enumerate([(1, 2), (1,), ()]):
        hall.cast(card, *marks)
    counted = hall.reach("counted")
    text = tally_report.report_text(hall.store, hall.scrutineers[0], hall.round.id).decode()
    assert text.split("\n") == [
        "计票结果报告单",
        "示例县第十九届人民代表大会第五次会议",
        "民生实事项目票决",
        "应到代表6人，实到代表6人。",
        "发出表决票6张，收回表决票3张。",
        "有效票3张，无效票0张。",
        "弃权票1张。",
        "1. 农村公路改造：得赞成票2票。",
        "2. 校园食堂改建：得赞成票1票。",
        "3. 社区养老服务站：得赞成票0票。",
        "入选：无。",
        "监票人：1. 陈秀英，2. 赵建国。",
        f"封箱码：{counted.closing_head}",
    ]


def test_the_report_says_who_is_chosen(hall: Hall) -> None:
    hall.reach("open")
    for card in range(4):
        hall.cast(card, 2)
    hall.reach("counted")
    assert "入选：2. 校园食堂改建。" in report_lines(hall)


def report_lines(hall: Hall) -> list[str]:
    return tally_report.report_text(hall.store, hall.scrutineers[0], hall.round.id).decode().split("\n")


def test_the_report_names_those_whose_votes_are_equal_at_the_last_place(hall: Hall) -> None:
    hall.reach("open")
    for card, marks in enumerate([(1, 2), (1, 2), (1, 3), (1, 3), (2, 3), (2, 3)]):
        hall.cast(card, *marks)
    hall.reach("counted")
    assert [line for line in report_lines(hall) if "入选" in line or "待定" in line] == [
        "入选：无。",
        "得票相同待定：1. 农村公路改造，2. 校园食堂改建，3. 社区养老服务站。",
    ]


def test_the_report_of_for_and_against_names_all_three_stances(stances: Hall) -> None:
    stances.reach("open")
    stances.cast(0, 2)
    stances.reach("counted")
    lines = (
        tally_report.report_text(stances.store, stances.scrutineers[0], stances.round.id).decode().split("\n")
    )
    assert lines[6:8] == [
        "1. 农村公路改造：赞成0票，反对1票，弃权0票。",
        "2. 校园食堂改建：赞成1票，反对0票，弃权0票。",
    ]


def test_the_report_is_the_same_bytes_for_everybody_who_may_see_it(hall: Hall) -> None:
    hall.reach("announced")
    texts = {tally_report.report_text(hall.store, actor, hall.round.id) for actor in everybody(hall).values()}
    assert len(texts) == 1


def test_signing_again_changes_nothing(hall: Hall) -> None:
    hall.reach("counted")
    signed = sign(hall, 1, hall.signature(1))
    assert signed.signature == hall.signature(1)
    with unchanged(hall.store):
        assert sign(hall, 1, hall.signature(1)) == signed
    hall.reach("published")
    with unchanged(hall.store):
        assert sign(hall, 1, "") == signed


@pytest.mark.parametrize("signature", ["", "0" * 128, "zz" * 64, "票"])
def test_a_signature_that_does_not_check_is_refused(hall: Hall, signature: str) -> None:
    hall.reach("counted")
    with refused(hall.store, BadSignature):
        sign(hall, 1, signature)


def test_another_s_signature_is_refused(hall: Hall) -> None:
    hall.reach("counted")
    with refused(hall.store, BadSignature):
        sign(hall, 1, hall.signature(2))


def test_a_signature_in_capitals_is_refused(hall: Hall) -> None:
    hall.reach("counted")
    with refused(hall.store, BadSignature):
        sign(hall, 1, hall.signature(1).upper())


@pytest.mark.parametrize("state", ["adopted", "open", "reconciled"])
def test_nothing_is_signed_before_the_count(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, NotYet):
        sign(hall, 1, "0" * 128)
