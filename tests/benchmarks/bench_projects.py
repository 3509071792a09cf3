"""Public pages of projects: 30 congresses × 10 years × 20 projects × 12 reports, each with a photo.

    python -m tests.benchmarks.bench_projects [CONGRESSES] [DATABASE-URL …]

First every public page at the server, template included, without a network: made anew each time, as after a
change (`new`), and as it is sent while nothing changes (`kept`); p50 and p95 in milliseconds of wall clock,
and the median of the CPU. Goal: p95 ≤ 100 ms. Then the requests a second of the result page and of project
pages, beside those of an empty handler in the same program, taken in turns: goal ≥ 70 %. At last what the
database grows by for each congress and year, and what a photo needs. Without addresses: a SQLite file and a
PostgreSQL server of its own.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from litestar.testing import TestClient
from msgspec import Struct
from sqlalchemy import create_engine, make_url, text

from tests import pictures
from tests.benchmarks.bench_suggestions import Measured, databases, measured
from tests.benchmarks.county_of import new_id
from tests.benchmarks.projects_of import Size, build
from tests.benchmarks.throughput import shares
from voting.actors import PUBLIC
from voting.photos import prepare
from voting.signing import Signer
from voting.store import Store
from web.app import create_app
from web.installation import house_of
from web.settings import Settings

TIMES: Final = 40
GOAL_MS: Final = 100.0


class Growth(Struct, frozen=True):
    """Bytes: of the whole database without photos, and of each report's photo as phones make them."""

    database: int
    photos: int
    congress_years: int
    photo: int

    def __str__(self) -> str:
        each = (self.database - self.photos) / self.congress_years
        return (
            f"database: {each / 1e6:.2f} MB for each congress and year, photos not counted; "
            f"a photo: {self.photo / 1e3:.0f} KB (with its small one), "
            f"240 reports with one each: {240 * self.photo / 1e6:.0f} MB for each congress and year"
        )


def addresses(store: Store, congress: str, size: Size) -> dict[str, str]:
    """name of a page → its address, in the newest year."""
    here, year = f"/t/{congress}", size.last_year
    with store.read() as tx:
        projects = tx.projects.of_year(PUBLIC, congress, year)
        photo = tx.project_files.pictures(PUBLIC, projects[0])[0].id
    unit = projects[0].lead_unit
    return {
        "overview": f"{here}/projects",
        "overview, an earlier year": f"{here}/projects?year={size.first_year}",
        "overview by unit": f"{here}/projects?year={year}&unit={unit}",
        "overview by light": f"{here}/projects?year={year}&light=green",
        "project page": f"{here}/projects/{projects[0].id}",
        "project page, rated": f"{here}/projects/{new_id(f'{congress}|{size.first_year}|1')}",
        "wall": f"{here}/projects/wall",
        "feed": f"{here}/projects/feed.xml",
        "table, .csv": f"{here}/projects.csv",
        "table, .json": f"{here}/projects.json",
        "photo": f"{here}/projects/photos/{photo}",
        "photo, small": f"{here}/projects/photos/{photo}?small=1",
        "opinion form": f"{here}/projects/{projects[0].id}/opinion",
        "congress home": here,
        "published results": "/",
    }


def measure(
    url: str, congresses: list[str], size: Size, folder: Path, times: int = TIMES
) -> Iterator[Measured]:
    """Every page, of another congress each time, made anew and kept."""
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(url))
        client = stack.enter_context(_client(store, folder, size))
        of = [addresses(store, one, size) for one in congresses]
        for name in of[0]:
            asked = [one[name] for one in of]
            yield measured(f"{name}, new", partial(_anew, client, asked), times)
            yield measured(f"{name}, kept", partial(_get, client, asked[:1]), times)


def growth(url: str, size: Size) -> Growth:
    """Of the filled database."""
    engine = create_engine(make_url(url))
    with engine.connect() as connection:
        photos = connection.execute(text("select sum(length(small) + length(body)) from picture")).scalar()
        sqlite = engine.dialect.name == "sqlite"
        asked = (
            "select page_count * page_size from pragma_page_count(), pragma_page_size()"
            if sqlite
            else "select pg_database_size(current_database())"
        )
        whole = connection.execute(text(asked)).scalar()
    engine.dispose()
    real = prepare(pictures.noise(1600, 1200))
    return Growth(
        int(whole or 0), int(photos or 0), size.congresses * size.years, len(real.small) + len(real.body)
    )


def main(congresses: int = 30, *urls: str, times: int = TIMES) -> None:
    size = Size(congresses=congresses)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for url in urls or stack.enter_context(databases(folder)):
            Store.migrate(url)
            made = build(url, size)
            print(f"{congresses} congresses × {size.years} years on {url.split(':')[0]}", flush=True)
            slow = []
            for one in measure(url, made, size, folder, times):
                print(one, flush=True)
                slow += [one.name] if one.p95 > GOAL_MS else []
            print(f"above {GOAL_MS:.0f} ms: {', '.join(slow) or 'none'}", flush=True)
            for share in shares(url, addresses_of_shares(url, made, size), folder):
                print(share, flush=True)
            print(growth(url, size), flush=True)


def addresses_of_shares(url: str, congresses: list[str], size: Size) -> dict[str, list[str]]:
    """name of a page → the addresses asked in turn. Every project of the newest year: all pages are kept."""
    with Store.open(url) as store, store.read() as tx:
        projects = [
            f"/t/{congress}/projects/{one.id}"
            for congress in congresses
            for one in tx.projects.of_year(PUBLIC, congress, size.last_year)
        ]
    return {
        "result page": [f"/r/{new_id(f'{one}|round{size.first_year}')}" for one in congresses],
        "project page": projects,
        "one project page": projects[:1],
    }


@contextmanager
def _client(store: Store, folder: Path, size: Size) -> Iterator[TestClient[Any]]:
    """A visitor in front of the whole service, in December of the last year."""
    settings = Settings()
    signer = Signer.create(folder / f"{os.urandom(4).hex()}.key", os.urandom)
    now = datetime(size.last_year, 12, 20, 2, 0, tzinfo=UTC)
    app = create_app(settings, store, signer, now=lambda: now, random=os.urandom)
    gc.freeze()  # as a worker does
    with TestClient(app, base_url=settings.url) as client:
        yield client


def _anew(client: TestClient[Any], asked: list[str], n: int) -> str:
    """As after a change: nothing is kept."""
    house_of(client.app).kept_pages.forget()
    return _get(client, asked, n)


def _get(client: TestClient[Any], asked: list[str], n: int) -> str:
    address = asked[n % len(asked)]
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return f"{len(answer.content) / 1000:.1f} KB"


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 30, *sys.argv[2:])
