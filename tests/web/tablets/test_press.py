"""`…/sessions/{id}/press`: cards made in a clerk's browser, as they come out of the printer."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from ballots.credentials import is_uuid, public_credential
from tests import parts
from tests.people import OPENING_DAY
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.house import House
from voting import links
from voting.cards import DeckFile, read_deck_file, serial_of

DPI = 254
WIDTH, HEIGHT = 525, 990
"""Of one panel, in pixels of a tenth of a millimetre."""
NUMBER = 5


def test_each_visit_to_the_press_gets_rounds_of_its_own(house: House) -> None:
    staff = house.enter("staff")
    found = [uuids_on(staff.get(f"/sessions/{house.hall.session.id}/press").text) for _ in range(2)]
    assert all(is_uuid(one) for uuids in found for one in uuids)
    assert len({one for uuids in found for one in uuids}) == len(found[0]) + len(found[1])
    assert len(found[0]) > 1  # the drafted round, and some to spare


def uuids_on(text: str) -> list[str]:
    found = re.search(r'data-uuids="([^"]*)"', text)
    return found[1].split(" ") if found else []


def test_the_press_of_another_congress_is_not_found(house: House) -> None:
    town = house.enter_as(house.county.town.staff)
    assert town.get(f"/sessions/{house.hall.session.id}/press").status_code == 404


class Printed(NamedTuple):
    """What a clerk has after printing five cards, and what the browser sent meanwhile."""

    hall: OpenHall
    desk: Page
    sent: list[str]
    """Every address asked, with the text sent there; the one file that is sent is looked at in the store."""
    pages: list[Image.Image]

    def panel(self, card: int, row: int) -> Image.Image:
        x, y = card % 4 * WIDTH, row * HEIGHT
        return self.pages[1 + card // 4].crop((x, y, x + WIDTH, y + HEIGHT))

    def scanned(self, card: int) -> str:
        (code,) = zxingcpp.read_barcodes(self.panel(card, 1))
        return code.text


@pytest.fixture
def printed(desk: Page, open_hall: MakeHall, tmp_path: Path) -> Printed:
    hall = open_hall(state="drafted")
    sent: list[str] = []
    desk.context.on(
        "request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data or ''}")
    )
    desk.goto(press_of(hall, desk))
    desk.get_by_label("张数").fill(str(NUMBER))
    desk.get_by_role("button", name="制卡").click()
    expect(desk.get_by_role("heading", name=f"已制好 {NUMBER} 张")).to_be_focused()
    return Printed(hall, desk, sent, paper_of(desk, tmp_path))


def press_of(hall: OpenHall, desk: Page) -> str:
    until = OPENING_DAY + timedelta(days=36500)
    token = links.issue(hall.store, hall.staff, "staff", "刘科长", until, now=OPENING_DAY, random=os.urandom)
    desk.goto(f"{hall.url}/enter/{token}")
    return f"{desk.url.removesuffix('/today')}/sessions/{hall.session.id}/press"


def paper_of(desk: Page, folder: Path) -> list[Image.Image]:
    """What the printer gets, page by page."""
    parts.need("poppler-utils")
    desk.pdf(path=folder / "cards.pdf", prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), folder / "cards.pdf", folder / "page"], check=True)
    return [Image.open(page).convert("L") for page in sorted(folder.glob("page-*.pgm"))]


def test_cards_are_printed_to_be_folded_look_alike_outside_and_leave_only_their_public_numbers(
    printed: Printed,
) -> None:
    assert len(printed.pages) == 3  # the instructions, four cards, one card
    secrets = [printed.scanned(card).split("#")[1] for card in range(NUMBER)]
    assert [printed.scanned(card) for card in range(NUMBER)] == [
        f"{printed.hall.page}#{secret}" for secret in secrets
    ]
    assert len(set(secrets)) == NUMBER
    assert_alike([printed.panel(card, 0) for card in range(NUMBER)])
    assert barriers(printed.desk) == []
    assert not any(secret in printed.desk.locator("main").inner_html() for secret in secrets)

    file = handed_in(printed)
    assert [serial for serial, _ in file.cards] == [serial_of(number) for number in range(1, NUMBER + 1)]
    for secret, (_, credentials) in zip(secrets, file.cards, strict=True):
        assert credentials == tuple(public_credential(uuid, secret) for uuid in file.uuids)
    assert sum("POST" in sent for sent in printed.sent) == 1
    for part in (part for secret in secrets for part in secret.split("-")):
        assert not any(part in sent for sent in printed.sent), "a secret left the browser"


def assert_alike(panels: list[Image.Image]) -> None:
    """But for the printer's rounding: a line may lie a tenth of a millimetre beside itself."""
    first, *others = (panel.resize((WIDTH // 5, HEIGHT // 5), Image.Resampling.BOX) for panel in panels)
    assert sum(first.histogram()[:128]) > 0, "there is nothing on it"
    for other in others:
        assert max(ImageChops.difference(first, other).histogram()[60:]) == 0


def handed_in(printed: Printed) -> DeckFile:
    """The file that the browser sends, and that the clerk may also download: the same."""
    desk = printed.desk
    desk.get_by_role("button", name="清除").click()
    expect(desk.locator("#press-said")).to_contain_text("名单还没有送入系统")
    with desk.expect_download() as downloading:
        desk.get_by_role("link", name="下载名单").click()
    raw = Path(downloading.value.path()).read_bytes()
    desk.get_by_role("button", name="送入系统").click()
    expect(desk.locator("#press-said")).to_contain_text("名单已送入系统")
    with printed.hall.store.read() as tx:
        (loaded,) = tx.decks.of_session(printed.hall.staff, printed.hall.session.id)
    assert loaded.digest == hashlib.sha256(raw).hexdigest()
    desk.get_by_role("button", name="清除").click()
    expect(desk.get_by_role("link", name="回到会议页面")).to_be_visible()
    assert desk.locator("#sheets-of-cards").inner_html() == ""
    return read_deck_file(raw)


def test_a_number_that_cannot_be_pressed_is_named_beside_its_field(desk: Page, open_hall: MakeHall) -> None:
    desk.goto(press_of(open_hall(state="drafted"), desk))
    for typed in ("0", "2001", "五", ""):
        desk.get_by_label("张数").fill(typed)
        desk.get_by_role("button", name="制卡").click()
        expect(desk.locator("#number-fault")).to_have_text("请填写 1 至 2000 之间的整数。")
        expect(desk.get_by_label("张数")).to_be_focused()
    assert barriers(desk) == []
