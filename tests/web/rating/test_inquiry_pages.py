"""Pages of 专题询问 and of 责成整改 where somebody must not read, or must still be able to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.county import County, new_id
from tests.delivery import project
from tests.rated import SATISFIED, UNSATISFIED, Sitting, a_session, handed_in, held, judged, ordered, wanted
from tests.web.house import House
from tests.web.quiet import unchanged
from tests.web.rating.visitors import upload
from voting.days import today
from voting.rating import inquiring, rounds_over_projects
from voting.rating.inquiries import Inquiry, Question
from voting.rating.inquiring import Asked, Plan
from voting.rounds import Round, Session


def asked_of(county: County, *units: str) -> tuple[Inquiry, list[Question]]:
    """An inquiry with one answered question to each unit."""
    plan = Plan(title="询问", day=today(county.now()), meeting="会", months=1, projects=(), units=units)
    of = inquiring.prepare(county.store, county.staff, new_id("inquiry"), plan, county.now())
    return of, [answered(county, of, ask(county, of, unit)) for unit in units]


def ask(county: County, of: Inquiry, unit: str, follows: str = "") -> Question:
    asked = Asked(unit=unit, asked_by="张桂兰", text="路灯何时亮？", follows=follows)
    return inquiring.ask(county.store, county.staff, of.id, new_id("question"), asked, county.now())


def answered(county: County, of: Inquiry, one: Question) -> Question:
    return inquiring.answer(county.store, county.staff, of.id, one.id, "李局长", "年底。", county.now())


def rated(county: County, of: Inquiry) -> tuple[Session, Round]:
    session = a_session(county)
    asked = wanted(session, "答复测评")
    return session, inquiring.make_round(county.store, county.staff, of.id, asked, county.now())


def test_a_unit_reads_how_others_answered_only_when_it_is_released(house: House, tmp_path: Path) -> None:
    county = house.county
    of, _ = asked_of(county, county.units[0].id, county.units[1].id)
    session, made = rated(county, of)
    Sitting(county, session, made, tmp_path).vote([(SATISFIED, UNSATISFIED)] * 6)
    unit, deputy = house.enter_as(county.unit), house.enter_as(county.deputy)
    here = f"/inquiries/{of.id}"
    assert ("满意 6" in unit.get(here).text, "不满意 6" in unit.get(here).text) == (True, False)
    assert "不满意 6" in deputy.get(here).text
    inquiring.hold(county.store, county.staff, of.id, county.now())
    assert "不满意 6" not in unit.get(here).text
    inquiring.release(county.store, county.staff, of.id, county.now())
    assert "不满意 6" in unit.get(here).text


def test_what_is_asked_after_the_test_was_set_up_can_be_answered_and_nothing_on_the_ballot_be_changed(
    house: House,
) -> None:
    county = house.county
    of, [first] = asked_of(county, county.units[0].id)
    before = answered(county, of, ask(county, of, county.units[0].id, first.id))
    rated(county, of)
    later = ask(county, of, county.units[0].id, first.id)
    staff = house.enter_as(county.staff)
    page = staff.get(f"/inquiries/{of.id}").text
    forms = [f'name="answer_{one.id}"' in page for one in (first, before, later)]
    assert forms == [False, False, True]

    def send(one: Question) -> int:
        fields = {f"by_{one.id}": "孙局长", f"answer_{one.id}": "已经点亮。"}
        return staff.post(f"/inquiries/{of.id}/questions/{one.id}", **fields).status_code

    with unchanged(house.store):
        assert [send(one) for one in (first, before)] == [409, 409]
    assert send(later) == 303
    assert "已经点亮。" in staff.get(f"/inquiries/{of.id}").text


@pytest.mark.parametrize("number", [0, -1, 101, 10**30])
def test_a_row_that_no_ballot_has_leads_nowhere(house: House, tmp_path: Path, number: int) -> None:
    county = house.county
    sitting = held(county, tmp_path, [project(county)], [(UNSATISFIED,)] * 6)
    staff = house.enter_as(county.staff)
    here = f"/rating/rounds/{sitting.round.id}/order/{number}"
    with unchanged(house.store):
        assert staff.get(here).status_code == 404
        assert staff.post(here, months=1, demands="限期").status_code == 404
        assert staff.post(here, months="", demands="").status_code == 404


def test_what_failed_its_retest_is_returned_on_its_page_and_not_closed(house: House, tmp_path: Path) -> None:
    county = house.county
    house.clock = county.now()
    matter = ordered(county, held(county, tmp_path, [project(county)], [(UNSATISFIED,)] * 6))
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    staff, here = house.enter_as(county.staff), f"/rectifications/{matter.id}"
    assert "下一步：销号" in staff.get(here).text
    session = a_session(county, title="第四次会议")
    asked = wanted(session, "再测评")
    made = rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())
    Sitting(county, session, made, tmp_path).vote([(UNSATISFIED,)] * 6)
    page = staff.get(here).text
    assert "下一步：销号" not in page
    assert 'value="return"' in page
    assert 'value="accept"' not in page
    fields: dict[str, object] = {
        "key": new_id("return"),
        "verdict": "return",
        "judged_on": "2026-09-01",
        "who": "吴芳",
        "judgement": "路灯又不亮了",
    }
    assert upload(staff, f"{here}/judge", fields).status_code == 303
    assert "下一步：报告整改情况" in house.enter_as(county.unit).get(here).text


def test_a_new_term_is_offered_again_on_the_page(house: House, tmp_path: Path) -> None:
    county = house.county
    house.clock = county.now()
    matter = ordered(county, held(county, tmp_path, [project(county)], [(UNSATISFIED,)] * 6))
    staff, here = house.enter_as(county.staff), f"/rectifications/{matter.id}"
    fields = {"place": 2, "decided_on": "2026-09-01", "body": "主任会议", "said": "重办", "months": 1}
    climbed = [
        staff.post(f"{here}/ladder", key=new_id("rung"), skipped=why, **fields).status_code
        for why in ("不采用通报", "")
    ]
    assert climbed == [303, 303]
    assert staff.get(here).text.count("限期重办（主任会议）") == 2
