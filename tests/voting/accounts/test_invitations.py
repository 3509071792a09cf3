"""Invitations: given out by staff, opening once, for one congress."""

from __future__ import annotations

from datetime import date

import pytest

from ballots.group import Random
from tests.county import new_id
from tests.voting.accounts.door import BROWSER, PASSWORD, Door
from voting.accounts import accepting, invitations, members
from voting.accounts.accepting import AlreadyMember, LoginNameTaken
from voting.accounts.invitations import (
    ElsewhereToo,
    InvitationExpired,
    InvitationRevoked,
    InvitationUnfit,
    InvitationUnknown,
    InvitationUsed,
)
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.logins import LoginEnded, SecondStepMissing
from voting.accounts.members import OwnMembership
from voting.accounts.passwords import LoginNameUnfit, PasswordUnfit
from voting.actors import Forbidden, NotFound, system
from voting.errors import TextError, VotingError

NEW = "另外一句很长很长的话"


def reset(door: Door, entered: Entered) -> str:
    token, _ = invitations.reset(
        door.store,
        door.county.staff,
        door.membership(entered).id,
        door.now.replace(year=2027),
        now=door.now,
        random=bytes_of(door),
    )
    return token


def bytes_of(door: Door) -> Random:
    return door.county.random


def refused(kind: type[VotingError], door: Door, token: str) -> None:
    """The page is not shown, and nothing is accepted."""
    with pytest.raises(kind):
        invitations.look(door.store, token, door.now)
    with pytest.raises(kind):
        door.accept(token, "other")
    with pytest.raises(LoginRefused):
        door.log_in("other")


def test_an_invitation_makes_an_account_with_the_role_and_is_used_up(door: Door) -> None:
    token = door.invite("unit", name="小孙", unit=door.county.units[0].id)
    entered = door.accept(token, "Sun")
    held = door.membership(entered)
    assert (held.role, held.name, held.unit) == ("unit", "小孙", door.county.units[0].id)
    assert held.granted_by == door.county.staff.name
    assert door.log_in("sun").login.account == entered.login.account
    refused(InvitationUsed, door, token)


def test_the_first_invitation_of_a_congress_comes_from_the_installation(door: Door) -> None:
    token = door.invite("staff", by=system(door.county.town.congress.id))
    assert door.membership(door.accept(token)).congress == door.county.town.congress.id


@pytest.mark.parametrize("token", ["", "wrong", "\x00", "\ud800", "x" * 100_000])
def test_a_token_that_was_never_given_out_opens_nothing(door: Door, token: str) -> None:
    refused(InvitationUnknown, door, token)


def test_an_invitation_opens_until_its_date(door: Door) -> None:
    token = door.invite(days=1)
    door.later(days=1, seconds=-1)
    invitations.look(door.store, token, door.now)
    door.later(seconds=1)
    refused(InvitationExpired, door, token)


def test_an_invitation_that_was_taken_back_opens_nothing(door: Door) -> None:
    token = door.invite()
    (one,) = invitations.listing(door.store, door.county.staff)
    for _ in range(2):
        invitations.revoke(door.store, door.county.staff, one.id, door.now)
    refused(InvitationRevoked, door, token)


def test_taking_back_a_used_invitation_changes_nothing(door: Door) -> None:
    door.account()
    (one,) = invitations.listing(door.store, door.county.staff)
    assert invitations.revoke(door.store, door.county.staff, one.id, door.now) == one


def test_another_congress_can_neither_see_nor_take_back_an_invitation(door: Door) -> None:
    door.invite()
    (one,) = invitations.listing(door.store, door.county.staff)
    assert invitations.listing(door.store, door.county.town.staff) == ()
    for wrong in (one.id, new_id("none"), "\x00", "x" * 5000):
        with pytest.raises(NotFound):
            invitations.revoke(door.store, door.county.town.staff, wrong, door.now)


def test_only_staff_invite_end_and_reset(door: Door) -> None:
    county = door.county
    for actor in (county.government, county.unit, county.deputy, county.presidium):
        for step in (
            lambda who: door.invite(by=who),
            lambda who: members.end(door.store, who, new_id("x"), door.now),
            lambda who: members.listing(door.store, who),
            lambda who: invitations.listing(door.store, who),
        ):
            with pytest.raises(Forbidden):
                step(actor)


