"""Promises of the registers: a year of receptions, visits and contacts, as tables; who took it is logged."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.county import FIRST_DAY, County, new_id
from tests.voting.handling.desk import accepted, met
from tests.web.house import House
from voting import audit
from voting.contacts import Liaison, LiaisonContact
from voting.sheets import read_sheets
from voting.stations import Reception, Station
from voting.store.audit import Wanted

FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def county(house: House) -> County:
    house.clock = FIRST_DAY
    made = house.county
    _receive(made)
    _keep_contact(made)
    met(made, accepted(made, made.suggest("修路灯", kind="proposal")))
    return made


def _receive(county: County) -> None:
    station = Station(
        id=new_id("站"), congress=county.congress.id, code=new_id("c")[:8], name="东河站", kind="station"
    )
    with county.store.write() as tx:
        tx.stations.add(station)
        for day, note in ((date(2026, 8, 17), FORMULA), (date(2025, 8, 17), "去年的")):
            tx.station_work.receive(
                Reception(
                    id=new_id("接待"),
                    congress=county.congress.id,
                    station=station.id,
                    day=day,
                    deputies="张桂兰、李大山",
                    people=3,
                    note=note,
                    entered_by="刘科长",
                    entered_at=FIRST_DAY,
                )
            )


def _keep_contact(county: County) -> None:
    one = Liaison(
        id=new_id("联系"),
        congress=county.congress.id,
        deputy=county.deputies[0].id,
        name="周大爷",
        made_at=FIRST_DAY,
    )
    with county.store.write() as tx:
        tx.liaisons.add(one)
        tx.liaisons.add_contact(
            LiaisonContact(
                id=new_id("一次"),
                congress=county.congress.id,
                liaison=one.id,
                day=date(2026, 8, 20),
                channel="phone",
                note="说了路灯的事",
                entered_by="张桂兰",
                entered_at=FIRST_DAY,
            )
        )


@pytest.mark.parametrize(
    ("name", "link_on", "words"),
    [
        ("receptions", "/stations", ("2026年8月17日", "东河站", "张桂兰、李大山", "3", FORMULA)),
        ("contacts", "/handling", ("修路灯", "主办", "2026年9月1日")),
        ("liaisons", "/liaisons", ("周大爷", "电话", "说了路灯的事")),
    ],
)
def test_a_register_is_linked_where_it_is_kept_and_says_in_both_forms_what_was_entered(
    house: House, county: County, name: str, link_on: str, words: tuple[str, ...]
) -> None:
    clerk = house.enter_as(county.staff)
    assert f'href="{clerk.base}/registers/{name}/xlsx?year=2026"' in clerk.get(link_on).text
    for form in ("xlsx", "csv"):
        answer = clerk.get(f"/registers/{name}/{form}?year=2026")
        assert answer.status_code == 200
        (sheet,) = read_sheets(f"x.{form}", answer.content)
        head, *rows = ([cell.text for cell in row.cells] for row in sheet.rows)
        assert len(rows) == 1
        assert len(rows[0]) == len(head)
        said = "\n".join(rows[0]).replace("'=", "=")
        for word in words:
            assert word.replace("2026年8月17日", "2026-08-17").replace("2026年9月1日", "2026-09-01") in said
        if form == "csv":
            assert answer.content.startswith(b"\xef\xbb\xbf")
            assert b",=" not in answer.content


def test_another_year_is_another_table_and_the_log_says_who_took_it(house: House, county: County) -> None:
    clerk = house.enter_as(county.staff)
    answer = clerk.get("/registers/receptions/csv?year=2025")
    assert "去年的".encode() in answer.content
    assert FORMULA.encode() not in answer.content
    (line,) = [
        one for one in audit.read_all(county.store, county.presidium, Wanted()) if one.what == "export"
    ]
    assert (line.subject, line.name) == ("reception", county.staff.name)
    assert "接待登记" in line.after.decode()


def test_nobody_else_takes_one_and_the_town_has_its_own(house: House, county: County) -> None:
    for actor, name in (
        (county.government, "receptions"),
        (county.government, "liaisons"),
        (county.unit, "contacts"),
        (county.presidium, "contacts"),
    ):
        somebody = house.enter_as(replace(actor, link=new_id("别人")))
        assert somebody.get(f"/registers/{name}/csv").status_code in {403, 404}
    town = house.enter_as(county.town.staff).get("/registers/receptions/csv?year=2026")
    assert town.content.count(b"\r\n") == 1


@pytest.mark.parametrize(
    "path", ["nothing/csv", "receptions/exe", "contacts/csv?year=九", "contacts/csv?year=1"]
)
def test_what_is_no_register_is_not_found(house: House, county: County, path: str) -> None:
    assert house.enter_as(county.staff).get(f"/registers/{path}").status_code == 404
