"""A PostgreSQL server of our own for the tests: programs from a wheel, data in a temporary folder.

Only the wheel's programs are used. Its Python helper, as root, adds a user to the machine and opens every
parent folder to everybody; here the server runs as `nobody` and listens on a Unix socket only.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_INITDB: Final = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
# A test's data may be lost with the machine: without fsync a server is ready in less than a second.
_HURRIED: Final = "-c fsync=off -c full_page_writes=off"
_OPTIONS: Final = "-c listen_addresses='' -c max_connections=50"


@contextmanager
def temporary_server(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """The URL of a fresh server's database `postgres`; the server and its data are gone afterwards.

    `durable`: what is committed is on disk, as a measurement wants it.
    """
    folder = Path(tempfile.mkdtemp(prefix="piaojue-pg-"))
    try:
        user, programs = _unprivileged(programs, folder)
        server = programs / "pg_ctl"
        _run([programs / "initdb", *_INITDB], folder, user)
        _start(server, folder, user, durable=durable)
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run([server, "-m", "immediate", "stop"], folder, user)
    finally:
        shutil.rmtree(folder)


def start_again(programs: Path, folder: Path) -> None:
    """After its processes were killed: the same server over the same data."""
    copied = folder / "postgres" / programs.name
    user = pwd.getpwnam("nobody").pw_name if os.geteuid() == 0 else None
    _start((copied if copied.exists() else programs) / "pg_ctl", folder, user)


def _start(server: Path, folder: Path, user: str | None, *, durable: bool = False) -> None:
    options = f"{_OPTIONS} -k {folder}" if durable else f"{_OPTIONS} {_HURRIED} -k {folder}"
    _run([server, "-w", "-l", folder / "log", "-o", options, "start"], folder, user)


def _unprivileged(programs: Path, folder: Path) -> tuple[str | None, Path]:
    """Whom to run the server as (None: ourselves, unless we are root), and where that user finds it.

    The programs are copied when they lie below a folder that only root may enter (a checkout in root's home).
    """
    if os.geteuid() != 0:
        return None, programs
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if not all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        programs = shutil.copytree(programs.parent, folder / "postgres", symlinks=True) / programs.name
    return nobody.pw_name, programs


def _run(command: list[str | Path], folder: Path, user: str | None) -> None:
    """Run one of the server's programs; output goes to a file, for the server would hold a pipe open."""
    output = folder / "output"
    with output.open("wb") as file:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PGDATA": str(folder / "data"), "LC_ALL": "C.UTF-8"},
            stdout=file,
            stderr=subprocess.STDOUT,
            user=user,
            extra_groups=[] if user else None,
            check=False,
        )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{output.read_text()}")


def create_database(server_url: str, name: str, template: str = "template0") -> str:
    """Create a database as a copy of the template (some 25 ms); its URL."""
    _execute(
        server_url,
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)),
    )
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def empty_database(url: str, tables: Sequence[str], revision: str) -> bool:
    """Delete all rows, table after table (some 5 ms), so that the database is as it was created.

    False if a test changed more than rows: then nobody may use it again.
    """
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        settings = "SELECT count(*) FROM pg_db_role_setting WHERE setdatabase != 0"
        if connection.execute(settings).fetchone() != (0,):
            return False
        if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(revision,)]:
            return False
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        connection.execute(
            sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(one)) for one in tables)
        )
    return True


def drop_database(server_url: str, name: str) -> None:
    """Remove a database, with the connections a test may have left."""
    _execute(server_url, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _execute(server_url: str, statement: sql.Composed) -> None:
    dsn = make_url(server_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(statement)
