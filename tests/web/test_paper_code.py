"""票样码: the phone works it out from the election it seals for, the screen shows the sealed one."""

from __future__ import annotations

from hashlib import sha256
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.people import SELECT, STANCES
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall, OpenHall
from voting.rules import Rules


def code_of(hall: OpenHall) -> str:
    digits = sha256(hall.current().election or b"").hexdigest()
    return f"{digits[:4]} {digits[4:8]} {digits[8:12]}"


def on_phone(deputy: Deputy) -> str:
    """Unfold 票决办法 and read what stands there after 票样码."""
    deputy.page.locator("summary", has_text="票决办法").click()
    said = deputy.page.locator(".rules li", has_text="票样码").inner_text()
    assert said.endswith("，应当和会场大屏幕上的相同。")
    return said.removeprefix("票样码 ").removesuffix("，应当和会场大屏幕上的相同。")


@pytest.mark.parametrize("rules", [SELECT, STANCES], ids=["select_k", "for_against"])
def test_phone_and_hall_screen_show_the_same_paper_code_before_and_during_the_vote(
    phone: Page, screen: Page, open_hall: MakeHall, rules: Rules
) -> None:
    hall, deputy = open_hall(rules, "sealed"), Deputy(phone)
    code = code_of(hall)
    screen.goto(f"{hall.url}/hall/{hall.session.code}")
    expect(screen.locator(".paper")).to_have_text(f"票样码 {code}")
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    expect(phone.locator(".round .code")).to_have_text(code.replace(" ", ""))
    deputy.examine()
    hall.open()
    deputy.sees("voting")
    assert on_phone(deputy) == code
    screen.reload()
    expect(screen.locator(".paper")).to_have_text(f"票样码 {code}")


def test_the_waiting_room_asks_nobody_for_the_code(phone: Page, open_hall: MakeHall) -> None:
    """Five hundred phones wait at the same time: it stands in what they read anyway."""
    hall, deputy = open_hall(state="sealed"), Deputy(phone)
    deputy.scan(hall.scan(0))
    deputy.reads("票样码")
    session = f"/api/v/{hall.session.code}"
    asked = {urlsplit(one.url).path for one in deputy.requests if "/api/" in one.url}
    assert asked <= {session, f"{session}/{hall.round.id}/cards/{hall.public_half(0)}"}


def test_two_elections_have_different_paper_codes(phone: Page, open_hall: MakeHall) -> None:
    deputy, codes = Deputy(phone), []
    for _ in range(2):
        hall = open_hall()
        deputy.scan(hall.scan(0))
        deputy.sees("voting")
        codes.append(on_phone(deputy))
        assert codes[-1] == code_of(hall)
    assert len(set(codes)) == 2
