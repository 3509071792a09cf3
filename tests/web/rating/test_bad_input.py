"""What the pages of 人大评 do with bad input: a sentence, a status, nothing changed, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.county import County, new_id
from tests.delivery import project
from tests.rated import PAPER, UNSATISFIED, a_session, handed_in, held, judged, ordered
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.rating.visitors import closing_fields, rating_fields, upload
from voting.rating.rectifications import Rectification


@pytest.fixture
def autumn(house: House) -> House:
    """The clock stands in the county's September."""
    house.clock = house.county.now()
    return house


def a_matter(county: County, folder: Path) -> Rectification:
    return ordered(county, held(county, folder, [project(county)], [(UNSATISFIED,)] * 6))


def test_a_round_that_cannot_be_held_comes_back_with_everything_typed(autumn: House) -> None:
    county = autumn.county
    road = project(county)
    session, staff = a_session(county), autumn.enter_as(county.staff)
    cases: tuple[tuple[list[str], dict[str, object], str], ...] = (
        ([], {}, "没有选择测评项目"),
        ([road.id, project(county, "旧的", year=2026).id], {}, "同一年度"),
        ([project(county, "取消的", state="cancelled").id], {}, "不能测评"),
        ([road.id], {"session": ""}, "请选择会议"),
        ([road.id], {"title": " "}, "没有填写“测评名称”"),
        ([road.id], {"half": ""}, "票数正好是一半时怎么算"),
        ([road.id], {"publish": ""}, "公布的范围"),
        ([road.id], {"method": "bands", "band_1": 80, "band_2": 60, "band_3": 50}, "有空缺"),
        ([road.id], {"method": "bands", "band_1": 60, "band_2": 80, "band_3": 0}, "有重叠"),
    )
    for chosen, fields, said in cases:
        with unchanged(autumn.store):
            sent = {**rating_fields(session, *chosen), "title": "我写的名称", **fields}
            answer = staff.post("/rating/new", **sent)
        assert (answer.status_code, said in answer.text) == (422, True), said
        if fields.get("title") != " ":
            assert "我写的名称" in answer.text


def test_a_project_of_another_congress_is_not_there(autumn: House) -> None:
    county = autumn.county
    theirs = project(county.town)
    staff, session = autumn.enter_as(county.staff), a_session(county)
    with unchanged(autumn.store):
        sent = staff.post("/rating/new", **rating_fields(session, theirs.id))
        assert sent.status_code == 404
        assert staff.get(f"/projects/{theirs.id}/rating").status_code == 404


