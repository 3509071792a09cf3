"""Promises of the secretariat's pages of 签到: plenaries, the list and its tables, leave, passes."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from PIL import Image
from pypdf import PdfReader

from tests import parts
from tests.doors import Doors, kept
from tests.web.checking_in.test_desk import follow, words
from tests.web.house import House, MakeHouse, Person
from voting import drafting


@pytest.fixture
def staff(house: House) -> Person:
    return house.enter("staff")


@pytest.fixture
def here(house: House) -> str:
    """Where the session's pages lie."""
    return f"/sessions/{house.hall.session.id}"


def test_a_plenary_is_begun_once_closed_and_ended(house: House, staff: Person, here: str) -> None:
    Doors(house.hall, begun=False)
    page = words(staff.get(f"{here}/attendance"))
    assert "开始一次全体会议" in page
    answer = staff.post(f"{here}/plenaries", title="")
    assert (answer.status_code, "没有填写“会议名称”" in answer.text) == (422, True)
    assert "还差 4 人达到法定人数" in follow(staff, staff.post(f"{here}/plenaries", title="第一次全体会议"))
    with kept(house.store):
        follow(staff, staff.post(f"{here}/plenaries", title="第一次全体会议"))
        answer = staff.post(f"{here}/plenaries", title="第二次全体会议")
    assert (answer.status_code, "还没有结束" in answer.text) == (409, True)
    with house.store.read() as tx:
        [plenary] = tx.plenaries.listing(house.hall.staff, house.hall.session.id)
    its = f"{here}/plenaries/{plenary.id}"
    assert "现在来的记为补签到" in follow(staff, staff.post(f"{its}/close"))
    assert "签到结束" in follow(staff, staff.post(f"{its}/open"))
    with kept(house.store):
        answer = staff.post(f"{its}/end")
        assert (answer.status_code, "请先勾选" in answer.text) == (422, True)
        assert staff.post(f"{its}/away").status_code == 404
    assert "恢复“第一次全体会议”" in follow(staff, staff.post(f"{its}/end", confirm="yes"))
    assert "打开签到台" in follow(staff, staff.post(f"{its}/resume"))


def test_a_plenary_is_turned_only_below_its_own_session(house: House, staff: Person, here: str) -> None:
    doors = Doors(house.hall)
    second = drafting.create_session(house.store, house.hall.staff, "第二次会议", 6, os.urandom)
    with kept(house.store):
        for step in ("close", "end"):
            address = f"/sessions/{second.id}/plenaries/{doors.plenary.id}/{step}"
            assert staff.post(address, confirm="yes").status_code == 404
    assert "现在来的记为补签到" in follow(
        staff, staff.post(f"{here}/plenaries/{doors.plenary.id}/close", confirm="yes")
    )


