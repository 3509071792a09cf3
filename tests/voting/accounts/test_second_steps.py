"""One-time codes as RFC 6238 has them, and where passkeys work. Real passkeys: see `tests/web`."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.county import FIRST_DAY, new_id
from voting.accounts import second_steps
from voting.accounts.facts import Account, Passkey
from voting.accounts.second_steps import CodeWrong, PasskeyRefused, Site

SITE = Site("rd.example.cn", "https://rd.example.cn")
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - of appendix B of RFC 6238


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert second_steps.step_of_code(RFC_SECRET, code, 0, now) == seconds // 30


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_telephones_clock_may_differ_by_half_a_minute(seconds: int, opens: bool) -> None:
    secret = second_steps.new_secret(os.urandom)
    code = pyotp.TOTP(secret).at(FIRST_DAY + timedelta(seconds=seconds))
    if opens:
        second_steps.step_of_code(secret, f" {code[:3]} {code[3:]} ", 0, FIRST_DAY)
    else:
        with pytest.raises(CodeWrong):
            second_steps.step_of_code(secret, code, 0, FIRST_DAY)


def test_full_width_digits_are_the_same_code() -> None:
    code = pyotp.TOTP(RFC_SECRET).at(FIRST_DAY)
    wide = code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert second_steps.step_of_code(RFC_SECRET, wide, 0, FIRST_DAY)


@pytest.mark.parametrize(
    "code", ["", "000000x", "12345", "一二三四五六", "\x00" * 6, "9" * 10_000, "\ud800" * 6]
)
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(CodeWrong):
        second_steps.step_of_code(RFC_SECRET, code, 0, FIRST_DAY)


def test_a_step_that_was_used_opens_no_more() -> None:
    code = pyotp.TOTP(RFC_SECRET).at(FIRST_DAY)
    step = second_steps.step_of_code(RFC_SECRET, code, 0, FIRST_DAY)
    with pytest.raises(CodeWrong):
        second_steps.step_of_code(RFC_SECRET, code, step, FIRST_DAY)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://rd.example.cn", SITE),
        ("http://localhost:8000", Site("localhost", "http://localhost:8000")),
        ("http://127.0.0.1:8000", None),
        ("https://10.0.0.5", None),
        ("http://rd.example.cn", None),
    ],
)
def test_passkeys_are_offered_where_browsers_have_them(url: str, site: Site | None) -> None:
    assert second_steps.site_of(url) == site


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": "x"}', '{"id": 1, "response": []}', "x" * 30_000, "\x00"]
)
def test_an_answer_that_no_authenticator_gave_is_refused(answer: str) -> None:
    account = Account(id=new_id("wang"), login="wang", name="王晓", password_hash="", created_at=FIRST_DAY)
    key = Passkey(
        account=account.id, credential="eA", public_key=b"x", sign_count=0, name="手机", created_at=FIRST_DAY
    )
    with pytest.raises(PasskeyRefused):
        second_steps.signed(SITE, (key,), answer, b"challenge")
    with pytest.raises(PasskeyRefused):
        second_steps.registered(SITE, account, "手机", answer, b"challenge", FIRST_DAY)
