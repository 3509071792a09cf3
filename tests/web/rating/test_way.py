"""The pages from a year's projects to the score and what follows it, each step by its own people."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace

from tests.county import Body, new_id
from tests.delivery import project
from tests.rated import SATISFIED, UNSATISFIED, Sitting, a_session, held, ordered
from tests.voting.handling.desk import submitted
from tests.web.house import House
from tests.web.rating.visitors import closing_fields, key_of, rating_fields, upload
from voting import drafting
from voting.delivering.projects import Part
from voting.rounds import Round, Session


@pytest.fixture
def autumn(house: House) -> House:
    """The clock stands in the county's September."""
    house.clock = house.county.now()
    return house


def made_round(house: House, body: Body, session: Session) -> Round:
    with house.store.read() as tx:
        return tx.rounds.of_session(body.staff, session.id)[-1]


def test_staff_have_projects_rated_and_follow_up_a_bad_score(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    road = project(county, "修路", state="accepted")
    lamp = project(county, "装路灯")
    session = a_session(county)
    staff, unit = autumn.enter_as(county.staff), autumn.enter_as(county.unit)
    assert "还没有组织测评" in staff.get("/rating").text
    form = staff.get("/rating/new").text
    assert f'value="{road.id}" checked' in form
    assert f'value="{lamp.id}">' in form
    answer = staff.post("/rating/new", **rating_fields(session, road.id, lamp.id))
    made = made_round(autumn, county, session)
    assert answer.headers["location"] == f"{staff.base}/rounds/{made.id}"
    assert staff.get(f"/rating/rounds/{made.id}").status_code == 404
    Sitting(county, session, made, tmp_path).vote([(SATISFIED, UNSATISFIED)] * 6)
    assert "装路灯：责成整改" in staff.get("/rating").text
    results = staff.get(f"/rating/rounds/{made.id}").text
    assert "总体满意率50.0%" in results
    assert staff.get(f"/rating/rounds/{made.id}/order/2").status_code == 200
    sent = staff.post(f"/rating/rounds/{made.id}/order/2", months=1, demands="年底前点亮。")
    here = sent.headers["location"].removeprefix(staff.base)
    assert "年底前点亮" in unit.get(here).text
    assert "装路灯" in unit.get("/rectifications").text


def test_a_bad_score_is_put_right_and_closed_through_the_pages(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    lamp = project(county, "装路灯")
    matter = ordered(county, held(county, tmp_path, [lamp], [(UNSATISFIED,)] * 6))
    staff, unit = autumn.enter_as(county.staff), autumn.enter_as(county.unit)
    here = f"/rectifications/{matter.id}"
    for kind in ("plan", "finish"):
        sent = unit.post(f"{here}/steps", key=new_id(kind), kind=kind, text="已落实")
        assert sent.status_code == 303
    judged = upload(
        staff,
        f"{here}/judge",
        {
            "key": key_of(staff.get(here).text),
            "verdict": "accept",
            "judged_on": "2026-09-01",
            "who": "吴芳",
            "judgement": "灯亮了",
        },
    )
    assert judged.status_code == 303
    assert upload(staff, f"{here}/close", closing_fields()).status_code == 303
    page = unit.get(here).text
    assert "已销号" in page
    assert "主任会议" in page
    paper = page.split(f"{here}/papers/")[1].split('"')[0]
    assert unit.get(f"{here}/papers/{paper}").content.startswith(b"%PDF")
    tab = autumn.enter_as(county.deputy).get(f"/projects/{lamp.id}/rating").text
    assert "不满意 6" in tab
    assert "灯亮了" in tab


def test_a_report_goes_out_in_words_and_no_further_than_the_rules(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    road, lamp = project(county, "修路"), project(county, "装路灯", lead_unit=county.units[1].id)
    ballots = [(SATISFIED, UNSATISFIED)] * 6
    staff = autumn.enter_as(county.staff)
    for publish, told in (("list_and_votes", True), ("list", False)):
        session = a_session(county, title=f"会议{publish}")
        sitting = held(
            county, tmp_path, [road, lamp], ballots, session=session, title=publish, publish=publish
        )
        here = f"/rating/rounds/{sitting.round.id}"
        for name in ("report", "announcement"):
            paper = Document(io.BytesIO(staff.get(f"{here}/{name}.docx").content))
            cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
            assert "不满意" in cells
            assert ("县教育局" in cells, "6" in cells, "100.0%" in cells) == (True, told, told)
            assert ("总体满意率50.0%。" in [one.text for one in paper.paragraphs]) is told
    assert staff.get(f"{here}/report.pdf").content.startswith(b"%PDF")
    assert staff.get(f"{here}/announcement.pdf").content.startswith(b"%PDF")


def test_a_matter_is_rated_again_in_a_session_of_the_committee(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    sitting = held(county, tmp_path, [project(county)], [(UNSATISFIED,)] * 6)
    matter = ordered(county, sitting)
    staff = autumn.enter_as(county.staff)
    form = staff.get(f"/rectifications/{matter.id}/retest").text
    assert f'value="{matter.id}" checked' in form
    session = a_session(county, of="committee")
    sent = staff.post(f"/rectifications/{matter.id}/retest", **rating_fields(session, matter.id))
    assert sent.status_code == 303
    again = made_round(autumn, county, session)
    assert again.relation == "retest"
    Sitting(county, session, again, tmp_path).vote([(SATISFIED,)] * 6)
    assert "再测评结果：满意" in staff.get(f"/rectifications/{matter.id}").text
    closed = upload(staff, f"/rectifications/{matter.id}/close", closing_fields())
    assert closed.status_code == 303


def test_a_town_s_clerk_does_both_sides(autumn: House, tmp_path: Path) -> None:
    town = autumn.county.town
    matter = ordered(town, held(town, tmp_path, [project(town)], [(UNSATISFIED,)] * 6))
    clerk = autumn.enter_as(town.staff)
    here = f"/rectifications/{matter.id}"
    for kind in ("plan", "finish"):
        sent = clerk.post(f"{here}/steps", key=new_id(kind), kind=kind, text="已落实")
        assert sent.status_code == 303
    assert "下一步：验收" in clerk.get(here).text


def test_the_order_and_the_ladder_are_printed_and_recorded(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = ordered(county, held(county, tmp_path, [project(county, "修路")], [(UNSATISFIED,)] * 6))
    staff = autumn.enter_as(county.staff)
    here = f"/rectifications/{matter.id}"
    paper = Document(io.BytesIO(staff.get(f"{here}/order.docx").content))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "县交通运输局：" in said
    assert "测评等次为不满意" in said
    climbed = staff.post(
        f"{here}/ladder",
        key=new_id("rung"),
        place=1,
        decided_on="2026-09-01",
        body="主任会议",
        said="全县通报",
    )
    assert climbed.status_code == 303
    assert "全县通报" in staff.get(here).text
    assert "通报：修路" in autumn.enter_as(county.unit).get("/notices").text


def test_parts_are_offered_below_their_project(autumn: House) -> None:
    county = autumn.county
    road = project(county)
    part = Part(congress=road.congress, project=road.id, place=1, title="东河段", unit=county.units[1].id)
    with autumn.store.write() as tx:
        tx.projects.set_parts(road, [part])
    form = autumn.enter_as(county.staff).get("/rating/new?year=2027").text
    assert f'value="{road.id}.1"' in form
    assert "子项：东河段" in form


def test_an_inquiry_is_prepared_held_rated_and_released(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    road, session = project(county), a_session(county, of="committee")
    staff, unit = autumn.enter_as(county.staff), autumn.enter_as(county.unit)
    key = key_of(staff.get("/inquiries/new").text)
    sent = staff.post(
        "/inquiries/new",
        key=key,
        title="路灯为什么不亮",
        meeting="常委会第二十次会议",
        day="2026-09-01",
        units=[county.units[0].id],
        projects=[road.id],
        months=3,
    )
    assert sent.status_code == 303
    here = f"/inquiries/{key}"
    question = new_id("question")
    asked = staff.post(
        f"{here}/questions",
        key=question,
        asked_by="张桂兰",
        unit=county.units[0].id,
        question="何时点亮？",
        on_spot="yes",
    )
    assert asked.status_code == 303
    fields = {f"by_{question}": "孙局长", f"answer_{question}": "年底前。"}
    assert staff.post(f"{here}/questions/{question}", **fields).status_code == 303
    assert staff.get(f"{here}/round").status_code == 200
    rated = staff.post(f"{here}/round", **rating_fields(session))
    assert rated.status_code == 303
    Sitting(county, session, made_round(autumn, county, session), tmp_path).vote([(UNSATISFIED,)] * 6)
    assert staff.post(f"{here}/held").status_code == 303
    measures = {f"measures_{county.units[0].id}": "每周调度"}
    assert unit.post(f"{here}/measures/{county.units[0].id}", **measures).status_code == 303
    looked = {"looked_on": "2026-09-01", "looked_by": "李秀梅", "passed": "yes", "found": "都亮了"}
    sent = staff.post(f"{here}/rechecks", key=new_id("r"), checked=county.units[0].id, **looked)
    assert sent.status_code == 303
    public = f"/t/{county.congress.id}/inquiries"
    visitor = autumn.visitor()
    assert visitor.get(f"{public}/{key}").status_code == 404
    assert staff.post(f"{here}/release", confirm="yes").status_code == 303
    assert "路灯为什么不亮" in visitor.get(public).text
    shown = visitor.get(f"{public}/{key}").text
    assert "年底前。" in shown
    assert "每周调度" in shown
    assert "刘科长" not in shown
    assert "不满意 6" not in shown
    assert "不满意 6" in autumn.enter_as(county.deputy).get(here).text
    other = f"/t/{county.town.congress.id}/inquiries/{key}"
    assert visitor.get(other).status_code == 404


def test_the_office_sets_terms_and_whether_units_are_ranked(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    sitting = held(county, tmp_path, [project(county)], [(SATISFIED,)] * 6)
    staff = autumn.enter_as(county.staff)
    assert '<th scope="col">排名</th>' not in staff.get(f"/rating/rounds/{sitting.round.id}").text
    assert staff.get("/rating/settings").status_code == 200
    sent = staff.post("/rating/settings", months=1, inquiry_months=2, yellow=5, ranking="yes")
    assert sent.status_code == 303
    assert '<th scope="col">排名</th>' in staff.get(f"/rating/rounds/{sitting.round.id}").text
    assert staff.post("/rating/settings", months=9, inquiry_months=2, yellow=5).status_code == 422


def test_units_are_indexed_by_what_they_did_with_proposals(autumn: House) -> None:
    county = autumn.county
    submitted(county, county.suggest("修路", kind="proposal", deputy=county.deputies[0].id))
    staff, unit = autumn.enter_as(county.staff), county.units[0].id
    assert "待登记单位重视、数字赋能" in staff.get("/rating/units?year=2027").text
    points = {"year": 2027, f"attention_{unit}": 90, f"digital_{unit}": 80}
    assert staff.post(f"/rating/units/points/{unit}", **points).status_code == 303
    assert "待登记" not in staff.get("/rating/units?year=2027").text
    wrong = {**points, f"digital_{unit}": "优"}
    assert staff.post(f"/rating/units/points/{unit}", **wrong).status_code == 422
    weights = dict.fromkeys(("attention", "met", "satisfied", "solved", "online", "digital"), 0)
    assert staff.get("/rating/units/weights").status_code == 200
    assert staff.post("/rating/units/weights", **weights, finished=100).status_code == 303
    assert staff.post("/rating/units/weights", **weights, finished=99).status_code == 422
    assert f'value="{unit}" checked' in staff.get("/rating/units/new?year=2027").text
    sent = {**rating_fields(a_session(county)), "units": [unit]}
    assert staff.post("/rating/units/new", **sent).status_code == 303
    assert staff.post("/rating/units/new", **{**sent, "units": []}).status_code == 422


def test_a_name_that_was_changed_on_the_ballot_is_noticed(autumn: House) -> None:
    county = autumn.county
    road, session = project(county, "修路"), a_session(county)
    staff = autumn.enter_as(county.staff)
    staff.post("/rating/new", **rating_fields(session, road.id))
    made = made_round(autumn, county, session)
    assert "对不上" not in staff.get("/rating").text
    renamed = [replace(one, title="修公路") for one in made.candidates]
    drafting.change_round(autumn.store, county.staff, made.id, made.title, made.rules, renamed, county.now())
    assert "票上的“修公路”改过名称" in staff.get("/rating").text
