"""One process per mutant, forked from a pytest session that has imported and collected everything.

First every test runs once on the sound code: its CPU time and the lines it passes are noted. Then each mutant
gets a process of its own, in which only the tests that pass its statement run, those first that killed its
neighbours, then by turns one that ends soon after the statement (a refusal there is what it is about) and one
of the quickest, until one fails. What tests have cached of sound code is forgotten first.
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import signal
import sys
import traceback
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

import coverage
import msgspec
import pytest
from _pytest.runner import runtestprotocol
from msgspec import Struct

from tests.mutations.grafting import Mutant, graft
from tests.mutations.mutants import source_of
from tests.mutations.targets import AFTERWARDS, AROUND, BALLOTS, RULES

Fate = Literal["killed", "timeout", "survived", "unreached", "unfinished"]

NOT_HERE: Final = frozenset(
    {"sqlite_template", "postgres_server", "browser", "belenios_tool", "serving", "database_url"}
)
"""Fixtures that cost more than a mutant may."""
SLOWEST: Final = 5.0
"""CPU seconds of a test that is still worth running for every mutant."""
MEMORY: Final = 6 * 1024**3
"""Bytes of address space."""


class Cache(Protocol):
    """What `functools.cache` makes of a function."""

    def cache_clear(self) -> None: ...


class Verdict(Struct, frozen=True, kw_only=True):
    """What became of a mutant; `by` is the test that killed it."""

    name: str
    module: str
    fate: Fate
    by: str
    change: tuple[str, ...]
    line: int
    tests: int


class Run(Struct, frozen=True, kw_only=True):
    """A test on the sound code: CPU seconds, and which lines of which file it passes."""

    test: str
    cost: float
    sound: bool
    lines: dict[str, list[int]]


class Trial(NamedTuple):
    mutant: Mutant
    items: list[pytest.Item]
    whole: bool
    pipe: int


class Trials:
    """A plugin of pytest: takes the place of its loop over the tests."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        workers: int,
        patience: float,
        wall: float,
        runs: Path,
        note: Callable[[Verdict], None],
    ) -> None:
        """`patience`: CPU seconds of tests for one mutant; who then lives is `unfinished`. `wall`: seconds
        after which a process that only waits is ended. `runs`: a file for what is found out of each test on
        the sound code; what is in it is not found out again."""
        self.mutants = mutants
        self.runs = runs
        self.modules = (*BALLOTS, *RULES, *AFTERWARDS, *AROUND)
        self.workers = workers
        self.patience = patience
        self.wall = wall
        self.note = note
        self.cost: dict[str, float] = {}
        self.items: dict[str, pytest.Item] = {}
        self.caches: list[Cache] = []
        self.passing: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.lines: dict[str, dict[str, list[int]]] = {}
        self.killers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.running: dict[int, Trial] = {}

    def pytest_configure(self) -> None:
        """Generated examples are the same for every mutant, and a failing one is not made smaller."""
        import hypothesis  # its plugin must come first

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutations", deadline=None, derandomize=True, database=None, phases=phases
        )
        hypothesis.settings.load_profile("mutations")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not NOT_HERE & set(getattr(item, "fixturenames", ()))]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_on_sound_code(session.items)
        gc.collect()
        gc.disable()
        gc.freeze()
        for mutant in self.mutants:
            while len(self.running) >= self.workers:
                self._wait()
            self._begin(mutant)
        while self.running:
            self._wait()
        return True

    def _run_on_sound_code(self, items: Sequence[pytest.Item]) -> None:
        files = [str(source_of(module)) for module in {*self.modules, *(one.module for one in self.mutants)}]
        known = {run.test for run in _runs(self.runs)}
        new = [item for item in items if item.nodeid not in known]
        self.caches = own_caches()
        begun = [self._measured(new[part :: self.workers], files) for part in range(self.workers)]
        for pid in begun:
            os.waitpid(pid, 0)
        for run in _runs(self.runs):
            if run.sound and run.cost <= SLOWEST:
                self._keep(run)
            else:
                why = f"{run.cost:.1f} s" if run.sound else "在原来的代码上不通过"
                print(f"不用（{why}）：{run.test}", file=sys.stderr)
        self.items = {item.nodeid: item for item in items if item.nodeid in self.cost}
        print(f"{len(self.items)}个测试，{sum(self.cost.values()):.0f} s CPU", file=sys.stderr)

    def _measured(self, items: Sequence[pytest.Item], files: list[str]) -> int:
        """Runs the tests in a process of their own, which adds a line for each to the file; its id."""
        pid = os.fork()
        if pid:
            return pid
        try:
            for item in items:
                line = msgspec.json.encode(self._measure(item, files)) + b"\n"
                with self.runs.open("ab", buffering=0) as file:
                    file.write(line)
        except BaseException:  # noqa: BLE001 - nothing above may go on in this process
            traceback.print_exc()
        finally:
            os._exit(0)

    def _measure(self, item: pytest.Item, files: list[str]) -> Run:
        forget(self.caches)
        watch = coverage.Coverage(data_file=None, config_file=False, include=files)
        watch.set_option("run:disable_warnings", ["no-data-collected"])
        begun = _cpu()
        with watch.collect():
            sound = _passes(item)
        found = watch.get_data()
        lines = {file: sorted(found.lines(file) or ()) for file in found.measured_files()}
        return Run(test=item.nodeid, cost=_cpu() - begun, sound=sound, lines=lines)

    def _keep(self, run: Run) -> None:
        self.cost[run.test], self.lines[run.test] = run.cost, run.lines
        for file, lines in run.lines.items():
            for line in lines:
                self.passing[file][line].append(run.test)

    def _begin(self, mutant: Mutant) -> None:
        items, whole = self._items_for(mutant)
        if not items:
            self.note(_verdict(mutant, "unreached"))
            return
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            forget(self.caches)
            signal.setitimer(signal.ITIMER_REAL, self.wall)
            _live_and_die(mutant, items, [self.cost[item.nodeid] for item in items], writing)
        os.close(writing)
        self.running[pid] = Trial(mutant, items, whole, reading)

    def _items_for(self, mutant: Mutant) -> tuple[list[pytest.Item], bool]:
        """The tests that pass the changed statement, and whether all of them are among these."""
        order = self._order(mutant)
        spent, taken = 0.0, list[pytest.Item]()
        for name in order:
            spent += self.cost[name]
            if spent > self.patience:
                break
            taken.append(self.items[name])
        return taken, len(taken) == len(order)

    def _order(self, mutant: Mutant) -> list[str]:
        file = str(source_of(mutant.module))
        first, last = mutant.lines
        passing = self.passing[file]
        names = {name for line in range(first, last + 1) for name in passing[line] if name in self.items}

        def beyond(name: str) -> int:
            lines = self.lines[name][file]
            return len(lines) - bisect_right(lines, last)

        quickest = sorted(names, key=lambda name: (self.cost[name], name))
        nearest = sorted(quickest, key=beyond)
        turns = chain.from_iterable(zip(nearest, quickest, strict=True))
        killers = self.killers[mutant.module, mutant.function][-3:]
        return list(dict.fromkeys(chain((one for one in killers if one in names), turns)))

    def _wait(self) -> None:
        pid = 0
        while pid not in self.running:
            pid, status = os.waitpid(-1, 0)
        trial = self.running.pop(pid)
        with os.fdopen(trial.pipe) as pipe:
            said = pipe.read()
        self.note(self._judged(trial, os.waitstatus_to_exitcode(status), said))

    def _judged(self, trial: Trial, code: int, said: str) -> Verdict:
        mutant = trial.mutant
        if code == 0:
            return _verdict(mutant, "survived" if trial.whole else "unfinished", tests=len(trial.items))
        if code == _CANNOT:
            raise SystemExit(f"{mutant.name}: {said}")
        if said:
            self.killers[mutant.module, mutant.function].append(said)
        return _verdict(mutant, "killed" if code == _KILLED else "timeout", said, len(trial.items))