def test_a_closed_matter_is_not_rated_again_and_takes_no_step(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = a_matter(county, tmp_path)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    judged(county, matter, "close", proof=PAPER)
    staff, unit = autumn.enter_as(county.staff), autumn.enter_as(county.unit)
    fields = rating_fields(a_session(county, title="第四次会议"), matter.id)
    here = f"/rectifications/{matter.id}"
    with unchanged(autumn.store):
        answer = staff.post(f"/rectifications/{matter.id}/retest", **fields)
        assert (answer.status_code, "已经销号" in answer.text) == (409, True)
        answer = unit.post(f"{here}/steps", key=new_id("k"), kind="report", text="又一次")
        assert (answer.status_code, "已经销号" in answer.text) == (409, True)


def test_nothing_is_closed_that_was_not_accepted(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = a_matter(county, tmp_path)
    staff = autumn.enter_as(county.staff)
    here = f"/rectifications/{matter.id}/close"
    with unchanged(autumn.store):
        answer = upload(staff, here, closing_fields())
        assert (answer.status_code, "没有通过验收" in answer.text) == (409, True)
        answer = staff.post(here, **closing_fields())
        assert (answer.status_code, "证明材料" in answer.text) == (422, True)
        answer = upload(staff, here, closing_fields(), "批复.exe", b"MZ")
        assert (answer.status_code, "PDF 或者 .docx" in answer.text) == (422, True)
        answer = upload(staff, here, closing_fields(closed_on="后天"))
        assert (answer.status_code, "请填写销号日期" in answer.text) == (422, True)


def test_the_ladder_is_not_climbed_out_of_order(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = a_matter(county, tmp_path)
    staff = autumn.enter_as(county.staff)
    fields = {"decided_on": "2026-09-01", "body": "主任会议", "said": "约见局长", "skipped": ""}
    talk = {"summoned": "周明", "hosts": "吴芳", "met_at": "会议室", "talked": "护栏拖了半年"}
    here = f"/rectifications/{matter.id}/ladder"
    with unchanged(autumn.store):
        answer = staff.post(here, key=new_id("k"), place=3, **fields, **talk)
        assert (answer.status_code, "之前还有通报、限期重办" in answer.text) == (422, True)
        assert "护栏拖了半年" in answer.text
        assert "没有填写“被约见人”" in staff.post(here, key=new_id("k"), place=3, **fields).text
        assert staff.post(here, key=new_id("k"), place=9, **fields).status_code == 422
    assert staff.post(here, key=new_id("k"), place=1, **fields).status_code == 303
    with unchanged(autumn.store):
        answer = staff.post(here, key=new_id("k"), place=1, **fields)
        assert (answer.status_code, "不能倒回去" in answer.text) == (409, True)
        assert staff.post(here, key="", place=4, **{**fields, "skipped": "急"}).status_code == 409


def test_a_unit_touches_nobody_elses_matter(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = a_matter(county, tmp_path)
    here = f"/rectifications/{matter.id}"
    strangers = [autumn.enter_as(one) for one in (county.other_unit, county.town.unit, county.town.staff)]
    deputy = autumn.enter_as(county.deputy)
    with unchanged(autumn.store):
        for stranger in strangers:
            assert stranger.get(here).status_code == 404
            assert stranger.get(f"{here}/order.docx").status_code == 404
            sent = stranger.post(f"{here}/steps", key=new_id("k"), kind="plan", text="代写")
            assert sent.status_code == 404
        assert deputy.post(f"{here}/steps", kind="plan").status_code in {404, 405}


def test_what_a_unit_leaves_out_is_said_beside_its_field(autumn: House, tmp_path: Path) -> None:
    county = autumn.county
    matter = a_matter(county, tmp_path)
    unit = autumn.enter_as(county.unit)
    here = f"/rectifications/{matter.id}/steps"
    with unchanged(autumn.store):
        answer = unit.post(here, key=new_id("k"), kind="plan", text=" ")
        assert (answer.status_code, 'id="text-fault"' in answer.text) == (422, True)
        answer = unit.post(here, key=new_id("k"), kind="accept", text="自己验收")
        assert (answer.status_code, "自己验收" in answer.text) == (422, True)
        answer = unit.post(here, key=new_id("k"), kind="finish", text="没有方案就完成")
        assert (answer.status_code, "请先提交整改方案" in answer.text) == (409, True)


def test_an_inquiry_refuses_what_cannot_be(autumn: House) -> None:
    county = autumn.county
    staff = autumn.enter_as(county.staff)
    key = new_id("inquiry")
    fields = {"key": key, "title": "询问", "meeting": "会议", "day": "2026-09-01", "months": 3}
    with unchanged(autumn.store):
        answer = staff.post("/inquiries/new", **fields)
        assert (answer.status_code, "没有选择应询单位" in answer.text) == (422, True)
        answer = staff.post("/inquiries/new", **fields, units=[county.town.units[0].id])
        assert answer.status_code == 404
    assert staff.post("/inquiries/new", **fields, units=[county.units[0].id]).status_code == 303
    here = f"/inquiries/{key}"
    session = a_session(county)
    strangers = [autumn.enter_as(one) for one in (county.other_unit, county.town.staff)]
    with unchanged(autumn.store):
        answer = staff.post(f"{here}/questions", key=new_id("q"), asked_by="", question="", unit="")
        assert (answer.status_code, "没有填写“提问人”" in answer.text) == (422, True)
        answer = staff.post(f"{here}/held")
        assert (answer.status_code, "还没有登记答复" in answer.text) == (409, True)
        answer = staff.post(f"{here}/round", **rating_fields(session))
        assert (answer.status_code, "还没有问题" in answer.text) == (422, True)
        answer = staff.post(f"{here}/release")
        assert answer.status_code == 422
        assert [one.get(here).status_code for one in strangers] == [404, 404]


@pytest.mark.parametrize(
    "path", ["/rating/rounds/x", "/rectifications/%00", "/inquiries/" + "0" * 32, "/rectifications/x/retest"]
)
def test_an_address_somebody_made_up_leads_nowhere(autumn: House, path: str) -> None:
    assert autumn.enter_as(autumn.county.staff).get(path).status_code == 404
