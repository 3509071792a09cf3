"""Promises of papers beside cards: two count them alone, one signs, and only the sum is ever shown."""

from __future__ import annotations

import msgspec
import pytest

from ballots.record import paper_code, read_record
from tests.on_paper import PaperHall, sheet
from tests.people import GRADES, STANCES
from tests.refusals import refused, unchanged
from tests.voting.paper_ballots.conftest import MakeHall
from voting import publishing, tally_report
from voting.actors import PUBLIC, Forbidden, NotFound, NotYet
from voting.counts import ApprovalCounts, GradeCounts, SelectCounts
from voting.cycle import State
from voting.paper_ballots.sheets import Entry, MorePaper, PaperError, PaperPending, PaperSettings, PaperStep
from voting.publishing import KeptBack
from voting.reconciling import TooManyReturned

TWELVE = sheet(12, 1, [[2, 9, 5, 3]])
"""Twelve came back, one of them invalid, two of them blank."""


def mixed(paper_hall: MakeHall, **facts: object) -> PaperHall:
    hall = paper_hall(cards=4, papers=12, **facts)
    hall.entry = TWELVE
    return hall


def closed(paper_hall: MakeHall) -> PaperHall:
    """Three of four cards have voted."""
    hall = mixed(paper_hall)
    hall.reach("open")
    for card, marks in enumerate([(1, 2), (1,), ()]):
        hall.cast(card, *marks)
    hall.close()
    return hall


