"""Which functions write, and which of them the moments have pressed: the table promises all of some rooms."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

import pytest

from tests.parts import ROOT
from voting.store import Store, Transaction

ROOMS: Final = (
    *("closing", "reconciling", "counting", "announcing", "publishing", "merging"),
    *("reporting/filing", "reporting/importing", "reporting/issuing", "reporting/reminding"),
    *("reporting/setting", "delivering/handing_over", "rating/climbing", "keeping/erasing"),
    *("supervising/correcting", "supervising/rewording", "supervising/withdrawing"),
    *("paper_ballots/agreeing", "paper_ballots/exchanging", "paper_ballots/tellers"),
)
"""Casting writes by statements of its own, at the door that `boundary` watches."""
LEFT_OUT: Final = {
    "keeping/erasing.erase_messages": "a file beside the database goes with it",
    "paper_ballots/exchanging.spoil_paper": "pressed again it means one more paper",
    "paper_ballots/exchanging.unspoil_paper": "pressed again it means one paper less",
}


def all_writes() -> set[str]:
    """`room.function`, by the text of the rooms."""
    found = set[str]()
    for room in ROOMS:
        tree = ast.parse((ROOT / "voting" / f"{room}.py").read_text("utf-8"))
        functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
        found |= {f"{room}.{one.name}" for one in functions if "store.write()" in ast.unparse(one)}
    return found


@contextmanager
def noted(pressed: set[str]) -> Iterator[None]:
    """While it lasts, whoever opens a transaction is noted in `pressed`."""
    write = Store.write

    def note(store: Store) -> AbstractContextManager[Transaction]:
        caller = sys._getframe(1)
        room = str(caller.f_globals["__name__"]).removeprefix("voting.").replace(".", "/")
        pressed.add(f"{room}.{caller.f_code.co_name}")
        return write(store)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "write", note)
        yield


def never_pressed(pressed: set[str]) -> list[str]:
    """Writes of the rooms that no moment has reached, and that are not left out for a reason."""
    return sorted(all_writes() - pressed - LEFT_OUT.keys())
