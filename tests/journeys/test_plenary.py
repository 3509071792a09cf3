"""票决 in a hall: a plenary from the roster to the papers on the shelf, with all that goes wrong in one.

15 deputies, one on leave, one who goes home early, one without a phone, one who wants paper, one who loses
the card; three scrutineers of whom one never comes back; a tie at the last place. All act on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.journeys.electorate import chosen
from tests.journeys.installation import Installation
from tests.journeys.judges import Record, judge
from tests.journeys.plain_pages import Filled, Visitor
from tests.journeys.plenary import SCRUTINEERS, Plenary
from tests.journeys.shelf import scanned_pass, take_papers_home
from tests.journeys.stubs import Stubs
from tests.people import candidates
from tests.screens import Visitors, Watch
from tests.web.deputy import Deputy

SESSION: Final = "示例县第十八届人民代表大会第四次会议"
ROUND: Final = "2028年度民生实事项目票决"
FOUR: Final = candidates(4)
RARE: Final = "𬱖正"
NAMES: Final = (
    *("张桂兰", "单雄信", "吕秀梅", "欧阳海", RARE, "张国立", "曾庆红梅", "仇和平", "解春来", "查良友"),
    *("尉迟恭", "朴永哲", "阿依古丽·买买提", "盖丽丽", "葛长青"),
)
DEPUTIES: Final = len(NAMES)
PRESENT: Final = 13
ON_PAPER: Final = 1
LOOK: Final = "扫出席证，或输入姓名、拼音首字母、序号"

LEFT_OVER: Final = range(13, 17)
RESERVE: Final = range(17, 21)
OF_WHO_LEFT: Final = 12
LOST: Final = 3
"""Cards by number: 1 to 20 are made, 1 to 12 handed out, and the twelfth given back at the door."""
ONE_MORE: Final = 13
"""The last leftover that is handed out after all, so that twelve cards are in the hall."""


@pytest.fixture
def hall(installation: Installation, visitors: Visitors) -> Iterator[Plenary]:
    plenary = Plenary(installation, visitors, Stubs("plenary", cards=20, rounds=5))
    yield plenary
    plenary.leave()


def test_a_plenary_from_the_roster_to_the_papers_on_the_shelf(
    hall: Plenary, watch: Watch, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    story(hall, watch, tmp_path, subtests)
    assert hall.installation.log() == ""


def story(hall: Plenary, watch: Watch, folder: Path, subtests: pytest.Subtests) -> None:
    watch.allow("status of 409")
    import_roster(hall)
    hall.convene(SESSION, DEPUTIES)
    hall.draft(ROUND, FOUR, 3, "公布名单、得票数和供复核的票箱记录")
    load_cards(hall)
    hall.make_key()
    seal(hall)
    hall.invite()
    check_in(hall)
    phones = try_out(hall)
    count_cards(hall)
    open_box(hall, ON_PAPER)
    vote(hall, phones)
    close_and_count(hall)
    announce_a_tie(hall)
    first = hall.round
    run_off(hall, phones)
    second = hall.round
    for number, one in enumerate((first, second), start=5):
        hall.round = one
        publish(hall, f"〔2028〕第{number}号")
        record = Record(hall.published("archive.bel"), hall.published("round.json"), hall.stubs.trackers[one])
        judge(record, hall.stubs.counts(one), len(hall.stubs.marked[one]), folder, subtests)
    take_papers_home(hall)
    end_session(hall)


# 会前


def import_roster(hall: Plenary) -> None:
    """A line without a name is said by its number, and nothing is imported; then all at once."""
    clerk = hall.clerk
    for words in ("名册和设置", "名册", "用表格导入代表名册"):
        clerk.follow(words)
    clerk.press("看看有哪些变动", {"表格": roster((*NAMES, ""))}, refused=True)
    clerk.reads("没有导入", "17")
    clerk.press("看看有哪些变动", {"表格": roster(NAMES)})
    clerk.reads("新增 15", RARE)
    clerk.press("导入")
    clerk.reads(*NAMES)


def roster(names: tuple[str, ...]) -> tuple[str, bytes]:
    """As a spreadsheet program saves it, rare characters and all."""
    rows = [f"{n},{name},{'城关' if n % 2 else '西山'}代表团" for n, name in enumerate(names, start=1)]
    return "代表名册.csv", "\r\n".join(("序号,姓名,代表团", *rows, "")).encode("utf-8-sig")


def load_cards(hall: Plenary) -> None:
    hall.at_session().follow("制卡、导入")
    hall.clerk.press("导入", {"投票卡清单": ("deck.json", hall.stubs.file(hall.code))})
    hall.clerk.reads("可以用于 5 轮，还剩 5 轮")
    hall.at_round().press("领用本次会议的投票卡")


def seal(hall: Plenary) -> None:
    """The plenary passes rules and these names; the key that they have is taken over."""
    clerk = hall.at_round()
    clerk.reads(f"拟任监票人是{'、'.join(SCRUTINEERS)}")
    clerk.press("登记通过", {"大会已通过票决办法和监票人名单": True})
    clerk.reads("下一步：封存")
    clerk.press("封存", {"项目、办法和监票人都已核对无误": True})
    clerk.reads("总监票人还没有在自己的手机上确认空箱")
    hall.chief.at("await_close")
    hall.chief.reads("票箱里有 0 张票")
    hall.chief.press("确认票箱是空的")
    hall.chief.reads("已确认票箱是空的")
    hall.at_round().reads(f"{SCRUTINEERS[0]}于")


# 签到


def check_in(hall: Plenary) -> None:
    """Two desks at once; nine are not enough, and the round does not open; then five come late."""
    clerk = hall.at_session()
    clerk.follow("开始签到")
    clerk.press("开始签到", {"会议名称": "第一次全体会议"})
    clerk.follow("请假")
    clerk.press("登记", {"请假的代表": "葛长青", "请假事由": "因病住院"})
    hall.show_hall()
    east, west = (hall.enter("给签到员发链接", name) for name in ("东门小周", "西门小吴"))
    east.press("查找", {LOOK: scanned_pass(hall, DEPUTIES, NAMES[0])})
    east.reads(f"1 {NAMES[0]}", "签到好了")
    west.press("查找", {LOOK: scanned_pass(hall, DEPUTIES, NAMES[0])})
    west.reads("已经签到了", "东门小周", "没有重复登记")
    for initials, number in (("zgl", 6), ("zqhm", 7), ("qhp", 8), ("xcl", 9)):
        find(west, initials, f"签到：{NAMES[number - 1]}，{number}号")
    for number in (2, 3, 4, 5):
        find(east, str(number), f"签到：{NAMES[number - 1]}，{number}号")
    east.reads(RARE, "签到好了", "还差 1 人达到法定人数")
    refuse_to_open(hall)
    clerk = hall.at_session()
    clerk.follow("签到名单")
    clerk.press("签到结束")
    for number in range(10, 15):
        find(east, str(number), f"补签到：{NAMES[number - 1]}，{number}号")
    east.reads("补签到好了", "已达到法定人数")
    hall.hall_shows("应到15", "实到14", "符合法定人数")
    find(west, "盖丽丽", "登记离场：盖丽丽，14号")
    west.reads("已登记离场", "请收回投票卡")
    hall.hall_shows("实到13")


def find(desk: Visitor, typed: str, button: str) -> None:
    desk.press("查找", {LOOK: typed})
    desk.press(button)


def refuse_to_open(hall: Plenary) -> None:
    clerk = hall.at_round()
    clerk.reads("实到9人，不足法定人数10人，现在不能开始")
    clerk.press("开始投票", {"实到代表人数": "9", "发出票数": "20"}, refused=True)
    clerk.reads("法定人数")
    hall.at_round().reads("已封存")


# 试投


def try_out(hall: Plenary) -> list[Deputy]:
    """Two deputies scan and try; what they cast is thrown away, and their pages wait for the real round."""
    hall.at_deck().press("开始试投")
    phones = [hall.deputy(1), hall.deputy(2)]
    for one in phones:
        one.sees("voting")
        one.reads("试投")
    assert phones[0].vote(1) == "", "a number of a ballot that will be deleted is shown"
    phones[0].reads("试投成功")
    assert phones[0].page.get_by_role("button", name="核对").count() == 0
    hall.hall_shows("试投", "不计票")
    clerk = hall.at_deck()
    clerk.follow("试投（不计票）")
    clerk.press("截止试投", {"主持人已宣布截止投票": True})
    clerk.reads("试投已经结束", "选票已经作废")
    phones[1].reads("试投已经结束")
    for one in phones:
        one.press("返回")
        one.sees("waiting")
    return phones


# 发票


def count_cards(hall: Plenary) -> None:
    """Leftovers come back by number, one of them is handed out after all; the last four are the reserve."""
    serial = hall.stubs.serial
    hall.at_round().follow("清点剩余卡、封存备用卡")
    clerk = hall.clerk
    clerk.press("收回", {"投票卡编号": f"{serial(LEFT_OVER[0])}-{serial(LEFT_OVER[-1])}"})
    clerk.reads("刚才收回 4 张")
    clerk.press("收回", {"投票卡编号": serial(OF_WHO_LEFT)})
    clerk.press("封存为备用", {"备用卡编号": f"{serial(RESERVE[0])}-{serial(RESERVE[-1])}"})
    clerk.reads("刚才封存为备用 4 张", "发出的投票卡是 11 张")
    clerk.press("改回发出", {"投票卡编号": serial(ONE_MORE)})
    clerk.reads("发出的投票卡是 12 张")


def open_box(hall: Plenary, paper: int) -> None:
    """发出 must be what follows from the count."""
    clerk = hall.at_round()
    clerk.press("开始投票", {"发出票数": "12", "其中纸质票": str(paper)}, refused=True)
    clerk.reads("名单上没有收回的投票卡是12张，加上纸质票1张是13张")
    clerk.press("开始投票", {"实到代表人数": str(PRESENT), "发出票数": "13", "其中纸质票": str(paper)})
    clerk.reads("正在投票：已投 0 张，发出 13 张")
    hall.hall_shows("正在投票", "已投0", "发出13")


# 投票

BY_HTTP: Final = {
    4: (1, 2, 3),
    5: (1, 2, 3),
    6: (1, 2, 3),
    7: (1, 2, 4),
    8: (1, 2, 4),
    9: (1, 2, 4),
    10: (1, 2, 4),
}
"""10 for the first, 10 for the second, 8 each for the other two, with those who vote on a page below."""


def vote(hall: Plenary, phones: list[Deputy]) -> None:
    hall.by_hand(phones[0], 4, 1, 2, 3)
    hall.by_hand(phones[1], 4, 1, 3, 4)
    tablet = hall.tablet()
    hall.hold_to(tablet, 11)
    hall.by_hand(tablet, 4, 2, 3, 4)
    tablet.press("完成")
    tablet.sees("entry")
    for card, numbers in BY_HTTP.items():
        hall.by_http(card, chosen(4, *numbers))
    replace_a_lost_card(hall)
    cast_the_paper(hall, tablet)
    hall.hall_shows("已投12", "发出13")
    hall.hall_hides(*(one.title for one in FOUR))


def replace_a_lost_card(hall: Plenary) -> None:
    """Against the stub, before a scrutineer; the old one is dead, and one that has voted stays as it is."""
    serial = hall.stubs.serial
    hall.at_round().follow("换卡、作废")
    clerk = hall.clerk
    against: dict[str, Filled] = {
        "备用卡的编号": serial(RESERVE[0]),
        "遗失": True,
        SCRUTINEERS[1]: True,
    }
    clerk.press("作废旧卡，启用备用卡", {"存根上的编号": serial(4), **against}, refused=True)
    clerk.reads("已经投过票")
    clerk.press("作废旧卡，启用备用卡", {"存根上的编号": serial(LOST), **against})
    clerk.reads("旧卡作废，新卡可以投票")
    refused = hall.stubs.try_to_vote(hall.api, hall.round, LOST, chosen(4, 4))
    assert refused.status_code == 403
    assert "作废" in refused.text
    hall.by_http(RESERVE[0], chosen(4, 2, 3, 4))


def cast_the_paper(hall: Plenary, tablet: Deputy) -> None:
    """One paper has no figure of its own: two tellers cast it on the tablet with a reserve card."""
    first = hall.teller = hall.enter("发链接给第 1 名计票人", "计票员甲")
    hall.enter("发链接给第 2 名计票人", "计票员乙")
    first.reads("还有 1 张纸质票要代投")
    first.press("启用这张备用卡", {"备用卡编号": hall.stubs.serial(RESERVE[1]), SCRUTINEERS[0]: True})
    hall.hold_to(tablet, RESERVE[1])
    hall.by_hand(tablet, 4, 1, 3, 4)
    first.again()
    first.reads_not("还有 1 张纸质票要代投")


# 截止, 有效, 开箱, 签字


def close_and_count(hall: Plenary) -> None:
    """The chief reports, the chair declares; two of three open and sign, the third never comes back."""
    hall.at_round().press("截止投票", {"主持人已宣布截止投票": True})
    chair, operator = hall.chair, hall.operator
    chair.open(f"/rounds/{hall.round}")
    chair.reads("实到代表 13 人", "发出表决票 13 张，收回 12 张", "收回的票少于发出的票")
    chair.press("宣布票决有效")
    for one in hall.scrutineers[:2]:
        one.at("compare")
        assert one.seal_code() == hall.seal_code()
        one.open_box()
    for one in hall.scrutineers[:2]:
        operator.open(f"/rounds/{hall.round}")
        operator.reads("现在还看不到票数")
        hall.hall_shows("计票完毕，等待宣布")
        one.report()
        one.sign()
        one.at("signed")


def announce_a_tie(hall: Plenary) -> None:
    """Figures for chair and operator first; for the hall when the chair has pressed."""
    for one in (hall.chair, hall.operator):
        one.open(f"/rounds/{hall.round}")
    hall.operator.reads("未投 1", "结果还没有宣布")
    hall.chair.reads(f"{FOUR[0].title}，得赞成票10票", "再次票决")
    hall.presidium.again()
    for page in (hall.screen.locator("main").inner_text(), hall.presidium.text, hall.at_round().text):
        assert [figure for figure in ("10票", "10 票", "待定") if figure in page] == []
    hall.chair.press("宣布")
    expect(hall.screen.locator(".row.chosen")).to_have_count(2)
    hall.hall_shows("待定")
    hall.presidium.again()
    hall.presidium.reads("再次票决")


# 再次票决


def run_off(hall: Plenary, phones: list[Deputy]) -> None:
    """One press; the key and the deck are there, and the same cards vote again without another scan."""
    hall.at_round().press("新建再次票决")
    hall.turn_to_shown()
    hall.clerk.press("领用本次会议的投票卡")
    seal(hall)
    hall.at_round()
    hall.clerk.press("开始投票", {"其中纸质票": "1", "发出票数": "13"})
    hall.clerk.reads("正在投票：已投 0 张，发出 13 张")
    for one in phones:
        one.press("投下一项")
        hall.by_hand(one, 2, 1)
    for card, number in RUN_OFF.items():
        hall.by_http(card, chosen(2, number))
    tablet = hall.tablet()
    teller = hall.teller.twin("")
    teller.press("启用这张备用卡", {"备用卡编号": hall.stubs.serial(RESERVE[2]), SCRUTINEERS[0]: True})
    hall.hold_to(tablet, RESERVE[2])
    hall.by_hand(tablet, 2, 2)
    close_and_count(hall)
    hall.chair.open(f"/rounds/{hall.round}")
    hall.chair.reads(f"{FOUR[2].title}，得赞成票9票")
    hall.chair.press("宣布")
    expect(hall.screen.locator(".row.chosen")).to_have_count(1)


RUN_OFF: Final = {4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 2, 10: 2, 11: 1, 17: 1}
"""9 for the first with the two phones, 3 for the other with the paper."""


# 公布, 会后


def publish(hall: Plenary, number: str) -> None:
    """公告 with its number; anybody at home reads it."""
    agreed: dict[str, Filled] = {
        "公告编号": number,
        "主席团的意见": "主席团第三次会议同意公布",
        "公告已经主席团同意": True,
    }
    hall.at_round().press("公布", agreed)
    hall.clerk.reads(f"公告{number}")
    reader = hall.come(f"{hall.installation.url}/r/{hall.round}")
    reader.reads(number, "入选")


def end_session(hall: Plenary) -> None:
    """The plenary ends, the numbers of the cards are erased; all that is left is to have it done."""
    hall.at_session().follow("签到名单")
    hall.clerk.press("结束全体会议", {"确认结束这次全体会议": True})
    clerk = hall.at_deck()
    clerk.press("清除编号", {"本次会议的投票全部结束，不再换卡": True})
    clerk.reads("编号已经清除")
    hall.at_session().reads("入选的项目转为项目，交办", "本次会议的投票卡编号已经清除")
    clerk.reads_not("公告定稿、主席团同意以后")
