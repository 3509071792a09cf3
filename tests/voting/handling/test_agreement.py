"""Promises about a deputy's agreement before a 代表建议 is merged or transferred: off unless asked for."""

from __future__ import annotations

from tests.county import County
from tests.refusals import refused
from tests.voting.handling.desk import now_of
from voting.handling import deciding, keeping
from voting.handling.clocks import PRESETS, Clocks
from voting.handling.deciding import Decision
from voting.handling.refusals import HandlingInput
from voting.merging import merge
from voting.suggestions import Suggestion

SAID = "9月20日电话，本人同意。"


def ask_for_it(county: County) -> None:
    keeping.change_clocks(county.store, county.staff, Clocks(proposer_agrees=True), county.now())


def transfer(county: County, item: Suggestion, agreed: str = "") -> None:
    decision = Decision(route="transferred", text="请按职责答复。", to="市交通局", agreed=agreed)
    deciding.decide(county.store, county.staff, item.id, decision, county.now())


def course(county: County, item: Suggestion) -> list[tuple[str, str]]:
    with county.store.read() as tx:
        return [(one.what, one.text) for one in tx.handlings.happenings(county.staff, item)]


def test_no_preset_asks_for_it_and_without_it_nobody_is_asked(county: County) -> None:
    assert not any(one.proposer_agrees for one in (Clocks(), *PRESETS.values()))
    transfer(county, county.suggest(kind="proposal"))
    merge(
        county.store,
        county.staff,
        county.suggest(kind="proposal").id,
        county.suggest(kind="proposal").id,
        county.now(),
    )


def test_asked_for_it_stands_in_the_course_or_nothing_happens(county: County) -> None:
    ask_for_it(county)
    moved, source, main = (county.suggest(kind="proposal") for _ in range(3))
    with refused(county.store, HandlingInput, "转交以前要征得提出代表同意"):
        transfer(county, moved, "  ")
    with refused(county.store, HandlingInput, "合并以前要征得提出代表同意"):
        merge(county.store, county.staff, source.id, main.id, county.now())
    transfer(county, moved, SAID)
    merge(county.store, county.staff, source.id, main.id, county.now(), agreed=SAID)
    assert ("提出代表同意转交", SAID) in course(county, moved)
    assert ("提出代表同意合并", SAID) in course(county, source)
    assert now_of(county, source).merged_into == main.id


def test_a_citizen_who_may_have_left_no_number_is_never_asked(county: County) -> None:
    ask_for_it(county)
    transfer(county, county.suggest())
    merge(county.store, county.staff, county.suggest().id, county.suggest().id, county.now())
