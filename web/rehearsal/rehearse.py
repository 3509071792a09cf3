"""`piaojue rehearse`: a whole hall presses 提交 at once, and everything after it, measured.

Real HTTP against a real server process, real ballots sealed beforehand, a real archive verified in the end
and compared with the plain sum of the choices. Whoever runs it holds every secret of the rehearsed round.

Before the hall comes a handful, in a round of their own. They open the connections and fill the caches of
the server, as the deputies' waiting pages do in a real hall, and their small archive is what a verifier's
start costs: what is reported is the cost of each further ballot.
"""

import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace
from rich.progress import Progress

from ballots.election import Election
from voting import publishing
from voting.cards import MOST_CARDS
from voting.demo.simulation import Crowd, plain_sum
from voting.demo.stage import InsecureStage, announce, build, close_vote, open_vote
from voting.grading import Grading
from voting.rounds import Candidate
from voting.rules import BallotForm, RoundRules, Rules, check_rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.burst import Reply, answers, burst
from web.rehearsal.figures import OK, Figures, latencies_ms
from web.rehearsal.floor import Work, paced, work
from web.rehearsal.processes import Usage, usage
from web.rehearsal.sealing import Choices, seal_all
from web.rehearsal.server import free_port, serving
from web.rehearsal.stranger import Verification, handful_for, verify, verify_ms_per_ballot
from web.settings import Settings, SettingsError, load

MEGABYTE = 1024 * 1024

Form = BallotForm | Literal["grades"]
USUAL: Final[dict[Form, int]] = {"select_k": 10, "for_against": 10, "grades": 20}
"""Projects on a ballot; of a satisfaction test there are as many as a county has sub-items."""


class Plan(NamedTuple):
    """What to rehearse; `url` is a running server over `database`, without it one is started.

    `candidates` are rated where `kind` is grades, and `places` then means nothing.
    """

    deputies: int
    candidates: int
    places: int
    kind: Form
    archive: Path
    url: str | None = None
    database: str | None = None

    @property
    def rules(self) -> RoundRules:
        if self.kind == "grades":
            return Grading(projects=self.candidates, half="more_than", publish="with_archive")
        return Rules(ballot=self.kind, candidates=self.candidates, places=self.places, publish="with_archive")


class Place(NamedTuple):
    """Where the rehearsal is held; `server` is the process id of a server of our own."""

    settings: Settings
    server: int | None
    store: Store
    signer: Signer


class Hall(NamedTuple):
    """An open round, and a sealed ballot of every deputy."""

    stage: InsecureStage
    election: Election
    choices: list[Choices]
    ballots: list[bytes]
    seal_ms: float

    @property
    def path(self) -> str:
        return f"/api/v/{self.stage.session.code}/{self.stage.round_id}/ballots"


class Cast(NamedTuple):
    """The replies, the seconds to the last of them, and what the server used meanwhile."""

    replies: list[Reply]
    seconds: float
    used: Usage | None
    floor_ms: float


class Count(NamedTuple):
    """Seconds from closing to the counts, and the archive."""

    seconds: float
    archive: bytes


def rehearse(plan: Plan) -> Figures:
    """Run the whole of it. Raises SettingsError, ServerFailed, and what the cycle's moments refuse."""
    check_rules(plan.rules)
    if not 1 <= plan.deputies <= MOST_CARDS:
        raise SettingsError(f"代表人数应在 1 至 {MOST_CARDS:,} 之间，不能是 {plan.deputies:,}。")
    with _somewhere(plan) as place, Progress() as progress:
        handful = _convene(plan, place, handful_for(plan.deputies), progress)
        _greet(place, handful)
        small = _warm_up(place, handful)
        hall = _convene(plan, place, plan.deputies, progress)
        amount = work(hall.election.questions)
        cast = _cast(place, hall, amount, progress)
        count = _count(place, hall)
    plan.archive.write_bytes(count.archive)
    return _figures(plan, cast, count, hall, verify(plan.archive, amount), small)


@contextmanager
def _somewhere(plan: Plan) -> Iterator[Place]:
    """The server to rehearse on."""
    if plan.url is not None:
        given = _given(plan)
        with Store.open(given.database) as store:
            yield Place(given, None, store, Signer.load(Path(given.signing_key)))
        return
    with tempfile.TemporaryDirectory(prefix="piaojue-rehearsal-") as folder:
        own = _own(Path(folder), plan.database)
        Store.migrate(own.database)
        signer = Signer.create(Path(own.signing_key), secrets.token_bytes)
        with serving(own) as server, Store.open(own.database) as store:
            yield Place(own, server, store, signer)


