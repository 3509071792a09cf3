"""Promises of “at most K 赞成”: a sum beyond what the ballots can hold makes the round void."""

from __future__ import annotations

from msgspec.structs import replace

from tests.on_paper import sheet
from tests.people import STANCES
from tests.refusals import unchanged
from tests.voting.paper_ballots.conftest import MakeHall
from voting import drafting, publishing
from voting.documents.report import TallyReport
from voting.documents.script import script_lines

AT_MOST_ONE = replace(STANCES, candidates=3, places=1, most_for=True)


def test_a_breach_that_the_sum_shows_is_announced_as_void_and_repeated(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper", rules=AT_MOST_ONE)
    hall.entry = sheet(6, 0, [[6, 0, 0], [1, 5, 0], [0, 6, 0]])
    hall.reach("announced")
    outcome = hall.figures().outcome
    assert outcome.status == "void"
    assert "赞成票合计7票，多于6票" in "".join(outcome.sentences)
    again = drafting.follow_up(hall.store, hall.staff, hall.round.id, "repeat", hall.now())
    assert (again.relation, again.method, again.rules) == ("repeat", "paper", AT_MOST_ONE)
    with unchanged(hall.store):
        assert drafting.follow_up(hall.store, hall.staff, hall.round.id, "repeat", hall.now()) == again
    hall.publish()
    public = publishing.public_result(hall.store, hall.round.id).disclosure
    assert public.sentences == outcome.sentences


def test_the_chair_reads_out_why_the_count_is_void(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper", rules=AT_MOST_ONE)
    hall.entry = sheet(6, 0, [[6, 0, 0], [1, 5, 0], [0, 6, 0]])
    hall.reach("announced")
    figures = hall.figures()
    report = TallyReport(
        session_title=hall.session.title,
        round_title=hall.round.title,
        rules=AT_MOST_ONE,
        candidates=hall.round.candidates,
        counts=figures.counts,
        outcome=figures.outcome,
        scrutineers=(),
        closing_head=None,
        day=hall.now().date(),
    )
    said = "".join(words for _, words in script_lines(report))
    assert "赞成票合计7票，多于6票" in said
    assert "收回的票多于发出的票" not in said
    assert "我宣布：本次票决无效，应当重新票决。" in said
