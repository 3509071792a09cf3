"""Checks 25 to 30 beside the record of a satisfaction test: other rules, another paper, other figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from ballots.election import Question
from ballots.encoding import encode
from tests.ballots.tampered_record import beside, figures, sealed_under
from tests.ballots.tampering import Submission, fails
from tests.simulator import GRADES, STANCES, Simulator, signatory

LEVELS: Final = ("满意", "基本满意", "不满意")


def grading(projects: int = 2, levels: Sequence[str] = LEVELS, *, unknown: bool = False) -> bytes:
    return encode({"ballot": "grades", "projects": projects, "levels": levels, "unknown": unknown})


def asked_otherwise(**changes: Any) -> Submission:
    """Sealed under the rules of two projects with three levels; the second is asked about in another way."""
    other: Question = replace(GRADES, **changes)
    return sealed_under(Simulator(questions=(GRADES, other)), grading())


# 25: the rules and the paper


@fails(25, base="grades")
def grading_changed_after_sealing(sim: Simulator) -> Submission:
    """The ballot paper would be the same; what half means is not."""
    return beside(sim, rules=msgspec.Raw(sim.rules[:-1] + b',"half":"at_least"}'))


@fails(25, base="grades")
def paper_for_fewer_projects_than_the_rules_say(sim: Simulator) -> Submission:
    return sealed_under(sim, grading(projects=3))


@fails(25, base="grades")
def paper_for_more_projects_than_the_rules_say(sim: Simulator) -> Submission:
    return sealed_under(sim, grading(projects=1))


@fails(25, base="grades")
def level_of_the_rules_that_is_not_offered(sim: Simulator) -> Submission:
    return sealed_under(sim, grading(levels=("满意", "基本满意", "一般", "不满意")))


@fails(25, base="grades")
def level_offered_that_the_rules_do_not_know(sim: Simulator) -> Submission:
    return sealed_under(sim, grading(levels=LEVELS[:2]))


@fails(25, base="grades")
def levels_in_another_order(sim: Simulator) -> Submission:
    """Whoever marks the first means another thing than the rules."""
    return sealed_under(sim, grading(levels=LEVELS[::-1]))


@fails(25, base="grades")
def rules_that_offer_not_to_know(sim: Simulator) -> Submission:
    return sealed_under(sim, grading(unknown=True))


@fails(25)
def project_that_nobody_can_abstain_on(_: Simulator) -> Submission:
    return asked_otherwise(answers=LEVELS)


@fails(25)
def project_that_may_be_left_out(_: Simulator) -> Submission:
    return asked_otherwise(min=0)


@fails(25)
def project_with_two_levels_at_once(_: Simulator) -> Submission:
    return asked_otherwise(max=2)


@fails(25)
def project_with_a_blank_besides(_: Simulator) -> Submission:
    return asked_otherwise(blank=True)


@fails(25, base="grades")
def rules_of_a_vote_over_a_paper_of_grades(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"for_against","candidates":2,"places":2}')


@fails(25, base="stances")
def rules_of_grades_over_a_paper_of_stances(sim: Simulator) -> Submission:
    return sealed_under(sim, grading())


@fails(25)
def stances_on_one_project_among_grades(_: Simulator) -> Submission:
    return sealed_under(Simulator(questions=(GRADES, STANCES)), grading())


@fails(25, base="grades")
def grading_that_says_nothing_of_its_levels(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"grades","projects":2}')


@fails(25, base="grades")
def rules_of_no_known_ballot(sim: Simulator) -> Submission:
    return sealed_under(sim, b'{"ballot":"acclamation","candidates":2,"places":2}')


@fails(25, base="grades")
def rules_without_a_ballot(sim: Simulator) -> Submission:
    return sealed_under(sim, grading().replace(b'"ballot":"grades",', b""))


# 26 and 27


@fails(26, base="grades")
def test_under_another_title(sim: Simulator) -> Submission:
    return beside(sim, title="另一项测评")


@fails(27, base="grades")
def test_with_more_returned_than_there_are_ballots(sim: Simulator) -> Submission:
    return figures(sim, returned=4, issued=4)


# 28: the rows


def graded(sim: Simulator, *rows: tuple[int, Sequence[int]]) -> Submission:
    grades = [{"number": number, "counts": row} for number, row in rows]
    return beside(sim, outcome=msgspec.Raw(encode({"status": "graded", "grades": grades})))


@fails(28, base="grades")
def one_vote_moved_to_a_better_level(sim: Simulator) -> Submission:
    first, second = sim.sound_record().result
    better = (first[0] + 1, first[1] - 1, *first[2:])
    return graded(sim, (1, better), (2, second))


@fails(28, base="grades")
def rows_of_two_projects_exchanged(sim: Simulator) -> Submission:
    sim.vote(3, [[1, 0, 0, 0], [0, 0, 1, 0]])
    sim.close()
    first, second = sim.sound_record().result
    return graded(sim, (1, second), (2, first))


@fails(28, base="grades")
def abstentions_left_out_of_a_row(sim: Simulator) -> Submission:
    first, second = sim.sound_record().result
    return graded(sim, (1, first), (2, second[:-1]))


@fails(28, base="grades")
def project_left_out_of_the_ratings(sim: Simulator) -> Submission:
    return graded(sim, (1, sim.sound_record().result[0]))


@fails(28, base="grades")
def project_rated_twice(sim: Simulator) -> Submission:
    first, second = sim.sound_record().result
    return graded(sim, (1, first), (1, first), (2, second))


@fails(28, base="grades")
def projects_in_another_order(sim: Simulator) -> Submission:
    first, second = sim.sound_record().result
    return graded(sim, (2, second), (1, first))


@fails(28, base="grades")
def standings_of_a_vote_in_place_of_grades(sim: Simulator) -> Submission:
    return beside(sim, outcome=msgspec.Raw(b'{"status":"complete","standings":[]}'))


@fails(28, base="grades")
def row_of_the_record_is_another(sim: Simulator) -> Submission:
    first, second = sim.sound_record().result
    return beside(sim, result=(second, (first[1], first[0], *first[2:])))


# 29 and 30


@fails(29, base="grades")
def dead_card_that_rated(sim: Simulator) -> Submission:
    return beside(sim, dead_cards=(sim.card(0),))


@fails(30, base="grades")
def report_of_a_test_that_ends_with_another_code(sim: Simulator) -> Submission:
    """The last line must be that of this box; one further up does not count."""
    record = sim.sound_record()
    report = f"{record.report}\n封箱码：{'0' * 64}"
    signed = tuple(signatory(number, key, report.encode()) for number, key in enumerate(sim.reporters, 1))
    return beside(sim, report=report, scrutineers=signed)
