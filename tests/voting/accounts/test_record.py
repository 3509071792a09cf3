"""The record of log-ins: what its lines say, and what the owner of an account is told."""

from __future__ import annotations

import os

import pytest

from tests.voting.accounts.door import BROWSER, PASSWORD, Door
from voting.accounts import accepting, invitations, own
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.logins import LogInAgain, LoginEnded
from voting.accounts.record import Entry
from voting.accounts.second_steps import CodeWrong

NEW = "另外一句很长很长的话"


def lines(door: Door, entered: Entered) -> list[tuple[str, bool, int]]:
    found: tuple[Entry, ...] = own.log_ins(door.store, entered.login)
    return [(one.way, one.entered, one.wrong) for one in found]


def fail(door: Door, times: int = 1, login: str = "wang") -> None:
    for _ in range(times):
        with pytest.raises(LoginRefused):
            door.log_in(login, "不是这一句不是这一句")


def test_each_log_in_is_a_line_with_its_device_and_the_newest_first(door: Door) -> None:
    door.account()
    door.later(hours=1)
    entered = door.log_in()
    (newest, oldest) = own.log_ins(door.store, entered.login)
    assert (newest.at, newest.device, newest.way) == (door.now, BROWSER, "密码")
    assert (oldest.way, oldest.entered) == ("接受邀请", True)


def test_what_was_typed_wrong_is_counted_in_the_next_line_with_the_last_time(door: Door) -> None:
    door.account()
    fail(door, 3)
    last = door.now
    door.later(hours=1)
    entered = door.log_in()
    newest = own.log_ins(door.store, entered.login)[0]
    assert (newest.wrong, newest.wrong_at) == (3, last)
    assert door.standing(entered).account.failed_at is None
    door.later(minutes=1)
    assert own.log_ins(door.store, door.log_in().login)[0].wrong == 0


def test_a_password_that_was_right_and_no_second_step_is_told_as_nobody_who_got_in(door: Door) -> None:
    entered = door.set_up_codes(door.account())
    door.later(minutes=1)
    pending = door.log_in()
    with pytest.raises(CodeWrong):
        door.finish(pending, "000000")
    assert lines(door, entered)[0] == ("密码", False, 0)
    door.later(minutes=1)
    again = door.finish(second := door.log_in(), door.code(second.login))
    assert lines(door, again)[:2] == [("密码和一次性验证码", True, 1), ("密码", False, 0)]


def test_going_on_after_a_change_is_no_log_in_unless_something_was_typed_wrong_before(door: Door) -> None:
    entered = door.account()
    with pytest.raises(LoginRefused):
        own.change_password(door.store, entered.login, "错了", NEW, now=door.now, random=os.urandom)
    entered = own.change_password(door.store, entered.login, PASSWORD, NEW, now=door.now, random=os.urandom)
    entered = door.set_up_codes(entered)
    assert sorted(lines(door, entered)) == [("修改了密码", True, 1), ("接受邀请", True, 0)]


def test_a_browser_never_used_is_told_of_once_and_known_ones_are_not(door: Door) -> None:
    entered = door.account()
    door.log_in(mark="phone")
    assert door.told(entered) == []
    door.log_in(mark="desk")
    (told,) = door.told(entered)
    assert "没有用过的设备" in told
    assert BROWSER in told
    door.log_in(mark="phone")
    door.log_in(mark="desk")
    door.log_in()
    assert len(door.told(entered)) == 1


def test_a_guess_that_stops_at_the_second_step_makes_no_browser_known(door: Door) -> None:
    entered = door.set_up_codes(door.account())
    door.later(minutes=1)
    door.finish(first := door.log_in(mark="phone"), door.code(first.login))
    door.log_in(mark="thief")
    door.later(minutes=1)
    door.finish(own_one := door.log_in(mark="thief"), door.code(own_one.login))
    assert [one for one in door.told(entered) if "没有用过的设备" in one] != []


def test_the_same_browser_has_one_log_in(door: Door) -> None:
    door.account()
    before, other = door.log_in(mark="phone"), door.log_in(mark="desk")
    entered = door.log_in(mark="phone")
    with pytest.raises(LoginEnded):
        door.standing(before)
    assert len(door.standing(other).devices) == 3
    assert door.standing(entered).login == entered.login


def test_two_accounts_in_one_browser_share_no_mark(door: Door) -> None:
    door.account()
    door.account("zhao", "unit", unit=door.county.units[0].id)
    marks = {door.log_in(login, mark="phone").login.browser for login in ("wang", "zhao")}
    assert len(marks) == 2
    assert not any("phone" in str(one) for one in marks)


def test_the_owner_is_told_of_every_change_to_how_one_logs_in(door: Door) -> None:
    entered = door.account()
    entered = own.change_password(door.store, entered.login, PASSWORD, NEW, now=door.now, random=os.urandom)
    entered = door.set_up_codes(entered)
    own.remove_codes(door.store, entered.login, door.now)
    told = "\n".join(door.told(entered))
    for words in ("修改了密码", "设置了一次性验证码", "去掉了一次性验证码"):
        assert words in told
    assert NEW not in told


def test_what_one_logs_in_by_is_changed_only_by_whoever_has_just_logged_in(door: Door) -> None:
    entered = door.set_up_codes(door.account())
    door.later(minutes=1)
    other = door.log_in()
    door.later(minutes=15)
    for change in (
        lambda: own.remove_codes(door.store, entered.login, door.now),
        lambda: door.set_up_codes(entered),
        lambda: own.end_device(door.store, entered.login, other.login.id, door.now),
        lambda: own.end_other_devices(door.store, entered.login, door.now),
    ):
        with pytest.raises(LogInAgain):
            change()
    assert door.standing(entered).second_step


def test_a_changed_password_makes_no_log_in_fresh_again_nor_longer(door: Door) -> None:
    entered = door.account()
    door.later(minutes=20)
    renewed = own.change_password(door.store, entered.login, PASSWORD, NEW, now=door.now, random=os.urandom)
    assert (renewed.login.started_at, renewed.login.expires) == (
        entered.login.started_at,
        entered.login.expires,
    )
    with pytest.raises(LogInAgain):
        own.end_other_devices(door.store, renewed.login, door.now)


@pytest.mark.parametrize(("keeps", "stage"), [(True, "pending"), (False, "plain")])
def test_a_reset_password_opens_only_with_the_second_step_unless_that_is_lost_too(
    door: Door, keeps: bool, stage: str
) -> None:
    entered = door.set_up_codes(door.account())
    held = door.membership(entered)
    token, _ = invitations.reset(
        door.store,
        door.county.staff,
        held.id,
        held.granted_at.replace(year=2030),
        keeps_second=keeps,
        now=door.now,
        random=os.urandom,
    )
    reset = accepting.accept_reset(door.store, token, NEW, BROWSER, now=door.now, random=os.urandom)
    assert reset.login.stage == stage
    with door.store.read() as tx:
        assert (tx.accounts.get(entered.login.account).totp_secret is not None) == keeps
    if keeps:
        door.later(minutes=1)
        assert door.finish(reset, door.code(reset.login)).login.stage == "strong"
