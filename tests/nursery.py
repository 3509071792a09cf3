"""Servers without the seconds of starting Python: forked from a process that has imported everything.

    with Nursery() as nursery, Server(url, key, nursery=nursery) as server: …

What is forked runs `web.serving.serve`, as `python -m web serve` does, in a session of its own; only the
imports and the putting together of the pages lie behind it already (some three seconds of CPU).
`python -m tests.nursery` is the process itself: a line of JSON (the environment) in, a process id out; it
ends with its input, and all that it forked with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NoReturn, Self

PAUSE: Final = 0.01


class Raised:
    """A server that was forked; what is used here of `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """0 when it has ended, however; None while it runs."""
        return None if Path(f"/proc/{self.pid}").exists() else 0

    def wait(self, timeout: float = float("inf")) -> int:
        """Raises TimeoutExpired."""
        until = time.monotonic() + timeout
        while (ended := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("forked server", timeout)
            time.sleep(PAUSE)
        return ended

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)


class Nursery:
    """The process that has everything imported, for as long as the block."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.nursery"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        return self

    def __exit__(self, *_: object) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()

    def raised(self, environment: Mapping[str, str]) -> Raised:
        """Fork one with these settings; it is starting when this returns."""
        talk = self._process
        assert talk.stdin is not None
        assert talk.stdout is not None
        talk.stdin.write(json.dumps(dict(environment)) + "\n")
        return Raised(int(talk.stdout.readline()))


def main() -> None:
    """Fork a server for each line, until there are no more lines."""
    from web import serving
    from web.settings import load

    serving.prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a server ended
    forked: list[int] = []
    while line := sys.stdin.readline():
        pid = os.fork()
        if not pid:
            _become(lambda: serving.serve(load(os.environ)), json.loads(line))
        forked.append(pid)
        print(pid, flush=True)
    for pid in forked:  # whoever asked for them may have been killed
        if _is_ours(pid):
            os.killpg(pid, signal.SIGKILL)


def _is_ours(pid: int) -> bool:
    """Whether it still runs; its number may be somebody else's by now."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(state[1]) == os.getpid()


def _become(serve: Callable[[], None], environment: Mapping[str, str]) -> NoReturn:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, sys.stdin.fileno())
        os.dup2(nothing, sys.stdout.fileno())
        os.environ.update(environment)
        serve()
        code = 0
    except Exception as error:  # noqa: BLE001 - whatever it is, it is said, and the fork ends here
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
