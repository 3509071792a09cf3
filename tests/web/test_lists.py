"""`/staff/…/lists`: deputies, units, villages and categories, by hand and from a spreadsheet."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from httpx import Response

from tests.county import FIRST_DAY
from tests.voting.workbooks import workbook
from tests.web.house import House, Person
from voting import audit
from voting.lists.kinds import STARTING_CATEGORIES
from voting.store.audit import Wanted
from web.access import PageRole

RARE = "𠮷田㛃"
"""A name whose characters lie beyond the first 65,536, and one that many fonts lack."""
DEPUTY: dict[str, object] = {
    "number": "9",
    "name": "赵铁柱",
    "delegation": "城关代表团",
    "phone": "13912345678",
    "committee": "是",
}


@pytest.fixture
def clerk(house: House) -> Person:
    """The office of the county."""
    return house.enter_as(house.county.staff)


def names(house: House, kind: str = "deputies") -> list[str]:
    with house.store.read() as tx:
        entries: Sequence[Any] = getattr(tx, kind).current(house.county.congress.id)
    return [one.name for one in entries]


def logged(house: House) -> list[str]:
    found = audit.read_all(house.store, house.county.presidium, Wanted())
    return [one.what for one in reversed(found)]


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def every_deputy(house: House) -> bytes:
    """The roster as it is."""
    with house.store.read() as tx:
        roster = tx.deputies.current(house.county.congress.id)
    return csv("序号,姓名,代表团", *(f"{one.number},{one.name},{one.delegation}" for one in roster))


def upload(clerk: Person, kind: str, body: bytes, name: str = "表.csv") -> Response:
    return clerk.upload(f"/lists/{kind}/import", "table", name, body)


def confirm(clerk: Person, kind: str, shown: Response, **more: object) -> Response:
    """Agree to the differences that a page shows."""
    table = re.search(r'name="table" value="([^"]*)"', shown.text)
    assert table
    return clerk.post(f"/lists/{kind}/import/confirm", mark=_mark(shown), table=table[1], **more)


def _mark(shown: Response) -> str:
    mark = re.search(r'name="mark" id="mark" value="([0-9a-f]{64})"', shown.text)
    assert mark
    return mark[1]


def test_every_list_is_shown_with_its_size(clerk: Person) -> None:
    text = clerk.get("/lists").text
    for words in ("代表名册", "承办单位", "村和社区", "建议类别", "家、站、室、点"):
        assert words in text


def test_a_deputy_is_added_as_the_office_says(house: House, clerk: Person) -> None:
    answer = clerk.post("/lists/deputies", **{**DEPUTY, "number": "１２", "name": "赵　柱"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{clerk.base}/lists/deputies")
    with house.store.read() as tx:
        new = tx.deputies.current(house.county.congress.id)[-1]
    assert (new.number, new.name, new.delegation) == (12, "赵柱", "城关代表团")
    assert (new.phone, new.committee) == ("13912345678", True)
    assert "赵柱" in clerk.get("/lists/deputies").text


def test_a_name_with_rare_characters_is_kept_as_it_is(house: House, clerk: Person) -> None:
    clerk.post("/lists/deputies", **{**DEPUTY, "name": RARE})
    assert RARE in names(house)
    assert RARE in clerk.get("/lists/deputies").text


REFUSED = (
    ("name", "", "没有填写“姓名”"),
    ("name", "王" * 100_000, "太长：有100,000个字"),
    ("name", "王\x00伟", "不能显示或打印"),
    ("name", "王\u202e伟", "不能显示或打印"),
    ("name", "张桂兰", "已经有代表“张桂兰”"),
    ("number", "", "没有填写“序号”"),
    ("number", "第一", "不是1、2、3这样的整数"),
    ("number", "0", "应在1至"),
    ("number", "1", "序号1已经是“张桂兰”的"),
    ("delegation", " ", "没有填写“代表团”"),
    ("phone", "12345", "不是电话号码"),
    ("phone", "九" * 100_000, "不是电话号码"),
    ("committee", "也许", "应填“是”或者“否”"),
)


def test_what_cannot_be_a_deputy_is_refused_beside_its_field(house: House, clerk: Person) -> None:
    before = names(house)
    for field, typed, sentence in REFUSED:
        answer = clerk.post("/lists/deputies", **{**DEPUTY, field: typed})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'id="{field}-fault"' in answer.text
        assert 'value="城关代表团"' in answer.text or field == "delegation"
    assert names(house) == before


LISTS = ("deputies", "units", "villages", "categories", "stations")
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("committee", ["是", SCRIPT])
def test_a_script_in_every_field_is_shown_and_not_run(clerk: Person, committee: str) -> None:
    fields = ("name", "delegation", "town", "address", "hours", "leader", "liaison")
    typed: dict[str, object] = dict.fromkeys(fields, SCRIPT)
    more = {"number": "7", "place": "7", "committee": committee, "kind": "station"}
    for kind in LISTS:
        answer = clerk.post(f"/lists/{kind}", **typed, **more)
        shown = answer.text if answer.status_code == 422 else clerk.get(f"/lists/{kind}").text
        assert "&lt;script&gt;alert(1)" in shown
        assert "<script>alert" not in shown


def test_a_deputy_is_changed_and_the_log_says_what(house: House, clerk: Person) -> None:
    one = house.county.deputies[0]
    page = clerk.get(f"/lists/deputies/{one.id}")
    assert 'value="张桂兰"' in page.text
    answer = clerk.post(
        f"/lists/deputies/{one.id}", **{**DEPUTY, "number": "1", "name": "张桂兰", "committee": "否"}
    )
    assert answer.status_code == 303
    (change,) = audit.read_all(house.store, house.county.presidium, Wanted(about=one.id))
    assert (change.what, change.fields()) == ("change_deputy", [("phone", "", "(已填)")])


def test_saving_what_is_there_changes_nothing(house: House, clerk: Person) -> None:
    unit = house.county.units[0]
    for _ in range(2):
        assert clerk.post(f"/lists/units/{unit.id}", name=unit.name).status_code == 303
    assert logged(house) == []


def test_an_entry_ends_only_when_confirmed_and_can_be_brought_back(house: House, clerk: Person) -> None:
    unit = house.county.units[0]
    refused = clerk.post(f"/lists/units/{unit.id}/end")
    assert (refused.status_code, "请先勾选“确认停用”" in refused.text) == (422, True)
    assert unit.name in names(house, "units")
    for _ in range(2):
        assert clerk.post(f"/lists/units/{unit.id}/end", confirm="yes").status_code == 303
    assert unit.name not in names(house, "units")
    assert "停用的 1 个" in clerk.get("/lists/units").text
    again = clerk.post("/lists/units", name=unit.name)
    assert (again.status_code, "不必新建" in again.text) == (422, True)
    clerk.post(f"/lists/units/{unit.id}/return")
    assert unit.name in names(house, "units")
    assert logged(house) == ["end_unit", "return_unit"]


def test_the_usual_categories_are_offered_once_and_taken_with_a_click(house: House) -> None:
    county = house.county
    with house.store.write() as tx:
        for one in county.categories:
            tx.categories.end(one, FIRST_DAY)
    clerk = house.enter_as(county.staff)
    assert "采用常见类别" in clerk.get("/lists/categories").text
    for _ in range(2):
        assert clerk.post("/lists/categories/start").status_code == 303
    there = {one.name for one in house.county.categories}
    assert names(house, "categories") == [one for one in STARTING_CATEGORIES if one not in there]
    assert "采用常见类别" not in clerk.get("/lists/categories").text


def test_another_congress_has_lists_of_its_own(house: House, clerk: Person) -> None:
    theirs = house.county.town.deputies[0]
    for path in (f"/lists/deputies/{theirs.id}", f"/lists/deputies/{'f' * 32}", "/lists/deputies/..%2fx"):
        assert clerk.get(path).status_code == 404
    for path in ("", "/end", "/return"):
        answer = clerk.post(f"/lists/deputies/{theirs.id}{path}", **DEPUTY, confirm="yes")
        assert answer.status_code == 404
    with house.store.read() as tx:
        assert tx.deputies.get(house.county.town.staff, theirs.id) == theirs
    assert clerk.get("/lists/nonsense").status_code == 404


def test_only_the_office_has_these_pages(house: House) -> None:
    roles: tuple[PageRole, ...] = ("government_office", "unit", "deputy", "presidium", "chair")
    for role in roles:
        somebody = house.enter(role)
        assert somebody.get("/lists").status_code == 404
        assert somebody.post("/lists/deputies", **DEPUTY).status_code in {404, 405}


def test_a_table_is_shown_first_and_imported_when_agreed(house: House, clerk: Person) -> None:
    table = workbook(
        [
            ["示例县代表名册", None, None, None],
            ["序号", "代表团", "姓名", "电话"],
            [1, "城关代表团", "张桂兰", "13900000001"],
            [2, "东河代表团", "王建军", None],
            [5, "城关代表团", RARE, None],
        ]
    )
    shown = upload(clerk, "deputies", table, "名册.xlsx")
    assert shown.status_code == 200
    for words in ("城关代表团 → <strong>东河代表团", "（空） → <strong>13900000001", RARE, "李秀梅"):
        assert words in shown.text
    assert names(house) == ["张桂兰", "王建军", "李秀梅"]
    answer = confirm(clerk, "deputies", shown)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{clerk.base}/lists/deputies")
    assert names(house) == ["张桂兰", "王建军", "李秀梅", RARE]
    assert sorted(logged(house)) == ["add_deputy", "change_deputy", "change_deputy"]
    assert confirm(clerk, "deputies", shown).status_code == 303
    assert len(logged(house)) == 3
    assert "完全一样" in upload(clerk, "deputies", every_deputy(house)).text


def test_what_a_table_lacks_ends_only_when_asked(house: House, clerk: Person) -> None:
    table = csv("序号,姓名,代表团", "1,张桂兰,城关代表团", "2,赵铁柱,城关代表团")
    shown = upload(clerk, "deputies", table)
    clash = confirm(clerk, "deputies", shown)
    assert clash.status_code == 422
    assert "“2”现在是代表“王建军”的" in clash.text
    assert names(house) == ["张桂兰", "王建军", "李秀梅"]
    assert confirm(clerk, "deputies", shown, end_missing="yes").status_code == 303
    assert names(house) == ["张桂兰", "赵铁柱"]


def test_one_deputys_suggestions_never_pass_to_another_by_number(house: House, clerk: Person) -> None:
    before = {one.name: one.id for one in house.county.deputies}
    table = csv("序号,姓名,代表团", "3,张桂兰,城关代表团", "1,王建军,城关代表团", "2,李秀梅,东河代表团")
    confirm(clerk, "deputies", upload(clerk, "deputies", table))
    with house.store.read() as tx:
        after = {one.name: one.id for one in tx.deputies.current(house.county.congress.id)}
    assert after == before
    assert names(house) == ["王建军", "李秀梅", "张桂兰"]


def test_what_was_changed_meanwhile_is_shown_again(house: House, clerk: Person) -> None:
    table = csv("序号,姓名,代表团", "1,张桂兰,西山代表团")
    shown = upload(clerk, "deputies", table)
    clerk.post(f"/lists/deputies/{house.county.deputies[0].id}", **{**DEPUTY, "number": "8"})
    answer = confirm(clerk, "deputies", shown)
    assert answer.status_code == 409
    assert "名册刚刚有过变动，没有导入" in answer.text
    assert "张桂兰" not in names(house)


def test_every_bad_row_is_told_at_once_and_nothing_is_imported(house: House, clerk: Person) -> None:
    rows = ["序号,姓名,代表团,手机号码", "1,张桂兰,城关代表团,", "1,赵铁柱,,1390000", "x,,城关代表团,"]
    rows += ["7,张桂兰,城关代表团,"]
    answer = upload(clerk, "deputies", csv(*rows))
    assert answer.status_code == 422
    found = re.findall(r'<td class="figure">(\d+)</td><td>([^<]+)</td>', answer.text)
    assert [row for row, _ in found] == ["3", "3", "3", "4", "4", "5"]
    assert {reason for row, reason in found if row == "3"} >= {"“1”与第2行重复。请改正或者删去一行。"}
    assert "与第2行重复" in found[-1][1]
    assert "加注区别" in found[-1][1]
    assert names(house) == ["张桂兰", "王建军", "李秀梅"]


NO_TABLES = (
    ("名册.xlsx", b"PK\x03\x04nonsense", "已经损坏"),
    ("名册.xls", b"x", "不能读取 .xls 文件"),
    ("名册.csv", b"", "文件是空的"),
    ("名册.csv", csv("名字,团", "张桂兰,城关"), "没有找到表头"),
    ("名册.csv", csv("序号,姓名,代表团,籍贯", "1,张,城,本地"), "不认识的列“籍贯”"),
    ("名册.csv", csv("序号,姓名,代表团,姓名", "1,张,城,张"), "两列都是“姓名”"),
    ("名册.csv", csv("序号,姓名,代表团"), "表头下面没有内容"),
    ("名册.csv", csv("序号,姓名,代表团", *(f"{n},张{n},城关" for n in range(1, 20_001))), "表格太长"),
    ("名册.csv", csv("序号,姓名,代表团", "1,张,城关,多余"), "没有表头，却有内容"),
)


def test_a_workbook_longer_than_is_read_is_not_said_to_be_shorter_than_it_is(
    house: House, clerk: Person
) -> None:
    rows: list[list[object]] = [[n, f"代表{n}", "城关代表团"] for n in range(1, 20_001)]
    table = workbook([["序号", "姓名", "代表团"], *rows])
    answer = upload(clerk, "deputies", table, "名册.xlsx")
    assert answer.status_code == 422
    assert "表格太长：有2,000行以上，一次最多1,900行。没有导入任何内容。" in answer.text
    assert names(house) == ["张桂兰", "王建军", "李秀梅"]


def test_a_file_that_is_no_such_table_has_its_sentence(house: House, clerk: Person) -> None:
    for name, body, sentence in NO_TABLES:
        answer = upload(clerk, "deputies", body, name)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert names(house) == ["张桂兰", "王建军", "李秀梅"]


def test_a_confirmation_that_was_made_up_imports_nothing(house: House, clerk: Person) -> None:
    for table in ("", "x" * 100_000, "序号,姓名,代表团\n1,张\x00,城关"):
        answer = clerk.post("/lists/deputies/import/confirm", mark="f" * 64, table=table)
        assert answer.status_code == 422
    answer = clerk.post(
        "/lists/deputies/import/confirm", mark="f" * 64, table="序号,姓名,代表团\n7,赵铁柱,城关"
    )
    assert answer.status_code == 409
    assert "赵铁柱" not in names(house)


def test_villages_and_units_are_imported_and_ended_ones_come_back(house: House, clerk: Person) -> None:
    unit = house.county.units[0]
    clerk.post(f"/lists/units/{unit.id}/end", confirm="yes")
    table = csv("单位名称", unit.name, "县水利局")
    shown = upload(clerk, "units", table)
    assert "恢复使用" in shown.text
    confirm(clerk, "units", shown)
    assert {unit.name, "县水利局"} < set(names(house, "units"))
    with house.store.read() as tx:
        assert tx.units.get(house.county.staff, unit.id).ended_at is None
    confirm(
        clerk, "villages", upload(clerk, "villages", csv("村社名称,乡镇", "东河村,东河镇", "北桥村,东河镇"))
    )
    assert names(house, "villages")[-2:] == ["东河村", "北桥村"]


def test_the_template_can_be_imported_as_it_is(clerk: Person) -> None:
    for kind in LISTS:
        template = clerk.get(f"/lists/{kind}/template")
        assert template.content.startswith(b"\xef\xbb\xbf")
        shown = upload(clerk, kind, template.content)
        assert (kind, shown.status_code) == (kind, 200)
        assert "核对变动" in shown.text
        same = clerk.get(f"/lists/{kind}/template.xlsx").content
        assert _mark(upload(clerk, kind, same, "模板.xlsx")) == _mark(shown)


def test_a_town_calls_its_presidium_by_its_name(house: House) -> None:
    page = house.enter_as(house.county.town.staff).get("/lists/deputies").text
    assert "主席团成员" in page
    assert "常委会" not in page


def test_what_the_office_publishes_is_its_own_decision(house: House, clerk: Person) -> None:
    assert "checked" in clerk.get("/settings").text
    answer = clerk.post("/settings", show_suggestions="yes")
    assert answer.headers["location"] == f"{clerk.base}/settings?saved=1"
    assert re.findall(r'id="(\w+)" name="\w+" value="yes" checked', clerk.get("/settings").text) == [
        "show_suggestions"
    ]
    assert logged(house) == ["change_settings"]
