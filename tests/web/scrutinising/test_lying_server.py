"""A server that swaps keys or asks for a second sum: the scrutineer's own page finds out and refuses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ballots import ceremony as protocol
from ballots.credentials import base58
from tests import common_key
from tests.screens import Watch
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.scrutineer import box_of, election_of
from tests.web.scrutinising.desk import KeyDesk


@pytest.fixture
def three(open_hall: MakeHall) -> OpenHall:
    hall = open_hall(state="adopted", scrutineers=3, threshold=2)
    hall.load_cards()
    return hall


def all_but_shares(hall: OpenHall) -> str:
    key = common_key.of_round(hall).id
    for give in (common_key.certify, common_key.deal):
        for number in (1, 2, 3):
            give(hall, key, number)
    return key


def forged_certificate(hall: OpenHall) -> str:
    """One that is sound, but of somebody nobody knows."""
    return protocol.certificate(base58(22, hall.random), 2, 2, 3, hall.random).decode()


def test_a_certificate_exchanged_after_the_own_portions_were_dealt(phone: Page, three: OpenHall) -> None:
    all_but_shares(three)
    desk = KeyDesk(phone, three)
    desk.given_material(certificates=[None, forged_certificate(three), None])
    desk.hold(three.seeds[0])
    desk.key_at("broken")
    expect(desk.key_alarm()).to_contain_text("不对，不能继续")
    desk.examine()
    assert desk.sent("share") == []


def test_portions_that_are_not_what_their_giver_signed_name_the_giver(phone: Page, three: OpenHall) -> None:
    key = all_but_shares(three)
    third = (common_key.get(three, key).members[2].deal or b"").decode()
    desk = KeyDesk(phone, three)
    desk.given_material(deals=[None, third, None])
    desk.hold(three.seeds[0])
    desk.key_at("broken")
    expect(desk.key_alarm()).to_contain_text("赵建国的设备给出的钥匙材料不对")
    assert desk.sent("share") == []


def test_a_key_that_others_made_without_this_page(phone: Page, three: OpenHall, open_hall: MakeHall) -> None:
    elsewhere = open_hall(state="sealed", scrutineers=3, threshold=2)
    common_key.make(three, common_key.of_round(three).id)
    desk = KeyDesk(phone, three)
    desk.given_material(trustees=(elsewhere.current().trustees or b"").decode())
    desk.hold(three.seeds[0])
    desk.key_at("broken")
    desk.examine()
    assert desk.sent("compared") == []


def test_a_key_exchanged_after_the_code_was_compared(
    phone: Page, three: OpenHall, open_hall: MakeHall
) -> None:
    """The forger knows everybody's part but this one's: the code alone tells."""
    elsewhere = open_hall(state="adopted", scrutineers=3, threshold=2)
    elsewhere.seeds[0] = three.seeds[0]
    forged = common_key.make(elsewhere, common_key.of_round(elsewhere).id)
    common_key.make(three, common_key.of_round(three).id)
    desk = KeyDesk(phone, three)
    desk.hold(three.seeds[0])
    honest = desk.key_code()
    desk.agree()
    desk.given_material(trustees=(forged.trustees or b"").decode())
    desk.page.reload()
    desk.key_at("changed")
    expect(desk.key_alarm()).to_contain_text("不是同一把")
    assert honest != protocol.code(forged.trustees or b"")


def test_an_election_sealed_with_another_key(phone: Page, three: OpenHall, open_hall: MakeHall) -> None:
    elsewhere = open_hall(state="adopted", scrutineers=3, threshold=2)
    elsewhere.seeds[0] = three.seeds[0]
    elsewhere.reach("sealed")
    three.reach("sealed")
    desk = KeyDesk(phone, three)
    desk.hold(three.seeds[0])
    desk.key_at("compare_code")
    desk.agree()
    desk.at("await_close")
    desk.told(**election_of(elsewhere))
    desk.at("not_in_election")
    desk.examine()


def test_a_second_sum_is_neither_opened_nor_confirmed(phone: Page, three: OpenHall, watch: Watch) -> None:
    watch.allow("Failed to load resource")
    three.reach("open")
    ballots = [three.ballot(card, 1) for card in range(3)]
    for raw in ballots:
        three.hand_in(raw)
    three.reach("reconciled")
    desk = KeyDesk(phone, three)
    desk.hold(three.seeds[0])
    desk.key_at("compare_code")
    desk.agree()
    desk.page.route("**/confirmation", lambda route: route.abort())
    desk.at("compare")
    desk.open_box()
    desk.reads("网络不通")
    archive, facts = box_of(three, ballots[:1])
    desk.given(archive)
    desk.told(**facts)
    desk.page.reload()
    desk.at("compare")
    before = len(desk.sent("confirmation"))
    desk.open_box()
    desk.reads("不能再开这一个")
    assert (len(desk.sent("confirmation")), desk.decryptions()) == (before, [])
    desk.page.unroute_all(behavior="ignoreErrors")  # one of them may just be answering
    desk.page.reload()
    desk.at("compare")
    desk.open_box()
    desk.at("await_others")
