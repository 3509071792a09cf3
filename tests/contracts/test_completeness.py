"""A method without a case is a promise that only one of the two databases may keep."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from sqlalchemy import create_engine

import tests.contracts
from tests.contracts.cases import CASES
from voting.store import Store, Transaction


def offered() -> set[str]:
    """Every public method of every subject of a transaction, as `subject.method`."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        subjects = vars(Transaction(connection))
    engine.dispose()
    return {
        f"{subject}.{name}"
        for subject, one in subjects.items()
        for name, _ in inspect.getmembers(type(one), inspect.isfunction)
        if not name.startswith("_")
    }


def test_every_method_of_the_store_has_a_case_and_every_case_a_method() -> None:
    for module in pkgutil.iter_modules(tests.contracts.__path__):
        importlib.import_module(f"tests.contracts.{module.name}")
    assert CASES.keys() == offered()


def test_the_store_itself_has_no_other_door() -> None:
    doors = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    assert doors == {
        "open",
        "migrate",
        "revision",
        "close",
        "read",
        "write",
        "cast",
        "sweep",
        "clock",
        "connections",
        "examine",
    }
