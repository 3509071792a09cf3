"""Promises of the projects and their files, on both databases: who may see what, and what is kept how."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.announced import announced
from tests.contracts.cases import case
from tests.county import Body, County, new_id
from tests.delivery import handover, milestones, project
from tests.drafts import Way
from tests.voting.supervising.desk import a_visit
from voting.actors import PUBLIC, Actor, NotFound, system
from voting.delivering.projects import Milestone, Paper, Part, Project
from voting.photos import Prepared
from voting.store import Store

NOW = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0 a photo"


def seen(store: Store, actor: Actor, body: Body, year: int = 2027) -> list[str]:
    with store.read() as tx:
        return [one.title for one in tx.projects.of_year(actor, body.congress.id, year)]


def got(store: Store, actor: Actor, one: Project) -> Project:
    with store.read() as tx:
        return tx.projects.get(actor, one.id)


@case("projects.add_many", "projects.get", "projects.of_year", "projects.of_all_years")
def test_a_project_is_given_back_as_it_was_kept_in_the_order_of_its_number(county: County) -> None:
    second = project(county, "第二", number=2)
    first = project(county, "第一", number=1)
    assert got(county.store, county.staff, second) == second
    assert seen(county.store, county.staff, county) == [first.title, second.title]
    earlier = project(county, "去年的", number=3, year=2026)
    with county.store.write() as tx:
        assert tx.projects.of_all_years(county.staff, county.congress.id) == (earlier, first, second)
        tx.projects.add_many([])


@pytest.mark.parametrize("role", ["staff", "government", "presidium", "deputy"])
def test_offices_presidium_and_deputies_see_all_of_their_congress_and_nothing_else(
    county: County, role: str
) -> None:
    project(county, "县里的", state="chosen")
    project(county.town, "镇里的")
    actor: Actor = getattr(county, role)
    assert seen(county.store, actor, county) == ["县里的"]
    assert seen(county.store, actor, county.town) == []


def test_another_congress_gets_no_project_by_its_id(county: County) -> None:
    one = project(county)
    for actor in (county.town.staff, county.town.deputy, county.town.unit):
        with pytest.raises(NotFound):
            got(county.store, actor, one)
    for odd in ("", "x", "0" * 32, "\x00"):
        with county.store.read() as tx, pytest.raises(NotFound):
            tx.projects.get(county.staff, odd)


@case("projects.set_assisting", "projects.set_parts")
def test_a_unit_sees_what_it_leads_assists_or_has_a_part_in(county: County) -> None:
    led = project(county, "牵头", lead_unit=county.units[1].id)
    helped, shared, foreign = (project(county, title) for title in ("配合", "子项", "无关"))
    with county.store.write() as tx:
        tx.projects.set_assisting(helped, [county.units[1].id])
        part = Part(congress=led.congress, project=shared.id, place=1, title="一段", unit=county.units[1].id)
        tx.projects.set_parts(shared, [part])
    assert seen(county.store, county.other_unit, county) == ["牵头", "配合", "子项"]
    with pytest.raises(NotFound):
        got(county.store, county.other_unit, foreign)


def test_the_public_sees_what_was_handed_over_in_any_congress(county: County) -> None:
    project(county, "未交办", state="chosen")
    project(county, "已交办", state="handed")
    project(county.town, "镇里的")
    assert seen(county.store, PUBLIC, county) == ["已交办"]
    assert seen(county.store, PUBLIC, county.town) == ["镇里的"]


def test_a_plan_in_the_making_is_read_only_by_those_who_work_on_it(county: County) -> None:
    one = project(county, state="handed", chief="副县长周明")
    for actor in (county.staff, county.government, county.unit, system(county.congress.id)):
        assert got(county.store, actor, one) == one
    for actor in (PUBLIC, county.deputy, county.presidium):
        hidden = got(county.store, actor, one)
        assert (hidden.title, hidden.content, hidden.place) == (one.title, one.content, one.place)
        said = (hidden.lead_unit, hidden.deadline, hidden.planned, hidden.chief, hidden.targets)
        assert said == (None, None, 0, "", ())
    published = project(county, "已公布")
    assert got(county.store, PUBLIC, published) == published


@case("projects.change", "projects.lock")
def test_a_change_writes_the_named_fields_and_nothing_else(county: County) -> None:
    one, other = project(county, "甲"), project(county, "乙")
    with county.store.write() as tx:
        after = tx.projects.change(tx.projects.lock(county.government, one.id), state="finished", targets=())
    assert got(county.store, county.staff, one) == after
    assert (after.state, after.targets, after.title) == ("finished", (), "甲")
    assert got(county.store, county.staff, other) == other


@case("projects.of_round", "projects.rounds", "projects.of_drafts")
def test_a_project_is_found_by_its_round_and_by_its_draft(county: County) -> None:
    of, draft = announced(county, (4, 3, 6)), Way(county).propose()
    one = project(county, round=of.id, candidate=1, draft=draft.id)
    project(county, "另一个")
    congress = county.congress.id
    with county.store.read() as tx:
        assert tx.projects.of_round(county.staff, of.id) == (one,)
        assert tx.projects.of_round(county.staff, "x") == ()
        assert tx.projects.of_round(county.town.staff, of.id) == ()
        assert tx.projects.rounds(county.staff) == {of.id}
        assert tx.projects.rounds(county.town.staff) == frozenset()
        assert tx.projects.of_drafts(PUBLIC, congress, [draft.id]) == (one,)
        assert tx.projects.of_drafts(PUBLIC, congress, []) == ()


@case("projects.years", "projects.in_state", "projects.last_number", "projects.alone")
def test_years_states_and_numbers_are_those_of_one_congress(county: County) -> None:
    old, new = project(county, year=2026, state="chosen"), project(county)
    project(county.town, "镇里的", year=2025)
    with county.store.write() as tx:
        tx.projects.alone(county.congress.id)
        assert tx.projects.years(county.staff, county.congress.id) == (2027, 2026)
        assert tx.projects.years(PUBLIC, county.congress.id) == (2027,)
        assert tx.projects.in_state(county.staff, "chosen") == (old,)
        assert tx.projects.in_state(county.staff, "planned") == (new,)
        assert tx.projects.last_number(county.congress.id, 2027) == 1
        assert tx.projects.last_number(county.congress.id, 2024) == 0
        with pytest.raises(NotFound):
            tx.projects.alone("0" * 32)


@case("projects.following")
def test_the_next_years_stage_is_found_from_the_one_before(county: County) -> None:
    first = project(county, year=2026)
    second = project(county, previous=first.id)
    with county.store.read() as tx:
        assert tx.projects.following(first) == second
        assert tx.projects.following(second) is None


@case("projects.assisting", "projects.parts", "projects.milestones", "projects.set_milestones")
def test_what_belongs_to_projects_comes_by_project_in_order_and_is_replaced_whole(county: County) -> None:
    one, other = project(county, "甲"), project(county, "乙")
    units = [unit.id for unit in county.units]
    parts = [
        Part(congress=one.congress, project=one.id, place=n, title=f"子项{n}", unit=units[0]) for n in (1, 2)
    ]
    with county.store.write() as tx:
        tx.projects.set_assisting(one, units[1:])
        tx.projects.set_parts(one, parts)
        both = [one, other]
        assert tx.projects.assisting(both) == {one.id: tuple(sorted(units[1:]))}
        assert tx.projects.parts(both) == {one.id: tuple(parts)}
        steps = tx.projects.milestones(both)
        assert [[step.title for step in steps[key.id]] for key in both] == [
            ["完成招标", "路基施工", "铺设路面并通车"]
        ] * 2
        tx.projects.set_assisting(one, [])
        tx.projects.set_parts(one, [])
        tx.projects.set_milestones(one, 1, [])
        assert not tx.projects.assisting(both)
        assert not tx.projects.parts(both)
        assert list(tx.projects.milestones(both)) == [other.id]
        assert not tx.projects.milestones([])
        assert not tx.projects.assisting([])
        assert not tx.projects.parts([])


@case("projects.baseline")
def test_an_earlier_set_of_milestones_stays_when_a_new_one_counts(county: County) -> None:
    one = project(county)
    later: list[Milestone] = [
        Milestone(
            id=new_id("m"),
            congress=one.congress,
            project=one.id,
            baseline=2,
            place=1,
            title="一次完成",
            starts=date(2027, 3, 1),
            due=date(2027, 11, 30),
            weight=100,
        )
    ]
    with county.store.write() as tx:
        old = tx.projects.baseline(one, 1)
        tx.projects.set_milestones(one, 2, later)
        changed = tx.projects.change(one, baseline=2)
        assert tx.projects.milestones([changed]) == {one.id: tuple(later)}
        assert tx.projects.baseline(changed, 1) == old
        assert len(old) == len(milestones(one))


@case(
    "projects.add_handover",
    "projects.handovers",
    "projects.handover",
    "projects.change_handover",
    "projects.drop_handover",
)
def test_letters_are_read_by_their_congress_and_the_public(county: County) -> None:
    second = handover(county, "〔2027〕4号", at=NOW + timedelta(days=1))
    first = handover(county, at=NOW)
    here = county.congress.id
    with county.store.write() as tx:
        for actor in (county.staff, county.deputy, county.unit, PUBLIC):
            assert tx.projects.handovers(actor, here, 2027) == (first, second)
        assert tx.projects.handovers(county.town.staff, here, 2027) == ()
        assert tx.projects.handovers(county.staff, here, 2026) == ()
        assert tx.projects.handover(county.unit, first.id) == first
        for actor, key in ((county.town.staff, first.id), (PUBLIC, first.id), (county.staff, "x")):
            with pytest.raises(NotFound):
                tx.projects.handover(actor, key)
        changed = tx.projects.change_handover(first, text="改过的。")
        assert tx.projects.handover(county.staff, first.id) == changed
        tx.projects.drop_handover(changed)
        assert tx.projects.handovers(county.staff, here, 2027) == (second,)


@case("projects.referring")
def test_what_refers_to_a_project_is_named_by_its_table(county: County) -> None:
    one, other = project(county, state="chosen"), project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(one, [county.units[1].id])
    a_visit(county, other, county.staff)
    later = project(county, "下一年", year=2028, previous=other.id)
    with county.store.read() as tx:
        assert tx.projects.referring(one) == tx.projects.referring(later) == frozenset()
        assert tx.projects.referring(other) == {"visit", "picture", "project"}


@case("projects.drop")
def test_a_dropped_project_takes_what_belongs_to_it_along(county: County) -> None:
    one, other = project(county, "甲"), project(county, "乙")
    with county.store.write() as tx:
        tx.projects.set_assisting(one, [county.units[1].id])
        tx.projects.drop(one)
        assert tx.projects.milestones([one, other]).keys() == {other.id}
    assert seen(county.store, county.staff, county) == ["乙"]


def a_paper(of: Project, name: str, *, public: bool, **fields: Any) -> Paper:
    return Paper(
        id=new_id(name),
        congress=of.congress,
        project=of.id,
        of=of.id,
        name=name,
        media_type="application/pdf",
        hash="0" * 64,
        public=public,
        by="刘科长",
        at=NOW,
        **fields,
    )


@case("project_files.add_paper", "project_files.papers", "project_files.paper")
def test_the_public_gets_the_public_papers_of_what_it_may_see(county: County) -> None:
    one, hidden = project(county), project(county, "未交办", state="chosen")
    kept, shown = a_paper(one, "内部.pdf", public=False), a_paper(one, "决定.pdf", public=True)
    of_hidden = a_paper(hidden, "决定.pdf", public=True)
    with county.store.write() as tx:
        for new in (kept, shown, of_hidden):
            tx.project_files.add_paper(new, b"%PDF " + new.id.encode())
        files = tx.project_files
        assert set(files.papers(county.deputy, one)) == {kept, shown}
        assert files.papers(PUBLIC, one) == (shown,)
        assert files.paper(county.staff, kept.id) == (kept, b"%PDF " + kept.id.encode())
        assert files.paper(PUBLIC, shown.id)[0] == shown
        for actor, key in (
            (PUBLIC, kept.id),
            (PUBLIC, of_hidden.id),
            (county.town.staff, shown.id),
            (county.other_unit, shown.id),
            (county.staff, "x"),
        ):
            with pytest.raises(NotFound):
                files.paper(actor, key)


@case(
    "project_files.add_pictures",
    "project_files.pictures",
    "project_files.picture",
    "project_files.drop_pictures",
)
def test_pictures_belong_to_a_row_and_the_public_gets_the_public_ones(county: County) -> None:
    one = project(county)
    visit, draft = new_id("visit"), new_id("draft")
    taken = [Prepared(body=JPEG + b"%d" % n, small=b"small", width=40, height=30) for n in (1, 2)]
    with county.store.write() as tx:
        files = tx.project_files
        files.add_pictures(one, visit, taken, public=True)
        files.add_pictures(one, draft, taken[:1], public=False, first=3)
        shown = files.pictures(PUBLIC, one)
        assert [(each.of, each.place, each.width) for each in shown] == [(visit, 1, 40), (visit, 2, 40)]
        assert files.picture(PUBLIC, shown[1].id, small=False) == JPEG + b"2"
        assert files.picture(PUBLIC, shown[1].id, small=True) == b"small"
        (kept,) = [each for each in files.pictures(county.unit, one) if each.of == draft]
        assert kept.place == 3
        for actor in (PUBLIC, county.town.staff, county.other_unit):
            with pytest.raises(NotFound):
                files.picture(actor, kept.id, small=True)
        files.drop_pictures(one, draft)
        assert files.pictures(county.staff, one) == shown
