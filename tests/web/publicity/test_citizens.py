"""What citizens say through pages: taken once, read first, answered, apart from the deputies' score."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from tests.county import County
from tests.delivery import project
from tests.publicity import OCTOBER
from tests.web.citizen import hidden, typed
from tests.web.house import House
from voting.collecting import gate
from voting.delivering.projects import Project
from voting.publicity.scores import CAUTION, CitizenSettings, Scale

QUEUE = "/opinions-on-projects"


class Citizen:
    """One device before the form of a project."""

    def __init__(self, house: House, of: Project) -> None:
        self.house, self.client = house, house.visitor()
        self.page = f"/t/{of.congress}/projects/{of.id}"

    def send(self, use: str = "opinion", /, page: Response | None = None, **fields: Any) -> Response:
        """Half a minute after opening the form, or after `page` was opened."""
        form = page or self.client.get(f"{self.page}/{use}")
        assert self.house.clock is not None
        self.house.clock += timedelta(seconds=30)
        return self.client.post(f"{self.page}/{use}", data={**hidden(form.text), **fields})

    def reads(self) -> str:
        return self.client.get(self.page).text


@pytest.fixture
def county(house: House) -> County:
    house.clock = OCTOBER
    return house.county


@pytest.fixture
def citizen(house: House, county: County) -> Citizen:
    return Citizen(house, project(county))


def waiting(county: County) -> int:
    with county.store.read() as tx:
        return tx.citizens.number(county.staff, "waiting")


def allow(county: County, scale: Scale, *, opinions: bool = True) -> None:
    with county.store.write() as tx:
        tx.settings.put(county.staff, CitizenSettings(opinions=opinions, scores=scale), OCTOBER)


def test_an_opinion_goes_through_the_office_to_the_page_and_gets_its_reply(
    house: House, county: County, citizen: Citizen
) -> None:
    sent = citizen.send(text="路灯还没有亮。", name="王女士")
    assert sent.headers["location"].endswith("/opinion/sent")
    assert "已经收到" in citizen.client.get(sent.headers["location"]).text
    assert "路灯还没有亮。" not in citizen.reads()
    office = house.enter_as(county.staff)
    queue = office.get(QUEUE).text
    assert "路灯还没有亮。" in queue
    opinion = queue.split('id="opinion-')[1].split('"')[0]
    assert office.post(f"{QUEUE}/{opinion}/release").status_code == 303
    assert "路灯还没有亮。" in citizen.reads()
    unit = house.enter_as(county.unit)
    assert "路灯还没有亮。" in unit.get(QUEUE).text
    assert unit.post(f"{QUEUE}/{opinion}/reply", **{f"reply-{opinion}": "十月底通电。"}).status_code == 303
    page = citizen.reads()
    assert "十月底通电。" in page
    assert "县交通运输局答复" in page
    assert "王女士" in page


def test_what_is_refused_needs_a_reason_and_is_never_shown(
    house: House, county: County, citizen: Citizen
) -> None:
    citizen.send(text="某某的电话是13800000000。")
    office = house.enter_as(county.government)
    opinion = office.get(QUEUE).text.split('id="opinion-')[1].split('"')[0]
    empty = office.post(f"{QUEUE}/{opinion}/refuse", **{f"reason-{opinion}": " "})
    assert (empty.status_code, waiting(county)) == (422, 1)
    assert "没有填写不公开的理由" in empty.text
    assert office.post(f"{QUEUE}/{opinion}/refuse", **{f"reason-{opinion}": "写了电话"}).status_code == 303
    assert "13800000000" not in citizen.reads()
    assert "写了电话" in office.get(f"{QUEUE}?state=refused").text


def test_a_reply_that_is_too_long_is_kept_in_its_field(
    house: House, county: County, citizen: Citizen
) -> None:
    citizen.send(text="路灯还没有亮。")
    office = house.enter_as(county.government)
    opinion = office.get(QUEUE).text.split('id="opinion-')[1].split('"')[0]
    office.post(f"{QUEUE}/{opinion}/release")
    long = "长" * 1001
    answer = office.post(f"{QUEUE}/{opinion}/reply", **{f"reply-{opinion}": long, "state": "released"})
    assert answer.status_code == 422
    assert long in answer.text
    assert "最多1,000个字" in answer.text
    assert long not in citizen.reads()


def test_a_unit_that_comes_after_the_offices_reply_is_told_so_and_keeps_its_words(
    house: House, county: County, citizen: Citizen
) -> None:
    citizen.send(text="路灯还没有亮。")
    office, unit = house.enter_as(county.government), house.enter_as(county.unit)
    opinion = office.get(QUEUE).text.split('id="opinion-')[1].split('"')[0]
    office.post(f"{QUEUE}/{opinion}/release")
    form = f'action="{unit.base}{QUEUE}/{opinion}/reply"'
    assert form in unit.get(QUEUE).text
    office.post(f"{QUEUE}/{opinion}/reply", **{f"reply-{opinion}": "十月底通电。"})
    assert form not in unit.get(QUEUE).text
    answer = unit.post(f"{QUEUE}/{opinion}/reply", **{f"reply-{opinion}": "不归我们管。"})
    assert answer.status_code == 409
    assert "政府办已经答复这条意见" in answer.text
    assert "不归我们管。</textarea>" in answer.text
    assert "不归我们管。" not in citizen.reads()


@pytest.mark.parametrize("path", ["refuse", "reply"])
@pytest.mark.parametrize("opinion", ["0" * 32, "1", "a%00b"])
def test_an_opinion_that_is_not_there_is_not_found_whatever_the_form_lacks(
    house: House, county: County, path: str, opinion: str
) -> None:
    office = house.enter_as(county.government)
    assert office.post(f"{QUEUE}/{opinion}/{path}").status_code == 404


def test_what_cannot_be_taken_is_said_beside_its_field_and_kept(county: County, citizen: Citizen) -> None:
    for text, more, sentence in (
        ("", {}, "没有填写意见。"),
        ("长" * 501, {}, "最多500个字"),
        ("路灯", {"name": "长" * 21}, "最多20个字"),
        ("路灯\u202e", {}, "不能显示或打印"),
        ("路灯", {"website": "http://spam.example"}, "这一栏请不要填写"),
    ):
        answer = citizen.send("opinion", None, text=text, **more)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert typed(answer.text, "text") == text
    assert waiting(county) == 0


def test_a_program_that_sends_at_once_or_without_end_is_stopped(
    house: House, county: County, citizen: Citizen
) -> None:
    form = citizen.client.get(f"{citizen.page}/opinion")
    soon = citizen.client.post(f"{citizen.page}/opinion", data={**hidden(form.text), "text": "快"})
    assert (soon.status_code, waiting(county)) == (422, 0)
    assert "提交得太快了" in soon.text
    for n in range(gate.MOST_AN_HOUR):
        assert citizen.send(text=f"第{n}条").status_code == 303
    many = citizen.send(text="还有一条")
    assert (many.status_code, waiting(county)) == (429, gate.MOST_AN_HOUR)
    assert typed(many.text, "text") == "还有一条"


def test_a_form_that_is_too_old_or_anothers_gives_a_fresh_one_with_everything_typed(
    house: House, county: County, citizen: Citizen
) -> None:
    form = citizen.client.get(f"{citizen.page}/opinion")
    assert house.clock is not None
    house.clock += timedelta(days=3)
    old = citizen.send(page=form, text="三天以前的")
    assert (old.status_code, typed(old.text, "text"), waiting(county)) == (422, "三天以前的", 0)
    assert citizen.send(page=old, text="三天以前的").status_code == 303
    other = Citizen(house, project(county, "学校"))
    assert other.send(page=citizen.client.get(f"{citizen.page}/opinion"), text="别的表单").status_code == 422


def test_where_no_opinions_are_taken_there_is_no_form(county: County, citizen: Citizen) -> None:
    form = citizen.client.get(f"{citizen.page}/opinion")
    allow(county, "off", opinions=False)
    assert citizen.client.get(f"{citizen.page}/opinion").status_code == 404
    answer = citizen.send(page=form, text="来不及了")
    assert (answer.status_code, waiting(county)) == (404, 0)
    assert "/opinion" not in citizen.reads()


# Scores


def scores(county: County, citizen: Citizen) -> dict[int, int]:
    with county.store.read() as tx:
        of = tx.projects.get(county.staff, citizen.page.rpartition("/")[2])
        return tx.citizens.score_counts(of, "points")


def test_scores_are_off_until_the_office_turns_them_on(
    house: House, county: County, citizen: Citizen
) -> None:
    assert citizen.client.get(f"{citizen.page}/score").status_code == 404
    assert "打分" not in citizen.reads()
    office = house.enter_as(county.staff)
    assert 'value="off" checked' in office.get("/settings/citizens").text
    assert office.post("/settings/citizens", opinions="yes", scores="11").status_code == 422
    assert office.post("/settings/citizens", opinions="yes", scores="points").status_code == 303
    assert "我来打分" in citizen.reads()


def test_a_score_out_of_range_is_refused(county: County, citizen: Citizen) -> None:
    allow(county, "points")
    for level in ("", "0", "6", "-1", "满意", "5.5"):
        answer = citizen.send("score", level=level)
        assert (level, answer.status_code) == (level, 422)
        assert "请选择一项" in answer.text
    assert scores(county, citizen) == {}


def test_one_device_counts_once_and_figures_stand_apart_with_their_caution(
    house: House, county: County, citizen: Citizen
) -> None:
    allow(county, "points")
    of = project(county, "学校")
    for level in ("1", "5"):
        assert citizen.send("score", level=level).status_code == 303
    assert scores(county, citizen) == {5: 1}
    page = citizen.reads()
    assert CAUTION in page
    assert "打分的还不到 5 人次" in page
    assert "平均" not in page
    for level in ("4", "4", "5", "5"):
        other = Citizen(house, of)
        other.page = citizen.page
        other.send("score", level=level)
    page = citizen.reads()
    assert "平均 4.6 分" in page
    assert page.index("群众打分") > page.index("群众怎么说")


def test_a_browser_that_keeps_no_cookie_is_told_so(county: County, citizen: Citizen, house: House) -> None:
    allow(county, "points")
    form = citizen.client.get(f"{citizen.page}/score")
    stranger = house.visitor()
    assert house.clock is not None
    house.clock += timedelta(seconds=30)
    answer = stranger.post(f"{citizen.page}/score", data={**hidden(form.text), "level": "5"})
    assert (answer.status_code, scores(county, citizen)) == (422, {})
    assert "请允许本网站使用 Cookie" in answer.text


def test_other_roles_have_no_queue(house: House, county: County) -> None:
    for actor in (county.deputy, county.presidium):
        assert house.enter_as(actor).get(QUEUE).status_code == 404
    assert house.enter_as(county.government).get("/settings/citizens").status_code in {403, 404}
