"""People who come by an invitation and log in, through the pages; the clock stands still until it is turned.

entry = Entry(house)
token = entry.invitation("presidium")
wang = entry.accept(token, "wang")            # a browser that is logged in
entry.log_in("wang")                          # another one
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

import pyotp
from httpx import Response

from tests.county import FIRST_DAY
from tests.web.house import House, Person
from tests.web.visitor import Visitor
from voting.actors import Actor

PASSWORD: Final = "一句很长又好记的话呀"  # noqa: S105 - of people who do not exist
Browser = Visitor


class Entry:
    """The way into the house's county."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.clock = FIRST_DAY
        self.clerk = house.enter_as(house.county.staff)

    def later(self, **span: float) -> None:
        assert self.house.clock is not None
        self.house.clock += timedelta(**span)

    def invitation(self, role: str = "presidium", by: Person | None = None, **fields: str) -> str:
        """The path of an invitation's link, as its page shows it."""
        typed = {"role": role, "name": "王晓", "days": "14", **fields}
        answer = (by or self.clerk).post("/members/invite", **typed)
        return shown_link(answer)

    def accept(self, link: str, login: str = "wang") -> Browser:
        browser = self.house.visitor()
        answer = browser.post(link, data={"login": login, "password": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    def account(self, login: str = "wang", role: str = "presidium", **fields: str) -> Browser:
        return self.accept(self.invitation(role, None, **fields), login)

    def log_in(self, login: str = "wang", password: str = PASSWORD) -> tuple[Browser, Response]:
        browser = self.house.visitor()
        return browser, browser.post("/login", data={"login": login, "password": password})

    def town_clerk(self) -> Person:
        clerk: Actor = self.house.county.town.staff
        return self.house.enter_as(clerk)

    def set_up_codes(self, browser: Browser) -> str:
        """One-time codes for the account; the secret that its telephone keeps."""
        page = browser.get("/account/second").text
        secret = found(r'name="secret" value="([A-Z2-7]{32})"', page)
        answer = browser.post("/account/second/codes", data={"secret": secret, "code": self.code(secret)})
        assert answer.status_code == 303, answer.text
        return secret

    def code(self, secret: str) -> str:
        assert self.house.clock is not None
        return pyotp.TOTP(secret).at(self.house.clock)


def shown_link(answer: Response) -> str:
    assert answer.status_code == 200, answer.text
    return found(r"(/invited/[\w-]{43})", answer.text)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, pattern
    return match[1]


def cookie_paths(answer: Response) -> list[str]:
    """The paths of the cookies that an answer sets, without those it takes away."""
    lines = answer.headers.get_list("set-cookie")
    return sorted(found(r"Path=([^;]+)", line) for line in lines if "Max-Age=0" not in line)
