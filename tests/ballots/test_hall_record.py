"""Sound records of a hall: paper beside cards, a reserve of which some were given out, a scrutineer away."""

from __future__ import annotations

import io

from ballots.verify import verify
from tests.ballots.tampered_hall import hall_record, paper_of, with_paper
from tests.ballots.tampered_record import beside
from tests.ballots.tampered_report import handed, old
from tests.ballots.tampering import Submission, base
from tests.simulator import Simulator


def passes(submission: Submission) -> bool:
    """Whether every check of the archive and of round.json is made and holds."""
    checked = verify(io.BytesIO(submission.archive), submission.record, workers=1).checks
    return checked == (*range(1, 31), 32)


def test_paper_beside_cards_passes(select: Simulator) -> None:
    assert passes(with_paper(select, paper_of(select)))


def test_paper_beside_cards_passes_where_each_is_answered() -> None:
    sim = base("stances")
    assert passes(with_paper(sim, paper_of(sim, rows=((5, 3, 2), (10, 0, 0)))))


def test_a_reserve_card_that_was_given_out_may_vote(select: Simulator) -> None:
    used = select.card(0)
    assert passes(beside(select, reserve_cards=(*select.unused_cards, used), activated_cards=(used,)))


def test_as_many_as_open_the_box_are_enough_to_sign_the_report() -> None:
    sim = base("threshold")
    assert passes(beside(sim, scrutineers=sim.sound_record().scrutineers[1:]))


def test_paper_passes_where_a_scrutineer_signed_it_who_was_away_from_the_report() -> None:
    sim = base("threshold")
    paper = paper_of(sim, rows=((5, 3, 2),))
    assert passes(with_paper(sim, paper, scrutineers=hall_record(sim, paper).scrutineers[1:]))


def test_a_record_of_version_2_passes_with_the_report_of_its_time() -> None:
    sim = base("grades")
    record = sim.reported(old(sim.sound_record()))
    assert "监票人：" not in record.report
    assert passes(handed(sim, record))


def test_a_report_of_the_committee_speaks_of_its_members(select: Simulator) -> None:
    record = select.sound_record()
    report = record.report.replace("到代表", "到组成人员")
    assert report.count("组成人员") == 2
    assert passes(handed(select, select.signed_report(record, report)))
