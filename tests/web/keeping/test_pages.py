"""Promises of the pages of 保存期限, 会议档案, and of what is said to citizens and to 网信."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest

from tests.county import FIRST_DAY
from tests.web.house import House
from voting.keeping.rules import RULES, KeepingSettings, period

NAME, NUMBER = "欧阳不留痕", "13912345678"


def old_suggestion(house: House) -> str:
    """Closed so long ago that it is due."""
    long_ago = house.hall.now() - timedelta(days=1500)
    return house.county.suggest(
        state="closed", received_at=long_ago, closed_at=long_ago, proposer=NAME, phone=NUMBER
    ).label


def test_staff_see_what_is_due_erase_it_and_find_the_record(house: House) -> None:
    old_suggestion(house)
    clerk = house.enter_as(house.county.staff)
    assert "2项" in clerk.get("/keeping").text
    refused = clerk.post("/keeping/erase")
    assert refused.status_code == 422
    assert "没有删除" in refused.text
    assert clerk.post("/keeping/erase", confirm="yes").status_code == 303
    shown = clerk.get("/keeping")
    assert "2项" not in shown.text
    assert house.county.staff.name in shown.text
    assert NAME not in shown.text


def test_a_hold_is_put_shown_and_lifted(house: House) -> None:
    label = old_suggestion(house)
    clerk = house.enter_as(house.county.staff)
    assert (
        clerk.post("/keeping/holds", about="suggestion", number=label, reason="信访复查").status_code == 303
    )
    shown = clerk.get("/keeping")
    assert "信访复查" in shown.text
    assert "2项" not in shown.text
    (lift,) = re.findall(r"/keeping/holds/[0-9a-f]{32}/lift", shown.text)
    assert clerk.post(lift).status_code == 303
    assert "2项" in clerk.get("/keeping").text


@pytest.mark.parametrize("number", ["", "第一件", "2027-99999", "９-９", "2027-1'; --"])
def test_what_cannot_be_held_or_erased_gets_a_sentence_and_keeps_what_was_typed(
    house: House, number: str
) -> None:
    clerk = house.enter_as(house.county.staff)
    held = clerk.post("/keeping/holds", about="suggestion", number=number, reason="信访复查")
    assert held.status_code == 422
    assert "请填写台账上的编号" in held.text
    assert 'value="信访复查"' in held.text
    asked = clerk.post("/keeping/proposer", asked=number, sure="yes")
    assert asked.status_code == 422
    assert "没有找到这一件" in asked.text


def test_at_the_proposer_s_wish_name_and_number_are_gone_from_the_staff_page(house: House) -> None:
    one = house.county.suggest(proposer=NAME, phone=NUMBER)
    clerk = house.enter_as(house.county.staff)
    page = f"/suggestions/{one.id}"
    assert NAME in clerk.get(page).text
    assert clerk.post("/keeping/proposer", asked=one.label, sure="yes").status_code == 303
    after = clerk.get(page)
    assert after.status_code == 200
    assert NAME not in after.text
    assert NUMBER not in after.text


def test_at_the_proposer_s_wish_the_words_go_too_unless_they_are_needed(house: House) -> None:
    one = house.county.suggest(f"{NAME}家门口没有路灯", state="refused", decided_at=FIRST_DAY)
    open_one = house.county.suggest("还在办的", proposer=NAME)
    clerk = house.enter_as(house.county.staff)
    refused = clerk.post("/keeping/proposer", asked=open_one.label, sure="yes", words="yes")
    assert refused.status_code == 422
    assert "原文现在不能删除" in refused.text
    assert NAME in clerk.get(f"/suggestions/{open_one.id}").text
    assert clerk.post("/keeping/proposer", asked=one.label, sure="yes", words="yes").status_code == 303
    after = clerk.get(f"/suggestions/{one.id}")
    assert NAME not in after.text
    assert "（已删除）" in after.text


def test_the_pages_name_every_kind_and_its_period(house: House) -> None:
    clerk = house.enter_as(house.county.staff)
    kept, said = clerk.get("/keeping").text, clerk.get("/keeping/protection").text
    public = house.visitor().get(f"/t/{house.county.congress.id}/privacy").text
    for kind, rule in RULES.items():
        assert rule.name in kept
        assert rule.what in kept
        assert f"从{rule.since}起{period(kind, KeepingSettings())}" in said
    for words in (
        "没有受理的意见和投诉举报，原文24个月后删除",
        "受理了但没有公开的，原文在办结以后60个月删除",
        "站内的提醒12个月后删除",
        "短信文件30天后删除",
        "账号停用或者不再任职12个月后",
        "接待登记的说明24个月后删除",
    ):
        assert words in public


def test_a_period_out_of_bounds_is_refused_beside_its_field_and_one_within_is_kept(house: House) -> None:
    clerk = house.enter_as(house.county.staff)
    months = dict(re.findall(r'name="(\w+)" value="(\d+)"', clerk.get("/keeping").text))
    assert months["logins"] == "12"
    refused = clerk.post("/keeping", **{**months, "logins": "3"})
    assert refused.status_code == 422
    assert 'id="logins-fault"' in refused.text
    assert clerk.post("/keeping", **{**months, "proposers": "37"}, contact="县人大办公室").status_code == 303
    assert 'name="proposers" value="37"' in clerk.get("/keeping").text
    public = house.visitor().get(f"/t/{house.county.congress.id}/privacy").text
    assert "37个月" in public
    assert "县人大办公室" in public


def test_other_roles_and_the_other_congress_have_no_such_page(house: House) -> None:
    for somebody in (house.county.unit, house.county.deputy, house.county.government):
        assert house.enter_as(somebody).get("/keeping").status_code in {403, 404}
    label = old_suggestion(house)
    town = house.enter_as(house.county.town.staff)
    assert town.post("/keeping/proposer", asked=label, sure="yes").status_code == 422
    assert "2项" not in town.get("/keeping").text


@pytest.mark.parametrize("page", ["", "/new", "/find", "/projects"])
def test_every_page_for_citizens_leads_to_what_is_done_with_their_data(house: House, page: str) -> None:
    here = f"/t/{house.county.congress.id}"
    assert f'href="{here}/privacy"' in house.visitor().get(here + page).text


def test_the_statement_for_the_authorities_can_be_read_and_printed(house: House) -> None:
    clerk = house.enter_as(house.county.staff)
    assert "都不是国密算法" in clerk.get("/keeping/protection").text
    assert clerk.get("/keeping/protection/pdf").content.startswith(b"%PDF")
    assert clerk.get("/keeping/protection/docx").content.startswith(b"PK")
    assert clerk.get("/keeping/protection/exe").status_code == 404


def test_the_archive_of_a_session_is_downloaded_once_everything_is_over(house: House) -> None:
    house.hall.reach("open")
    clerk, page = house.enter("staff"), f"/sessions/{house.hall.session.id}/archive"
    assert "还没有结束" in clerk.get(page).text
    assert clerk.post(page).status_code == 404
    house.hall.reach("published")
    assert clerk.post(page, fonds="../../").status_code == 422
    sent = clerk.post(page, fonds="0023", office="BGS")
    assert sent.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as opened:
        assert "移交清单.xlsx" in opened.namelist()
    assert 'value="0023"' in clerk.get(page).text


def test_a_visitor_who_is_due_today_keeps_the_name_until_midnight(house: House) -> None:
    """The first day of the county lies before the pages' own time; nothing of it is due yet."""
    house.county.suggest(state="closed", closed_at=FIRST_DAY)
    assert "2项" not in house.enter_as(house.county.staff).get("/keeping").text
