"""An installation in June, when projects are being delivered."""

from __future__ import annotations

import pytest

from tests.web.house import House
from tests.web.supervising.forms import NOW


@pytest.fixture
def summer(house: House) -> House:
    house.clock = NOW
    house.county.now = house.county.town.now = lambda: NOW
    return house
