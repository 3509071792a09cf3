"""The ledger's pages: filters in the address, paging by key, saved views, figures."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.county import Body, County
from tests.web.house import House, Person


@pytest.fixture
def county(house: House) -> County:
    return house.county


@pytest.fixture
def clerk(house: House) -> Person:
    return house.enter_as(house.county.staff)


def listed(county: Body, title: str, **fields: Any) -> str:
    """A suggestion that search finds; its number."""
    one = county.suggest(title, **fields)
    with county.store.write() as tx:
        tx.words.put(one)
    return one.label


def numbers(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([0-9-]+)</a>', page)


def test_filters_stand_in_the_address_and_what_limits_is_said(county: County, clerk: Person) -> None:
    street = listed(county, "安装路灯", state="assigned")
    listed(county, "修建公厕")
    page = clerk.get("/ledger?state=assigned&text=路灯").text
    assert numbers(page) == [street]
    assert "共 1 件" in page
    assert "状态：已交办；含有：路灯" in page
    assert "安装<mark>路灯</mark>" in page


@pytest.mark.parametrize(
    "query",
    [
        "state=burnt",
        "kind=1",
        "category=0",
        "village=' OR 1=1 --",
        "station=%00",
        "unit=x",
        "year=20x7",
        "light=blue",
        "order=random",
        "yearly=perhaps",
        "since=tomorrow",
        "since=0001-01-01",
        "until=9999-12-31",
        "town=月球",
    ],
)
def test_an_unknown_filter_is_told_and_nothing_is_listed(county: County, clerk: Person, query: str) -> None:
    listed(county, "安装路灯")
    answer = clerk.get(f"/ledger?{query}")
    assert answer.status_code == 422
    assert 'class="fault"' in answer.text
    assert numbers(answer.text) == []


def test_a_search_of_ten_thousand_characters_is_refused_beside_its_field(clerk: Person) -> None:
    answer = clerk.get("/ledger", params={"text": "ab" * 5000})
    assert answer.status_code == 422
    assert "搜索的文字太长：有10,000个字，最多100个字" in answer.text


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", "%", "_", "\\", "路灯%' --", "\x00路灯", "<script>", "；。，", "的了"]
)
def test_no_search_breaks_the_query(county: County, clerk: Person, typed: str) -> None:
    listed(county, "修建公厕")
    answer = clerk.get("/ledger", params={"text": typed})
    assert answer.status_code in {200, 422}
    assert numbers(answer.text) == []


def test_what_was_written_is_shown_as_written(county: County, clerk: Person) -> None:
    script = "<script>alert(1)</script>"
    listed(county, script, proposer=script)
    page = clerk.get("/ledger").text
    assert script not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_pages_follow_each_other_by_key_without_gap_or_repetition(county: County, clerk: Person) -> None:
    for n in range(120):
        county.suggest(f"第{n}件", due=county.now().date() if n % 2 else None)
    pages = [clerk.get("/ledger").text]
    while following := re.search(r'href="[^"]*/ledger\?([^"]+)">下一页', pages[-1]):
        pages.append(clerk.get(f"/ledger?{following[1].replace('&amp;', '&')}").text)
    assert [len(numbers(page)) for page in pages] == [50, 50, 20]
    assert [one for page in pages for one in numbers(page)] == [f"2027-{n:05d}" for n in range(120, 0, -1)]
    former = re.search(r'href="[^"]*/ledger\?([^"]+)">上一页', pages[2])
    assert former
    assert numbers(clerk.get(f"/ledger?{former[1].replace('&amp;', '&')}").text) == numbers(pages[1])
    assert len(numbers(clerk.get("/ledger?order=due").text)) == 50


def test_the_proposer_of_a_confidential_one_is_kept_back(county: County, clerk: Person) -> None:
    listed(county, "举报", proposer="周大爷", confidential=True)
    page = clerk.get("/ledger").text
    assert "周大爷" not in page
    assert "（要求保密）" in page


def test_a_view_is_saved_replaced_and_dropped(clerk: Person, house: House) -> None:
    kept = clerk.post("/ledger/views", name="超期的", state="assigned", light="red")
    assert kept.status_code == 303
    clerk.post("/ledger/views", name="超期的", light="red")
    page = clerk.get("/ledger").text
    assert "light=red" in page
    assert "state=assigned&amp;light=red" not in page
    assert "超期的" not in house.enter_as(house.county.government).get("/ledger").text
    view = re.search(r"/ledger/views/([0-9a-f]{32})/drop", page)
    assert view
    clerk.post(f"/ledger/views/{view[1]}/drop")
    assert "超期的" not in clerk.get("/ledger").text


def test_a_view_without_a_name_keeps_the_filters(clerk: Person) -> None:
    answer = clerk.post("/ledger/views", name="", state="assigned")
    assert answer.status_code == 422
    assert "没有填写“视图名称”" in answer.text
    assert '<option value="assigned" selected>' in answer.text


def test_each_sees_the_own_congress_only(house: House, county: County) -> None:
    listed(county, "县里的路灯")
    listed(county.town, "镇里的路灯")
    page = house.enter_as(county.town.staff).get("/ledger?text=路灯").text
    assert "共 1 件" in page
    assert "镇里的" in page


def test_the_presidium_reads_and_does_not_export(house: House, county: County) -> None:
    listed(county, "安装路灯")
    presidium = house.enter_as(county.presidium)
    page = presidium.get("/ledger")
    assert page.status_code == 200
    assert "导出 Excel" not in page.text
    assert presidium.post("/ledger/exports").status_code in {403, 404, 405}
    assert presidium.get("/ledger.csv").status_code in {403, 404}


def test_units_and_deputies_have_no_ledger(house: House, county: County) -> None:
    for actor in (county.unit, county.deputy):
        assert house.enter_as(actor).get("/ledger").status_code == 404


def test_figures_have_a_cut_off_date_and_their_definitions(county: County, clerk: Person) -> None:
    county.suggest(state="closed", answered_at=county.now(), closed_at=county.now())
    county.suggest()
    page = clerk.get("/figures?until=2026-12-31").text
    assert "截至2026年12月31日" in page
    assert "50.0%" in page
    assert "办结率</dt><dd>截止日期前已办结的 ÷ 受理。" in page
    before = clerk.get("/figures?until=2026-08-31").text
    assert "50.0%" not in before


@pytest.mark.parametrize("query", ["until=soon", "until=9999-12-31", "year=1066", "year=x"])
def test_figures_of_nonsense_are_refused_beside_the_field(county: County, clerk: Person, query: str) -> None:
    county.suggest()
    answer = clerk.get(f"/figures?{query}")
    assert answer.status_code == 422
    assert 'class="fault"' in answer.text


def test_figures_as_they_stand_are_those_counted_for_a_day(county: County, clerk: Person) -> None:
    """What is kept and what is counted are two ways to the same page."""
    county.suggest(state="closed", answered_at=county.now(), closed_at=county.now())
    county.suggest(kind="clue", state="closed", route="candidate", decided_at=county.now())
    county.suggest(year=2026, received_at=datetime(2026, 12, 1, tzinfo=UTC))
    kept = clerk.get("/figures?year=2027&until=2199-12-31").text
    counted = clerk.get("/figures?year=2027&until=2026-11-30").text
    assert _tables(kept) == _tables(counted)
    assert "100.0%" in kept


def _tables(page: str) -> str:
    return page.partition("<table")[2].rpartition("</table>")[0]
