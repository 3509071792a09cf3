"""交办函: one letter for all that wait, editable and taken back until a plan is published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from tests.announced import announced
from tests.county import Body, County, new_id
from tests.delivery import project
from tests.refusals import refused, unchanged
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.delivering import handing, handing_over
from voting.delivering.letters import Letter
from voting.delivering.projects import Handover, ProjectError, ProjectStep
from voting.errors import VotingError

NOW = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


def letter(**fields: Any) -> Letter:
    facts: dict[str, Any] = {
        "number": "示例人大办函〔2027〕3号",
        "day": date(2027, 2, 1),
        "sender": "示例县人大常委会办公室",
        "recipient": "示例县人民政府",
        "text": "现将项目交你们办理。",
    }
    return Letter(**{**facts, **fields})


def send(body: Body, key: str = "", **fields: Any) -> Handover:
    return handing_over.hand_over(
        body.store, body.staff, key or new_id("letter"), 2027, letter(**fields), NOW
    )


def states(body: Body) -> list[str]:
    with body.store.read() as tx:
        return [one.state for one in tx.projects.of_year(body.staff, body.congress.id, 2027)]


def test_one_letter_hands_over_all_that_wait_in_the_year(county: County) -> None:
    of = announced(county, (4, 3, 6))
    handing.projects_from_round(county.store, county.staff, of.id, 2027, NOW)
    project(county, "录入的", state="chosen")
    project(county, "明年的", state="chosen", year=2028)
    sent = send(county)
    assert sent.round == of.id
    assert states(county) == ["handed"] * 3
    with county.store.read() as tx:
        assert len(tx.projects.of_year(PUBLIC, county.congress.id, 2027)) == 3


def test_the_same_form_sent_twice_is_one_letter(county: County) -> None:
    project(county, state="chosen")
    first = send(county, "a" * 32)
    with unchanged(county.store):
        assert send(county, "a" * 32) == first


def test_the_proposed_text_names_who_writes_to_whom_and_how_changes_are_decided(county: County) -> None:
    of = announced(county, (4, 3, 6))
    handing.projects_from_round(county.store, county.staff, of.id, 2027, NOW)
    of_county = handing_over.matter(county.store, county.staff, 2027, NOW).letter
    of_town = handing_over.matter(county.town.store, county.town.staff, 2027, NOW).letter
    assert (of_county.sender, of_county.recipient) == ("示例县人大常委会办公室", "示例县人民政府")
    assert (of_town.sender, of_town.recipient) == ("东河镇人大主席团", "东河镇人民政府")
    assert "票决确定了2027年民生实事项目2件，计划投资401万元" in of_county.text
    assert "报人大常委会决定" in of_county.text
    assert "提请下一次人民代表大会决定" in of_town.text


def test_the_office_is_told_and_a_town_clerk_is_not_told_of_the_own_letter(county: County) -> None:
    for body in (county, county.town):
        project(body, state="chosen")
        send(body)
    with county.store.read() as tx:
        assert [one.kind for one in tx.notices.listing(county.government)] == ["handed_over"]
        assert tx.notices.listing(county.town.staff) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"number": " "},
        {"number": "示例人大办函〔2027〕　号"},
        {"number": "示例人大办函〔2027〕号"},
        {"day": date(2027, 2, 2)},
        {"day": date(1999, 1, 1)},
        {"text": ""},
        {"text": "x" * 2001},
        {"sender": "a\x00"},
        {"recipient": ""},
    ],
)
def test_a_letter_that_cannot_go_out_hands_nothing_over(county: County, fields: dict[str, Any]) -> None:
    project(county, state="chosen")
    with pytest.raises(VotingError):
        send(county, **fields)
    assert states(county) == ["chosen"]


def test_a_number_is_used_once_in_a_year(county: County) -> None:
    project(county, "甲", state="chosen")
    send(county)
    project(county, "乙", state="chosen")
    with refused(county.store, ProjectError, "已经用过"):
        send(county)
    assert send(county, number="示例人大办函〔2027〕4号").number.endswith("4号")


def test_with_nothing_waiting_there_is_no_letter(county: County) -> None:
    project(county)
    with refused(county.store, ProjectStep, "没有等待交办的项目"):
        send(county)
    with refused(county.store, ProjectStep, "页面已经过期"):
        send(county, "x")


def test_a_letter_is_changed_and_taken_back_until_a_plan_is_published(county: County) -> None:
    project(county, state="chosen")
    sent = send(county)
    changed = handing_over.change_letter(
        county.store, county.staff, sent.id, letter(text="改过的正文。"), NOW
    )
    assert changed.text == "改过的正文。"
    with unchanged(county.store):
        handing_over.change_letter(county.store, county.staff, sent.id, letter(text="改过的正文。"), NOW)
    handing_over.take_back(county.store, county.staff, sent.id, NOW)
    assert states(county) == ["chosen"]
    with refused(county.store, NotFound):
        handing_over.take_back(county.store, county.staff, sent.id, NOW)
    assert send(county).number == letter().number


def test_once_a_plan_is_published_the_letter_stands(county: County) -> None:
    one = project(county, state="chosen")
    sent = send(county)
    with county.store.write() as tx:
        tx.projects.change(tx.projects.lock(county.staff, one.id), state="planned", planned_at=NOW)
    with refused(county.store, ProjectStep, "已经公布"):
        handing_over.take_back(county.store, county.staff, sent.id, NOW)
    with refused(county.store, ProjectStep, "已经公布"):
        handing_over.change_letter(county.store, county.staff, sent.id, letter(text="改"), NOW)
    assert not handing_over.handed(county.store, county.staff, sent.id).changeable


def test_the_letter_lists_what_was_promised_whatever_the_plan_says_later(county: County) -> None:
    of = announced(county, (6, 5, 0))
    (one, _) = handing.projects_from_round(county.store, county.staff, of.id, 2027, NOW)
    sent = send(county)
    with county.store.write() as tx:
        tx.projects.change(tx.projects.lock(county.staff, one.id), planned=1)
    promised = handing_over.handed(county.store, county.unit, sent.id).promised
    assert [each.cost for each in promised] == ["100.5万元", "200.5万元"]


def test_letters_are_the_staffs_and_of_the_own_congress(county: County) -> None:
    project(county, state="chosen")
    sent = send(county)
    for actor in (county.government, county.deputy, county.unit, county.presidium):
        with refused(county.store, Forbidden):
            handing_over.hand_over(county.store, actor, new_id("l"), 2027, letter(), NOW)
        with refused(county.store, Forbidden):
            handing_over.take_back(county.store, actor, sent.id, NOW)
        assert handing_over.handed(county.store, actor, sent.id).handover == sent
    with refused(county.store, NotFound):
        handing_over.handed(county.store, county.town.staff, sent.id)
    with refused(county.store, NotFound):
        handing_over.take_back(county.store, county.town.staff, sent.id, NOW)


def test_a_unit_reads_in_the_letter_only_its_own_projects(county: County) -> None:
    project(county, "自己的", state="chosen", lead_unit=county.units[1].id)
    project(county, "别人的", state="chosen")
    sent = send(county)
    shown = handing_over.handed(county.store, county.other_unit, sent.id)
    assert [one.title for one in shown.projects] == ["自己的"]
    assert replace(shown.handover) == sent
