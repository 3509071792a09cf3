"""Passes and leftover cards before a laptop's camera: what is sent of each, and that the camera stays on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from ballots.credentials import generate_uuid
from tests.doors import Doors
from tests.people import OPENING_DAY
from tests.screens import Visitors, Watch, filming
from tests.web.barriers import barriers
from tests.web.filmed import Film
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import links
from voting.cards import Deck, deck_file, make_deck
from voting.handing_out import decks


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return Film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="module")
def camera(browser: Browser, film: Film) -> Iterator[Browser]:
    with filming(browser, film.file) as opened:
        yield opened


@pytest.fixture
def laptop(camera: Browser, watch: Watch) -> Iterator[Page]:
    people = Visitors(camera, watch)
    yield people.desk()
    people.leave()


def load_deck(hall: OpenHall) -> Deck:
    made = make_deck(3, [generate_uuid(os.urandom) for _ in range(2)], os.urandom)
    raw = deck_file(hall.session.code, made)
    decks.load_deck(hall.store, hall.staff, hall.session.id, raw, hall.now())
    return made


def session_page(hall: OpenHall, laptop: Page, page: str) -> None:
    """Come in as staff, to a page below the session's."""
    until = OPENING_DAY + timedelta(days=36500)
    token = links.issue(hall.store, hall.staff, "staff", "刘科长", until, now=OPENING_DAY, random=os.urandom)
    laptop.goto(f"{hall.url}/enter/{token}")
    laptop.goto(f"{laptop.url.removesuffix('/today')}/sessions/{hall.session.id}/{page}")


def places(hall: OpenHall) -> list[str]:
    with hall.store.read() as tx:
        deck = decks.newest(tx, hall.staff, hall.session.id)
        assert deck is not None
        return [one.place for one in tx.decks.cards(deck)]


def test_a_leftover_card_is_counted_back_by_its_public_numbers_alone(
    laptop: Page, film: Film, open_hall: MakeHall
) -> None:
    hall = open_hall(state="drafted")
    made = load_deck(hall)
    sent: list[str] = []
    laptop.context.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    film.show(f"{hall.page}#{made.credentials[1]}")
    session_page(hall, laptop, "deck/count")
    back = laptop.locator("form[action$='/deck/back']")
    back.get_by_role("button", name="打开摄像头").click()
    expect(laptop.locator("#said")).to_contain_text("收回 1 张")
    expect(back.locator("video")).to_be_visible()
    assert places(hall) == ["out", "leftover", "out"]
    assert barriers(laptop) == []

    back.get_by_role("button", name="关闭摄像头").click()
    back.locator("input").fill(f"{hall.page}#{made.credentials[2]}")  # as a hand scanner types it
    back.locator("input").press("Enter")
    expect(laptop.locator("#figures")).to_contain_text("1 张")
    assert places(hall) == ["out", "leftover", "leftover"]
    assert any("/deck/back" in one for one in sent)
    assert not any(part in one for one in sent for card in made.credentials for part in card.split("-"))


def test_the_card_of_another_session_is_not_sent_at_all(
    laptop: Page, film: Film, open_hall: MakeHall
) -> None:
    hall = open_hall(state="drafted")
    made = load_deck(hall)
    film.show(f"{hall.url}/v/AbCdEfGh#{made.credentials[0]}")
    session_page(hall, laptop, "deck/count")
    back = laptop.locator("form[action$='/deck/back']")
    back.get_by_role("button", name="打开摄像头").click()
    expect(back.get_by_role("status")).to_contain_text("这张投票卡不是本次会议的")
    assert places(hall) == ["out", "out", "out"]


def test_passes_are_scanned_one_after_the_other_and_a_card_is_held_back(
    laptop: Page, film: Film, open_hall: MakeHall
) -> None:
    hall = open_hall(state="drafted")
    doors = Doors(hall)
    first, second, *_ = doors.make_passes()
    sent: list[str] = []
    laptop.context.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    film.show(first.text)
    session_page(hall, laptop, "desk")
    laptop.get_by_role("button", name="打开摄像头").click()
    expect(laptop.locator("#said")).to_contain_text(first.deputy.name)
    for text in (hall.scan(0), second.text):
        film.show(text)
        laptop.get_by_role("button", name="换另一个摄像头").click()
        if text == second.text:
            expect(laptop.locator("#said")).to_contain_text(second.deputy.name)
        else:
            expect(laptop.locator(".scan-said")).to_contain_text("这是投票卡，没有送出")
    assert doors.standing().present == 2
    assert barriers(laptop) == []
    assert not any(part in one for one in sent for part in hall.cards.credentials[0].split("-"))
