"""`/v/{code}` on bad Wi-Fi: nothing is lost, nothing is sent twice, nothing leaks, nothing stays."""

from __future__ import annotations

import gzip
import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.people import SELECT, STANCES, TITLES
from tests.screens import Watch
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall, OpenHall
from voting.rules import Rules

BALLOTS = "**/ballots"
SESSION = "**/api/v/*"


@pytest.fixture
def deputy(phone: Page, watch: Watch) -> Deputy:
    """Somebody with a phone, in a hall where requests fail."""
    watch.allow("Failed to load resource")
    return Deputy(phone)


def news(deputy: Deputy, hall: OpenHall) -> None:
    """Something changes in the session, and the page has heard of it."""
    with deputy.page.expect_response(
        lambda answer: answer.url.endswith(hall.session.code) and answer.status == 200
    ):
        hall.draft_another("另一项票决")


def test_a_reload_in_mid_ballot_keeps_the_choices(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(2, 3)
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.chosen() == [2, 3]
    deputy.choose(2)
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.chosen() == [3]


def test_choices_are_not_carried_into_another_election(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(2)
    key = next(key for key in deputy.kept() if key.endswith("/choices"))
    elsewhere = json.dumps(deputy.draft() | {"fingerprint": "A" * 43})
    deputy.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, elsewhere])
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.chosen() == []