def test_the_count_is_that_of_the_box_and_the_papers_together(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    assert hall.current().returned is None
    hall.reach("announced")
    counts = hall.figures().counts
    assert isinstance(counts, SelectCounts)
    assert (counts.issued, counts.returned, counts.invalid, counts.blank) == (16, 15, 1, 3)
    assert counts.votes == (11, 6, 3)


@pytest.mark.parametrize(
    ("rules", "rows", "kind"),
    [
        (STANCES, [[12, 0, 0], [4, 4, 4]], ApprovalCounts),
        (GRADES, [[12, 0, 0, 0], [3, 3, 3, 3]], GradeCounts),
    ],
)
def test_each_kind_of_ballot_can_be_on_paper_and_its_record_verifies(
    paper_hall: MakeHall, rules: object, rows: list[list[int]], kind: type[object]
) -> None:
    hall = paper_hall(cards=4, papers=12, rules=rules)
    hall.entry = sheet(12, 0, rows)
    hall.reach("open")
    hall.cast(0, 1, 2)
    hall.reach("announced")
    assert isinstance(hall.figures().counts, kind)
    assert hall.figures().counts.returned == 13


def test_no_page_or_report_shows_the_papers_apart(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    hall.reach("announced")
    report = tally_report.report_text(hall.store, hall.operator, hall.round.id).decode()
    said = report + "".join(hall.figures().outcome.sentences)
    assert "得赞成票11票" in report
    assert "纸质" not in said


def test_the_record_holds_what_the_scrutineer_signed_and_its_code(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    hall.reach("announced")
    raw = publishing.round_json(hall.store, hall.staff, hall.round.id, hall.signer)
    record, _ = read_record(raw)
    assert record.paper is not None
    assert (record.paper.issued, record.paper.returned, record.paper.invalid) == (12, 12, 1)
    assert record.paper.rows == TWELVE.rows
    assert record.result == ((1, 2, 1, 0),)
    lines = record.paper.text.split("\n")
    assert lines[-1] == f"核对码：{paper_code(12, 12, 1, TWELVE.rows or ())}"
    assert "计票人：计票甲、计票乙。" in lines
    assert [one.name for one in record.paper.scrutineers] == ["陈秀英"]


def test_a_teller_sees_nothing_of_the_other_until_both_have_entered(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    hall.enter(1, TWELVE)
    assert hall.current().returned is None
    assert hall.paper_text() is None
    hall.enter(2, TWELVE)
    assert hall.current().returned == 15
    assert hall.paper_text() is not None


def test_tellers_who_do_not_agree_block_the_declaration_and_can_correct_themselves(
    paper_hall: MakeHall,
) -> None:
    hall = closed(paper_hall)
    hall.enter(1, TWELVE)
    hall.enter(2, sheet(12, 1, [[2, 9, 4, 4]]))
    for _ in range(3):
        with refused(hall.store, PaperPending, "两名计票人录入一致"):
            super(PaperHall, hall).declare_valid()
        hall.enter(2, sheet(12, 1, [[2, 8, 5, 3]]))
        with unchanged(hall.store):  # the same once more
            hall.enter(2, sheet(12, 1, [[2, 8, 5, 3]]))
        hall.enter(2, sheet(12, 1, [[2, 9, 4, 4]]))
    with refused(hall.store, NotYet, "录入一致"):
        hall.sign_paper(1)
    assert hall.declare_void().void_reason == "设备故障"  # the way out, if they never agree


def test_the_figures_before_a_correction_stay_on_record(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    first = sheet(12, 1, [[2, 9, 4, 4]])
    hall.enter(2, first)
    hall.enter(2, TWELVE)
    with hall.store.read() as tx:
        kept = tx.paper.sheets(hall.tellers[1], hall.round.id)
    assert [(one.version, one.entry) for one in kept] == [(1, first), (2, TWELVE)]


def test_a_correction_after_they_agreed_opens_the_question_again(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    hall.both(TWELVE)
    hall.enter(1, sheet(11, 0, [[2, 9, 5, 3]]))
    assert hall.current().returned is None
    hall.enter(2, sheet(11, 0, [[2, 9, 5, 3]]))
    assert hall.current().returned == 14
    hall.sign_paper(2)
    with refused(hall.store, PaperStep, "已经在纸质票的计票记录上签字"):
        hall.enter(1, TWELVE)
    with unchanged(hall.store):
        hall.sign_paper(2)
    hall.entry = sheet(11, 0, [[2, 9, 5, 3]])


def test_without_a_signature_the_vote_is_not_declared_valid(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    hall.both(TWELVE)
    with refused(hall.store, PaperPending, "还没有监票人签字"):
        super(PaperHall, hall).declare_valid()
    hall.sign_paper(1)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (sheet(12, 13, [[0, 0, 0, 0]]), "无效票13张"),
        (sheet(12, 0, [[2, 9, 5]]), "3件"),
        (sheet(12, 0, [[13, 0, 0, 0]]), "弃权票13张"),
        (sheet(12, 0, [[2, 11, 0, 0]]), "1号得11票"),
        (sheet(12, 0, [[2, 10, 10, 10]]), "合计30票"),
        (Entry(returned=12), "还没有填写"),
        (Entry(returned=-1), "收回纸质票"),
    ],
)
def test_figures_that_contradict_one_another_are_refused(
    paper_hall: MakeHall, entry: Entry, words: str
) -> None:
    hall = closed(paper_hall)
    with refused(hall.store, PaperError, words):
        hall.enter(1, entry)


def test_more_papers_than_were_handed_out_must_be_confirmed_and_are_void(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    too_many = sheet(13, 0, [[0, 13, 0, 0]])
    with refused(hall.store, MorePaper, "发出只有12张，多出1张"):
        hall.enter(1, too_many)
    hall.both(too_many, sure=True)
    # 3 of the box and 13 are 16, as many as were handed out in all: it is void all the same
    with refused(hall.store, TooManyReturned, "发出纸质票12张，收回纸质票13张"):
        super(PaperHall, hall).declare_valid()
    assert hall.declare_void().state == "void"


@pytest.mark.parametrize("state", ["adopted", "sealed", "open", "reconciled", "counted", "announced"])
def test_figures_are_entered_between_closing_and_declaring(paper_hall: MakeHall, state: State) -> None:
    hall = mixed(paper_hall)
    hall.reach(state)
    with refused(hall.store, PaperStep):
        hall.enter(1, sheet(11, 0, [[2, 9, 5, 3]]))


def test_only_this_session_s_tellers_enter(paper_hall: MakeHall) -> None:
    hall = closed(paper_hall)
    elsewhere = paper_hall()
    for actor in (hall.staff, hall.chair, hall.operator, hall.scrutineers[0], hall.usher):
        hall.tellers[0] = actor
        with refused(hall.store, Forbidden, "计票人"):
            hall.enter(1, TWELVE)
    hall.tellers = elsewhere.tellers
    with refused(hall.store, NotFound):
        hall.enter(1, TWELVE)
    hall._take_seats()


def test_where_no_paper_was_handed_out_there_is_nothing_to_enter(paper_hall: MakeHall) -> None:
    hall = paper_hall()
    hall.reach("closed")
    with refused(hall.store, PaperStep, "没有要录入的纸质票"):
        hall.enter(1, TWELVE)


def test_of_few_papers_that_came_back_the_public_gets_no_record(paper_hall: MakeHall) -> None:
    hall = mixed(paper_hall)
    hall.entry = sheet(3, 0, [[0, 3, 0, 0]])
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("published")
    assert publishing.public_result(hall.store, hall.round.id).with_archive is False
    with refused(hall.store, KeptBack, "收回的纸质票太少"):
        publishing.round_json(hall.store, PUBLIC, hall.round.id, hall.signer)
    assert publishing.round_json(hall.store, hall.staff, hall.round.id, hall.signer)


def test_how_many_papers_are_few_is_a_setting_and_is_fixed_at_closing(paper_hall: MakeHall) -> None:
    hall = mixed(paper_hall)
    hall.reach("closed")
    with hall.store.write() as tx:
        tx.settings.put(hall.staff, PaperSettings(fewest=50), hall.now())
    hall.both(TWELVE)
    assert hall.current().returned == 12
    assert msgspec.to_builtins(PaperSettings()) == {"type": "paper", "fewest": 10}
