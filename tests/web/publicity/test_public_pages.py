"""`/t/{congress}/projects` and what lies below: what is shown, to whom, and that it is never old."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests import pictures, rated
from tests.county import Body, County, new_id
from tests.delivery import project
from tests.drafts import PDF
from tests.publicity import OCTOBER, Year, a_year, report
from tests.voting.supervising import desk
from tests.web.house import House, _pages
from tests.web.visitor import Visitor
from voting.delivering.projects import Project, yuan
from voting.photos import prepare
from voting.rating import rounds_over_projects
from voting.ratings import UNGRADED
from voting.store import Store
from voting.supervising import visiting
from voting.supervising.changes import Kind
from web.app import settle
from web.pages.publicity.wall import TURN_SECONDS

ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def county(house: House) -> County:
    house.clock = OCTOBER
    return house.county


@pytest.fixture
def year(county: County) -> Year:
    return a_year(county)


def here(house: House) -> str:
    return f"/t/{house.county.congress.id}/projects"


def read(house: House, path: str = "") -> str:
    answer = house.visitor().get(here(house) + path)
    assert (path, answer.status_code) == (path, 200)
    return answer.text


def test_the_overview_counts_lights_in_words_and_names_every_public_project(house: House, year: Year) -> None:
    page = read(house)
    for words in ("红灯", "黄灯", "绿灯", "未亮灯"):
        assert f"</span> 件{words}</a>" in page
    assert all(one.title in page for one in (year.red, year.yellow, year.green, year.handed))
    assert year.chosen.title not in page


def test_filters_narrow_the_list_and_one_that_does_not_fit_is_left_out_of_the_address(
    house: House, county: County, year: Year
) -> None:
    page = read(house, f"?year=2027&unit={county.units[1].id}&light=yellow")
    assert f"{year.yellow.title}</a>" in page
    assert f"{year.red.title}</a>" not in page
    assert "没有符合条件的项目" in read(house, f"?unit={county.units[1].id}&light=red")
    visitor = house.visitor()
    for asked, led in (
        ("?unit=" + "0" * 32, ""),
        ("?year=1999&light=red", "?year=2027&light=red"),
        ("?light=x", ""),
    ):
        answer = visitor.get(here(house) + asked)
        assert (answer.status_code, answer.headers["location"]) == (303, here(house) + led)


def test_a_project_page_tells_promise_place_money_people_plan_and_reports(house: House, year: Year) -> None:
    page = read(house, f"/{year.red.id}")
    for said in (
        year.red.title,
        year.red.content,
        year.red.place,
        "320 万元",
        "县交通运输局",
        "副县长周明",
        "副主任吴芳",
        "铺设路面并通车",
        "西山段征地进度慢。",
        "红灯",
    ):
        assert said in page, said
    assert "<svg" in page
    assert page.count("?small=1") == 3


def test_what_people_typed_runs_nowhere(house: House, county: County) -> None:
    made = project(county, SCRIPT, content=SCRIPT, place=SCRIPT, chief=SCRIPT)
    for path in ("", f"/{made.id}", "/wall", f"/{made.id}/opinion"):
        assert SCRIPT not in read(house, path)
    assert SCRIPT not in read(house, "/feed.xml")


def test_an_unknown_congress_is_not_found(house: House) -> None:
    visitor = house.visitor()
    for path in ("", "/wall", "/feed.xml", ".csv", ".json", ".schema.json"):
        for congress in ("0" * 32, "x", "%00"):
            assert (path, visitor.get(f"/t/{congress}/projects{path}").status_code) == (path, 404)


def test_what_is_not_public_and_what_never_was_look_the_same(
    house: House, county: County, year: Year
) -> None:
    town = project(county.town)
    visitor = house.visitor()
    answers = [
        visitor.get(f"{here(house)}/{one}{path}")
        for one in (year.chosen.id, town.id, "0" * 32, "x")
        for path in ("", "/opinion", "/score")
    ]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1


# Never old


def test_a_page_is_sent_again_only_to_whoever_has_not_got_it(house: House, year: Year) -> None:
    visitor, address = house.visitor(), f"{here(house)}/{year.red.id}"
    first = visitor.get(address)
    assert first.headers["cache-control"] == "public, no-cache"
    again = visitor.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert visitor.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.fixture
def elsewhere(house: House, sqlite_url: str) -> Visitor:
    """A visitor of a second process over the same database."""
    store = house._stack.enter_context(Store.open(sqlite_url))
    app = _pages(house._stack)
    settle(app, house.settings, store, house.hall.signer, now=lambda: OCTOBER, random=os.urandom)
    return house._stack.enter_context(Visitor(app, house.settings.url, follow_redirects=True))


def test_after_a_change_no_process_shows_the_old_page(
    house: House, county: County, year: Year, elsewhere: Visitor
) -> None:
    """Each of these is a change that somebody else makes, and both processes have kept the page before."""

    def visit() -> None:
        made = desk.a_visit(county, year.red, county.staff, seen="护栏已经装好。")
        visiting.release(county.store, county.staff, year.red.id, made.id, county.now())

    def rename() -> None:
        with county.store.write() as tx:
            unit = tx.units.get(county.staff, county.units[0].id)
            tx.units.change(unit, name="县交通局")
            tx.audit.add(county.staff, "change_unit", county.now(), "unit", unit.id)

    address = f"{here(house)}/{year.red.id}"
    here_too = house.visitor()
    for change, words in (
        (visit, "护栏已经装好。"),
        (rename, "县交通局"),
        (lambda: desk.decided(county, year.red, desk.asked(county, year.red)), "县财政全额安排"),
        (lambda: report(county, year.red, (100, 90, 80), 4), "2027年第4季度"),
    ):
        for process in (here_too, elsewhere):
            assert words not in process.get(address).text
        change()
        for process in (here_too, elsewhere):
            assert words in process.get(address).text, words


def test_a_new_day_makes_a_new_page_though_nothing_was_written(house: House, county: County) -> None:
    made = project(county)
    report(county, made, (100, 0, 0))
    house.clock = OCTOBER.replace(month=3, day=20)
    assert "红灯" not in read(house, f"/{made.id}")
    house.clock = OCTOBER.replace(month=12)
    assert "红灯" in read(house, f"/{made.id}")


# Photos and papers


def shot(county: Body, of: Project, *, public: bool) -> str:
    with county.store.write() as tx:
        tx.project_files.add_pictures(of, new_id("row"), [prepare(pictures.jpeg())], public=public)
        return next(one.id for one in tx.project_files.pictures(county.staff, of) if one.public is public)


def test_a_photo_is_kept_for_five_minutes_and_then_asked_for(house: House, county: County) -> None:
    photo = shot(county, project(county), public=True)
    visitor, address = house.visitor(), f"{here(house)}/photos/{photo}"
    large, small = visitor.get(address), visitor.get(f"{address}?small=1")
    for one in (large, small):
        assert one.headers["content-type"] == "image/jpeg"
        assert one.headers["cache-control"] == "public, max-age=300"
        assert one.content[:2] == b"\xff\xd8"
    assert len(small.content) < len(large.content)
    assert small.headers["etag"] != large.headers["etag"]
    for path, one in ((address, large), (f"{address}?small=1", small)):
        again = visitor.get(path, headers={"if-none-match": one.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_photo_that_was_taken_back_is_gone_for_whoever_has_kept_it(house: House, county: County) -> None:
    made = project(county)
    photo = shot(county, made, public=True)
    visitor, address = house.visitor(), f"{here(house)}/photos/{photo}"
    kept = {"if-none-match": visitor.get(address).headers["etag"]}
    with county.store.write() as tx:
        tx.projects.change(made, state="chosen")
    assert visitor.get(address, headers=kept).status_code == 404


def test_a_photo_that_is_not_public_is_not_there_even_for_whoever_names_it(
    house: House, county: County
) -> None:
    hidden = shot(county, project(county), public=False)
    chosen = shot(county, project(county, state="chosen"), public=True)
    foreign = shot(county.town, project(county.town), public=True)
    visitor, texts = house.visitor(), set()
    for photo in (hidden, chosen, foreign, "0" * 32, "x"):
        for headers in ({}, {"if-none-match": f'"{photo}-large"'}):
            answer = visitor.get(f"{here(house)}/photos/{photo}", headers=headers)
            assert (photo, answer.status_code) == (photo, 404)
            texts.add(answer.text)
    assert len(texts) == 1


def test_a_public_paper_can_be_saved_and_one_that_is_not_is_not_there(house: House, county: County) -> None:
    made, visitor = project(county), house.visitor()
    kinds: tuple[tuple[Kind, bool], ...] = (("money", True), ("content", False))
    for kind, public in kinds:
        change = desk.decided(county, made, desk.asked(county, made, kind), public=public)
        with county.store.read() as tx:
            found = tx.project_files.papers(county.staff, made)
        paper = next(one for one in found if one.of == change.id)
        assert (f"/projects/papers/{paper.id}" in read(house, f"/{made.id}")) is public
        answer = visitor.get(f"{here(house)}/papers/{paper.id}")
        assert answer.status_code == (200 if public else 404)
        assert (answer.content == PDF) is public
        assert visitor.get(f"/t/{county.town.congress.id}/projects/papers/{paper.id}").status_code == 404


# Scores


def test_what_nobody_gave_an_opinion_on_is_ungraded_in_words_everywhere(
    house: House, county: County, tmp_path: Path
) -> None:
    lamp = project(county, "装路灯")
    rules: dict[str, Any] = {"method": "bands", "half": None, "bands": (90, 60, 0), "rates": "opinions"}
    rated.held(county, tmp_path, [lamp], [(rated.ABSTAINED,)] * 6, "published", **rules)
    page = read(house, f"/{lamp.id}")
    assert page.count(UNGRADED) >= 2  # its own section and the timeline
    assert f"：{UNGRADED}</a>" in page
    assert f'<td data-name="测评">{UNGRADED}</td>' in read(house)
    assert UNGRADED in wall(house)
    assert json.loads(read(house, ".json"))["projects"][0]["scores"][0]["level"] == UNGRADED
    (row,) = csv.DictReader(io.StringIO(read(house, ".csv").removeprefix("\ufeff"), newline=""))
    assert row["测评等次"].endswith(f"：{UNGRADED}")


def test_a_committees_test_is_not_called_the_deputies(house: House, county: County, tmp_path: Path) -> None:
    lamp, school = project(county, "装路灯"), project(county, "修学校")
    committee = rated.a_session(county, of="committee")
    rated.held(county, tmp_path, [lamp], [(rated.SATISFIED,)] * 6, "published", session=committee)
    rated.held(county, tmp_path, [school], [(rated.SATISFIED,)] * 6, "published")
    for one, who, not_who in ((lamp, "常委会组成人员", "人大代表"), (school, "人大代表", "常委会组成人员")):
        section = read(house, f"/{one.id}").split('id="scores"')[1].split("</section>")[0]
        assert (who in section, not_who in section) == (True, False)
    assert {"常委会组成人员测评：满意", "人大代表测评：满意"} <= set(
        re.findall(r"[^· ]+测评：满意", wall(house))
    )


def test_a_cancelled_project_is_told_apart_and_stands_in_no_sum(house: House, county: County) -> None:
    project(county, "甲", planned=yuan(Decimal(320)))
    project(county, "乙", planned=yuan(Decimal(99)), state="cancelled")
    page = read(house)
    assert "<dd>1 件，另有1件取消</dd>" in page
    assert "<dt>计划投资</dt><dd>320 万元</dd>" in page
    assert "乙</a>" in page
    money = page.split('id="money"')[1].split("</section>")[0]
    assert ("甲" in money, "乙" in money) == (True, False)
    assert "另有1件取消" in read(house, "/wall")


def test_the_page_of_a_retest_leads_to_the_first_result_as_soon_as_that_is_published(
    house: House, county: County, tmp_path: Path
) -> None:
    first = rated.held(county, tmp_path, [project(county)], [(rated.UNSATISFIED,)] * 6, "announced")
    matter = rated.ordered(county, first)
    later = rated.a_session(county, title="第四次会议")
    made = rounds_over_projects.make_retest(
        county.store, county.staff, rated.wanted(later, "再测评"), [matter.id], county.now()
    )
    rated.Sitting(county, later, made, tmp_path).vote([(rated.SATISFIED,)] * 6, "published")
    visitor, link = house.visitor(), f'<a href="/r/{first.round.id}">'
    assert link not in visitor.get(f"/r/{made.id}").text
    first.reach("published")
    assert link in visitor.get(f"/r/{made.id}").text


def wall(house: House) -> str:
    """Its first page of projects."""
    house.clock = datetime.fromtimestamp(TURN_SECONDS * (2 * 10**8 + 1), UTC)
    return read(house, "/wall")


# Wall, feed, open data


def test_the_wall_turns_its_pages_by_the_clock_and_comes_round_again(house: House, county: County) -> None:
    titles = [project(county, f"第{n}件事").title for n in range(7)]
    visitor, seen = house.visitor(), []
    for turn in range(4):
        house.clock = OCTOBER + timedelta(seconds=15 * turn)
        seen.append(visitor.get(f"{here(house)}/wall").text)
    assert all(any(f">{title}<" in page for page in seen) for title in titles)
    assert seen[0] == seen[3] != seen[1]
    assert all('<noscript><meta http-equiv="refresh" content="15"></noscript>' in page for page in seen)


def test_the_feed_tells_what_happened_newest_first(house: House, county: County, year: Year) -> None:
    desk.accepted(county, year.green, desk.finished(county, year.green))
    desk.decided(county, year.red, desk.asked(county, year.red))
    feed = ET.fromstring(read(house, "/feed.xml"))  # noqa: S314 - our own document
    titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    assert titles[:3] == [
        f"{year.red.title}：调整经批准",
        f"{year.green.title}：通过验收",
        f"{year.green.title}：报告办结",
    ]
    assert f"{year.red.title}：2027年第3季度进度报告，完成30%" in titles


def test_the_table_opens_in_a_spreadsheet_and_says_how_it_may_be_used(house: House, county: County) -> None:
    project(county, "=1+1")
    rows = list(csv.DictReader(io.StringIO(read(house, ".csv").removeprefix("\ufeff"), newline="")))
    assert [(row["名称"], row["计划投资（元）"], row["牵头单位"]) for row in rows] == [
        ("'=1+1", "3200000", "县交通运输局")
    ]
    assert "注明来源" in rows[0]["使用条件"]


def test_the_json_has_the_fields_of_its_schema_and_each_field_is_explained(house: House, year: Year) -> None:
    data, schema = json.loads(read(house, ".json")), json.loads(read(house, ".schema.json"))
    described = schema["$defs"]["OpenProject"]["properties"]
    assert list(data["projects"][0]) == list(described)
    assert [one["title"] for one in data["projects"]] == [
        one.title for one in (year.red, year.yellow, year.green, year.handed)
    ]
    assert "description" in described["planned"]
    assert data["licence"]


def test_nobody_is_named_who_did_not_want_to_be(house: House, county: County, year: Year) -> None:
    """Names of clerks and of whoever typed a report stay inside."""
    desk.a_visit(county, year.red, county.staff)
    for path in ("", f"/{year.red.id}", ".json", ".csv", "/feed.xml"):
        page = read(house, path)
        assert "小孙" not in page
        assert county.staff.name not in page
