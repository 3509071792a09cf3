"""The ledger at a county's size: every list, search and filter, similar ones, figures, a form, the workbook.

    python -m tests.benchmarks.bench_suggestions [SUGGESTIONS] [DATABASE-URL …]

Times of requests at the server, template included, without a network; p50 and p95 in milliseconds of wall
clock, and the median of this process's CPU. Goals at 100,000 suggestions, 20,000 with photos: p95 ≤ 200 ms
for any list, search, filter and similar ones; ≤ 300 ms for a form; the workbook ≤ 15 s, whatever its length
in a bounded memory. Without addresses: a SQLite file and a PostgreSQL server of its own.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from litestar.testing import TestClient
from msgspec import Struct

from ballots.encoding import sha256_hex
from tests import parts, pictures
from tests.benchmarks.county_of import build, new_id
from tests.postgres import create_database, temporary_server
from tests.web.house import an_account
from voting import exporting
from voting.accounts import logins
from voting.actors import PUBLIC, Actor
from voting.collecting import gate
from voting.collecting.entry import Entry
from voting.collecting.recording import Origin, record
from voting.ledger import Day, Filters
from voting.signing import Signer
from voting.store import Store
from web.access import COOKIE, home
from web.app import create_app
from web.pages.collecting.public_form import COOKIE as DEVICE
from web.settings import Settings

NOW: Final = datetime(2027, 8, 20, 2, 0, tzinfo=UTC)
TIMES: Final = 20
PHOTOS: Final = {
    "as the page sends": (1600, 1200),
    "as 12 megapixels": (4000, 3000),
}


class Measured(Struct, frozen=True):
    """Milliseconds; `note` is what was found."""

    name: str
    p50: float
    p95: float
    cpu: float
    note: str

    def __str__(self) -> str:
        return f"{self.name:34} p50 {self.p50:7.1f}  p95 {self.p95:7.1f}  CPU {self.cpu:7.1f}  {self.note}"


def measured(name: str, work: Callable[[int], object], times: int) -> Measured:
    """The first run is not counted: it fills caches, as any server's have been for hours."""
    note = str(work(0))
    walls, cpus = [], []
    for n in range(1, times + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        work(n)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    walls.sort()
    p95 = walls[min(len(walls) - 1, round(0.95 * len(walls)))]
    return Measured(name, statistics.median(walls), p95, statistics.median(cpus), note)


def addresses(store: Store, clerk: Actor) -> dict[str, str]:
    """name of a case → address below the clerk's pages."""
    with store.read() as tx:
        names = tx.ledger.names(clerk)
    village, unit, category = (next(iter(some)) for some in (names.villages, names.units, names.categories))
    village_word = names.villages[village][:-1]
    return {
        "first page": "/ledger",
        "deep page": "/ledger?after=2024-5000",
        "sorted by term": "/ledger?order=due",
        "oldest first": "/ledger?order=oldest",
        "year": "/ledger?year=2026",
        "kind": "/ledger?kind=clue",
        "source": "/ledger?source=cppcc",
        "state": "/ledger?state=assigned",
        "route": "/ledger?route=candidate",
        "category": f"/ledger?category={category}",
        "village": f"/ledger?village={village}",
        "town": f"/ledger?town={names.towns[village]}",
        "unit": f"/ledger?unit={unit}",
        "red light": "/ledger?light=red",
        "green light": "/ledger?light=green",
        "merged": "/ledger?merged=yes",
        "with photos": "/ledger?photos=yes",
        "received within a month": "/ledger?since=2025-03-01&until=2025-03-31",
        "raised every year": "/ledger?yearly=yes",
        "search: a common word": "/ledger?text=路灯",
        "search: a rare word": f"/ledger?text={village_word}",
        "search: two words": "/ledger?text=路灯 老人",
        "search: one character": "/ledger?text=桥",
        "search: nothing to find": "/ledger?text=航天飞机",
        "search: a number": "/ledger?text=2026-00042",
        "search and three filters": f"/ledger?text=老人&village={village}&photos=yes&year=2026",
        "figures of a year": "/figures?until=2027-08-20",
        "figures of all years": "/figures?until=2027-08-20&year=all",
        "figures up to a month ago": "/figures?until=2027-07-20",
        "figures up to last year": "/figures?until=2026-08-20&year=2026",
        "figures of all years to last year": "/figures?until=2026-08-20&year=all",
    }


def measure(url: str, clerk: Actor, folder: Path, times: int = TIMES) -> Iterator[Measured]:
    """Every case over the database at `url`; and then the workbook, in a process of its own."""
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(url))
        client = stack.enter_context(_client(store, clerk, folder))
        base = home(clerk)
        for name, address in addresses(store, clerk).items():
            yield measured(name, partial(_get, client, base + address), times)
        ids = some(store, clerk, times + 1)
        yield measured("similar ones", lambda n: similar(store, clerk, ids[n % len(ids)]), times)
        yield measured("a form", lambda n: enter(store, clerk, f"{url}|{n}|{time.time_ns()}"), times)
        for name, (width, height) in PHOTOS.items():
            sending = _sending(client, store, clerk, pictures.phone(width, height))
            yield measured(f"a form, six photos {name}", sending, times)
    yield workbook(url, clerk, folder)


