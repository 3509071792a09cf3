"""From the announced round to the published plan on the pages, in a county and by one clerk in a town."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document

from tests.announced import announced
from tests.county import County
from tests.delivery import project
from tests.drafts import Way
from tests.schemes import a_scheme
from tests.web.delivering.visitors import hand_over, plan_and_publish, shown
from tests.web.house import House
from tests.web.quiet import unchanged
from voting.collecting.codes import query_code, query_hash
from voting.delivering import planning

NOW = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def spring(house: House) -> House:
    house.clock = NOW
    return house


@pytest.mark.parametrize("where", ["county", "town"])
def test_an_announced_round_becomes_projects_with_published_plans(spring: House, where: str) -> None:
    body = spring.county if where == "county" else spring.county.town
    staff = spring.enter_as(body.staff)
    office = staff if where == "town" else spring.enter_as(body.government)
    of = announced(body, (4, 3, 6))
    assert "轮票决已经宣布" in staff.get("/today").text
    assert f"/projects/rounds/{of.id}" in staff.get("/projects/desk").text
    year = shown(staff.get(f"/projects/rounds/{of.id}").text, "year")
    for _ in range(2):
        assert staff.post(f"/projects/rounds/{of.id}", year=year).status_code == 303
    letter = hand_over(staff)
    with spring.store.read() as tx:
        made = tx.projects.of_round(body.staff, of.id)
    for one in made:
        plan_and_publish(office, body, f"/projects/{one.id}")
    listed = office.get("/projects").text
    assert listed.count("正在实施") >= len(made)
    deputy = spring.enter_as(body.deputy)
    page = deputy.get(f"/projects/{made[0].id}").text
    for words in ("改造公路12.5公里", "2027年10月31日", "320.5万元", "铺设路面并通车", "东河镇段"):
        assert words in page
    assert "函〔2027〕3号" in deputy.get(letter).text


def test_papers_are_downloaded_by_whoever_reads_the_project(spring: House) -> None:
    county = spring.county
    one = project(county, state="chosen", lead_unit=county.units[0].id)
    letter = hand_over(spring.enter_as(county.staff))
    unit = spring.enter_as(county.unit)
    files = (f"{letter}/letter", f"/projects/{one.id}/plan", "/projects/breakdown")
    for path in files:
        docx = unit.get(f"{path}.docx")
        assert Document(BytesIO(docx.content)).tables
        assert docx.headers["content-disposition"].startswith("attachment")
        assert unit.get(f"{path}.pdf").content.startswith(b"%PDF-")


def test_a_letter_is_changed_and_taken_back_on_its_page(spring: House) -> None:
    county = spring.county
    one = project(county, state="chosen")
    staff, office = spring.enter_as(county.staff), spring.enter_as(county.government)
    letter = hand_over(staff)
    assert "收到关于交办2027年民生实事项目的函" in office.get("/notices").text
    page = staff.get(f"{letter}/edit").text
    said = {name: shown(page, name) for name in ("number", "sender", "recipient", "day")}
    assert staff.post(f"{letter}/edit", text="改过的正文。", **said).status_code == 303
    assert "改过的正文。" in office.get(letter).text
    assert "撤回交办" not in office.get(letter).text
    assert staff.post(f"{letter}/take-back").status_code == 303
    assert "等待交办" in staff.get("/projects/desk").text
    assert staff.post(f"/projects/{one.id}/drop").status_code == 303
    with unchanged(spring.store):
        assert staff.post(f"/projects/{one.id}/drop").status_code == 404


def test_a_project_by_hand_is_entered_changed_and_goes_on_next_year(spring: House) -> None:
    county = spring.county
    staff = spring.enter_as(county.staff)
    key = shown(staff.get("/projects/new").text, "key")
    good = {"title": "饮水提升", "content": "改造水厂。", "basis": "第一次会议票决", "planned": "100"}
    made = staff.post("/projects/new", key=key, year=2026, **good)
    here = made.headers["location"].removeprefix(staff.base)
    assert shown(staff.get(f"{here}/entered").text, "planned") == "100"
    assert staff.post(f"{here}/entered", **{**good, "planned": "120.5"}).status_code == 303
    assert "第一次会议票决" in staff.get(here).text
    running = project(county, "跨年的", completion="staged", stage="做完路基")
    assert staff.post(f"/projects/{running.id}/next-year").status_code == 303
    page = staff.get(f"/projects/{running.id}").text
    assert "2028年第1号" in page
    assert "列出2028年的阶段" not in page


def test_the_list_is_narrowed_by_unit_and_state(spring: House) -> None:
    county = spring.county
    project(county, "甲项目")
    project(county, "乙项目", lead_unit=county.units[1].id, state="handed")
    office = spring.enter_as(county.government)
    narrowed = office.get(f"/projects?year=2027&unit={county.units[1].id}").text
    assert "乙项目" in narrowed
    assert "甲项目" not in narrowed
    assert "2 件中的 1 件" in narrowed
    assert "没有符合条件的项目" in office.get("/projects?year=2027&state=cancelled").text


def test_the_citizen_behind_a_project_finds_it_with_the_query_code(spring: House) -> None:
    county: County = spring.county
    code = query_code(b"secret", county.congress.id, "form")
    source = county.suggest(query_hash=query_hash(code), released_at=county.now())
    draft = Way(county).propose(sources=[source.id])
    one = project(county, state="handed", draft=draft.id)
    visitor = spring.visitor()
    mine = f"/t/{county.congress.id}/mine/{code}"
    public = f"/t/{county.congress.id}/projects/{one.id}"
    assert public in visitor.get(mine).text
    assert "实施方案已经公布" not in visitor.get(mine).text
    version = planning.desk(spring.store, county.government, one.id).version
    scheme = a_scheme(county)
    planning.save_plan(spring.store, county.government, one.id, version, scheme, NOW)
    version = planning.desk(spring.store, county.government, one.id).version
    planning.publish_plan(spring.store, county.government, one.id, version, NOW)
    assert "实施方案已经公布" in visitor.get(mine).text
    assert "改造公路" in visitor.get(public).text


def test_the_deputy_who_proposed_it_is_led_to_the_published_plan(spring: House) -> None:
    county = spring.county
    source = county.suggest(source="deputy", kind="proposal", deputy=county.deputies[0].id)
    draft = Way(county).propose(sources=[source.id])
    one = project(county, state="handed", draft=draft.id)
    version = planning.desk(spring.store, county.government, one.id).version
    planning.save_plan(spring.store, county.government, one.id, version, a_scheme(county), NOW)
    version = planning.desk(spring.store, county.government, one.id).version
    planning.publish_plan(spring.store, county.government, one.id, version, NOW)
    deputy = spring.enter_as(county.deputy)
    assert "实施方案已公布" in deputy.get("/notices").text
    assert f"{deputy.base}/projects/{one.id}" in deputy.get(f"/proposals/{source.id}").text


def test_a_unit_reads_its_stage_though_another_led_the_one_before(spring: House) -> None:
    county = spring.county
    before = project(county, "修路", year=2026, state="accepted")
    after = project(county, "修路", previous=before.id, lead_unit=county.units[1].id)
    unit, first = spring.enter_as(county.other_unit), spring.enter_as(county.unit)
    for tab in ("", "/progress", "/supervision", "/completion", "/rating", "/plan.docx"):
        assert unit.get(f"/projects/{after.id}{tab}").status_code == 200, tab
        assert first.get(f"/projects/{before.id}{tab}").status_code == 200, tab
    assert before.id not in unit.get(f"/projects/{after.id}").text
    assert after.id not in first.get(f"/projects/{before.id}").text
    office = spring.enter_as(county.government)
    assert before.id in office.get(f"/projects/{after.id}").text
    assert after.id in office.get(f"/projects/{before.id}").text
