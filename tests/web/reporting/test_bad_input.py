"""What people type wrongly, or try where they may not: a plain sentence, nothing changed, nothing lost."""

from __future__ import annotations

from typing import Any, Final

import pytest
from httpx import Response

from tests.county import new_id
from tests.delivery import project
from tests.pictures import claims, jpeg, noise, text_bomb
from tests.reporting import at, submit
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from voting.delivering.projects import Project
from voting.reporting import issuing, reminding
from voting.reporting.headings import COLUMNS

SCRIPT: Final = '<script>alert("1")</script>'
ESCAPED: Final = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"


@pytest.fixture
def spring(house: House) -> House:
    """An installation in April, when the reports of the first quarter are due."""
    house.clock = at(4, 5)
    return house


@pytest.fixture
def road(spring: House) -> Project:
    return project(spring.county)


def fields(**typed: object) -> dict[str, object]:
    return {
        "version": 0,
        "percent_1": 80,
        "percent_2": 0,
        "percent_3": 0,
        "spent": "12.5",
        "text": "一标段已经开工。",
        **typed,
    }


def send(person: Person, of: Project, period: str = "2027Q1", /, **typed: object) -> Response:
    return person.post(f"/projects/{of.id}/reports/{period}", **fields(**typed))


def refused(answer: Response, status: int, *sentences: str) -> None:
    assert answer.status_code == status
    for sentence in sentences:
        assert sentence in answer.text


