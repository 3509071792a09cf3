"""Nobody learns how the votes stand before it is time: halls that differ in the votes alone look the same.

Every address is asked in both, by everybody, and the answers are held against each other: status, headers,
length, and the text without ids and hashes, which differ by chance. What differs is a leak, wherever it is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pytest
from litestar.routes import HTTPRoute
from msgspec.structs import replace

from ballots.credentials import public_credential
from tests.people import GRADES, SELECT, Hall
from tests.web.house import House, Person
from voting.rules import RoundRules
from web.access import LINK_ROLES, PAGE_ROLES, PageRole

LIST_ONLY: Final = replace(SELECT, publish="list")
UNWANTED: Final = ("/static/", "/enter/", "/verify.pyz", "/ballots.bel", "/wall", "/press")
"""Files that never change, tokens, the sealed ballots themselves, a QR code of a random address, and numbers
of rounds drawn anew for each visit: their bytes differ by chance."""

NOTHING: Final = "0" * 32
"""Stands for the id of whatever a hall does not have: it leads nowhere in both."""

OF_THE_ROUND: Final = ("{code:", "{round_id:", "{ceremony_id:", "{credential:", "{digest:")
"""What a step of the count changes stands below these, or is a first page or the page of a session."""

KNOWN: Final = {"code", "round_id", "session_id", "ceremony_id", "congress", "credential", "digest"}
"""What a hall here has; everything else in an address leads nowhere."""

Watcher = PageRole | Literal["public"]
EVERYBODY: Final[tuple[Watcher, ...]] = ("public", *LINK_ROLES)
AT_THE_DOOR: Final[tuple[Watcher, ...]] = ("public", "teller", "usher")
"""They learn the figures when everybody does."""

Votes = tuple[tuple[int, ...], ...]
FOR_THE_FIRST: Final[Votes] = ((1, 2), (1, 2), (1, 2), (1, 2), (1, 2), (1,))
FOR_THE_THIRD: Final[Votes] = ((3,), (3,), (3,), (3,), (3,), ())
"""As many ballots, another winner."""
NARROWER: Final[Votes] = ((1, 2), (1, 2), (1, 2), (1, 2), (3,), ())
"""The same winners as the first, with other figures."""

FEW: Final[Votes] = ((1, 2), (1, 2), (1, 3), (2, 3))
"""Four ballots of a satisfaction test, an answer for each project: 基本满意 and 不满意."""
FEW_OTHERS: Final[Votes] = ((1, 1), (1, 2), (2, 3), (2, 3))
"""The same levels with other figures."""

Step = Callable[[Hall], object]
COUNTING: Final[tuple[tuple[str, Step, tuple[Watcher, ...]], ...]] = (
    ("open", Hall.open, EVERYBODY),
    ("closed", Hall.close, EVERYBODY),
    ("declared valid", Hall.declare_valid, EVERYBODY),
    ("one has opened", lambda hall: hall.decrypt(1), EVERYBODY),
    ("counted", lambda hall: hall.decrypt(2), (*AT_THE_DOOR, "staff", "chair", "operator")),
    ("one has signed", lambda hall: hall.sign(1), (*AT_THE_DOOR, "staff", "chair", "operator")),
    ("all have signed", lambda hall: hall.sign(2), (*AT_THE_DOOR, "staff")),
)
"""Each step of the count, and who must not see the figures after it."""


TELLING_MOMENTS: Final = {
    (moment, watcher)
    for watcher in EVERYBODY
    for moment in (COUNTING[0][0], [one for one, _, blind in COUNTING if watcher in blind][-1])
}
"""The first and the last at which somebody must not see the figures: then every address is asked."""


class Answer(NamedTuple):
    """What an address says, without what differs by chance."""

    status: int
    headers: list[tuple[str, str]]
    text: str


class TwoHalls:
    """One installation twice, with the same secrets and the same clock; the deputies vote differently."""

    def __init__(
        self, template: Path, folder: Path, stack: ExitStack, rules: RoundRules, needed: int | None = None
    ) -> None:
        """`needed` of three scrutineers open the box; None: both of two."""
        self.houses = [_house(template, folder / name, stack, rules, needed) for name in ("one", "other")]
        self._visitors = dict[tuple[int, Watcher], Person]()
        self._nowhere = set[tuple[Watcher, str]]()
        self.take(lambda hall: hall.reach("sealed"))

    def take(self, step: Step) -> None:
        for house in self.houses:
            step(house.hall)

    def vote(self, one: Votes, other: Votes) -> None:
        for house, votes in zip(self.houses, (one, other), strict=True):
            house.hall.reach("open")
            for card, marks in enumerate(votes):
                house.hall.cast(card, *marks)

    def differences(self, watcher: Watcher, *, everywhere: bool = True) -> list[str]:
        """The addresses whose answers to this person tell the two halls apart; not `everywhere`: of those
        that are about the round. An address that led nowhere in both, for want of what it names, leads
        nowhere later either and is asked once.
        """
        one, other = (self._answers(at, watcher, everywhere=everywhere) for at in range(2))
        assert one.keys() == other.keys()
        for path in one:
            if _names_nothing(path) and one[path].status == other[path].status == 404:
                self._nowhere.add((watcher, path))
        return [path for path in one if one[path] != other[path]]

    def _answers(self, at: int, watcher: Watcher, *, everywhere: bool) -> dict[str, Answer]:
        house = self.houses[at]
        house.clock = house.hall.now()
        person = self._visitors.get((at, watcher)) or self._visitors.setdefault(
            (at, watcher),
            Person(house.visitor(), "") if watcher == "public" else house.enter(watcher),
        )
        answers: dict[str, Answer] = {}
        for path in _paths(house, watcher):
            if (watcher, path) in self._nowhere or not (everywhere or _changes(path)):
                continue
            answer = person.get(_filled(path, house))
            headers = sorted((name, _without_chance(value)) for name, value in answer.headers.items())
            answers[path] = Answer(answer.status_code, headers, _without_chance(answer.text))
        return answers


@pytest.fixture
def two_halls(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[..., TwoHalls]]:
    with ExitStack() as stack:
        yield lambda rules, needed=None: TwoHalls(sqlite_template, tmp_path, stack, rules, needed)


def _house(template: Path, folder: Path, stack: ExitStack, rules: RoundRules, needed: int | None) -> House:
    folder.mkdir()
    database = f"sqlite:///{shutil.copy(template, folder / 'piaojue.db')}"
    scrutineers = 2 if needed is None else 3
    return House(database, folder, stack, rules, scrutineers=scrutineers, threshold=needed)


def _changes(path: str) -> bool:
    """Whether a step of the count could change this address."""
    first = path in {"", "/"} or path.endswith(("{session_id:str}", "/archive"))
    return first or any(part in path for part in OF_THE_ROUND)


def _names_nothing(path: str) -> bool:
    """Whether it names something that no hall here has."""
    return any(name not in KNOWN for name in re.findall(r"\{(\w+):", path))


def _paths(house: House, watcher: Watcher) -> Iterator[str]:
    """Every address that this person can ask, below the own link where there is one."""
    for route in house.app.routes:
        if not isinstance(route, HTTPRoute) or "GET" not in route.methods:
            continue
        if any(part in route.path for part in UNWANTED):
            continue
        owner = route.path.split("/")[1]
        if watcher == "public" and owner not in PAGE_ROLES:
            yield route.path
        if watcher == owner:
            yield route.path.removeprefix(f"/{owner}/{{link:str}}")


def _filled(path: str, house: House) -> str:
    hall = house.hall
    card = public_credential(hall.uuid(), hall.cards.credentials[0])
    values = {
        "code": hall.session.code,
        "round_id": house.id,
        "session_id": hall.session.id,
        "ceremony_id": hall.current().ceremony or NOTHING,
        "congress": hall.congress.id,
        "credential": card,
        "digest": "0" * 64,
    }
    return re.sub(r"\{(\w+):\w+\}", lambda found: values.get(found[1], NOTHING), path)


def _without_chance(text: str) -> str:
    """Ids, hashes in hex, whole or in groups of four, and 回执号 are replaced, letter for letter."""
    text = re.sub(r"[0-9A-Za-z+/_-]{43}", lambda found: "#" * len(found[0]), text)
    return re.sub(r"(?<![0-9A-Za-z])[0-9a-f]{4,}(?![0-9A-Za-z])", lambda found: "#" * len(found[0]), text)


@pytest.mark.parametrize("needed", [None, 2], ids=["own keys", "a common key"])
def test_nothing_tells_how_the_votes_stand_before_it_is_time(
    two_halls: Callable[..., TwoHalls], needed: int | None
) -> None:
    halls = two_halls(SELECT, needed)
    halls.vote(FOR_THE_FIRST, FOR_THE_THIRD)
    for moment, step, blind in COUNTING:
        halls.take(step)
        for watcher in blind:
            everywhere = (moment, watcher) in TELLING_MOMENTS
            found = halls.differences(watcher, everywhere=everywhere)
            assert (moment, watcher, found) == (moment, watcher, [])
        if "scrutineer" not in blind:
            assert halls.differences("scrutineer") == ["/api"]
    assert halls.differences("chair")
    assert halls.differences("operator")
    halls.take(Hall.announce)
    assert halls.differences("public") == ["/hall/{code:str}"]


def test_nothing_tells_how_the_votes_of_a_void_round_stood(
    two_halls: Callable[..., TwoHalls],
) -> None:
    halls = two_halls(SELECT)
    halls.vote(FOR_THE_FIRST, FOR_THE_THIRD)
    for step in (Hall.close, Hall.declare_valid, lambda hall: hall.decrypt(1), Hall.declare_void):
        halls.take(step)
    assert {watcher: halls.differences(watcher) for watcher in EVERYBODY} == {one: [] for one in EVERYBODY}


def test_where_only_the_list_is_published_the_public_never_learns_a_figure(
    two_halls: Callable[..., TwoHalls],
) -> None:
    halls = two_halls(LIST_ONLY)
    halls.vote(FOR_THE_FIRST, NARROWER)
    halls.take(lambda hall: hall.reach("announced"))
    assert halls.differences("public") == []
    halls.take(Hall.publish)
    assert halls.differences("public") == []


def test_where_few_have_rated_the_public_never_learns_a_figure(
    two_halls: Callable[..., TwoHalls],
) -> None:
    halls = two_halls(GRADES)
    halls.vote(FEW, FEW_OTHERS)
    halls.take(lambda hall: hall.reach("published"))
    assert halls.differences("public") == []
