"""A key that the client, our Python and belenios-tool make together."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ballots import ceremony
from ballots.credentials import base58
from ballots.encoding import encode
from ballots.group import base_power
from ballots.trustees import check_trustees
from tests.ballots.peer import Peer
from tests.belenios_tool import BeleniosTool
from tests.people import seeded
from tests.web.client_project import node, programs

pytestmark = pytest.mark.xdist_group("client")
"""They share one build of the client."""

RANDOM = seeded("client ceremony")
NEEDED, SIZE = 2, 3


@pytest.fixture
def browser(tmp_path: Path) -> Callable[..., str]:
    """One step as a scrutineer's page takes it."""

    def take(step: str, seed: str, **given: Any) -> str:
        file = tmp_path / "step.json"
        file.write_text(json.dumps({"step": step, "seed": seed, "threshold": NEEDED, "size": SIZE, **given}))
        done = node(str(programs() / "make_ceremony.mjs"), str(file))
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return take


def test_the_browser_python_and_the_peer_make_one_key(
    browser: Callable[..., str], belenios_tool: BeleniosTool, tmp_path: Path
) -> None:
    peer, first, last = Peer(belenios_tool.path, tmp_path), base58(22, RANDOM), base58(22, RANDOM)
    theirs = peer.certificate(2, NEEDED, SIZE)
    certificates = [
        browser("certificate", first, index=1).encode(),
        theirs.read_bytes().strip(),
        ceremony.certificate(last, 3, NEEDED, SIZE, RANDOM),
    ]
    peer.keep_certificates(certificates)
    key, listed = theirs.with_suffix(".key"), [raw.decode() for raw in certificates]
    deals = [
        browser("deal", first, certificates=listed).encode(),
        peer.deal(key),
        ceremony.deal(last, certificates, NEEDED, RANDOM),
    ]
    dealt = [raw.decode() for raw in deals]
    shares = [
        browser("receive", first, certificates=listed, deals=dealt).encode(),
        peer.receive(key, deals),
        ceremony.receive(last, certificates, NEEDED, deals, RANDOM),
    ]
    document = ceremony.assemble(certificates, NEEDED, deals, shares)
    assert encode([("Pedersen", json.loads(peer.assemble(deals, shares)))]) == document
    (group,) = check_trustees(document).groups
    secret = int(browser("secret", first, certificates=listed, share=shares[0].decode()))
    assert base_power(secret) == group.keys[1]
    assert ceremony.decryption_secret(first, certificates, NEEDED, shares[0]) == secret
