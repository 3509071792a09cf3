"""Promises of a draft's states. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.screening.drafts import (
    MOVES,
    DraftState,
    DraftStep,
    Event,
    Feasibility,
    ReasonMissing,
    after,
    is_late,
    may,
    next_year,
    reason_of,
)

STATES: tuple[DraftState, ...] = get_args(DraftState)
EVENTS: tuple[Event, ...] = get_args(Event)
ASKED = Feasibility(
    id="f",
    congress="c",
    draft="d",
    unit="u",
    asked_by="赵主任",
    asked_at=datetime(2026, 11, 1, tzinfo=UTC),
    due=date(2026, 11, 10),
)


@given(st.lists(st.sampled_from(EVENTS), max_size=30))
def test_whatever_is_tried_nothing_is_listed_without_being_taken_first(tried: list[Event]) -> None:
    state: DraftState = "submitted"
    taken = False
    for event in tried:
        before = state
        try:
            state = after(state, event)
        except DraftStep:
            assert state == before
            continue
        taken = event not in {"resubmit", "take_out"} and (taken or event == "taken")
        assert state != "shortlisted" or taken


@pytest.mark.parametrize("event", EVENTS)
def test_what_was_dropped_stays_dropped(event: Event) -> None:
    assert not may("dropped", event)
    with pytest.raises(DraftStep):
        after("dropped", event)


@pytest.mark.parametrize("state", ["taken", "shortlisted", "reserve", "dropped"])
def test_what_was_taken_is_not_handed_in_again(state: DraftState) -> None:
    with pytest.raises(DraftStep):
        after(state, "resubmit")


def test_every_state_but_the_last_leads_on() -> None:
    assert {state for state, _ in MOVES} == set(STATES) - {"dropped"}
    assert set(MOVES.values()) == set(STATES)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_a_reason_of_nothing_is_none(text: str) -> None:
    with pytest.raises(ReasonMissing):
        reason_of(text)


def test_an_opinion_is_late_when_the_day_in_china_is_over() -> None:
    last = datetime(2026, 11, 10, 15, 59, tzinfo=UTC)
    over = datetime(2026, 11, 10, 16, 0, tzinfo=UTC)
    assert (is_late(ASKED, last), is_late(ASKED, over)) == (False, True)
    given_in_time = replace(ASKED, opinion="feasible", given_at=last)
    assert not is_late(given_in_time, over)
    assert is_late(replace(given_in_time, given_at=over), over)


@pytest.mark.parametrize(("month", "year"), [(1, 2026), (6, 2026), (7, 2027), (12, 2027)])
def test_from_the_third_quarter_on_drafts_are_for_next_year(month: int, year: int) -> None:
    assert next_year(datetime(2026, month, 15, tzinfo=UTC)) == year
