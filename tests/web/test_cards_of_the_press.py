"""Cards that a browser makes, as Python reads them."""

from __future__ import annotations

import json

import pytest

from ballots.credentials import public_credential
from tests.web.client_project import node, programs
from voting.cards import read_deck_file, serial_of

pytestmark = pytest.mark.xdist_group("client")
"""It shares the build of the client."""


def test_a_deck_made_in_the_browser_is_the_one_that_the_service_reads() -> None:
    done = node(str(programs() / "make_deck.mjs"))
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    file = read_deck_file(made["file"].encode())
    assert [serial for serial, _ in file.cards] == [serial_of(1), serial_of(2)]
    for secret, (_, credentials) in zip(made["secrets"], file.cards, strict=True):
        assert credentials == tuple(public_credential(uuid, secret) for uuid in file.uuids)
