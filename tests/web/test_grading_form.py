"""A 测评 is drafted: its 办法 is chosen in plain words, and nothing is decided for the office."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.people import GRADES
from tests.web.house import House, MakeHouse
from voting.grading import Grading
from voting.rounds import Round

FIELDS = {
    "kind": "satisfaction",
    "title": "2025年民生实事项目满意度测评",
    "rows": "8",
    "title_1": "农村公路改造",
    "unit_1": "县交通局",
    "title_2": "校园食堂改建",
    "level_1": "满意",
    "level_2": "基本满意",
    "level_3": "不满意",
    "unknown": "no",
    "method": "half",
    "half": "more_than",
    "base": "all_deputies",
    "favourable": "2",
    "rates": "valid",
    "add_up": "no",
    "publish": "list_and_votes",
    "do": "save",
}
POINTS = {"method": "points", "point_1": "100", "point_2": "70", "point_3": "30"}
BANDS = {"band_1": "80", "band_2": "60", "band_3": "0"}


def create(house: House, **changes: str) -> Any:
    return house.enter("staff").post(f"/sessions/{house.hall.session.id}/rounds/new", **{**FIELDS, **changes})


def rounds(house: House) -> tuple[Round, ...]:
    with house.store.read() as tx:
        return tx.rounds.of_session(house.hall.staff, house.hall.session.id)


def drafted(house: House, **changes: str) -> Grading:
    """The rules of the round that this form makes."""
    assert create(house, **changes).status_code == 303
    rules = rounds(house)[-1].rules
    assert isinstance(rules, Grading)
    return rules


def test_a_test_is_drafted_with_its_rules_and_projects(house: House) -> None:
    assert drafted(house) == Grading(projects=2, half="more_than", publish="list_and_votes")
    made = rounds(house)[-1]
    assert (made.kind, made.title) == ("satisfaction", "2025年民生实事项目满意度测评")
    assert [(one.title, one.unit) for one in made.candidates] == [
        ("农村公路改造", "县交通局"),
        ("校园食堂改建", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"half": "at_least", "base": "present"}, {"half": "at_least", "base": "present"}),
        ({"method": "two_way", "unknown": "yes"}, {"method": "two_way", "unknown": True}),
        (
            {**POINTS, **BANDS, "half": ""},
            {"method": "points", "points": (100, 70, 30), "bands": (80, 60, 0), "half": None},
        ),
        (
            {"method": "bands", **BANDS, "half": "", "rates": "opinions", "add_up": "yes"},
            {"method": "bands", "bands": (80, 60, 0), "half": None, "rates": "opinions", "add_up": True},
        ),
        (
            {
                "level_1": "很满意",
                "level_2": "满意",
                "level_3": "一般",
                "level_4": "不满意",
                "favourable": "3",
            },
            {"levels": ("很满意", "满意", "一般", "不满意"), "favourable": 3},
        ),
    ],
    ids=["at least half of those present", "two ways", "points", "bands", "four levels"],
)
def test_every_rule_that_places_use_can_be_chosen(
    house: House, changes: dict[str, str], expected: dict[str, object]
) -> None:
    rules = drafted(house, **changes)
    assert {name: getattr(rules, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "field", "fault"),
    [
        ({"half": ""}, "half", "请选择票数正好是一半时怎么算"),
        ({"publish": ""}, "publish", "请选择公布的范围"),
        ({"method": "guess"}, "method", "请选择定等次的办法"),
        ({"base": ""}, "base", "请选择半数的基数"),
        ({"level_2": ""}, "level_2", "第2等的名称"),
        ({"level_1": "", "level_2": "", "level_3": ""}, "levels", "满意度等次应有2至5个"),
        ({"level_2": "满意"}, "levels", "不能重名"),
        ({"level_3": "弃权"}, "levels", "也不能叫"),
        ({"favourable": "3"}, "favourable", "不能包括最后一等"),
        ({"method": "bands"}, "band_1", "请填写第1等的下限"),
        ({"method": "bands", **BANDS, "band_2": "80"}, "levels", "分数段有重叠"),
        ({"method": "bands", **BANDS, "band_3": "10"}, "levels", "分数段有空缺"),
        ({**POINTS, **BANDS, "point_2": ""}, "point_2", "请填写第2等的分值"),
        ({**POINTS, **BANDS, "point_2": "100"}, "levels", "从最好的等次起逐个减少"),
        ({**POINTS, **BANDS, "point_1": "101"}, "point_1", "应在 0 至 100 之间"),
        ({"title": ""}, "title", "没有填写“测评名称”"),
        ({"title_1": "", "unit_1": "", "title_2": ""}, "candidates", "还没有测评项目"),
    ],
)
def test_what_is_not_right_is_refused_beside_its_field_and_nothing_is_saved_or_lost(
    house: House, changes: dict[str, str], field: str, fault: str
) -> None:
    before = rounds(house)
    answer = create(house, **{"title_3": "口袋公园" if field != "candidates" else "", **changes})
    assert answer.status_code == 422
    assert re.search(f'id="{field}-fault">[^<]*{fault}', answer.text)
    assert rounds(house) == before
    kept = {**FIELDS, **changes}
    for name in ("title_1", "level_1", "level_2", "level_3", "band_1", "point_1"):
        assert not kept.get(name) or f'name="{name}"' in answer.text
        assert not kept.get(name) or f'value="{kept[name]}"' in answer.text


def test_a_ballot_that_would_be_too_long_is_refused_before_anybody_votes(house: House) -> None:
    many = {f"title_{n}": f"项目{n}" for n in range(1, 101)}
    answer = create(house, **many, rows="100", level_4="很不满意", unknown="yes")
    assert answer.status_code == 422
    assert re.search(r'id="candidates-fault">[^<]*最多400个', answer.text)
    assert 'value="项目100"' in answer.text


def test_a_new_form_decides_nothing_that_the_rule_leaves_open(house: House) -> None:
    path = f"/sessions/{house.hall.session.id}/rounds/new"
    text = house.enter("staff").get(path, params={"kind": "satisfaction"}).text
    assert 'value="民生实事项目满意度测评"' in text
    checked = re.findall(r'name="(\w+)" value="(\w+)" checked', text)
    assert dict(checked) == {
        "held": "electronic",
        "unknown": "no",
        "method": "half",
        "base": "all_deputies",
        "favourable": "2",
        "rates": "valid",
        "add_up": "no",
    }
    assert [f'name="level_{n}"' in text for n in (1, 5, 6)] == [True, True, False]


def test_the_rules_are_read_back_in_words_before_anything_is_saved(house: House) -> None:
    before = rounds(house)
    text = create(house, do="read", half="at_least").text
    assert "办法用文字写出来是这样，还没有保存" in text
    assert "满意票达到半数（含半数）的，为满意" in text
    assert "全体代表（6人，至少3票）" in text
    assert 'value="农村公路改造"' in text
    assert 'id="half-fault"' in create(house, do="read", half="").text
    assert rounds(house) == before


def test_the_kind_is_changed_and_what_was_typed_stays(house: House) -> None:
    before = rounds(house)
    rated = create(house, do="switch", kind="decision", title="民生实事项目票决", level_1="")
    assert "新建测评</h1>" in rated.text
    assert 'value="农村公路改造"' in rated.text
    assert 'value="民生实事项目满意度测评"' in rated.text
    assert 'name="level_1" aria-label="第1等的名称" value="满意"' in rated.text
    chosen = create(house, do="switch", title="自己起的名称")
    assert "新建票决</h1>" in chosen.text
    assert 'value="自己起的名称"' in chosen.text
    assert rounds(house) == before


def test_a_draft_is_shown_as_it_stands_and_changed(open_house: MakeHouse) -> None:
    house = open_house(GRADES)
    staff = house.enter("staff")
    form = staff.get(f"/rounds/{house.id}/edit").text
    assert "修改测评</h1>" in form
    assert 'name="half" value="more_than" checked' in form
    assert "改为新建" not in form
    changed = {**FIELDS, "half": "at_least", "title_2": "口袋公园"}
    assert staff.post(f"/rounds/{house.id}/edit", **changed).status_code == 303
    rules = house.hall.current().rules
    assert isinstance(rules, Grading)
    assert (rules.half, house.hall.current().candidates[1].title) == ("at_least", "口袋公园")


def test_the_committee_only_rates_and_is_called_by_its_name(open_house: MakeHouse) -> None:
    house = open_house(GRADES, body="committee")
    staff, path = house.enter("staff"), f"/sessions/{house.hall.session.id}"
    session = staff.get(path).text
    assert "全体组成人员 6 人" in session
    assert "新建票决" not in session
    form = staff.get(f"{path}/rounds/new").text
    assert "新建测评</h1>" in form
    assert "全体组成人员" in form
    assert "改为新建" not in form


def test_a_table_fills_the_rows_of_a_test(house: House) -> None:
    path = f"/sessions/{house.hall.session.id}/rounds/new"
    body = "项目名称,责任单位\n路灯亮化,县城管局\n".encode()
    fields = {**FIELDS, "do": "import"}
    answer = house.enter("staff").upload(path, "sheet", "测评项目.csv", body, **fields)
    assert "已从表格读入 1 件测评项目，还没有保存" in answer.text
    assert 'value="县城管局"' in answer.text
    assert 'name="half" value="more_than" checked' in answer.text
