"""The offices' queue, registration, import and calls; deputies' and units' proposals: through the pages."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types

from tests import pictures
from tests.collecting import filed
from tests.county import County
from tests.web.citizen import START, Citizen, hidden, typed
from tests.web.house import House, Person
from voting.collecting.sifting import accept
from voting.suggestions import Suggestion


@pytest.fixture
def county(house: House) -> County:
    house.clock = START
    return house.county


@pytest.fixture
def staff(house: House, county: County) -> Person:
    return house.enter_as(county.staff)


def now_of(county: County, one: Suggestion) -> Suggestion:
    with county.store.read() as tx:
        return tx.suggestions.get(county.staff, one.id)


def newest(county: County) -> Suggestion:
    with county.store.read() as tx:
        found = tx.handlings.inbox(county.staff, ["received", "registered"], 99)
    return max(found, key=lambda one: one.number)


def test_the_queue_lists_what_waits_and_accepts_many(house: House, county: County, staff: Person) -> None:
    ones = [county.suggest(f"第{n}件", state="received") for n in range(3)]
    theirs = county.town.suggest("别镇的", state="received")
    page = staff.get("/inbox").text
    assert all(one.title in page for one in ones)
    assert "别镇的" not in page
    nothing = staff.post("/inbox", release="no")
    assert nothing.status_code == 422
    assert "没有选中任何一件" in nothing.text
    undecided = staff.post("/inbox", chosen=[ones[0].id])
    assert undecided.status_code == 422
    assert f'value="{ones[0].id}" aria-label="选中：第0件" checked' in undecided.text
    assert staff.post("/inbox", chosen=[ones[0].id, theirs.id], release="yes").status_code == 404
    assert now_of(county, ones[0]).state == "received"
    assert staff.post("/inbox", chosen=[ones[0].id, ones[1].id], release="yes").status_code == 303
    assert [now_of(county, one).state for one in ones] == ["registered", "registered", "received"]


def test_one_is_accepted_or_refused_with_everything_typed_kept(county: County, staff: Person) -> None:
    one = county.suggest(state="received")
    path = f"/inbox/{one.id}"
    assert staff.post(path).status_code == 422
    no_reason = staff.post(path, verdict="refuse", reason="")
    assert no_reason.status_code == 422
    assert "没有填写“理由”" in no_reason.text
    half = staff.post(path, verdict="accept", kind="clue", reason="想好的理由")
    assert half.status_code == 422
    assert "想好的理由" in half.text
    assert now_of(county, one) == one
    assert staff.post(path, verdict="accept", kind="clue", release="yes").status_code == 303
    late = staff.post(path, verdict="refuse", reason="晚了")
    assert late.status_code == 409
    assert "已经审核过" in late.text
    assert now_of(county, one).kind == "clue"


def test_another_towns_clerk_opens_nothing_by_number(house: House, county: County) -> None:
    one = county.suggest(state="received")
    stranger = house.enter_as(county.town.staff)
    for path in ("", "/correct", "/release", "/photos"):
        answer = stranger.post(f"/inbox/{one.id}{path}", title="x", verdict="complaint", release="yes")
        assert answer.status_code == 404
    assert stranger.get(f"/inbox/{one.id}").status_code == 404
    assert now_of(county, one) == one


def test_title_is_put_right_and_release_taken_back(county: County, staff: Person) -> None:
    one = county.suggest()
    wrong = staff.post(f"/inbox/{one.id}/correct", title="")
    assert wrong.status_code == 422
    assert staff.post(f"/inbox/{one.id}/correct", title="改正的标题").status_code == 303
    assert staff.post(f"/inbox/{one.id}/release", release="yes").status_code == 303
    assert now_of(county, one).title == "改正的标题"
    assert now_of(county, one).released_at is not None
    assert staff.post(f"/inbox/{one.id}/release", release="no").status_code == 303
    assert now_of(county, one).released_at is None


def test_photos_are_added_later(county: County, staff: Person) -> None:
    one = county.suggest()
    path = f"/inbox/{one.id}/photos"
    assert staff.upload(path, "photos", "a.txt", b"x").status_code == 422
    assert staff.post(path).status_code == 422
    assert staff.upload(path, "photos", "a.jpg", pictures.jpeg()).status_code == 303
    assert now_of(county, one).photos == 1


def form_fields(county: County, page: str, **fields: str) -> dict[str, str]:
    return {
        **hidden(page),
        "title": "电话反映的事",
        "text": "希望修路。",
        "category": county.categories[0].id,
        "channel": "phone",
        "source": "public",
        "kind": "opinion",
        "release": "no",
        "received": "2026-09-10",
        **fields,
    }


def test_a_call_is_entered_once_and_its_code_handed_over(county: County, staff: Person) -> None:
    fields = form_fields(county, staff.get("/register").text)
    first, second = staff.post("/register", **fields), staff.post("/register", **fields)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    receipt = staff.client.get(first.headers["location"])
    assert 'role="img"' in receipt.text
    one = newest(county)
    assert (one.channel, one.entered_by, one.number) == ("phone", county.staff.name, 1)
    changed = staff.post("/register", **{**fields, "title": "另一件"})
    assert changed.status_code == 409
    assert typed(changed.text, "title") == "另一件"


def test_an_entry_with_faults_keeps_the_words(county: County, staff: Person) -> None:
    page = staff.get("/register").text
    for name, value in (
        ("channel", ""),
        ("source", "x"),
        ("kind", ""),
        ("release", ""),
        ("received", "2027-01-01"),
        ("category", ""),
        ("station", "x"),
        ("once", "x"),
        ("text", "y" * 100_000),
    ):
        answer = staff.post("/register", **form_fields(county, page, **{name: value}))
        assert (name, answer.status_code) == (name, 422)
        assert typed(answer.text, "title") == "电话反映的事"
    with county.store.read() as tx:
        assert tx.handlings.inbox(county.staff, ["registered"], 9) == ()


TABLE = "标题,内容,类别,村社,来源,姓名,电话,收到日期\n"


def load(staff: Person, name: str, raw: bytes) -> tuple[int, str]:
    answer = staff.upload("/import", "table", name, raw)
    return answer.status_code, answer.text


def test_a_table_is_imported_once(county: County, staff: Person) -> None:
    rows = (
        "路灯坏了,三个月没修。,交通出行,东河村,群众,周大爷,13912345678,2026-09-03\n"
        "校门口堵车,早晚各半小时。,教育,,12345热线,,,2026年9月4日\n"
    )
    raw = (TABLE + rows).encode("gb18030")
    status, text = load(staff, "意见.csv", raw)
    assert (status, "已导入 2 件" in text) == (200, True)
    one = newest(county)
    assert (one.title, one.source, one.channel, one.state) == (
        "校门口堵车",
        "hotline",
        "import",
        "registered",
    )
    assert "先前已经导入过" in load(staff, "再来.csv", raw)[1]
    assert newest(county) == one
    assert one.number == 2


def test_one_bad_row_stops_the_table_and_every_bad_row_is_named(county: County, staff: Person) -> None:
    rows = (
        "好的一行,内容。,,,群众,,,\n"
        ",没有标题,,,群众,,,\n"
        "路灯,内容,不存在的类别,,群众,,,\n"
        "路灯,内容,,月球,群众,,,\n"
        "路灯,内容,,,外星,,,昨天\n"
        "路灯,,,,群众,,打我电话,2027-12-31\n"
    )
    status, text = load(staff, "意见.csv", (TABLE + rows).encode())
    assert status == 422
    for row in (3, 4, 5, 6, 7):
        assert f'<th scope="row" class="figure">{row}</th>' in text
    for words in ("不存在的类别", "月球", "外星", "昨天", "电话号码写法不对", "还没有到"):
        assert words in text
    with county.store.read() as tx:
        assert tx.handlings.inbox(county.staff, ["registered"], 9) == ()


def test_a_workbook_is_read_and_what_is_none_is_refused(county: County, staff: Person) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["标题", "内容", "来源"])
    sheet.append(["路灯坏了", "三个月没修。", "联络站"])
    out = io.BytesIO()
    book.save(out)
    assert "已导入 1 件" in load(staff, "意见.xlsx", out.getvalue())[1]
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(60 * 1024 * 1024))
    cases = (
        ("意见.xlsx", bomb.getvalue(), "展开后超过20 MB"),
        ("意见.xlsx", b"PK\x03\x04nothing", "损坏"),
        ("意见.csv", b"", "请选择表格文件"),
        ("意见.pdf", b"%PDF", "只能读取"),
        ("意见.csv", "标题,内容\n甲,乙\n".encode(), "没有“来源”"),
        ("意见.csv", "标题,内容,来源,密码\n".encode(), "不认识的列“密码”"),
        ("意见.csv", TABLE.encode(), "没有内容"),
        ("意见.csv", b"\x00\x01\x02", "没有找到表头"),
    )
    for name, raw, sentence in cases:
        status, text = load(staff, name, raw)
        assert (sentence, status) == (sentence, 422)
        assert sentence in text
        assert "候选项目" not in re.sub(r"<nav.*?</nav>", "", text, flags=re.DOTALL)


def test_the_template_can_be_imported(county: County, staff: Person) -> None:
    template = staff.get("/import/template")
    assert template.headers["content-type"].startswith("text/csv")
    status, text = load(staff, "模板.csv", template.content.replace(b"2026-09-25", b"2026-09-05"))
    assert (status, "已导入 1 件" in text) == (200, True)


CALL = {
    "title": "征集2027年度民生实事项目",
    "year": "2027",
    "issuers": "县人民政府办公室",
    "opens": "2026-09-14",
    "closes": "2026-10-14",
    "text": "面向全县征集。",
}


def test_a_call_is_written_published_and_seen_on_the_form(house: House, county: County) -> None:
    office = house.enter_as(county.government)
    citizen = Citizen(house)
    assert "现在不在民生实事项目的征集期" in citizen.form().text
    wrong = office.post("/calls", **{**CALL, "closes": "2026-09-01"})
    assert wrong.status_code == 422
    assert typed(wrong.text, "text") == "面向全县征集。"
    where = office.post("/calls", **CALL).headers["location"].removeprefix(office.base)
    assert "草稿" in office.get(where).text
    assert office.post(f"{where}/publish").status_code == 422
    assert "现在不在民生实事项目的征集期" in citizen.form().text
    assert office.post(f"{where}/publish", confirm="yes").status_code == 303
    assert CALL["title"] in citizen.form().text
    assert office.post(where, **{**CALL, "text": "改写"}).status_code == 409
    assert office.post(where, **{**CALL, "closes": "2026-10-20"}).status_code == 303


def test_a_deputy_files_and_another_stands_behind_it(house: House, county: County) -> None:
    deputy, other = house.enter_as(county.deputy), house.enter_as(county.other_deputy)
    page = deputy.get("/proposals/new").text
    fields = {
        **hidden(page),
        "title": "关于修路的建议",
        "text": "进村道路太窄。",
        "category": county.categories[0].id,
    }
    assert deputy.post("/proposals/new", **{**fields, "text": ""}).status_code == 422
    first, second = deputy.post("/proposals/new", **fields), deputy.post("/proposals/new", **fields)
    assert first.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert "关于修路的建议" in deputy.get("/proposals").text
    one = newest(county)
    path = f"/proposals/{one.id}"
    assert other.get(path).status_code == 404
    accept(county.store, county.staff, one.id, "proposal", START, release=True)
    assert "关于修路的建议" in other.get("/proposals").text
    assert other.post(f"{path}/cosign").status_code == 303
    assert county.other_deputy.name in deputy.get(path).text
    assert deputy.post(f"{path}/cosign").status_code == 409
    assert other.post(f"{path}/withdraw").status_code == 303
    assert "还没有代表附议" in deputy.get(path).text


def test_what_a_deputy_files_in_confidence_names_nobody_to_the_others(house: House, county: County) -> None:
    made = filed(county, confidential=True, phone="13912345678")
    accept(county.store, county.staff, made.id, "proposal", START, release=True)
    page = house.enter_as(county.other_deputy).get(f"/proposals/{made.id}").text
    assert county.deputy.name not in page
    assert "13912345678" not in page


def test_a_unit_proposes_and_sees_only_its_own(house: House, county: County) -> None:
    unit, other = house.enter_as(county.unit), house.enter_as(county.other_unit)
    fields = {
        **hidden(unit.get("/proposals/new").text),
        "title": "农村公路提升",
        "text": "二十公里。",
        "category": county.categories[0].id,
    }
    assert unit.post("/proposals/new", **fields).status_code == 303
    assert "农村公路提升" in unit.get("/proposals").text
    assert "农村公路提升" not in other.get("/proposals").text
    assert other.get(f"/proposals/{newest(county).id}").status_code == 404
    assert unit.post(f"/proposals/{newest(county).id}/cosign").status_code in {404, 405}


def test_a_deputy_is_led_from_the_own_list_to_the_word_on_the_answer(house: House, county: County) -> None:
    one = county.suggest(
        "修桥",
        kind="proposal",
        source="deputy",
        deputy=county.deputies[0].id,
        state="answered",
        answered_at=START,
        answer="已经列入计划。",
    )
    deputy = house.enter_as(county.deputy)
    assert f"/proposals/{one.id}" in deputy.get("/proposals").text
    page = deputy.get(f"/proposals/{one.id}").text
    assert f'href="{deputy.base}/suggestions/{one.id}">评价这个答复<' in page
    assert "请您评价这个答复" in deputy.get(f"/suggestions/{one.id}").text
