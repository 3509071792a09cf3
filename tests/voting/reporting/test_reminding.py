"""三促: who is told what, and when; twice a day tells nobody twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.county import Body, County, new_id
from tests.delivery import project
from tests.refusals import unchanged
from tests.reporting import at, submit
from voting.actors import Actor, system
from voting.delivering.projects import Handover, Project
from voting.reporting.reminding import remind


def told(body: Body, actor: Actor, when: datetime) -> list[str]:
    """What has been written to somebody after the command of that day."""
    remind(body.store, body.congress.id, when)
    with body.store.read() as tx:
        return sorted(one.text for one in tx.notices.listing(actor))


def handed_over(body: Body, day: date) -> Project:
    letter = Handover(
        id=new_id("letter"),
        congress=body.congress.id,
        year=2027,
        number="1号",
        day=day,
        sender="常委会办公室",
        recipient="政府",
        text="",
        by="刘科长",
        at=at(2, 1),
    )
    with body.store.write() as tx:
        tx.projects.add_handover(letter)
    return project(body, state="handed", handover=letter.id)


def test_before_the_plan_and_the_first_days_are_asked_for(county: County) -> None:
    handed_over(county, date(2027, 2, 1))
    project(county, "修桥")
    assert told(county, county.government, at(2, 25)) == []
    assert told(county, county.government, at(2, 26)) == ["快到期：公布实施方案（农村公路提升改造）"]
    assert told(county, county.unit, at(2, 26)) == ["即将开始“完成招标”：修桥"]
    assert "已超期：公布实施方案（农村公路提升改造）" in told(county, county.government, at(3, 4))


@pytest.mark.parametrize("where", ["county", "town"])
def test_while_it_lasts_lagging_milestones_and_reports_are_asked_for(county: County, where: str) -> None:
    body = county if where == "county" else county.town
    made = project(body)
    reporter = county.government if where == "county" else body.staff
    report = "报告2027年第1季度的进度（农村公路提升改造）"
    assert f"快到期：{report}" in told(body, body.unit, at(4, 2))
    assert f"今天到期：{report}" in told(body, body.unit, at(4, 7))
    assert not any(report in text for text in told(body, reporter, at(4, 7)))
    assert told(body, reporter, at(4, 8)).count(f"已超期：{report}") == 1
    assert sum("建议发出黄色预警" in text for text in told(body, reporter, at(4, 8))) == 1
    submit(body, made, "2027Q1", 80, 0, 0, now=at(4, 8), actor=body.unit)
    assert "已超期：完成“完成招标”（农村公路提升改造）" in told(body, body.unit, at(5, 1))
    assert not any("路基施工" in text for text in told(body, body.unit, at(8, 20)) if "快到期" in text)


def test_what_is_done_is_not_asked_for(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 100, 0, 0, now=at(4, 1))
    texts = told(county, county.unit, at(5, 5))
    assert not any("完成招标" in text or "第1季度" in text for text in texts)


def test_a_second_run_tells_nobody_twice_and_proposes_nothing_twice(county: County) -> None:
    made = project(county)
    remind(county.store, county.congress.id, at(4, 8))
    with county.store.read() as tx:
        [proposed] = tx.warnings.unended(system(county.congress.id))
    assert (proposed.project, proposed.level) == (made.id, "yellow")
    assert "2027年第1季度的进度报告超期1天" in proposed.cause
    with unchanged(county.store):
        remind(county.store, county.congress.id, at(4, 8, hour=9))
    remind(county.store, county.congress.id, at(4, 9))
    with county.store.read() as tx:
        assert len(tx.warnings.unended(system(county.congress.id))) == 1


def test_a_town_is_told_of_its_own_projects_only(county: County) -> None:
    project(county)
    remind(county.store, county.town.congress.id, at(4, 8))
    with county.store.read() as tx:
        assert tx.notices.listing(county.town.staff) == ()
        assert tx.notices.listing(county.unit) == ()
