"""Promises of voting/handling/confirming.py: the proposer has the last word, once for each answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.county import County
from tests.refusals import refused, unchanged
from tests.voting.handling.desk import now_of, on, part_of, released
from voting.actors import Forbidden, NotFound
from voting.errors import TextError
from voting.handling import checking, confirming, deciding, keeping, working
from voting.handling.clocks import Clocks
from voting.handling.deciding import Decision
from voting.handling.facts import ContactKind, Grade
from voting.handling.refusals import AlreadyConfirmed, HandlingError, HandlingInput, StillMissing
from voting.suggestions import Suggestion


@pytest.fixture
def proposal(county: County) -> Suggestion:
    """An answered one of the first deputy."""
    item = county.suggest(kind="proposal", source="deputy", deputy=county.deputies[0].id)
    released(county, item)
    return item


def say(county: County, item: Suggestion, grade: Grade, text: str = "") -> None:
    confirming.confirm(county.store, county.deputy, item.id, grade, text, county.now())


def test_a_deputy_evaluates_once_and_the_office_closes(county: County, proposal: Suggestion) -> None:
    say(county, proposal, "satisfied", "办得快。")
    with unchanged(county.store):
        say(county, proposal, "satisfied", "办得快。")
    with refused(county.store, AlreadyConfirmed):
        say(county, proposal, "basic")
    done = confirming.close(county.store, county.staff, proposal.id, county.now())
    assert (done.state, done.due) == ("closed", None)
    with unchanged(county.store):
        confirming.close(county.store, county.staff, proposal.id, county.now())
    with refused(county.store, AlreadyConfirmed):
        say(county, proposal, "unsatisfied", "改主意了。")


def test_dissatisfied_means_again_with_a_clock_of_its_own(county: County, proposal: Suggestion) -> None:
    with refused(county.store, HandlingInput, "不满意的原因"):
        say(county, proposal, "unsatisfied")
    say(county, proposal, "unsatisfied", "灯不亮。")
    part, item = part_of(county, proposal), now_of(county, proposal)
    assert (part.state, part.again, part.answer_by) == ("accepted", 1, date(2026, 11, 2))
    assert (item.state, item.answered_at, item.due) == ("assigned", None, date(2026, 11, 2))
    working.answer(county.store, county.unit, part.id, "已更换灯头。", "A", county.now())
    checking.release(county.store, county.staff, part.id, county.now())
    say(county, proposal, "satisfied")
    with county.store.read() as tx:
        grades = [one.grade for one in tx.handlings.confirmations(proposal)]
    assert grades == ["unsatisfied", "satisfied"]


def test_what_no_unit_had_goes_back_to_the_office_when_dissatisfied(county: County) -> None:
    item = county.suggest(kind="opinion")
    decision = Decision(route="explained", text="今年没有计划。")
    deciding.decide(county.store, county.staff, item.id, decision, county.now())
    confirming.confirm_by_code(county.store, item.query_hash, "unsatisfied", "年年这样说。", county.now())
    after = now_of(county, item)
    assert (after.state, after.route) == ("registered", None)


def test_only_who_filed_it_evaluates_it(county: County, proposal: Suggestion) -> None:
    with refused(county.store, NotFound):
        confirming.confirm(county.store, county.other_deputy, proposal.id, "satisfied", "", county.now())
    with county.store.write() as tx:
        tx.suggestions.change(proposal, released_at=county.now())
    for actor in (county.other_deputy, county.unit):
        with refused(county.store, Forbidden):
            confirming.confirm(county.store, actor, proposal.id, "satisfied", "", county.now())


def test_the_office_takes_it_down_and_says_from_whom(county: County, proposal: Suggestion) -> None:
    with refused(county.store, TextError, "谁的意见"):
        confirming.confirm(county.store, county.staff, proposal.id, "basic", "", county.now())
    said = confirming.confirm(
        county.store, county.staff, proposal.id, "basic", "", county.now(), heard_from="张桂兰，电话"
    )
    assert said.by == "张桂兰，电话（刘科长代为记录）"


def test_the_holder_of_the_query_code_evaluates_it(county: County) -> None:
    item = county.suggest()
    released(county, item)
    confirming.confirm_by_code(county.store, item.query_hash, "satisfied", "谢谢。", county.now())
    with county.store.read() as tx:
        assert tx.handlings.confirmations(item)[0].grade == "satisfied"
    with refused(county.store, NotFound):
        confirming.confirm_by_code(county.store, "0" * 64, "satisfied", "", county.now())


def test_nothing_is_evaluated_before_it_was_answered(county: County) -> None:
    item = county.suggest(deputy=county.deputies[0].id, kind="proposal")
    with refused(county.store, HandlingError, "还没有答复"):
        say(county, item, "satisfied")


def test_a_deputy_who_says_nothing_is_left_out_when_the_term_is_over(
    county: County, proposal: Suggestion
) -> None:
    term = now_of(county, proposal).due
    assert term == date(2026, 9, 29)
    with refused(county.store, StillMissing, "还没有评价"):
        confirming.close(county.store, county.staff, proposal.id, on(term))
    assert confirming.close(county.store, county.staff, proposal.id, on(term + timedelta(days=1))).closed_at
    with county.store.read() as tx:
        assert tx.handlings.confirmations(proposal) == ()


def test_no_closing_without_the_three_visits_where_they_are_wanted(county: County) -> None:
    keeping.change_clocks(county.store, county.staff, Clocks(three_visits=True), county.now())
    item = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    part = released(county, item)
    say(county, item, "satisfied")
    with refused(county.store, StillMissing, "办前拜访、办中走访、办后回访"):
        confirming.close(county.store, county.staff, item.id, county.now())
    visits: tuple[ContactKind, ...] = ("before", "during", "after")
    for kind in visits:
        working.record_contact(
            county.store,
            county.unit,
            part.id,
            kind,
            date(2026, 9, 1),
            county.now(),
            with_whom="张桂兰",
            text="",
        )
    assert confirming.close(county.store, county.staff, item.id, county.now()).state == "closed"


def test_each_deputy_of_a_merged_one_has_a_word(county: County) -> None:
    main = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    source = county.suggest(kind="proposal", deputy=county.deputies[1].id, merged_into=main.id)
    released(county, main)
    say(county, main, "satisfied")
    with refused(county.store, StillMissing, source.label):
        confirming.close(county.store, county.staff, main.id, county.now())
    confirming.confirm(
        county.store, county.other_deputy, source.id, "unsatisfied", "没有装到村口。", county.now()
    )
    assert {now_of(county, one).state for one in (main, source)} == {"assigned"}
    assert part_of(county, main).again == 1
