"""Fixtures for every room: both databases, pages in a real Chromium, belenios-tool; and the last lines."""

import gc
import os
import shutil
import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import uuid4

import hypothesis
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import make_url

from tests import audited, parts
from tests.belenios_tool import BeleniosTool
from tests.county import County
from tests.nursery import Nursery
from tests.postgres import create_database, drop_database, empty_database, temporary_server
from tests.screens import Visitors, Watch, chromium, hidden_event_loop
from tests.stores import opened
from voting.store import Store

# No test may fail because the machine is slow.
hypothesis.settings.register_profile("piaojue", deadline=None)
hypothesis.settings.load_profile("piaojue")

_MARKERS: Final = {"browser": "chromium", "postgres_url": "postgres", "belenios_tool": "belenios"}
_tests_by_part: Final[defaultdict[str, set[str]]] = defaultdict(set)


def pytest_configure() -> None:
    """A shell's background jobs ignore Ctrl+C, and so would every program that a test starts in one."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark tests by what they need, so that `-m "not chromium"` works without anyone remembering to mark."""
    for fixture in getattr(item, "fixturenames", ()):
        if fixture in _MARKERS:
            item.add_marker(_MARKERS[fixture])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole votes go first: at the end the other workers would wait for one that begins late."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What is imported stays; looking through it for garbage costs more than many a test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test without pages may run an event loop of its own, whichever tests came before it."""
    if "browser" in getattr(item, "fixturenames", ()):
        yield
        return
    with hidden_event_loop():
        yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which tests did not run for want of a part."""
    part = parts.missing_part(report)
    if part is not None:
        _tests_by_part[part].add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Say it in the very last lines, below pytest's own (only once: not in the workers of xdist)."""
    if not hasattr(config, "workerinput"):
        for line in parts.closing_lines(_tests_by_part):
            config.get_terminal_writer().line(line)


@pytest.fixture(scope="session", autouse=True)
def _every_round_that_is_left_behind_is_verified() -> Iterator[None]:
    with audited.at_every_close():
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied and never opened."""
    from voting.store import Store

    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    Store.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def sqlite_files() -> list[Path]:
    """Where nobody's SQLite database lies just now: at the same place it is read by the same store."""
    return []


@pytest.fixture
def sqlite_url(
    sqlite_template: Path, sqlite_files: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of a migrated SQLite database without a row, this test's own while it runs."""
    file = sqlite_files.pop() if sqlite_files else tmp_path_factory.mktemp("database") / "piaojue.db"
    shutil.copy(sqlite_template, file)
    yield f"sqlite:///{file}"
    for one in file.parent.iterdir():
        one.unlink()
    sqlite_files.append(file)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server: TEST_DATABASE_URL (may create databases), or this worker's own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with temporary_server(parts.need("postgres")) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database on that server, to be copied and never opened."""
    from voting.store import Store

    name = f"piaojue_template_{uuid4().hex}"
    Store.migrate(create_database(postgres_server, name))
    yield name
    drop_database(postgres_server, name)


@pytest.fixture(scope="session")
def emptied_databases(postgres_server: str) -> Iterator[list[str]]:
    """Names of migrated databases that nobody uses: emptying one costs a tenth of making one."""
    names: list[str] = []
    yield names
    for name in names:
        drop_database(postgres_server, name)


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str, emptied_databases: list[str]) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database without a row, this test's own while it runs."""
    from voting.store.migrations import HEAD
    from voting.store.tables import metadata

    if emptied_databases:
        name = emptied_databases.pop()
        url = make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    else:
        name = f"piaojue_{uuid4().hex}"
        url = create_database(postgres_server, name, postgres_template)
    yield url
    tables = [table.name for table in reversed(metadata.sorted_tables)]
    if empty_database(url, tables, HEAD):
        emptied_databases.append(name)
    else:
        drop_database(postgres_server, name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of this test's own migrated database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An open store, on SQLite and on PostgreSQL."""
    with opened(database_url) as ready:
        yield ready


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where servers of this worker come from that need not begin with their imports."""
    with Nursery() as ready:
        yield ready


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """This worker's Chromium."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test that opened pages when one of them logged an error or called another host."""
    watching = Watch()
    yield watching
    assert watching.complaints() == []


@pytest.fixture
def visitors(browser: Browser, watch: Watch) -> Iterator[Visitors]:
    """Opens any number of pages: `visitors.phone()`, `visitors.desk()`, `visitors.screen()`."""
    people = Visitors(browser, watch)
    yield people
    people.leave()


@pytest.fixture
def phone(visitors: Visitors) -> Page:
    """A deputy's phone, 390 x 844."""
    return visitors.phone()


@pytest.fixture
def desk(visitors: Visitors) -> Page:
    """A computer, 1280 x 800."""
    return visitors.desk()


@pytest.fixture
def screen(visitors: Visitors) -> Page:
    """The screen of the hall, 1920 x 1080."""
    return visitors.screen()


@pytest.fixture(scope="session")
def belenios_tool() -> BeleniosTool:
    """The independent program that must accept every archive we make."""
    return BeleniosTool(parts.need("belenios-tool"))


@pytest.fixture
def county(store: Store) -> County:
    """A county and one of its towns at work, on SQLite and on PostgreSQL."""
    return County(store)


@pytest.fixture(scope="session")
def accepted_by_the_peer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all workers: the digests of the archives and ballots that belenios-tool has accepted."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "accepted"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(autouse=True)
def _the_peer_accepts_it_too(accepted_by_the_peer: Path) -> Iterator[None]:
    """What our verifier accepted in a test goes through belenios-tool: the archive, and each ballot of it."""
    yield
    archives = audited.taken()
    if archives:
        tool = BeleniosTool(parts.need("belenios-tool"))
        for archive in archives:
            tool.accept(archive, accepted_by_the_peer)