def test_news_neither_move_nor_reset_a_half_filled_ballot(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.row(2).locator("summary").click()
    deputy.choose(3)
    deputy.page.evaluate("window.scrollTo(0, 200)")
    before = deputy.page.evaluate("scrollY"), deputy.places()
    news(deputy, hall)
    after = deputy.page.evaluate("scrollY"), deputy.places()
    assert after == before
    assert deputy.chosen() == [3]
    expect(deputy.row(2).locator("dl")).to_be_visible()
    expect(deputy.box(3)).to_be_focused()


def test_asking_again_costs_nothing_while_nothing_changes(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    with deputy.page.expect_response(lambda answer: answer.status == 304) as asked:
        deputy.scan(hall.scan(0))
    assert asked.value.url.endswith(f"/api/v/{hall.session.code}")


def test_a_shaky_network_is_said_calmly_and_moves_nothing(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(1)
    before = deputy.places()
    deputy.page.context.set_offline(True)
    line = deputy.page.locator("#connection")
    expect(line).to_have_text("网络不稳，正在重试，您的选择已保存在本机")
    assert deputy.places() == before
    assert deputy.chosen() == [1]
    deputy.page.context.set_offline(False)
    expect(line).to_have_text("")


def test_a_lost_reply_gives_the_same_receipt_on_retry(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().json()["tracker"])
        route.abort("connectionreset")

    deputy.page.route(BALLOTS, lose_first)
    deputy.scan(hall.scan(0))
    assert [deputy.vote(1)] == lost == [hall.tracker(0)]
    first, second = deputy.posted()
    assert first == second
    assert hall.turnout() == 1


def test_a_ballot_submitted_offline_is_sent_later(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.page.context.set_offline(True)
    deputy.submit()
    deputy.sees("sending")
    deputy.reads("还没有收到回执，正在自动重试")
    assert hall.turnout() == 0
    sealed = next(value for key, value in deputy.kept().items() if key.endswith("/sealed"))
    deputy.page.context.set_offline(False)
    assert deputy.receipt() == hall.tracker(0)
    assert set(deputy.posted()) == {json.loads(sealed)["ballot"]}


def test_a_reload_while_sending_sends_the_same_bytes(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.page.route(BALLOTS, lambda route: route.abort())
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.submit()
    deputy.reads("还没有收到回执")
    deputy.examine()
    deputy.page.reload()
    deputy.reads("还没有收到回执")
    with deputy.page.expect_request(BALLOTS):
        deputy.press("马上再试")
    deputy.page.unroute(BALLOTS)
    assert deputy.receipt() == hall.tracker(0)
    assert len(set(deputy.posted())) == 1


def test_a_page_of_somebody_elses_gateway_is_not_taken_for_an_answer(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy.page.route(BALLOTS, lambda route: route.fulfill(status=403, body="<h1>请登录会场无线网</h1>"))
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.submit()
    deputy.reads("还没有收到回执")
    with deputy.page.expect_request(BALLOTS):
        deputy.press("马上再试")
    deputy.page.unroute(BALLOTS)
    assert deputy.receipt() == hall.tracker(0)


@pytest.mark.parametrize("rules", [SELECT, STANCES], ids=["select_k", "for_against"])
def test_after_the_receipt_nothing_about_the_choice_is_left(
    deputy: Deputy, open_hall: MakeHall, rules: Rules
) -> None:
    deputy.scan(open_hall(rules).scan(0))
    entries = deputy.page.evaluate("history.length")
    if rules is SELECT:
        deputy.choose(2)
    else:
        deputy.say(1, "反对")
        deputy.say(2, "赞成")
    deputy.read_back()
    deputy.submit()
    tracker = deputy.receipt()
    assert deputy.kept_kinds() == {"card", "election", "receipt"}
    kept = next(json.loads(value) for key, value in deputy.kept().items() if key.endswith("/receipt"))
    assert kept.keys() == {"fingerprint", "tracker", "signature"}
    assert kept["tracker"] == tracker
    content = deputy.page.content()
    assert [title for title in TITLES if title in content] == []
    assert deputy.page.locator("input").count() == 0
    assert deputy.page.evaluate("[history.length, history.state]") == [entries, None]
    deputy.page.reload()
    assert deputy.receipt() == tracker


def test_the_card_leaves_the_address_bar_and_no_request_carries_it(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.sees("voting")
    assert deputy.page.url == hall.page
    deputy.vote(1)
    deputy.press("核对：我的票在不在票箱里")
    deputy.reads("您的票在票箱里")
    secret = hall.cards.credentials[0]
    assert len(deputy.requests) >= 6
    for request in deputy.requests:
        address = request.url.partition("#")[0]  # no browser sends what follows
        sent = address + json.dumps(request.all_headers()) + (request.post_data or "")
        assert [part for part in secret.split("-") if part in sent] == []


def test_the_page_sets_no_cookie_and_sends_none(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.page.context.add_cookies([{"name": "other", "value": "1", "url": hall.url}])
    deputy.scan(hall.scan(0))
    deputy.vote(1)
    api = [request for request in deputy.requests if "/api/" in request.url]
    assert len(api) >= 3
    assert [request.url for request in api if "cookie" in request.all_headers()] == []
    assert [cookie["name"] for cookie in deputy.page.context.cookies()] == ["other"]


def test_the_page_talks_to_no_other_host(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.vote(1)
    # A thread is made of bytes that the page holds already.
    asked = [urlsplit(request.url.removeprefix("blob:")) for request in deputy.requests]
    assert {one.netloc for one in asked} == {urlsplit(hall.url).netloc}


def test_the_whole_page_is_at_most_sixty_kilobytes_compressed(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.sees("voting")
    answers = [request.response() for request in deputy.requests]
    bodies = {answer.url: answer.body() for answer in answers if answer is not None}
    assert {url.rsplit(".", 1)[-1] for url in bodies} >= {"js", "css"}
    assert sum(len(gzip.compress(body, 9)) for body in bodies.values()) <= 60 * 1024


def test_a_receipt_that_proves_nothing_is_a_warning(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()

    def forge(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"signature": "0" * 128})

    deputy.page.route(BALLOTS, forge)
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.submit()
    deputy.sees("false-receipt")
    deputy.reads("找工作人员")
    deputy.examine()
    assert "sealed" in deputy.kept_kinds()
    assert "receipt" not in deputy.kept_kinds()
    deputy.page.unroute(BALLOTS)
    deputy.press("再送一次")
    assert deputy.receipt() == hall.tracker(0)


def test_a_receipt_for_another_ballot_is_a_warning(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    other = hall.cast(1, 3)
    forged = {"fingerprint": other.fingerprint, "tracker": other.tracker, "signature": other.signature}
    deputy.page.route(BALLOTS, lambda route: route.fulfill(json=forged))
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.submit()
    deputy.sees("false-receipt")


def test_a_vote_that_closes_in_mid_ballot_is_said_and_leaves_nothing(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    hall.close()
    deputy.reads("投票已经截止，这张票没有提交")
    assert deputy.chosen() == [1]
    expect(deputy.page.get_by_role("button", name="下一步：核对")).to_have_count(0)
    deputy.examine()
    deputy.press("返回")
    deputy.sees("waiting")
    assert "choices" not in deputy.kept_kinds()


def test_a_ballot_that_comes_too_late_is_refused_with_the_servers_sentence(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.page.route(SESSION, lambda route: route.abort())
    hall.close()
    deputy.submit()
    deputy.sees("refused")
    deputy.reads("投票已经截止，这张票没有收到")
    assert "sealed" not in deputy.kept_kinds()
    deputy.examine()


def test_a_ballot_acknowledged_before_closing_gets_its_receipt_after_it(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    lost: list[bool] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().ok)
        route.abort("connectionreset")

    deputy.page.route(BALLOTS, lose)
    deputy.scan(hall.scan(0))
    deputy.choose(1)
    deputy.read_back()
    deputy.submit()
    deputy.reads("还没有收到回执")
    hall.close()
    deputy.page.unroute(BALLOTS)
    deputy.page.reload()
    assert deputy.receipt() == hall.tracker(0)
    assert all(lost)


def test_a_list_that_differs_from_the_sealed_election_is_not_voted_on(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()

    def swap(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        first, second, *_ = body["rounds"][0]["candidates"]
        first["title"], second["title"] = second["title"], first["title"]
        route.fulfill(response=answer, json=body)

    deputy.page.route(SESSION, swap)
    deputy.scan(hall.scan(0))
    deputy.sees("torn")
    deputy.reads("不要投票")
    deputy.examine()


def test_an_election_that_is_swapped_after_its_code_was_compared_is_not_voted_on(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall(state="sealed")
    deputy.scan(hall.scan(0))
    deputy.reads("票样码")
    stranger = hall.public_half(0)

    def swap(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        election = json.loads(body["rounds"][0]["election"])
        election["public_key"] = stranger
        text = json.dumps(election, ensure_ascii=False, separators=(",", ":"))
        body["rounds"][0]["election"] = text
        route.fulfill(response=answer, json=body)

    deputy.page.route(SESSION, swap)
    deputy.page.reload()
    deputy.sees("waiting")
    deputy.reads("请不要投票")
    hall.open()
    deputy.sees("torn")
    deputy.reads("请不要投票")
