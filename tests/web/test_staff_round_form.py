"""A round is drafted: typed, or read from a table; nothing is saved until all of it is right."""

import re
from typing import Any

import pytest

from tests.voting.workbooks import workbook
from tests.web.house import House, MakeHouse, Person
from voting.rounds import Round
from voting.rules import Rules

FIELDS = {
    "title": "2026年民生实事项目票决",
    "rows": "8",
    "title_1": "农村公路改造",
    "content_1": "改造农村公路20公里",
    "cost_1": "800万元",
    "title_3": "校园食堂改建",
    "title_4": "社区养老服务站",
    "ballot": "select_k",
    "places": "2",
    "majority_floor": "yes",
    "base": "all_deputies",
    "tie": "runoff",
    "shortfall": "presidium",
    "publish": "list_and_votes",
    "do": "save",
}


def create(house: House, **changes: str) -> Any:
    return house.enter("staff").post(f"/sessions/{house.hall.session.id}/rounds/new", **{**FIELDS, **changes})


def rounds(house: House) -> tuple[Round, ...]:
    with house.store.read() as tx:
        return tx.rounds.of_session(house.hall.staff, house.hall.session.id)


def upload(house: House, staff: Person, name: str, body: bytes, **changes: str) -> Any:
    fields = {**FIELDS, "do": "import", **changes}
    return staff.upload(f"/sessions/{house.hall.session.id}/rounds/new", "sheet", name, body, **fields)


def test_a_round_is_drafted_and_empty_rows_are_left_out(house: House) -> None:
    answer = create(house)
    made = rounds(house)[-1]
    assert (answer.status_code, answer.headers["location"].endswith(made.id)) == (303, True)
    assert [one.title for one in made.candidates] == ["农村公路改造", "校园食堂改建", "社区养老服务站"]
    assert made.candidates[0].cost == "800万元"
    assert isinstance(made.rules, Rules)
    assert (made.rules.candidates, made.rules.places, made.rules.publish) == (3, 2, "list_and_votes")


def test_the_same_form_sent_twice_makes_one_round(house: House) -> None:
    before = len(rounds(house))
    create(house)
    create(house)
    assert len(rounds(house)) == before + 1


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": ""}, "没有填写“票决名称”"),
        ({"title": "x" * 10_000}, "太长"),
        ({"title_1": "路\x00"}, "不能显示或打印"),
        ({"content_1": "x" * 10_000}, "太长"),
        ({"title_3": "农村公路改造"}, "名称相同"),
        ({"title_1": "", "cost_1": "800万元"}, "第1行的项目名称"),
        ({"title_1": "", "content_1": "", "cost_1": "", "title_3": "", "title_4": ""}, "还没有候选项目"),
        ({"places": "0"}, "应选件数至少是1件"),
        ({"places": "4"}, "应选件数不能多于候选件数"),
        ({"places": "3"}, "是等额，不能用差额票决票"),
        ({"places": ""}, "请填写应选件数"),
        ({"publish": ""}, "请选择公布的范围"),
        ({"publish": "everything"}, "请选择公布的范围"),
        ({"base": ""}, "请选择计算过半数的基数"),
        ({"ballot": "shout"}, "请选择表决票形式"),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_saved(
    house: House, changes: dict[str, str], fault: str
) -> None:
    before = rounds(house)
    answer = create(house, **changes)
    assert answer.status_code == 422
    assert fault in answer.text
    assert rounds(house) == before


def test_a_title_that_is_taken_is_refused_beside_the_title(house: House) -> None:
    answer = create(house, title=house.hall.round.title)
    assert answer.status_code == 409
    assert re.search('id="title-fault">[^<]*同名', answer.text)


def test_all_faults_are_shown_at_once_and_nothing_typed_is_lost(house: House) -> None:
    answer = create(house, title="", places="许多", publish="")
    assert "有 3 处需要修改" in answer.text
    assert 'value="农村公路改造"' in answer.text
    assert 'value="许多"' in answer.text
    assert "改造农村公路20公里</textarea>" in answer.text


def test_equal_numbers_are_voted_on_one_by_one(house: House) -> None:
    assert create(house, places="3", ballot="for_against").status_code == 303


def test_the_rules_are_read_back_in_words_and_nothing_is_saved(house: House) -> None:
    before = rounds(house)
    answer = create(house, do="read")
    assert answer.status_code == 200
    assert "每位代表最多选2件" in answer.text
    assert 'value="农村公路改造"' in answer.text
    assert rounds(house) == before


