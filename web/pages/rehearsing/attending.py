"""Whoever started a rehearsal attends to it: a thread of the service beside the process that does the work.

The process is `piaojue rehearse` on a throw-away database in a folder of its own; it ends with the thread
that holds its standard input, however that ends.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from voting import rehearsals
from voting.exercises import DIED, Exercise, Rehearsal
from voting.store import Store
from web.installation import Installation
from web.settings import PREFIX

ATTENDING: Final = "rehearsal"
"""The name of the thread."""
LOOK: Final = 2.0
"""Seconds between two beats."""
FAREWELL: Final = 10.0
"""Seconds in which a process that is told to stop tidies up."""
LONGEST_SENTENCE: Final = 300


def attend(house: Installation, begun: Rehearsal) -> threading.Thread:
    """Start the process, and a thread that brings its figures home."""
    thread = threading.Thread(
        target=_attend, args=(house.store, house.now, begun), name=ATTENDING, daemon=True
    )
    thread.start()
    return thread


def _attend(store: Store, now: Callable[[], datetime], begun: Rehearsal) -> None:
    figures, said = None, DIED
    try:
        with tempfile.TemporaryDirectory(prefix="piaojue-rehearsal-") as folder:
            figures, said = _held(store, now, begun, Path(folder))
    finally:
        rehearsals.finish(store, begun, figures, said, now())


def _held(
    store: Store, now: Callable[[], datetime], begun: Rehearsal, folder: Path
) -> tuple[bytes | None, str]:
    """The figures, or a sentence why there are none."""
    result, complaints = folder / "figures.json", folder / "complaints"
    with _process(begun.exercise, folder, result, complaints) as process:
        while True:
            try:
                process.wait(LOOK)
            except subprocess.TimeoutExpired:
                must_stop = rehearsals.beat(store, begun, now())
                if must_stop:
                    return None, must_stop
            else:
                break
    if result.exists():
        return result.read_bytes(), ""
    return None, _last_words(complaints) or DIED


@contextmanager
def _process(
    exercise: Exercise, folder: Path, result: Path, complaints: Path
) -> Iterator[subprocess.Popen[bytes]]:
    files = ["--archive", str(folder / "rehearsal.bel"), "--json", str(result)]
    command = [sys.executable, "-m", "web", "rehearse", "--attended", *options(exercise), *files]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with (
        complaints.open("wb") as log,
        subprocess.Popen(  # noqa: S603 - our own program, and figures that were checked
            command,
            env={**environment, "TMPDIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
        ) as process,
    ):
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()


def options(exercise: Exercise) -> list[str]:
    """The exercise as `piaojue rehearse` takes it."""
    figures = {
        "--deputies": exercise.deputies,
        "--kind": exercise.kind,
        "--candidates": exercise.candidates,
        "--places": exercise.places,
        "--waiting": exercise.waiting,
        "--scrutineers": exercise.scrutineers,
        "--threshold": exercise.threshold,
        "--paper": exercise.paper,
        "--cut-network": exercise.cut_network,
    }
    words = [part for name, value in figures.items() for part in (name, str(value))]
    return [*words, *(["--tie"] if exercise.tie else [])]


def _last_words(complaints: Path) -> str:
    """A refusal is one Chinese sentence; anything else is not for the page."""
    lines = complaints.read_text("utf-8", "replace").strip().splitlines()
    last = lines[-1][:LONGEST_SENTENCE] if lines else ""
    return last if last.endswith("。") else ""
