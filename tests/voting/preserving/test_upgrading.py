"""Promises of `piaojue migrate`: a database of every schema that stood on main comes to the present one with
all that it held, what was counted still verifies, what had begun goes on, and nothing is ever half done."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine, text

from ballots.ballot import tracker_of
from tests.audited import verified
from tests.released import on_postgres, shelf
from tests.released.going_on import NEXT_DAY, hall_of
from tests.released.shelf import NEVER_ALONE, RELEASED, Released
from tests.web.house import _pages
from tests.web.visitor import Visitor
from voting import audit, links, publishing
from voting.actors import Actor, system
from voting.preserving.backing_up import back_up
from voting.preserving.before_upgrading import BackUpFirst, keep_copy
from voting.preserving.locked_file import new_key
from voting.store import NewerDatabase, NotMigrated, Store
from voting.store.copying import rows
from voting.store.engine import parse_url
from voting.store.lineage import TornDatabase
from voting.store.migrations import HEAD, REVISIONS
from web.app import settle
from web.settings import Settings

OLDEST: Final = "0001"
ON_POSTGRESQL: Final = ("0005-unused", "0014")
"""Between them they take every step there is, and have a row in most tables."""
SHOWN: Final = frozenset({"sealed", "open", "published"})


@pytest.fixture(params=[pytest.param(name, id=name) for name in RELEASED])
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Released:
    return shelf.take(request.param, tmp_path)


@pytest.fixture
def old(tmp_path: Path) -> Released:
    return shelf.take(OLDEST, tmp_path)


def outline(url: str) -> object:
    """Every table, column, index and constraint."""
    engine = create_engine(parse_url(url))
    lite = "SELECT name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'sqlite_%' ORDER BY name"
    columns = """SELECT table_name, column_name, data_type, is_nullable, column_default,
        character_maximum_length FROM information_schema.columns WHERE table_schema = 'public'
        ORDER BY 1, 2"""
    constraints = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"""
    indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    asked = (lite,) if url.startswith("sqlite") else (columns, constraints, indexes)
    with engine.connect() as connection:
        found = [[tuple(row) for row in connection.execute(text(one))] for one in asked]
    engine.dispose()
    return found


def nothing_lost(before: dict[str, int], url: str) -> None:
    after = rows(url)
    kept = {table: after.get(table, 0) for table, number in before.items() if number}
    assert kept == {table: number for table, number in before.items() if number}


def chains_hold(store: Store) -> None:
    with store.read() as tx:
        congresses = tx.sessions.congresses()
    assert all(audit.check(store, system(one.id)).whole for one in congresses)


def counted_rounds_verify(store: Store, released: Released) -> None:
    """With what an office shows once it is announced; the peer's turn is after the test."""
    with store.read() as tx:
        congresses = tx.sessions.congresses()
    seen = 0
    for one in congresses:
        staff = Actor(role="staff", congress=one.id, name="刘科长")
        with store.read() as tx:
            held = tx.rounds.listing(staff)
        for found in held:
            if found.state in {"announced", "published"}:
                record = publishing.round_json(store, staff, found.id, released.signer)
                verified(publishing.archive(store, staff, found.id), record)
                seen += 1
    assert seen >= 2


def open_rounds_go_on(store: Store, released: Released) -> None:
    """A deputy who voted under the earlier program is counted beside one who votes under this one."""
    (known,) = [one for one in released.halls if one.state == "open"]
    hall = hall_of(known, store, released.signer)
    later = hall.ballot(4, 3)
    hall.hand_in(later)
    hall.reach("announced")
    archive = publishing.archive(store, hall.staff, hall.round.id)
    assert verified(archive, trackers=[tracker_of(later)]).ballots == 5


def counted_ones_are_announced(store: Store, released: Released) -> None:
    (known,) = [one for one in released.halls if one.state == "counted"]
    hall = hall_of(known, store, released.signer)
    assert hall.reach("announced").state == "announced"


def pages_open(store: Store, released: Released, stack: ExitStack) -> None:
    """Those of the public, and for the office those of rounds before, in and after the vote."""
    app = _pages(stack)
    settle(app, Settings(), store, released.signer, now=lambda: NEXT_DAY, random=os.urandom)
    client = stack.enter_context(Visitor(app, Settings().url, follow_redirects=True))
    for known in [one for one in released.halls if one.state in SHOWN]:
        staff = Actor(role="staff", congress=known.congress, name="刘科长")
        expires = NEXT_DAY + timedelta(days=1)
        token = links.issue(store, staff, "staff", "刘科长", expires, now=NEXT_DAY, random=os.urandom)
        home = client.get(f"/enter/{token}")
        assert home.status_code == 200
        assert client.get(f"{home.url.path.removesuffix('/today')}/rounds/{known.round}").status_code == 200
        shown = client.get(f"/r/{known.round}").status_code
        assert shown == (200 if known.state == "published" else 404), known.state
    assert client.get("/").status_code == 200


def test_a_revision_that_another_has_followed_is_on_the_shelf_unless_it_never_stood_alone() -> None:
    """Whoever adds a revision puts the one before it there: `python -m tests.released`."""
    assert sorted(NEVER_ALONE | {name[:4] for name in RELEASED}) == [*REVISIONS[:-1]]


