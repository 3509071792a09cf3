"""The own account: password, second step, devices."""

from __future__ import annotations

import os

import msgspec
import pytest
from sqlalchemy import create_engine, select

from tests.county import new_id
from tests.voting.accounts.door import PASSWORD, Door
from voting.accounts import own
from voting.accounts.facts import Passkey
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.logins import LoginEnded
from voting.accounts.own import LastSecondStep, SecondStepFirst
from voting.accounts.passwords import PasswordUnfit
from voting.accounts.second_steps import CodeWrong, PasskeyRefused, Site, new_secret
from voting.actors import NotFound
from voting.store.tables.people import audit

NEW = "另外一句很长很长的话"
SITE = Site("rd.example.cn", "https://rd.example.cn")


def change(door: Door, entered: Entered, old: str, new: str) -> Entered:
    return own.change_password(door.store, entered.login, old, new, now=door.now, random=os.urandom)


def a_passkey(door: Door, entered: Entered, name: str = "手机") -> Passkey:
    """One as if an authenticator had made it; real ones are made in a real browser."""
    key = Passkey(
        account=entered.login.account,
        credential=new_id(name),
        public_key=b"key",
        sign_count=0,
        name=name,
        created_at=door.now,
    )
    with door.store.write() as tx:
        tx.accounts.add_passkey(key)
    return key


def test_a_new_password_ends_every_other_log_in_and_renews_this_one(door: Door) -> None:
    phone, desk = door.account(), door.log_in()
    entered = change(door, desk, PASSWORD, NEW)
    assert entered.token not in {phone.token, desk.token}
    for old in (phone, desk):
        with pytest.raises(LoginEnded):
            door.standing(old)
    assert door.standing(entered).devices == (entered.login,)
    assert door.log_in("wang", NEW).login.stage == "plain"


def test_a_new_password_needs_the_old_one_and_must_be_fit(door: Door) -> None:
    entered = door.account()
    with pytest.raises(PasswordUnfit):
        change(door, entered, PASSWORD, "short")
    for _ in range(5):
        with pytest.raises(LoginRefused):
            change(door, entered, NEW, NEW)
    with pytest.raises(LoginRefused):
        change(door, entered, PASSWORD, NEW)
    door.later(minutes=1)
    assert door.log_in().login.stage == "plain"


def test_setting_up_codes_ends_every_log_in_that_had_a_password_alone(door: Door) -> None:
    phone, desk = door.account(), door.log_in()
    strong = door.set_up_codes(desk)
    with pytest.raises(LoginEnded):
        door.standing(phone)
    assert door.standing(strong).second_step


@pytest.mark.parametrize("secret", ["", "short", "\x00" * 32, "A" * 10_000])
def test_a_secret_that_we_did_not_make_is_not_kept(door: Door, secret: str) -> None:
    entered = door.account()
    with pytest.raises(CodeWrong):
        own.set_up_codes(door.store, entered.login, secret, "000000", now=door.now, random=os.urandom)
    assert not door.standing(entered).second_step


def test_a_wrong_first_code_sets_nothing_up(door: Door) -> None:
    entered = door.account()
    secret = new_secret(os.urandom)
    with pytest.raises(CodeWrong):
        own.set_up_codes(door.store, entered.login, secret, "12345", now=door.now, random=os.urandom)
    assert not door.standing(entered).second_step


def test_a_password_alone_changes_nothing_of_an_account_that_has_a_second_step(door: Door) -> None:
    plain = door.account()
    key = a_passkey(door, plain)
    for step in (
        lambda: door.set_up_codes(plain),
        lambda: own.remove_codes(door.store, plain.login, door.now),
        lambda: own.ask_new_passkey(door.store, plain.login, SITE, now=door.now, random=os.urandom),
        lambda: own.remove_passkey(door.store, plain.login, key.credential, door.now),
    ):
        with pytest.raises(SecondStepFirst):
            step()


def test_an_office_keeps_one_second_step_and_others_need_none(door: Door) -> None:
    office = door.set_up_codes(door.account("li", "staff"))
    with pytest.raises(LastSecondStep):
        own.remove_codes(door.store, office.login, door.now)
    key = a_passkey(door, office)
    own.remove_codes(door.store, office.login, door.now)
    with pytest.raises(LastSecondStep):
        own.remove_passkey(door.store, office.login, key.credential, door.now)
    other = door.set_up_codes(door.account("wang"))
    for _ in range(2):
        own.remove_codes(door.store, other.login, door.now)
    assert not door.standing(other).second_step


def test_nobody_removes_a_passkey_of_somebody_else(door: Door) -> None:
    key = a_passkey(door, door.account("zhao"))
    entered = door.account("wang")
    for credential in (key.credential, "", "\x00", "x" * 5000):
        with pytest.raises(NotFound):
            own.remove_passkey(door.store, entered.login, credential, door.now)


def test_a_passkey_is_only_made_where_one_was_asked_for(door: Door) -> None:
    entered = door.account()
    with pytest.raises(PasskeyRefused):
        own.add_passkey(door.store, entered.login, SITE, "手机", "{}", now=door.now, random=os.urandom)


def test_each_device_is_listed_and_can_be_ended_by_its_owner_only(door: Door) -> None:
    phone, desk, tablet = door.account(), door.log_in(), door.log_in()
    stranger = door.account("zhao")
    assert {one.id for one in door.standing(phone).devices} == {one.login.id for one in (phone, desk, tablet)}
    for wrong in (stranger.login.id, new_id("none"), "\x00"):
        with pytest.raises(NotFound):
            own.end_device(door.store, phone.login, wrong, door.now)
    own.end_device(door.store, phone.login, desk.login.id, door.now)
    with pytest.raises(LoginEnded):
        door.standing(desk)
    own.end_other_devices(door.store, phone.login, door.now)
    with pytest.raises(LoginEnded):
        door.standing(tablet)
    assert door.standing(phone).devices == (phone.login,)
    assert door.standing(stranger).devices == (stranger.login,)


def test_every_step_is_logged_and_no_secret_is(door: Door, database_url: str) -> None:
    entered = door.account("wang.xiao", "staff", name="王晓")
    strong = change(door, door.set_up_codes(entered), PASSWORD, NEW)
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(audit).where(audit.c.congress == door.county.congress.id)).all()
    engine.dispose()
    assert {row.what for row in rows} >= {"invite", "accept_invitation", "set_up_codes", "change_password"}
    written = msgspec.json.encode([[row.before.decode(), row.after.decode(), row.name] for row in rows])
    secrets = {PASSWORD, NEW, strong.token, door.secrets[entered.login.account], "argon2"}
    assert [secret for secret in secrets if secret.encode() in written] == []
