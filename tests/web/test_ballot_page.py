"""`/v/{code}`: a deputy's vote on a phone, from the scan to the 回执号."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.people import SELECT, STANCES, TITLES
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall
from voting.rules import Rules

BOTH_FORMS = pytest.mark.parametrize("rules", [SELECT, STANCES], ids=["select_k", "for_against"])


@pytest.fixture
def deputy(phone: Page) -> Deputy:
    """Somebody with a phone, 390 x 844."""
    return Deputy(phone)


def fill_in(deputy: Deputy, rules: Rules) -> None:
    """Candidate 2 alone; in 等额 rounds the first is opposed."""
    if rules.ballot == "select_k":
        deputy.choose(2)
    else:
        deputy.say(1, "反对")
        deputy.say(2, "赞成")


def test_a_scanned_card_votes_for_some_of_the_candidates(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.sees("voting")
    assert deputy.vote(1, 3) == hall.tracker(0)
    assert hall.votes() == [[0, 1, 0, 1]]


def test_a_scanned_card_takes_a_stance_on_each_candidate(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(STANCES)
    deputy.scan(hall.scan(0))
    deputy.say(1, "弃权")
    deputy.say(2, "反对")
    deputy.say(1, "赞成")
    deputy.read_back()
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)
    assert hall.votes() == [[1, 0, 0], [0, 1, 0]]


def test_abstaining_is_a_vote_of_its_own(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    deputy.abstain()
    deputy.read_back()
    deputy.reads("计为弃权")
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)
    assert hall.votes() == [[1, 0, 0, 0]]


def test_the_waiting_room_says_what_comes_and_opens_by_itself(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(state="sealed")
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    for title in TITLES[:3]:
        deputy.reads(title)
    hall.open()
    deputy.sees("voting")


@BOTH_FORMS
def test_every_screen_can_be_read_by_everybody(deputy: Deputy, open_hall: MakeHall, rules: Rules) -> None:
    hall = open_hall(rules, "sealed")
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    deputy.examine()
    hall.open()
    deputy.sees("voting")
    deputy.page.locator(".choice summary").first.click()
    deputy.examine()
    fill_in(deputy, rules)
    deputy.examine()
    deputy.read_back()
    deputy.examine()
    deputy.submit()
    deputy.receipt()
    deputy.press("核对：我的票在不在票箱里")
    deputy.reads("您的票在票箱里")
    deputy.examine()


def test_main_actions_are_at_least_sixty_pixels_high(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(STANCES)
    deputy.scan(hall.scan(0))
    deputy.sees("voting")
    places = [deputy.page.locator(f".{kind}").first.bounding_box() for kind in ("option span", "button")]
    deputy.scan(open_hall().scan(0))
    deputy.sees("voting")
    places.append(deputy.page.locator(".pick").first.bounding_box())
    assert all(place and place["height"] >= 60 for place in places)


def test_bigger_text_is_remembered(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.sees("voting")
    deputy.press("大字")
    root = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert deputy.page.evaluate(root) == 24
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.page.evaluate(root) == 24
    deputy.examine()


def test_a_candidate_unfolds_to_its_particulars(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.sees("voting")
    facts = deputy.row(2).locator("dl")
    expect(facts).to_be_hidden()
    deputy.row(2).locator("summary").click()
    expect(facts).to_be_visible()
    expect(facts).to_contain_text("县交通局")
    expect(facts).to_contain_text("200万元")


def test_one_choice_too_many_is_refused_in_its_row_and_nothing_changes(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(1, 2)
    before = deputy.draft(), deputy.places()
    deputy.choose(3)
    expect(deputy.row(3).get_by_role("alert")).to_contain_text("已经选满2件")
    assert deputy.chosen() == [1, 2]
    assert (deputy.draft(), deputy.places()) == before
    deputy.choose(1)
    expect(deputy.page.get_by_role("alert")).to_have_count(0)
    deputy.choose(3)
    assert deputy.chosen() == [2, 3]


def test_abstaining_and_choosing_lift_each_other_and_say_so(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(1, 2)
    deputy.abstain()
    deputy.reads("已改为弃权，原来选的2件已取消")
    assert deputy.chosen() == []
    deputy.choose(3)
    deputy.reads("原来的弃权已取消")
    assert deputy.chosen() == [3]
    expect(deputy.page.locator("#abstain")).not_to_be_checked()


def test_fewer_choices_are_allowed_with_a_notice(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.choose(3)
    deputy.read_back()
    deputy.reads("您选了1件，还可以再选1件。少选有效")
    deputy.submit()
    deputy.receipt()


def test_an_empty_ballot_is_not_taken_for_an_abstention(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall().scan(0))
    deputy.read_back()
    deputy.reads("一件也没有选")
    expect(deputy.page.get_by_role("button", name="提交", exact=True)).to_have_count(0)


def test_candidates_without_a_stance_are_named_and_must_be_decided(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    deputy.scan(open_hall(STANCES).scan(0))
    deputy.say(1, "赞成")
    deputy.read_back()
    expect(deputy.page.get_by_role("button", name="提交", exact=True)).to_have_count(0)
    deputy.press(f"2. {TITLES[1]}")
    deputy.sees("voting")
    expect(deputy.row(2)).to_be_focused()
    deputy.say(2, "弃权")
    deputy.read_back()
    deputy.submit()
    deputy.receipt()


def test_one_scan_serves_all_rounds_of_the_session(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    hall.further_round("补充项目票决")
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    headings = deputy.page.locator(".round h2").all_inner_texts()
    assert headings == [hall.round.title, "补充项目票决"]
    deputy.page.get_by_role("button", name="开始投票").first.click()
    first = deputy.vote(1)
    deputy.press("投下一项")
    deputy.sees("voting")
    deputy.reads("补充项目票决")
    assert deputy.vote(2) != first == hall.tracker(0)


def test_the_keyboard_alone_is_enough_to_vote(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy = Deputy(desk)
    deputy.scan(hall.scan(0))
    deputy.sees("voting")
    tab_to(desk, "#candidate-1")
    desk.keyboard.press("Space")
    tab_to(desk, "summary")
    desk.keyboard.press("Enter")
    tab_to(desk, "#candidate-3")
    desk.keyboard.press("Space")
    tab_to(desk, "button:has-text('核对')")
    desk.keyboard.press("Enter")
    deputy.sees("read-back")
    expect(desk.locator("h1")).to_be_focused()
    tab_to(desk, "button:text-is('提交')")
    desk.keyboard.press("Enter")
    deputy.receipt()
    assert hall.votes() == [[0, 1, 0, 1]]


def tab_to(page: Page, target: str) -> None:
    """Press Tab until the focus is on an element that matches."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.and_(page.locator(target)).count():
            return
    pytest.fail(f"Tab never reaches {target}")