@pytest.mark.parametrize("role", ["unit", "deputy", "staff"])
def test_an_invitation_that_would_lead_nowhere_is_not_given_out(door: Door, role: str) -> None:
    county = door.county
    unit, deputy = county.units[0].id, county.deputies[0].id
    fits = {"unit": {"unit": unit}, "deputy": {"deputy": deputy}, "staff": {}}
    for given in ({}, {"unit": unit}, {"deputy": deputy}, {"unit": unit, "deputy": deputy}):
        if given != fits[role]:
            with pytest.raises(InvitationUnfit):
                door.invite(role, **given)  # type: ignore[arg-type]  # the three parameters above
    assert invitations.listing(door.store, county.staff) == ()


@pytest.mark.parametrize("name", ["", "王\x00晓", "长" * 10_000, "王\u202e晓"])
def test_a_name_that_cannot_be_printed_is_refused(door: Door, name: str) -> None:
    with pytest.raises(TextError):
        door.invite(name=name)


def test_nobody_is_invited_for_another_congresss_unit_or_deputy(door: Door) -> None:
    town = door.county.town
    for role, given in (("unit", {"unit": town.units[0].id}), ("deputy", {"deputy": town.deputies[0].id})):
        with pytest.raises(NotFound):
            door.invite(role, **given)  # type: ignore[arg-type]  # the two roles above


def test_a_deputy_who_left_is_not_invited_and_an_invitation_from_before_opens_nothing(door: Door) -> None:
    deputy = door.county.deputies[0]
    token = door.invite("deputy", deputy=deputy.id)
    with door.store.write() as tx:
        tx.deputies.end(deputy, date(2026, 9, 1))
    with pytest.raises(InvitationUnfit, match="职务已经终止"):
        door.invite("deputy", deputy=deputy.id)
    with pytest.raises(InvitationUnfit, match="已经终止"):
        door.accept(token)


def test_a_unit_that_was_dissolved_is_not_invited(door: Door) -> None:
    unit = door.county.units[0]
    token = door.invite("unit", unit=unit.id)
    with door.store.write() as tx:
        tx.units.end(unit, door.now)
    with pytest.raises(InvitationUnfit, match="已经撤销"):
        door.invite("unit", unit=unit.id)
    with pytest.raises(InvitationUnfit, match="已经终止"):
        door.accept(token)


def test_a_deputys_new_invitation_ends_the_old_one_and_two_accounts_are_not_made(door: Door) -> None:
    deputy = door.county.deputies[0].id
    old = door.invite("deputy", deputy=deputy)
    new = door.invite("deputy", deputy=deputy)
    refused(InvitationRevoked, door, old)
    door.accept(new)
    with pytest.raises(InvitationUnfit, match="已经有账号"):
        door.invite("deputy", deputy=deputy)


def test_a_login_name_that_is_taken_or_a_password_that_is_weak_uses_nothing_up(door: Door) -> None:
    door.account("wang")
    token = door.invite()
    for login, password, kind in (
        ("ＷＡＮＧ", PASSWORD, LoginNameTaken),
        ("a\x00b", PASSWORD, LoginNameUnfit),
        ("zhao", "short", PasswordUnfit),
        ("zhao", "我是zhao我是zhao", PasswordUnfit),
    ):
        with pytest.raises(kind):
            door.accept(token, login, password)
    door.accept(token, "zhao")


def test_one_account_takes_a_role_in_another_congress(door: Door) -> None:
    entered = door.account()
    token = door.invite("deputy", by=door.county.town.staff, deputy=door.county.town.deputies[0].id)
    accepting.accept_with_own_account(door.store, token, entered.login, door.now)
    congresses = {place.congress for place in door.standing(entered).places}
    assert congresses == {"示例县人民代表大会", "东河镇人民代表大会"}
    refused(InvitationUsed, door, token)


def test_the_same_role_is_not_taken_twice(door: Door) -> None:
    entered = door.account()
    with pytest.raises(AlreadyMember):
        accepting.accept_with_own_account(door.store, door.invite(), entered.login, door.now)


