"""Promises of voting/handling/deciding.py: one decision, with its words, by one person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from msgspec.structs import replace

from tests.county import County
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import accepted, handed, now_of, part_of, released
from voting.actors import Forbidden, NotFound
from voting.errors import TextError
from voting.handling import deciding, working
from voting.handling.deciding import Decision
from voting.handling.refusals import (
    AlreadyDecided,
    ComplaintStays,
    FollowsAnother,
    HandlingError,
    HandlingInput,
)
from voting.suggestions import Route, Suggestion

EXPLAINED = Decision(route="explained", text="已列入明年计划，今年不再转交。")


def decide(county: County, item: Suggestion, decision: Decision) -> Suggestion:
    return deciding.decide(county.store, county.staff, item.id, decision, county.now())


def test_handing_over_starts_the_clocks_of_lead_and_assisting_units(county: County) -> None:
    item = county.suggest(kind="proposal")
    lead = handed(county, item, 1)
    assist = part_of(county, item, 1)
    assert (lead.part, lead.return_by, lead.contact_by, lead.answer_by) == (
        "lead",
        date(2026, 9, 15),
        date(2026, 9, 29),
        date(2026, 12, 1),
    )
    assert (assist.part, assist.contact_by, assist.answer_by) == ("assist", None, date(2026, 10, 13))
    after = now_of(county, item)
    assert (after.state, after.route, after.decided_by, after.due) == (
        "assigned",
        "handed",
        county.staff.name,
        date(2026, 9, 15),
    )


@pytest.mark.parametrize("route", ["answered_now", "transferred", "explained"])
def test_what_needs_no_unit_is_answered_with_its_words(county: County, route: Route) -> None:
    item = county.suggest(kind="opinion")
    after = decide(county, item, Decision(route=route, text="可以到大厅办理。", to="县信访局"))
    assert after.state == "answered"
    assert after.answer.endswith("可以到大厅办理。")
    assert after.answered_at is not None


def test_a_clue_is_closed_with_its_one_answer(county: County) -> None:
    after = decide(county, county.suggest(kind="clue"), EXPLAINED)
    assert (after.state, after.answer, after.due) == ("closed", EXPLAINED.text, None)


def test_a_candidate_lead_is_answered_by_the_office_later(county: County) -> None:
    item = county.suggest(kind="clue")
    after = decide(county, item, Decision(route="candidate", text="符合普惠要求。"))
    assert (after.state, after.answered_at) == ("assigned", None)
    done = deciding.answer_from_office(county.store, county.staff, item.id, "已列入候选。", county.now())
    assert (done.state, done.answer) == ("closed", "已列入候选。")
    with unchanged(county.store):
        deciding.answer_from_office(county.store, county.staff, item.id, "已列入候选。", county.now())


def test_a_complaint_is_told_where_to_go_and_goes_to_no_unit(county: County) -> None:
    item = county.suggest(kind="complaint")
    for route in ("answered_now", "handed", "candidate"):
        with refused(county.store, ComplaintStays):
            decide(county, item, Decision(route=route, text="请办理。", lead=county.units[0].id))
    after = decide(county, item, Decision(route="transferred", text="信访窗口在一楼。", to="县信访局"))
    assert (after.state, after.answer) == ("closed", "转交县信访局。信访窗口在一楼。")


@pytest.mark.parametrize("route", ["answered_now", "handed", "transferred", "explained", "candidate"])
def test_no_route_without_its_words(county: County, route: Route) -> None:
    item = county.suggest()
    with refused(county.store, HandlingInput, "没有填写"):
        decide(county, item, Decision(route=route, text=" \n", to="信访局", lead=county.units[0].id))


def test_what_cannot_be_handed_over_is_said_and_changes_nothing(county: County) -> None:
    item, units = county.suggest(), [one.id for one in county.units]
    good = Decision(route="handed", text="请办理。", lead=units[0])
    with refused(county.store, HandlingInput, "没有选择主办单位"):
        decide(county, item, replace(good, lead=""))
    with refused(county.store, HandlingInput, "只能选一次"):
        decide(county, item, replace(good, assists=(units[0],)))
    with refused(county.store, HandlingInput, "没有这个承办单位"):
        decide(county, item, replace(good, lead=county.town.units[0].id))
    with refused(county.store, TextError, "领办领导"):
        decide(county, item, replace(good, key=True))
    with refused(county.store, TextError, "转交到哪里"):
        decide(county, item, Decision(route="transferred", text="请办理。"))
    with refused(county.store, TextError, "太长"):
        decide(county, item, replace(good, text="长" * 100_000))
    with county.store.write() as tx:
        tx.units.end(county.units[0], county.now())
    with refused(county.store, HandlingInput, "已经撤销"):
        decide(county, item, good)


def test_deciding_the_same_again_changes_nothing_and_otherwise_is_refused(county: County) -> None:
    item = county.suggest(kind="opinion")
    decide(county, item, EXPLAINED)
    with unchanged(county.store):
        decide(county, item, EXPLAINED)
    with refused(county.store, AlreadyDecided, county.staff.name):
        decide(county, item, Decision(route="answered_now", text="另一个答复"))


def test_the_same_hand_over_sent_twice_is_one(county: County) -> None:
    item = county.suggest()
    handed(county, item, 1)
    with unchanged(county.store):
        handed(county, item, 1)
    with refused(county.store, AlreadyDecided):
        handed(county, item, 2)


def test_of_two_clerks_at_the_same_moment_one_decides(county: County) -> None:
    item, moment = county.suggest(), county.now()
    both = [
        (county.staff, Decision(route="answered_now", text="路灯下周修好。")),
        (county.government, Decision(route="handed", text="请办理。", lead=county.units[0].id)),
    ]

    def attempt(n: int) -> str:
        try:
            deciding.decide(county.store, both[n][0], item.id, both[n][1], moment)
        except AlreadyDecided:
            return "refused"
        return both[n][1].route

    with ThreadPoolExecutor(2) as pool:
        outcome = list(pool.map(attempt, (0, 1)))
    assert outcome.count("refused") == 1
    after = now_of(county, item)
    assert after.route in outcome
    with county.store.read() as tx:
        parts = tx.handlings.of_suggestion(county.staff, item.id)
    assert len(parts) == (1 if after.route == "handed" else 0)


def test_what_was_not_screened_or_was_merged_is_not_decided(county: County) -> None:
    fresh, main = county.suggest(state="received"), county.suggest()
    source = county.suggest(merged_into=main.id)
    with refused(county.store, HandlingError, "审核登记"):
        decide(county, fresh, EXPLAINED)
    with refused(county.store, FollowsAnother):
        decide(county, source, EXPLAINED)


def test_a_town_decides_its_own_and_a_county_never_a_towns(county: County) -> None:
    item, theirs = county.suggest(), county.town.suggest()
    with refused(county.store, NotFound):
        deciding.decide(county.store, county.town.staff, item.id, EXPLAINED, county.now())
    with refused(county.store, NotFound):
        decide(county, theirs, EXPLAINED)
    with refused(county.store, Forbidden):
        deciding.decide(county.store, county.unit, item.id, EXPLAINED, county.now())


def test_several_are_handed_over_together_or_not_at_all(county: County) -> None:
    items = [county.suggest(f"第{n}件") for n in range(3)]
    decision = Decision(route="handed", text="请一并办理。", lead=county.units[0].id)
    ids = [one.id for one in items]
    decide(county, items[1], EXPLAINED)
    with refused(county.store, AlreadyDecided, "第1件"):
        deciding.hand_over_many(county.store, county.staff, ids, decision, county.now())
    ids.remove(items[1].id)
    assert deciding.hand_over_many(county.store, county.staff, ids, decision, county.now()) == 2
    assert {now_of(county, one).state for one in (items[0], items[2])} == {"assigned"}
    with refused(county.store, HandlingInput, "现在选了 0 件"):
        deciding.hand_over_many(county.store, county.staff, [], decision, county.now())


def test_a_decision_is_taken_back_until_a_unit_has_accepted_it(county: County) -> None:
    item = county.suggest()
    handed(county, item, 1)
    after = deciding.take_back(county.store, county.staff, item.id, "选错了单位", county.now())
    assert (after.state, after.route, after.decided_at) == ("registered", None, None)
    assert {part_of(county, item, n).state for n in (0, 1)} == {"ended"}
    accepted(county, item)
    with refused(county.store, HandlingError, "已经签收"):
        deciding.take_back(county.store, county.staff, item.id, "选错了单位", county.now())


def test_after_a_return_the_office_decides_anew(county: County) -> None:
    item = county.suggest()
    part = handed(county, item, 1)
    working.give_back(county.store, county.unit, part.id, "属于教育局的职责。", county.now())
    again = now_of(county, item)
    assert (again.state, again.route, again.due) == ("registered", None, date(2026, 9, 15))
    assert part_of(county, item, 1).state == "ended"
    other = Decision(route="handed", text="请办理。", lead=county.units[1].id)
    assert decide(county, item, other).state == "assigned"


def test_answered_and_closed_ones_are_decided_anew_only_after_a_recorded_reopening(county: County) -> None:
    item = county.suggest(kind="opinion")
    released(county, item)
    with refused(county.store, AlreadyDecided):
        decide(county, item, EXPLAINED)
    with refused(county.store, HandlingInput, "重新办理的原因"):
        deciding.reopen(county.store, county.staff, item.id, "", county.now())
    after = deciding.reopen(county.store, county.staff, item.id, "答复与事实不符", county.now())
    assert (after.state, after.answer, after.answered_at) == ("registered", "", None)
    with county.store.read() as tx:
        course = tx.handlings.happenings(county.staff, item)
    assert ("重新办理", "答复与事实不符") in {(one.what, one.text) for one in course}
    assert any(one.text == "路灯已经装好。" for one in course)
    assert decide(county, item, EXPLAINED).state == "answered"
    fresh = county.suggest()
    with refused(county.store, HandlingError):
        deciding.reopen(county.store, county.staff, fresh.id, "没有办过", county.now())


def test_every_source_of_a_merged_one_gets_the_answer(county: County) -> None:
    main = county.suggest(kind="opinion")
    sources = [county.suggest(kind=kind, merged_into=main.id) for kind in ("proposal", "clue")]
    released(county, main, "统一安排，年底前装好。")
    for source, state in zip(sources, ("answered", "closed"), strict=True):
        after = now_of(county, source)
        assert (after.answer, after.state) == ("统一安排，年底前装好。", state)
        assert after.answered_at is not None
