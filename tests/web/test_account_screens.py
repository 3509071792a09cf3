"""A real browser logs in: with a passkey, with a one-time code, on a telephone and at a desk."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.screens import Watch
from tests.web.barriers import barriers
from voting.accounts import invitations
from voting.accounts.facts import AccountRole
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.server import free_port, serving
from web.settings import Settings

PASSWORD = "一句很长又好记的话呀"  # noqa: S105 - of somebody who does not exist


class Office:
    """A running server under a name that browsers trust with passkeys, and its county."""

    def __init__(self, url: str, store: Store) -> None:
        self.url, self.county = url, County(store)

    def invitation(self, role: AccountRole) -> str:
        now = datetime.now(UTC)
        token = invitations.invite(
            self.county.store,
            self.county.staff,
            role,
            "李科长",
            now + timedelta(days=1),
            now=now,
            random=os.urandom,
        )
        return f"{self.url}/invited/{token}"


@pytest.fixture
def office(tmp_path: Path, sqlite_template: Path, watch: Watch) -> Iterator[Office]:
    database = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'piaojue.db')}"
    Signer.create(tmp_path / "signing.key", os.urandom)
    port = free_port()
    url = f"http://localhost:{port}"
    settings = Settings(
        url=url, port=port, workers=1, database=database, signing_key=str(tmp_path / "signing.key")
    )
    watch.allow(rf"^request to another host: http://localhost:{port}/")
    with serving(settings), Store.open(database) as store:
        yield Office(url, store)


def accept(page: Page, link: str) -> None:
    page.goto(link)
    assert barriers(page) == []
    page.get_by_label("登录名").fill("li.kezhang")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次密码").fill(PASSWORD)
    page.get_by_role("button", name="接受邀请").click()


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/login")
    assert barriers(page) == []
    page.get_by_label("登录名").fill("li.kezhang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_staff_set_up_a_passkey_at_first_entry_and_sign_in_with_it(desk: Page, office: Office) -> None:
    tools = desk.context.new_cdp_session(desk)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    accept(desk, office.invitation("staff"))
    expect(desk.get_by_role("heading", name="第二步验证")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_label("给它起个名字").fill("办公室电脑")
    desk.get_by_role("button", name="设置通行密钥").click()
    expect(desk).to_have_url(re.compile("/staff/"))
    desk.get_by_role("link", name="李科长").click()
    expect(desk.get_by_text("通行密钥 1 个")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("button", name="退出登录").click()
    log_in(desk, office.url)
    desk.get_by_role("button", name="用通行密钥登录").click()
    expect(desk).to_have_url(re.compile("/staff/"))


def test_a_telephone_without_passkeys_sets_up_codes_and_logs_in_with_them(
    phone: Page, office: Office, watch: Watch
) -> None:
    phone.add_init_script("delete window.PublicKeyCredential")
    watch.allow("status of 422")
    accept(phone, office.invitation("government_office"))
    expect(phone.get_by_role("button", name="设置通行密钥")).to_have_count(0)
    assert barriers(phone) == []
    secret = phone.locator("input[name=secret]").get_attribute("value") or ""
    first = pyotp.TOTP(secret).at(datetime.now(UTC))
    phone.get_by_role("textbox", name="验证码").fill(first)
    phone.get_by_role("button", name="设置", exact=True).click()
    expect(phone).to_have_url(re.compile("/government_office/"))
    log_in(phone, office.url)
    assert barriers(phone) == []
    phone.get_by_role("textbox", name="验证码").fill(first)
    phone.get_by_role("button", name="登录").click()
    expect(phone.get_by_role("alert").get_by_text("验证码不对")).to_be_visible()
    assert barriers(phone) == []
    later = pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))
    phone.get_by_role("textbox", name="验证码").fill(later)
    phone.get_by_role("button", name="登录").click()
    expect(phone).to_have_url(re.compile("/government_office/"))
