"""`/staff/…/stations`: the registry, duty, receptions, posters; and what everybody may know of it."""

import re
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.county import FIRST_DAY
from tests.parts import need
from tests.web.house import House, Person
from voting import audit
from voting.stations import Station
from voting.store.audit import Wanted

TODAY = "2026-09-01"
STATION: dict[str, object] = {
    "name": "南桥社区人大代表联络站",
    "kind": "station",
    "address": "南桥社区党群服务中心一楼",
    "hours": "每月17日 9:00至11:30",
    "leader": "张桂兰",
    "liaison": "王建军",
}


@pytest.fixture
def clerk(house: House) -> Person:
    house.clock = FIRST_DAY
    return house.enter_as(house.county.staff)


def stations(house: House) -> tuple[Station, ...]:
    with house.store.read() as tx:
        return tx.stations.current(house.county.congress.id)


def a_station(house: House, clerk: Person, **changes: object) -> Station:
    known = {one.id for one in stations(house)}
    typed = {**STATION, "village": house.county.villages[2].id, **changes}
    assert clerk.post("/lists/stations", **typed).status_code == 303
    return next(one for one in stations(house) if one.id not in known)


def test_a_station_is_registered_changed_and_ended(house: House, clerk: Person) -> None:
    one = a_station(house, clerk)
    page = clerk.get(f"/stations/{one.id}").text
    for words in ("南桥社区人大代表联络站", "类型：站", "所在村社：南桥社区", "联络员：王建军"):
        assert words in page
    answer = clerk.post(f"/lists/stations/{one.id}", **{**STATION, "hours": "工作日"})
    assert answer.headers["location"] == f"{clerk.base}/stations"
    assert "工作日" in clerk.get("/stations").text
    with house.store.read() as tx:
        changed = tx.stations.get(house.county.staff, one.id)
    assert (changed.hours, changed.village, changed.code) == ("工作日", None, one.code)
    clerk.post(f"/lists/stations/{one.id}/end", confirm="yes")
    assert stations(house) == ()
    assert "已停用" in clerk.get(f"/stations/{one.id}").text


def test_stations_come_from_a_table_with_their_villages(house: House, clerk: Person) -> None:
    table = "名称,类型,村社,站长\n东河村联络站,站,东河村,张桂兰\n示例县代表之家,家,,\n".encode()
    shown = clerk.upload("/lists/stations/import", "table", "站.csv", table)
    mark = re.search(r'id="mark" value="([0-9a-f]{64})"', shown.text)
    typed = re.search(r'name="table" value="([^"]*)"', shown.text)
    assert mark
    assert typed
    clerk.post("/lists/stations/import/confirm", mark=mark[1], table=typed[1])
    found = {one.name: (one.kind, one.village) for one in stations(house)}
    villages = house.county.villages
    assert found == {"东河村联络站": ("station", villages[0].id), "示例县代表之家": ("home", None)}
    assert len({one.code for one in stations(house)}) == 2
    wrong = "名称,类型,村社\n甲站,厅,东河村\n乙站,站,没有的村\n".encode()
    refused = clerk.upload("/lists/stations/import", "table", "站.csv", wrong)
    assert refused.status_code == 422
    assert "可以填：家、站、室、点" in refused.text
    assert "所在村社“没有的村”不在可选的范围里" in refused.text


def test_duty_is_given_shown_and_taken_back(house: House, clerk: Person) -> None:
    one, deputy = a_station(house, clerk), house.county.deputies[0]
    for _ in range(2):
        answer = clerk.post(f"/stations/{one.id}/duty", day="2026-09-17", deputy=deputy.id)
        assert answer.headers["location"] == f"{clerk.base}/stations/{one.id}?month=2026-09#duty"
    shown = clerk.get(f"/stations/{one.id}?month=2026-09").text
    assert "2026年9月17日（星期四）" in shown
    assert "2026年9月17日" not in clerk.get(f"/stations/{one.id}?month=2026-10").text
    person = house.enter_as(house.county.deputy)
    assert "2026年9月17日（星期四）" in person.get("/duties").text
    assert "没有安排" in house.enter_as(house.county.other_deputy).get("/duties").text
    for _ in range(2):
        clerk.post(f"/stations/{one.id}/duty/off", day="2026-09-17", deputy=deputy.id)
    assert "没有安排" in person.get("/duties").text
    changes = audit.read_all(house.store, house.county.presidium, Wanted(whats=("change_duty",)))
    assert len(changes) == 2


def test_duties_that_are_over_are_not_shown_to_the_deputy(house: House, clerk: Person) -> None:
    one, deputy = a_station(house, clerk), house.county.deputies[0]
    clerk.post(f"/stations/{one.id}/duty", day=TODAY, deputy=deputy.id)
    person = house.enter_as(house.county.deputy)
    assert "2026年9月1日" in person.get("/duties").text
    house.clock = FIRST_DAY + timedelta(days=1)
    assert "没有安排" in person.get("/duties").text


def test_odd_duties_are_refused_and_nothing_is_arranged(house: House, clerk: Person) -> None:
    one = a_station(house, clerk)
    theirs = house.county.town.deputies[0].id
    for day, deputy in (("", house.county.deputies[0].id), ("2026-02-30", theirs), (TODAY, theirs)):
        assert clerk.post(f"/stations/{one.id}/duty", day=day, deputy=deputy).status_code == 422
    assert clerk.post(f"/stations/{one.id}/duty", day=TODAY, deputy="\x00").status_code == 422
    assert clerk.get(f"/stations/{one.id}?month=2026-13").status_code == 200
    assert "这个月还没有安排" in clerk.get(f"/stations/{one.id}?month=<script>").text


