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


def _complaints(log: Path | None) -> BinaryIO:
    return log.open("w+b") if log else tempfile.TemporaryFile("w+b")


def _environment(settings: Settings) -> dict[str, str]:
    return {f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in settings.__struct_fields__}


def _wait(process: subprocess.Popen[bytes], settings: Settings, complaints: BinaryIO) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            complaints.seek(0)
            raise ServerFailed(complaints.read().decode().strip() or "服务没有启动。")
        if _answers(settings):
            return
        time.sleep(0.05)
    raise ServerFailed(f"服务没有在{START_SECONDS:.0f}秒内启动。请看看这台机器是否过于繁忙。")


def _answers(settings: Settings) -> bool:
    try:
        socket.create_connection((settings.host, settings.port), timeout=1).close()
    except OSError:
        return False
    return True
