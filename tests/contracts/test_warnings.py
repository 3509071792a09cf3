"""Promises of 预警, on both databases: proposed by the light, sent by a person, acknowledged, lifted."""

from __future__ import annotations

import pytest

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.delivery import project
from tests.refusals import refused, unchanged
from tests.reporting import at, submit
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.delivering.projects import Project
from voting.reporting import issuing, overviews
from voting.reporting.warnings import WarningError, WarningNotice, WarningStep


def issued(county: County, made: Project, **more: str) -> WarningNotice:
    key = more.pop("key", new_id("warning"))
    return issuing.issue(
        county.store, county.staff, made.id, key, "red", "停工一个月。", county.now(), **more
    )


@case("warnings.add", "warnings.of_projects", "warnings.get")
def test_a_warning_forbids_closing_until_it_is_lifted(county: County) -> None:
    made = project(county)
    sent = issued(county, made)
    with unchanged(county.store):
        assert issued(county, made, key=sent.id) == sent
    with county.store.read() as tx:
        assert overviews.open_warnings(tx, made) == ("红色预警还没有解除：停工一个月。",)
        assert tx.warnings.get(PUBLIC, sent.id) == sent
        assert tx.warnings.of_projects(PUBLIC, []) == {}
    issuing.acknowledge(county.store, county.unit, sent.id, "增加两个班组。", county.now())
    with county.store.read() as tx:
        assert len(overviews.open_warnings(tx, made)) == 1
    issuing.lift(county.store, county.government, sent.id, "已复工。", county.now())
    with county.store.read() as tx:
        assert overviews.open_warnings(tx, made) == ()
    with unchanged(county.store):
        issuing.lift(county.store, county.government, sent.id, "已复工。", county.now())
    with refused(county.store, WarningStep, "已解除"):
        issuing.acknowledge(county.store, county.unit, sent.id, "再加一个。", county.now())


@case("warnings.lock", "warnings.change")
def test_a_warning_is_acknowledged_by_the_unit_it_is_addressed_to(county: County) -> None:
    made = project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    with refused(county.store, WarningError, "牵头单位、配合单位"):
        issued(county, made, unit=county.units[2].id)
    sent = issued(county, made, unit=county.units[1].id)
    for stranger in (county.unit, county.town.unit):
        with refused(county.store, NotFound):
            issuing.acknowledge(county.store, stranger, sent.id, "加班。", county.now())
    for actor in (county.staff, county.deputy, county.presidium):
        with refused(county.store, Forbidden):
            issuing.acknowledge(county.store, actor, sent.id, "加班。", county.now())
    with refused(county.store, WarningError, "没有填写“整改措施”"):
        issuing.acknowledge(county.store, county.other_unit, sent.id, " ", county.now())
    done = issuing.acknowledge(county.store, county.other_unit, sent.id, "加班。", county.now())
    assert (done.state, done.measures) == ("acknowledged", "加班。")
    with county.store.read() as tx:
        assert any("红色预警，请签收" in one.text for one in tx.notices.listing(county.other_unit))
        assert any("已签收红色预警" in one.text for one in tx.notices.listing(county.staff))


@case("warnings.unended", "warnings.ended", "warnings.titles")
def test_the_light_proposes_and_a_person_decides(county: County) -> None:
    made, other = project(county), project(county, "修桥")
    submit(county, made, "2027Q3", 20, 0, 0, now=at(10, 5))
    submit(county, other, "2027Q3", 20, 0, 0, now=at(10, 5))
    with county.store.read() as tx:
        proposed = tx.warnings.unended(county.staff)
        assert overviews.open_warnings(tx, made) == ()
        for nobody in (county.unit, county.deputy, PUBLIC):
            assert tx.warnings.of_projects(nobody, [made]) == {}
            with pytest.raises(NotFound):
                tx.warnings.get(nobody, proposed[0].id)
    assert [(one.level, one.state) for one in proposed] == [("red", "proposed")] * 2
    assert "3个月后仍没有完成" in proposed[0].cause
    sent = issuing.confirm(county.store, county.staff, proposed[0].id, "yellow", "请加快。", at(10, 6))
    assert (sent.level, sent.cause, sent.issued_by) == ("yellow", "请加快。", county.staff.name)
    issuing.drop(county.store, county.staff, proposed[1].id, "已经约谈。", at(10, 6))
    with refused(county.store, WarningStep):
        issuing.confirm(county.store, county.staff, proposed[1].id, "red", "请加快。", at(10, 7))
    with county.store.read() as tx:
        assert [one.id for one in tx.warnings.unended(county.unit)] == [sent.id]
        assert [one.state for one in tx.warnings.ended(county.staff, 9)] == ["dropped"]
        assert tx.warnings.ended(county.unit, 9) == ()
        assert tx.warnings.titles(county.unit, [sent, proposed[1]]) == {
            made.id: made.title,
            other.id: other.title,
        }
        assert tx.warnings.titles(county.other_unit, [sent]) == {}
        assert tx.warnings.titles(county.unit, []) == {}


def test_what_was_dropped_is_not_proposed_again_for_the_same_report(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q3", 20, 0, 0, now=at(10, 5))
    with county.store.read() as tx:
        [one] = tx.warnings.unended(county.staff)
    issuing.drop(county.store, county.staff, one.id, "已经约谈。", at(10, 6))
    submit(county, made, "2027Q3", 21, 0, 0, now=at(10, 7), reason="漏报。")
    with county.store.read() as tx:
        assert tx.warnings.unended(county.staff) == ()
