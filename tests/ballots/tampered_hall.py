"""Checks 27 to 30 and 32 where the hall comes in: reserve cards, ballots on paper, some scrutineers away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from ballots import credentials
from ballots.encoding import encode
from ballots.record import PaperRecord, RoundRecord, paper_code
from tests.ballots.tampered_record import beside
from tests.ballots.tampering import Submission, fails
from tests.papers import outcome_for
from tests.simulator import Simulator, signatory

PAPER: Final = ((1, 6, 5, 0),)
"""Of the election that chooses at most two of three: eleven on paper, one of them invalid, one blank."""


def paper_of(sim: Simulator, **changes: Any) -> PaperRecord:
    """Eleven papers, signed by the first scrutineer; `changes` come before the signature."""
    figures: dict[str, Any] = {"issued": 12, "returned": 11, "invalid": 1, "rows": PAPER, **changes}
    written = figures.pop("text", None)
    text = written or f"纸质票记录\n{sim.document.name}\n核对码：{paper_code(**figures)}"
    signed = sim.endorsed(signatory(1, sim.reporters[0], text.encode()))
    return PaperRecord(**figures, text=text, scrutineers=(signed,))


def hall_record(sim: Simulator, paper: PaperRecord) -> RoundRecord:
    """The record of the box and of this paper, all else in order, the report signed."""
    sound = sim.sound_record()
    figures = replace(
        sound.figures,
        all_deputies=40,
        present=30,
        issued=sound.figures.issued + paper.issued,
        returned=sound.figures.returned + paper.returned,
        invalid=paper.invalid,
    )
    outcome = outcome_for(sim.rules, total(sound.result, paper.rows))
    return sim.reported(replace(sound, paper=paper, figures=figures, outcome=outcome))


def with_paper(sim: Simulator, paper: PaperRecord, /, **changes: Any) -> Submission:
    """Such a record, with these fields changed after the scrutineers signed."""
    body = encode(replace(hall_record(sim, paper), **changes))
    return Submission(sim.archive(), sim.sign_record(body))


def total(result: Sequence[Sequence[int]], rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """The box and the paper, added up; what the paper says of too little or too much is left out."""
    return [[a + b for a, b in zip(*both, strict=False)] for both in zip(result, rows, strict=False)]


# 27: figures


@fails(27)
def more_paper_returned_than_issued(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim, issued=10))


@fails(27)
def more_invalid_paper_than_returned(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim, invalid=12))


@fails(27)
def paper_that_the_figures_do_not_count(sim: Simulator) -> Submission:
    return beside(sim, paper=paper_of(sim))


@fails(27)
def invalid_paper_that_the_figures_do_not_count(sim: Simulator) -> Submission:
    paper = paper_of(sim)
    sound = sim.sound_record().figures
    figures = replace(sound, all_deputies=40, present=30, issued=20, returned=sound.returned + 11)
    return with_paper(sim, paper, figures=figures)


@fails(27)
def more_issued_than_cards_and_paper(sim: Simulator) -> Submission:
    sound = sim.sound_record().figures
    figures = replace(sound, all_deputies=40, present=30, issued=17, returned=sound.returned + 11, invalid=1)
    return with_paper(sim, paper_of(sim), figures=figures)


@fails(27)
def card_on_the_list_that_was_neither_issued_nor_kept_in_reserve(sim: Simulator) -> Submission:
    return beside(sim, reserve_cards=())


# 28: counts


@fails(28)
def more_marks_on_paper_than_there_can_be(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim, rows=((1, 10, 9, 0),)))


@fails(28)
def fewer_marks_on_paper_than_there_must_be(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim, rows=((1, 4, 4, 0),)))


@fails(28)
def paper_without_the_last_candidate(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim), paper=paper_of(sim, rows=((1, 6, 5),)))


@fails(28, base="stances")
def stances_on_paper_that_do_not_add_up(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim, rows=((5, 3, 2), (5, 3, 1))))


@fails(28)
def outcome_that_forgets_the_paper(sim: Simulator) -> Submission:
    return with_paper(sim, paper_of(sim), outcome=sim.sound_record().outcome)


# 29: reserve cards


@fails(29)
def reserve_card_that_is_not_listed(sim: Simulator) -> Submission:
    stranger = credentials.public_credential(sim.uuid, credentials.generate(sim.random))
    return beside(sim, reserve_cards=(*sim.unused_cards, stranger))


@fails(29)
def reserve_card_that_voted_without_being_given_out(sim: Simulator) -> Submission:
    used = credentials.public_credential(sim.uuid, sim.cards[0])
    return beside(sim, reserve_cards=(*sim.unused_cards, used))


@fails(29)
def card_given_out_from_the_reserve_that_was_never_in_it(sim: Simulator) -> Submission:
    return beside(sim, activated_cards=(credentials.public_credential(sim.uuid, sim.cards[0]),))


@fails(29)
def reserve_card_named_twice(sim: Simulator) -> Submission:
    return beside(sim, reserve_cards=(*sim.unused_cards, *sim.unused_cards))


# 30: who signed


@fails(30)
def paper_signed_by_nobody(sim: Simulator) -> Submission:
    return with_paper(sim, replace(paper_of(sim), scrutineers=()))


@fails(30)
def paper_signed_with_other_figures(sim: Simulator) -> Submission:
    """The signature is over twelve issued; the record says thirteen."""
    return with_paper(sim, replace(paper_of(sim), issued=13))


@fails(30)
def paper_of_another_round(sim: Simulator) -> Submission:
    code = paper_code(12, 11, 1, PAPER)
    return with_paper(sim, paper_of(sim, text=f"纸质票记录\n另一项票决\n核对码：{code}"))


@fails(30)
def paper_changed_after_signing(sim: Simulator) -> Submission:
    paper = paper_of(sim)
    return with_paper(sim, replace(paper, text="更正\n" + paper.text))


@fails(30)
def paper_signed_by_a_stranger(sim: Simulator) -> Submission:
    paper = paper_of(sim)
    return with_paper(sim, replace(paper, scrutineers=(replace(paper.scrutineers[0], number=3),)))


@fails(30)
def paper_signed_with_another_key_than_the_report(sim: Simulator) -> Submission:
    paper = paper_of(sim)
    other = signatory(1, sim.reporters[1], paper.text.encode())
    return with_paper(sim, replace(paper, scrutineers=(other,)))


@fails(30, base="threshold")
def fewer_signed_than_open(sim: Simulator) -> Submission:
    return beside(sim, scrutineers=sim.sound_record().scrutineers[:1])


@fails(30, base="threshold")
def report_signed_by_a_fourth_of_three(sim: Simulator) -> Submission:
    first, second, third = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, second, replace(third, number=4)))


@fails(30, base="threshold")
def key_for_the_report_that_its_owner_does_not_endorse(sim: Simulator) -> Submission:
    first, second, third = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, second, replace(third, endorsement=None)))


@fails(30, base="threshold")
def key_for_the_report_that_another_scrutineer_endorses(sim: Simulator) -> Submission:
    first, second, third = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, second, sim.endorsed(third, by=1)))


@fails(30, base="threshold")
def endorsement_of_another_key(sim: Simulator) -> Submission:
    first, second, third = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, second, replace(third, endorsement=second.endorsement)))


# 32: what is said of the paper


@fails(32)
def paper_left_out_of_everything(sim: Simulator) -> Submission:
    """Figures, counts and outcome are those of the box alone; the report that was signed says more."""
    signed = hall_record(sim, paper_of(sim))
    return beside(sim, report=signed.report, scrutineers=signed.scrutineers)


@fails(32)
def paper_added_after_the_report_was_signed(sim: Simulator) -> Submission:
    sound = sim.sound_record()
    return with_paper(sim, paper_of(sim), report=sound.report, scrutineers=sound.scrutineers)


@fails(32)
def other_paper_than_when_the_report_was_signed(sim: Simulator) -> Submission:
    """As many sheets; one vote went from the second candidate to the third."""
    signed = hall_record(sim, paper_of(sim))
    other = paper_of(sim, rows=((1, 6, 4, 1),))
    return with_paper(sim, other, report=signed.report, scrutineers=signed.scrutineers)


@fails(32)
def invalid_paper_made_valid_after_the_report_was_signed(sim: Simulator) -> Submission:
    signed = hall_record(sim, paper_of(sim))
    other = paper_of(sim, invalid=0, rows=((2, 6, 5, 0),))
    return with_paper(sim, other, report=signed.report, scrutineers=signed.scrutineers)


@fails(32)
def paper_signed_under_the_name_of_somebody_else(sim: Simulator) -> Submission:
    paper = paper_of(sim)
    return with_paper(sim, replace(paper, scrutineers=(replace(paper.scrutineers[0], name="王五"),)))
