"""Check 32, and the versions of the record: what was signed in words, and what is published beside it.

Whoever publishes holds the installation's key and a report that honest scrutineers have signed.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from ballots.encoding import encode
from ballots.record import OLDEST, RoundRecord
from tests.ballots.tampered_record import beside
from tests.ballots.tampering import Submission, fails
from tests.simulator import Simulator


def outcome(sim: Simulator, **changes: Any) -> Submission:
    """Other words about the same counts, put in after the report was signed."""
    sound = msgspec.json.decode(sim.sound_record().outcome)
    return beside(sim, outcome=msgspec.Raw(encode({**sound, **changes})))


def old(record: RoundRecord) -> RoundRecord:
    """As a record of version 2, which names no scrutineers."""
    return replace(record, version=OLDEST, all_scrutineers=msgspec.UNSET)


def handed(sim: Simulator, record: RoundRecord) -> Submission:
    return Submission(sim.archive(), sim.sign_record(encode(record)))


# 2: the versions


@fails(2)
def record_of_version_3_that_names_no_scrutineers(sim: Simulator) -> Submission:
    return beside(sim, all_scrutineers=msgspec.UNSET)


@fails(2)
def record_of_version_2_that_names_scrutineers(sim: Simulator) -> Submission:
    return beside(sim, version=OLDEST)


@fails(2)
def record_of_a_version_to_come(sim: Simulator) -> Submission:
    return beside(sim, version=4)


# 32: what the report says


@fails(32)
def record_of_another_session(sim: Simulator) -> Submission:
    return beside(sim, session="第二次会议")


@fails(32)
def record_of_another_congress_than_the_report(sim: Simulator) -> Submission:
    """Where the election does not name it."""
    return beside(sim, congress="示例市人民代表大会")


@fails(32)
def more_deputies_than_the_report_says(sim: Simulator) -> Submission:
    figures = sim.sound_record().figures
    return beside(sim, figures=replace(figures, all_deputies=figures.all_deputies + 1))


@fails(32)
def fewer_present_than_the_report_says(sim: Simulator) -> Submission:
    figures = sim.sound_record().figures
    return beside(sim, figures=replace(figures, present=figures.present - 1))


@fails(32)
def more_issued_than_the_report_says(sim: Simulator) -> Submission:
    figures = sim.sound_record().figures
    return beside(sim, figures=replace(figures, issued=figures.issued + 1))


@fails(32)
def another_chosen_than_the_report_says(sim: Simulator) -> Submission:
    return outcome(sim, chosen=[2])


@fails(32)
def nobody_chosen(sim: Simulator) -> Submission:
    return outcome(sim, chosen=[])


@fails(32)
def one_chosen_who_is_no_candidate(sim: Simulator) -> Submission:
    return outcome(sim, chosen=[1, 4])


@fails(32, base="stances")
def tie_that_the_report_does_not_know(sim: Simulator) -> Submission:
    return outcome(sim, tied=[1, 2])


@fails(32, base="grades")
def level_of_a_project_is_another(sim: Simulator) -> Submission:
    grades = msgspec.json.decode(sim.sound_record().outcome)["grades"]
    return outcome(sim, grades=[{**grades[0], "level": "不满意"}, grades[1]])


@fails(32, base="grades")
def rate_of_a_project_is_another(sim: Simulator) -> Submission:
    grades = msgspec.json.decode(sim.sound_record().outcome)["grades"]
    return outcome(sim, grades=[grades[0], {**grades[1], "satisfied": 977}])


@fails(32, base="grades")
def rate_of_all_projects_is_another(sim: Simulator) -> Submission:
    return outcome(sim, overall=999)


@fails(32)
def scrutineers_of_other_names(sim: Simulator) -> Submission:
    signed = sim.sound_record().scrutineers
    named = tuple(replace(one, name=f"另一个{one.number}") for one in signed)
    return beside(sim, scrutineers=named, all_scrutineers=tuple(one.name for one in named))


@fails(32)
def signature_under_the_name_of_somebody_else(sim: Simulator) -> Submission:
    first, second = sim.sound_record().scrutineers
    return beside(sim, scrutineers=(first, replace(second, name="王五")))


@fails(32, base="threshold")
def scrutineer_without_a_key_of_the_box(sim: Simulator) -> Submission:
    """Read and signed by all three: a fourth is said to have watched."""
    names = (*(one.name for one in sim.sound_record().scrutineers), "王五")
    return handed(sim, sim.reported(replace(sim.sound_record(), all_scrutineers=names)))


@fails(32)
def report_with_a_sentence_more(sim: Simulator) -> Submission:
    record = sim.sound_record()
    report = record.report.replace("封箱码：", "另有纸质票20张。\n封箱码：")
    return handed(sim, sim.signed_report(record, report))


@fails(32)
def report_that_says_the_figures_of_nobody(sim: Simulator) -> Submission:
    record = sim.sound_record()
    return handed(sim, sim.signed_report(record, f"{record.title}\n封箱码：{record.closing_head}"))


@fails(32)
def report_of_version_3_in_a_record_of_version_2(sim: Simulator) -> Submission:
    """To leave out what only the newer one binds: the words that were signed do not go with it."""
    return handed(sim, old(sim.sound_record()))


@fails(32)
def report_of_version_2_in_a_record_of_version_3(sim: Simulator) -> Submission:
    record = sim.sound_record()
    earlier = sim.reported(old(record))
    return beside(sim, report=earlier.report, scrutineers=earlier.scrutineers)


@fails(32)
def old_record_with_other_figures_than_its_report(sim: Simulator) -> Submission:
    earlier = sim.reported(old(sim.sound_record()))
    figures = replace(earlier.figures, all_deputies=earlier.figures.all_deputies + 1)
    return handed(sim, replace(earlier, figures=figures))
