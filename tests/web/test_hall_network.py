"""Two minutes without network in the hall: everybody recovers, nothing is done twice, nobody is told a lie.

The pages come through a relay. When it is cut, every connection breaks off and there is no new one, and the
browser hears of it by nothing else: Wi-Fi that is up, before a switch that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.doors import Doors
from tests.screens import Visitors, Watch
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall, OpenHall, Service
from tests.web.scrutineer import Desk
from voting import links
from web.rehearsal.wire import Wire, wire

pytestmark = pytest.mark.chromium
CASTING = "**/ballots"


@pytest.fixture(scope="module")
def relay(service: Service) -> Iterator[Wire]:
    with wire(urlsplit(service.url).port or 0) as relay:
        yield relay


@pytest.fixture
def network(relay: Wire, watch: Watch) -> Iterator[Wire]:
    """Between the pages and the server; whole again after the test."""
    watch.allow("Failed to load resource|ERR_")
    yield relay
    relay.mend()


def behind(network: Wire, hall: OpenHall) -> OpenHall:
    """The same hall; its addresses lead through the network."""
    hall.url = network.url
    return hall


def test_waiting_phones_find_the_open_ballot_by_themselves(
    network: Wire, phone: Page, open_hall: MakeHall
) -> None:
    hall, deputy = behind(network, open_hall(state="sealed")), Deputy(phone)
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    network.cut()
    hall.open()
    line = phone.locator("#connection")
    expect(line).to_contain_text("网络不稳")
    deputy.reads("投票还没有开始")
    network.mend()
    deputy.sees("voting")
    expect(line).to_have_text("")


def test_a_ballot_sealed_without_network_is_sent_once_and_counts_once(
    network: Wire, phone: Page, open_hall: MakeHall
) -> None:
    hall, deputy = behind(network, open_hall()), Deputy(phone)
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    network.cut()
    deputy.submit()
    deputy.reads("还没有收到回执，正在自动重试")
    assert hall.turnout() == 0
    network.mend()
    assert deputy.receipt() == hall.tracker(0)
    assert (hall.turnout(), len(set(deputy.posted()))) == (1, 1)


def test_whoever_votes_on_another_phone_meanwhile_votes_once_and_both_are_told_so(
    network: Wire, visitors: Visitors, open_hall: MakeHall
) -> None:
    hall = open_hall()
    direct, first, second = hall.url, Deputy(visitors.phone()), Deputy(visitors.phone())
    first.scan(behind(network, hall).scan(0))
    first.choose(1)
    first.read_back()
    network.cut()
    first.submit()
    first.reads("还没有收到回执")
    hall.url = direct
    second.scan(hall.scan(0))
    tracker = second.vote(2)
    network.mend()
    first.sees("used")
    assert first.code() == tracker
    assert (hall.turnout(), hall.tracker(0)) == (1, tracker)


def test_a_scrutineer_opens_once_though_the_answer_is_lost(
    network: Wire, phone: Page, open_hall: MakeHall
) -> None:
    hall = open_hall()
    hall.cast(0, 1)
    hall.close()
    hall.declare_valid()
    scrutineer = Desk(phone, behind(network, hall))
    scrutineer.enter_with_code()
    scrutineer.at("compare")

    def lose(route: Route) -> None:
        route.fetch()
        network.cut()
        route.abort("connectionreset")

    phone.route("**/decryption", lose)
    scrutineer.open_box()
    scrutineer.reads("不知道有没有送到")
    phone.unroute("**/decryption")
    network.mend()
    scrutineer.at("await_others")
    with hall.store.read() as tx:
        assert len(tx.scrutineers.decryptions(hall.scrutineers[0], hall.round.id)) == 1


def test_a_tap_whose_answer_is_lost_checks_in_once(network: Wire, phone: Page, open_hall: MakeHall) -> None:
    hall = behind(network, open_hall(state="sealed"))
    doors = Doors(hall)
    phone.goto(usher_link(hall))
    phone.get_by_label("扫出席证").fill("2")
    phone.get_by_role("button", name="查找").tap()
    tap = phone.locator("#found").get_by_role("button", name="签到")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        network.cut()
        route.abort("connectionreset")

    phone.route("**/in", lose)
    tap.tap()
    expect(phone.locator("#said")).to_contain_text("可能没有记上。请再点一次，不会重复登记")
    expect(phone.locator("#figures")).to_contain_text("连接中断，正在重连")
    phone.unroute("**/in")
    network.mend()
    expect(phone.locator("#figures .now-there dd")).to_have_text("1")
    tap.tap()
    expect(phone.locator("#said")).to_contain_text("已经签到了")
    assert doors.standing().present == 1


def test_the_screen_keeps_what_it_shows_says_so_and_catches_up(
    network: Wire, screen: Page, open_hall: MakeHall
) -> None:
    hall = behind(network, open_hall())
    screen.goto(f"{hall.url}/hall/{hall.session.code}")
    turnout, line = screen.locator(".turnout strong").first, screen.locator("#connection")
    expect(turnout).to_have_text("0")
    network.cut()
    hall.cast(0, 1)
    expect(line).to_have_text("连接中断，正在重连")
    expect(turnout).to_have_text("0")
    network.mend()
    expect(turnout).to_have_text("1")
    expect(line).to_have_text("")


def usher_link(hall: OpenHall) -> str:
    token = links.issue(
        hall.store,
        hall.staff,
        "usher",
        "东门小周",
        hall.now().replace(year=2126),
        session=hall.session.id,
        now=hall.now(),
        random=hall.random,
    )
    return f"{hall.url}/enter/{token}"


KEPT = """async () => {
  const cache = await caches.open("hall"), keys = await cache.keys();
  const kept = keys.length && await cache.match(keys[0]);
  return keys.map(key => key.url).concat(kept ? [...kept.headers.keys()] : []);
}"""
UNDER_CONTROL = """async () => {
  while (navigator.serviceWorker.controller === null) await new Promise(requestAnimationFrame);
}"""
ONCE_KEPT = """async () => {
  while (await caches.match(location.href) === undefined) await new Promise(requestAnimationFrame);
}"""
ELEVEN_MINUTES_OLD = """async () => {
  const cache = await caches.open("hall"), kept = await cache.match(location.href);
  const headers = new Headers(kept.headers);
  headers.set("kept-at", String(Date.now() - 11 * 60 * 1000));
  await cache.put(location.href, new Response(await kept.text(), {headers}));
}"""


def test_a_screen_reloaded_without_network_shows_what_it_last_showed_and_says_so(
    network: Wire, screen: Page, open_hall: MakeHall
) -> None:
    hall = behind(network, open_hall())
    address = f"{hall.url}/hall/{hall.session.code}"
    screen.goto(address)
    screen.evaluate(UNDER_CONTROL)
    screen.evaluate(ONCE_KEPT)
    assert screen.evaluate(KEPT) == [address, "content-security-policy", "content-type", "kept-at"]
    network.cut()
    hall.cast(0, 1)
    screen.reload()
    line, voted = screen.locator("#connection"), screen.locator(".turnout strong").first
    expect(line).to_contain_text("的画面")
    screen.evaluate("dispatchEvent(new Event('offline'))")
    expect(line).to_contain_text("的画面")
    expect(voted).to_have_text("0")
    screen.evaluate(ELEVEN_MINUTES_OLD)
    screen.reload()
    expect(screen.get_by_role("heading", name="正在等待网络")).to_be_visible()
    expect(voted).to_have_count(0)
    network.mend()
    expect(voted).to_have_text("1")
    expect(line).to_have_text("")


def test_nothing_but_the_screen_of_a_hall_has_something_between_it_and_the_network(
    screen: Page, open_hall: MakeHall
) -> None:
    hall = open_hall()
    screen.goto(f"{hall.url}/hall/{hall.session.code}")
    screen.evaluate(UNDER_CONTROL)
    for path in ("/", f"/v/{hall.session.code}"):
        screen.goto(hall.url + path)
        assert screen.evaluate("navigator.serviceWorker.controller") is None
