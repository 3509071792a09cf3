"""A teller's phone and the clerk's desk in a real Chromium: the way from closing to the signed figures."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.people import STANCES
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import drafting, links
from voting.actors import Actor
from voting.cycle import Method

FIGURES = {"赞成": ("5", "3"), "反对": ("0", "1"), "弃权": ("0", "1")}


def hold(hall: OpenHall, method: Method) -> None:
    drafted = hall.round
    hall.round = drafting.change_round(
        hall.store,
        hall.staff,
        drafted.id,
        drafted.title,
        drafted.rules,
        drafted.candidates,
        hall.now(),
        method,
    )


def way_in(hall: OpenHall, actor: Actor) -> str:
    """The address of a new personal link."""
    now = datetime.now(UTC)
    token = links.issue(
        hall.store,
        hall.staff,
        actor.role,
        actor.name,
        now + timedelta(days=1),
        session=actor.session,
        scrutineer=actor.scrutineer,
        now=now,
        random=os.urandom,
    )
    return f"{hall.url}/enter/{token}"


def fill(page: Page, taking_part: str) -> None:
    page.get_by_label("参加表决人数").fill(taking_part)
    for answer, figures in FIGURES.items():
        for field, figure in zip(page.get_by_label(answer, exact=True).all(), figures, strict=True):
            field.fill(figure)


def test_two_tellers_on_their_phones_find_their_difference(
    open_hall: MakeHall, phone: Page, watch: Watch
) -> None:
    watch.allow("422")
    hall = open_hall(STANCES, "drafted")
    hold(hall, "hands")
    hall.adopt()
    hall.open()
    hall.close()
    phone.goto(way_in(hall, hall.tellers[0]))
    fill(phone, "5")
    phone.get_by_role("button", name="核对合计").click()
    expect(phone.get_by_text("合计5，与参加表决人数相符").first).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_role("button", name="提交", exact=True).click()
    expect(phone.get_by_role("heading", name="您已经录入，等另一名计票人")).to_be_visible()
    assert barriers(phone) == []
    phone.goto(way_in(hall, hall.tellers[1]))
    fill(phone, "6")
    phone.get_by_role("button", name="提交", exact=True).click()
    expect(phone.get_by_role("alert")).to_contain_text("与参加表决人数6不符")
    assert barriers(phone) == []
    phone.get_by_label("弃权").first.fill("1")
    phone.get_by_label("弃权").nth(1).fill("2")
    phone.get_by_role("button", name="提交", exact=True).click()
    expect(phone.get_by_text("有 3 处不同")).to_be_visible()
    assert barriers(phone) == []


def test_the_clerk_s_desk_says_what_the_papers_wait_for(open_hall: MakeHall, desk: Page) -> None:
    hall = open_hall(STANCES, "open")
    desk.goto(way_in(hall, hall.staff))
    desk.goto(f"{desk.url.removesuffix('/today')}/rounds/{hall.round.id}")
    expect(desk.get_by_role("heading", name="纸质票")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_text("投票卡用不了，改用纸质票").click()
    desk.get_by_label("主持人已在会场宣布改用纸质票").check()
    desk.get_by_role("button", name="改用纸质票").click()
    expect(desk.get_by_role("heading", name="重新票决")).to_be_visible()
    assert barriers(desk) == []
