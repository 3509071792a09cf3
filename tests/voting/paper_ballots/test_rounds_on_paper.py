"""Promises of rounds on paper and by show of hands: from draft to 公布, with no card and no key."""

from __future__ import annotations

import pytest

from tests.on_paper import PaperHall, sheet
from tests.people import GRADES, STANCES
from tests.refusals import refused, unchanged
from tests.voting.paper_ballots.conftest import MakeHall
from voting import publishing, tally_report
from voting.actors import PUBLIC, NotYet
from voting.counts import ApprovalCounts, GradeCounts, SelectCounts
from voting.cycle import WrongStep
from voting.paper_ballots.sheets import Entry, MorePaper, PaperError, PaperPending, PaperStep
from voting.publishing import KeptBack
from voting.reconciling import TooManyReturned


def test_a_round_on_paper_runs_from_draft_to_publication(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper")
    hall.entry = sheet(6, 1, [[0, 4, 4, 2]])
    published = hall.reach("published")
    assert (published.issued, published.returned, published.boxed, published.paper) == (6, 6, 0, 6)
    counts = hall.figures().counts
    assert isinstance(counts, SelectCounts)
    assert (counts.votes, counts.blank, counts.invalid, counts.returned) == ((4, 4, 2), 0, 1, 6)
    assert publishing.public_result(hall.store, hall.round.id).with_archive is False


def test_a_show_of_hands_runs_from_draft_to_publication(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="hands", rules=STANCES)
    hall.entry = sheet(5, 0, [[5, 0, 0], [3, 1, 1]])
    published = hall.reach("published")
    assert (published.issued, published.returned, published.paper) == (6, 5, 0)
    figures = hall.figures()
    assert isinstance(figures.counts, ApprovalCounts)
    assert (figures.counts.for_votes, figures.counts.against) == ((5, 3), (0, 1))
    report = tally_report.report_text(hall.store, hall.operator, hall.round.id).decode()
    assert "举手表决，参加表决5人。" in report
    for never in ("张", "封箱码", "表决票"):
        assert never not in report + "".join(figures.outcome.sentences)


def test_a_satisfaction_test_on_paper_is_rated(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper", rules=GRADES)
    hall.entry = sheet(6, 0, [[6, 0, 0, 0], [2, 2, 1, 1]])
    hall.reach("announced")
    counts = hall.figures().counts
    assert isinstance(counts, GradeCounts)
    assert counts.rows == ((6, 0, 0, 0), (2, 2, 1, 1))


@pytest.mark.parametrize("method", ["paper", "hands"])
def test_there_is_nothing_to_seal_where_there_are_no_cards(paper_hall: MakeHall, method: str) -> None:
    hall = paper_hall(method=method)
    hall.reach("adopted")
    with refused(hall.store, WrongStep, "不需要封存"):
        hall.freeze()


def test_papers_are_counted_first_and_read_once_the_chair_has_declared_the_vote_valid(
    paper_hall: MakeHall,
) -> None:
    hall = paper_hall(method="paper")
    hall.entry = sheet(5, 0, [[0, 5, 3, 0]])
    hall.reach("closed")
    with refused(hall.store, PaperPending, "收回的张数"):
        super(PaperHall, hall).declare_valid()
    hall.both(hall.entry)  # what is on them is not asked yet
    assert hall.current().returned == 5
    hall.declare_valid()
    assert hall.current().state == "reconciled"
    with refused(hall.store, PaperError, "已经宣布收回5张"):
        hall.enter(1, sheet(6, 0, [[0, 6, 3, 0]]))
    hall.both(hall.entry)
    assert hall.current().state == "counted"
    with refused(hall.store, PaperStep, "已经定下来"):
        hall.enter(1, sheet(5, 0, [[0, 5, 4, 0]]))


def test_more_papers_than_were_handed_out_make_the_round_void(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper")
    hall.reach("closed")
    with refused(hall.store, MorePaper, "多出2张"):
        hall.both(Entry(returned=8))
    hall.both(Entry(returned=8), sure=True)
    with refused(hall.store, TooManyReturned, "发出6张，收回8张"):
        super(PaperHall, hall).declare_valid()
    assert hall.declare_void().state == "void"


def test_more_hands_than_people_are_a_mistake_of_whoever_counted(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="hands", rules=STANCES)
    hall.reach("closed")
    with refused(hall.store, PaperError, "多于到会的6人"):
        hall.enter(1, sheet(7, 0, [[7, 0, 0], [7, 0, 0]]), sure=True)


def test_the_figures_of_a_paper_round_are_for_those_who_counted_and_signed_until_they_are_announced(
    paper_hall: MakeHall,
) -> None:
    hall = paper_hall(method="paper")
    hall.entry = sheet(6, 0, [[0, 6, 3, 0]])
    hall.reach("counted")
    for knows in (*hall.tellers, *hall.scrutineers):
        assert tally_report.figures(hall.store, knows, hall.round.id) == hall.figures()
    for waits in (hall.chair, hall.operator, hall.staff, PUBLIC):
        with pytest.raises(NotYet):
            tally_report.figures(hall.store, waits, hall.round.id)
    hall.sign_with_pen(1, 2)
    for may in (hall.chair, hall.operator):
        assert tally_report.figures(hall.store, may, hall.round.id) == hall.figures()
    with pytest.raises(NotYet):
        tally_report.figures(hall.store, hall.staff, hall.round.id)


def test_signing_with_the_pen_is_for_rounds_that_no_device_has_a_part_in(paper_hall: MakeHall) -> None:
    hall = paper_hall()
    hall.reach("counted")
    with refused(hall.store, NotYet, "自己的页面"):
        hall.sign_with_pen(1)
    paper = paper_hall(method="paper")
    paper.reach("closed")
    with refused(paper.store, NotYet, "还没有计票结果"):
        paper.sign_with_pen(1)
    paper.entry = sheet(6, 0, [[0, 6, 3, 0]])
    paper.reach("counted")
    paper.sign_with_pen(1)
    with unchanged(paper.store):
        paper.sign_with_pen(1)


def test_a_round_without_cards_has_no_record_to_recount(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper")
    hall.entry = sheet(6, 0, [[0, 6, 3, 0]])
    hall.reach("published")
    for actor in (hall.staff, PUBLIC):
        with pytest.raises(KeptBack, match="没有用投票卡"):
            publishing.archive(hall.store, actor, hall.round.id)
        with pytest.raises(KeptBack, match="没有用投票卡"):
            publishing.round_json(hall.store, actor, hall.round.id, hall.signer)