def _given(plan: Plan) -> Settings:
    if plan.url is None or plan.database is None:
        raise SettingsError("给出 --url 时，请同时用 --database 给出那个服务所用的数据库。")
    if not answers(plan.url, "/"):
        raise SettingsError(f"{plan.url} 没有回应。请检查 --url，并确认服务已经启动。")
    return replace(load(os.environ), url=plan.url.rstrip("/"), database=plan.database)


def _own(folder: Path, database: str | None) -> Settings:
    port = free_port()
    return Settings(
        url=f"http://127.0.0.1:{port}",
        port=port,
        database=database or f"sqlite:///{folder / 'rehearsal.db'}",
        signing_key=str(folder / "signing.key"),
    )


def _convene(plan: Plan, place: Place, deputies: int, progress: Progress) -> Hall:
    """An open round of so many deputies, and their ballots."""
    candidates = [Candidate(number=n, title=f"演练项目{n}") for n in range(1, plan.candidates + 1)]
    stage = build(place.store, plan.rules, candidates, deputies, deputies, _now(), secrets.token_bytes)
    opened = open_vote(place.store, stage, place.signer, deputies, _now(), secrets.token_bytes)
    election, crowd = Election.parse(opened.election or b""), Crowd.of_any_mind(deputies, plan.candidates)
    choices = [crowd.choose(plan.rules) for _ in stage.cards]
    task = progress.add_task("封好表决票", total=deputies)
    sealed = seal_all(election, stage.cards, choices, lambda: progress.advance(task))
    return Hall(stage, election, choices, sealed.ballots, sealed.ms_per_ballot)


def _greet(place: Place, hall: Hall) -> None:
    """Refuse a server that has never heard of what has just been written into its database."""
    if not answers(place.settings.url, f"/api/v/{hall.stage.session.code}"):
        raise SettingsError("--url 的服务用的不是 --database 给出的数据库。请核对两个参数。")


def _warm_up(place: Place, handful: Hall) -> Verification:
    """Cast by a handful, counted, verified."""
    burst(place.settings.url, handful.path, handful.ballots, lambda: None)
    with tempfile.TemporaryDirectory(prefix="piaojue-rehearsal-") as folder:
        archive = Path(folder, "handful.bel")
        archive.write_bytes(_count(place, handful).archive)
        return verify(archive, work(handful.election.questions))


def _cast(place: Place, hall: Hall, amount: Work, progress: Progress) -> Cast:
    task = progress.add_task("同时提交", total=len(hall.ballots))
    with paced(amount) as pace:
        before = usage(place.server) if place.server else None
        start = time.perf_counter()
        replies = burst(place.settings.url, hall.path, hall.ballots, lambda: progress.advance(task))
        seconds = time.perf_counter() - start
        after = usage(place.server) if place.server else None
    used = Usage(after.cpu - before.cpu, after.memory) if before and after else None
    return Cast(replies, seconds, used, pace.floor_ms)


def _count(place: Place, hall: Hall) -> Count:
    start = time.perf_counter()
    close_vote(place.store, hall.stage, _now(), secrets.token_bytes)
    seconds = time.perf_counter() - start
    announce(place.store, hall.stage, _now())
    return Count(seconds, publishing.archive(place.store, hall.stage.staff, hall.stage.round_id))


def _figures(
    plan: Plan, cast: Cast, count: Count, hall: Hall, verified: Verification, small: Verification
) -> Figures:
    taken = [reply.status == OK for reply in cast.replies]
    expected = plain_sum([c for c, ok in zip(hall.choices, taken, strict=True) if ok]) if any(taken) else []
    p50, p99 = latencies_ms(cast.replies)
    return Figures(
        deputies=plan.deputies,
        seal_ms_per_ballot=hall.seal_ms,
        accepted=sum(taken),
        refused=plan.deputies - sum(taken),
        seconds=cast.seconds,
        ballots_per_s=sum(taken) / cast.seconds,
        p50_ms=p50,
        p99_ms=p99,
        cpu_ms_per_ballot=cast.used and cast.used.cpu * 1000 / plan.deputies,
        libsodium_ms_per_ballot=cast.floor_ms,
        close_to_result_s=count.seconds,
        verify_s=verified.seconds,
        verify_cpu_ms_per_ballot=verify_ms_per_ballot(verified, small, cast.floor_ms),
        memory_mb=cast.used and cast.used.memory / MEGABYTE,
        archive=str(plan.archive),
        result_matches=verified.result == expected,
    )


def _now() -> datetime:
    return datetime.now(UTC)
