"""年年提, ticked: a candidate to be filled in; it says what it lacks, and becomes a draft when it has it."""

from __future__ import annotations

from tests.contracts.test_sketches import raised_twice
from tests.contracts.test_years import LATE
from tests.web.house import House
from tests.web.screening.visitors import plan_fields
from tests.web.supervising.forms import key_of


def test_what_is_ticked_waits_to_be_filled_in_and_is_then_a_draft(house: House) -> None:
    house.clock = LATE
    county = house.county
    asked = raised_twice(county)
    office, staff = house.enter_as(county.government), house.enter_as(county.staff)
    key = f"suggestion:{asked.id}"
    assert f'value="{key}" aria-label="选入：桥还是太窄"' in staff.get("/year/next?year=2028").text
    assert staff.post("/year/next", year=2028, take=[key]).status_code == 303
    assert key not in staff.get("/year/next?year=2028").text
    page = office.get("/drafts?year=2028").text
    assert "待补全的 1 件" in page
    assert "投资估算、资金来源、牵头单位、完成时间、量化目标" in page
    assert "补全并提交预审" not in staff.get("/drafts?year=2028").text
    sketch = page.split("/drafts/new?sketch=")[1][:32]
    form = office.get(f"/drafts/new?sketch={sketch}")
    assert key_of(form) == sketch
    assert "两辆车过不去，又一年了" in form.text
    assert 'name="cost" value=""' in form.text
    assert 'name="lead" value=' not in form.text
    sent = office.post("/drafts/new", **plan_fields(county, key=sketch, year=2028, suggestion=[asked.id]))
    assert sent.headers["location"] == f"{office.base}/drafts/{sketch}"
    assert "待补全" not in office.get("/drafts?year=2028").text
    assert office.get(f"/drafts/new?sketch={sketch}").status_code == 404


def test_what_is_not_wanted_is_offered_again(house: House) -> None:
    house.clock = LATE
    county = house.county
    asked = raised_twice(county)
    office, staff = house.enter_as(county.government), house.enter_as(county.staff)
    office.post("/year/next", year=2028, take=[f"suggestion:{asked.id}"])
    sketch = office.get("/drafts?year=2028").text.split("/drafts/new?sketch=")[1][:32]
    assert staff.post(f"/drafts/sketches/{sketch}/drop").status_code == 403
    assert office.post(f"/drafts/sketches/{sketch}/drop").status_code == 303
    assert f"suggestion:{asked.id}" in office.get("/year/next?year=2028").text