def test_every_released_database_comes_to_this_program_whole(
    released: Released, sqlite_template: Path
) -> None:
    before = shelf.rows(released.file)
    Store.migrate(released.url)
    assert outline(released.url) == outline(f"sqlite:///{sqlite_template}")
    nothing_lost(before, released.url)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(released.url))
        pages_open(store, released, stack)
        counted_rounds_verify(store, released)
        chains_hold(store)


@pytest.mark.parametrize("name", ON_POSTGRESQL)
def test_a_released_database_does_so_on_postgresql_and_votes_go_on(
    name: str, tmp_path: Path, bare_postgres_url: str, postgres_url: str
) -> None:
    released = shelf.take(name, tmp_path)
    on_postgres.move(released.file, name, bare_postgres_url)
    before = shelf.rows(released.file)
    Store.migrate(bare_postgres_url)
    assert outline(bare_postgres_url) == outline(postgres_url)
    nothing_lost(before, bare_postgres_url)
    with Store.open(bare_postgres_url) as store:
        open_rounds_go_on(store, released)
        counted_ones_are_announced(store, released)
        chains_hold(store)


KILLED: Final = """
import os, signal, sys
from sqlalchemy import Engine, event
from voting.store import Store

@event.listens_for(Engine, "before_cursor_execute")
def _(connection, cursor, statement, *_):
    if statement.lstrip().startswith("CREATE TABLE project "):
        os.kill(os.getpid(), signal.SIGKILL)

Store.migrate(sys.argv[1])
"""
"""In the middle: by then half of the tables are made."""


def kill_in_the_middle(url: str) -> None:
    ended = subprocess.run([sys.executable, "-c", KILLED, url], check=False)
    assert ended.returncode == -signal.SIGKILL


def test_killed_in_the_middle_it_has_done_nothing_and_can_be_run_again(
    old: Released, bare_postgres_url: str
) -> None:
    on_postgres.move(old.file, OLDEST, bare_postgres_url)
    for url in (old.url, bare_postgres_url):
        before = outline(url)
        kill_in_the_middle(url)
        assert (Store.revision(url), outline(url)) == (OLDEST, before)
        Store.migrate(url)
        assert Store.revision(url) == HEAD


def altered(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for one in statements:
            connection.execute(one)


def test_a_database_of_a_later_program_stays_as_it_is(old: Released) -> None:
    altered(old.file, "UPDATE alembic_version SET version_num = '9999'")
    before = outline(old.url), shelf.rows(old.file)
    with pytest.raises(NewerDatabase, match="更新版本的程序"):
        Store.migrate(old.url)
    with pytest.raises(NewerDatabase):
        Store.open(old.url)
    assert (outline(old.url), shelf.rows(old.file)) == before


@pytest.mark.parametrize(
    "torn", ["DROP TABLE pass_code", "ALTER TABLE round RENAME COLUMN boxed TO lost"], ids=["table", "column"]
)
def test_a_database_whose_tables_are_not_those_of_its_number_is_left_alone(tmp_path: Path, torn: str) -> None:
    halfway = shelf.take("0021", tmp_path)
    altered(halfway.file, torn)
    before = outline(halfway.url)
    with pytest.raises(TornDatabase, match="请用升级前的备份恢复"):
        Store.migrate(halfway.url)
    assert outline(halfway.url) == before


def test_an_unused_table_that_somebody_used_after_all_is_not_thrown_away(tmp_path: Path) -> None:
    odd = shelf.take("0005-unused", tmp_path)
    altered(odd.file, "INSERT INTO unit VALUES ('a', 'b', '县交通局', NULL)")
    with pytest.raises(TornDatabase, match="unit"):
        Store.migrate(odd.url)


def test_before_an_upgrade_a_copy_is_kept_beside_it(old: Released) -> None:
    with closing(sqlite3.connect(old.file)) as busy:
        busy.execute("PRAGMA journal_mode=WAL")
        with busy:
            busy.execute("UPDATE congress SET name = '还在日志里的名称'")
        copy = keep_copy(old.url, datetime(2026, 1, 25, tzinfo=UTC))
        assert copy is not None
        Store.migrate(old.url)
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = f"sqlite:///{copy}"
    assert (Store.revision(kept), Store.revision(old.url)) == (OLDEST, HEAD)
    with closing(sqlite3.connect(copy)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM congress")}
    assert names == {"还在日志里的名称"}
    assert keep_copy(old.url, datetime(2026, 1, 25, tzinfo=UTC)) is None


def test_on_postgresql_somebody_must_say_that_there_is_a_backup(
    old: Released, bare_postgres_url: str
) -> None:
    now = datetime(2026, 1, 25, tzinfo=UTC)
    assert keep_copy(bare_postgres_url, now) is None
    on_postgres.move(old.file, OLDEST, bare_postgres_url)
    with pytest.raises(BackUpFirst, match="pg_dump"):
        keep_copy(bare_postgres_url, now)
    assert keep_copy(bare_postgres_url, now, backed_up=True) is None


def test_a_backup_of_an_earlier_schema_is_left_to_its_own_program(old: Released, tmp_path: Path) -> None:
    with pytest.raises(NotMigrated):
        back_up(old.url, old.key, tmp_path / "b.piaojue", new_key()[1], NEXT_DAY)
    assert not (tmp_path / "b.piaojue").exists()


def test_until_it_is_upgraded_nothing_runs_on_it(old: Released) -> None:
    with pytest.raises(NotMigrated, match="piaojue migrate"):
        Store.open(old.url)
