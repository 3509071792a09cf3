"""Resolutions about the places that a round left open.

decided(county, made, 3)                                  # the 主席团 names candidate 3, and everybody knows
decided(county, made, way="vacant", known=False)          # entered, and not announced yet
"""

from __future__ import annotations

from datetime import date
from typing import Final

from tests.county import Body
from voting.rounds import Round
from voting.settling.deciding import make_known, settle
from voting.settling.resolutions import Decision, Resolution, Way

PAPER: Final = Decision(
    number="主席团会议纪要第3号", day=date(2027, 1, 26), words="大会主席团第三次会议决定列入。"
)


def decided(
    body: Body,
    of: Round,
    *chosen: int,
    way: Way = "presidium",
    known: bool = True,
    decision: Decision = PAPER,
) -> Resolution:
    made = settle(body.store, body.staff, of.id, way, chosen, decision, body.now())
    return make_known(body.store, body.staff, of.id, body.now()) if known else made
