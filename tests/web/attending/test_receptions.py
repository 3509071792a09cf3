"""接待日 and 联络站活动 at the desk, and what the public sees of the reception days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.county import FIRST_DAY, Body, new_id
from tests.web.house import House, Person
from voting import audit
from voting.receptions import ReceptionPlan
from voting.stations import Station
from voting.store.audit import Wanted

DAY = "2026-09-17"


def a_station(body: Body, name: str) -> Station:
    new = Station(id=new_id(name), congress=body.congress.id, code=new_id(name)[:8], name=name, kind="point")
    with body.store.write() as tx:
        tx.stations.add(new)
    return new


@pytest.fixture
def clerk(house: House) -> Person:
    house.clock = FIRST_DAY
    return house.enter_as(replace(house.county.staff, link=new_id("工作人员")))


@pytest.fixture
def points(house: House) -> tuple[Station, Station]:
    return a_station(house.county, "东河接待点"), a_station(house.county, "南桥接待点")


@pytest.fixture
def planned(clerk: Person, points: tuple[Station, Station]) -> tuple[Station, Station]:
    answer = clerk.post(
        "/receptions/plan", name="一七有约", day_of_month="17", stations=[one.id for one in points]
    )
    assert answer.status_code == 303
    return points


def changes(house: House, what: str) -> int:
    return len(audit.read_all(house.store, house.county.presidium, Wanted(whats=(what,))))


def test_the_duty_list_of_all_points_is_made_in_one_step(
    house: House, clerk: Person, planned: tuple[Station, Station]
) -> None:
    first, second = planned
    page = clerk.get("/receptions").text
    assert "一七有约" in page
    assert "2026年9月17日（星期四）的值班" in page
    names = {f"at_{first.id}": "张桂兰、王建军", f"at_{second.id}": "李秀梅"}
    for _ in range(2):
        assert clerk.post("/receptions", day=DAY, **names).status_code == 303
    assert (changes(house, "change_duty"), changes(house, "hold_reception_day")) == (2, 1)
    own = house.enter_as(replace(house.county.deputy, link=new_id("代表"))).get("/duties").text
    assert "2026年9月17日（星期四）" in own
    assert first.name in own
    clerk.post("/receptions", day=DAY, **{**names, f"at_{first.id}": "王建军"})
    assert "没有安排" in house.enter_as(replace(house.county.deputy, link=new_id("代表"))).get("/duties").text


def test_the_next_list_is_filled_with_who_was_there_last_time(
    house: House, clerk: Person, planned: tuple[Station, Station]
) -> None:
    clerk.post("/receptions", day=DAY, **{f"at_{planned[0].id}": "张桂兰、王建军"})
    house.clock = FIRST_DAY + timedelta(days=20)
    with house.store.write() as tx:
        tx.deputies.end(house.county.deputies[1], FIRST_DAY.date())
    page = clerk.get("/receptions").text
    assert "2026年10月17日" in page
    assert 'value="张桂兰"' in page
    assert "王建军" not in page


def test_the_figures_of_a_day_are_shown_at_the_desk_and_to_the_public(
    house: House, clerk: Person, planned: tuple[Station, Station]
) -> None:
    public = house.visitor()
    address = f"/t/{house.county.congress.id}/stations"
    assert "下一次：2026年9月17日" in public.get(address).text
    assert "到今天共接待" not in public.get(address).text
    clerk.post("/receptions", day=DAY, **{f"at_{planned[0].id}": "张桂兰、王建军"})
    house.clock = FIRST_DAY.replace(day=18)
    clerk.post(f"/stations/{planned[0].id}/receptions", received=DAY, people="31", deputies="张桂兰")
    at = FIRST_DAY.replace(day=17)
    for route in ("answered_now", "explained"):
        house.county.suggest(station=planned[0].id, received_at=at, state="answered", route=route)
    shown = public.get(address).text
    for words in (
        "一七有约",
        "每月17日，代表在 2 个接待点",
        "下一次：2026年10月17日",
        "31 人次",
        "2 件",
        "1 件",
    ):
        assert words in shown
    desk = clerk.get("/receptions").text
    assert "1 次接待日" in desk
    assert desk.count('<td class="figure">31</td>') == 2
    clerk.post("/settings")
    assert public.get(address).status_code == 404


@pytest.mark.parametrize("line", ["李四", "<script>alert(1)</script>", "长" * 100_000, "坏\u202e字"])
def test_names_that_are_not_clear_stand_beside_their_field_and_nothing_is_arranged(
    house: House, clerk: Person, planned: tuple[Station, Station], line: str
) -> None:
    typed = {f"at_{planned[0].id}": line, f"at_{planned[1].id}": "张桂兰"}
    answer = clerk.post("/receptions", day=DAY, **typed)
    assert answer.status_code == 422
    assert f'id="at_{planned[0].id}-fault"' in answer.text
    assert "<script>alert" not in answer.text
    assert changes(house, "change_duty") == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "day_of_month": "17"},
        {"name": "长" * 100_000, "day_of_month": "17"},
        {"name": "接待日", "day_of_month": "29"},
        {"name": "接待日", "day_of_month": "0"},
        {"name": "接待日", "day_of_month": "十七"},
        {"name": "接待日", "day_of_month": "17", "stations": []},
    ],
)
def test_an_odd_plan_is_refused(
    house: House, clerk: Person, points: tuple[Station, Station], typed: dict[str, object]
) -> None:
    answer = clerk.post("/receptions/plan", **{"stations": [points[0].id], **typed})
    assert answer.status_code == 422
    assert "没有保存" in answer.text
    with house.store.read() as tx:
        assert tx.settings.get(house.county.congress.id, ReceptionPlan) == ReceptionPlan()


def test_another_congresss_stations_and_deputies_take_no_part(
    house: House, clerk: Person, planned: tuple[Station, Station]
) -> None:
    theirs = a_station(house.county.town, "镇上的点")
    clerk.post("/receptions/plan", name="一七有约", day_of_month="17", stations=[planned[0].id, theirs.id])
    with house.store.read() as tx:
        assert tx.settings.get(house.county.congress.id, ReceptionPlan).stations == (planned[0].id,)
    typed = {f"at_{planned[0].id}": "张桂兰", f"at_{theirs.id}": "张桂兰"}
    assert clerk.post("/receptions", day=DAY, **typed).status_code == 303
    with house.store.read() as tx:
        assert tx.reception_days.points(house.county.congress.id, FIRST_DAY.replace(day=17).date()) == {
            planned[0].id
        }
        assert tx.station_work.all_on_duty(house.county.town.staff, FIRST_DAY.date(), FIRST_DAY.date()) == ()


@pytest.mark.parametrize("day", ["", "2026-02-30", "<script>"])
def test_a_day_that_is_none_is_refused(
    house: House, clerk: Person, planned: tuple[Station, Station], day: str
) -> None:
    answer = clerk.post("/receptions", day=day, **{f"at_{planned[0].id}": "张桂兰"})
    assert answer.status_code == 422
    assert clerk.get(f"/receptions?day={day}").status_code == 200
    assert changes(house, "change_duty") == 0


def test_only_staff_arrange(house: House, planned: tuple[Station, Station]) -> None:
    for actor in (house.county.deputy, house.county.unit, house.county.government, house.county.presidium):
        person = house.enter_as(replace(actor, link=new_id("别人")))
        assert person.get("/receptions").status_code == 404
        assert person.post("/receptions", day=DAY).status_code == 404


def test_a_station_that_owes_activities_is_named_until_it_has_done_them(
    house: House, clerk: Person, points: tuple[Station, Station]
) -> None:
    assert "2026年第三季度还有 2 个站活动不足 2 次" in clerk.get("/stations").text
    one = points[0]
    for n, key in enumerate(("a" * 32, "a" * 32, "b" * 32)):
        typed = {"key": key, "day": "2026-09-01", "kind": "study", "words": f"学习代表法 {n}"}
        assert clerk.post(f"/stations/{one.id}/activities", **typed).status_code == 303
    page = clerk.get(f"/stations/{one.id}/activities").text
    assert "学习代表法 0" in page
    assert "学习代表法 1" not in page
    assert changes(house, "enter_activity") == 2
    desk = clerk.get("/stations").text
    assert "还有 1 个站活动不足 2 次" in desk
    clerk.post("/activities/quota", least="0")
    assert "活动不足" not in clerk.get("/stations").text
    clerk.post("/activities/quota", least="3")
    assert "还差 3 次" in clerk.get("/stations").text
    house.clock = FIRST_DAY.replace(month=10)
    assert "2026年第四季度还有 2 个站" in clerk.get("/stations").text


@pytest.mark.parametrize(
    "typed",
    [
        {"day": ""},
        {"day": "2026-09-02"},
        {"kind": "party"},
        {"words": " "},
        {"words": "长" * 100_000},
        {"words": "坏\x00字"},
    ],
)
def test_odd_activities_are_refused_and_kept(
    house: House, clerk: Person, points: tuple[Station, Station], typed: dict[str, str]
) -> None:
    said = {"day": "2026-09-01", "kind": "study", "words": "学习代表法", **typed}
    answer = clerk.post(f"/stations/{points[0].id}/activities", **said)
    assert answer.status_code == 422
    assert said["words"].strip()[:5].replace("\x00", "") in answer.text.replace("�", "").replace("\x00", "")
    assert changes(house, "enter_activity") == 0


def test_activities_of_closed_and_of_foreign_stations_are_refused(
    house: House, clerk: Person, points: tuple[Station, Station]
) -> None:
    said = {"day": "2026-09-01", "kind": "study", "words": "<script>alert(1)</script>"}
    clerk.post(f"/stations/{points[1].id}/activities", **said)
    assert "<script>alert" not in clerk.get(f"/stations/{points[1].id}/activities").text
    theirs = a_station(house.county.town, "镇上的站")
    assert clerk.post(f"/stations/{theirs.id}/activities", **said).status_code == 404
    with house.store.write() as tx:
        tx.stations.end(points[0], FIRST_DAY)
    assert clerk.post(f"/stations/{points[0].id}/activities", **said).status_code == 422
    assert changes(house, "enter_activity") == 1


@pytest.mark.parametrize("least", ["", "两", "-1", "101", "9" * 100_000])
def test_an_odd_quota_is_refused(clerk: Person, points: tuple[Station, Station], least: str) -> None:
    assert clerk.post("/activities/quota", least=least).status_code == 422
    assert "不足 2 次" in clerk.get("/stations").text
