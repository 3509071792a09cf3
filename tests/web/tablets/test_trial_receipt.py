"""试投: the deputy learns that it worked, and gets nothing that would frighten when the ballot is deleted."""

from __future__ import annotations

import os

import pytest

from tests.dealt import Dealt
from tests.screens import Visitors
from tests.web.deputy import Deputy, barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting.closing import close_round
from voting.handing_out.trials import create_trial

pytestmark = pytest.mark.chromium


def test_a_trial_leaves_no_number_to_look_up(open_hall: MakeHall, visitors: Visitors) -> None:
    hall = open_hall(state="drafted")
    assert isinstance(hall, OpenHall)
    dealt = Dealt(hall)
    trial = create_trial(
        hall.store, hall.staff, hall.session.id, hall.signer.public_hex, hall.now(), os.urandom
    )
    first, late = (Deputy(visitors.phone()) for _ in range(2))
    for card, one in enumerate((first, late)):
        one.scan(f"{hall.url}/v/{hall.session.code}#{dealt.made.credentials[card]}")
        one.sees("voting")
    assert first.vote(1) == ""
    first.reads("试投成功")
    assert "回执号" not in first.text
    assert barriers(first.page) == []
    close_round(hall.store, hall.staff, trial.id, hall.now())
    late.reads("试投已经结束")
    first.press("返回")
    first.reads("试投已经结束，不计票")
    assert "回执号" not in first.text
