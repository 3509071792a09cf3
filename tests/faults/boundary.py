"""The boundary at which a change is on disk or is not, and what may go wrong there.

lost            the database refuses the commit; what was written is rolled back
kept            the commit has reached the database, its answer has not reached us: an error, yet it is stored
killed before   SIGKILL to the process, with everything written and nothing committed
killed after    SIGKILL to the process, with everything committed and nobody told

The two kills happen to a real process: a fork of this one, which costs no imports.
"""

from __future__ import annotations

import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Literal, NoReturn, get_args
from unittest import mock

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from tests.faults.ground import Press
from voting.store import Store
from voting.store.straight import Straight

Fault = Literal["lost", "kept", "killed before", "killed after"]
FAULTS: Final[tuple[Fault, ...]] = get_args(Fault)
BEFORE: Final[frozenset[Fault]] = frozenset({"lost", "killed before"})

Commit = Callable[[], Any]
Strike = Callable[[], None]


def struck(store: Store, fault: Fault, number: int, press: Press) -> bool:
    """Press, and let this happen at the commit of this number, from 0; False if there were not so many."""
    if fault in {"lost", "kept"}:
        return _failed(store, fault, number, press)
    return _killed(store, fault, number, press)


def _failed(store: Store, fault: Fault, number: int, press: Press) -> bool:
    broken = store._transactions.dialect.loaded_dbapi.OperationalError

    def fail() -> NoReturn:
        hits.append(number)
        raise broken("the connection was lost")

    hits: list[int] = []
    with _striking(store, fault, number, fail):
        try:
            press()
        except Exception:
            if not hits:
                raise
        else:
            assert not hits, "the moment reports success although its commit failed"
    return bool(hits)


def _killed(store: Store, fault: Fault, number: int, press: Press) -> bool:
    store.close()  # no connection may live on both sides of a fork
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the tests use no database
        pid = os.fork()
    if not pid:
        _press_and_end(store, fault, number, press)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the moment failed without a fault"
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _press_and_end(store: Store, fault: Fault, number: int, press: Press) -> NoReturn:
    code = 1
    try:
        with _striking(store, fault, number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            press()
        code = 0
    except BaseException:  # noqa: BLE001 - a fork of the tests must never return to them
        traceback.print_exc()
    finally:
        os._exit(code)


@contextmanager
def _striking(store: Store, fault: Fault, number: int, strike: Strike) -> Iterator[None]:
    """At each commit of the store: of a transaction, of a statement that is one by itself, and of several
    ballots together."""
    seen = 0

    def around(commit: Commit, forsake: Strike) -> Any:
        nonlocal seen
        seen += 1
        if seen != number + 1:
            return commit()
        if fault in BEFORE:
            strike()
        done = commit()
        forsake()
        strike()
        return done

    dialect = store._transactions.dialect
    commit, run, commit_group = dialect.do_commit, Straight.run, Straight._commit

    def do_commit(raw: Any) -> None:
        around(lambda: commit(raw), raw.close if dialect.name == "postgresql" else lambda: None)

    def run_straight(statement: Straight, connection: Connection, values: Any) -> DBAPICursor:
        def execute() -> DBAPICursor:
            return run(statement, connection, values)

        if not str(statement._statement).startswith("INSERT"):
            return execute()
        cursor: DBAPICursor = around(execute, connection.invalidate)
        return cursor

    def commit_together(statement: Straight, cursor: DBAPICursor) -> None:
        # Whoever asked for it forsakes the connection.
        around(lambda: commit_group(statement, cursor), lambda: None)

    with (
        mock.patch.object(dialect, "do_commit", do_commit),
        mock.patch.object(Straight, "run", run_straight),
        mock.patch.object(Straight, "_commit", commit_together),
    ):
        yield
