"""A 测评 on everybody's page: its own words, its table, and no figure that would tell who chose what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from tests.delivery import project
from tests.people import GRADES, STATES
from tests.rated import SATISFIED, UNSATISFIED, held
from tests.web.house import House, MakeHouse
from voting import drafting, publishing
from voting.rule_fields import Extent
from voting.rules import RoundRules
from web.access import PageRole

MARKS = ((1, 2), (1, 2), (1, 1), (2, 3), (1, 4), (1, 3))
"""Six ballots of two projects: 满意 5, 基本满意 1; 满意 1, 基本满意 2, 不满意 2, 弃权 1."""
ROWS = (("5", "1", "0", "0"), ("1", "2", "2", "1"))
RATES = (("83.3%", "100.0%"), ("16.7%", "50.0%"))
LEVELS = ("满意", "不满意")
OF_A_VOTE = re.compile("票决|表决票|候选|应选|入选|得票")
"""Words that do not belong on the pages of a test."""


def rated(house: House, marks: tuple[tuple[int, ...], ...] = MARKS) -> House:
    """Its round is open, and so many have rated."""
    for card, one in enumerate(marks):
        house.hall.cast(card, *one)
    return house


def flat(text: str) -> str:
    return " ".join(text.split())


def page(house: House, role: PageRole | None = None, path: str = "") -> str:
    """What stands in the middle of a page, for a person with the role or (a whole address) everybody."""
    answer = house.visitor().get(path) if role is None else house.enter(role).get(path)
    assert answer.status_code == 200
    text = flat(answer.text)
    return text[text.index("<main") : text.index("</main>")] if "<main" in text else text


def table(text: str) -> list[list[str]]:
    """The cells of the table of results, a row a project, without the small print."""
    body = text[text.index('<table class="ratings">') :]
    rows = re.findall(r"<tr>.*?</tr>", body[: body.index("</table>")])[1:]
    plain = [re.sub(r'<span class="reason">.*?</span>', "", row) for row in rows]
    return [
        [re.sub("<.*?>", "", cell).strip() for cell in re.findall(r"<td.*?</td>|<th.*?</th>", row)]
        for row in plain
    ]


NOT_CAST: Final = "0"


def whole_rows() -> list[list[str]]:
    return [
        [str(n), title, LEVELS[n - 1], *ROWS[n - 1], NOT_CAST, *RATES[n - 1]]
        for n, title in ((1, "农村公路改造县交通局"), (2, "校园食堂改建县交通局"))
    ]


def everybodys(house: House) -> dict[str, str]:
    """Every page of the round, for everybody who has one."""
    path = f"/rounds/{house.id}"
    roles: tuple[PageRole, ...] = ("staff", "chair", "operator")
    pages = {str(role): page(house, role, path) for role in roles}
    return pages | {"hall": page(house, None, f"/hall/{house.hall.session.code}")}


def of_a_vote(house: House, text: str) -> list[str]:
    """What stands there and is said of votes only; the round's own title does not count."""
    return OF_A_VOTE.findall(text.replace(house.hall.round.title, ""))


def test_every_page_of_a_test_speaks_of_a_test(open_house: MakeHouse) -> None:
    house = open_house(GRADES)
    for state in STATES[1:]:
        house.hall.reach(state)
        if state == "open":
            rated(house)
        found = {who: of_a_vote(house, text) for who, text in everybodys(house).items()}
        assert {who: words for who, words in found.items() if words} == {}, state


def test_a_void_test_is_called_so_and_can_be_held_again(open_house: MakeHouse) -> None:
    house = open_house(GRADES, state="void")
    for who, text in everybodys(house).items():
        assert of_a_vote(house, text) == [], who
        assert "测评无效" in text, who
    made = house.enter("staff").post(f"/rounds/{house.id}/follow-up", relation="repeat")
    assert made.status_code == 303
    shown = page(house, "staff", f"/rounds/{made.headers['location'].rsplit('/', 1)[1]}")
    assert "重新测评：上一轮已宣布无效，项目和办法不变" in shown


