"""Small sound elections, made once; every test gets its own copy to do with as it likes."""

from __future__ import annotations

import pytest

from tests.ballots.tampering import base
from tests.simulator import Simulator


@pytest.fixture
def select() -> Simulator:
    """差额: at most two of three or a blank; four cards, three voted; two scrutineers."""
    return base("select")


@pytest.fixture
def stances() -> Simulator:
    """等额: two candidates with three stances each."""
    return base("stances")


@pytest.fixture
def threshold() -> Simulator:
    """Two of three scrutineers open; one candidate."""
    return base("threshold")
