"""Tellers and a clerk in front of their pages."""

from __future__ import annotations

import re

from tests.web.house import House, Person
from tests.web.visitor import Visitor
from voting import drafting
from voting.cycle import Method


def hold(house: House, method: Method) -> None:
    """The drafted round of the house is to be held like this."""
    hall = house.hall
    hall.round = drafting.change_round(
        hall.store,
        hall.staff,
        hall.round.id,
        hall.round.title,
        hall.rules,
        hall.round.candidates,
        hall.now(),
        method,
    )


def given(clerk: Person, session: str, role: str, name: str, number: int | None = None) -> Person:
    """A person to whom the clerk has given a link, in a browser of the own."""
    fields: dict[str, object] = {"role": role, "name": name, "session": session, "days": 3}
    answer = clerk.post("/links/new", **fields, number=number or "")
    assert answer.status_code == 200
    token = re.search(r"/enter/([\w-]{43})", answer.text)
    assert token
    browser = Visitor(clerk.client.app, str(clerk.client.base_url))
    entered = browser.get(f"/enter/{token[1]}")
    return Person(browser, entered.headers["location"])


def both_tellers(house: House) -> tuple[Person, Person]:
    """The two tellers of the hall's session."""
    first = house.enter("teller")
    house.hall.tellers.reverse()
    second = house.enter("teller")
    house.hall.tellers.reverse()
    return first, second


def flat(text: str) -> str:
    """Without line breaks and markup that tell nothing."""
    return " ".join(text.split())
