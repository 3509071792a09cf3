"""Which role a browser may enter, and when it may no longer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date

import pytest

from tests.county import new_id
from tests.voting.accounts.door import Door
from voting.accounts import logins, members, own
from voting.accounts.logging_in import Entered
from voting.accounts.logins import (
    AccountDisabled,
    DeputyLeft,
    LoginEnded,
    LoginExpired,
    LoginUnknown,
    MembershipEnded,
    SecondStepMissing,
)
from voting.actors import Actor, system
from voting.errors import VotingError


def enter(door: Door, entered: Entered, membership: str = "") -> Actor | None:
    return logins.enter(door.store, entered.token, membership or door.membership(entered).id, door.now)


def refused(kind: type[VotingError]) -> AbstractContextManager[object]:
    return pytest.raises(kind)


def test_a_membership_makes_the_actor(door: Door) -> None:
    deputy = door.county.deputies[0]
    entered = door.account("zhang", "deputy", name=deputy.name, deputy=deputy.id)
    held = door.membership(entered)
    assert enter(door, entered) == Actor(
        role="deputy",
        congress=door.county.congress.id,
        name=deputy.name,
        link=held.id,
        account=entered.login.account,
        deputy=deputy.id,
        town=False,
    )


def test_a_towns_clerk_is_known_as_one_of_a_town(door: Door) -> None:
    clerk = door.set_up_codes(door.account("li", "staff", by=door.county.town.staff))
    actor = enter(door, clerk)
    assert actor is not None
    assert actor.town


def test_nobody_elses_membership_can_be_entered(door: Door) -> None:
    one, other = door.account(), door.account("zhao")
    for membership in (door.membership(other).id, new_id("nobody"), "", "\x00", "x" * 5000):
        assert logins.enter(door.store, one.token, membership, door.now) is None


def test_offices_need_a_second_step(door: Door) -> None:
    for number, role in enumerate(logins.OFFICES):
        entered = door.account(f"office{number}", role)
        with refused(SecondStepMissing):
            enter(door, entered)
        assert enter(door, door.set_up_codes(entered)) is not None


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "\ud800", "x" * 100_000])
def test_a_token_that_was_never_given_out_is_nobodys(door: Door, token: str) -> None:
    with refused(LoginUnknown):
        logins.enter(door.store, token, new_id("any"), door.now)


def test_a_log_in_that_waits_for_its_second_step_enters_nowhere(door: Door) -> None:
    entered = door.set_up_codes(door.account())
    membership = door.membership(entered).id
    with refused(LoginUnknown):
        enter(door, door.log_in(), membership)


def test_twelve_hours_without_a_page_end_it_and_a_page_in_between_does_not(door: Door) -> None:
    entered = door.account()
    door.later(hours=11)
    assert enter(door, entered) is not None
    door.later(hours=11, minutes=59)
    assert enter(door, entered) is not None
    door.later(hours=12)
    with refused(LoginExpired):
        enter(door, entered)


def test_thirty_days_end_it_however_busy(door: Door) -> None:
    entered = door.account()
    for _ in range(59):
        door.later(hours=12, seconds=-1)
        assert enter(door, entered) is not None
    door.later(hours=12)
    with refused(LoginExpired):
        enter(door, entered)


def test_an_office_enters_for_twelve_hours_however_busy(door: Door) -> None:
    entered = door.set_up_codes(door.account("li", "government_office"))
    door.later(hours=11)
    assert enter(door, entered) is not None
    door.later(hours=1)
    with refused(LoginExpired):
        enter(door, entered)


def test_logging_out_and_ending_a_device_are_immediate(door: Door) -> None:
    phone, desk = door.account(), door.log_in()
    membership = door.membership(phone).id
    own.end_device(door.store, desk.login, phone.login.id, door.now)
    with refused(LoginEnded):
        enter(door, phone, membership)
    own.log_out(door.store, desk.login, door.now)
    with refused(LoginEnded):
        enter(door, desk, membership)


def test_an_ended_membership_enters_no_more(door: Door) -> None:
    entered = door.account()
    held = door.membership(entered)
    members.end(door.store, door.county.staff, held.id, door.now)
    with refused(MembershipEnded):
        enter(door, entered, held.id)
    assert door.standing(door.log_in()).places == ()


def test_a_deputy_who_left_enters_no_more_and_is_told_so(door: Door) -> None:
    deputy = door.county.deputies[0]
    entered = door.account("zhang", "deputy", deputy=deputy.id)
    with door.store.write() as tx:
        tx.deputies.end(deputy, date(2026, 9, 1))
    with refused(DeputyLeft):
        enter(door, entered)
    standing = door.standing(entered)
    assert standing.places == ()
    assert "代表职务已经终止" in standing.former[0]


def test_a_disabled_account_enters_no_more(door: Door) -> None:
    entered = door.account()
    members.disable(door.store, system(""), "wang", door.now)
    with refused(AccountDisabled):
        enter(door, entered)


def test_no_token_lies_in_the_database(door: Door) -> None:
    entered = door.account()
    with door.store.read() as tx:
        assert tx.logins.by_token(entered.token) is None
        assert tx.logins.by_token(logins.token_hash(entered.token)) is not None
