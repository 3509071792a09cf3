"""One plenary through a real server, everything it did and made written down by those who know.

Deputies with names check in, hold cards dealt by chance, and vote on phones and a tablet in a known order; a
card is lost and replaced from the reserve, one deputy asks for paper. Two of three scrutineers open the box.
"""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from ballots.credentials import public_credential
from tests import common_key
from tests.dealt import Dealt
from tests.doors import Doors
from tests.people import OPENING_DAY, SELECT, Hall
from tests.server_process import Server
from tests.web.secrecy.order import Cast
from voting import casting, links
from voting.actors import Actor
from voting.handing_out import decks, incidents, replacing
from voting.paper_ballots import exchanging
from voting.store import Store
from voting.store.copying import copy, settle

SURNAMES: Final = "欧阳司马上官诸葛皇甫尉迟澹台公冶"
CHOICES: Final = ((1, 2), (1,), (3,), (2, 3), ())
PATIENCE: Final = 60.0


class Voter(NamedTuple):
    """What nobody but the deputy knows: name and card belong together."""

    name: str
    card: int
    marks: tuple[int, ...]


class Secrets:
    """Every secret that was made, by kind."""

    def __init__(self) -> None:
        self.by_kind: dict[str, list[str]] = {}

    def keep(self, kind: str, *made: str) -> str:
        self.by_kind.setdefault(kind, []).extend(made)
        return made[-1] if made else ""

    def fresh(self, kind: str) -> str:
        return self.keep(kind, f"{secrets.token_urlsafe(24)}")

    def of(self, *kinds: str) -> list[str]:
        return [one for kind in kinds or self.by_kind for one in self.by_kind.get(kind, [])]


