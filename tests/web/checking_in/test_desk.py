"""Promises of the desk at the door, without a script: one tap or scan, undo, nobody entered twice."""

from __future__ import annotations

import re
from html import unescape

import pytest
from httpx import Response

from tests.doors import Doors, kept
from tests.web.house import House, Person
from voting.checking_in import plenaries


@pytest.fixture
def doors(house: House) -> Doors:
    """Six deputies are expected, nobody has come."""
    return Doors(house.hall)


@pytest.fixture
def usher(house: House, doors: Doors) -> Person:
    """At one of the desks; the plenary has begun."""
    assert doors.plenary.ended_at is None
    return house.enter("usher")


def follow(person: Person, answer: Response) -> str:
    """The page after a form."""
    assert answer.status_code == 303, answer.text
    return words(person.client.get(answer.headers["location"]))


def words(answer: Response) -> str:
    """What stands on the page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).split())


def tap(person: Person, doors: Doors, what: str, number: int, **more: object) -> Response:
    deputy = doors.deputy(number).id
    return person.post(f"/{what}", plenary=doors.plenary.id, deputy=deputy, **more)


def test_part_of_a_name_lists_the_deputies_with_one_button_each(usher: Person, doors: Doors) -> None:
    answer = usher.post("/scan", text="zgl")
    page = follow(usher, answer)
    assert "“zgl”：2 位代表" in page
    assert "1 张桂兰 城关代表团" in page
    assert "6 张国立 西山代表团" in page
    assert page.count("签到 ：张") == 2
    assert "名册里没有找到" in follow(usher, usher.post("/scan", text="赵"))
    assert doors.standing().present == 0


def test_one_tap_checks_in_and_one_takes_it_back(usher: Person, doors: Doors) -> None:
    page = follow(usher, tap(usher, doors, "in", 2))
    assert "2 单雄信 城关代表团 ✓ 签到好了" in page
    assert "实到 1" in page
    assert doors.standing().present == 1
    page = follow(usher, tap(usher, doors, "undo", 2, place=0))
    assert "已撤销：没有签到" in page
    assert doors.standing().present == 0


def test_a_scanned_pass_checks_in_at_once(usher: Person, doors: Doors) -> None:
    made = doors.make_passes()
    page = follow(usher, usher.post("/scan", text=made[2].text))
    assert "3 吕秀梅 东河代表团 ✓ 签到好了" in page
    with kept(doors.store):
        page = follow(usher, usher.post("/scan", text=made[2].text))
    assert "已经签到了" in page
    assert "在“签到台小周”。没有重复登记。" in page


def test_whoever_came_through_another_door_is_not_entered_again(usher: Person, doors: Doors) -> None:
    doors.check_in(1, doors.second)
    assert "已在“西门小吴”签到，不用再签" in follow(usher, usher.post("/scan", text="1"))
    with kept(doors.store):
        page = follow(usher, tap(usher, doors, "in", 1))
    assert "在“西门小吴”。没有重复登记。" in page
    assert "登记离场" in page


def test_leaving_and_coming_back_are_one_tap_each(usher: Person, doors: Doors) -> None:
    doors.come(1)
    page = follow(usher, tap(usher, doors, "out", 1))
    assert "已登记离场" in page
    assert "请收回投票卡" in page
    assert doors.standing().present == 0
    assert "签到好了" in follow(usher, tap(usher, doors, "in", 1))
    assert doors.standing().present == 1


def test_who_comes_after_check_in_has_ended_is_entered_as_late(
    house: House, usher: Person, doors: Doors
) -> None:
    plenaries.close_check_in(doors.store, house.hall.staff, doors.plenary.id, house.hall.now())
    page = follow(usher, usher.post("/scan", text="5"))
    assert "补签到 ：𬱖正，5号" in page
    assert "现在来的记为补签到" in page
    assert "✓ 补签到好了" in follow(usher, tap(usher, doors, "in", 5))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("PJ1:AbCdEfGh:1234567aaa", "这是别的会议的出席证"),
        ("PJ1:AbCdEfGh:123", "出席证没有扫完整"),
        ("张PJ1:", "出席证没有扫完整"),
    ],
)
def test_a_pass_that_leads_nowhere_says_what_to_do(
    usher: Person, doors: Doors, text: str, sentence: str
) -> None:
    with kept(doors.store):
        answer = usher.post("/scan", text=text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "输入姓名查找" in answer.text


def test_a_card_read_by_mistake_is_refused_and_its_secret_goes_nowhere(
    house: House, usher: Person, doors: Doors
) -> None:
    secret = house.hall.cards.credentials[0]
    for text in (
        f"https://example.cn/v/{house.hall.session.code}#{secret}",
        secret,
        secret[:14],
        f"张{secret}",
    ):
        with kept(doors.store):
            answer = usher.post("/scan", text=text)
        assert (answer.status_code, "这是投票卡，不是出席证" in answer.text) == (422, True)
        assert not any(part in answer.text for part in secret.split("-"))


def test_a_pass_that_was_replaced_no_longer_opens(house: House, usher: Person, doors: Doors) -> None:
    made = doors.make_passes()
    staff = house.enter("staff")
    answer = staff.post(f"/sessions/{house.hall.session.id}/passes/{made[0].deputy.id}/renew")
    assert "张桂兰的出席证已经补办" in follow(staff, answer)
    answer = usher.post("/scan", text=made[0].text)
    assert (answer.status_code, "可能已经补办、作废" in answer.text) == (422, True)


def test_refusals_are_plain_sentences_and_change_nothing(usher: Person, doors: Doors) -> None:
    with doors.store.write() as tx:
        tx.deputies.change(doors.deputy(4), suspended=True)
    cases: tuple[tuple[str, int, dict[str, object], int, str], ...] = (
        ("in", 4, {}, 422, "暂停执行代表职务，不能签到"),
        ("out", 1, {}, 409, "张桂兰还没有签到，不能登记离场"),
        ("undo", 1, {"place": 0}, 409, "不能撤销这一次"),
        ("undo", 1, {"place": "x"}, 409, "不能撤销这一次"),
    )
    with kept(doors.store):
        for what, number, more, status, sentence in cases:
            answer = tap(usher, doors, what, number, **more)
            assert (what, answer.status_code) == (what, status)
            assert sentence in answer.text
        assert usher.post("/in", plenary=doors.plenary.id, deputy="x").status_code == 404
        assert usher.post("/in").status_code == 404
    assert "暂停执行代表职务，不能签到" in follow(usher, usher.post("/scan", text="4"))


def test_a_page_of_the_last_plenary_enters_nobody_into_the_next(
    house: House, usher: Person, doors: Doors
) -> None:
    plenaries.end_plenary(doors.store, house.hall.staff, doors.plenary.id, house.hall.now())
    page = words(usher.get("/"))
    assert "还没有开始签到" in page
    with kept(doors.store):
        answer = usher.post("/scan", text="1")
        assert (answer.status_code, "还没有开始签到" in answer.text) == (409, True)
    doors.begin("第二次全体会议")
    with kept(doors.store):
        answer = tap(usher, doors, "in", 1)
    assert answer.status_code == 409
    assert "“第一次全体会议”已经结束" in answer.text


def test_the_figures_alone_are_what_the_page_shows(usher: Person, doors: Doors) -> None:
    doors.come(1, 2, 3)
    shown = usher.get("/").text
    part = usher.get("/figures").text
    assert re.sub(r"\s+", " ", part).strip() in re.sub(r"\s+", " ", shown)
    assert "还差 1 人达到法定人数" in part
    doors.come(4)
    assert "已达到法定人数" in usher.get("/figures").text


def test_staff_have_the_same_desk(house: House, doors: Doors) -> None:
    staff = house.enter("staff")
    desk = f"/sessions/{house.hall.session.id}/desk"
    assert "张桂兰" in follow(staff, staff.post(f"{desk}/scan", text="桂兰"))
    deputy = doors.deputy(1).id
    answer = staff.post(f"{desk}/in", plenary=doors.plenary.id, deputy=deputy)
    assert "签到好了" in follow(staff, answer)
    assert "实到 1" in words(staff.get(f"/sessions/{house.hall.session.id}/attendance"))


def test_words_that_look_like_markup_stay_words(usher: Person, doors: Doors) -> None:
    answer = usher.post("/scan", text="<script>alert(1)</script>")
    page = usher.client.get(answer.headers["location"])
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