def test_a_plenary_is_not_ended_while_ballots_are_cast(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    doors = Doors(house.hall)
    staff = house.enter("staff")
    with kept(house.store):
        answer = staff.post(
            f"/sessions/{house.hall.session.id}/plenaries/{doors.plenary.id}/end", confirm="yes"
        )
    assert (answer.status_code, "正在投票，不能结束全体会议" in answer.text) == (409, True)


def test_the_list_shows_who_is_there_who_is_not_and_who_is_on_leave(
    house: House, staff: Person, here: str
) -> None:
    doors = Doors(house.hall)
    doors.come(1, 2)
    doors.check_out(2)
    answer = staff.post(f"{here}/leave", who="3", reason="因病住院", which="session")
    assert "1 人次" in follow(staff, answer)
    shown = {
        show: words(staff.get(f"{here}/attendance?show={show}")).rpartition("办理")[0]
        for show in ("all", "present", "left", "absent", "leave")
    }
    listed = {show: [d.name for d in doors.deputies if d.name in text] for show, text in shown.items()}
    assert listed["present"] == ["张桂兰"]
    assert listed["left"] == ["单雄信"]
    assert listed["leave"] == ["吕秀梅"]
    assert listed["absent"] == [doors.deputy(n).name for n in (4, 5, 6)]
    assert len(listed["all"]) == 6


def test_the_list_is_taken_home_as_a_workbook_and_as_csv(house: House, staff: Person, here: str) -> None:
    doors = Doors(house.hall)
    doors.come(1, 5)
    doors.check_out(1)
    its = f"{here}/plenaries/{doors.plenary.id}/attendance"
    sheet = load_workbook(io.BytesIO(staff.get(f"{its}.xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "第一次全体会议签到"
    assert rows[1][:4] == ["序号", "姓名", "代表团", "情况"]
    assert [row[:4] for row in rows[2:]] == [
        [one.number, one.name, one.delegation, said]
        for one, said in zip(
            doors.deputies, ["已离场", "未到", "未到", "未到", "在会场", "未到"], strict=True
        )
    ]
    body = staff.get(f"{its}.csv").content
    assert body.startswith(b"\xef\xbb\xbf")
    lines = body.decode("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert lines[5].startswith("5,𬱖正,西山代表团,在会场,2026-01-25 ")
    assert staff.get(f"/sessions/{'0' * 32}/plenaries/{doors.plenary.id}/attendance.csv").status_code == 404


def test_the_roster_and_the_session_must_agree_on_how_many(house: House, staff: Person, here: str) -> None:
    doors = Doors(house.hall)
    assert "请核对：应到" not in words(staff.get(f"{here}/attendance"))
    with house.store.write() as tx:
        tx.deputies.end(doors.deputy(6), house.hall.now().date())
    page = words(staff.get(f"{here}/attendance"))
    assert "全体代表是 6 人，代表名册里有 5 人" in page


def test_leave_asks_who_is_meant_and_keeps_what_was_typed(house: House, staff: Person, here: str) -> None:
    Doors(house.hall)
    with kept(house.store):
        for who, sentence in (
            ("张", "不止一位：1号张桂兰（城关代表团）、6号张国立（西山代表团）。请改填序号"),
            ("赵", "名册里没有找到“赵”"),
            ("", "没有填写“请假的代表”"),
        ):
            answer = staff.post(f"{here}/leave", who=who, reason="因公出差", which="session")
            assert (answer.status_code, sentence in answer.text) == (422, True)
            assert 'value="因公出差"' in answer.text
        answer = staff.post(f"{here}/leave", who="1", reason="", which="session")
        assert (answer.status_code, "没有填写“请假事由”" in answer.text) == (422, True)
        assert staff.post(f"{here}/leave", who="1", reason="出差", which="0" * 32).status_code == 404
    page = follow(staff, staff.post(f"{here}/leave", who="sxx", reason="因公出差", which="session"))
    assert "2 单雄信 城关代表团 因公出差 整个会期" in page
    with house.store.read() as tx:
        [noted] = tx.leaves.holding(house.hall.session)
    assert "还没有人请假" in follow(staff, staff.post(f"{here}/leave/{noted.id}/withdraw"))


def test_every_pass_is_printed_once_and_its_code_scans_to_its_deputy(
    house: House, staff: Person, here: str, tmp_path: Path
) -> None:
    parts.need("poppler-utils")
    roster = [(f"代表{n}", f"第{n % 3}代表团") for n in range(1, 9)] + [("𬱖𠮷", "第三代表团")]
    doors = Doors(house.hall, roster, begun=False)
    assert staff.get(f"{here}/passes.pdf").status_code == 404
    assert "9 位代表的出席证可以打印" in follow(staff, staff.post(f"{here}/passes"))
    with kept(house.store):
        follow(staff, staff.post(f"{here}/passes"))
    made = {one.text: one.deputy for one in doors.make_passes()}
    pdf = staff.get(f"{here}/passes.pdf").content
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 2
    scanned = [code.text for page in _pictures(pdf, tmp_path) for code in zxingcpp.read_barcodes(page)]
    assert sorted(scanned) == sorted(made)
    text = "".join(PdfReader(io.BytesIO(pdf)).pages[1].extract_text().split())
    assert "𬱖𠮷" in text
    assert "第9号" in text
    one = doors.deputy(2)
    single = staff.get(f"{here}/passes/{one.id}/pass.pdf").content
    [code] = [code.text for page in _pictures(single, tmp_path) for code in zxingcpp.read_barcodes(page)]
    assert made[code] == one


def _pictures(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The sheets as a scanner at a door would see them, 150 dots an inch."""
    for old in folder.glob("page-*"):
        old.unlink()
    command = ["pdftoppm", "-gray", "-r", "150", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)
    return [Image.open(page).convert("L") for page in sorted(folder.glob("page-*.pgm"))]


def test_without_a_roster_there_is_nothing_to_print(house: House, staff: Person, here: str) -> None:
    with kept(house.store):
        answer = staff.post(f"{here}/passes")
    assert (answer.status_code, "代表名册是空的" in answer.text) == (409, True)


def test_the_session_page_shows_the_figures_and_the_way(house: House, staff: Person, here: str) -> None:
    doors = Doors(house.hall)
    doors.come(1, 2, 3, 4, 5)
    page = words(staff.get(here))
    assert "第一次全体会议：应到 6 人， 实到 5 人" in page
    assert "已达到法定人数（4 人）" in page
    chair = words(house.enter("chair").get(f"/rounds/{house.id}"))
    assert "应到 6 实到 5 请假 0 法定人数 4" in chair
    assert "已达到法定人数，可以进行表决" in chair
