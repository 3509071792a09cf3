"""The session's page at the desk: one list says what is next, what is missing and who must do it."""

from __future__ import annotations

import re

from tests.web.house import House, MakeHouse
from voting import drafting
from voting.checking_in.plenaries import begin_plenary


def steps(house: House) -> list[str]:
    """The list in plain words, one line each."""
    text = house.enter("staff").get(f"/sessions/{house.hall.session.id}").text
    (found,) = re.findall(r'<ol class="todo">(.*?)</ol>', text, re.DOTALL)
    return [
        "".join(re.sub(r"<[^>]+>", " ", one).split())
        for one in re.findall(r"<li>(.*?)</li>", found, re.DOTALL)
    ]


def test_it_leads_from_the_draft_to_the_notice(open_house: MakeHouse) -> None:
    house = open_house(state="drafted")
    first = steps(house)
    assert "工作人员给执行主席、会务操作员发个人链接" in first
    assert any("组织签到" in one for one in first)
    assert first[-1].startswith("工作人员大会通过票决办法和监票人名单以后")
    house.hall.reach("adopted")
    assert any("监票人陈秀英还没有生成开箱钥匙。" in one for one in steps(house))
    house.hall.reach("sealed")
    assert any("总监票人在自己的手机上确认" in one for one in steps(house))
    house.hall.reach("open")
    assert steps(house)[0].endswith("已投0张，发出6张。")
    house.hall.reach("closed")
    assert steps(house)[0].startswith("执行主席宣布")
    house.hall.reach("counted")
    assert "还没有签字的：陈秀英、赵建国。" in steps(house)[0]
    house.hall.reach("announced")
    assert [one.split("“")[0] for one in steps(house)] == ["工作人员", "工作人员"]
    assert "还有2个名额没有确定。" in steps(house)[0]


def test_below_the_quorum_it_says_how_many_are_missing(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    hall = house.hall
    begin_plenary(hall.store, hall.staff, hall.session.id, "第一次全体会议", hall.now())
    assert any("实到0人，离法定人数4人还差4人。" in one for one in steps(house))
    page = house.enter("staff").get(f"/rounds/{house.id}").text
    assert "实到0人，不足法定人数4人，现在不能开始。" in page


def test_the_members_of_the_presidium_find_their_screen_and_no_other_congress_s(house: House) -> None:
    county = house.county
    own = drafting.create_session(house.store, county.staff, "第七次会议", 150, house.hall.random)
    member = house.enter("presidium")
    assert f"/sessions/{own.id}/screen" in member.get("/sessions").text
    assert "第七次会议" in member.get(f"/sessions/{own.id}/screen").text
    assert member.get(f"/sessions/{house.hall.session.id}/screen").status_code == 404


def test_a_screen_that_has_it_already_is_sent_nothing(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    chair = house.enter("chair")
    first = chair.get("/screen")
    same = chair.get("/screen", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, same.status_code, same.text) == (200, 304, "")
    house.hall.cast(0, 1)
    assert chair.get("/screen", headers={"if-none-match": first.headers["etag"]}).status_code == 200
