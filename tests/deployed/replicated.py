"""A PostgreSQL with a synchronous standby: what is committed is on two disks, and one of them can go."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg

from tests.postgres import _run, _unprivileged
from tests.server_process import children, wait_until

NAME: Final = "standby"
_INITDB: Final = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
_OPTIONS: Final = "-c listen_addresses='' -c max_connections=60 -c wal_level=replica -c hot_standby=on"


class Machine:
    """One PostgreSQL server, on a socket in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="piaojue-pg-"))
        self.user, self.programs = _unprivileged(programs, self.folder)

    def run(self, program: str, *arguments: str | Path) -> None:
        _run([self.programs / program, *arguments], self.folder, self.user)

    def start(self, *more: str) -> None:
        options = " ".join((_OPTIONS, f"-k {self.folder}", *more))
        self.run("pg_ctl", "-w", "-l", self.folder / "log", "-o", options, "start")

    def kill(self) -> None:
        """Every process of it at once, as a power cut does."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for pid in (*children(server), server):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def ask(self, question: str) -> str:
        with psycopg.connect(
            f"host={self.folder} user=postgres dbname=postgres", autocommit=True
        ) as connection:
            row = connection.execute(question).fetchone()
        return str(row[0]) if row else ""

    def away(self) -> None:
        with suppress(RuntimeError):
            self.run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)


@contextmanager
def pair(programs: Path) -> Iterator[tuple[Machine, Machine]]:
    """A primary that commits nothing before its standby has it on disk, and that standby."""
    primary, standby = Machine(programs), Machine(programs)
    try:
        primary.run("initdb", *_INITDB)
        # On the command line, and not in a file: the standby's copy must not wait for itself when promoted.
        primary.start(f"-c synchronous_standby_names={NAME}")
        reached = f"host={primary.folder} user=postgres application_name={NAME}"
        standby.run(
            "pg_basebackup", "-D", standby.folder / "data", "-R", "-X", "stream", "-c", "fast", "-d", reached
        )
        standby.start()
        wait_until(
            lambda: primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1",
            "the standby follows",
        )
        yield primary, standby
    finally:
        for one in (standby, primary):
            one.away()


def address(*machines: Machine) -> str:
    """Whichever of them can be written to: nobody changes a setting when the standby takes over."""
    hosts = "&".join(f"host={one.folder}" for one in machines)
    return f"postgresql://postgres@/postgres?{hosts}&target_session_attrs=read-write"
