"""Promises of voting/handling/assisting.py: one more unit is asked; one that has not answered is let go."""

from __future__ import annotations

import pytest

from tests.county import County
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import accepted, handed, now_of, part_of, released
from voting import audit
from voting.actors import Forbidden, NotFound
from voting.handling import working
from voting.handling.assisting import add_assist, withdraw_assist
from voting.handling.facts import Handling
from voting.handling.refusals import HandlingError, HandlingInput
from voting.store.audit import Wanted
from voting.suggestions import Suggestion


def added(county: County, item: Suggestion, unit: int = 2, task: str = "请就用地提出意见。") -> Handling:
    return add_assist(county.store, county.staff, item.id, county.units[unit].id, task, county.now())


def told(county: County, unit: int) -> list[str]:
    with county.store.read() as tx:
        actor = (county.unit, county.other_unit)[unit]
        return [one.text for one in tx.notices.listing(actor)]


def log_of(county: County, part: Handling) -> list[str]:
    return [
        one.what
        for one in audit.read_all(county.store, county.presidium, Wanted())
        if one.subject_id == part.id
    ]


def test_one_more_unit_gets_its_part_its_clock_its_notice_and_the_lead_is_told(county: County) -> None:
    item = county.suggest(kind="proposal")
    lead = accepted(county, item, key=True, chief="李副县长", watcher="王副主任")
    new = added(county, item, 1)
    assert (new.part, new.state, new.task) == ("assist", "handed", "请就用地提出意见。")
    assert (new.key, new.chief, new.watcher) == (True, lead.chief, lead.watcher)
    assert new.contact_by is None
    assert any("新交办" in one for one in told(county, 1))
    assert any("增加了协办单位" in one for one in told(county, 0))
    assert log_of(county, new) == ["hand_over"]
    assert (
        working.answer(county.store, county.other_unit, new.id, "同意。", "A", county.now()).state
        == "released"
    )


def test_asked_twice_it_is_one_and_somebody_who_has_it_is_not_asked_again(county: County) -> None:
    item = county.suggest()
    handed(county, item, 1)
    new = added(county, item)
    with unchanged(county.store):
        assert added(county, item) == new
    for unit in (0, 1, 2):
        with refused(county.store, HandlingInput, "已经在承办"):
            added(county, item, unit, "换一种说法。")


def test_withdrawn_it_is_over_both_units_know_and_it_can_be_asked_again(county: County) -> None:
    item = county.suggest()
    lead = handed(county, item)
    new = added(county, item, 1)
    gone = withdraw_assist(county.store, county.staff, new.id, "不涉及用地。", county.now())
    assert gone.state == "ended"
    with unchanged(county.store):
        withdraw_assist(county.store, county.staff, new.id, "不涉及用地。", county.now())
    assert any("不再需要协办" in one for one in told(county, 1))
    assert any("不再协办" in one for one in told(county, 0))
    assert log_of(county, new) == ["withdraw_assist", "hand_over"]
    assert part_of(county, item).state == lead.state
    assert added(county, item, 1, "又涉及了。").id != new.id


def test_an_opinion_that_was_given_is_not_withdrawn_nor_is_the_lead_unit(county: County) -> None:
    item = county.suggest()
    lead = handed(county, item, 1)
    assist = part_of(county, item, 1)
    working.answer(county.store, county.other_unit, assist.id, "同意。", "A", county.now())
    with refused(county.store, HandlingError, "已经提出意见"):
        withdraw_assist(county.store, county.staff, assist.id, "不用了。", county.now())
    with refused(county.store, HandlingError, "主办单位"):
        withdraw_assist(county.store, county.staff, lead.id, "不用了。", county.now())


def test_only_while_a_lead_unit_is_at_work_and_only_the_own_office(county: County) -> None:
    undecided, answered = county.suggest(), county.suggest()
    released(county, answered)
    for item in (undecided, now_of(county, answered)):
        with refused(county.store, HandlingError, "还没有答复"):
            added(county, item)
    item = county.suggest()
    handed(county, item)
    unit = county.units[2].id
    for actor in (county.unit, county.deputy, county.presidium):
        with refused(county.store, Forbidden):
            add_assist(county.store, actor, item.id, unit, "请办。", county.now())
    with refused(county.store, NotFound):
        add_assist(county.store, county.town.staff, item.id, unit, "请办。", county.now())
    with refused(county.store, HandlingInput, "没有这个承办单位"):
        add_assist(county.store, county.staff, item.id, county.town.units[0].id, "请办。", county.now())


@pytest.mark.parametrize(("unit", "task"), [("", "请办。"), ("x", "  ")])
def test_without_unit_or_words_nothing_is_added(county: County, unit: str, task: str) -> None:
    item = county.suggest()
    handed(county, item)
    with refused(county.store, HandlingInput):
        add_assist(county.store, county.staff, item.id, unit, task, county.now())