def test_the_chair_declares_a_test_valid_in_its_own_words(open_house: MakeHouse) -> None:
    house = rated(open_house(GRADES, state="open"))
    house.hall.reach("closed")
    text = page(house, "chair")
    assert "发出测评票 6 张" in text
    assert "我宣布：本次测评有效" in text
    chair = house.enter("chair")
    void = chair.post(f"/rounds/{house.id}/void", reason="设备故障")
    assert void.status_code == 422
    assert "确认已在会场宣布测评无效" in void.text
    assert chair.post(f"/rounds/{house.id}/valid").status_code == 303


def test_in_the_committee_its_members_are_addressed(open_house: MakeHouse) -> None:
    house = rated(open_house(GRADES, state="open", body="committee"))
    house.hall.reach("closed")
    text = page(house, "chair")
    assert "各位常委会组成人员" in text
    assert "实到组成人员 6 人" in text
    house.hall.reach("announced")
    staff = house.enter("staff")
    assert "主任会议的意见" in staff.get(f"/rounds/{house.id}").text
    missing = staff.post(f"/rounds/{house.id}/publish", number="第1号", date="2026-01-26", confirm="yes")
    assert "没有填写“主任会议的意见”" in missing.text
    for who, found in everybodys(house).items():
        assert "代表" not in found.replace("人民代表大会", "").replace("人大代表票决", ""), who


def test_links_in_the_committee_are_given_to_its_own_people(open_house: MakeHouse) -> None:
    house = open_house(GRADES, state="adopted", body="committee")
    session = house.hall.session.id
    assert "给会议主持人发链接" in page(house, "staff", f"/sessions/{session}")
    staff = house.enter("staff")
    form = staff.get(f"/links/new?session={session}").text
    assert "会议主持人" in form
    assert "执行主席" not in form
    fields = {"role": "chair", "name": "张主任", "session": session, "days": "30"}
    assert "会议主持人张主任的链接" in staff.post("/links/new", **fields).text
    wrong = {**fields, "role": "scrutineer", "name": "无此人", "number": "1"}
    assert "常委会会议通过的监票人名单是" in staff.post("/links/new", **wrong).text


def test_the_result_is_a_table_with_its_rates_levels_and_reasons(open_house: MakeHouse) -> None:
    house = rated(open_house(GRADES, state="open"))
    house.hall.reach("published")
    places: tuple[tuple[PageRole | None, str], ...] = (
        ("staff", f"/rounds/{house.id}"),
        ("operator", ""),
        (None, f"/r/{house.id}"),
    )
    for who, path in places:
        text = page(house, who, path)
        assert table(text) == whole_rows(), who
        head = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', text[text.index('<table class="ratings">') :])
        assert head[:8] == ["序号", "项目和原因", "等次", *GRADES.levels, "弃权", "未投"]
        assert head[8:10] == ["满意率", "总体满意率"]
        assert "满意5票，超过全体代表（6）的半数" in text
        assert "总体满意率75.0%" in text


def test_the_papers_are_called_by_their_name(open_house: MakeHouse) -> None:
    house = rated(open_house(GRADES, state="open"))
    house.hall.reach("announced")
    answer = house.enter("operator").get(f"/rounds/{house.id}/report.pdf")
    assert answer.content.startswith(b"%PDF")
    assert (
        "%E6%B5%8B%E8%AF%84%E7%BB%93%E6%9E%9C%E6%8A%A5%E5%91%8A%E5%8D%95"
        in answer.headers["content-disposition"]
    )


def test_the_hall_shows_levels_only_once_they_are_announced(open_house: MakeHouse) -> None:
    house = rated(open_house(GRADES, state="open"))
    code = f"/hall/{house.hall.session.code}"
    house.hall.reach("counted")
    assert "基本满意" not in page(house, None, code)
    house.hall.reach("announced")
    text = page(house, None, code)
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text[text.index("<tbody>") :])
    assert cells == [
        *["1", "农村公路改造", *ROWS[0], RATES[0][1], LEVELS[0]],
        *["2", "校园食堂改建", *ROWS[1], RATES[1][1], LEVELS[1]],
    ]


def in_public(house: House) -> str:
    """All that is shown about the published round to everybody."""
    code = house.hall.session.code
    paths = (f"/r/{house.id}", f"/r/{house.id}/technical", f"/hall/{code}", f"/api/v/{code}", "/")
    return " ".join(page(house, None, path) for path in paths)


def figures(text: str) -> list[str]:
    """Rates, and whatever is said to be a number of ballots."""
    return re.findall(r"\d+\.\d%|(?<!至少)\d+票|<td class=\"figure\">\d+ <", text)


