"""Logging in: what opens, what does not, and that nobody learns who has an account."""

from __future__ import annotations

import pytest

from tests.voting.accounts.door import PASSWORD, Door
from voting.accounts import members
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.logins import AccountDisabled, LoginUnknown
from voting.accounts.second_steps import CodeWrong
from voting.actors import Forbidden, system

WRONG = "这不是密码这不是密码"


def refusal(door: Door, login: str, password: str) -> str:
    with pytest.raises(LoginRefused) as refused:
        door.log_in(login, password)
    return refused.value.sentence


def fail(door: Door, times: int) -> None:
    for _ in range(times):
        refusal(door, "wang", WRONG)


def test_the_right_password_opens_also_after_some_wrong_ones(door: Door) -> None:
    door.account()
    fail(door, 4)
    assert door.log_in(" WANG ").login.stage == "plain"
    fail(door, 4)
    assert door.log_in().login.stage == "plain"


def test_unknown_names_and_wrong_passwords_are_told_the_same(door: Door) -> None:
    door.account()
    sentences = {
        refusal(door, login, password)
        for login, password in [
            ("wang", WRONG),
            ("nobody", PASSWORD),
            ("", ""),
            ("a\x00b", PASSWORD),
            ("x" * 10_000, "y" * 10_000),
            ("' OR 1=1 --", PASSWORD),
        ]
    }
    assert len(sentences) == 1


def test_after_five_failures_the_right_password_waits_too_and_is_told_the_same(door: Door) -> None:
    door.account()
    fail(door, 5)
    assert refusal(door, "wang", PASSWORD) == refusal(door, "nobody", PASSWORD)
    door.later(seconds=59)
    refusal(door, "wang", PASSWORD)
    door.later(seconds=1)
    assert door.log_in().login.stage == "plain"


def test_tries_while_waiting_do_not_prolong_the_wait(door: Door) -> None:
    door.account()
    fail(door, 15)
    door.later(minutes=1)
    assert door.log_in().login.stage == "plain"


def test_the_sixth_failure_waits_two_minutes(door: Door) -> None:
    door.account()
    fail(door, 5)
    door.later(minutes=1)
    fail(door, 1)
    door.later(minutes=1)
    refusal(door, "wang", PASSWORD)
    door.later(minutes=1)
    assert door.log_in().login.stage == "plain"


def test_somebody_elses_failures_lock_nobody_out(door: Door) -> None:
    door.account()
    door.account("zhao")
    fail(door, 5)
    assert door.log_in("zhao").login.stage == "plain"


def test_a_second_step_is_due_where_one_was_set_up(door: Door) -> None:
    door.set_up_codes(door.account())
    pending = door.log_in()
    assert pending.login.stage == "pending"
    with pytest.raises(LoginUnknown):
        door.standing(pending)
    door.later(seconds=30)
    entered = door.finish(pending, door.code(pending.login))
    assert entered.login.stage == "strong"
    assert entered.token != pending.token
    with pytest.raises(LoginUnknown):
        door.finish(pending, door.code(pending.login))


def waiting_for_code(door: Door) -> Entered:
    door.set_up_codes(door.account())
    door.later(minutes=5)
    return door.log_in()


def test_a_code_opens_once(door: Door) -> None:
    first = waiting_for_code(door)
    second = door.log_in()
    code = door.code(first.login)
    door.finish(first, code)
    with pytest.raises(CodeWrong):
        door.finish(second, code)


def test_the_code_of_the_set_up_opens_nothing(door: Door) -> None:
    door.set_up_codes(door.account())
    pending = door.log_in()
    with pytest.raises(CodeWrong):
        door.finish(pending, door.code(pending.login))


def test_wrong_codes_count_as_failures_and_a_right_password_does_not_undo_them(door: Door) -> None:
    waiting_for_code(door)
    for _ in range(5):
        pending = door.log_in()
        wrong = "000000" if door.code(pending.login) != "000000" else "000001"
        with pytest.raises(CodeWrong):
            door.finish(pending, wrong)
    with pytest.raises(CodeWrong):
        door.finish(pending, door.code(pending.login))
    refusal(door, "wang", PASSWORD)


def test_the_second_step_has_ten_minutes(door: Door) -> None:
    pending = waiting_for_code(door)
    door.later(minutes=10)
    with pytest.raises(LoginUnknown):
        door.finish(pending, door.code(pending.login))


def test_a_disabled_account_is_out_at_once_and_told_so_only_with_its_password(door: Door) -> None:
    entered = door.account()
    members.disable(door.store, system(""), "wang", door.now)
    members.disable(door.store, system(""), "wang", door.now)
    with pytest.raises(AccountDisabled):
        door.log_in()
    assert refusal(door, "wang", WRONG) == refusal(door, "nobody", WRONG)
    with pytest.raises(AccountDisabled):
        door.standing(entered)


def test_only_the_installation_itself_disables_accounts(door: Door) -> None:
    door.account()
    with pytest.raises(Forbidden):
        members.disable(door.store, door.county.staff, "wang", door.now)
