"""The history of the tables, forward only: a column is dropped one release after it is no longer written."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision this program knows, oldest first; read without importing Alembic."""

HEAD = REVISIONS[-1]
