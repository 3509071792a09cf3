"""Promises of the rules of a list: N against K, the order of its bodies, what may change when. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from voting.errors import RulesError
from voting.screening.slates import (
    Decision,
    Passage,
    Slate,
    SlateError,
    SlateFrozen,
    SlateStep,
    check_bodies,
    check_day,
    check_freeze,
    check_number,
    demand_change,
    may_change,
    next_place,
    stage,
)

NOW = datetime(2026, 11, 3, tzinfo=UTC)
SLATE = Slate(
    id="s",
    congress="c",
    year=2027,
    title="名单",
    places=2,
    ballot="select_k",
    bodies=("政府常务会", "党委", "常委会"),
    made_by="赵主任",
    made_at=NOW,
)


def decided(*decisions: Decision) -> list[Passage]:
    """Passages as the rules themselves let them be entered."""
    passages: list[Passage] = []
    for one in decisions:
        place = next_place(SLATE, passages)
        if place is None:
            break
        passages.append(
            Passage(
                id=str(len(passages)),
                congress="c",
                slate="s",
                turn=len(passages) + 1,
                place=place,
                body=SLATE.bodies[place - 1],
                day=date(2026, 11, 1 + len(passages)),
                decision=one,
                note="",
                listed=(),
                document_name="",
                entered_by="",
                entered_at=NOW,
            )
        )
    return passages


decisions = st.lists(st.sampled_from(["passed", "amended", "returned"]), max_size=12)


@given(st.integers(0, 100), st.integers(-1, 101))
def test_a_list_for_selecting_needs_more_candidates_than_places(n: int, k: int) -> None:
    if n > k >= 1:
        check_number(n, k, "select_k")
    else:
        with pytest.raises(RulesError):
            check_number(n, k, "select_k")


@given(st.integers(0, 100), st.integers(-1, 101))
def test_as_many_candidates_as_places_need_the_ballot_for_each(n: int, k: int) -> None:
    if n >= k >= 1:
        check_number(n, k, "for_against")
    else:
        with pytest.raises(RulesError):
            check_number(n, k, "for_against")


def test_the_sentence_on_equal_numbers_says_what_to_do() -> None:
    with pytest.raises(RulesError, match=r"等额.*请减少应选件数"):
        check_number(10, 10, "select_k")


@given(decisions)
def test_bodies_come_in_their_order_and_a_return_begins_anew(course: list[Decision]) -> None:
    passages = decided(*course)
    for before, after in pairwise(passages):
        assert after.place == (1 if before.decision == "returned" else before.place + 1)
    if passages and passages[-1].decision == "returned":
        assert (stage(SLATE, passages), next_place(SLATE, passages)) == ("returned", 1)


@given(decisions)
def test_only_a_list_that_every_body_passed_since_the_last_return_is_frozen(course: list[Decision]) -> None:
    passages = decided(*course)
    since = [one.decision for one in passages]
    if "returned" in since:
        since = since[len(since) - since[::-1].index("returned") :]
    if len(since) == 3:
        check_freeze(SLATE, passages, 3)
    else:
        with pytest.raises(SlateStep):
            check_freeze(SLATE, passages, 3)


@given(decisions)
def test_what_a_body_has_passed_unchanged_stays_unchanged(course: list[Decision]) -> None:
    passages = decided(*course)
    free = not passages or passages[-1].decision != "passed"
    assert may_change(SLATE, passages) == free
    if not free:
        with pytest.raises(SlateStep):
            demand_change(SLATE, passages)


@given(decisions)
def test_a_frozen_list_neither_changes_nor_goes_on(course: list[Decision]) -> None:
    frozen = replace(SLATE, frozen_at=NOW)
    passages = decided(*course)
    assert (stage(frozen, passages), next_place(frozen, passages)) == ("frozen", None)
    with pytest.raises(SlateFrozen):
        demand_change(frozen, passages)


def test_a_day_lies_neither_ahead_nor_before_the_last_one() -> None:
    passages = decided("passed")
    check_day(date(2026, 11, 1), date(2026, 11, 5), passages)
    with pytest.raises(SlateError, match="不能晚于今天"):
        check_day(date(2026, 11, 6), date(2026, 11, 5), passages)
    with pytest.raises(SlateError, match="不能早于上一次"):
        check_day(date(2026, 10, 31), date(2026, 11, 5), passages)


@pytest.mark.parametrize("bodies", [[], ["党委"] * 2, [str(n) for n in range(9)]])
def test_the_order_of_bodies_is_one_to_eight_different_names(bodies: list[str]) -> None:
    with pytest.raises(SlateError):
        check_bodies(bodies)
