"""`/t/{congress}/new`: what a citizen sends arrives once, and whatever goes wrong nothing typed is lost."""

from __future__ import annotations

from typing import Any, Final

import pytest
from sqlalchemy import insert

from tests import pictures
from tests.web.citizen import Citizen, hidden, typed
from tests.web.house import House
from voting.collecting import gate
from voting.collecting.codes import query_hash, read_code
from voting.store.tables.collecting import station
from voting.suggestions import Suggestion


@pytest.fixture
def citizen(house: House) -> Citizen:
    return Citizen(house)


def kept(citizen: Citizen, code: str) -> Suggestion:
    with citizen.house.store.read() as tx:
        return tx.suggestions.by_query_hash(query_hash(read_code(code)))


def add_station(citizen: Citizen, code: str, congress: str, *, ended: bool = False) -> None:
    with citizen.house.store.write() as tx:
        row = {
            "congress": congress,
            "id": (code * 32)[:32].lower(),
            "code": code,
            "name": f"{code}联络站",
            "kind": "站",
            "village": None,
            "address": "",
            "hours": "",
            "leader": "",
            "liaison": "",
            "ended_at": citizen.house.clock if ended else None,
        }
        tx.inbox._connection.execute(insert(station).values(row))


def test_a_form_leads_to_a_receipt_with_its_code_and_qr(citizen: Citizen) -> None:
    answer = citizen.send(proposer="周大爷", phone="139 1234 5678")
    code = citizen.code_of(answer)
    receipt = citizen.client.get(answer.headers["location"])
    assert receipt.status_code == 200
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    for group in code.split("-"):
        assert group in receipt.text
    assert 'role="img"' in receipt.text
    assert receipt.headers["cache-control"] == "no-store"
    assert receipt.headers["referrer-policy"] == "no-referrer"
    one = kept(citizen, code)
    assert (one.proposer, one.phone, one.state) == ("周大爷", "139 1234 5678", "received")


def test_photos_arrive_and_only_the_proposer_and_the_office_can_see_them(citizen: Citizen) -> None:
    code = citizen.code_of(citizen.send(photos=(pictures.jpeg(), pictures.png())))
    with citizen.house.store.read() as tx:
        first, second = tx.photos.of(kept(citizen, code))
    mine = f"{citizen.home}/mine/{code}/photos/{first.id}"
    shown = citizen.client.get(mine)
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"] == "no-store"
    assert shown.content[:2] == b"\xff\xd8"
    assert len(citizen.client.get(f"{mine}?small=1").content) < len(shown.content)
    assert mine in citizen.client.get(f"{citizen.home}/mine/{code}").text
    assert citizen.client.get(f"{citizen.home}/photos/{first.id}").status_code == 404
    office = citizen.house.enter_as(citizen.body.staff)
    assert office.get(f"/photos/{second.id}").content[:2] == b"\xff\xd8"
    stranger = citizen.house.enter_as(citizen.house.county.town.staff)
    assert stranger.get(f"/photos/{second.id}").status_code == 404


def test_the_same_form_sent_twice_leads_to_the_same_receipt(citizen: Citizen) -> None:
    page = citizen.form()
    first, second = citizen.send(page), citizen.send(page)
    assert first.headers["location"] == second.headers["location"]
    assert citizen.waiting() == 1


def test_changed_words_in_a_form_already_sent_are_kept_for_a_second_one(citizen: Citizen) -> None:
    page = citizen.form()
    citizen.send(page)
    again = citizen.send(page, title="村口也没有路牌")
    assert again.status_code == 409
    assert typed(again.text, "title") == "村口也没有路牌"
    assert citizen.send(again, title="村口也没有路牌").status_code == 303
    assert citizen.waiting() == 2


SCRIPT = '"><script>alert(1)</script>'


def test_everything_typed_survives_a_fault_and_is_escaped(citizen: Citizen) -> None:
    names = ("title", "text", "spot", "proposer")
    scripts: dict[str, Any] = dict.fromkeys((*names, "phone"), SCRIPT)
    answer = citizen.send(photos=(pictures.jpeg(),), **scripts)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "刚才选的照片需要重新选一次" in answer.text
    for name in (*names, "phone"):
        assert typed(answer.text, name) == SCRIPT
    assert citizen.waiting() == 0