def published(open_house: MakeHouse, rules: RoundRules, ballots: int) -> House:
    house = rated(open_house(rules, state="open"), MARKS[:ballots])
    house.hall.reach("published")
    return house


def test_of_fewer_than_five_ballots_no_figure_is_shown_to_anybody_outside(open_house: MakeHouse) -> None:
    house = published(open_house, GRADES, 4)
    text = in_public(house)
    assert "人数太少，不公布票数" in text
    assert figures(text) == []
    assert re.findall(r'class="tag level-\w+">(\w+)<', text) == ["基本满意", "不满意"]
    assert house.visitor().get(f"/r/{house.id}/archive.bel").status_code == 403
    assert figures(page(house, "staff", f"/rounds/{house.id}")) == []


@pytest.mark.parametrize(("extent", "shown"), [("list", False), ("list_and_votes", True)])
def test_figures_are_public_as_far_as_the_rules_say(
    open_house: MakeHouse, extent: Extent, *, shown: bool
) -> None:
    house = published(open_house, replace(GRADES, publish=extent), 6)
    assert bool(figures(in_public(house))) is shown
    assert ("票箱记录不对外公布" in page(house, None, f"/r/{house.id}")) is True


def test_a_retest_says_what_it_is_and_leads_to_the_test_before(open_house: MakeHouse) -> None:
    house = published(open_house, GRADES, 6)
    hall, rules = house.hall, replace(GRADES, projects=1)
    later = drafting.create_session(house.store, hall.staff, "第十九届人大第六次会议", 6, hall.random)
    with house.store.write() as tx:
        again = drafting.add_round(
            tx,
            hall.staff,
            later.id,
            "校园食堂改建再测评",
            rules,
            [replace(hall.round.candidates[1], number=1)],
            hall.now(),
            previous=house.id,
            relation="retest",
        )
    text = page(house, "staff", f"/rounds/{again.id}")
    assert "再测评：上一次测评以后整改的项目，再测一次" in text
    assert f"/rounds/{house.id}" in text


def test_a_trackers_look_up_and_the_technical_page_speak_of_a_test(open_house: MakeHouse) -> None:
    house = published(open_house, GRADES, 6)
    assert "测评办法的哈希" in page(house, None, f"/r/{house.id}/technical")
    assert "按什么办法测评" in page(house, None, f"/r/{house.id}")
    assert publishing.public_result(house.store, house.id).with_archive


def test_a_session_of_the_committee_is_made_by_a_county_and_not_by_a_town(house: House) -> None:
    staff = house.enter("staff")
    made = staff.post(title="县人大常委会第三十次会议", all_deputies="35", body="committee")
    assert made.status_code == 303
    shown = staff.client.get(made.headers["location"]).text
    assert "全体组成人员 35 人" in shown
    assert "新建票决" not in shown
    assert "请填写全体组成人员人数" in staff.post(title="又一次", all_deputies="", body="committee").text
    town = house.enter_as(house.county.town.staff)
    before = town.get().text.count("/sessions/")
    assert "常委会会议（由" not in town.get().text
    refused = town.post(title="镇里的会", all_deputies="35", body="committee")
    assert refused.status_code == 422
    assert 'href="#body">乡镇人大没有常委会' in refused.text
    assert 'value="镇里的会"' in refused.text
    assert town.get().text.count("/sessions/") == before


def test_a_result_leads_to_the_pages_of_the_projects_that_were_rated(house: House, tmp_path: Path) -> None:
    county = house.county
    projects = [project(county, "修路", state="accepted"), project(county, "装路灯")]
    sitting = held(county, tmp_path, projects, [(SATISFIED, UNSATISFIED)] * 6, "published")
    house.clock = county.now()
    result = page(house, None, f"/r/{sitting.round.id}")
    links = re.findall(r'<a href="(/t/[^"]+)">(\w+)</a>', result)
    assert links == [(f"/t/{county.staff.congress}/projects/{one.id}", one.title) for one in projects]
    assert [house.visitor().get(address).status_code for address, _ in links] == [200, 200]
    staff = house.enter_as(county.staff)
    shown = staff.get(f"/rounds/{sitting.round.id}").text
    assert [f'href="{staff.base}/projects/{one.id}"' in shown for one in projects] == [True, True]
