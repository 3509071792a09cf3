"""Groups, visits, 督办单 and 会商 through their pages: every step by its own people."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document

from tests.delivery import project
from tests.pictures import claims, jpeg
from tests.voting.supervising.desk import a_conference, a_group, a_visit, an_order
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.supervising.forms import (
    DAY,
    PHOTO,
    key_of,
    order_fields,
    send,
    visit_fields,
)
from voting.actors import PUBLIC
from voting.supervising.overviews import supervision_of


def test_a_group_is_made_changed_and_ended(summer: House) -> None:
    county = summer.county
    made = project(county)
    staff = summer.enter_as(county.staff)
    assert "还没有监督小组的项目" in staff.get("/groups").text
    first, second, third = (one.id for one in county.deputies)
    fields = {"key": key_of(staff.get("/groups/new")), "name": "第一监督小组", "leader": first}
    for _ in range(2):
        sent = staff.post("/groups/new", **fields, members=[second], projects=[made.id])
        assert sent.status_code == 303
    page = staff.get("/groups").text
    assert page.count("第一监督小组") == 2  # its heading, and what the link says
    assert "还没有监督小组的项目" not in page
    [path] = re.findall(rf'href="{staff.base}(/groups/[0-9a-f]{{32}})"', page)
    assert "王建军" in staff.get(path).text
    assert staff.post(path, name="第一组", leader=third, projects=[made.id]).status_code == 303
    assert "组长 李秀梅" in staff.get("/groups").text
    with unchanged(summer.store):
        assert staff.post(f"{path}/end").status_code == 422
    assert staff.post(f"{path}/end", confirm="yes").status_code == 303
    assert "第一组" not in staff.get("/groups").text


def test_somebody_of_another_congress_is_no_member(summer: House) -> None:
    county = summer.county
    staff = summer.enter_as(county.staff)
    outsider, own = county.town.deputies[0].id, county.deputies[0].id
    foreign = project(county.town)
    with unchanged(summer.store):
        for fields, told in (
            ({"leader": own, "members": [outsider]}, "本级在任代表"),
            ({"leader": outsider}, "本级在任代表"),
            ({"leader": own, "projects": [foreign.id]}, "不在本级项目中"),
            ({"name": "小组"}, "请选择组长"),
        ):
            sent = staff.post("/groups/new", **{"key": "a" * 32, "name": "第一监督小组", **fields})
            assert sent.status_code == 422
            assert told in sent.text
            assert "小组" in sent.text


def test_a_deputy_enters_a_visit_and_the_public_sees_it_after_release(summer: House) -> None:
    county = summer.county
    made = project(county)
    a_group(county, made)
    deputy, unit, staff = (summer.enter_as(one) for one in (county.deputy, county.unit, county.staff))
    here = f"/projects/{made.id}"
    assert f"{here}/visits/new" in deputy.get("/groups").text
    key = key_of(deputy.get(f"{here}/visits/new"))
    for _ in range(2):
        sent = send(deputy, f"{here}/visits/new", PHOTO, fields=visit_fields(key=key))
        assert sent.status_code == 303
    page = unit.get(f"{here}/supervision").text
    assert page.count("建议先装护栏再通车。") == 1
    assert "代表法第三十一条" in page
    [picture] = re.findall(r'/supervision/photos/([0-9a-f]{32})"', page)
    photo = unit.get(f"{here}/supervision/photos/{picture}")
    assert photo.headers["content-type"] == "image/jpeg"
    assert b"Telltale" not in photo.content
    assert unit.post(f"{here}/visits/{key}/reply", reply="护栏十天内装好。").status_code == 303
    with summer.store.read() as tx:
        assert supervision_of(tx, PUBLIC, made).visits == ()
    assert "审核公开" in staff.get(f"{here}/visits/{key}").text
    assert staff.post(f"{here}/visits/{key}/release").status_code == 303
    with summer.store.read() as tx:
        [shown] = supervision_of(tx, PUBLIC, made).visits
    assert [one.reply.text for one in shown.replies] == ["护栏十天内装好。"]
    assert [one.id for one in shown.pictures] == [picture]
    assert "未公开" not in staff.get(f"{here}/supervision").text


def test_a_deputy_visits_only_what_the_own_group_watches(summer: House) -> None:
    county = summer.county
    watched, other = project(county, "公路"), project(county, "大桥")
    a_group(county, watched)
    deputy, *others = (summer.enter_as(one) for one in (county.deputy, county.unit, county.government))
    with unchanged(summer.store):
        sent = send(deputy, f"/projects/{other.id}/visits/new", PHOTO, fields=visit_fields())
        assert sent.status_code == 403
        assert "不在您所在监督小组的监督范围内" in sent.text
        for person in others:
            sent = send(person, f"/projects/{watched.id}/visits/new", fields=visit_fields())
            assert sent.status_code in {403, 404, 405}


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("炸弹.png", claims(60_000, 60_000), "像素"),
        ("病毒.jpg", b"MZ" * 500, "不是照片"),
        ("太大.jpg", jpeg() + b"\0" * (12 * 1024 * 1024), "超过 12 MB"),
    ],
)
def test_a_bad_photo_is_refused_and_the_words_are_kept(
    summer: House, name: str, body: bytes, told: str
) -> None:
    made = project(summer.county)
    staff = summer.enter_as(summer.county.staff)
    with unchanged(summer.store):
        sent = send(
            staff, f"/projects/{made.id}/visits/new", PHOTO, ("photos", name, body), fields=visit_fields()
        )
    assert sent.status_code == 422
    for words in (told, name, "西山段路基完成", "建议先装护栏"):
        assert words in sent.text


def test_a_visit_tomorrow_or_without_words_is_refused_beside_its_field(summer: House) -> None:
    made = project(summer.county)
    staff = summer.enter_as(summer.county.staff)
    with unchanged(summer.store):
        for fields, told in (
            ({"day": "2027-06-11"}, "在今天以后"),
            ({"seen": " "}, "没有填写“看到的情况”"),
            ({"who": ""}, "没有填写“视察人员”"),
            ({"group": "c" * 32}, "不监督本项目"),
        ):
            sent = send(staff, f"/projects/{made.id}/visits/new", fields=visit_fields(**fields))
            assert sent.status_code == 422
            assert told in sent.text


def test_an_order_goes_its_way_and_prints(summer: House) -> None:
    county = summer.county
    made = project(county)
    staff, unit = summer.enter_as(county.staff), summer.enter_as(county.unit)
    here = f"/projects/{made.id}"
    sent = order_fields(key=key_of(staff.get(f"{here}/orders/new")), unit=made.lead_unit)
    answers = [staff.post(f"{here}/orders/new", **sent) for _ in range(2)]
    assert {one.status_code for one in answers} == {303}
    [path] = {one.headers["location"].removeprefix(staff.base) for one in answers}
    assert "2027年6月24日" in unit.get(path).text  # ten working days later
    assert unit.post(f"{path}/answer", answer="已装好。").status_code == 303
    with unchanged(summer.store):
        refused = staff.post(f"{path}/judge", turn=1, verdict="returned", reason="")
    assert refused.status_code == 422
    assert "没有填写“退回理由”" in refused.text
    assert staff.post(f"{path}/judge", turn=1, verdict="returned", reason="照片不清").status_code == 303
    page = unit.get(path).text
    assert "照片不清" in page
    assert "2027年6月17日" in page  # five working days after it was returned
    assert unit.post(f"{path}/answer", answer="已补照片。").status_code == 303
    assert staff.post(f"{path}/judge", turn=2, verdict="accepted", reason="").status_code == 303
    paper = Document(io.BytesIO(unit.get(f"{path}/order.docx").content))
    words = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "西山段护栏没有安装" in words
    assert "已补照片。" in words
    assert any("常务委员会" in one.text for one in paper.paragraphs)
    pdf = unit.get(f"{path}/order.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-type"] == "application/pdf"


def test_an_order_from_somebody_else_is_refused(summer: House) -> None:
    county = summer.county
    made, town_made = project(county), project(county.town)
    here = f"/projects/{made.id}/orders/new"
    staff, clerk = summer.enter_as(county.staff), summer.enter_as(county.town.staff)
    others = [
        summer.enter_as(one) for one in (county.deputy, county.government, county.unit, county.presidium)
    ]
    with unchanged(summer.store):
        for body in ("presidium", "group", ""):
            sent = staff.post(here, **order_fields(body=body, unit=made.lead_unit))
            assert (sent.status_code, "名义发出" in sent.text) == (422, True)
            assert "西山段护栏没有安装" in sent.text
        in_town = f"/projects/{town_made.id}/orders/new"
        sent = clerk.post(in_town, **order_fields(body="committee", unit=town_made.lead_unit))
        assert (sent.status_code, "乡镇人大主席团" in sent.text) == (422, True)
        for person in others:
            sent = person.post(here, **order_fields(unit=made.lead_unit))
            assert sent.status_code in {403, 404, 405}
    sent = clerk.post(in_town, **order_fields(body="presidium", unit=town_made.lead_unit))
    assert sent.status_code == 303


def test_an_order_without_its_facts_is_refused_beside_the_field(summer: House) -> None:
    county = summer.county
    made = project(county)
    taken = an_order(county, made)
    staff = summer.enter_as(county.staff)
    with unchanged(summer.store):
        for fields, told in (
            ({"number": taken.number}, "已经用过"),
            ({"unit": county.units[2].id}, "本项目的责任单位"),
            ({"unit": ""}, "请选择收到督办单的单位"),
            ({"matter": ""}, "没有填写“督办事项”"),
            ({"day": "2027-06-11"}, "在今天以后"),
        ):
            sent = order_fields(**{"unit": made.lead_unit, **fields})
            answer = staff.post(f"/projects/{made.id}/orders/new", **sent)
            assert (answer.status_code, told in answer.text) == (422, True), told


def test_another_unit_neither_sees_nor_answers_an_order(summer: House) -> None:
    county = summer.county
    made = project(county)
    with summer.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    order = an_order(county, made)
    other = summer.enter_as(county.other_unit)
    assert order.number not in other.get(f"/projects/{made.id}/supervision").text
    with unchanged(summer.store):
        for path in ("", "/order.pdf"):
            assert other.get(f"/projects/{made.id}/orders/{order.id}{path}").status_code == 404
        answer = other.post(f"/projects/{made.id}/orders/{order.id}/answer", answer="我们办了")
        assert answer.status_code == 404


def test_a_late_order_is_seen(summer: House) -> None:
    county = summer.county
    order = an_order(county, project(county))
    summer.clock = summer.clock.replace(month=7) if summer.clock else None
    staff = summer.enter_as(county.staff)
    assert "督办单逾期未答复（1件）" in staff.get("/groups").text
    assert "逾期未答复" in staff.get(f"/projects/{order.project}/supervision").text


def test_a_conference_is_recorded_ticked_off_and_released(summer: House) -> None:
    county = summer.county
    made = project(county)
    office, staff = summer.enter_as(county.government), summer.enter_as(county.staff)
    here = f"/projects/{made.id}"
    fields = {
        "day": DAY,
        "subject": "西山段征地",
        "participants": "城建工委、交通局",
        "agreed": "月底前到位。",
    }
    task = {"who_1": "东河镇", "what_1": "签完协议", "due_1": "2027-06-30"}
    with unchanged(summer.store):
        for wrong, told in (
            ({**task, "due_1": ""}, "第1项的期限"),
            ({**task, "due_1": "2027-06-01"}, "早于会商日期"),
            ({"agreed": ""}, "没有填写“议定意见”"),
        ):
            sent = office.post(f"{here}/conferences/new", key="d" * 32, **{**fields, **wrong})
            assert (sent.status_code, told in sent.text) == (422, True), told
    key = key_of(office.get(f"{here}/conferences/new"))
    for _ in range(2):
        assert office.post(f"{here}/conferences/new", key=key, **fields, **task).status_code == 303
    page = staff.get(f"{here}/supervision").text
    assert page.count("西山段征地</h3>") == 1
    assert "标为已办" in page
    assert office.post(f"{here}/conferences/{key}/1/done").status_code == 303
    assert office.post(f"{here}/conferences/{key}/9/done").status_code == 404
    assert "标为已办" not in staff.get(f"{here}/supervision").text
    assert office.post(f"{here}/conferences/{key}/release").status_code in {403, 404}
    assert staff.post(f"{here}/conferences/{key}/release").status_code == 303
    with summer.store.read() as tx:
        assert [one.conference.id for one in supervision_of(tx, PUBLIC, made).conferences] == [key]


def test_supervisors_are_named_by_role(summer: House) -> None:
    county = summer.county
    made = project(county)
    staff = summer.enter_as(county.staff)
    here = f"/projects/{made.id}/supervisors"
    with unchanged(summer.store):
        sent = staff.post(here, role_1="leading", name_1="吴芳", body_1="")
        assert (sent.status_code, "第1位的单位" in sent.text, "吴芳" in sent.text) == (422, True, True)
    sent = staff.post(here, role_2="matching", name_2="李强", body_2="人大城建工委")
    assert sent.status_code == 303
    page = staff.get(f"/projects/{made.id}/supervision").text
    assert "对口督办" in page
    assert "人大城建工委　李强" in page
    assert "李强" in staff.get(here).text


def test_the_clock_of_orders_is_a_setting(summer: House) -> None:
    county = summer.county
    made = project(county)
    staff = summer.enter_as(county.staff)
    fields = {"answer": 1, "answer_measure": "months", "again": 3, "again_measure": "workdays", "yellow": 2}
    with unchanged(summer.store):
        assert staff.post("/groups/rules", **{**fields, "answer": 0}, decides="no").status_code == 422
    assert staff.post("/groups/rules", **fields, decides="yes").status_code == 303
    assert "由人民代表大会会议决定" in staff.get(f"/projects/{made.id}/changes").text
    assert an_order(county, made).due.isoformat() == "2027-07-12"  # the 10th is a Saturday


def test_everybody_of_the_congress_reads_the_tab_and_nobody_else(summer: House) -> None:
    county = summer.county
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    a_conference(county, made)
    here = f"/projects/{made.id}"
    for actor in (county.staff, county.government, county.unit, county.deputy, county.presidium):
        person = summer.enter_as(actor)
        for path in ("/supervision", f"/visits/{visit.id}", "/completion"):
            assert (actor.role, person.get(here + path).status_code) == (actor.role, 200)
    for actor in (county.town.staff, county.other_unit):
        person = summer.enter_as(actor)
        for path in ("/supervision", f"/visits/{visit.id}", "/completion"):
            assert person.get(here + path).status_code == 404
