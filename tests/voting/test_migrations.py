"""Promises of voting/store/migrations: they lead to exactly the tables that the program uses."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from tests.people import Hall
from tests.refusals import dump
from voting.actors import PUBLIC
from voting.store import Store
from voting.store.migrations import HEAD, REVISIONS
from voting.store.tables import metadata


def test_the_migrated_database_has_the_tables_of_the_program(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_program_knows_every_migration_and_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", "voting.store:migrations")
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_current_head() == HEAD


def test_migrating_again_changes_nothing(anywhere: Hall, database_url: str) -> None:
    anywhere.reach("open")
    anywhere.cast(0, 1)
    before = dump(anywhere.store)
    Store.migrate(database_url)
    assert dump(anywhere.store) == before


def test_a_session_of_an_earlier_program_is_one_of_the_congress(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'earlier.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "voting.store:migrations")
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0007")
        connection.execute(
            text("INSERT INTO congress VALUES (:id, '县人民代表大会', 'county')"), {"id": "a" * 32}
        )
        connection.execute(
            text("INSERT INTO session VALUES (:congress, :id, 'AbCdEfGh', '第五次会议', 298)"),
            {"congress": "a" * 32, "id": "b" * 32},
        )
    engine.dispose()
    Store.migrate(url)
    with Store.open(url) as store, store.read() as tx:
        assert tx.sessions.by_code(PUBLIC, "AbCdEfGh").body == "congress"
