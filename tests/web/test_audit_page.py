"""`/presidium/…/audit`: who did what, readable; and whether the log was touched."""

import csv
import io
import re

import pytest
from sqlalchemy import create_engine, text

from tests.web.house import House, Person
from voting.store.engine import parse_url
from web.cli import main


@pytest.fixture
def clerk(house: House) -> Person:
    return house.enter_as(house.county.staff)


@pytest.fixture
def presidium(house: House) -> Person:
    return house.enter_as(house.county.presidium)


def rename(clerk: Person, house: House, name: str = "县交通局") -> None:
    assert clerk.post(f"/lists/units/{house.county.units[0].id}", name=name).status_code == 303


def touch(house: House, statement: str) -> None:
    """As somebody would who has the database in hand."""
    engine = create_engine(parse_url(f"sqlite:///{house.file}"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_change_is_told_in_words(house: House, clerk: Person, presidium: Person) -> None:
    rename(clerk, house)
    shown = presidium.get("/audit").text
    for words in ("刘科长", "工作人员", "修改单位", "县交通运输局 → <strong>县交通局</strong>", "链校验通过"):
        assert words in shown


def test_a_change_is_chained_as_soon_as_it_was_answered(house: House, clerk: Person) -> None:
    rename(clerk, house)
    with house.store.read() as tx:
        assert tx.audit.behind() == ()
        assert tx.audit.head(house.county.congress.id).place == 1


def test_it_is_narrowed_down_and_the_table_has_the_same(
    house: House, clerk: Person, presidium: Person
) -> None:
    rename(clerk, house, '=HYPERLINK("http://example.com")')
    clerk.post("/settings", show_refusals="yes")
    for asked, number in (
        ("", 2),
        ("?person=科长", 2),
        ("?person=王", 0),
        ("?person=%25", 0),
        ("?deed=修改单位", 1),
        ("?deed=办结", 0),
        (f"?about={house.county.units[0].id}", 1),
        ("?since=2999-01-01", 0),
        ("?until=2999-01-01", 2),
    ):
        page = presidium.get(f"/audit{asked}").text
        found = re.search(r'<strong class="number">(\d+)</strong> 条', page)
        assert (asked, found and int(found[1])) == (asked, number)
        table = presidium.get(f"/audit.csv{asked}").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(table)))
        assert len(rows) == number + 1
        assert not [cell for row in rows for cell in row if cell.startswith("=")]


def test_an_odd_address_is_answered_with_a_page(presidium: Person) -> None:
    for asked in ("since=tomorrow", "until=9999-12-31", "since=0001-01-01"):
        answer = presidium.get(f"/audit?{asked}")
        assert answer.status_code in {200, 422}
    assert "请填写起始日期" in presidium.get("/audit?since=x").text
    for asked in ("page=-1", "page=999999", "page=x", "about=%00", "person=%00", f"person={'x' * 5000}"):
        assert presidium.get(f"/audit?{asked}").status_code == 200


def test_what_was_typed_is_shown_and_not_run(house: House, clerk: Person, presidium: Person) -> None:
    rename(clerk, house, "<script>alert(1)</script>")
    shown = presidium.get("/audit?person=<script>").text + presidium.get("/audit").text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert 'value="&lt;script&gt;"' in shown


def test_it_has_pages(house: House, clerk: Person, presidium: Person) -> None:
    for n in range(51):
        rename(clerk, house, f"县交通{n}局")
    first = presidium.get("/audit?person=刘")
    assert "第 1 页，共 2 页" in first.text
    following = re.search(r'href="[^"]*(/audit\?[^"]*page=2)"', first.text)
    assert following
    second = presidium.get(following[1].replace("&amp;", "&")).text
    assert "第 2 页，共 2 页" in second
    assert "县交通0局" in second


def test_a_touched_row_is_named_to_the_presidium_and_at_the_command_line(
    house: House,
    clerk: Person,
    presidium: Person,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rename(clerk, house)
    rename(clerk, house, "县公路局")
    monkeypatch.setenv("PIAOJUE_DATABASE", f"sqlite:///{house.file}")
    with pytest.raises(SystemExit) as sound:
        main(["audit"])
    assert sound.value.code == 0
    touch(house, "UPDATE audit SET name = '别人' WHERE place = 1 AND subject = 'unit'")
    shown = presidium.get("/audit").text
    assert "链校验没有通过" in shown
    assert "第1条被改动过" in shown
    with pytest.raises(SystemExit) as broken:
        main(["audit"])
    assert broken.value.code == 1
    assert "示例县人民代表大会：2条，第1条被改动过" in capsys.readouterr().out


def test_only_the_presidium_has_the_page(house: House, clerk: Person) -> None:
    rename(clerk, house)
    for somebody in (clerk, house.enter_as(house.county.unit), house.enter_as(house.county.deputy)):
        assert somebody.get("/audit").status_code == 404
        assert somebody.get("/audit.csv").status_code == 404
    other = house.enter_as(house.county.town.presidium)
    assert "刘科长" not in other.get("/audit").text


def test_no_secret_is_in_the_log(house: House, clerk: Person, presidium: Person) -> None:
    typed = {"number": "9", "name": "赵铁柱", "delegation": "城关代表团", "committee": "否"}
    clerk.post("/lists/deputies", **typed, phone="13912345678")
    with house.store.read() as tx:
        new = tx.deputies.current(house.county.congress.id)[-1]
    clerk.post(f"/lists/deputies/{new.id}", **typed, phone="13787654321")
    token = clerk.client.cookies["piaojue"]
    raw = house.file.read_bytes()
    log = presidium.get("/audit").text + presidium.get("/audit.csv").text
    assert "(已填)" in log
    for secret in ("13912345678", "13787654321", token):
        assert secret not in log
    assert token.encode() not in raw
