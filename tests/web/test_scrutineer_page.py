"""`/scrutineer/{link}`: making the key, checking the box, opening it, signing; and every alarm."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, Route, expect

from tests.benchmarks import bench_recount
from tests.screens import Visitors, Watch
from tests.web.hall_fixture import MakeHall, Service
from tests.web.scrutineer import (
    ARCHIVE,
    DECRYPTION,
    OVERVIEW,
    Desk,
    box_of,
    election_of,
    everything_sent,
)
from voting import tally_report


def test_two_scrutineers_open_the_box_together_and_sign(visitors: Visitors, open_hall: MakeHall) -> None:
    hall = open_hall(state="adopted")
    hall.load_cards()
    chief, other = Desk(visitors.phone(), hall), Desk(visitors.desk(), hall, 2)
    codes = []
    for desk in (chief, other):
        desk.enter()
        desk.at("make_key")
        desk.examine()
        codes.append(desk.make_key())
    hall.seal_with_registered_keys()
    chief.at("await_close")
    chief.reads("您的开箱钥匙在封存的票箱里")
    hall.open()
    ballots = [hall.cast(card, 1) for card in range(3)]
    hall.close()
    for desk in (chief, other):
        desk.at("await_valid")
        assert desk.seal_code() == hall.current().closing_head
        desk.reads(f"已逐张核对{len(ballots)}张票")
        desk.examine()
    hall.declare_valid()
    chief.at("compare")
    chief.open_box()
    chief.at("await_others")
    chief.reads("等待其他监票人开箱（已有1位，共2位）")
    other.at("compare")
    other.open_box()
    for desk in (chief, other):
        desk.at("sign")
        report = tally_report.report_text(hall.store, hall.scrutineers[desk.number - 1], hall.round.id)
        assert desk.round.locator(".report").inner_text() == report.decode()
        desk.examine()
        desk.press("核对无误，签字")
        desk.at("signed")
    hall.announce()
    chief.at("announced")
    sent = everything_sent(chief.requests + other.requests)
    assert [code for code in codes if code in sent or code.replace("-", "") in sent] == []


def test_a_group_that_was_copied_wrong_is_not_accepted(phone: Page, open_hall: MakeHall) -> None:
    desk = Desk(phone, open_hall(state="adopted"))
    desk.enter()
    desk.press("生成我的开箱钥匙")
    code = desk.backup_code()
    desk.examine()
    desk.press("抄好了")
    desk.type_back("11111")
    desk.reads("不一样")
    desk.examine()
    assert code.split("-")[desk.asked()] not in desk.round.inner_text()
    desk.press("没抄好，再看一次")
    assert desk.backup_code() == code


def test_a_reload_before_registering_keeps_the_key(phone: Page, open_hall: MakeHall) -> None:
    desk = Desk(phone, open_hall(state="adopted"))
    desk.enter()
    desk.press("生成我的开箱钥匙")
    code = desk.backup_code()
    desk.page.reload()
    assert desk.backup_code() == code


def test_the_backup_code_is_shown_only_until_it_is_copied(phone: Page, open_hall: MakeHall) -> None:
    desk = Desk(phone, open_hall(state="adopted"))
    desk.enter()
    code = desk.make_key()
    desk.page.reload()
    desk.at("await_seal")
    assert [group for group in code.split("-") if group in desk.page.content()] == []


def test_the_backup_code_restores_the_key_on_another_device(phone: Page, open_hall: MakeHall) -> None:
    hall = open_hall()
    desk = Desk(phone, hall)
    desk.enter()
    desk.restore(hall.seeds[1])
    desk.reads("对不上")
    desk.examine()
    desk.restore(hall.seeds[0])
    desk.at("await_close")


def test_a_lost_backup_code_can_be_replaced_until_sealing(phone: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="adopted")
    hall.load_cards()
    hall.register_key(1)
    desk = Desk(phone, hall)
    desk.enter()
    desk.at("restore")
    desk.press("重新生成开箱钥匙")
    desk.make_key()
    hall.register_key(2)
    hall.seal_with_registered_keys()
    desk.at("await_close")


def test_somebody_elses_key_under_the_own_name_raises_an_alarm(phone: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="adopted")
    desk = Desk(phone, hall)
    desk.enter()
    desk.make_key()
    hall.register_key(1)
    desk.at("foreign_key")
    expect(desk.alarm()).to_contain_text("不是这台设备上的这一把")
    desk.examine()


def test_an_election_without_the_own_key_raises_an_alarm(phone: Page, open_hall: MakeHall) -> None:
    hall, elsewhere = open_hall(), open_hall()
    desk = Desk(phone, hall)
    desk.told(**election_of(elsewhere))
    desk.enter_with_code()
    desk.at("not_in_election")
    expect(desk.alarm()).to_contain_text("没有您的开箱钥匙")
    desk.examine()


def test_an_election_exchanged_after_the_check_raises_an_alarm(phone: Page, open_hall: MakeHall) -> None:
    hall, elsewhere = open_hall(), open_hall(state="adopted")
    elsewhere.seeds = hall.seeds
    elsewhere.reach("sealed")
    desk = Desk(phone, hall)
    desk.enter_with_code()
    desk.at("await_close")
    desk.told(**election_of(elsewhere))
    desk.at("election_changed")
    expect(desk.alarm()).to_contain_text("不是同一个")


def test_a_key_that_comes_after_sealing_is_said_to_be_too_late(phone: Page, open_hall: MakeHall) -> None:
    desk = Desk(phone, open_hall())
    desk.told(key_registered=False, public_key=None)
    desk.enter()
    desk.at("too_late_for_key")


def with_another_proof(ballot: bytes) -> bytes:
    """By its looks a ballot of this election; but its signature does not hold."""
    body = msgspec.json.decode(ballot)
    body["signature"]["proof"]["response"] = "1"
    return msgspec.json.encode(body)


@pytest.mark.parametrize("damage", ["not an archive", "a changed ballot", "another head", "another number"])
def test_a_box_that_is_not_what_it_should_be_is_not_opened(
    phone: Page, open_hall: MakeHall, damage: str
) -> None:
    hall = open_hall()
    ballots = [hall.ballot(card, 1) for card in range(3)]
    for raw in ballots:
        hall.hand_in(raw)
    hall.reach("reconciled")
    desk = Desk(phone, hall)
    if damage == "not an archive":
        desk.given(b"no archive at all")
    elif damage == "a changed ballot":
        archive, facts = box_of(hall, [with_another_proof(ballots[0]), *ballots[1:]])
        desk.given(archive)
        desk.told(**facts)
    elif damage == "another head":
        desk.told(closing_head="0" * 64)
    else:
        desk.told(ballots=4)
    desk.enter_with_code()
    desk.at("recount_failed")
    expect(desk.alarm()).to_contain_text("不要开箱")
    expect(desk.round.get_by_role("button", name="开箱", exact=True)).to_have_count(0)
    desk.examine()
    desk.page.unroute(ARCHIVE)
    desk.page.unroute(OVERVIEW)
    desk.page.reload()
    desk.at("compare")
    assert desk.decryptions() == []


TWO_CORES = """
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
  window.made = [];
  window.Worker = class extends Worker {
    constructor(address) { super(address); window.made.push(this); }
  };
