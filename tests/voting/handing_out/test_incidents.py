"""What went wrong is written down once, and the chair decides once."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.people import Hall
from tests.refusals import refused, unchanged
from voting.actors import Forbidden, NotFound, Role
from voting.cards import CardsError, serial_of
from voting.errors import TextError
from voting.handing_out import incidents
from voting.handing_out.facts import Incident
from voting.handing_out.refusals import IncidentSettled

WHAT = "3排5座代表第一次扫码，显示已使用。"


def report(hall: Hall, what: str = WHAT, serial: str = serial_of(4)) -> Incident:
    return incidents.report_incident(
        hall.store,
        hall.staff,
        hall.session.id,
        "used_card",
        what,
        hall.now(),
        round_id=hall.round.id,
        serial=serial,
    )


def answer(hall: Hall, incident: Incident, words: str = "经查验，本轮继续。") -> Incident:
    return incidents.answer_incident(hall.store, hall.chair, incident.id, words, hall.now())


def test_what_was_reported_waits_for_the_chair_and_is_answered_once(hall: Hall) -> None:
    reported = report(hall)
    assert (reported.serial, reported.reported_by, reported.answered_at) == (serial_of(4), "刘科长", None)
    answered = answer(hall, reported)
    assert (answered.answer, answered.answered_by) == ("经查验，本轮继续。", "王主席")
    assert incidents.listing(hall.store, hall.chair, hall.session.id) == (answered,)
    with unchanged(hall.store):
        answer(hall, reported)
    with refused(hall.store, IncidentSettled):
        answer(hall, reported, "宣布无效。")


def test_the_same_report_again_changes_nothing(hall: Hall) -> None:
    first = report(hall)
    with unchanged(hall.store):
        assert report(hall) == first


@pytest.mark.parametrize("serial", ["", "0000012", "甲"])
def test_a_used_card_is_reported_with_the_number_on_its_stub(hall: Hall, serial: str) -> None:
    with refused(hall.store, CardsError):
        report(hall, serial=serial)


def test_an_empty_report_or_answer_is_refused(hall: Hall) -> None:
    with refused(hall.store, TextError, "请填写情况说明"):
        report(hall, what="  ")
    reported = report(hall)
    with refused(hall.store, TextError, "请填写处理意见"):
        answer(hall, reported, " ")


@pytest.mark.parametrize("role", ["chair", "public", "presidium"])
def test_whoever_has_no_desk_reports_nothing(hall: Hall, role: Role) -> None:
    outsider = replace(hall.staff, role=role)
    with refused(hall.store, Forbidden):
        incidents.report_incident(
            hall.store, outsider, hall.session.id, "other", WHAT, hall.now(), round_id=None
        )


@pytest.mark.parametrize("role", ["staff", "operator", "scrutineer", "usher"])
def test_only_the_chair_decides(hall: Hall, role: Role) -> None:
    reported = report(hall)
    with refused(hall.store, Forbidden):
        incidents.answer_incident(
            hall.store, replace(hall.chair, role=role), reported.id, "作废。", hall.now()
        )


def test_a_chair_of_another_session_has_no_such_incident(hall: Hall) -> None:
    reported = report(hall)
    elsewhere = replace(hall.chair, session="0" * 32)
    with refused(hall.store, NotFound):
        incidents.answer_incident(hall.store, elsewhere, reported.id, "作废。", hall.now())
    assert incidents.listing(hall.store, elsewhere, hall.session.id) == ()
