"""The history of the tables, forward only: a column is dropped one release after it is no longer written."""

REVISIONS = tuple(f"{number:04d}" for number in range(1, 27))
"""Every revision this program knows, oldest first; read without importing Alembic."""

HEAD = REVISIONS[-1]
