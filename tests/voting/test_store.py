"""Promises of voting/store: durable, forgetful of who and when, and refusing to start on a wrong database."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.people import Hall
from voting.store import NewerDatabase, NotMigrated, Store, StoreError
from voting.store.tables import ballot, card, metadata


def asked(store: Store, question: str) -> list[object]:
    """The answer of both kinds of connections."""
    with store._transactions.connect() as one, store._statements.connect() as other:
        return [connection.execute(text(question)).scalar() for connection in (one, other)]


# Acknowledged means on disk


def test_sqlite_syncs_every_commit_and_keeps_foreign_keys(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:
        assert asked(store, "PRAGMA synchronous") == [2, 2]
        assert asked(store, "PRAGMA journal_mode") == ["wal", "wal"]
        assert asked(store, "PRAGMA foreign_keys") == [1, 1]


@pytest.mark.parametrize(
    ("configured", "used"), [("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")]
)
def test_postgresql_never_commits_asynchronously(postgres_url: str, configured: str, used: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = {configured}'))
    engine.dispose()
    with Store.open(postgres_url) as store:
        assert asked(store, "SHOW synchronous_commit") == [used, used]


def test_a_block_that_fails_leaves_nothing_behind(anywhere: Hall) -> None:
    def stop_half_way() -> None:
        with anywhere.store.write() as tx:
            tx.rounds.change(anywhere.round, title="改过的名称")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        stop_half_way()
    assert anywhere.current() == anywhere.round


def test_after_a_lost_connection_the_next_ballot_gets_a_new_one(anywhere: Hall) -> None:
    anywhere.reach("open")
    with anywhere.store._statements.connect() as connection:
        driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.close()
    lost = anywhere.store._statements.dialect.loaded_dbapi.Error
    with pytest.raises(lost), anywhere.store.cast() as box:
        box.gate(anywhere.session.code, anywhere.round.id, "0" * 64)
    with anywhere.store.cast() as box:
        assert box.gate(anywhere.session.code, anywhere.round.id, "0" * 64).card == "unknown"


# What the tables cannot say


def test_a_ballot_is_known_by_its_digest_and_has_no_time_and_no_number() -> None:
    assert [column.name for column in ballot.primary_key] == ["congress", "round", "digest"]
    kinds = {column.name: str(column.type) for column in ballot.columns}
    assert kinds == {
        "congress": "VARCHAR(32)",
        "round": "VARCHAR(32)",
        "digest": "VARCHAR(64)",
        "credential": "VARCHAR(64)",
        "body": "BLOB",
    }


def test_a_card_has_neither_holder_nor_serial_nor_time() -> None:
    allowed = {"congress", "round", "credential", "dead", "reserve", "activated"}
    assert {column.name for column in card.columns} == allowed


def test_sqlite_keeps_no_hidden_row_numbers(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store, store._statements.connect() as connection:
        created = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")
        ).all()
    created = [row for row in created if row.name != "sqlite_stat1"]  # sizes that migrating wrote down
    assert {name for name, _ in created} == metadata.tables.keys()
    assert [name for name, sql in created if not sql.rstrip().endswith("WITHOUT ROWID")] == []


def test_every_table_and_every_foreign_key_names_the_congress() -> None:
    of_the_installation = {"congress", "account", "passkey", "login"}
    tables = [table for table in metadata.tables.values() if table.name not in of_the_installation]
    assert [table.name for table in tables if "congress" not in table.primary_key.columns] == []
    keys = [key for table in tables for key in table.foreign_key_constraints]
    assert keys
    within = [key for key in keys if key.referred_table.name not in of_the_installation - {"congress"}]
    assert [key.name for key in within if "congress" not in key.column_keys] == []


# Refusing to start


def test_a_database_that_is_not_there_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(NotMigrated, match="piaojue migrate"):
        Store.open(f"sqlite:///{tmp_path}/piaojue.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "piaojue.db").touch()
    with pytest.raises(NotMigrated):
        Store.open(f"sqlite:///{tmp_path}/piaojue.db")


def test_an_empty_postgresql_database_is_not_used(postgres_server: str) -> None:
    with pytest.raises(NotMigrated):
        Store.open(postgres_server)


@pytest.mark.parametrize("open_or_migrate", [Store.open, Store.migrate])
def test_a_database_of_a_newer_program_is_left_alone(
    database_url: str, open_or_migrate: Callable[[str], object]
) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NewerDatabase, match="新版本"):
        open_or_migrate(database_url)


@pytest.mark.parametrize("open_or_migrate", [Store.open, Store.migrate])
def test_a_file_that_is_no_database_is_left_alone(
    tmp_path: Path, open_or_migrate: Callable[[str], object]
) -> None:
    file = tmp_path / "piaojue.db"
    file.write_bytes(b"not a database, but something of value" * 100)
    with pytest.raises(StoreError, match="不能读写"):
        open_or_migrate(f"sqlite:///{file}")
    assert file.read_bytes() == b"not a database, but something of value" * 100


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=re.escape(str(tmp_path / "missing"))):
        Store.migrate(f"sqlite:///{tmp_path}/missing/piaojue.db")


@pytest.mark.parametrize(
    "url", ["", "piaojue.db", "sqlite://", "sqlite:///:memory:", "mysql://root@localhost/piaojue", "票决"]
)
def test_an_address_of_no_database_we_know_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="sqlite:///文件路径"):
        Store.open(url)


def test_a_read_only_server_is_refused(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    engine.dispose()
    with pytest.raises(StoreError, match="只读"):
        Store.open(postgres_url)


def test_a_server_that_does_not_answer_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="连接不上数据库"):
        Store.open(f"postgresql://nobody@/piaojue?host={tmp_path}")


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write everywhere: for the block, files are reached as an ordinary user reaches them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_folder(sqlite_template: Path) -> Iterator[Path]:
    """A folder that everybody can read and nobody can write, with a database that everybody could."""
    folder = Path(tempfile.mkdtemp(prefix="piaojue-"))
    shutil.copy(sqlite_template, folder / "piaojue.db")
    (folder / "piaojue.db").chmod(0o666)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("name", "open_or_migrate"), [("piaojue.db", Store.open), ("new.db", Store.migrate)])
def test_a_folder_that_cannot_be_written_is_named(
    locked_folder: Path, name: str, open_or_migrate: Callable[[str], object]
) -> None:
    with ordinary_user(), pytest.raises(StoreError, match=str(locked_folder / name)):
        open_or_migrate(f"sqlite:///{locked_folder / name}")


def test_a_new_database_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "piaojue.db"
    Store.migrate(f"sqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