def test_a_report_is_handed_in_on_the_page_and_read_by_everybody(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    assert unit.get(f"/projects/{road.id}/reports/2027Q1").status_code == 200
    answer = send(unit, road, text=SCRIPT)
    assert answer.headers["location"] == f"{unit.base}/projects/{road.id}/progress"
    county = spring.county
    others = [county.staff, county.government, county.deputy, county.presidium]
    for person in (unit, *(spring.enter_as(one) for one in others)):
        page = person.get(f"/projects/{road.id}/progress")
        assert page.status_code == 200
        assert ESCAPED in page.text
        assert SCRIPT not in page.text


def test_a_per_cent_that_is_none_comes_back_with_all_that_was_typed(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    for typed in ("101", "-1", "", "一半", "80.5", "１０１", "1e2"):
        with unchanged(spring.store):
            answer = send(unit, road, percent_1=typed, text=SCRIPT, problems="缺少土方。")
        refused(answer, 422, 'id="percent_1-fault"', f'value="{typed}"', ESCAPED, "缺少土方。")
        assert SCRIPT not in answer.text


def test_money_that_is_none_is_refused_beside_its_field(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    for typed in ("", "-3", "很多", "1" * 30, "320.00001"):
        with unchanged(spring.store):
            answer = send(unit, road, spent=typed)
        refused(answer, 422, 'id="spent-fault"', "一标段已经开工。")


def test_money_over_the_plan_asks_for_a_change_first(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    with unchanged(spring.store):
        answer = send(unit, road, spent="320.01")
    refused(answer, 422, "超过计划资金320万元", "先办理项目调整", 'id="spent-fault"')


def test_what_falls_needs_a_reason_and_money_never_falls(spring: House, road: Project) -> None:
    submit(spring.county, road, "2027Q1", 100, 40, 0, wan="50", now=at(4, 5))
    spring.clock = at(7, 2)
    unit = spring.enter_as(spring.county.unit)
    falling = {"percent_1": 100, "percent_2": 30, "spent": "50"}
    with unchanged(spring.store):
        refused(send(unit, road, "2027Q2", **falling), 422, 'id="percent_2-fault"', "40%少")
        less = send(unit, road, "2027Q2", **{**falling, "spent": "49", "reason": "返工。"})
        refused(less, 422, 'id="spent-fault"', "累计支出不会减少")
    assert send(unit, road, "2027Q2", **falling, reason="返工。").status_code == 303


def test_a_correction_without_a_reason_is_none(spring: House, road: Project) -> None:
    submit(spring.county, road, "2027Q1", 80, 0, 0, now=at(4, 5))
    office = spring.enter_as(spring.county.government)
    with unchanged(spring.store):
        refused(send(office, road, version=2, percent_1=70), 409, "刚刚保存过")
        refused(send(office, road, version=1, percent_1=70), 422, 'id="reason-fault"', "写明原因")
    assert send(office, road, version=1, percent_1=70, reason="报错。").status_code == 303
    page = spring.enter_as(spring.county.deputy).get(f"/projects/{road.id}/progress").text
    assert "第1次更正" in page
    assert "报错。" in page


def test_the_later_of_two_is_told_and_sees_both(spring: House, road: Project) -> None:
    unit, office = spring.enter_as(spring.county.unit), spring.enter_as(spring.county.government)
    assert send(unit, road, act="save", text="一标段开工。").status_code == 303
    with unchanged(spring.store):
        answer = send(office, road, act="save", text="没有开工。")
    refused(answer, 409, "没有保存", "一标段开工。", "没有开工。", 'name="version" value="1"')
    assert send(office, road, version=1, text="没有开工。").status_code == 303


def test_another_units_project_is_not_there(spring: House, road: Project) -> None:
    county = spring.county
    helper = spring.enter_as(county.other_unit)
    for person in (helper, spring.enter_as(county.town.unit)):
        with unchanged(spring.store):
            assert send(person, road).status_code == 404
        for path in ("/progress", "/reports/2027Q1"):
            assert person.get(f"/projects/{road.id}{path}").status_code == 404
    with spring.store.write() as tx:
        tx.projects.set_assisting(road, [county.units[1].id])
    assert helper.get(f"/projects/{road.id}/progress").status_code == 200
    with unchanged(spring.store):
        refused(send(helper, road), 403, "进度由牵头单位报告")


def upload(person: Person, of: Project, *photos: bytes, **typed: object) -> Response:
    files: list[Any] = [("photos", (f"{n}.jpg", raw)) for n, raw in enumerate(photos)]
    address = f"{person.base}/projects/{of.id}/reports/2027Q1"
    return person.client.post(address, data=fields(**typed), files=files)


def test_a_photo_bomb_is_refused_and_the_words_are_kept(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    for bomb in (claims(60_000, 60_000), text_bomb(), b"no photo", b"", noise(64, 64)[:900]):
        with unchanged(spring.store):
            answer = upload(unit, road, jpeg(64, 48), bomb)
        refused(answer, 422, 'id="photos-fault"', "第 2 张", "一标段已经开工。", "需要重新选一次")


def test_seven_photos_are_one_too_many_and_six_lose_where_they_were_taken(
    spring: House, road: Project
) -> None:
    unit = spring.enter_as(spring.county.unit)
    with unchanged(spring.store):
        refused(upload(unit, road, *[jpeg(64, 48)] * 7), 422, "最多 6 张照片")
    assert upload(unit, road, *[jpeg(64, 48)] * 6).status_code == 303
    with spring.store.read() as tx:
        shown = tx.project_files.pictures(spring.county.deputy, road)
    deputy, stranger = (spring.enter_as(one) for one in (spring.county.deputy, spring.county.other_unit))
    answer = deputy.get(f"/pictures/{shown[0].id}")
    assert answer.headers["content-type"] == "image/jpeg"
    assert b"Telltale" not in answer.content
    assert stranger.get(f"/pictures/{shown[0].id}").status_code == 404


def test_a_period_that_is_not_due_has_no_form(spring: House, road: Project) -> None:
    unit = spring.enter_as(spring.county.unit)
    for period in ("2026Q4", "2027Q3", "2027-03", "2027Q5", "x", "2027Q1%00"):
        with unchanged(spring.store):
            assert unit.get(f"/projects/{road.id}/reports/{period}").status_code in {404, 409}
            assert send(unit, road, period).status_code in {404, 409}


def test_a_warning_says_something_at_every_step(spring: House, road: Project) -> None:
    county = spring.county
    staff, unit = spring.enter_as(county.staff), spring.enter_as(county.unit)
    one = issuing.issue(county.store, county.staff, road.id, new_id("w"), "red", "停工。", at(4, 5))
    for bad in ("", " ", "a\x00b", "\u202ex", "x" * 501):
        with unchanged(spring.store):
            sent = staff.post(f"/projects/{road.id}/warnings", key=new_id("w"), level="red", cause=bad)
            refused(sent, 422, 'id="cause-fault"')
            got = unit.post(f"/warnings/{one.id}/acknowledge", measures=bad)
            refused(got, 422, f'id="measures-{one.id}-fault"')
            lifted = staff.post(f"/warnings/{one.id}/lift", reason=bad)
            refused(lifted, 422, f'id="reason-{one.id}-fault"')


def test_a_warning_goes_its_way_on_the_pages(spring: House, road: Project) -> None:
    county = spring.county
    staff, unit, deputy = (spring.enter_as(one) for one in (county.staff, county.unit, county.deputy))
    key = new_id("w")
    for _ in range(2):
        sent = staff.post(f"/projects/{road.id}/warnings", key=key, level="yellow", cause=SCRIPT)
        assert sent.status_code == 303
    assert "黄色预警" in unit.get("/warnings").text
    assert unit.post(f"/warnings/{key}/acknowledge", measures="加班。").status_code == 303
    assert "加班。" in deputy.get(f"/projects/{road.id}/progress").text
    assert staff.post(f"/warnings/{key}/lift", reason="赶上了。").status_code == 303
    again = unit.post(f"/warnings/{key}/acknowledge", measures="再加班。")
    refused(again, 409, "已解除")
    for page in (staff.get("/warnings"), deputy.get("/warnings")):
        assert SCRIPT not in page.text
        assert ESCAPED in page.text


def test_thresholds_leave_each_light_its_room(spring: House, road: Project) -> None:
    office = spring.enter_as(spring.county.government)
    good = {"period": "month", "preset": "five", "grace": 3, "remind": 4, "plan_days": 20, "yellow": 10}
    good |= {"red": 30, "late_months": 3, "five_1": 30, "five_2": 60, "five_3": 90}
    spoilt = {"red": "10", "five_2": "20", "grace": "61", "late_months": "0", "period": "week", "preset": ""}
    for field, typed in spoilt.items():
        with unchanged(spring.store):
            answer = office.post("/reports/settings", **{**good, field: typed})
        refused(answer, 422, f'id="{field}-fault"')
    assert office.post("/reports/settings", **good).status_code == 303
    assert "蓝灯" in office.get("/reports/settings").text


def test_a_table_shows_every_bad_row_and_then_what_it_would_do(spring: House, road: Project) -> None:
    office = spring.enter_as(spring.county.government)
    spring.clock = at(4, 5)
    template = office.get("/reports/template?period=2027Q1")
    assert template.status_code == 200
    start = f"2027年第1季度,{road.label},{road.title}"
    rows = (
        ",".join(COLUMNS),
        f"{start},1,完成招标,101,5,已经招标,,,",
        f"{start},2,路基施工,,,,,,",
        f"{start},3,铺设路面并通车,0,,,,,",
    )
    bad = "\n".join(rows)
    with unchanged(spring.store):
        refused(
            office.upload("/reports/import", "table", "进度.csv", bad.encode()),
            422,
            "“101”",
            "现在是空的",
        )
        empty = office.upload("/reports/import", "table", "进度.csv", b"")
        refused(empty, 422, 'id="table-fault"')
        wrong = office.upload("/reports/import", "table", "进度.xls", b"x")
        refused(wrong, 422, "另存为 .xlsx")
        good = bad.replace("101", "100").replace("路基施工,,", "路基施工,0,")
        shown = office.upload("/reports/import", "table", "进度.csv", good.encode())
        refused(shown, 200, "0% → 100%", "已经招标")
        forged = office.post("/reports/import/confirm", table=good, mark="0" * 64, period="2027Q1")
        refused(forged, 409, "刚刚有过变动")
    mark = shown.text.split('name="mark" value="')[1][:64]
    done = office.post(
        "/reports/import/confirm", table=good.replace("\n", "\r\n"), mark=mark, period="2027Q1"
    )
    assert done.status_code == 303
    assert "20%" in office.get("/reports?period=2027Q1").text


def test_what_waits_stands_on_the_offices_first_page_and_in_its_lists(spring: House, road: Project) -> None:
    spring.clock = at(4, 20)
    reminding.remind(spring.store, spring.county.congress.id, at(4, 20))
    staff = spring.enter_as(spring.county.staff)
    page = staff.get("/today").text
    assert "个项目的进度报告超期没有提交" in page
    assert "件预警建议等待审定" in page
    assert 'href="' + staff.base + '/reports/settings"' in staff.get("/office").text
    assert "超期13天" in staff.get("/reports").text
    own, other = (spring.enter_as(one) for one in (spring.county.unit, spring.county.other_unit))
    assert road.title in own.get("/reports").text
    assert road.title not in other.get("/reports").text
