"""`/v/{code}` in a 测评: every project is given a level, on a phone, and the page never stands still."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect

from tests.people import GRADES, SELECT, TITLES
from tests.screens import Watch, threads_of
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall

FIVE_LEVELS = replace(
    GRADES,
    projects=3,
    levels=("很满意", "满意", "一般", "不满意", "很不满意"),
    unknown=True,
    favourable=2,
)
"""As many answers as there can be."""
REST = "其余未选的都选弃权"


@pytest.fixture
def deputy(phone: Page) -> Deputy:
    """Somebody with a phone, 390 x 844."""
    return Deputy(phone)


def cannot_submit(deputy: Deputy) -> None:
    expect(deputy.page.get_by_role("button", name="提交", exact=True)).to_have_count(0)


def test_a_scanned_card_gives_every_project_a_level(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(GRADES)
    threads = threads_of(deputy.page)
    deputy.scan(hall.scan(0))
    deputy.sees("voting")
    assert deputy.answers() == [None, None]
    deputy.grade(1, "基本满意")
    deputy.grade(2, "不满意")
    deputy.grade(1, "满意")
    deputy.reads("2件都已测评")
    deputy.read_back()
    assert deputy.page.locator(".answers .said").all_inner_texts() == ["满意", "不满意"]
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)
    assert len(threads) == 1
    assert hall.votes() == [[1, 0, 0, 0], [0, 0, 1, 0]]


def test_what_is_left_out_is_named_and_abstains_only_when_it_is_said(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall(FIVE_LEVELS)
    deputy.scan(hall.scan(0))
    deputy.grade(2, "一般")
    deputy.reads("已测评1件，还有2件")
    deputy.read_back()
    cannot_submit(deputy)
    deputy.press(f"3. {TITLES[2]}")
    expect(deputy.box(3)).to_be_focused()
    deputy.press(REST)
    assert deputy.answers() == ["弃权", "一般", "弃权"]
    deputy.grade(3, "不了解")
    deputy.read_back()
    deputy.press("返回修改")
    assert deputy.answers() == ["弃权", "一般", "不了解"]
    deputy.read_back()
    deputy.submit()
    deputy.receipt()
    assert hall.votes() == [[0, 0, 0, 0, 0, 0, 1], [0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0]]


def test_the_rest_may_abstain_from_the_page_that_names_it(deputy: Deputy, open_hall: MakeHall) -> None:
    deputy.scan(open_hall(GRADES).scan(0))
    deputy.grade(2, "满意")
    deputy.read_back()
    deputy.press(REST)
    assert deputy.page.locator(".answers .said").all_inner_texts() == ["弃权", "满意"]
    deputy.submit()
    deputy.receipt()


def test_a_half_filled_ballot_survives_a_reload_and_a_closed_browser(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall(FIVE_LEVELS)
    deputy.scan(hall.scan(0))
    deputy.grade(1, "很满意")
    deputy.grade(3, "弃权")
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.answers() == ["很满意", None, "弃权"]
    again = Deputy(deputy.page.context.new_page())
    deputy.page.close(run_before_unload=False)
    again.scan(hall.page)
    again.sees("voting")
    assert again.answers() == ["很满意", None, "弃权"]


def test_every_screen_of_a_test_can_be_read_and_touched_by_everybody(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall(FIVE_LEVELS, "sealed")
    deputy.scan(hall.scan(0))
    deputy.reads("每件在很满意、满意、一般、不满意、很不满意、不了解、弃权中选一项")
    deputy.examine()
    hall.open()
    deputy.sees("voting")
    deputy.reads("测评办法")
    deputy.reads("县交通局")
    deputy.examine()
    boxes = [one.bounding_box() for one in deputy.page.locator(".option").all()]
    assert len(boxes) == 21
    assert all(box and box["height"] >= 60 and box["width"] >= 120 for box in boxes)
    project = deputy.box(1).bounding_box()
    assert project
    assert project["height"] < 844
    deputy.press(REST)
    deputy.read_back()
    deputy.examine()


def test_one_card_serves_a_vote_and_a_test_that_are_open_at_once(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(SELECT)
    hall.further_round("上年项目满意度测评", GRADES)
    deputy.scan(hall.scan(0))
    deputy.sees("waiting")
    deputy.reads("请投票")
    expect(deputy.page.get_by_role("button", name="开始测评")).to_have_count(1)
    deputy.press("开始投票")
    voted = deputy.vote(1)
    deputy.press("投下一项")
    deputy.reads("上年项目满意度测评")
    deputy.press(REST)
    deputy.read_back()
    deputy.submit()
    deputy.sees("receipt")
    expect(deputy.page.locator(".code")).not_to_contain_text(voted[:4])
    deputy.press("返回")
    deputy.reads("您的票已经全部投完")


@pytest.mark.parametrize(
    "script",
    [
        "delete window.Worker",
        "window.Worker = class { constructor() { throw new Error('not allowed'); } }",
        """window.Worker = class {
             constructor() { setTimeout(() => this.onerror(new Event('error', { cancelable: true }))); }
             postMessage() {} terminate() {} }""",
    ],
    ids=["no threads", "threads refused", "a thread that fails"],
)
def test_without_a_thread_the_page_seals_in_slices(deputy: Deputy, open_hall: MakeHall, script: str) -> None:
    hall = open_hall(GRADES)
    deputy.page.add_init_script(script)
    deputy.scan(hall.scan(0))
    deputy.grade(1, "满意")
    deputy.grade(2, "满意")
    deputy.read_back()
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)


def test_levels_in_another_order_than_the_sealed_ones_are_not_rated_with(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    """Whoever could turn the names round would turn the deputies' answers round."""
    hall = open_hall(GRADES)

    def turn_round(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["rounds"][0]["choices"].reverse()
        route.fulfill(response=answer, json=body)

    deputy.page.route("**/api/v/*", turn_round)
    deputy.scan(hall.scan(0))
    deputy.sees("torn")
    deputy.reads("不要投票")


def test_a_script_that_is_not_the_pages_own_seals_no_ballot(
    deputy: Deputy, open_hall: MakeHall, watch: Watch
) -> None:
    """What a network slips in when the thread loads the script once more is refused by its hash."""
    watch.allow("integrity|digest")
    hall = open_hall(GRADES)
    threads = threads_of(deputy.page)
    deputy.scan(hall.scan(0))
    deputy.press(REST)
    deputy.read_back()
    forged = "self.onmessage = () => self.postMessage({ kind: 'sealed', ballot: '{}' })"
    deputy.page.route(
        "**/deputy.js", lambda route: route.fulfill(body=forged, content_type="text/javascript")
    )
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)
    assert threads == []


WATCH_PROGRESS = """
  window.steps = [];
  new MutationObserver(() => {
    const bar = document.querySelector('progress');
    if (bar !== null) window.steps.push([bar.value, bar.max, bar.nextSibling.textContent]);
  }).observe(document, { subtree: true, childList: true, attributes: true });
"""


@pytest.mark.parametrize("script", ["", "delete window.Worker"], ids=["in a thread", "in slices"])
def test_a_long_ballot_is_sealed_step_by_step_in_view(
    deputy: Deputy, open_hall: MakeHall, script: str
) -> None:
    long = replace(FIVE_LEVELS, projects=5)
    hall = open_hall(long)
    deputy.page.add_init_script(WATCH_PROGRESS + script)
    deputy.scan(hall.scan(0))
    deputy.press(REST)
    deputy.read_back()
    deputy.submit()
    assert deputy.receipt() == hall.tracker(0)
    steps = deputy.page.evaluate("window.steps")
    assert {most for _, most, _ in steps} >= {5 * (7 + 1) + 1}
    assert len({done for done, _, _ in steps}) > 20
    assert steps[-1][2] == "已完成 100%"
