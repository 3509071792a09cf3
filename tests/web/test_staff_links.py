"""`/staff/{link}/links`: given out once, with a QR code, and taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from tests.people import OPENING_DAY
from tests.web.house import House, MakeHouse, Person


def issue(house: House, staff: Person, **changes: str) -> Any:
    fields = {"role": "chair", "name": "王主席", "days": "7", "session": house.hall.session.id} | changes
    return staff.post("/links/new", **fields)


def address(text: str) -> str:
    found = re.search(r'class="code">(http[^<]+)<', text)
    assert found
    return found[1]


@pytest.mark.parametrize("role", ["chair", "operator"])
def test_a_link_is_shown_and_leads_in(house: House, role: str) -> None:
    shown = issue(house, house.enter("staff"), role=role)
    assert shown.status_code == 200
    assert "只显示这一次" in shown.text
    entered = house.visitor().get(address(shown.text))
    assert entered.headers["location"].startswith(f"/{role}/")


def test_a_colleague_gets_a_staff_link(house: House) -> None:
    shown = issue(house, house.enter("staff"), role="staff", name="张科员", session="")
    assert house.visitor().get(address(shown.text)).headers["location"].startswith("/staff/")


def test_the_qr_code_says_the_address(house: House) -> None:
    shown = issue(house, house.enter("staff"))
    side = int(re.findall(r'viewBox="0 0 (\d+)', shown.text)[0])
    image = Image.new("L", (side, side), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", shown.text):
        ImageDraw.Draw(image).point((int(x), int(y)), 0)
    (code,) = zxingcpp.read_barcodes(image.resize((side * 6, side * 6)))
    assert code.text == address(shown.text)


def test_it_is_listed_afterwards_without_its_token(house: House) -> None:
    staff = house.enter("staff")
    token = address(issue(house, staff).text).rpartition("/")[2]
    listed = staff.get(f"/sessions/{house.hall.session.id}").text
    assert "王主席" in listed
    assert token not in listed


def test_it_ends_after_as_many_days_as_were_given(house: House) -> None:
    house.clock = OPENING_DAY
    link = address(issue(house, house.enter("staff"), days="7").text)
    house.clock = OPENING_DAY + timedelta(days=7)
    assert house.visitor().get(link).status_code == 410


def test_a_revoked_link_leads_nowhere_and_is_listed_as_such(house: House) -> None:
    staff, session = house.enter("staff"), house.hall.session.id
    link = address(issue(house, staff).text)
    revoke = re.findall(r'action="([^"]+/revoke)"', staff.get(f"/sessions/{session}").text)[0]
    answer = staff.client.post(revoke, data={"session": session})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{staff.base}/sessions/{session}")
    assert house.visitor().get(link).status_code == 410
    assert "已收回" in staff.get(f"/sessions/{session}").text


def test_ones_own_link_can_be_revoked_and_then_leads_nowhere(house: House) -> None:
    staff = house.enter("staff")
    own = staff.base.rpartition("/")[2]
    staff.post(f"/links/{own}/revoke")
    assert staff.get().status_code == 410


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"role": ""}, "请选择身份"),
        ({"role": "system"}, "请选择身份"),
        ({"name": ""}, "没有填写“姓名”"),
        ({"name": "王\x07主席"}, "不能显示或打印"),
        ({"days": "0"}, "应在 1 至"),
        ({"days": "9999"}, "应在 1 至"),
        ({"role": "scrutineer", "number": ""}, "第几名监票人"),
    ],
)
def test_a_link_that_would_lead_nowhere_is_refused(house: House, changes: dict[str, str], fault: str) -> None:
    staff = house.enter("staff")
    answer = issue(house, staff, **changes)
    assert answer.status_code == 422
    assert fault in answer.text
    assert "只显示这一次" not in answer.text


def test_a_staff_link_for_one_session_is_refused(house: House) -> None:
    answer = issue(house, house.enter("staff"), role="staff")
    assert "只显示这一次" in answer.text, "staff serve the whole congress: the session is left out"


def test_a_scrutineers_link_needs_the_very_name_that_was_adopted(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    staff = house.enter("staff")
    wrong = issue(house, staff, role="scrutineer", name="陈秀莲", number="1")
    right = issue(house, staff, role="scrutineer", name="陈秀英", number="1")
    assert wrong.status_code == 422
    assert "第1名陈秀英、第2名赵建国" in wrong.text
    entered = house.visitor().get(address(right.text))
    assert entered.headers["location"].startswith("/scrutineer/")


def test_the_form_is_filled_in_where_the_page_before_knew(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    staff = house.enter("staff")
    offered = re.findall(r'href="([^"]+role=scrutineer[^"]+)"', staff.get(f"/rounds/{house.id}").text)
    form = staff.client.get(offered[0].replace("&amp;", "&")).text
    assert 'value="陈秀英"' in form
    assert 'value="scrutineer" checked' in form


def test_an_unknown_session_leads_nowhere(house: House) -> None:
    assert issue(house, house.enter("staff"), session="0" * 32).status_code == 404


def test_the_way_back_never_leaves_the_links_own_pages(house: House) -> None:
    staff = house.enter("staff")
    own = staff.base.rpartition("/")[2]
    answer = staff.post(f"/links/{own}/revoke", session="//evil.example")
    assert answer.headers["location"] == staff.base
