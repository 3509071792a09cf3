"""What stands in an address, a cookie or a row reaches no log."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.exc import IntegrityError

from tests.county import FIRST_DAY, County
from tests.parts import ROOT
from voting.accounts.facts import Account


def test_the_proxys_log_holds_no_address_that_is_a_key() -> None:
    """Links, invitations, query codes and cards: the example for nginx leaves their addresses out."""
    conf = (ROOT / "web/deployment/nginx.conf").read_text("utf-8")
    left_out = [re.compile(one) for one in re.findall(r"~(\^\S+) 0;", conf)]
    keys = [
        "/enter/token",
        "/invited/token",
        "/account/join/token",
        "/t/0123/mine/abcd-efgh",
        "/t/0123/mine/abcd-efgh/photos/1",
        "/t/0123/sent/abcd",
        "/v/code",
        "/api/v/code/round/cards/00",
    ]
    assert [key for key in keys if not any(one.search(key) for one in left_out)] == []
    assert not any(one.search("/t/0123/projects") for one in left_out)


def test_an_error_of_the_database_names_no_value(county: County) -> None:
    kept = "$x$"
    one = Account(id="1" * 32, login="wang", name="王晓", password_hash=kept, created_at=FIRST_DAY)

    def add() -> None:
        with county.store.write() as tx:
            tx.accounts.add(one)

    add()
    with pytest.raises(IntegrityError) as caught:
        add()
    said = str(caught.value).split("\n[SQL")[1]
    assert "王晓" not in said
    assert "$x$" not in said
