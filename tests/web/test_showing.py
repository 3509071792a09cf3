"""`/t/{congress}`: what everybody sees of 群众提, in the browser and as files."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page

from tests.county import Body, County, new_id
from tests.screens import Visitors
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import House
from voting.collecting.window import Call
from voting.congress_settings import PublicSettings
from voting.suggestions import Suggestion

ATOM = "{http://www.w3.org/2005/Atom}"


def call_for(body: Body, opens: date, closes: date, *, published: bool = True) -> Call:
    new = Call(
        id=new_id("call"),
        congress=body.congress.id,
        year=2027,
        title="2027年民生实事项目征集公告",
        text="请您说说身边要办的事。",
        issuers="县人民政府办公室、县人大常委会办公室",
        opens=opens,
        closes=closes,
        published_at=body.now() if published else None,
    )
    with body.store.write() as tx:
        tx.calls.add(new)
    return new


def released(body: Body, title: str, **fields: object) -> Suggestion:
    return body.suggest(title, released_at=body.now(), **fields)


def publish(body: Body, **settings: bool) -> None:
    with body.store.write() as tx:
        tx.settings.put(body.staff, PublicSettings(**settings), body.now())


@pytest.fixture
def body(house: House) -> Body:
    return house.county


def read(house: House, path: str) -> str:
    answer = house.visitor().get(f"/t/{house.county.congress.id}{path}")
    assert answer.status_code == 200
    return answer.text


def test_the_call_is_shown_on_its_first_and_last_day_and_not_before_or_after(
    house: House, body: Body
) -> None:
    call_for(body, date(2026, 9, 1), date(2026, 9, 30))
    for moment, shown in (
        (datetime(2026, 8, 31, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 8, 31, 16, 0, tzinfo=UTC), True),  # midnight in China
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), False),
    ):
        house.clock = moment
        assert ("征集公告" in read(house, "")) is shown


def test_a_draft_of_a_call_is_seen_by_nobody(house: House, body: Body) -> None:
    call_for(body, date(2026, 9, 1), date(2026, 9, 30), published=False)
    house.clock = datetime(2026, 9, 2, tzinfo=UTC)
    assert "征集公告" not in read(house, "")
    assert "征集公告" not in read(house, "/feed.atom")


def test_counts_are_shown_though_no_suggestion_is_published(house: House, body: Body) -> None:
    one = released(body, "给村口装路灯")
    page = read(house, "")
    assert "1 件" in page
    assert one.title not in page
    assert house.visitor().get(f"/t/{body.congress.id}/s").status_code == 404


def test_published_suggestions_name_nobody_and_run_no_script(house: House, body: Body) -> None:
    publish(body, show_suggestions=True)
    one = released(body, "<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    for path in ("/s", f"/s/{one.year}/{one.number}"):
        page = read(house, path)
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<img" not in page
        assert one.proposer not in page
        assert one.phone not in page


def test_a_suggestion_of_another_congress_or_not_released_is_not_there(house: House, body: Body) -> None:
    publish(body, show_suggestions=True)
    hidden = body.suggest("没有审核")
    for congress, number in ((body.congress.id, hidden.number), (house.county.town.congress.id, 1)):
        answer = house.visitor().get(f"/t/{congress}/s/2027/{number}")
        assert answer.status_code == 404
        assert "没有公开" in answer.text


def test_the_list_goes_on_page_after_page_to_the_last(house: House, body: Body) -> None:
    publish(body, show_suggestions=True)
    titles = {released(body, f"建议第{n}号").title for n in range(31)}
    first = read(house, "/s")
    path = first.split(f'href="/t/{body.congress.id}/s?')[1].split('"')[0].replace("&amp;", "&")
    both = first + read(house, "/s?" + path)
    assert {title for title in titles if f">{title}<" in both} == titles


def test_the_tables_open_in_a_spreadsheet(house: House, body: Body) -> None:
    publish(body, show_suggestions=True)
    released(body, "=1+1", text="加宽，\n硬化")
    client = house.visitor()
    raw = client.get(f"/t/{body.congress.id}/data/suggestions.csv").content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [(row["标题"], row["内容"], row["编号"]) for row in rows] == [
        ("'=1+1", "加宽，\n硬化", "2027-00001")
    ]
    raw = client.get(f"/t/{body.congress.id}/data/counts.csv").content
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert {(row["统计方式"], row["名称"], row["件数"]) for row in rows} >= {("类别", "交通出行", "1")}


def test_the_json_has_the_fields_of_its_schema(house: House, body: Body) -> None:
    publish(body, show_suggestions=True)
    released(body, "修路")
    data = json.loads(read(house, "/data/suggestions.json"))
    schema = json.loads(read(house, "/data/suggestions.schema.json"))
    assert list(data[0]) == list(schema["$defs"]["Shown"]["properties"])


def test_the_feed_names_calls_and_what_is_published(house: House, body: Body) -> None:
    call_for(body, date(2026, 9, 1), date(2026, 9, 30))
    released(body, "修路")
    feed = ET.fromstring(read(house, "/feed.atom"))  # noqa: S314 - our own document
    titles = [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")]
    assert titles == ["2027年民生实事项目征集公告"]
    publish(body, show_suggestions=True)
    assert "修路" in read(house, "/feed.atom")


def test_a_congress_that_is_not_there_is_not_found(house: House) -> None:
    for path in ("", "/wall", "/feed.atom", "/data/counts.csv", "/data/suggestions.schema.json"):
        assert house.visitor().get("/t/" + "0" * 32 + path).status_code == 404


# In a real Chromium


@pytest.fixture
def open_county(service: Service) -> County:
    county = County(service.store)
    call_for(county, date(2020, 1, 1), date(2099, 1, 1))
    publish(county, show_suggestions=True)
    for n in range(12):
        released(
            county,
            f"加宽第{n}条村道",
            village=county.villages[n % 3].id,
            category=county.categories[n % 4].id,
        )
    return county


def test_no_page_has_a_barrier_on_a_phone_or_at_a_desk(
    visitors: Visitors, service: Service, open_county: County
) -> None:
    for page in (visitors.phone(), visitors.desk()):
        for path in ("", "/s", "/s/2027/1"):
            page.goto(f"{service.url}/t/{open_county.congress.id}{path}")
            assert (path, barriers(page)) == (path, [])


def test_the_wall_fits_its_screen_and_needs_no_hand(
    screen: Page, service: Service, open_county: County
) -> None:
    screen.goto(f"{service.url}/t/{open_county.congress.id}/wall")
    assert screen.evaluate("document.documentElement.scrollHeight") <= 1080
    assert screen.locator("a, button").count() == 0
    assert barriers(screen) == []