def test_more_rows_keep_what_was_typed_and_save_nothing(house: House) -> None:
    before = rounds(house)
    answer = create(house, do="more")
    assert 'name="title_13"' in answer.text
    assert 'value="农村公路改造"' in answer.text
    assert rounds(house) == before


def test_a_table_fills_the_rows_to_be_looked_at(house: House) -> None:
    before = rounds(house)
    book = workbook([("项目名称", "责任单位"), ("路灯亮化", "县城管局"), ("老旧小区改造", "县住建局")])
    answer = upload(house, house.enter("staff"), "候选.xlsx", book)
    assert answer.status_code == 200
    assert "已从表格读入 2 件候选项目，还没有保存" in answer.text
    assert 'value="路灯亮化"' in answer.text
    assert 'value="农村公路改造"' not in answer.text
    assert rounds(house) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_as_it_is_saved_in_china(house: House, encoding: str) -> None:
    body = "序号,项目名称\n1,路灯亮化\n2,䶮江步道\n".encode(encoding)
    answer = upload(house, house.enter("staff"), "候选.csv", body)
    assert 'value="䶮江步道"' in answer.text


def test_a_chosen_table_is_shown_first_whichever_button_was_pressed(house: House) -> None:
    before = rounds(house)
    body = "项目名称\n路灯亮化\n".encode()
    answer = upload(house, house.enter("staff"), "候选.csv", body, do="save")
    assert "还没有保存" in answer.text
    assert rounds(house) == before


def test_every_bad_row_is_listed_and_nothing_is_read(house: House) -> None:
    body = "序号,项目名称,投资\n1,路灯亮化,50\n1,,\n3,路灯亮化,\n".encode()
    answer = upload(house, house.enter("staff"), "候选.csv", body)
    assert answer.status_code == 422
    found = re.findall(r"<li>第 (\d) 行", answer.text)
    assert set(found) == {"2", "3", "4"}
    assert 'value="农村公路改造"' in answer.text


@pytest.mark.parametrize(
    ("name", "body", "fault"),
    [
        ("候选.xlsx", b"PK\x03\x04 broken", "已经损坏"),
        ("候选.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("候选.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "旧版"),
        ("候选.pdf", b"%PDF-1.7", "只能读取"),
        ("候选.csv", b"\xff\xfea\x00", "UTF-16"),
        ("候选.csv", b"\x81\x00\xff\xff", "文字编码"),
        ("候选.csv", b"", "空的"),
        ("候选.csv", "名称不对\n路灯\n".encode(), "没有找到表头"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    house: House, name: str, body: bytes, fault: str
) -> None:
    answer = upload(house, house.enter("staff"), name, body)
    assert answer.status_code == 422
    assert re.search(f'id="sheet-fault">[^<]*{fault}', answer.text)
    assert 'value="农村公路改造"' in answer.text


def test_reading_without_a_file_says_so(house: House) -> None:
    answer = create(house, do="import")
    assert answer.status_code == 422
    assert "没有选择文件" in answer.text


def test_an_empty_table_to_fill_in_can_be_read_back(house: House) -> None:
    staff = house.enter("staff")
    template = staff.get("/candidates.csv")
    assert template.headers["content-type"] == "text/csv; charset=utf-8"
    assert "已从表格读入 1 件" in upload(house, staff, "候选项目表.csv", template.content).text


def test_a_draft_is_changed(house: House) -> None:
    staff = house.enter("staff")
    form = staff.get(f"/rounds/{house.id}/edit").text
    assert 'value="农村公路改造"' in form
    assert staff.post(f"/rounds/{house.id}/edit", **FIELDS).status_code == 303
    changed = house.hall.current()
    assert (changed.title, changed.rules.publish) == ("2026年民生实事项目票决", "list_and_votes")


def test_an_adopted_round_is_changed_by_nobody(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    staff = house.enter("staff")
    before = house.hall.current()
    assert staff.get(f"/rounds/{house.id}/edit").headers["location"].endswith(f"/rounds/{house.id}")
    answer = staff.post(f"/rounds/{house.id}/edit", **FIELDS)
    assert answer.status_code == 409
    assert "通过" in answer.text
    assert house.hall.current() == before


def test_another_sessions_draft_cannot_be_made(house: House) -> None:
    answer = house.enter("staff").post(f"/sessions/{'0' * 32}/rounds/new", **FIELDS)
    assert answer.status_code == 404
