"""The access matrix: every role on every action, in the own congress and with things of another one."""

from __future__ import annotations

from typing import Final, get_args

import pytest

from voting.actors import ROLE_NAMES, Actor, Forbidden, Role
from voting.duties import ACTION_NAMES, DUTIES, Action, demand, may

ROLES: Final[tuple[Role, ...]] = get_args(Role)
ACTIONS: Final[tuple[Action, ...]] = get_args(Action)
OFFICES: Final = {"staff", "government_office"}
READERS: Final = {"deputy", "presidium", "unit"}


def actor(role: Role, *, town: bool) -> Actor:
    return Actor(role=role, congress="0" * 32, name="某人", town=town)


def test_every_action_has_roles_and_a_name() -> None:
    assert set(DUTIES) == set(ACTION_NAMES) == set(ACTIONS)
    assert all(DUTIES.values())


@pytest.mark.parametrize("town", [False, True], ids=["county", "town"])
@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_is_not_named_for_an_action_is_refused_and_told_who_is(action: Action, town: bool) -> None:
    for role in ROLES:
        who = actor(role, town=town)
        clerk_for_both = town and role == "staff" and "government_office" in DUTIES[action]
        if role in DUTIES[action] or clerk_for_both:
            assert may(who, action)
            demand(who, action)
            continue
        assert not may(who, action)
        with pytest.raises(Forbidden) as refused:
            demand(who, action)
        assert ACTION_NAMES[action] in refused.value.sentence
        assert ROLE_NAMES[role] in refused.value.sentence


def test_nobody_who_runs_the_vote_and_nobody_unknown_may_do_anything_here() -> None:
    for role in ("operator", "scrutineer", "chair"):
        assert not [
            action for action in ACTIONS for town in (False, True) if may(actor(role, town=town), action)
        ]


def test_in_a_town_one_clerk_does_what_both_offices_of_a_county_do() -> None:
    of_both = {action for action in ACTIONS if OFFICES & set(DUTIES[action])}
    assert {action for action in ACTIONS if may(actor("staff", town=True), action)} == of_both


def test_in_a_county_each_office_keeps_to_its_own_part() -> None:
    staff, government = actor("staff", town=False), actor("government_office", town=False)
    assert may(government, "draft")
    assert not may(staff, "draft")
    assert may(staff, "judge")
    assert not may(government, "judge")


def test_the_rated_government_neither_publishes_the_congresss_papers_nor_enters_earlier_results() -> None:
    government = actor("government_office", town=False)
    assert may(government, "keep_year")
    for action in ("issue_paper", "import_scores"):
        assert not may(government, action)
        assert {role for role in ROLES if may(actor(role, town=False), action)} == {"staff"}
        assert may(actor("staff", town=True), action)


def test_only_staff_let_people_in_and_only_the_presidium_reads_the_log() -> None:
    assert {role for role in ROLES if may(actor(role, town=False), "invite")} == {"staff", "system"}
    assert {role for role in ROLES if may(actor(role, town=False), "read_audit")} == {"presidium", "system"}