_KILLED: Final = 10
_CANNOT: Final = 11


def _runs(file: Path) -> list[Run]:
    if not file.exists():
        return []
    return [msgspec.json.decode(line, type=Run) for line in file.read_bytes().splitlines()]


def _live_and_die(mutant: Mutant, items: list[pytest.Item], costs: list[float], said: int) -> None:
    """In the forked process; never returns."""
    code = _CANNOT
    try:
        _be_quiet_and_small()
        try:
            graft(mutant)
        except BaseException as error:  # noqa: BLE001 - told to the parent, which stops
            os.write(said, repr(error).encode())
            os._exit(_CANNOT)
        for place, (item, cost) in enumerate(zip(items, costs, strict=True)):
            signal.setitimer(signal.ITIMER_PROF, 10 * cost + 5)
            following = items[place + 1] if place + 1 < len(items) else None
            if not _passes(item, following):
                os.write(said, item.nodeid.encode())
                os._exit(_KILLED)
        code = 0
    except BaseException:  # noqa: BLE001 - a mutant that breaks the machinery of the tests is dead
        code = _KILLED
    finally:
        os._exit(code)


def _be_quiet_and_small() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _passes(item: pytest.Item, following: pytest.Item | None = None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, nextitem=following, log=False))


def _cpu() -> float:
    return sum(os.times()[:4])


def _verdict(mutant: Mutant, fate: Fate, by: str = "", tests: int = 0) -> Verdict:
    return Verdict(
        name=mutant.name,
        module=mutant.module,
        fate=fate,
        by=by,
        change=mutant.change,
        line=mutant.lines[0],
        tests=tests,
    )


def forget(caches: Iterable[Cache]) -> None:
    """Empties what `functools.cache` keeps for our own functions: it was made by sound code."""
    for found in caches:
        found.cache_clear()


def own_caches() -> list[Cache]:
    """The caches of this project's functions that exist by now."""
    ours = ("tests.", "ballots.", "voting.")
    found = [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]
    return [one for one in found if one.__module__.startswith(ours)]
