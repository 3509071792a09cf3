"""Records of supervision are put right on their pages: what was typed is kept, what was said is shown."""

from __future__ import annotations

import re

from tests.delivery import project
from tests.voting.supervising.desk import a_conference, a_group, a_visit, an_order
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.supervising.forms import DAY, order_fields, visit_fields
from voting.days import today


def test_a_visit_is_corrected_by_its_deputy_and_withdrawn_by_staff(summer: House) -> None:
    county = summer.county
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    deputy, staff, unit = (summer.enter_as(one) for one in (county.deputy, county.staff, county.unit))
    here = f"/projects/{made.id}/visits/{visit.id}"
    assert f'{here}/correct"' in deputy.get(here).text
    assert f'{here}/correct"' not in unit.get(here).text
    form = deputy.get(f"{here}/correct").text
    assert "西山段没有护栏" in form
    with unchanged(summer.store):
        sent = deputy.post(f"{here}/correct", **visit_fields(who="张桂兰一人", known=0))
        assert sent.status_code == 422
        assert "没有填写“更正原因”" in sent.text
        assert "张桂兰一人" in sent.text
    fields = visit_fields(who="张桂兰一人", known=0, reason="漏了改名单")
    assert deputy.post(f"{here}/correct", **fields).status_code == 303
    page = unit.get(here).text
    assert "更正：漏了改名单" in page
    assert "<s>张桂兰、王建军</s>" in page
    with unchanged(summer.store):
        stale = staff.post(f"{here}/correct", **visit_fields(who="别的", known=0, reason="也改"))
        assert stale.status_code == 409
        assert "刚刚更正过" in stale.text
        assert staff.post(f"{here}/withdraw").status_code == 422
    assert staff.post(f"{here}/withdraw", why="登记到别的项目上了").status_code == 303
    tab = unit.get(f"/projects/{made.id}/supervision").text
    assert "撤回：登记到别的项目上了" in tab
    assert "还没有视察记录" in tab
    assert "已撤回" in unit.get(here).text
    assert staff.get(f"{here}/correct").status_code == 404


def test_an_order_is_corrected_and_withdrawn_by_staff_alone(summer: House) -> None:
    county = summer.county
    made = project(county)
    order = an_order(county, made, number="督〔2027〕1号")
    staff, office = summer.enter_as(county.staff), summer.enter_as(county.government)
    here = f"/projects/{made.id}/orders/{order.id}"
    assert "写错了？更正或者撤回" in staff.get(here).text
    assert "写错了" not in office.get(here).text
    assert office.get(f"{here}/correct").status_code in {403, 404}
    fields = order_fields(number="督〔2027〕2号", known=0)
    assert staff.post(f"{here}/correct", **fields).status_code == 422
    assert staff.post(f"{here}/correct", **fields, reason="编号错了").status_code == 303
    page = office.get(here).text
    assert "<s>督〔2027〕1号</s>" in page
    assert staff.post(f"{here}/withdraw", why="发错单位").status_code == 303
    page = staff.get(here).text
    assert "已撤回" in page
    assert "写错了" not in page
    assert "向社会公开" not in page


def test_a_conference_is_corrected_row_by_row(summer: House) -> None:
    county = summer.county
    made = project(county)
    talk = a_conference(county, made, today(county.now()), today(county.now()))
    staff = summer.enter_as(county.staff)
    here = f"/projects/{made.id}/conferences/{talk.id}"
    assert 'value="签完第2批协议"' in staff.get(f"{here}/correct").text
    fields = {
        "known": 0,
        "day": DAY,
        "subject": "西山段征地",
        "participants": talk.participants,
        "agreed": talk.agreed,
        "who_2": "东河镇",
        "what_2": "签完全部协议",
        "due_2": DAY,
        "reason": "两批并成一批",
    }
    with unchanged(summer.store):
        assert staff.post(f"{here}/correct", **(fields | {"due_2": "明天"})).status_code == 422
    assert staff.post(f"{here}/correct", **fields).status_code == 303
    tab = staff.get(f"/projects/{made.id}/supervision").text
    assert "更正约定事项：两批并成一批" in tab
    assert tab.count("签完全部协议") >= 2
    assert staff.post(f"{here}/withdraw", why="重复登记").status_code == 303
    assert "没有会商记录" in staff.get(f"/projects/{made.id}/supervision").text


def test_a_unit_corrects_its_answers_where_they_stand(summer: House) -> None:
    county = summer.county
    made = project(county)
    a_group(county, made)
    order, visit = an_order(county, made), a_visit(county, made)
    unit, staff, office = (summer.enter_as(one) for one in (county.unit, county.staff, county.government))
    at = f"/projects/{made.id}"
    assert unit.post(f"{at}/orders/{order.id}/answer", answer="已装护栏80处。").status_code == 303
    assert unit.post(f"{at}/visits/{visit.id}/reply", reply="月底装完。").status_code == 303
    with summer.store.read() as tx:
        [reply] = tx.visits.replies(county.unit, made)
    for address, back, old in (
        (f"{at}/orders/{order.id}/answer/correct", f"{at}/orders/{order.id}", "已装护栏80处。"),
        (f"{at}/replies/{reply.id}/correct", f"{at}/visits/{visit.id}", "月底装完。"),
    ):
        assert f'{address}"' in unit.get(back).text
        assert f'{address}"' not in staff.get(back).text
        assert old in unit.get(address).text
        with unchanged(summer.store):
            refused = unit.post(address, text="写好的新内容", known=0)
            assert (refused.status_code, "写好的新内容" in refused.text) == (422, True)
            assert unit.post(address, text="新", known=7, reason="错了").status_code == 409
            assert staff.post(address, text="新", known=0, reason="错了").status_code == 403
        assert unit.post(address, text="改正的内容。", known=0, reason="数错了").status_code == 303
        page = staff.get(back).text
        assert f"<s>{old}</s>" in page
        assert "改正的内容。" in page
    with unchanged(summer.store):
        assert office.get(f"{at}/replies/{reply.id}/correct").status_code == 403


def test_a_deputy_takes_one_wrong_photo_down_and_the_page_says_why(summer: House) -> None:
    county = summer.county
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    deputy, unit = summer.enter_as(county.deputy), summer.enter_as(county.unit)
    here = f"/projects/{made.id}/visits/{visit.id}"
    found = re.search(r'name="photo" value="([0-9a-f]{32})"', deputy.get(here).text)
    assert found
    with unchanged(summer.store):
        none = deputy.post(f"{here}/take-down", why="拍的是另一处")
        assert none.status_code == 422
        assert "请选择要撤下的照片" in none.text
        assert "拍的是另一处" in none.text
    assert deputy.post(f"{here}/take-down", photo=found[1], why="拍的是另一处").status_code == 303
    assert "撤下1张照片：拍的是另一处" in unit.get(here).text
    assert found[1] not in unit.get(here).text
