"""`…/sessions/{id}/tablets`: how a tablet is set up, and how long it waits for its person."""

from __future__ import annotations

import re

import pytest

from tests.web.house import House


def seconds(house: House) -> tuple[str, ...]:
    """What the tablet's page tells its script."""
    text = house.visitor().get(f"/v/{house.hall.session.code}/tablet").text
    found = re.search(r'data-receipt-seconds="(\d+)" data-idle-seconds="(\d+)"', text)
    return found.groups() if found else ()


def test_a_receipt_stays_five_seconds_and_a_person_a_minute_until_the_office_changes_it(house: House) -> None:
    staff, path = house.enter("staff"), f"/sessions/{house.hall.session.id}/tablets"
    assert seconds(house) == ("5", "60")
    assert f"/v/{house.hall.session.code}/tablet" in staff.get(path).text
    answer = staff.post(path, receipt_seconds="12", idle_seconds="90")
    assert answer.status_code == 303
    assert "已保存" in staff.get(answer.headers["location"].removeprefix(staff.base)).text
    assert seconds(house) == ("12", "90")


@pytest.mark.parametrize(
    ("receipt", "idle", "sentence"),
    [
        ("2", "60", "回执号停留秒数应在 3 至 60 之间，现在是 2。"),
        ("5", "301", "无人操作秒数应在 30 至 300 之间，现在是 301。"),
        ("五秒", "60", "请在“回执号停留秒数”里填写一个整数。"),
        ("5", "", "请填写无人操作秒数。"),
    ],
)
def test_seconds_that_do_not_fit_are_named_kept_in_their_field_and_not_saved(
    house: House, receipt: str, idle: str, sentence: str
) -> None:
    path = f"/sessions/{house.hall.session.id}/tablets"
    answer = house.enter("staff").post(path, receipt_seconds=receipt, idle_seconds=idle)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{receipt}"' in answer.text
    assert f'value="{idle}"' in answer.text
    assert seconds(house) == ("5", "60")


def test_another_congress_finds_no_session_here_and_changes_nothing(house: House) -> None:
    town = house.enter_as(house.county.town.staff)
    path = f"/sessions/{house.hall.session.id}/tablets"
    assert town.get(path).status_code == 404
    assert town.post(path, receipt_seconds="9", idle_seconds="99").status_code == 404
    assert seconds(house) == ("5", "60")
