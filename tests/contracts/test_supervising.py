"""Promises of the store about supervision, changes and completion: who can fetch what, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import County
from tests.delivery import project
from tests.voting.supervising.desk import (
    a_conference,
    a_group,
    a_visit,
    accepted,
    an_order,
    asked,
    decided,
    finished,
)
from voting.actors import PUBLIC, NotFound
from voting.supervising import conferring, ordering, visiting
from voting.supervising.groups import Supervisor


@case("groups.add", "groups.get", "groups.lock", "groups.listing", "groups.change")
def test_groups_are_their_congresss_own(county: County) -> None:
    one, two = a_group(county, name="乙组"), a_group(county, name="甲组")
    elsewhere = a_group(county.town, name="镇组")
    with county.store.write() as tx:
        for actor in (county.staff, county.government, county.deputy, county.presidium, county.unit):
            assert [group.name for group in tx.groups.listing(actor)] == sorted(["乙组", "甲组"])
            assert tx.groups.get(actor, one.id) == one
        assert tx.groups.lock(county.staff, two.id) == two
        for actor in (PUBLIC, county.town.staff):
            with pytest.raises(NotFound):
                tx.groups.get(actor, one.id)
        with pytest.raises(NotFound):
            tx.groups.lock(county.staff, elsewhere.id)
        with pytest.raises(NotFound):
            tx.groups.get(county.staff, "1 OR 1=1")
        ended = tx.groups.change(one, ended_at=county.now())
        assert tx.groups.listing(county.staff) == (two,)
        assert tx.groups.get(county.staff, one.id) == ended


@case(
    "groups.of_deputy",
    "groups.of_project",
    "groups.members",
    "groups.projects",
    "groups.set_members",
    "groups.set_projects",
)
def test_a_group_has_a_leader_members_and_projects(county: County) -> None:
    road, bridge = project(county, "公路"), project(county, "大桥")
    one, two = a_group(county, road, bridge, name="甲组"), a_group(county, road, name="乙组", members=())
    with county.store.write() as tx:
        assert {group.id for group in tx.groups.of_project(road)} == {one.id, two.id}
        assert [group.id for group in tx.groups.of_project(bridge)] == [one.id]
        assert len(tx.groups.of_deputy(county.deputy)) == 2
        assert tx.groups.of_deputy(county.other_deputy) == (one,)
        assert tx.groups.of_deputy(county.town.deputy) == ()
        assert tx.groups.members([one, two]) == {one.id: (county.deputies[1].id,), two.id: ()}
        assert tx.groups.projects([one])[one.id] == tuple(sorted([road.id, bridge.id]))
        tx.groups.set_members(one, [county.deputies[2].id])
        tx.groups.set_projects(one, [])
        assert tx.groups.members([one]) == {one.id: (county.deputies[2].id,)}
        assert tx.groups.projects([one]) == {one.id: ()}
        assert tx.groups.members([]) == {}


@case("groups.supervisors", "groups.set_supervisors")
def test_supervisors_keep_their_order(county: County) -> None:
    made = project(county)
    new = [
        Supervisor(
            congress=made.congress, project=made.id, place=place, role="leading", name=name, body="人大"
        )
        for place, name in enumerate(("吴芳", "李强"), start=1)
    ]
    with county.store.write() as tx:
        tx.groups.set_supervisors(made, new)
        assert tx.groups.supervisors(made) == tuple(new)
        tx.groups.set_supervisors(made, new[:1])
        assert tx.groups.supervisors(made) == tuple(new[:1])


@case(
    "visits.add",
    "visits.get",
    "visits.of",
    "visits.add_reply",
    "visits.replies",
    "visits.change_reply",
    "visits.release",
    "visits.hold_back",
)
def test_a_visit_is_public_with_its_photos_and_answers_once_released(county: County) -> None:
    made, other = project(county), project(county, "大桥")
    a_group(county, made, other)
    visit = a_visit(county, made)
    visiting.reply(county.store, county.unit, made.id, visit.id, "护栏已经订货。", county.now())
    with county.store.read() as tx:
        assert tx.visits.of(county.deputy, made) == (visit,)
        assert tx.visits.get(made, visit.id) == visit
        for of, key in ((other, visit.id), (made, "x")):
            with pytest.raises(NotFound):
                tx.visits.get(of, key)
        for found in (tx.visits.of(PUBLIC, made), tx.visits.replies(PUBLIC, made)):
            assert found == ()
        assert tx.project_files.pictures(PUBLIC, made) == ()
    visiting.release(county.store, county.staff, made.id, visit.id, county.now())
    visiting.reply(county.store, county.government, made.id, visit.id, "已列入计划。", county.now())
    with county.store.read() as tx:
        assert [one.id for one in tx.visits.of(PUBLIC, made)] == [visit.id]
        assert [one.text for one in tx.visits.replies(PUBLIC, made)] == ["护栏已经订货。"]
        assert [one.text for one in tx.visits.replies(county.unit, made)] == [
            "护栏已经订货。",
            "已列入计划。",
        ]
        assert len(tx.project_files.pictures(PUBLIC, made)) == 1
    with county.store.write() as tx:
        first, second = tx.visits.replies(county.unit, made)
        changed = tx.visits.change_reply(first, text="护栏已经装好。")
        assert tx.visits.replies(county.unit, made) == (changed, second)
        assert changed == replace(first, text="护栏已经装好。")
    visiting.hold_back(county.store, county.staff, made.id, visit.id, county.now())
    with county.store.read() as tx:
        assert (tx.visits.of(PUBLIC, made), tx.visits.replies(PUBLIC, made)) == ((), ())
        assert tx.project_files.pictures(PUBLIC, made) == ()
        assert len(tx.visits.replies(county.unit, made)) == 2


@case("orders.add", "orders.get", "orders.of", "orders.is_numbered", "orders.change")
def test_an_order_is_seen_by_its_unit_and_in_public_once_released(county: County) -> None:
    made = project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    order = an_order(county, made)
    with county.store.read() as tx:
        for actor in (county.staff, county.government, county.deputy, county.unit):
            assert tx.orders.of(actor, made) == (order,)
            assert tx.orders.get(actor, made, order.id) == order
        for actor in (county.other_unit, PUBLIC):
            assert tx.orders.of(actor, made) == ()
            with pytest.raises(NotFound):
                tx.orders.get(actor, made, order.id)
        assert tx.orders.is_numbered(made.congress, order.number)
        assert not tx.orders.is_numbered(county.town.congress.id, order.number)
    released = ordering.release(county.store, county.staff, made.id, order.id, county.now())
    with county.store.read() as tx:
        assert tx.orders.of(PUBLIC, made) == (released,)


@case("orders.waiting", "orders.to_judge", "orders.add_answer", "orders.answers", "orders.change_answer")
def test_orders_wait_for_the_unit_or_for_the_staff(county: County) -> None:
    made = project(county)
    order = an_order(county, made)
    here = made.congress
    with county.store.read() as tx:
        assert [tx.orders.waiting(here), tx.orders.to_judge(here)] == [(order,), ()]
    ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    with county.store.read() as tx:
        assert tx.orders.waiting(here) == ()
        assert [one.id for one in tx.orders.to_judge(here)] == [order.id]
    ordering.judge(county.store, county.staff, made.id, order.id, 1, "returned", "照片不清", county.now())
    ordering.answer(county.store, county.unit, made.id, order.id, "已补照片。", county.now())
    ordering.judge(county.store, county.staff, made.id, order.id, 2, "accepted", "", county.now())
    with county.store.read() as tx:
        assert [tx.orders.waiting(here), tx.orders.to_judge(here)] == [(), ()]
        said = [(one.turn, one.text, one.verdict) for one in tx.orders.answers([order])]
        assert said == [(1, "已装好。", "returned"), (2, "已补照片。", "accepted")]
        assert tx.orders.answers([]) == ()


@case(
    "conferences.add",
    "conferences.get",
    "conferences.of",
    "conferences.change",
    "conferences.commitments",
    "conferences.change_commitment",
)
def test_a_conference_and_what_was_agreed_are_kept_in_order(county: County) -> None:
    made, other = project(county), project(county, "大桥")
    talk = a_conference(county, made, date(2026, 9, 30), date(2026, 9, 20))
    with county.store.read() as tx:
        assert tx.conferences.of(county.unit, made) == (talk,)
        assert tx.conferences.of(PUBLIC, made) == ()
        assert [one.due.day for one in tx.conferences.commitments([talk])] == [30, 20]
        assert tx.conferences.commitments([]) == ()
        for of, key in ((other, talk.id), (made, "x")):
            with pytest.raises(NotFound):
                tx.conferences.get(of, key)
    done = conferring.tick_off(county.store, county.staff, made.id, talk.id, 2, county.now())
    released = conferring.release(county.store, county.staff, made.id, talk.id, county.now())
    with county.store.read() as tx:
        assert tx.conferences.of(PUBLIC, made) == (released,)
        assert tx.conferences.get(made, talk.id) == released
        assert tx.conferences.commitments([talk])[1] == done


@case(
    "project_changes.add",
    "project_changes.get",
    "project_changes.of",
    "project_changes.change",
    "project_changes.asked",
    "project_changes.untold",
)
def test_a_change_is_public_once_approved_and_waits_until_the_congress_was_told(county: County) -> None:
    made, other = project(county), project(county, "大桥")
    money, time = asked(county, made, "money"), asked(county, made, "time")
    here = made.congress
    with county.store.read() as tx:
        assert tx.project_changes.of(county.deputy, made) == (money, time)
        assert tx.project_changes.of(PUBLIC, made) == ()
        assert tx.project_changes.asked(here) == (money, time)
        assert tx.project_changes.asked(county.town.congress.id) == ()
        for of, key in ((other, money.id), (made, "x")):
            with pytest.raises(NotFound):
                tx.project_changes.get(of, key)
    done = decided(county, made, money)
    decided(county, made, time, approved=False, note="工期足够。")
    with county.store.read() as tx:
        assert tx.project_changes.of(PUBLIC, made) == (done,)
        assert tx.project_changes.get(made, money.id) == done
        assert [tx.project_changes.asked(here), tx.project_changes.untold(here)] == [(), (done,)]
    with county.store.write() as tx:
        told = tx.project_changes.change(done, told_on=date(2027, 1, 20), told_session="第二次会议")
        assert told == replace(done, told_on=date(2027, 1, 20), told_session="第二次会议")
        assert tx.project_changes.untold(here) == ()


@case("completions.add", "completions.of", "completions.change")
def test_reports_of_completion_are_kept_in_turn(county: County) -> None:
    made, other = project(county), project(county, "大桥")
    first = accepted(county, made, finished(county, made), "needs_work")
    second = accepted(county, made, finished(county, made))
    with county.store.read() as tx:
        assert tx.completions.of([made]) == (first, second)
        assert [one.turn for one in tx.completions.of([made, other])] == [1, 2]
        assert tx.completions.of([]) == ()


@case("project_files.show_pictures")
def test_pictures_of_one_row_are_shown_and_held_back(county: County) -> None:
    made = project(county)
    one, two = (a_visit(county, made, county.staff) for _ in range(2))
    with county.store.write() as tx:
        tx.project_files.show_pictures(made, one.id, public=True)
        assert [picture.of for picture in tx.project_files.pictures(PUBLIC, made)] == [one.id]
        tx.project_files.show_pictures(made, one.id, public=False)
        assert tx.project_files.pictures(PUBLIC, made) == ()
        assert {picture.of for picture in tx.project_files.pictures(county.staff, made)} == {one.id, two.id}
