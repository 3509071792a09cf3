"""Which log-in names and passwords are taken, and what is kept of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.accounts import passwords
from voting.accounts.guessable import words_of
from voting.accounts.passwords import LoginNameUnfit, PasswordUnfit

GOOD = "correct horse battery"
WORDS = words_of("wang", "王晓", ["青水县人民代表大会"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Wang.Xiao", "wang.xiao"), ("ＷＡＮＧ", "wang"), (" 13800000000 ", "13800000000"), ("王晓", "王晓")],
)
def test_a_login_name_is_the_same_however_it_is_typed(typed: str, kept: str) -> None:
    assert passwords.clean_login(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "a", "two words", "a\x00b", "x" * 65, "x" * 10_000, "王\u202e晓", "a\nb", "<script>", "a\ud800b"],
)
def test_a_login_name_that_nobody_could_type_again_is_refused(typed: str) -> None:
    with pytest.raises(LoginNameUnfit):
        passwords.clean_login(typed)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "至少要 10 个字"),
        ("ninechars", "至少要 10 个字"),
        ("x1" * 101, "最多 200 个字"),
        ("ab" * 50, "太容易"),
        ("Password123", "太容易"),
        ("ｐａｓｓｗｏｒｄ１２３", "太容易"),
        ("1234567890", "太容易"),
        ("my name is WANG", "不能有“wang”"),
        ("王晓家门口有一棵大槐树", "不能有“王晓”"),
        ("我在青水县人民代表大会上班", "不能有“青水县人民代表大会”"),
        ("青水县城东门外三棵柳树", "不能有“青水县”"),
        ("everyday PiaoJue again", "不能有“piaojue”"),
    ],
)
def test_a_password_that_is_short_endless_or_easily_guessed_is_refused(password: str, said: str) -> None:
    with pytest.raises(PasswordUnfit, match=said):
        passwords.refuse_unfit(password, WORDS)


@pytest.mark.parametrize("password", [GOOD, "我家门口有一棵大槐树", "a1!" + "门前的树 " * 20, "  Z 1 {]~ k"])
def test_any_kind_of_characters_will_do(password: str) -> None:
    passwords.refuse_unfit(password, WORDS)


def test_only_the_password_itself_is_right_and_nothing_of_it_is_kept() -> None:
    kept = passwords.make_hash(GOOD)
    assert kept.startswith("$argon2id$")
    assert "horse" not in kept
    assert passwords.is_right(GOOD, kept)
    assert passwords.is_right("ｃｏｒｒｅｃｔ horse battery", kept)
    for wrong in ("", GOOD + " ", GOOD.upper(), GOOD[:-1]):
        assert not passwords.is_right(wrong, kept)


def test_two_with_the_same_password_have_different_hashes() -> None:
    assert passwords.make_hash(GOOD) != passwords.make_hash(GOOD)


def test_a_password_beyond_the_limit_is_not_its_beginning() -> None:
    longest = "长" * 100 + "短" * 100
    kept = passwords.make_hash(longest)
    assert passwords.is_right(longest, kept)
    assert not passwords.is_right(longest + "x", kept)


def test_without_an_account_every_password_is_wrong() -> None:
    for typed in (GOOD, "", "\x00", "x" * 1_000_000, "\ud800" * 10):
        assert not passwords.is_right(typed, None)


def test_a_hash_of_weaker_parameters_is_outdated() -> None:
    assert passwords.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$YWJjZGVmZ2hpamtsbW5vcA")
    assert not passwords.is_outdated(passwords.make_hash(GOOD))


def test_an_account_that_does_not_exist_costs_as_much_to_try_as_one_that_does() -> None:
    parameters = passwords.make_hash(GOOD).split("$")[1:4]
    assert passwords._NOBODYS.split("$")[1:4] == parameters


@given(st.text())
def test_whatever_is_typed_as_a_login_name_is_known_or_nobodys(text: str) -> None:
    known = passwords.known_login(text)
    assert known is None or passwords.known_login(known) == known
