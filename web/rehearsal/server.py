"""A server process of one's own, on this machine only, for rehearsals and the demonstration."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from web.port import holding
from web.settings import PREFIX, Settings, SettingsError

START_SECONDS = 60.0
"""Without any work done in so long, a server that is starting stands still: a busy machine lets it wait."""
LONGEST_START = 600.0


class ServerFailed(SettingsError):
    """The server did not come up; its own sentence says why."""


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port: int = attempt.getsockname()[1]
    return port


@contextmanager
def serving(settings: Settings, log: Path | None = None) -> Iterator[int]:
    """Run `piaojue serve` with these settings; gives its process id. Raises ServerFailed, PortTaken.

    It ends with this block, and also when this process is killed: then its standard input ends. `log` gets
    what it has to say while it runs.
    """
    with holding(settings.host, settings.port):
        pass  # whoever is there would answer in its place while it refuses to start
    with (
        _complaints(log) as complaints,
        subprocess.Popen(
            [sys.executable, "-m", "web", "serve", "--attended"],
            env={**os.environ, **_environment(settings)},
            stdin=subprocess.PIPE,
            stderr=complaints,
        ) as process,
    ):
        try:
            _wait(process, settings, complaints)
            yield process.pid
        finally:
            process.terminate()
            process.wait()


def ended(server: int) -> bool:
    """Whether a server of ours is no more; its exit code stays where it is."""
    return os.waitid(os.P_PID, server, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _complaints(log: Path | None) -> BinaryIO:
    return log.open("w+b") if log else tempfile.TemporaryFile("w+b")


def _environment(settings: Settings) -> dict[str, str]:
    return {f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in settings.__struct_fields__}


def _wait(process: subprocess.Popen[bytes], settings: Settings, complaints: BinaryIO) -> None:
    begun = moved = time.monotonic()
    worked = 0
    while time.monotonic() < min(moved + START_SECONDS, begun + LONGEST_START):
        if (so_far := _worked(process.pid)) != worked:
            worked, moved = so_far, time.monotonic()
        if process.poll() is not None:
            complaints.seek(0)
            raise ServerFailed(complaints.read().decode().strip() or "服务没有启动。")
        if _answers(settings):
            return
        time.sleep(0.05)
    raise ServerFailed(f"服务{START_SECONDS:.0f}秒没有进展，没有启动。请看看这台机器是否过于繁忙。")


def _worked(pid: int) -> int:
    """Ticks of CPU that a process and its children have used; 0 where the system does not say."""
    ticks = 0
    for one in (pid, *_children(pid)):
        try:
            state = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(state[11]) + int(state[12])
    return ticks


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _answers(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True
