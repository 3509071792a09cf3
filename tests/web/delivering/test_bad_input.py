"""What goes wrong on the pages of 交办 and 实施方案: a sentence, a status, nothing changed, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from tests.announced import announced
from tests.county import County, new_id
from tests.decided import decided
from tests.delivery import project
from tests.schemes import a_scheme, fields
from tests.web.house import House, Person
from tests.web.quiet import unchanged
from voting.delivering import planning
from voting.delivering.projects import Project

SCRIPT = "<script>alert(1)</script>"
ESCAPED = "&lt;script&gt;"


@pytest.fixture
def spring(house: House) -> House:
    """An installation in February, when projects are handed over."""
    house.clock = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
    return house


@pytest.fixture
def handed(spring: House) -> Project:
    return project(spring.county, state="handed", deadline=None, lead_unit=None)


def version(county: County, one: Project) -> str:
    return planning.desk(county.store, county.government, one.id).version


WRONG: Final[tuple[tuple[dict[str, object], str, str], ...]] = (
    ({"due_1": "2027-02-01"}, "due_1", "早于开始日期"),
    ({"starts_2": "2027-02-01"}, "starts_2", "早于前一个节点"),
    ({"due_3": "2027-11-30"}, "due_3", "晚于项目的完成时限"),
    ({"weight_1": "19"}, "weight_1", "现在是99"),
    ({"weight_1": "101"}, "weight_1", "1 至 100"),
    ({"weight_1": "-1"}, "weight_1", "整数"),
    ({"due_1": "四月底"}, "due_1", "完成日期"),
    ({"step_2": ""}, "step_2", "名称"),
    ({"deadline": "2028-10-31"}, "deadline", "晚于2027年"),
    ({"lead": "x"}, "lead", "不在本级的单位名册"),
    ({"part_unit_1": ""}, "part_unit_1", "责任单位"),
    ({"planned": "三百万"}, "planned", "填写数字"),
    ({"amount_1": "-3"}, "amount_1", "填写数字"),
    ({"completion": ""}, "completion", "请选择"),
    ({"completion": "staged"}, "stage", "年度阶段目标"),
    ({"standard": "a\x00b"}, "standard", "不能显示"),
    ({"chief": "x" * 500}, "chief", "太长"),
)
"""What is typed otherwise, the field whose fault it is, and a part of its sentence."""


def test_a_plan_that_contradicts_itself_comes_back_with_all_that_was_typed(
    spring: House, handed: Project
) -> None:
    office = spring.enter_as(spring.county.government)
    over = version(spring.county, handed)
    for changed, field, said in WRONG:
        sent = {**fields(spring.county, funds=SCRIPT), **changed}
        with unchanged(spring.store):
            answer = office.post(f"/projects/{handed.id}/plan", version=over, **sent)
        assert answer.status_code == 422, changed
        assert f'id="{field}-fault"' in answer.text, changed
        assert said in answer.text, changed
        assert ESCAPED in answer.text
        assert SCRIPT not in answer.text


def test_the_unit_of_another_congress_is_refused(spring: House, handed: Project) -> None:
    office = spring.enter_as(spring.county.government)
    foreign = spring.county.town.units[0].id
    for changed in ({"lead": foreign}, {"assisting": [foreign]}, {"part_unit_1": foreign}):
        sent = fields(spring.county, **changed)
        with unchanged(spring.store):
            answer = office.post(f"/projects/{handed.id}/plan", version="", **sent)
        assert answer.status_code == 422
        assert "不在本级的单位名册" in answer.text


def test_more_rows_are_shown_without_losing_or_keeping_anything(spring: House, handed: Project) -> None:
    office = spring.enter_as(spring.county.government)
    sent = fields(spring.county, weight_1="", funds=SCRIPT, step_12="", rows_steps=4)
    with unchanged(spring.store):
        answer = office.post(f"/projects/{handed.id}/plan", version="v", more="steps", **sent)
    assert answer.status_code == 200
    assert 'id="step_6"' in answer.text
    assert 'id="step_7"' not in answer.text
    assert ESCAPED in answer.text
    assert 'value="v"' in answer.text
    for table, most in (("steps", "step_12"), ("parts", "part_20"), ("targets", "indicator_5")):
        asked = {f"rows_{table}": 99, "more": table}
        page = office.post(f"/projects/{handed.id}/plan", version="v", **{**sent, **asked}).text
        assert f'id="{most}"' in page
        assert f'id="{most[:-1]}{int(most[-1]) + 1}"' not in page or table == "steps"


def test_an_empty_row_between_two_is_closed(spring: House, handed: Project) -> None:
    office = spring.enter_as(spring.county.government)
    sent = fields(spring.county)
    for name in ("step", "starts", "due", "weight"):
        sent[f"{name}_5"] = sent.pop(f"{name}_3")
    answer = office.post(f"/projects/{handed.id}/plan", version=version(spring.county, handed), **sent)
    assert answer.status_code == 303
    with spring.store.read() as tx:
        steps = tx.projects.milestones([handed])[handed.id]
    assert [one.place for one in steps] == [1, 2, 3]


def test_the_later_of_two_is_told_keeps_what_was_typed_and_may_then_decide(
    spring: House, handed: Project
) -> None:
    county = spring.county
    office, seen = spring.enter_as(county.government), version(county, handed)
    scheme = a_scheme(county, chief="同事写的")
    planning.save_plan(spring.store, county.government, handed.id, seen, scheme, county.now())
    path, sent = f"/projects/{handed.id}/plan", fields(county, chief="我写的")
    with unchanged(spring.store):
        answer = office.post(path, version=seen, **sent)
    assert answer.status_code == 409
    assert "已经有人修改" in answer.text
    assert 'value="我写的"' in answer.text
    newer = version(county, handed)
    assert f'value="{newer}"' in answer.text
    assert office.post(path, version=newer, **sent).status_code == 303


def test_publishing_with_gaps_says_which_and_a_changed_plan_is_looked_at_again(
    spring: House, handed: Project
) -> None:
    county = spring.county
    office = spring.enter_as(county.government)
    here = f"/projects/{handed.id}"
    page = office.get(here).text
    assert "谁来办：还没有确定牵头单位。" in page
    assert "公布实施方案</button>" not in page
    with unchanged(spring.store):
        answer = office.post(f"{here}/publish", version=version(county, handed))
    assert answer.status_code == 422
    assert "谁来办" in answer.text
    office.post(f"{here}/plan", version=version(county, handed), **fields(county))
    with unchanged(spring.store):
        assert office.post(f"{here}/publish", version="0" * 16).status_code == 409
    assert office.post(f"{here}/publish", version=version(county, handed)).status_code == 303
    with unchanged(spring.store):
        assert office.get(f"{here}/plan").status_code == 409
        assert office.post(f"{here}/plan", version="", **fields(county)).status_code == 409
        assert office.post(f"{here}/publish", version="").status_code == 303


def test_rounds_of_another_congress_and_unannounced_ones_make_no_projects(spring: House) -> None:
    county = spring.county
    staff, clerk = spring.enter_as(county.staff), spring.enter_as(county.town.staff)
    of, running = announced(county, (4, 3, 6)), announced(county, (4, 3, 6), state="open")
    with unchanged(spring.store):
        assert clerk.get(f"/projects/rounds/{of.id}").status_code == 404
        assert clerk.post(f"/projects/rounds/{of.id}", year=2027).status_code == 404
        answer = staff.post(f"/projects/rounds/{running.id}", year=2027)
        assert answer.status_code == 422
        assert "还没有宣布" in answer.text
        for year in ("", "明年", "1", "９９９９"):
            odd = staff.post(f"/projects/rounds/{of.id}", year=year)
            assert odd.status_code == 422
            assert 'id="year-fault"' in odd.text


def test_what_the_presidium_decides_is_entered_at_the_round_and_waits_for_the_chair(spring: House) -> None:
    county = spring.county
    staff = spring.enter_as(county.staff)
    of = announced(county, (6, 4, 4), tie="presidium")
    path = f"/projects/rounds/{of.id}"
    assert "还有 1 个名额没有确定" in staff.get(path).text
    decided(county, of, 3, known=False)
    assert "还没有宣布" in staff.get(path).text
    assert staff.post(path, year=2027).status_code == 303
    decided(county, of, 3)
    assert "列入3号" in staff.get(path).text
    assert staff.post(path, year=2027).status_code == 303
    with county.store.read() as tx:
        assert [one.candidate for one in tx.projects.of_round(county.staff, of.id)] == [1, 3]


def test_a_letter_that_cannot_go_out_comes_back_as_it_was_written(spring: House) -> None:
    one = project(spring.county, state="chosen")
    staff = spring.enter_as(spring.county.staff)
    good: dict[str, object] = {
        "key": new_id("l"),
        "listed": one.id,
        "year": 2027,
        "number": "示例〔2027〕3号",
        "day": "2027-02-01",
        "sender": "示例县人大常委会办公室",
        "recipient": SCRIPT,
        "text": "请抓好落实。",
    }
    wrong: tuple[tuple[dict[str, object], str], ...] = (
        ({"number": ""}, "number"),
        ({"number": "示例〔2027〕　号"}, "number"),
        ({"day": "二月"}, "day"),
        ({"day": "2027-02-02"}, "number"),
        ({"sender": ""}, "sender"),
        ({"text": " "}, "text"),
    )
    for changed, field in wrong:
        with unchanged(spring.store):
            answer = staff.post("/projects/handover", **{**good, **changed})
        assert answer.status_code == 422, changed
        assert f'id="{field}-fault"' in answer.text, changed
        assert ESCAPED in answer.text


def test_a_project_that_came_while_the_letter_was_written_is_looked_at_first(spring: House) -> None:
    county = spring.county
    first = project(county, "先有的", state="chosen")
    staff = spring.enter_as(county.staff)
    sent = {"key": new_id("l"), "year": 2027, "number": "〔2027〕3号", "day": "2027-02-01", "text": "正文"}
    second = project(county, "后来的", state="chosen")
    with unchanged(spring.store):
        answer = staff.post("/projects/handover", listed=first.id, sender="甲", recipient="乙", **sent)
    assert answer.status_code == 422
    assert "刚才有变动" in answer.text
    assert f'name="listed" value="{second.id}"' in answer.text
    both = [first.id, second.id]
    assert (
        staff.post("/projects/handover", listed=both, sender="甲", recipient="乙", **sent).status_code == 303
    )


def test_with_nothing_to_hand_over_there_is_no_letter(spring: House) -> None:
    staff = spring.enter_as(spring.county.staff)
    assert "没有等待交办的项目" in staff.get("/projects/handover").text
    sent = {"key": new_id("l"), "number": "〔2027〕3号", "day": "2027-02-01", "text": "交办。"}
    with unchanged(spring.store):
        answer = staff.post("/projects/handover", **sent, sender="甲", recipient="乙")
    assert answer.status_code == 409
    assert "没有等待交办的项目" in answer.text


def test_a_project_by_hand_that_says_too_little_comes_back(spring: House) -> None:
    staff = spring.enter_as(spring.county.staff)
    good = {"key": new_id("p"), "year": 2026, "title": "饮水", "content": "改造。", "basis": SCRIPT}
    for changed in ({"title": ""}, {"content": ""}, {"planned": "很多"}, {"year": "去年"}, {"basis": ""}):
        with unchanged(spring.store):
            answer = staff.post("/projects/new", **{**good, **changed})
        assert answer.status_code == 422
        assert f'id="{next(iter(changed))}-fault"' in answer.text
    for _ in range(2):
        assert staff.post("/projects/new", **good).status_code == 303
    with unchanged(spring.store):
        again = staff.post("/projects/new", **{**good, "key": new_id("q")})
        assert again.status_code == 422
        assert "同名" in again.text


def roles(house: House) -> dict[str, Person]:
    county = house.county
    return {
        "staff": house.enter_as(county.staff),
        "office": house.enter_as(county.government),
        "unit": house.enter_as(county.other_unit),
        "deputy": house.enter_as(county.deputy),
        "presidium": house.enter_as(county.presidium),
        "elsewhere": house.enter_as(county.town.staff),
    }


def test_nobody_reaches_another_congress_projects_or_another_units(spring: House) -> None:
    one = project(spring.county)
    people = roles(spring)
    ends = ("", "/plan.docx", "/plan.pdf")
    with unchanged(spring.store):
        for who in ("unit", "elsewhere"):
            for end in ends:
                assert people[who].get(f"/projects/{one.id}{end}").status_code == 404, (who, end)
            assert one.title not in people[who].get("/projects?year=2027").text
        for path in ("plan", "publish", "entered", "drop", "next-year"):
            assert people["elsewhere"].post(f"/projects/{one.id}/{path}").status_code == 404, path
        for who in ("deputy", "presidium", "staff", "office"):
            assert people[who].get(f"/projects/{one.id}").status_code == 200, who


def test_whoever_may_not_do_it_is_told_who_may(spring: House, handed: Project) -> None:
    people = roles(spring)
    with unchanged(spring.store):
        for end in ("plan", "publish"):
            answer = people["staff"].post(f"/projects/{handed.id}/{end}", version="")
            assert answer.status_code == 403
            assert "由政府办进行" in answer.text
        for who in ("office", "unit", "deputy", "presidium"):
            assert people[who].get("/projects/desk").status_code in {403, 404}, who


def test_a_plan_in_the_making_is_shown_to_no_deputy(spring: House) -> None:
    one = project(spring.county, state="handed", chief="副县长周明")
    deputy = spring.enter_as(spring.county.deputy)
    for page in (f"/projects/{one.id}", "/projects?year=2027"):
        shown = deputy.get(page)
        assert shown.status_code == 200
        assert "周明" not in shown.text
        assert "10月31日" not in shown.text
    assert "正在制定" in deputy.get(f"/projects/{one.id}").text


def test_an_address_somebody_made_up_leads_nowhere(spring: House) -> None:
    staff = spring.enter_as(spring.county.staff)
    for path in ("/projects/x", "/projects/" + "0" * 32, "/letters/%00", "/letters/x"):
        assert staff.get(path).status_code == 404, path
    assert staff.get("/projects?year=99999999&unit=%00&state=x").status_code == 200
