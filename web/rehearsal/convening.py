"""A rehearsed hall, from the first name on the list to a sealed ballot in every deputy's hand."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from msgspec.structs import replace
from rich.progress import Progress

from ballots.election import Election
from voting import opening
from voting.demo import county
from voting.demo.simulation import Crowd, tied
from voting.demo.stage import InsecureStage, build, seal_vote
from voting.exercises import Exercise
from voting.rounds import Candidate
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.burst import answers
from web.rehearsal.sealing import Choices, seal_all
from web.rehearsal.server import free_port, serving
from web.settings import Settings, SettingsError, load

MORE_NAMES: Final = ("郑海燕", "何志明", "罗玉梅", "宋立群", "高文静", "梁国栋")


class Place(NamedTuple):
    """Where the rehearsal is held; `server` is the process id of a server of our own."""

    settings: Settings
    server: int | None
    store: Store
    signer: Signer


class Hall(NamedTuple):
    """A sealed round, and a sealed ballot for every card; `papers` are what those without a card choose."""

    stage: InsecureStage
    exercise: Exercise
    election: Election
    choices: list[Choices]
    papers: list[Choices]
    ballots: list[bytes]
    seal_ms: float

    @property
    def page(self) -> str:
        """What the waiting phones ask for."""
        return f"/api/v/{self.stage.session.code}"

    @property
    def box(self) -> str:
        """Where ballots go."""
        return f"{self.page}/{self.stage.round_id}/ballots"


@contextmanager
def somewhere(url: str | None, database: str | None, workers: int = 0) -> Iterator[Place]:
    """The server to rehearse on: the one at `url`, or one of our own with so many processes (0: one for each
    core). Raises SettingsError, ServerFailed."""
    if url is not None:
        given = _given(url, database)
        with Store.open(given.database) as store:
            yield Place(given, None, store, Signer.load(Path(given.signing_key)))
        return
    with tempfile.TemporaryDirectory(prefix="piaojue-rehearsal-") as folder:
        own = _own(Path(folder), database, workers)
        Store.migrate(own.database)
        signer = Signer.create(Path(own.signing_key), secrets.token_bytes)
        with serving(own) as server, Store.open(own.database) as store:
            yield Place(own, server, store, signer)


def _given(url: str, database: str | None) -> Settings:
    if database is None:
        raise SettingsError("给出 --url 时，请同时用 --database 给出那个服务所用的数据库。")
    if not answers(url, "/"):
        raise SettingsError(f"{url} 没有回应。请检查 --url，并确认服务已经启动。")
    return replace(load(os.environ), url=url.rstrip("/"), database=database)


def _own(folder: Path, database: str | None, workers: int) -> Settings:
    port = free_port()
    return Settings(
        url=f"http://127.0.0.1:{port}",
        port=port,
        workers=workers,
        database=database or f"sqlite:///{folder / 'rehearsal.db'}",
        signing_key=str(folder / "signing.key"),
    )


def convene(exercise: Exercise, place: Place, progress: Progress) -> Hall:
    """A round that is sealed and not yet open, and what its deputies will cast."""
    candidates = [Candidate(number=n, title=f"演练项目{n}") for n in range(1, exercise.candidates + 1)]
    stage = build(
        place.store,
        exercise.rules,
        candidates,
        exercise.deputies,
        exercise.cards,
        now(),
        secrets.token_bytes,
        names=(*county.SCRUTINEERS, *MORE_NAMES)[: exercise.scrutineers],
        threshold=exercise.threshold if exercise.threshold < exercise.scrutineers else None,
    )
    frozen = seal_vote(place.store, stage, place.signer, now(), secrets.token_bytes)
    election, wishes = Election.parse(frozen.election or b""), _wishes(exercise)
    choices, papers = wishes[: exercise.cards], wishes[exercise.cards :]
    task = progress.add_task("封好表决票", total=exercise.cards)
    sealed = seal_all(election, stage.cards, choices, lambda: progress.advance(task))
    return Hall(stage, exercise, election, choices, papers, sealed.ballots, sealed.ms_per_ballot)


def _wishes(exercise: Exercise) -> list[Choices]:
    """Of every deputy, those with a paper ballot last."""
    rules = exercise.rules
    if exercise.tie and isinstance(rules, Rules):
        return tied(rules, exercise.deputies)
    crowd = Crowd.of_any_mind(exercise.deputies, exercise.candidates)
    return [crowd.choose(rules) for _ in range(exercise.deputies)]


def open_hall(place: Place, hall: Hall) -> None:
    """Everybody is present and has a card or a paper ballot; voting begins."""
    everybody, paper = hall.exercise.deputies, hall.exercise.paper
    opening.open_round(place.store, hall.stage.staff, hall.stage.round_id, everybody, everybody, now(), paper)


def now() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)
