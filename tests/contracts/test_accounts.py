"""Promises of the store about accounts, roles, invitations and log-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import FIRST_DAY, County, new_id
from voting.accounts.facts import Account, Invitation, Login, Membership, Passkey
from voting.actors import NotFound


def account(login: str = "wang") -> Account:
    kept = "$argon2id$x"
    return Account(id=new_id(login), login=login, name="王晓", password_hash=kept, created_at=FIRST_DAY)


def membership(county: County, whose: Account, name: str = "王晓") -> Membership:
    return Membership(
        id=new_id(name),
        congress=county.congress.id,
        account=whose.id,
        role="presidium",
        name=name,
        granted_by="刘科长",
        granted_at=FIRST_DAY,
    )


def login(whose: Account, minutes: int = 0) -> Login:
    at = FIRST_DAY + timedelta(minutes=minutes)
    return Login(
        id=new_id("login"),
        account=whose.id,
        device="手机",
        stage="plain",
        started_at=at,
        seen_at=at,
        expires=at + timedelta(days=1),
    )


@case("accounts.lock_anybody")
def test_somebody_has_an_account_or_nobody(county: County) -> None:
    with county.store.write() as tx:
        assert tx.accounts.lock_anybody() is None
        added = [account("wang"), account("li")]
        for one in added:
            tx.accounts.add(one)
        assert tx.accounts.lock_anybody() in added


@case("accounts.add", "accounts.by_login", "accounts.get", "accounts.lock", "accounts.change")
def test_an_account_is_found_as_it_was_kept(county: County) -> None:
    one = account()
    with county.store.write() as tx:
        tx.accounts.add(one)
        changed = tx.accounts.change(one, totp_step=7, locked_until=FIRST_DAY)
    with county.store.write() as tx:
        assert changed == replace(one, totp_step=7, locked_until=FIRST_DAY)
        assert tx.accounts.by_login("wang") == tx.accounts.get(one.id) == tx.accounts.lock(one.id) == changed
        assert tx.accounts.by_login("nobody") is None
        for find in (tx.accounts.get, tx.accounts.lock):
            with pytest.raises(NotFound):
                find(new_id("nobody"))


@case("accounts.add_passkey", "accounts.passkeys", "accounts.count_use", "accounts.remove_passkey")
def test_passkeys_are_listed_counted_and_removed(county: County) -> None:
    one, other = account(), account("zhao")
    keys = [
        Passkey(
            account=whose.id,
            credential=name,
            public_key=b"\x00key",
            sign_count=0,
            name=name,
            created_at=FIRST_DAY + timedelta(minutes=n),
        )
        for n, (whose, name) in enumerate([(one, "b"), (one, "a"), (other, "c")])
    ]
    with county.store.write() as tx:
        tx.accounts.add(one)
        tx.accounts.add(other)
        for key in keys:
            tx.accounts.add_passkey(key)
        tx.accounts.count_use(keys[0], 9)
        tx.accounts.remove_passkey(keys[1])
    with county.store.read() as tx:
        assert tx.accounts.passkeys(one.id) == (replace(keys[0], sign_count=9),)
        assert tx.accounts.passkeys(other.id) == (keys[2],)


@case(
    "memberships.add",
    "memberships.get",
    "memberships.listing",
    "memberships.of_account",
    "memberships.entered",
    "memberships.end",
)
def test_a_membership_is_its_congresss_and_its_accounts_own(county: County) -> None:
    one, other = account(), account("zhao")
    first, second = membership(county, one), membership(county, one, "前任")
    with county.store.write() as tx:
        tx.accounts.add(one)
        tx.accounts.add(other)
        tx.memberships.add(first)
        tx.memberships.add(second)
        ended = tx.memberships.end(second, FIRST_DAY)
    with county.store.read() as tx:
        assert tx.memberships.get(county.staff, first.id) == first
        assert tx.memberships.listing(county.staff) == (first, ended)
        assert tx.memberships.listing(county.town.staff) == ()
        assert tx.memberships.of_account(one.id) == (first,)
        assert tx.memberships.entered(one.id, second.id) == ended
        assert tx.memberships.entered(other.id, first.id) is None
        assert tx.memberships.entered(one.id, "\x00") is None
        for actor, wrong in (
            (county.town.staff, first.id),
            (county.staff, new_id("x")),
            (county.staff, "\x00"),
        ):
            with pytest.raises(NotFound):
                tx.memberships.get(actor, wrong)


@case("memberships.office_logs_in")
def test_the_staff_logs_in_once_an_account_of_it_has_a_second_step_and_only_while_it_holds(
    county: County,
) -> None:
    codes = replace(account(), totp_secret="A" * 32)
    clerk = replace(membership(county, codes), role="staff")
    with county.store.write() as tx:
        tx.accounts.add(codes)
        tx.memberships.add(membership(county, codes, "主席团"))
        assert not tx.memberships.office_logs_in(county.congress.id)
        tx.memberships.add(clerk)
        assert tx.memberships.office_logs_in(county.congress.id)
        assert not tx.memberships.office_logs_in(county.town.congress.id)
        plain = tx.accounts.change(codes, totp_secret=None)
        assert not tx.memberships.office_logs_in(county.congress.id)
        key = Passkey(
            account=codes.id, credential="a", public_key=b"k", sign_count=0, name="a", created_at=FIRST_DAY
        )
        tx.accounts.add_passkey(key)
        assert tx.memberships.office_logs_in(county.congress.id)
        off = tx.accounts.change(plain, disabled_at=FIRST_DAY)
        assert not tx.memberships.office_logs_in(county.congress.id)
        tx.accounts.change(off, disabled_at=None)
        tx.memberships.end(clerk, FIRST_DAY)
        assert not tx.memberships.office_logs_in(county.congress.id)


@case("logins.add", "logins.by_token", "logins.open_ones", "logins.change", "logins.end_all")
def test_log_ins_are_found_by_the_hash_of_their_token_and_ended(county: County) -> None:
    one = account()
    early, late, over = login(one), login(one, 5), replace(login(one), expires=FIRST_DAY)
    with county.store.write() as tx:
        tx.accounts.add(one)
        for each, name in ((early, "a"), (late, "b"), (over, "c")):
            tx.logins.add(each, name * 64)
        changed = tx.logins.change(early, challenge=b"\x00\xff")
    with county.store.write() as tx:
        assert tx.logins.by_token("a" * 64) == changed == replace(early, challenge=b"\x00\xff")
        assert tx.logins.by_token("d" * 64) is None
        assert tx.logins.open_ones(one.id, FIRST_DAY) == (late, changed)
        tx.logins.end_all(one.id, FIRST_DAY, but=late.id)
        assert tx.logins.open_ones(one.id, FIRST_DAY) == (late,)
        tx.logins.end_all(one.id, FIRST_DAY)
        assert tx.logins.open_ones(one.id, FIRST_DAY) == ()


@case("logins.recent", "logins.browsers")
def test_log_ins_are_kept_as_a_record_that_knows_the_browsers(county: County) -> None:
    one, other = account(), account("zhao")
    kept = [
        replace(login(one), browser="a" * 64, ended_at=FIRST_DAY),
        replace(login(one, 5), browser="b" * 64, stage="pending"),
        replace(login(one, 9), way="code", wrong=2, wrong_at=FIRST_DAY),
        replace(login(other), browser="c" * 64),
    ]
    with county.store.write() as tx:
        tx.accounts.add(one)
        tx.accounts.add(other)
        for n, each in enumerate(kept):
            tx.logins.add(each, str(n) * 64)
    with county.store.read() as tx:
        assert tx.logins.recent(one.id, 9) == (kept[2], kept[1], kept[0])
        assert tx.logins.recent(one.id, 1) == (kept[2],)
        assert tx.logins.browsers(one.id) == {"a" * 64}


@case(
    "invitations.add",
    "invitations.by_token",
    "invitations.lock",
    "invitations.get",
    "invitations.listing",
    "invitations.change",
)
def test_an_invitation_is_found_by_the_hash_of_its_token_and_in_its_congress(county: County) -> None:
    older, newer = (
        Invitation(
            id=new_id("invitation"),
            congress=county.congress.id,
            role="presidium",
            name="王晓",
            expires=FIRST_DAY,
            issued_by="刘科长",
            issued_at=FIRST_DAY + timedelta(minutes=n),
        )
        for n in range(2)
    )
    with county.store.write() as tx:
        tx.invitations.add(older, "a" * 64)
        tx.invitations.add(newer, "b" * 64)
        used = tx.invitations.change(older, used_at=FIRST_DAY)
    with county.store.write() as tx:
        assert tx.invitations.by_token("a" * 64) == tx.invitations.lock("a" * 64) == used
        assert tx.invitations.by_token("c" * 64) is tx.invitations.lock("c" * 64) is None
        assert tx.invitations.get(county.staff, newer.id) == newer
        assert tx.invitations.listing(county.staff) == (newer, used)
        assert tx.invitations.listing(county.town.staff) == ()
        for actor, wrong in ((county.town.staff, newer.id), (county.staff, "\x00")):
            with pytest.raises(NotFound):
                tx.invitations.get(actor, wrong)
