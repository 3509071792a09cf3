"""The moments: who may, what follows, what is told to whom, and what a repetition leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.county import County, new_id
from tests.delivery import project
from tests.refusals import refused, unchanged
from tests.voting.supervising.desk import (
    a_conference,
    a_group,
    a_visit,
    accepted,
    an_order,
    asked,
    decided,
    decision,
    finished,
    now_in_store,
    terms,
)
from voting.actors import PUBLIC, Actor, Forbidden, NotFound
from voting.agenda import board
from voting.congress_settings import PublicSettings, change
from voting.days import today
from voting.delivering.projects import WHOLE, ProjectStep
from voting.reporting import issuing
from voting.store import Store
from voting.supervising import changing, grouping, ordering, reminding, visiting
from voting.supervising.desk import desk
from voting.supervising.orders import SupervisionSettings
from voting.supervising.overviews import chain_of, completion_of, open_matters, supervision_of
from voting.supervising.refusals import (
    ChangeRefused,
    FormExpired,
    StillOpen,
    SupervisionInput,
    SupervisionStep,
)


@pytest.fixture
def county(sqlite: Store) -> County:
    return County(sqlite)


def told(county: County, actor: Actor) -> list[str]:
    with county.store.read() as tx:
        return [one.text for one in tx.notices.listing(actor)]


def test_a_group_that_has_ended_watches_nothing_and_keeps_what_it_saw(county: County) -> None:
    made = project(county)
    group = a_group(county, made)
    assert any("第一监督小组" in one for one in told(county, county.deputy))
    visit = a_visit(county, made)
    grouping.end_group(county.store, county.staff, group.id, county.now())
    with unchanged(county.store):
        grouping.end_group(county.store, county.staff, group.id, county.now())
    with refused(county.store, Forbidden, "监督范围"):
        a_visit(county, made)
    with refused(county.store, SupervisionStep, "已经撤销"):
        wanted = grouping.Wanted(name="新", leader=county.deputies[0].id)
        grouping.change_group(county.store, county.staff, group.id, wanted, county.now())
    with county.store.read() as tx:
        shown = supervision_of(tx, county.staff, made)
    assert shown.groups == ()
    assert [(one.visit, one.group) for one in shown.visits] == [(visit, "第一监督小组")]


def test_two_groups_have_two_names(county: County) -> None:
    a_group(county)
    with refused(county.store, SupervisionInput, "已经有名称"):
        a_group(county)
    assert a_group(county.town).name == "第一监督小组"


def test_the_public_reads_members_only_where_deputies_are_shown(county: County) -> None:
    made = project(county)
    a_group(county, made)
    with county.store.read() as tx:
        [shown] = supervision_of(tx, PUBLIC, made).groups
    assert (shown.leader, shown.members) == ("张桂兰", ())
    change(county.store, county.staff, PublicSettings(show_deputies=True), county.now())
    with county.store.read() as tx:
        [shown] = supervision_of(tx, PUBLIC, made).groups
    assert shown.members == ("王建军",)


def test_an_opinion_is_told_to_the_unit_and_the_office_and_its_answer_to_the_deputy(county: County) -> None:
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    for actor in (county.unit, county.government):
        assert any("视察" in one for one in told(county, actor))
    assert not told(county, county.other_unit)
    visiting.reply(county.store, county.unit, made.id, visit.id, "护栏已订货。", county.now())
    with unchanged(county.store):
        visiting.reply(county.store, county.unit, made.id, visit.id, "护栏已订货。", county.now())
    assert any("有了答复" in one for one in told(county, county.deputy))
    silent = a_visit(county, made, opinion="")
    with refused(county.store, SupervisionStep, "没有提出意见"):
        visiting.reply(county.store, county.unit, made.id, silent.id, "好的。", county.now())


def test_a_project_that_is_not_handed_over_is_not_supervised(county: County) -> None:
    made = project(county, state="chosen")
    a_group(county, made)
    for step in (a_visit, an_order, a_conference):
        with refused(county.store, ProjectStep):
            step(county, made)


def test_a_form_without_its_id_keeps_nothing(county: County) -> None:
    made = project(county, progress=WHOLE)
    wanted = grouping.Wanted(name="组", leader=county.deputies[0].id)
    with refused(county.store, FormExpired):
        grouping.make_group(county.store, county.staff, "x", wanted, county.now())
    with refused(county.store, FormExpired):
        a_visit(county, made, county.staff, key="x")
    with refused(county.store, FormExpired):
        finished(county, made, key="x")
    with refused(county.store, FormExpired):
        said = changing.Asked(kind="money", reason="理由", after=terms(made, "money"))
        changing.ask(county.store, county.government, made.id, "x", said, county.now())


@pytest.mark.parametrize("where", ["county", "town"])
def test_the_answer_of_a_unit_without_an_account_is_taken_down_and_says_by_whom(
    county: County, where: str
) -> None:
    body, clerk = (county, county.government) if where == "county" else (county.town, county.town.staff)
    made = project(body)
    order = an_order(body, made)
    given = ordering.answer(body.store, clerk, made.id, order.id, "单位来函：已装好。", body.now())
    assert given.by == f"{clerk.name}（代单位登记）"
    judged = ordering.judge(body.store, body.staff, made.id, order.id, 1, "accepted", "", body.now())
    assert judged.state == "accepted"


def test_a_returned_order_gets_the_shorter_clock_and_is_told_again(county: County) -> None:
    made = project(county)
    order = an_order(county, made)
    with county.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    with refused(county.store, NotFound):
        ordering.answer(county.store, county.other_unit, made.id, order.id, "我们来答。", county.now())
    with refused(county.store, Forbidden, "答复视察意见和督办单"):
        ordering.answer(county.store, county.staff, made.id, order.id, "我们来答。", county.now())
    with refused(county.store, SupervisionStep, "没有要审核的答复"):
        ordering.judge(county.store, county.staff, made.id, order.id, 1, "accepted", "", county.now())
    ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    with unchanged(county.store):
        ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    with refused(county.store, SupervisionStep, "已答复"):
        ordering.answer(county.store, county.unit, made.id, order.id, "又装好。", county.now())
    later = county.now() + timedelta(days=60)
    judged = ordering.judge(county.store, county.staff, made.id, order.id, 1, "returned", "不清", later)
    assert (judged.state, judged.due > order.due, judged.due > today(later)) == ("returned", True, True)
    with unchanged(county.store):
        ordering.judge(county.store, county.staff, made.id, order.id, 1, "returned", "不清", later)
    with refused(county.store, SupervisionStep, "已经审核过"):
        ordering.judge(county.store, county.staff, made.id, order.id, 1, "accepted", "", later)
    assert len([one for one in told(county, county.unit) if "督办单" in one]) == 2


def test_what_an_approved_change_rested_on_must_still_be_there(county: County) -> None:
    made = project(county)
    one = asked(county, made, "money")
    with county.store.write() as tx:
        tx.projects.change(made, planned=made.planned + 1)
    with refused(county.store, SupervisionStep, "又有变动"):
        decided(county, made, one)
    assert decided(county, made, one, approved=False, note="不批").state == "refused"


def test_a_project_is_not_cancelled_over_an_open_question(county: County) -> None:
    made = project(county)
    money, gone = asked(county, made, "money"), asked(county, made, "cancellation")
    with refused(county.store, SupervisionStep, "其他调整"):
        decided(county, made, gone)
    changing.withdraw(county.store, county.government, made.id, money.id, county.now())
    decided(county, made, gone)
    assert now_in_store(county, made).state == "cancelled"
    with refused(county.store, SupervisionStep, "已经交办"):
        asked(county, made, "money")


def test_a_decided_change_stays_decided(county: County) -> None:
    made = project(county)
    one = asked(county, made, "money")
    said = decision(county)
    decided(county, made, one)
    with unchanged(county.store):
        changing.decide(county.store, county.staff, made.id, one.id, said, county.now())
    with refused(county.store, SupervisionStep, "已批准"):
        decided(county, made, one, approved=False, note="反悔")
    with refused(county.store, SupervisionStep, "已批准"):
        changing.withdraw(county.store, county.government, made.id, one.id, county.now())


def test_where_the_congress_decides_the_committee_does_not(county: County) -> None:
    change(county.store, county.staff, SupervisionSettings(congress_decides=True), county.now())
    made = project(county)
    one = asked(county, made, "money")
    with refused(county.store, ChangeRefused, "人民代表大会会议决定"):
        decided(county, made, one)
    done = decided(county, made, one, body="congress", session="第二次会议")
    assert not done.must_be_told


def test_nothing_is_closed_over_an_open_order_or_change(county: County) -> None:
    made = project(county, progress=WHOLE)
    order = an_order(county, made)
    one = asked(county, made, "money")
    with county.store.read() as tx:
        assert len(open_matters(tx, made)) == 2
    with refused(county.store, StillOpen, order.number):
        finished(county, made)
    changing.withdraw(county.store, county.government, made.id, one.id, county.now())
    ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    with refused(county.store, StillOpen, "待审核"):
        finished(county, made)
    ordering.judge(county.store, county.staff, made.id, order.id, 1, "accepted", "", county.now())
    done = finished(county, made)
    an_order(county, made)
    with refused(county.store, StillOpen, "验收"):
        accepted(county, made, done)
    assert accepted(county, made, done, "needs_work").result == "needs_work"
    assert now_in_store(county, made).state == "planned"


def test_nothing_is_closed_over_an_open_warning(county: County) -> None:
    made = project(county, progress=WHOLE)
    warned = new_id("warning")
    issuing.issue(county.store, county.staff, made.id, warned, "red", "路基施工落后三个月", county.now())
    with refused(county.store, StillOpen, "路基施工落后三个月"):
        finished(county, made)
    done_again = "已经赶上进度。"
    issuing.lift(county.store, county.staff, warned, done_again, county.now())
    assert finished(county, made).turn == 1


def test_what_was_released_is_held_back_again(county: County) -> None:
    made = project(county)
    visit = a_visit(county, made, county.staff)
    with unchanged(county.store):
        visiting.hold_back(county.store, county.staff, made.id, visit.id, county.now())
    visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    with unchanged(county.store):
        visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    visiting.hold_back(county.store, county.staff, made.id, visit.id, county.now())
    with county.store.read() as tx:
        assert supervision_of(tx, PUBLIC, made).visits == ()
    with refused(county.store, Forbidden):
        visiting.release(county.store, county.deputy, made.id, visit.id, county.now())


def test_a_day_that_was_never_set_is_not_changed(county: County) -> None:
    made = project(county, state="handed", deadline=None)
    with refused(county.store, SupervisionStep, "实施方案"):
        asked(county, made, "time")


def test_a_report_that_was_accepted_or_replaced_is_not_accepted_again(county: County) -> None:
    made = project(county, progress=WHOLE)
    first = finished(county, made)
    with refused(county.store, ProjectStep):
        finished(county, made)
    accepted(county, made, first, "needs_work")
    second = finished(county, made)
    with refused(county.store, SupervisionStep, "已经有了更新的"):
        accepted(county, made, first)
    accepted(county, made, second)
    with refused(county.store, SupervisionStep, "已经验收过"):
        accepted(county, made, second, "needs_work")
    with county.store.read() as tx:
        done = completion_of(tx, PUBLIC, made)
    assert done.last is not None
    assert (len(done.reports), done.last.turn) == (2, 2)


def test_the_chain_of_years_is_the_same_from_every_year(county: County) -> None:
    first = project(county, state="accepted", year=2026)
    second = project(county, previous=first.id)
    third = project(county, state="chosen", year=2028, previous=second.id)
    with county.store.read() as tx:
        for one in (first, second, third):
            assert chain_of(tx, county.staff, one) == (first, second, third)
        assert chain_of(tx, PUBLIC, second) == (first, second)


def test_reminders_are_written_once_for_each_day_that_counts(county: County) -> None:
    made = project(county)
    order = an_order(county, made)
    decided(county, made, asked(county, made, "money"))
    here = made.congress
    assert reminding.remind(county.store, here, county.now()) == 1  # the 大会 is to be told
    before = county.now() + (order.due - today(county.now())) - timedelta(days=1)
    for _ in range(2):
        assert reminding.remind(county.store, here, before) == 2
    assert len([one for one in told(county, county.unit) if "快到期" in one]) == 1
    reminding.remind(county.store, here, before + timedelta(days=3))
    assert any("逾期未答复" in one for one in told(county, county.staff))
    assert reminding.remind(county.store, county.town.congress.id, before) == 0


def test_the_desk_shows_each_what_is_theirs(county: County) -> None:
    watched, other = project(county, "公路"), project(county, "大桥")
    a_group(county, watched)
    order = an_order(county, other)
    asked(county, other, "money")
    late = county.now() + timedelta(days=90)
    staff = desk(county.store, county.staff, late)
    assert staff.unwatched == (other,)
    assert [one.id for one, _ in staff.late] == [order.id]
    assert [of.id for _, of in staff.asked] == [other.id]
    assert desk(county.store, county.staff, county.now()).late == ()
    assert [one.id for one, _ in desk(county.store, county.staff, county.now()).in_time] == [order.id]
    words = {one.words: one.times for one in board(county.store, county.staff, late).tasks}
    assert (words["份督办单逾期未答复"], words["项调整等待登记决定"]) == (1, 1)
    mine = desk(county.store, county.deputy, late)
    assert [of.projects for of in mine.groups] == [(watched,)]
    assert (mine.waiting, mine.asked, mine.unwatched) == ((), (), ())
    third = county.actor("deputy", "李秀梅", deputy=county.deputies[2].id)
    assert desk(county.store, third, late).groups == ()


def test_in_a_town_one_clerk_takes_every_step_and_the_congress_decides(county: County) -> None:
    town = county.town
    made = project(town)
    visit = a_visit(town, made, town.staff)
    visiting.reply(town.store, town.staff, made.id, visit.id, "已经安排。", town.now())
    order = an_order(town, made)
    ordering.answer(town.store, town.unit, made.id, order.id, "已装好。", town.now())
    ordering.judge(town.store, town.staff, made.id, order.id, 1, "accepted", "", town.now())
    assert not decided(town, made, asked(town, made, "time")).must_be_told
    accepted(town, made, finished(town, made))
    with town.store.read() as tx:
        shown = supervision_of(tx, town.staff, now_in_store(town, made))
    assert [one.body for one in shown.orders] == ["东河镇人民代表大会主席团"]
    assert [one.whose for one in shown.visits[0].replies] == ["党政办"]
    assert now_in_store(town, made).state == "accepted"


def test_nobody_works_on_another_congresss_project(county: County) -> None:
    made = project(county)
    visit = a_visit(county, made, county.staff)
    order = an_order(county, made)
    one = asked(county, made, "money")
    clerk, now = county.town.staff, county.now()
    with refused(county.store, NotFound):
        a_visit(county, made, clerk)
    with refused(county.store, NotFound):
        visiting.release(county.store, clerk, made.id, visit.id, now)
    with refused(county.store, NotFound):
        ordering.release(county.store, clerk, made.id, order.id, now)
    with refused(county.store, NotFound):
        changing.decide(county.store, clerk, made.id, one.id, decision(county.town), now)
    with refused(county.store, NotFound):
        said = changing.Asked(kind="money", reason="理由", after=terms(made, "money"))
        changing.ask(county.store, clerk, made.id, new_id("x"), said, now)