def test_a_script_in_every_field_is_shown_as_text_wherever_it_is_read(citizen: Citizen) -> None:
    names = ("title", "text", "spot", "proposer")
    scripts: dict[str, Any] = dict.fromkeys(names, SCRIPT)
    code = citizen.code_of(citizen.send(**scripts))
    office = citizen.house.enter_as(citizen.body.staff)
    pages = [
        citizen.client.get(f"{citizen.home}/sent/{code}"),
        citizen.client.get(f"{citizen.home}/mine/{code}"),
        office.get("/inbox"),
        office.get(f"/inbox/{kept(citizen, code).id}"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "&lt;script&gt;" in page.text
        assert "<script>alert" not in page.text


def test_what_cannot_be_taken_is_said_beside_its_field(citizen: Citizen) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"title": ""}, "没有填写“标题”"),
        ({"text": "x" * 100_000}, "太长：有100,000个字"),
        ({"title": "路\x07灯"}, "不能显示或打印"),
        ({"text": "路\u202e灯"}, "不能显示或打印"),
        ({"category": ""}, "请选择类别"),
        ({"category": "nothing"}, "不在名单上"),
        ({"village": citizen.body.congress.id}, "不在名单上"),
        ({"phone": "打给我"}, "电话号码写法不对"),
        ({"consent": ""}, "请先勾选"),
        ({"matter": "x"}, "请选择您要提的是哪一种"),
        ({"website": "https://spam.example"}, "这一栏请不要填写"),
    ]
    for fields, sentence in cases:
        answer = citizen.send(**fields)
        assert (fields, answer.status_code) == (fields, 422)
        assert sentence in answer.text
    assert citizen.waiting() == 0


NO_PHOTOS: Final = (
    (b"<html>", "不是照片"),
    (pictures.claims(10_000, 5_000), "50 百万像素"),
    (pictures.claims(65_000, 65_000), "像素太多"),
    (pictures.jpeg(900, 900)[:3000], "损坏"),
    (b"\xff\xd8" + bytes(13 * 1024 * 1024), "超过 12 MB"),
)


def test_a_photo_that_is_none_keeps_the_words(citizen: Citizen) -> None:
    for raw, sentence in NO_PHOTOS:
        answer = citizen.send(photos=(pictures.jpeg(), raw))
        assert answer.status_code == 422
        assert "第 2 张（1.jpg）" in answer.text
        assert sentence in answer.text
        assert typed(answer.text, "title") == "村口没有路灯"
    assert citizen.waiting() == 0


def test_a_seventh_photo_is_refused_and_forty_megabytes_together(citizen: Citizen) -> None:
    answer = citizen.send(photos=(pictures.jpeg(50, 40),) * 7)
    assert answer.status_code == 422
    assert "最多 6 张照片，这次有 7 张" in answer.text
    heavy = pictures.jpeg() + bytes(11 * 1024 * 1024)
    answer = citizen.send(photos=(heavy,) * 4)
    assert answer.status_code == 422
    assert "加起来超过 40 MB" in answer.text
    assert typed(answer.text, "title") == "村口没有路灯"
    assert citizen.waiting() == 0


FORM: Final = {"content-type": "multipart/form-data; boundary=x"}


def test_more_than_anybody_listens_to_is_refused_in_words(citizen: Citizen) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
    body = part + bytes(81 * 1024 * 1024)
    answer = citizen.client.post(f"{citizen.home}/new", content=body, headers=FORM)
    assert answer.status_code == 413
    assert "照片太大" in answer.text


def test_a_body_that_is_no_form_is_refused_in_words(citizen: Citizen) -> None:
    for body in (b"", b"no boundary here", b"--x\r\nbroken", b"--x\r\nContent-Disposition: x"):
        answer = citizen.client.post(f"{citizen.home}/new", content=body, headers=FORM)
        assert answer.status_code == 400
        assert "提交的内容无法读取" in answer.text


def test_sent_too_fast_it_is_shown_again_and_then_taken(citizen: Citizen) -> None:
    page = citizen.form()
    fields = citizen.fields(page)
    citizen.pass_time(2)
    fast = citizen.client.post(f"{citizen.home}/new", data=fields)
    assert fast.status_code == 422
    assert "提交得太快了" in fast.text
    assert hidden(fast.text)["slip"] == hidden(page.text)["slip"]
    assert citizen.send(fast).status_code == 303


