"""实施方案: saved as often as needed, published once; two who write it do not overwrite each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.county import Body, County
from tests.delivery import project
from tests.drafts import Way
from tests.refusals import refused, unchanged
from tests.schemes import a_scheme
from voting.actors import PUBLIC, Actor, Forbidden, NotFound
from voting.delivering import planning
from voting.delivering.overviews import facts, sheet
from voting.delivering.projects import Project, ProjectError, ProjectStep, yuan
from voting.delivering.schemes import PlanGaps, Scheme, StalePlan


def handed(body: Body, title: str = "农村公路提升改造", **fields: object) -> Project:
    """Handed over, and nothing assigned yet."""
    blank = {"lead_unit": None, "deadline": None, "standard": "", "targets": (), "funds": ""}
    return project(body, title, "handed", **{**blank, **fields})


def version(body: Body, one: Project) -> str:
    return planning.desk(body.store, writer(body), one.id).version


def writer(body: Body) -> Actor:
    return body.staff if body.level == "town" else body.government


def save(body: Body, one: Project, scheme: Scheme, expected: str | None = None) -> Project:
    over = version(body, one) if expected is None else expected
    return planning.save_plan(body.store, writer(body), one.id, over, scheme, body.now())


def publish(body: Body, one: Project) -> Project:
    return planning.publish_plan(body.store, writer(body), one.id, version(body, one), body.now())


def test_a_plan_is_kept_with_gaps_and_completed_later(county: County) -> None:
    one = handed(county)
    save(county, one, Scheme(lead_unit=county.units[1].id))
    desk = planning.desk(county.store, county.government, one.id)
    assert desk.scheme.lead_unit == county.units[1].id
    assert len(desk.missing) == 4
    whole = a_scheme(county)
    save(county, one, whole)
    desk = planning.desk(county.store, county.government, one.id)
    assert (desk.scheme, desk.missing) == (whole, ())


def test_saving_the_same_again_changes_nothing_even_over_an_old_version(county: County) -> None:
    one = handed(county)
    before = version(county, one)
    save(county, one, a_scheme(county), before)
    with unchanged(county.store):
        save(county, one, a_scheme(county), before)


def test_the_later_of_two_is_told_and_nothing_is_lost(county: County) -> None:
    one = handed(county)
    both = version(county, one)
    save(county, one, a_scheme(county), both)
    later = a_scheme(county, chief="副县长李强")
    with refused(county.store, StalePlan, "已经有人修改"):
        save(county, one, later, both)
    assert save(county, one, later).chief == "副县长李强"


def test_somebody_who_publishes_what_was_changed_meanwhile_is_told(county: County) -> None:
    one = handed(county)
    save(county, one, a_scheme(county))
    seen = version(county, one)
    save(county, one, a_scheme(county, planned=yuan(Decimal(999))))
    with refused(county.store, StalePlan):
        planning.publish_plan(county.store, county.government, one.id, seen, county.now())


def test_a_plan_with_gaps_is_not_published_and_the_gaps_are_named(county: County) -> None:
    one = handed(county)
    save(county, one, a_scheme(county, targets=(), deadline=None))
    with refused(county.store, PlanGaps, r"时限.*成效"):
        publish(county, one)


def test_published_once_it_stands_until_a_change_is_decided(county: County) -> None:
    one = handed(county)
    save(county, one, a_scheme(county))
    published = publish(county, one)
    assert (published.state, published.planned_at is not None) == ("planned", True)
    with unchanged(county.store):
        assert publish(county, one).planned_at == published.planned_at
    with refused(county.store, ProjectStep, "正在实施"):
        save(county, one, a_scheme(county, planned=1))


@pytest.mark.parametrize("state", ["chosen", "finished", "accepted", "cancelled"])
def test_only_what_was_handed_over_is_planned(county: County, state: str) -> None:
    one = project(county, state=state)  # type: ignore[arg-type]  # a state by its name
    with refused(county.store, ProjectStep):
        save(county, one, a_scheme(county))


def test_units_of_another_congress_and_ended_ones_are_refused(county: County) -> None:
    one = handed(county)
    with county.store.write() as tx:
        tx.units.end(county.units[1], county.now())
    foreign, ended = county.town.units[0].id, county.units[1].id
    for scheme in (
        Scheme(lead_unit=foreign),
        Scheme(lead_unit=ended),
        Scheme(assisting=(foreign,)),
        a_scheme(county),  # its part is the ended unit's
        Scheme(lead_unit="x"),
    ):
        with refused(county.store, ProjectError, "单位名册"):
            save(county, one, scheme)


def test_a_unit_that_ended_before_publishing_is_noticed(county: County) -> None:
    one = handed(county)
    save(county, one, a_scheme(county))
    with county.store.write() as tx:
        tx.units.end(county.units[0], county.now())
    with refused(county.store, ProjectError, "单位名册"):
        publish(county, one)


def test_dates_backwards_and_weights_that_do_not_add_up_change_nothing(county: County) -> None:
    one = handed(county)
    good = a_scheme(county)
    first, *rest = good.steps
    backwards = replace(first, due=date(2027, 2, 1), starts=date(2027, 3, 1))
    for steps, said in (
        ((backwards, *rest), "早于开始日期"),
        ((replace(first, weight=19), *rest), "现在是99"),
    ):
        with refused(county.store, ProjectError, said):
            save(county, one, replace(good, steps=steps))


def test_the_government_office_plans_and_in_a_town_the_clerk(county: County) -> None:
    one = handed(county)
    for actor in (county.staff, county.unit, county.deputy, county.presidium):
        with refused(county.store, Forbidden):
            planning.save_plan(county.store, actor, one.id, "", Scheme(), county.now())
        with refused(county.store, Forbidden):
            planning.publish_plan(county.store, actor, one.id, "", county.now())
    for elsewhere in (county.town.government, county.town.staff):
        with refused(county.store, NotFound):
            planning.save_plan(county.store, elsewhere, one.id, "", Scheme(), county.now())
    of_town = handed(county.town)
    save(county.town, of_town, a_scheme(county.town))
    assert publish(county.town, of_town).state == "planned"


def told(body: Body, actor: Actor) -> list[str]:
    with body.store.read() as tx:
        return [one.text for one in tx.notices.listing(actor) if one.kind == "plan_published"]


def test_proposers_units_and_staff_are_told_once(county: County) -> None:
    source = county.suggest(source="deputy", kind="proposal", deputy=county.deputies[0].id)
    other = county.suggest("群众提的", deputy=county.deputies[1].id, kind="clue")
    draft = Way(county).propose(sources=[source.id, other.id])
    one = handed(county, draft=draft.id)
    save(county, one, a_scheme(county))
    publish(county, one)
    publish(county, one)
    assert told(county, county.deputy) == [f"您提出的建议已列为民生实事项目，实施方案已公布：{one.title}"]
    assert told(county, county.other_deputy) == []
    assert told(county, county.unit) == [f"请按实施方案办理（贵单位牵头）：{one.title}"]
    assert told(county, county.other_unit) == [f"请按实施方案办理（贵单位参与）：{one.title}"]
    assert told(county, county.staff) == [f"实施方案已公布：{one.title}"]


def test_a_deputy_who_signed_a_proposal_is_told_too(county: County) -> None:
    source = county.suggest(source="deputy", kind="proposal", deputy=county.deputies[0].id)
    with county.store.write() as tx:
        tx.cosigns.add(source, county.deputies[1].id, county.now())
    draft = Way(county).propose(sources=[source.id])
    one = handed(county, draft=draft.id)
    save(county, one, a_scheme(county))
    publish(county, one)
    assert len(told(county, county.other_deputy)) == 1


def test_the_public_reads_the_promise_first_and_the_plan_once_it_is_published(county: County) -> None:
    one = handed(county)
    save(county, one, a_scheme(county))
    with county.store.read() as tx:
        before = sheet(tx, PUBLIC, tx.projects.get(PUBLIC, one.id))
    assert (before.milestones, before.parts, before.units.lead) == ((), (), "")
    assert [words for _, words in facts(before) if words] == []
    assert before.promise.content == one.content
    publish(county, one)
    with county.store.read() as tx:
        after = sheet(tx, PUBLIC, tx.projects.get(PUBLIC, one.id))
    assert [step.weight for step in after.milestones] == [20, 50, 30]
    assert (after.units.lead, after.units.parts) == (county.units[0].name, (county.units[1].name,))
    assert dict(facts(after))["计划投资"] == "320.5万元"


def test_suggestions_behind_a_project_are_shown_as_far_as_they_are_public(county: County) -> None:
    released = county.suggest("放行的", released_at=county.now())
    kept = county.suggest("没放行的")
    secret = county.suggest("保密的", released_at=county.now(), confidential=True)
    draft = Way(county).propose(sources=[released.id, kept.id, secret.id])
    one = project(county, draft=draft.id)
    with county.store.read() as tx:
        assert [each.title for each in sheet(tx, county.deputy, one).sources] == ["放行的"]
        assert sheet(tx, PUBLIC, one).sources == ()