class Plenary:
    """The hall before its server runs; `go` holds the vote."""

    def __init__(self, folder: Path, database: str, voters: int) -> None:
        self.folder, self.database, self.secrets = folder, database, Secrets()
        self.store = Store.open(database)
        size = voters + 3
        chance = random.Random(f"the hall of {voters}")  # noqa: S311 - the same order each time
        self.hall = Hall(
            self.store,
            folder,
            rules=SELECT,
            deputies=voters,
            scrutineers=3,
            threshold=2,
            name=secrets.token_hex(8),
        )
        self.people = Dealt(self.hall, cards=size, rounds=2)
        names = [
            f"{SURNAMES[n % 16]}{chr(0x4E00 + 37 * n + 11)}{chr(0x5E00 + 53 * n + 7)}" for n in range(voters)
        ]
        self.doors = Doors(self.hall, [(name, "城关代表团") for name in names])
        dealt = list(range(voters))
        chance.shuffle(dealt)
        self.voters = [
            Voter(name, card, CHOICES[chance.randrange(len(CHOICES))])
            for name, card in zip(names, dealt, strict=True)
        ]
        self.order = [*self.voters]
        chance.shuffle(self.order)
        self.cast: list[Cast] = []
        self.marks: dict[str, tuple[int, ...]] = {}
        """By digest."""
        self.ticks: list[str] = []
        self.tokens: dict[str, str] = {}

    # Before the vote

    def prepare(self) -> None:
        hall, people = self.hall, self.people
        self.doors.come(*range(1, len(self.voters) + 1))
        self.secrets.keep("pass", *(one.text.removeprefix("PJ1:") for one in self.doors.make_passes()))
        self.secrets.keep("name", *(one.name for one in self.voters))
        self.secrets.keep("card", *people.made.credentials)
        self.secrets.keep("seed", *hall.seeds)
        people.kept("\n".join(people.serial(len(self.voters) + n) for n in range(3)))
        hall.adopt()
        decks.use_deck(self.store, hall.staff, hall.round.id, hall.now())
        common_key.make(hall, common_key.of_round(hall).id)
        hall.freeze()
        self.secrets.keep("share", *(str(hall.secret(number)) for number in (1, 2, 3)))
        self._give_links()

    def _give_links(self) -> None:
        hall = self.hall
        seats: list[Actor] = [hall.staff, hall.chair, hall.operator, hall.usher]
        for actor in (*seats, *hall.tellers, *hall.scrutineers):
            role: Any = actor.role
            token = links.issue(
                self.store,
                hall.staff,
                role,
                actor.name,
                hall.now().replace(year=2126),
                session=actor.session,
                scrutineer=actor.scrutineer,
                now=OPENING_DAY,
                random=os.urandom,
            )
            self.tokens[f"{actor.role} {actor.name}"] = self.secrets.keep("link", token)

    # While it is open

    def vote(self, url: str) -> None:
        """Everybody, one after the other; a watcher asks the hall's screen after each."""
        self.people.opened()
        lost, on_paper = self.order[3], self.order[7]
        reserve = iter(range(len(self.voters), len(self.voters) + 3))
        with httpx.Client(base_url=url, timeout=PATIENCE) as watcher:
            for place, voter in enumerate(self.order):
                card = voter.card
                if voter is lost:
                    card = self._replaced(card, next(reserve))
                if voter is on_paper:
                    card = self._on_paper(card, next(reserve))
                self._cast(watcher, card, voter.marks, tablet=place % 5 == 4)
                self.ticks.append(watcher.get(f"/hall/{self.hall.session.code}").text)

    def _replaced(self, card: int, by: int) -> int:
        hall, people = self.hall, self.people
        serial = people.serial(card)
        incidents.report_incident(
            self.store,
            hall.usher,
            hall.session.id,
            "used_card",
            "说自己没有投过",
            hall.now(),
            round_id=hall.round.id,
            serial=serial,
        )
        replacing.replace_card(
            self.store, hall.scrutineers[0], hall.round.id, serial, people.serial(by), "lost", hall.now()
        )
        return by

    def _on_paper(self, card: int, by: int) -> int:
        hall, people = self.hall, self.people
        exchanging.exchange_for_paper(self.store, hall.staff, hall.round.id, people.serial(card), hall.now())
        exchanging.cast_paper(self.store, hall.tellers[0], hall.round.id, people.serial(by), 1, hall.now())
        return by

    def _cast(self, phone: httpx.Client, card: int, marks: tuple[int, ...], *, tablet: bool) -> None:
        """A browser that says as much about itself as browsers can."""
        code, round_id = self.hall.session.code, self.hall.round.id
        told = {
            "user-agent": self.secrets.fresh("browser"),
            "x-forwarded-for": self.secrets.keep("address", f"10.83.{card}.{secrets.randbelow(250)}"),
            "cookie": f"piaojue={self.secrets.fresh('cookie')}",
            "referer": f"{phone.base_url}/v/{code}?{self.secrets.fresh('referer')}",
        }
        body = self.people.ballot(self.hall.round, card, *marks)
        api = f"/api/v/{code}"
        phone.get(f"/v/{code}/tablet" if tablet else f"/v/{code}", headers=told).raise_for_status()
        phone.get(api, headers=told).raise_for_status()
        answer = phone.post(f"{api}/{round_id}/ballots", content=body, headers=told).raise_for_status()
        assert "set-cookie" not in answer.headers
        made = Cast(public_credential(self.hall.current().uuid or "", self.secret_of(card)), body)
        self.cast.append(made)
        self.marks[made.digest] = marks
        self.secrets.keep("tracker", casting.tracker_from(made.digest))

    def secret_of(self, card: int) -> str:
        return self.people.made.credentials[card]

    # Afterwards

    def walk_about(self, url: str) -> None:
        """Everybody who has a link comes in and looks at the own first page."""
        with httpx.Client(base_url=url, timeout=PATIENCE, follow_redirects=True) as person:
            for token in self.tokens.values():
                person.get(f"/enter/{token}").raise_for_status()

    def copied(self, name: str) -> Path:
        """The database as a backup holds it."""
        file = self.folder / name
        Store.migrate(f"sqlite:///{file}")
        copy(self.database, f"sqlite:///{file}")
        settle(f"sqlite:///{file}")
        return file

    def finish(self) -> None:
        self.hall.declare_valid()
        self.hall.count()
        self.hall.announce()
        self.hall.publish()

    def forget(self) -> None:
        decks.erase_serials(self.store, self.hall.staff, self.hall.session.id, self.hall.now())


class Running(Server):
    """The server; all it writes, to whichever of its outputs, goes into a file."""

    def __init__(self, database: str, key: Path, said: Path, workers: int = 1) -> None:
        super().__init__(database, key, workers)
        self.said = said

    def _begun(self) -> subprocess.Popen[bytes]:
        with self.said.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "web", "serve"],
                env={**os.environ, **self._environment},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def log(self) -> str:
        return self.said.read_text(encoding="utf-8")