def test_receptions_are_entered_once_and_counted(house: House, clerk: Person) -> None:
    one = a_station(house, clerk)
    key = re.search(r'name="key" value="([0-9a-f]{32})"', clerk.get(f"/stations/{one.id}").text)
    assert key
    said = {"received": TODAY, "deputies": "张桂兰、王建军", "people": "１２", "note": "路灯\n饮水"}
    for _ in range(2):
        assert clerk.post(f"/stations/{one.id}/receptions", key=key[1], **said).status_code == 303
    shown = clerk.get(f"/stations/{one.id}").text
    assert ("张桂兰、王建军" in shown, "共 1 次" in shown) == (True, True)
    house.county.suggest(station=one.id)
    registry = clerk.get("/stations").text
    assert re.findall(r'<td class="figure">(\d+)</td>', registry) == ["1", "12", "1"]


NO_RECEPTIONS = (
    {"received": "2026-09-02"},
    {"received": "昨天"},
    {"people": "0"},
    {"people": "100000"},
    {"deputies": ""},
    {"deputies": "王\u202e伟"},
    {"note": "\x07"},
    {"note": "长" * 100_000},
)


def test_what_cannot_be_a_reception_is_refused(house: House, clerk: Person) -> None:
    one = a_station(house, clerk)
    for typed in NO_RECEPTIONS:
        said = {"received": TODAY, "deputies": "张桂兰", "people": "3", "note": "", **typed}
        answer = clerk.post(f"/stations/{one.id}/receptions", key="a" * 32, **said)
        assert answer.status_code == 422
        assert 'class="fault"' in answer.text
    assert "共 1 次" not in clerk.get(f"/stations/{one.id}").text


def test_another_congress_station_is_not_found(house: House, clerk: Person) -> None:
    one = a_station(house, clerk)
    other = house.enter_as(house.county.town.staff)
    said = {"received": TODAY, "deputies": "张桂兰", "people": "3", "note": "", "day": TODAY, "deputy": ""}
    assert other.get(f"/stations/{one.id}").status_code == 404
    assert other.get(f"/stations/{one.id}/poster.pdf").status_code == 404
    for path in ("duty", "duty/off", "receptions"):
        assert other.post(f"/stations/{one.id}/{path}", **said).status_code == 404
    assert house.enter_as(house.county.presidium).get("/stations").status_code == 404
    assert house.enter_as(house.county.unit).get("/duties").status_code == 404


def codes_on(pdf: bytes, folder: Path) -> list[str]:
    """What a phone reads from each page, in the order of the pages."""
    (folder / "poster.pdf").write_bytes(pdf)
    program = need("poppler-utils")
    subprocess.run([program, "-gray", "-r", "60", folder / "poster.pdf", folder / "page"], check=True)
    pages = [Image.open(page) for page in sorted(folder.glob("page*.pgm"))]
    return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize(("paper", "width"), [("a4", 210), ("a3", 297)])
def test_every_poster_leads_to_the_form_of_its_station(
    house: House, clerk: Person, tmp_path: Path, paper: str, width: int
) -> None:
    a_station(house, clerk)
    a_station(house, clerk, name="长" * 120, address="址" * 120, hours="时" * 120)
    answer = clerk.get(f"/stations/posters.pdf?paper={paper}")
    assert answer.headers["content-type"] == "application/pdf"
    read = PdfReader(BytesIO(answer.content))
    assert len(read.pages) == 2
    assert round(float(read.pages[0].mediabox.width) / 72 * 25.4) == width
    form = f"{house.settings.url}/t/{house.county.congress.id}/new?station="
    assert codes_on(answer.content, tmp_path) == [form + one.code for one in stations(house)]
    words = "".join(page.extract_text() for page in read.pages)
    for said in ("示例县人民代表大会", STATION["name"], "开放时间", "扫一扫", "查询码"):
        assert str(said) in words


def test_one_stations_poster_is_its_own(house: House, clerk: Person, tmp_path: Path) -> None:
    a_station(house, clerk, name="别的站")
    one = a_station(house, clerk)
    (code,) = codes_on(clerk.get(f"/stations/{one.id}/poster.pdf").content, tmp_path)
    assert code.endswith(f"?station={one.code}")
    assert house.visitor().get(code.removeprefix(house.settings.url)).status_code == 200


def test_without_stations_there_is_nothing_to_print(clerk: Person) -> None:
    answer = clerk.get("/stations/posters.pdf")
    assert (answer.status_code, "还没有联络站" in answer.text) == (404, True)


def test_everybody_may_know_the_stations_but_no_telephone(house: House, clerk: Person) -> None:
    one = a_station(house, clerk, liaison="王建军 13912345678")
    gone = a_station(house, clerk, name="停用的站")
    clerk.post(f"/lists/stations/{gone.id}/end", confirm="yes")
    address = f"/t/{house.county.congress.id}/stations"
    shown = house.visitor().get(address)
    assert "set-cookie" not in shown.headers
    for words in (one.name, one.address, one.hours, "站长：张桂兰", f"new?station={one.code}"):
        assert words in shown.text
    assert "13912345678" not in shown.text
    assert "停用的站" not in shown.text
    clerk.post("/settings")
    hidden = house.visitor().get(address)
    assert (hidden.status_code, one.name in hidden.text) == (404, False)
    for unknown in ("f" * 32, "x", "%00"):
        assert house.visitor().get(f"/t/{unknown}/stations").status_code == 404
