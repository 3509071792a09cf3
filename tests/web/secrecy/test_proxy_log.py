"""What the proxy in front writes down, if it is set up as `web/deployment/nginx.conf` has it."""

from __future__ import annotations

import re
from typing import Final

import pytest
from litestar.routes import HTTPRoute

from tests.parts import ROOT
from web.app import every_page

CONFIG: Final = (ROOT / "web/deployment/nginx.conf").read_text(encoding="utf-8")
KEYS: Final = {
    "/enter/{token:str}",
    "/invited/{token:str}",
    "/account/join/{token:str}",
    "/t/{congress:str}/mine/{code:str}",
    "/t/{congress:str}/mine/{code:str}/photos/{photo:str}",
    "/t/{congress:str}/sent/{code:str}",
}
"""Addresses that let in whoever reads them."""


def unlogged(address: str) -> bool:
    """As nginx decides: the first pattern of the map that fits."""
    block = re.search(r"map \$request_uri \$logged \{(.*?)\n\}", CONFIG, re.DOTALL)
    assert block is not None
    return any(re.search(one, address) for one in re.findall(r"^\s*~(\S+) 0;", block[1], re.MULTILINE))


def addresses() -> list[str]:
    return [one.path for one in every_page().routes if isinstance(one, HTTPRoute)]


def test_no_address_of_the_ballot_and_none_that_is_a_key_is_logged() -> None:
    secret = [one for one in addresses() if re.match(r"/(api/)?v/", one) or one in KEYS]
    assert set(secret) >= KEYS
    assert [one for one in secret if not unlogged(one)] == []


def test_every_address_with_a_token_in_it_is_known_to_be_a_key() -> None:
    assert {one for one in addresses() if "{token" in one} <= KEYS


@pytest.mark.parametrize(
    "name", ["$remote_addr", "$http_", "$cookie", "$request ", "$args", "$request_uri", "x_forwarded"]
)
def test_what_is_logged_names_nobody(name: str) -> None:
    form = re.search(r"log_format anonymous '([^']*)'", CONFIG)
    assert form is not None
    assert name not in f"{form[1]} "


def test_its_errors_are_not_written_down_with_addresses() -> None:
    assert re.findall(r"error_log \S+ (\w+);", CONFIG) == ["crit"]
