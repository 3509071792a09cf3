"""Who is asked about what is not there answers as about what is not theirs, and works as much for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import event

from tests.drafts import Way
from tests.voting.accounts.door import PASSWORD, Door
from tests.web.accounts import Entry
from tests.web.citizen import Citizen
from tests.web.house import House
from voting.accounts import members, passwords
from voting.accounts.logging_in import LoginRefused
from voting.actors import system
from voting.store import Store

WRONG = "这不是密码这不是密码"
NOBODYS = "0" * 32


def told(answer: Response) -> tuple[int, dict[str, str], str]:
    return answer.status_code, dict(answer.headers), answer.text


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What the database is told: the statements without their values, and how each transaction ended."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(re.sub(r"\s+", " ", statement).split(" WHERE ")[0].split(" ORDER BY ")[0])

    def commit(_connection: Any) -> None:
        said.append("COMMIT")

    engines = (store._statements, store._transactions)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "commit", commit)
    yield said
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", commit)


class Counting:
    """The real hasher, which counts."""

    def __init__(self) -> None:
        self.real, self.times = passwords._HASHER, 0

    def verify(self, kept: str, typed: str) -> bool:
        self.times += 1
        return self.real.verify(kept, typed)


def test_a_refused_log_in_does_the_same_work_whatever_was_wrong(
    county_door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown, wrong, waiting, disabled: one hash, the same statements, one commit that writes one row."""
    door = county_door
    for login in ("wang", "waits", "gone"):
        door.account(login)
    for _ in range(5):
        with pytest.raises(LoginRefused):
            door.log_in("waits", WRONG)
    members.disable(door.store, system(""), "gone", door.now)
    hasher = Counting()
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    work = {}
    for login, password in (
        ("nobody", WRONG),
        ("wang", WRONG),
        ("waits", WRONG),
        ("waits", PASSWORD),
        ("gone", WRONG),
    ):
        hasher.times = 0
        with statements(door.store) as said, pytest.raises(LoginRefused):
            door.log_in(login, password)
        work[login, password] = (hasher.times, [re.sub(r" SET .*", " SET", one) for one in said])
    assert len({str(one) for one in work.values()}) == 1
    times, said = work["nobody", WRONG]
    assert times == 1
    assert [one for one in said if one.startswith("UPDATE account")]
    assert said[-1] == "COMMIT"


@pytest.fixture
def county_door(house: House) -> Door:
    return Door(house.county)


def test_the_log_in_page_says_the_same_of_every_name(house: House) -> None:
    """Byte for byte, but for the name itself, which stands in the field again."""
    entry = Entry(house)
    entry.account()
    answers = [entry.log_in(login, WRONG)[1] for login in ("wang", "wong")]
    assert told(answers[0])[:2] == told(answers[1])[:2]
    assert answers[0].text.replace("wang", "wong") == answers[1].text


def test_tokens_that_were_never_given_out_are_told_the_same(house: House) -> None:
    """Whether well formed or not: the form of a token says nothing."""
    visitor = house.visitor()
    for path in ("/enter/", "/invited/"):
        answers = [told(visitor.get(path + token)) for token in ("A" * 43, "x", "A" * 500, "%20", "é")]
        assert len({str(one) for one in answers}) == 1
        assert answers[0][0] == 404


def test_a_query_code_of_another_congress_is_as_unknown_as_any(house: House) -> None:
    """The answer to a code that leads to something elsewhere is that to one that leads nowhere."""
    county, town = Citizen(house), Citizen(house, house.county.town)
    real = town.code_of(town.send())
    made_up = real[:-1] + ("2" if real[-1] != "2" else "3")
    for path in ("mine", "sent"):
        there, nowhere = (county.client.get(f"{county.home}/{path}/{code}") for code in (real, made_up))
        assert told(there) == told(nowhere)
    typed = [county.client.post(f"{county.home}/find", data={"code": code}) for code in (real, made_up)]
    assert {one.status_code for one in typed} == {404}
    assert typed[0].text.replace(real, made_up) == typed[1].text


def test_what_another_congress_has_is_as_unknown_as_what_nobody_has(house: House) -> None:
    """Same status, headers, page and length; and the same statements to the database."""
    clerk, town = house.enter_as(house.county.staff), house.county.town
    draft, slate = Way(town).propose(), Way(town).slate(2, places=1)
    suggestion = town.suggest()
    pages = {
        "/drafts/{}": draft.id,
        "/slates/{}": slate.id,
        "/suggestions/{}": suggestion.id,
        "/inbox/{}": suggestion.id,
        "/liaisons/{}": town.deputies[0].id,
        "/projects/{}": draft.id,
        "/sessions/{}": house.hall.session.id,
        "/rounds/{}": house.id,
    }
    clerk.get()
    for path, theirs in pages.items():
        work = []
        for one in (theirs, NOBODYS):
            with statements(house.store) as said:
                work.append((told(clerk.get(path.format(one))), list(said)))
        assert (path, work[0]) == (path, work[1])
        assert work[0][0][0] == 404


def test_rounds_and_congresses_that_are_not_public_are_as_unknown_as_any(house: House) -> None:
    visitor = house.visitor()
    for path in ("/r/{}", "/r/{}/technical", "/r/{}/archive.bel", "/r/{}/round.json", "/d/{}/file"):
        drafted, nowhere = (visitor.get(path.format(one)) for one in (house.id, NOBODYS))
        assert told(drafted) == told(nowhere)
        assert drafted.status_code == 404


def test_a_card_that_is_not_of_this_round_is_told_nothing_about_others(house: House) -> None:
    """`card_standing` is asked with the public half, which is published anyway; a wrong one has no state."""
    house.hall.reach("open")
    code = house.hall.session.code
    base = f"/api/v/{code}/{house.id}"
    unknown = house.visitor().get(f"{base}/cards/{'0' * 64}")
    elsewhere = house.visitor().get(
        f"/api/v/{code}/{NOBODYS}/cards/{house.hall.cards.public[house.hall.uuid()][0]}"
    )
    assert unknown.status_code in {200, 404}
    assert elsewhere.status_code == 404
    assert house.visitor().get(f"{base}/receipts/{'0' * 64}").json() == {"recorded": False}
