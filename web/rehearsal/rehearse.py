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
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace
from rich.progress import Progress

from voting import closing, drafting, publishing, tally_report
from voting.cards import MOST_CARDS
from voting.counts import counts_of_rows
from voting.demo.simulation import plain_sum
from voting.demo.stage import announce, count_vote
from voting.exercises import Exercise, Kind, check_exercise
from voting.outcome import Outcome
from voting.rounds import Receipt
from web.rehearsal.burst import Reply, answers, burst
from web.rehearsal.convening import Hall, Place, convene, now, open_hall, somewhere
from web.rehearsal.figures import OK, Figures, latencies_ms
from web.rehearsal.floor import Work, paced, work
from web.rehearsal.papers import count_papers
from web.rehearsal.processes import Usage, usage
from web.rehearsal.stranger import (
    Verification,
    handful_for,
    trackers_in,
    verify,
    verify_ms_per_ballot,
)
from web.rehearsal.waiting import waiting
from web.rehearsal.wire import wire
from web.settings import SettingsError
from web.whole_file import put

MEGABYTE = 1024 * 1024

USUAL: Final[dict[Kind, int]] = {"select_k": 10, "for_against": 10, "grades": 20}
"""Projects on a ballot; of a satisfaction test there are as many as a county has sub-items."""


class Plan(NamedTuple):
    """What to rehearse; `url` is a running server over `database`, without it one is started."""

    exercise: Exercise
    archive: Path
    url: str | None = None
    database: str | None = None
    workers: int = 0
    """Processes of a server of our own; 0: one for each core."""


class Moment(NamedTuple):
    """Seconds that a moment took, and until the last waiting phone knew of it; None: none waited, or not all
    heard."""

    seconds: float
    reached_all: float | None


class Cast(NamedTuple):
    """The replies, the seconds to the last of them, and what the server used meanwhile."""

    replies: list[Reply]
    seconds: float
    used: Usage | None
    floor_ms: float


class Count(NamedTuple):
    """Seconds from closing to the counts, when the phones heard of closing and of the announcement, the
    archive, and whether the hall's figures are as they must be."""

    seconds: float
    closing: Moment
    announcing: Moment
    archive: bytes
    as_wished: bool


def rehearse(plan: Plan) -> Figures:
    """Run the whole of it. Raises ExerciseError, RulesError, SettingsError, ServerFailed, and what the
    cycle's moments refuse."""
    check_exercise(plan.exercise, MOST_CARDS)
    few = replace(plan.exercise, deputies=handful_for(plan.exercise.cards), waiting=0, paper=0, tie=False)
    with somewhere(plan.url, plan.database, plan.workers) as place, Progress() as progress:
        handful = convene(few, place, progress)
        _greet(place, handful)
        small = _warm_up(place, handful)
        hall = convene(plan.exercise, place, progress)
        amount = work(hall.election.questions)
        opening = _awaited(place, hall, "open", lambda: open_hall(place, hall))
        waited = _usage(place)
        cast = _cast(place, hall, amount, progress)
        count = _count(place, hall, _taken(hall, cast))
    put(plan.archive, count.archive)
    verified = verify(plan.archive, amount)
    return _figures(plan, hall, (opening, waited), cast, count, verified, small)


def _greet(place: Place, hall: Hall) -> None:
    """Refuse a server that has never heard of what has just been written into its database."""
    if not answers(place.settings.url, hall.page):
        raise SettingsError("--url 的服务用的不是 --database 给出的数据库。请核对两个参数。")


def _warm_up(place: Place, handful: Hall) -> Verification:
    """Cast by a handful, counted, verified."""
    open_hall(place, handful)
    burst(place.settings.url, handful.box, handful.ballots, lambda: None)
    with tempfile.TemporaryDirectory(prefix="piaojue-rehearsal-") as folder:
        archive = Path(folder, "handful.bel")
        archive.write_bytes(_count(place, handful, handful.choices).archive)
        return verify(archive, work(handful.election.questions))


def _awaited(place: Place, hall: Hall, phase: str, act: Callable[[], object]) -> Moment:
    """A moment that begins this phase, while the phones wait for it."""
    phones = hall.exercise.waiting
    if not phones:
        start = time.monotonic()
        act()
        return Moment(time.monotonic() - start, None)
    with waiting(place.settings.url, hall.page, phones, phase) as room:
        start = time.monotonic()
        act()
        seconds = time.monotonic() - start
        heard = room.all_heard(start)
    return Moment(seconds, heard.seconds if heard.phones == phones else None)


def _usage(place: Place) -> Usage | None:
    return usage(place.server) if place.server else None


def _cast(place: Place, hall: Hall, amount: Work, progress: Progress) -> Cast:
    task = progress.add_task("同时提交", total=len(hall.ballots))
    with paced(amount) as pace:
        before = _usage(place)
        start = time.perf_counter()
        replies = _send(place, hall, lambda: progress.advance(task))
        seconds = time.perf_counter() - start
        after = _usage(place)
    used = after._replace(cpu=after.cpu - before.cpu) if before and after else None
    return Cast(replies, seconds, used, pace.floor_ms)


