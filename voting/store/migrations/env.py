"""Run by Alembic, on the connection and inside the transaction that it was given."""

from alembic import context

from voting.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
