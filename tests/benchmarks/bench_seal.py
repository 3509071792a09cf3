"""Sealing ten candidates on the real ballot page, in a Chromium four times as slow as this machine.

    python -m tests.benchmarks.bench_seal [TIMES]

From the touch on 提交 until the ballot is sent. Goal: ≤ 1.5 s.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from tests.screens import Visitors, Watch, chromium
from tests.web.deputy import Deputy
from voting.demo.stage import build, open_vote
from voting.rounds import Candidate
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.server import free_port, serving
from web.settings import Settings

TEN: Final = Rules(ballot="select_k", candidates=10, places=5, publish="list")
SLOWER: Final = 4
_REMEMBER_TOUCH: Final = (
    "addEventListener('click', () => { window.touched = performance.timeOrigin + performance.now() }, true)"
)


@contextmanager
def open_round(cards: int) -> Iterator[list[str]]:
    """What the cards of an open round of ten candidates say."""
    with tempfile.TemporaryDirectory() as folder:
        key, port = Path(folder, "signing.key"), free_port()
        database, url = f"sqlite:///{folder}/piaojue.db", f"http://127.0.0.1:{port}"
        Store.migrate(database)
        signer, now = Signer.create(key, os.urandom), datetime.now(UTC)
        settings = Settings(url=url, port=port, workers=1, database=database, signing_key=str(key))
        candidates = [Candidate(number=n, title=f"演练项目{n}") for n in range(1, TEN.candidates + 1)]
        with serving(settings), Store.open(database) as store:
            stage = build(store, TEN, candidates, cards, cards, now, os.urandom)
            open_vote(store, stage, signer, cards, now, os.urandom)
            yield [f"{url}/v/{stage.session.code}#{card}" for card in stage.cards]


def seal_ms(visitors: Visitors, address: str) -> float:
    """One deputy marks five of ten; milliseconds from the touch on 提交 to the request."""
    page = visitors.phone()
    deputy = Deputy(page)
    deputy.scan(address)
    deputy.sees("voting")
    deputy.choose(1, 3, 5, 7, 9)
    deputy.read_back()
    page.evaluate(_REMEMBER_TOUCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    with page.expect_request(lambda request: request.method == "POST") as sent:
        deputy.submit()
    deputy.receipt()
    touched: float = page.evaluate("window.touched")
    started: float = sent.value.timing["startTime"]
    return started - touched


def measure(browser: Browser, times: int) -> list[float]:
    visitors = Visitors(browser, Watch())
    try:
        with open_round(times) as addresses:
            return [seal_ms(visitors, address) for address in addresses]
    finally:
        visitors.leave()


def main(times: int = 5) -> None:
    with chromium() as browser:
        median = statistics.median(measure(browser, times))
    print(f"sealing 10 candidates, CPU {SLOWER} × slower: {median:.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