def test_a_page_left_open_for_days_is_taken_at_the_second_try(citizen: Citizen) -> None:
    page = citizen.form()
    citizen.pass_time(3 * 86_400)
    stale = citizen.send(page, title="开了很久的页面")
    assert stale.status_code == 422
    assert typed(stale.text, "title") == "开了很久的页面"
    assert hidden(stale.text)["slip"] != hidden(page.text)["slip"]
    assert citizen.send(stale).status_code == 303


def test_a_device_that_floods_is_stopped_and_its_neighbour_is_not(citizen: Citizen) -> None:
    """All requests of the test client come from one address."""
    pages = [citizen.form() for _ in range(40)]
    answers = [citizen.send(page).status_code for page in pages]
    assert answers == [303] * gate.MOST_AN_HOUR + [429] * (40 - gate.MOST_AN_HOUR)
    refused = citizen.send(pages[-1], title="第四十件")
    assert "一小时内提交的次数太多" in refused.text
    assert typed(refused.text, "title") == "第四十件"
    assert citizen.send(pages[-1], photos=(b"<html>",)).status_code == 429, "nobody looks at its photos"
    neighbour = Citizen(citizen.house)
    assert neighbour.send().status_code == 303
    assert citizen.waiting() == gate.MOST_AN_HOUR + 1
    citizen.pass_time(3600)
    assert citizen.send().status_code == 303


def test_the_only_cookie_is_the_devices_mark_below_t(citizen: Citizen) -> None:
    cookie = citizen.form().headers["set-cookie"]
    assert cookie.startswith("piaojue_device=")
    assert {"HttpOnly", "Path=/t", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
    assert "set-cookie" not in citizen.form().headers
    assert "set-cookie" not in citizen.send().headers
    secure = Citizen(citizen.house)
    assert "set-cookie" not in secure.client.get(f"/v/{citizen.house.hall.session.code}").headers


def test_a_poster_of_a_station_counts_for_the_station(citizen: Citizen) -> None:
    add_station(citizen, "AAAA1111", citizen.body.congress.id)
    page = citizen.form("?station=AAAA1111")
    assert "AAAA1111联络站" in page.text
    one = kept(citizen, citizen.code_of(citizen.send(page)))
    assert one.station is not None
    assert one.source == "public"


def test_a_poster_that_leads_nowhere_still_leads_to_the_form(citizen: Citizen) -> None:
    add_station(citizen, "BBBB2222", citizen.house.county.town.congress.id)
    add_station(citizen, "CCCC3333", citizen.body.congress.id, ended=True)
    for code, status in (("BBBB2222", 404), ("CCCC3333", 410), ("nosuch", 404), ("%00", 404)):
        page = citizen.form(f"?station={code}")
        assert page.status_code == status
        assert "您仍然可以在这里直接提" in page.text
        assert hidden(page.text)["station"] == ""
        assert kept(citizen, citizen.code_of(citizen.send(page))).station is None


def test_a_station_that_is_not_ours_or_closed_meanwhile_loses_nothing(citizen: Citizen) -> None:
    add_station(citizen, "BBBB2222", citizen.house.county.town.congress.id)
    add_station(citizen, "CCCC3333", citizen.body.congress.id, ended=True)
    for code, status in (("BBBB2222", 404), ("CCCC3333", 410)):
        before = citizen.waiting()
        answer = citizen.send(station=code, title="站点撤销了")
        assert answer.status_code == status
        assert typed(answer.text, "title") == "站点撤销了"
        assert citizen.waiting() == before
        assert citizen.send(answer, title="站点撤销了").status_code == 303


def test_a_complaint_is_told_where_to_go_and_needs_no_category(citizen: Citizen) -> None:
    answer = citizen.send(matter="complaint", category="")
    receipt = citizen.client.get(answer.headers["location"])
    assert "12345" in receipt.text
    assert "信访" in receipt.text
    assert kept(citizen, citizen.code_of(answer)).kind == "complaint"


def test_a_congress_that_is_not_there_has_no_form(citizen: Citizen) -> None:
    for path in ("/t/nothing/new", f"/t/{'0' * 32}/new", "/t/nothing/find", "/t/nothing/sent/x"):
        assert citizen.client.get(path).status_code in {404, 422}
    assert citizen.client.post(f"/t/{'0' * 32}/new", data={}).status_code == 404