def workbook(url: str, clerk: Actor, folder: Path) -> Measured:
    """All lines as .xlsx in a new process: seconds as milliseconds, and its greatest memory."""
    file = folder / "ledger.xlsx"
    before = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.bench_suggestions", "workbook", url, str(file)]
    done = subprocess.run([*command, clerk.congress], check=True, stdout=subprocess.PIPE, text=True)
    wall = (time.perf_counter() - before) * 1000
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    note = f"{file.stat().st_size / 1e6:.1f} MB, at most {done.stdout.strip()} of memory"
    return Measured("the workbook, with start-up", wall, wall, (used.ru_utime + used.ru_stime) * 1000, note)


def write_all(url: str, file: Path, congress: str) -> None:
    """What `piaojue` does for an export, up to the finished file; says how much memory it had at the most."""
    clerk = Actor(role="staff", congress=congress, name="刘科长", link=new_id("clerk"))
    with Store.open(url) as store:
        lines = exporting.tables(store, clerk, Filters(), NOW)
        exporting.write_workbook(file, lines, lambda _: True)
    # Not what getrusage says: that begins with the memory of whoever started this process.
    for most in re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()):
        print(f"{int(most) / 1024:.0f} MB")


@contextmanager
def databases(folder: Path) -> Iterator[tuple[str, ...]]:
    """A SQLite file, and a database on a PostgreSQL server that ends with the block."""
    with temporary_server(parts.need("postgres")) as server:
        yield f"sqlite:///{folder / 'county.db'}", create_database(server, "county")


def main(number: int = 100_000, *urls: str, times: int = TIMES) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for url in urls or stack.enter_context(databases(folder)):
            Store.migrate(url)
            clerk = build(url, number)
            print(f"{number:,} suggestions on {url.split(':')[0]}", flush=True)
            for one in measure(url, clerk, folder, times):
                print(one, flush=True)


@contextmanager
def _client(store: Store, clerk: Actor, folder: Path) -> Iterator[TestClient[Any]]:
    """The clerk's browser in front of the whole service."""
    account, membership = an_account(clerk)
    with store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        _, token = logins.start(tx, account.id, "", "strong", now=NOW, random=os.urandom)
    settings = Settings()
    signer = Signer.create(folder / sha256_hex(token.encode())[:8], os.urandom)
    app = create_app(settings, store, signer, now=lambda: NOW, random=os.urandom)
    gc.freeze()  # as a worker does
    with TestClient(app, base_url=settings.url) as client:
        client.cookies.set(COOKIE, token, path=home(clerk))
        yield client


def _sending(client: TestClient[Any], store: Store, clerk: Actor, photo: bytes) -> Callable[[int], str]:
    """The whole form over HTTP, from another device each time; what is sent is put together beforehand."""
    house = client.app.state.house
    with store.read() as tx:
        category = tx.categories.current(clerk.congress)[0].id
    part = 'Content-Disposition: form-data; name="{}"'
    picture = part.format("photos") + '; filename="1.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    tail = (b"--x\r\n" + picture.encode() + photo + b"\r\n") * 6 + b"--x--\r\n"
    words = {"matter": "suggestion", "title": "桥头没有路灯", "text": "希望装几盏灯。", "consent": "yes"}

    def send(_: int) -> str:
        mark = gate.new_mark(os.urandom)
        secret = house.signer.derived(gate.PURPOSE)
        slip = gate.give_slip(secret, clerk.congress, mark, NOW - timedelta(minutes=1), os.urandom)
        fields = {**words, "category": category, "slip": slip}
        typed = "".join(f"--x\r\n{part.format(k)}\r\n\r\n{v}\r\n" for k, v in fields.items())
        headers = {"content-type": "multipart/form-data; boundary=x", "cookie": f"{DEVICE}={mark}"}
        address = f"/t/{clerk.congress}/new"
        answer = client.post(address, content=typed.encode() + tail, headers=headers, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return f"{len(photo) / 1e6:.1f} MB each"

    return send


def _get(client: TestClient[Any], address: str, _: int) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    found = answer.text.partition("<h2>")[2].partition("</h2>")[0]
    return " ".join(found.split())


def some(store: Store, clerk: Actor, most: int) -> list[str]:
    with store.read() as tx:
        hits = tx.ledger.hits(clerk, Filters(), Day(NOW.date(), 5))
        return list(tx.ledger.ids(hits, Filters(), most))


def similar(store: Store, clerk: Actor, suggestion: str) -> str:
    with store.read() as tx:
        return f"{len(tx.words.similar(clerk, tx.suggestions.get(clerk, suggestion)))} found"


def enter(store: Store, clerk: Actor, key: str) -> str:
    """What a form does once it is past the gate: number, row, words, log."""
    entry = Entry(title="关于桥头路灯的建议", text="桥头一带晚上没有路灯，老人不敢出门。希望安装太阳能路灯。")
    origin = Origin(
        congress=clerk.congress,
        form_key=sha256_hex(key.encode()),
        code=key,
        source="public",
        channel="online",
        state="received",
        received_at=NOW,
    )
    with store.write() as tx:
        tx.inbox.lock_numbers(clerk.congress)
        return record(tx, PUBLIC, entry, origin, NOW).label


if __name__ == "__main__":
    if sys.argv[1:2] == ["workbook"]:
        write_all(sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000, *sys.argv[2:])
