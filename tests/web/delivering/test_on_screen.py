"""The list, a project and the form of its plan in a real browser: on a clerk's desk and on a phone."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.county import Body, County, new_id
from tests.delivery import project
from tests.schemes import a_scheme
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.screening.test_on_screen import enter
from voting.delivering import planning
from voting.delivering.projects import Project

pytestmark = pytest.mark.chromium


def written(body: Body) -> Project:
    one = project(body, state="handed")
    version = planning.desk(body.store, body.government, one.id).version
    return planning.save_plan(body.store, body.government, one.id, version, a_scheme(body), body.now())


def test_a_clerk_hands_over_and_plans_without_barriers(service: Service, desk: Page, phone: Page) -> None:
    county = County(service.store)
    one = written(county)
    project(county, "正在实施的")
    here = f"/projects/{one.id}"
    for page, actor, paths in (
        (desk, county.government, ("/projects", f"{here}/plan")),
        (phone, county.government, (here, f"{here}/plan")),
        (phone, county.staff, ("/projects/desk",)),
    ):
        base = enter(page, service, replace(actor, link=new_id(actor.name)))
        for path in paths:
            page.goto(base + path)
            assert barriers(page) == [], path


def test_a_plan_is_written_with_more_rows_and_published(desk: Page, service: Service) -> None:
    county = County(service.store)
    one = written(county)
    office = enter(desk, service, county.government)
    desk.goto(f"{office}/projects/{one.id}/plan")
    desk.get_by_label("权重（%）").first.fill("10")
    desk.get_by_role("button", name="再加两行节点").click()
    expect(desk.get_by_label("权重（%）")).to_have_count(6)
    expect(desk.get_by_label("权重（%）").first).to_have_value("10")
    desk.get_by_label("权重（%）").first.fill("20")
    desk.get_by_label("领办领导").fill("副县长李强")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk).to_have_url(re.compile(r"/projects/[0-9a-f]{32}$"))
    expect(desk.get_by_text("副县长李强")).to_be_visible()
    desk.get_by_role("button", name="公布实施方案").click()
    expect(desk.get_by_text("正在实施")).to_be_visible()
