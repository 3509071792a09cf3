"""`/scrutineer/{link}`: three make a key together, two of them open the box; phones die and lines are cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ballots import ceremony as protocol
from tests import common_key
from tests.screens import Visitors, Watch
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.scrutineer import everything_sent
from tests.web.scrutinising.desk import KeyDesk
from voting import announcing


@pytest.fixture
def three(open_hall: MakeHall) -> OpenHall:
    """Adopted with three scrutineers of whom two open; nobody has done anything yet."""
    hall = open_hall(state="adopted", scrutineers=3, threshold=2)
    hall.load_cards()
    return hall


def desks(visitors: Visitors, hall: OpenHall, *numbers: int) -> list[KeyDesk]:
    found = [KeyDesk(visitors.phone(), hall, number) for number in numbers]
    for desk in found:
        desk.enter()
    return found


def open_and_declare(hall: OpenHall, ballots: int = 3) -> None:
    """The vote, from opening to 宣布有效."""
    hall.open()
    for card in range(ballots):
        hall.cast(card, 1)
    hall.close()
    hall.declare_valid()


def test_three_make_a_key_and_two_of_them_open_the_box_and_sign(visitors: Visitors, three: OpenHall) -> None:
    people = desks(visitors, three, 1, 2, 3)
    for desk in people:
        desk.key_at("make_key")
        desk.examine()
        desk.take_part()
        desk.key_at("await_certificates", "deal", "await_deals")
        desk.examine()
    codes = {desk.key_code() for desk in people}
    assert codes == {protocol.code(common_key.of_round(three).trustees or b"")}
    for desk in people:
        desk.examine()
        desk.agree()
        desk.examine()
    three.seal_with_registered_keys()
    chief, second, third = people
    chief.at("await_close")
    chief.reads("票箱里有 0 张票")
    chief.press("确认票箱是空的")
    chief.reads("已确认票箱是空的")
    chief.examine()
    open_and_declare(three)
    for desk in (third, chief):
        desk.at("compare")
        assert desk.seal_code() == three.current().closing_head
        desk.open_box()
    for desk in (chief, third):
        desk.at("sign")
        desk.examine()
        desk.press("核对无误，签字")
        desk.at("signed")
    second.at("sign")
    announcing.announce(three.store, three.chair, three.round.id, three.now())
    three.audit()
    sent = everything_sent([one for desk in people for one in desk.requests])
    assert [desk.code for desk in people if desk.code in sent or desk.code.replace("-", "") in sent] == []


def test_closed_pages_and_a_dead_phone_hold_nobody_up_for_good(visitors: Visitors, three: OpenHall) -> None:
    chief, second, third = desks(visitors, three, 1, 2, 3)
    chief.take_part()
    chief.page.close()
    second.take_part()
    second.page.reload()
    third.take_part()
    third.key_at("await_deals")
    second.key_at("await_deals")
    third.page.close()
    (other_phone, last) = desks(visitors, three, 1, 3)
    other_phone.restore_key(second.code.replace("-", ""))
    other_phone.key_reads("对不上")
    other_phone.restore_key(chief.code.replace("-", ""))
    last.restore_key(third.code.replace("-", ""))
    people = (other_phone, second, last)
    assert len({desk.key_code() for desk in people}) == 1
    for desk in people:
        desk.agree()
    second.key_reads("陈秀英、周丽华用备用码换了设备")
    other_phone.page.reload()
    other_phone.key_at("ready")


def test_a_lost_line_is_made_up_for_without_a_hand(visitors: Visitors, three: OpenHall, watch: Watch) -> None:
    watch.allow("Failed to load resource|ERR_INTERNET_DISCONNECTED")
    for number in (1, 2):
        common_key.certify(three, common_key.of_round(three).id, number)
    (desk,) = desks(visitors, three, 3)
    desk.take_part()
    desk.key_at("await_deals")
    desk.page.context.set_offline(True)
    for number in (1, 2):
        common_key.deal(three, common_key.of_round(three).id, number)
    expect(desk.page.locator("#connection")).to_contain_text("网络不稳")
    desk.page.context.set_offline(False)
    desk.key_at("await_shares")


def test_a_restored_phone_opens_only_after_another_has_confirmed_the_head(
    visitors: Visitors, three: OpenHall
) -> None:
    three.reach("sealed")
    open_and_declare(three)
    (restored,) = desks(visitors, three, 1)
    restored.restore_key(three.seeds[0])
    assert restored.key_code() == protocol.code(common_key.of_round(three).trustees or b"")
    restored.agree()
    restored.at("await_confirmations")
    restored.reads("等待另外1名监票人核对封箱码")
    restored.examine()
    forged = protocol.sign_text(three.seeds[0], "piaojue-box|x|y", three.random).decode()
    restored.told(confirmations=[{"number": 2, "signature": forged}])
    restored.page.reload()
    restored.at("await_confirmations")
    restored.page.unroute_all(behavior="ignoreErrors")
    assert restored.decryptions() == []
    common_key.confirm(three, 2)
    three.decrypt(2)
    restored.at("compare")
    restored.open_box()
    restored.at("sign")