def _send(place: Place, hall: Hall, done: Callable[[], None]) -> list[Reply]:
    """Through the hall's network; where it is to be cut, this happens after half of the answers."""
    url, outage = place.settings.url, hall.exercise.cut_network
    if not outage:
        return burst(url, hall.box, hall.ballots, done)
    with wire(urlsplit(url).port or 80) as network:
        answered, half = threading.Semaphore(0), max(1, len(hall.ballots) // 2)

        def interrupt() -> None:
            for _ in range(half):
                answered.acquire()
            network.cut()
            time.sleep(outage)
            network.mend()

        def heard() -> None:
            done()
            answered.release()

        interrupting = threading.Thread(target=interrupt, daemon=True)
        interrupting.start()
        replies = burst(network.url, hall.box, hall.ballots, heard, outage)
        interrupting.join()
    return replies


def _taken(hall: Hall, cast: Cast) -> list[list[list[int]]]:
    """The choices of those whose ballot was accepted."""
    return [one for one, reply in zip(hall.choices, cast.replies, strict=True) if reply.status == OK]


def _count(place: Place, hall: Hall, taken: list[list[list[int]]]) -> Count:
    store, stage = place.store, hall.stage
    closed = _awaited(
        place, hall, "closed", lambda: closing.close_round(store, stage.staff, stage.round_id, now())
    )
    if hall.papers:
        count_papers(place, hall)
    start = time.perf_counter()
    count_vote(store, stage, now(), secrets.token_bytes)
    seconds = closed.seconds + time.perf_counter() - start
    announced = _awaited(place, hall, "announced", lambda: announce(store, stage, now()))
    archive = publishing.archive(store, stage.staff, stage.round_id)
    return Count(seconds, closed, announced, archive, _as_wished(place, hall, [*taken, *hall.papers]))


def _as_wished(place: Place, hall: Hall, wishes: list[list[list[int]]]) -> bool:
    """Whether the announced figures are the sum of cards and papers; a tie leads on to the next round."""
    stage = hall.stage
    found = tally_report.figures(place.store, stage.staff, stage.round_id)
    figures = {name: getattr(found.counts, name) for name in ATTENDANCE}
    same = found.counts == counts_of_rows(hall.exercise.kind, _rows(plain_sum(wishes)), **figures)
    if not hall.exercise.tie or not isinstance(found.outcome, Outcome):
        return same and found.counts.returned == len(wishes)
    again = drafting.follow_up(place.store, stage.staff, stage.round_id, "runoff", now())
    return same and found.outcome.status == "tied" and again.state == "drafted"


ATTENDANCE: Final = ("body", "hands", "all_deputies", "present", "issued", "returned", "invalid")


def _rows(lists: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, lists))


def _figures(
    plan: Plan,
    hall: Hall,
    opened: tuple[Moment, Usage | None],
    cast: Cast,
    count: Count,
    verified: Verification,
    small: Verification,
) -> Figures:
    taken, cards = _taken(hall, cast), len(hall.ballots)
    expected = plain_sum(taken) if taken else []
    p50, p99 = latencies_ms(cast.replies)
    opening, waited = opened
    used = [one for one in (waited, cast.used) if one]
    cores = os.cpu_count() or 1
    return Figures(
        deputies=plan.exercise.deputies,
        seal_ms_per_ballot=hall.seal_ms,
        accepted=len(taken),
        refused=cards - len(taken),
        seconds=cast.seconds,
        ballots_per_s=len(taken) / cast.seconds,
        p50_ms=p50,
        p99_ms=p99,
        cpu_ms_per_ballot=cast.used and cast.used.cpu * 1000 / cards,
        libsodium_ms_per_ballot=cast.floor_ms,
        close_to_result_s=count.seconds,
        verify_s=verified.seconds,
        verify_cpu_ms_per_ballot=verify_ms_per_ballot(verified, small, cast.floor_ms),
        server_rss_mb=max((one.memory for one in used), default=0) / MEGABYTE or None,
        opening_reached_all_s=opening.reached_all,
        closing_reached_all_s=count.closing.reached_all,
        announcing_reached_all_s=count.announcing.reached_all,
        ideal_s=cards * cast.floor_ms / 1000 / min(plan.workers or cores, cores) if cast.used else None,
        paper_ballots=len(hall.papers),
        threshold=plan.exercise.threshold,
        trackers_found=_found(cast, plan.archive),
        archive=str(plan.archive),
        result_matches=verified.result == expected and count.as_wished,
    )


def _found(cast: Cast, archive: Path) -> int:
    """How many deputies find their 回执号 in the record."""
    written = trackers_in(archive)
    receipts = (msgspec.json.decode(one.body, type=Receipt) for one in cast.replies if one.status == OK)
    return sum(receipt.tracker in written for receipt in receipts)
