"""政府办 → 人大评 through the pages: handed over, delivered, rated, put right; what is left goes on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.announced import announced
from tests.county import Body, new_id
from tests.rated import SATISFIED, UNSATISFIED, Sitting, a_session
from tests.web.delivering.visitors import hand_over, plan_and_publish, shown
from tests.web.house import House, Person
from tests.web.rating.visitors import closing_fields, rating_fields, upload
from tests.web.rating.visitors import key_of as key_in
from tests.web.supervising.forms import DECISION, PHOTO, acceptance_fields, key_of, send
from voting.delivering.projects import Project

REPORTS = (
    ((4, 2), "2027Q1", (60, 0, 0), "40"),
    ((7, 2), "2027Q2", (100, 60, 0), "150"),
    ((10, 4), "2027Q3", (100, 100, 50), "290"),
)
"""Day, period, per cent of each milestone, money in 万元."""


class Year:
    """2027 in one congress; `where` a town has one clerk for both offices."""

    def __init__(self, house: House, where: str) -> None:
        self.house = house
        self.body: Body = house.county if where == "county" else house.county.town
        self.on(2027, 2, 1)
        self.staff = house.enter_as(self.body.staff)
        self.office = self.staff if where == "town" else house.enter_as(self.body.government)
        self.unit = house.enter_as(self.body.unit)
        self.deputy = house.enter_as(self.body.deputy)

    def on(self, year: int, month: int, day: int) -> None:
        self.house.clock = datetime(year, month, day, 2, 0, tzinfo=UTC)

    def public(self, path: str = "") -> str:
        answer = self.house.visitor().get(f"/t/{self.body.congress.id}/projects{path}")
        assert answer.status_code == 200
        return answer.text

    def chosen(self) -> tuple[Project, ...]:
        """Two of three candidates become projects, in one step."""
        of = announced(self.body, (6, 2, 5))
        year = shown(self.staff.get(f"/projects/rounds/{of.id}").text, "year")
        assert self.staff.post(f"/projects/rounds/{of.id}", year=year).status_code == 303
        with self.house.store.read() as tx:
            return tx.projects.of_round(self.body.staff, of.id)


@pytest.fixture(params=["county", "town"])
def year(request: pytest.FixtureRequest, house: House) -> Year:
    return Year(house, request.param)


def report(unit: Person, of: Project, period: str, percents: tuple[int, ...], spent: str) -> None:
    """What the unit types on its phone."""
    path = f"/projects/{of.id}/reports/{period}"
    version = shown(unit.get(path).text, "version")
    said = {f"percent_{n}": percent for n, percent in enumerate(percents, start=1)}
    sent = unit.post(path, version=version, spent=spent, text="按计划推进。", send="yes", **said)
    assert sent.status_code == 303


def finish(office: Person, of: Project, day: str) -> None:
    """办结 with a photo, 验收 with its paper."""
    here = f"/projects/{of.id}/completion"
    fields = {"key": key_of(office.get(here)), "finished_on": day, "text": "全部通车。"}
    assert send(office, f"{here}/finish", PHOTO, fields=fields).status_code == 303
    [path] = re.findall(rf'action="{office.base}({here}/[0-9a-f]{{32}}/accept)"', office.get(here).text)
    accepted = acceptance_fields(accepted_on=day, public="yes")
    assert send(office, path, DECISION, fields=accepted).status_code == 303


def put_right(year: Year, matter: str) -> None:
    """Plan and report of the unit, acceptance and 销号 by the office."""
    for kind in ("plan", "finish"):
        sent = year.unit.post(f"{matter}/steps", key=new_id(kind), kind=kind, text="已落实。")
        assert sent.status_code == 303
    today = "2028-02-20"
    judged = {"verdict": "accept", "judged_on": today, "who": "吴芳", "judgement": "灯亮了"}
    key = key_in(year.staff.get(matter).text)
    assert upload(year.staff, f"{matter}/judge", {"key": key, **judged}).status_code == 303
    closed = upload(year.staff, f"{matter}/close", closing_fields(closed_on=today))
    assert closed.status_code == 303


def carry_on(year: Year, unfinished: Project) -> None:
    """What was not finished becomes a candidate of the next year, with its history."""
    page = year.office.get("/year/next").text
    assert unfinished.title in page
    [taken] = re.findall(rf'name="take" value="([^"]*{unfinished.id}[^"]*)"', page)
    coming = shown(page, "year")
    for _ in range(2):
        assert year.office.post("/year/next", year=coming, take=[taken]).status_code == 303
    drafts = year.office.get(f"/drafts?year={coming}").text
    assert drafts.count(f">{unfinished.title}</a>") == 1


def test_what_was_decided_is_delivered_rated_put_right_and_carried_on(year: Year, tmp_path: Path) -> None:
    road, lamps = year.chosen()
    hand_over(year.staff)
    assert road.title in year.public()
    for one in (road, lamps):
        plan_and_publish(year.office, year.body, f"/projects/{one.id}")
    for (month, day), period, percents, spent in REPORTS:
        year.on(2027, month, day)
        report(year.unit, road, period, percents, spent)
    page = year.public(f"/{road.id}")
    for words in ("85%", "290", "按计划推进", "铺设路面并通车"):
        assert words in page
    assert "红灯" in year.public(f"/{lamps.id}")
    year.on(2027, 10, 20)
    report(year.unit, road, "2027Q4", (100, 100, 100), "300")
    finish(year.office, road, "2027-10-20")
    assert "已验收" in year.public(f"/{road.id}")
    year.on(2028, 1, 20)
    session = a_session(year.body)
    sent = year.staff.post("/rating/new", **rating_fields(session, road.id, lamps.id, year=2027))
    assert sent.status_code == 303
    with year.house.store.read() as tx:
        [rated] = tx.rounds.of_session(year.body.staff, session.id)
    Sitting(year.body, session, rated, tmp_path).vote([(SATISFIED, UNSATISFIED)] * 6)
    year.on(2028, 2, 20)
    assert "责成整改" in year.staff.get("/rating").text
    asked = year.staff.post(f"/rating/rounds/{rated.id}/order/2", months=3, demands="年底前点亮。")
    put_right(year, asked.headers["location"].removeprefix(year.staff.base))
    tab = year.deputy.get(f"/projects/{lamps.id}/rating").text
    for words in ("不满意 6", "已销号"):
        assert words in tab
    carry_on(year, lamps)