"""
NONE = "delete window.Worker; window.made = [];"
USELESS = """
  Worker.prototype.postMessage = function () {
    if (window.made[0] === this) setTimeout(() => this.onerror(new Event('error')));
  };
"""
"""The first dies, the other is silent."""


def test_many_hands_recount_the_box_and_what_they_leave_the_page_does(
    visitors: Visitors, open_hall: MakeHall
) -> None:
    hall = open_hall()
    for card in range(6):
        hall.hand_in(hall.ballot(card, 1))
    hall.reach("reconciled")
    for script, number in ((TWO_CORES, 2), (NONE, 0), (TWO_CORES + USELESS, 2)):
        desk = Desk(visitors.phone(), hall)
        desk.page.clock.install()
        desk.page.add_init_script(script)
        serve_honestly_twice(desk.page)
        desk.enter_with_code()
        if USELESS in script:
            desk.reads("已核对0张，共6张")
            desk.page.clock.run_for(9_000)
        desk.at("compare")
        desk.reads("已逐张核对6张票")
        assert desk.page.evaluate("window.made.length") == number
        assert desk.seal_code() == hall.current().closing_head
        desk.page.close()


def test_how_long_a_recount_takes_is_measured(visitors: Visitors, service: Service, tmp_path: Path) -> None:
    where = service, tmp_path
    ((*_, milliseconds),) = bench_recount.measure(visitors, where, ["for_against, 10"], 1, [1])
    assert float(milliseconds) > 0


def serve_honestly_twice(page: Page) -> None:
    """To the page, and once more for its threads; whoever asks again gets a script that checks nothing."""
    asked: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route)
        if len(asked) <= 2:
            route.continue_()
        else:
            route.fulfill(body="self.onmessage = () => {}", content_type="text/javascript")

    page.route("**/scrutineer.js", answer)


def test_the_same_box_may_be_opened_again_and_another_one_never(
    phone: Page, open_hall: MakeHall, watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    hall = open_hall()
    ballots = [hall.ballot(card, 1) for card in range(3)]
    for raw in ballots:
        hall.hand_in(raw)
    hall.reach("reconciled")
    desk = Desk(phone, hall)
    desk.enter_with_code()
    desk.page.route(DECRYPTION, lambda route: route.abort())
    desk.at("compare")
    desk.open_box()
    desk.reads("网络不通")
    archive, facts = box_of(hall, ballots[:1])
    desk.given(archive)
    desk.told(**facts)
    desk.page.reload()
    desk.at("compare")
    sent = len(desk.decryptions())
    desk.open_box()
    desk.reads("不能再开这一个")
    assert len(desk.decryptions()) == sent
    desk.page.unroute_all(behavior="ignoreErrors")  # an answer may be on its way
    desk.page.reload()
    desk.at("compare")
    desk.open_box()
    desk.at("await_others")


def test_a_void_round_is_never_opened(phone: Page, open_hall: MakeHall) -> None:
    desk = Desk(phone, open_hall(state="void"))
    desk.enter()
    desk.at("void")
    desk.reads("票箱不再打开")
    expect(desk.round.get_by_role("button")).to_have_count(0)


def test_an_empty_box_can_be_opened(phone: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="reconciled")
    desk = Desk(phone, hall)
    desk.enter_with_code()
    desk.at("compare")
    desk.reads("已逐张核对0张票")
    desk.open_box()
    desk.at("await_others")


def test_a_link_that_was_taken_back_gets_its_sentence(phone: Page, open_hall: MakeHall, watch: Watch) -> None:
    watch.allow("Failed to load resource")
    hall = open_hall()
    desk = Desk(phone, hall)
    desk.enter()
    desk.at("restore")
    hall.revoke_links()
    expect(phone.locator("#page")).to_have_attribute("data-screen", "refused")
    expect(phone.locator("#page")).to_contain_text("已经被收回")


def test_a_report_about_another_box_is_not_offered_for_signing(
    phone: Page, open_hall: MakeHall, watch: Watch
) -> None:
    hall = open_hall(state="counted")
    desk = Desk(phone, hall)
    desk.enter_with_code()
    desk.at("sign")
    honest = tally_report.report_text(hall.store, hall.scrutineers[0], hall.round.id).decode()
    head = hall.current().closing_head or ""
    desk.told(report=honest.replace(head, "0" * 64))
    desk.page.reload()
    desk.at("report_differs")
    desk.reads("不要签字")
    desk.told(report=honest.replace("1. 陈秀英", "1. 王五"))
    desk.page.reload()
    desk.at("report_differs")