def test_a_password_alone_takes_no_role_for_an_account_with_a_second_step(door: Door) -> None:
    entered = door.account()
    door.set_up_codes(entered)
    with pytest.raises(SecondStepMissing):
        accepting.accept_with_own_account(door.store, door.invite("staff"), entered.login, door.now)


def test_a_reset_ends_all_log_ins_at_once_and_the_second_step_and_the_old_password(door: Door) -> None:
    phone = door.set_up_codes(door.account())
    token = reset(door, phone)
    with pytest.raises(LoginEnded):
        door.standing(phone)
    entered = accepting.accept_reset(door.store, token, NEW, BROWSER, now=door.now, random=door.county.random)
    assert not door.standing(entered).second_step
    with pytest.raises(LoginRefused):
        door.log_in("wang", PASSWORD)
    assert door.log_in("wang", NEW).login.stage == "plain"
    refused(InvitationUsed, door, token)


def test_a_reset_opens_an_account_that_waits(door: Door) -> None:
    entered = door.account()
    for _ in range(9):
        with pytest.raises(LoginRefused):
            door.log_in("wang", NEW)
    token = reset(door, entered)
    accepting.accept_reset(door.store, token, NEW, BROWSER, now=door.now, random=door.county.random)
    assert door.log_in("wang", NEW).login.stage == "plain"


def test_a_second_reset_ends_the_first(door: Door) -> None:
    entered = door.account()
    first, second = reset(door, entered), reset(door, entered)
    refused(InvitationRevoked, door, first)
    invitations.look(door.store, second, door.now)


def test_a_reset_is_no_invitation_and_an_invitation_no_reset(door: Door) -> None:
    entered = door.account()
    token = door.invite()
    with pytest.raises(InvitationUnfit):
        accepting.accept_reset(door.store, token, NEW, BROWSER, now=door.now, random=door.county.random)
    token = reset(door, entered)
    with pytest.raises(InvitationUnfit):
        door.accept(token, "other")
    with pytest.raises(InvitationUnfit):
        accepting.accept_with_own_account(door.store, token, door.log_in().login, door.now)


def test_staff_of_one_congress_cannot_get_into_another_by_a_reset(door: Door) -> None:
    entered = door.account()
    before = reset(door, entered)
    entered = door.log_in()
    held = door.membership(entered).id
    token = door.invite("presidium", by=door.county.town.staff)
    accepting.accept_with_own_account(door.store, token, entered.login, door.now)
    with pytest.raises(ElsewhereToo):
        invitations.reset(
            door.store, door.county.staff, held, door.now, now=door.now, random=door.county.random
        )
    with pytest.raises(ElsewhereToo):
        accepting.accept_reset(door.store, before, NEW, BROWSER, now=door.now, random=door.county.random)
    assert door.log_in("wang", PASSWORD).login.stage == "plain"


def test_nobody_resets_or_ends_what_belongs_to_another_congress_or_was_never_there(door: Door) -> None:
    held = door.membership(door.account()).id
    for wrong in (held, new_id("none"), "\x00", "x" * 5000):
        with pytest.raises(NotFound):
            members.end(door.store, door.county.town.staff, wrong, door.now)
        with pytest.raises(NotFound):
            invitations.reset(
                door.store, door.county.town.staff, wrong, door.now, now=door.now, random=door.county.random
            )


def test_an_ended_membership_gets_no_new_password(door: Door) -> None:
    entered = door.account()
    token = reset(door, entered)
    held = door.membership(entered).id
    members.end(door.store, door.county.staff, held, door.now)
    with pytest.raises(InvitationUnfit):
        invitations.reset(
            door.store, door.county.staff, held, door.now, now=door.now, random=door.county.random
        )
    with pytest.raises(InvitationUnfit):
        accepting.accept_reset(door.store, token, NEW, BROWSER, now=door.now, random=door.county.random)


def test_nobody_ends_the_own_role(door: Door) -> None:
    with pytest.raises(OwnMembership):
        members.end(door.store, door.county.staff, door.county.staff.link or "", door.now)


def test_the_office_sees_who_has_access_and_no_other_office_does(door: Door) -> None:
    door.account()
    (one,) = members.listing(door.store, door.county.staff)
    assert (one.login, one.disabled, one.second_step) == ("wang", False, False)
    assert members.listing(door.store, door.county.town.staff) == ()
