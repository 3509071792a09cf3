"""Recounting the box on the real page of a scrutineer: from the archive's last byte until 封箱码 is shown.

    python -m tests.benchmarks.bench_recount [BALLOTS] [--threads 0 1 2 …] [--slower TIMES]

Milliseconds on the clock per ballot, for ten candidates 差额, ten 等额 and twenty projects rated, by the
number of threads; 0 is a browser that gives the page none. `--slower` holds the page back so many times and
not its threads, which Chromium cannot slow down: it says something about 0 only.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import expect

from ballots.sealing import seal
from tests.benchmarks.load import line
from tests.papers import way
from tests.screens import Visitors, Watch, chromium
from tests.web.hall_fixture import OpenHall, Service
from tests.web.scrutineer import Desk, box_of
from voting import drafting
from voting.grading import Grading
from voting.rounds import Candidate, Round
from voting.rules import RoundRules, Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.server import free_port, serving
from web.settings import Settings

HEADINGS: Final = ("ballot", "ballots", "threads", "slower", "seconds", "ms a ballot")
KINDS: Final[dict[str, RoundRules]] = {
    "select_k, 10": Rules(ballot="select_k", candidates=10, places=5, publish="list"),
    "for_against, 10": Rules(ballot="for_against", candidates=10, places=10, publish="list"),
    "grades, 20": Grading(projects=20, half="more_than", publish="list"),
}
_CORES: Final = "Object.defineProperty(navigator, 'hardwareConcurrency', { value: %d });"
_NO_THREADS: Final = "delete window.Worker;"
_REMEMBER: Final = """
  new MutationObserver(() => {
    if (document.querySelector('[data-stage=compare]') !== null) window.compared ??= performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
"""
_SECONDS: Final = """
  (window.compared - performance.getEntriesByType('resource').find(
    (one) => one.name.endsWith('/ballots.bel')).responseEnd) / 1000
"""


class LongHall(OpenHall):
    """As many projects as the rules say."""

    def draft(self, title: str) -> Round:
        candidates = [Candidate(number=n, title=f"演练项目{n}") for n in range(1, self.size + 1)]
        return drafting.create_round(
            self.store, self.staff, self.session.id, title, self.rules, candidates, self.now()
        )


@contextmanager
def service() -> Iterator[tuple[Service, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        key, port = Path(folder, "signing.key"), free_port()
        database, url = f"sqlite:///{folder}/piaojue.db", f"http://127.0.0.1:{port}"
        Store.migrate(database)
        signer = Signer.create(key, os.urandom)
        settings = Settings(url=url, port=port, workers=1, database=database, signing_key=str(key))
        with serving(settings), Store.open(database) as store:
            yield Service(url, store, signer), Path(folder)


def sealed(hall: OpenHall) -> list[bytes]:
    """A ballot for every card."""
    election = hall.election()
    return [
        seal(election, card, [way(question, number) for question in election.questions], os.urandom)
        for number, card in enumerate(hall.cards.credentials)
    ]


def seconds(visitors: Visitors, hall: OpenHall, ballots: list[bytes], threads: int, slower: float) -> float:
    """On the clock, in a browser that believes it has so many cores."""
    desk = Desk(visitors.phone(), hall)
    archive, facts = box_of(hall, ballots)
    desk.given(archive)
    desk.told(**facts)
    desk.page.add_init_script(_REMEMBER + (_CORES % threads if threads else _NO_THREADS))
    desk.page.context.new_cdp_session(desk.page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    desk.enter_with_code()
    stage = desk.page.locator("[data-stage=compare]")
    expect(stage).to_be_visible(timeout=60_000 + 1_000 * len(ballots) * slower)
    found: float = desk.page.evaluate(_SECONDS)
    desk.page.close()
    return found


def measure(
    visitors: Visitors,
    where: tuple[Service, Path],
    kinds: Sequence[str],
    ballots: int,
    threads: Sequence[int],
    slower: float = 1,
) -> Iterator[tuple[str, ...]]:
    """The rows of the table."""
    for kind in kinds:
        hall = LongHall(*where, KINDS[kind], deputies=ballots)
        hall.reach("reconciled")
        box = sealed(hall)
        for number in threads:
            took = seconds(visitors, hall, box, number, slower)
            per_ballot = f"{took * 1000 / ballots:.1f}"
            yield kind, str(ballots), str(number), f"{slower:g} ×", f"{took:.1f}", per_ballot


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("ballots", nargs="?", type=int, default=500)
    asked.add_argument("--threads", nargs="+", type=int, default=[0, 1, 2])
    asked.add_argument("--slower", type=float, default=1)
    given = asked.parse_args()
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n")
    with chromium() as browser, service() as where:
        visitors = Visitors(browser, Watch())
        for row in measure(visitors, where, tuple(KINDS), given.ballots, given.threads, given.slower):
            print(line(row), flush=True)
        visitors.leave()


if __name__ == "__main__":
    main()
