"""`/…/notices`: what waits is counted in the menu, and leads where it has to be done."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.county import FIRST_DAY, new_id
from tests.web.house import House
from voting.messages import STALE_AFTER, MessageFile, MessageNotSent, send_due
from web.cli import main

ABOUT = new_id("一件建议")


def remind(house: House, **changes: Any) -> None:
    facts: dict[str, Any] = {
        "kind": "due_soon",
        "text": "“村口没有路灯”还有3天到期",
        "path": "/notices",
        "about": ABOUT,
        "due": None,
        "at": FIRST_DAY,
    }
    facts.update(changes)
    with house.store.write() as tx:
        tx.notices.add(house.county.congress.id, **facts)


def test_what_waits_is_counted_in_the_menu_of_every_page(house: House) -> None:
    unit = house.enter_as(house.county.unit)
    assert 'class="count"' not in unit.get("").text
    remind(house, unit=house.county.units[0].id)
    assert '<span class="count">1<span class="hidden">条未读</span></span>' in unit.get("").text
    assert "“村口没有路灯”还有3天到期" in unit.get("/notices").text


@pytest.mark.parametrize("role", ["staff", "government_office", "unit", "deputy", "presidium"])
def test_every_role_of_an_account_has_the_page(house: House, role: Any) -> None:
    answer = house.enter(role).get("/notices")
    assert (answer.status_code, "现在没有提醒" in answer.text) == (200, True)


def test_a_click_notes_it_as_seen_and_leads_there(house: House) -> None:
    remind(house, unit=house.county.units[0].id, path="/suggestions/5f0c")
    unit = house.enter_as(house.county.unit)
    with house.store.read() as tx:
        (notice,) = tx.notices.listing(house.county.unit)
    for _ in range(2):
        answer = unit.post(f"/notices/{notice.id}/see")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{unit.base}/suggestions/5f0c")
    assert 'class="count"' not in unit.get("").text
    assert "交通局小孙" in unit.get("/notices").text


def test_all_can_be_noted_at_once(house: House) -> None:
    for words in ("一", "二"):
        remind(house, unit=house.county.units[0].id, about=new_id(words))
    unit = house.enter_as(house.county.unit)
    assert unit.post("/notices/see").headers["location"] == f"{unit.base}/notices"
    assert "未读" not in unit.get("/notices").text


def test_somebody_elses_notice_stays_unseen(house: House) -> None:
    remind(house, unit=house.county.units[0].id)
    with house.store.read() as tx:
        (notice,) = tx.notices.listing(house.county.unit)
    for actor in (house.county.other_unit, house.county.town.unit):
        assert house.enter_as(actor).post(f"/notices/{notice.id}/see").status_code == 404
    with house.store.read() as tx:
        assert tx.notices.unseen(house.county.unit) == 1


def test_what_a_notice_says_is_shown_and_not_run(house: House) -> None:
    remind(house, unit=house.county.units[0].id, text="<script>alert(1)</script>")
    shown = house.enter_as(house.county.unit).get("/notices").text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown


def with_phone(house: House, place: int, phone: str) -> str:
    deputy = house.county.deputies[place]
    with house.store.write() as tx:
        tx.deputies.change(deputy, phone=phone)
    return deputy.id


def lines(path: Path) -> list[tuple[str, str]]:
    read = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(one["phone"], one["text"]) for one in read]


def test_a_deputy_with_a_telephone_is_told_once(house: House, tmp_path: Path) -> None:
    remind(house, deputy=with_phone(house, 0, "13900000001"), due=(FIRST_DAY + timedelta(days=3)).date())
    remind(house, deputy=with_phone(house, 1, ""))
    remind(house, unit=house.county.units[0].id)
    file = tmp_path / "messages.jsonl"
    messenger = MessageFile(file, lambda: FIRST_DAY)
    assert [send_due(house.store, messenger, FIRST_DAY) for _ in range(2)] == [1, 0]
    words = "“村口没有路灯”还有3天到期（期限9月4日）。请登录代表页面查看。"
    assert lines(file) == [("13900000001", words)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_seen_or_is_old_is_not_sent(house: House, tmp_path: Path) -> None:
    to = with_phone(house, 0, "13900000001")
    remind(house, deputy=to)
    remind(house, deputy=to, about=new_id("老的"), at=FIRST_DAY - STALE_AFTER - timedelta(days=1))
    with house.store.write() as tx:
        tx.notices.see_all(house.county.deputy, FIRST_DAY)
    remind(house, deputy=to, about=new_id("更老"), at=FIRST_DAY - STALE_AFTER - timedelta(days=1))
    assert send_due(house.store, MessageFile(tmp_path / "messages", lambda: FIRST_DAY), FIRST_DAY) == 0


def test_what_could_not_be_sent_is_sent_next_time(house: House, tmp_path: Path) -> None:
    remind(house, deputy=with_phone(house, 0, "13900000001"))
    with pytest.raises(MessageNotSent, match="短信没有发出"):
        send_due(house.store, MessageFile(tmp_path / "no" / "messages", lambda: FIRST_DAY), FIRST_DAY)
    file = tmp_path / "messages.jsonl"
    assert send_due(house.store, MessageFile(file, lambda: FIRST_DAY), FIRST_DAY) == 1
    assert len(lines(file)) == 1


def test_the_command_sends_into_the_file_of_the_settings(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    remind(house, deputy=with_phone(house, 0, "13900000001"), at=datetime.now(UTC))
    file = tmp_path / "out.jsonl"
    monkeypatch.setenv("PIAOJUE_DATABASE", f"sqlite:///{house.file}")
    monkeypatch.setenv("PIAOJUE_MESSAGES", str(file))
    for _ in range(2):
        with pytest.raises(SystemExit) as ended:
            main(["remind"])
        assert ended.value.code == 0
    assert [phone for phone, _ in lines(file)] == ["13900000001"]
    assert capsys.readouterr().out == "发出短信1条。\n没有要发的短信。\n"
