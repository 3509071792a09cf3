"""Promises of voting/handling/working.py and checking.py: a unit's own part, in order and in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.county import County
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import TODAY, accepted, handed, met, now_of, on, part_of, submitted
from voting.actors import Actor, Forbidden, NotFound
from voting.errors import TextError
from voting.handling import checking, deciding, keeping, working
from voting.handling.clocks import PRESETS, Clocks
from voting.handling.refusals import HandlingError, HandlingInput, StillMissing, TooLateToReturn

LATE = on(date(2026, 9, 16))


def test_a_unit_accepts_with_who_how_and_until_when(county: County) -> None:
    part = handed(county, county.suggest())
    after = working.accept(
        county.store, county.unit, part.id, "孙工", "现场查看。", date(2026, 10, 9), county.now()
    )
    assert (after.state, after.officer, after.promised) == ("accepted", "孙工", date(2026, 10, 9))
    with unchanged(county.store):
        working.accept(
            county.store, county.unit, part.id, "孙工", "现场查看。", date(2026, 10, 9), county.now()
        )


def test_three_fixed_are_three(county: County) -> None:
    part = handed(county, county.suggest())
    good = ("孙工", "现场查看。", date(2026, 10, 9))
    for officer, plan, promised, error in (
        ("", good[1], good[2], TextError),
        (good[0], " ", good[2], HandlingInput),
        (good[0], good[1], date(2026, 12, 2), HandlingInput),
        (good[0], good[1], date(2026, 8, 31), HandlingInput),
    ):
        with refused(county.store, error):
            working.accept(county.store, county.unit, part.id, officer, plan, promised, county.now())


def test_another_units_part_is_not_found_by_its_number(county: County) -> None:
    part = handed(county, county.suggest())
    steps: tuple[Callable[[Actor], object], ...] = (
        lambda who: working.give_back(county.store, who, part.id, "不是我们的。", county.now()),
        lambda who: working.answer(county.store, who, part.id, "好了。", "A", county.now()),
        lambda who: working.accept(county.store, who, part.id, "甲", "乙", TODAY, county.now()),
    )
    for stranger in (county.other_unit, county.town.unit):
        for step in steps:
            with refused(county.store, NotFound):
                step(stranger)
        with county.store.read() as tx:
            assert tx.handlings.of_suggestion(stranger, part.suggestion) == ()
            assert tx.handlings.of_unit(stranger) == ()


def test_an_office_does_not_do_a_units_work(county: County) -> None:
    part = handed(county, county.suggest())
    with refused(county.store, Forbidden):
        working.answer(county.store, county.staff, part.id, "好了。", "A", county.now())


def test_not_mine_is_said_in_time_and_with_reasons(county: County) -> None:
    item = county.suggest()
    part = handed(county, item)
    with refused(county.store, HandlingInput, "退回的理由"):
        working.give_back(county.store, county.unit, part.id, "", county.now())
    with refused(county.store, TooLateToReturn, "2026年9月15日"):
        working.give_back(county.store, county.unit, part.id, "不是我局职责。", LATE)
    working.give_back(county.store, county.unit, part.id, "不是我局职责。", on(date(2026, 9, 15), 15))
    assert part_of(county, item).state == "returned"
    with unchanged(county.store):
        working.give_back(county.store, county.unit, part.id, "不是我局职责。", LATE)


def test_an_assisting_units_return_leaves_the_lead_at_work(county: County) -> None:
    item = county.suggest()
    handed(county, item, 1)
    assist = part_of(county, item, 1)
    working.give_back(county.store, county.other_unit, assist.id, "与教育无关。", county.now())
    assert (now_of(county, item).state, part_of(county, item).state) == ("assigned", "handed")


def test_where_no_rule_limits_the_return_it_is_possible_until_acceptance(county: County) -> None:
    keeping.change_clocks(county.store, county.staff, PRESETS["国家"], county.now())
    part = handed(county, county.suggest())
    assert part.return_by is None
    returned = working.give_back(county.store, county.unit, part.id, "不是我局职责。", LATE)
    assert returned.state == "returned"


def test_an_accepted_one_is_not_returned(county: County) -> None:
    part = accepted(county, county.suggest())
    with refused(county.store, HandlingError, "已经签收"):
        working.give_back(county.store, county.unit, part.id, "后悔了。", county.now())


def test_an_extension_is_asked_for_and_granted_or_refused(county: County) -> None:
    item = county.suggest()
    part = accepted(county, item)
    until = date(2027, 1, 15)
    working.ask_extension(county.store, county.unit, part.id, until, "等待招标。", county.now())
    with refused(county.store, HandlingInput, "不同意"):
        checking.decide_extension(county.store, county.staff, part.id, "", county.now(), granted=False)
    checking.decide_extension(county.store, county.staff, part.id, "请按期。", county.now(), granted=False)
    assert part_of(county, item).answer_by == date(2026, 12, 1)
    working.ask_extension(county.store, county.unit, part.id, until, "等待招标结果。", county.now())
    checking.decide_extension(county.store, county.staff, part.id, "", county.now(), granted=True)
    after = part_of(county, item)
    assert (after.answer_by, after.extension) == (until, "granted")
    with refused(county.store, HandlingError, "没有等待答复的延期申请"):
        checking.decide_extension(county.store, county.government, part.id, "", county.now(), granted=True)


def test_an_extension_is_neither_asked_too_late_nor_too_long(county: County) -> None:
    part = accepted(county, county.suggest())
    for until in (date(2026, 12, 1), date(2027, 3, 2)):
        with refused(county.store, HandlingInput, "最迟到 2027年3月1日"):
            working.ask_extension(county.store, county.unit, part.id, until, "来不及。", county.now())
    with refused(county.store, HandlingError, "已过"):
        working.ask_extension(
            county.store, county.unit, part.id, date(2027, 1, 5), "来不及。", on(date(2026, 12, 2))
        )


def test_visits_are_dated_and_the_same_visit_is_one(county: County) -> None:
    part = accepted(county, county.suggest())
    met(county, part)
    with unchanged(county.store):
        met(county, part)
    for day in (date(2026, 9, 2), date(2026, 8, 31)):
        with refused(county.store, HandlingInput, "联系日期"):
            working.record_contact(
                county.store, county.unit, part.id, "during", day, county.now(), with_whom="周", text=""
            )
    with refused(county.store, HandlingInput, "办后回访"):
        working.record_contact(
            county.store, county.unit, part.id, "after", TODAY, county.now(), with_whom="周", text=""
        )


def test_the_day_that_counts_moves_with_the_work(county: County) -> None:
    item = county.suggest(kind="proposal")
    part = accepted(county, item)
    assert now_of(county, item).due == part.contact_by
    met(county, part)
    assert now_of(county, item).due == part.answer_by


def test_no_answer_before_three_fixed_and_the_talk_with_the_deputy(county: County) -> None:
    item = county.suggest(kind="proposal")
    part = handed(county, item)
    with refused(county.store, StillMissing, "三定"):
        working.answer(county.store, county.unit, part.id, "好了。", "A", county.now())
    working.accept(county.store, county.unit, part.id, "孙工", "查看。", part.answer_by, county.now())
    with refused(county.store, StillMissing, "与代表联系"):
        working.answer(county.store, county.unit, part.id, "好了。", "A", county.now())
    met(county, part)
    assert (
        working.answer(county.store, county.unit, part.id, "好了。", "A", county.now()).state == "submitted"
    )


def test_a_clue_needs_no_three_fixed(county: County) -> None:
    part = handed(county, county.suggest(kind="clue"))
    after = working.answer(county.store, county.unit, part.id, "可以列入。", "A", county.now())
    assert after.state == "submitted"


def test_an_answer_reaches_the_proposer_only_when_the_office_has_released_it(county: County) -> None:
    item = county.suggest()
    part = submitted(county, item)
    assert (now_of(county, item).state, now_of(county, item).answer) == ("assigned", "")
    checking.send_back(county.store, county.staff, part.id, "请写明完成日期。", county.now())
    assert part_of(county, item).state == "accepted"
    with refused(county.store, HandlingError, "没有等待审核的答复"):
        checking.release(county.store, county.staff, part.id, county.now())
    working.answer(county.store, county.unit, part.id, "9月20日装好。", "B", county.now())
    checking.release(county.store, county.staff, part.id, county.now())
    assert (now_of(county, item).state, now_of(county, item).answer) == ("answered", "9月20日装好。")
    with unchanged(county.store):
        checking.release(county.store, county.government, part.id, county.now())


def test_where_the_office_does_not_check_the_answer_goes_at_once(county: County) -> None:
    keeping.change_clocks(county.store, county.staff, Clocks(office_checks=False), county.now())
    item = county.suggest()
    assert submitted(county, item).state == "released"
    assert now_of(county, item).state == "answered"


def test_an_assisting_units_opinion_is_seen_by_the_lead_and_answers_nobody(county: County) -> None:
    item = county.suggest()
    lead = handed(county, item, 1)
    assist = part_of(county, item, 1)
    working.answer(county.store, county.other_unit, assist.id, "同意拓宽。", "D", county.now())
    assert now_of(county, item).state == "assigned"
    with county.store.read() as tx:
        seen = tx.handlings.beside(tx.handlings.get(county.unit, lead.id))
    assert [one.answer for one in seen] == ["同意拓宽。"]


def test_urging_reaches_the_units_at_work_and_is_kept(county: County) -> None:
    item = county.suggest()
    handed(county, item)
    checking.urge(county.store, county.staff, item.id, "请于本周内联系代表。", county.now())
    with unchanged(county.store):
        checking.urge(county.store, county.staff, item.id, "请于本周内联系代表。", county.now())
    with county.store.read() as tx:
        assert [one.text for one in tx.handlings.urgings(item)] == ["请于本周内联系代表。"]
        assert any("督办" in one.text for one in tx.notices.listing(county.unit))
        assert not any("督办" in one.text for one in tx.notices.listing(county.other_unit))


def test_a_unit_reads_no_other_units_business_in_the_course(county: County) -> None:
    item = county.suggest()
    handed(county, item, 1)
    assist = part_of(county, item, 1)
    working.give_back(county.store, county.other_unit, assist.id, "与教育无关。", county.now())
    with county.store.read() as tx:
        mine = tx.handlings.happenings(county.unit, item)
        office = tx.handlings.happenings(county.staff, item)
    assert "与教育无关。" in {one.text for one in office}
    assert "与教育无关。" not in {one.text for one in mine}


@pytest.mark.parametrize("text", ["\u202e反着写", "空\x00字符", "长" * 2001])
def test_an_answer_that_cannot_be_printed_is_refused(county: County, text: str) -> None:
    part = handed(county, county.suggest(kind="clue"))
    with refused(county.store, TextError):
        working.answer(county.store, county.unit, part.id, text, "A", county.now())


def test_a_decision_by_one_who_left_cannot_be_worked_on(county: County) -> None:
    item = county.suggest()
    part = handed(county, item)
    deciding.take_back(county.store, county.staff, item.id, "选错了", county.now())
    with refused(county.store, HandlingError):
        working.accept(county.store, county.unit, part.id, "孙工", "查看。", TODAY, county.now())
