"""Promises of voting/store/migrations: they lead to exactly the tables that the program uses."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.people import Hall
from tests.refusals import dump
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
