"""Every route answers whatever is asked of it with a documented status, and what it refuses changes nothing.

A sample with a fixed seed; `python -m tests.web.attacks` asks all of them as often as one likes.
"""

from __future__ import annotations

import random
from typing import Final

import pytest

from tests.web.attacks.attack import Attack
from tests.web.attacks.schema import is_api
from tests.web.attacks.target import Target
from web.openapi import FILES

pytestmark = pytest.mark.xdist_group("attacks")
SEED: Final = 6
SAMPLE: Final = 36


def test_what_programs_read_and_send_withstands_what_schemathesis_invents(target: Target) -> None:
    """The ballot's API and all open files."""
    attack = Attack(target, SEED, examples=3)
    attack.run([one for one in attack.operations() if one[0] in FILES])
    assert attack.asked >= 2 * len(FILES)  # an address without parts is asked once
    assert list(map(str, attack.findings.values())) == []


def test_a_sample_of_all_routes_withstands_what_schemathesis_invents(target: Target) -> None:
    attack = Attack(target, SEED, examples=2)
    pages = [one for one in attack.operations() if one[0] not in FILES and not is_api(one[0])]
    attack.run(random.Random(SEED).sample(pages, SAMPLE))  # noqa: S311 - a sample, not a secret
    assert attack.asked >= SAMPLE
    assert list(map(str, attack.findings.values())) == []
