"""A running server for the pages' tests, and halls in front of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import audited
from tests.nursery import Nursery
from tests.people import SELECT
from tests.server_process import Server
from tests.web.hall_fixture import MakeHall, OpenHall, Service
from tests.web.house import House, MakeHouse
from voting.cycle import State
from voting.rules import RoundRules
from voting.signing import Signer
from voting.store import Store

PATIENCE_MS = 30_000
"""The pages ask every three to four seconds, and the machine may be busy with other tests."""


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, nursery: Nursery
) -> Iterator[Service]:
    """A server with a database of its own, for all tests of this worker."""
    folder = tmp_path_factory.mktemp("service")
    database = f"sqlite:///{shutil.copy(sqlite_template, folder / 'piaojue.db')}"
    key = folder / "signing.key"
    signer = Signer.create(key, os.urandom)
    expect.set_options(timeout=PATIENCE_MS)
    with Server(database, key, workers=1, nursery=nursery) as server, Store.open(database) as store:
        yield Service(server.url, store, signer)


@pytest.fixture
def open_hall(service: Service, tmp_path: Path) -> Iterator[MakeHall]:
    """Makes a hall in front of the running server, its round in the state that is wanted; what the test
    leaves of it is verified."""

    def make(rules: RoundRules = SELECT, state: State = "open", **more: Any) -> OpenHall:
        hall = OpenHall(service, tmp_path, rules, **more)
        hall.reach(state)
        return hall

    yield make
    audited.every_record(service.store)


@pytest.fixture
def open_house(sqlite_url: str, tmp_path: Path) -> Iterator[MakeHouse]:
    """Makes an installation without a network, its round in the state that is wanted; once in a test."""
    with ExitStack() as stack:

        def make(rules: RoundRules = SELECT, state: State = "drafted", **settings: Any) -> House:
            return House(sqlite_url, tmp_path, stack, rules, state, **settings)

        yield make


@pytest.fixture
def house(open_house: MakeHouse) -> House:
    """An installation with one drafted round."""
    return open_house()
