"""A citizen's score of a project: one for each device, the last one counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from voting.actors import PUBLIC
from voting.collecting import gate
from voting.collecting.gate import NO_MARK, TooMany
from voting.publicity.scores import (
    CitizenSettings,
    NoMark,
    Scale,
    ScoresClosed,
    demand_level,
    may_be_scored,
)
from voting.publicity.speaking import public_project, scope
from voting.store import Store, Transaction

MOST_AN_HOUR: Final = 60
"""A year's projects, and changing one's mind."""


class Scored(Struct, frozen=True, kw_only=True):
    """A form as it came back; `mark` is the cookie's."""

    slip: str
    nonce: str
    mark: str
    level: int


def score(store: Store, congress: str, project_id: str, given: Scored, secret: bytes, now: datetime) -> Scale:
    """Keep it in place of the device's former one; the scale it was given on.

    Raises GateError, TooMany, NoMark, ScoreError, ScoresClosed, NotFound.
    """
    slip = gate.read_slip(secret, scope(congress, project_id, "score"), given.slip, now)
    if given.mark == NO_MARK or given.mark != slip.device:
        raise NoMark
    with store.write() as tx:
        about = public_project(tx, congress, project_id)
        tx.projects.alone(congress)
        settings = tx.settings.get(congress, CitizenSettings)
        if not may_be_scored(settings, about):
            raise ScoresClosed
        demand_level(settings.scores, given.level)
        device = gate.device_of(given.mark, f"score|{about.id}")
        if tx.citizens.score_of(about, device) == (settings.scores, given.level):
            return settings.scores
        _count(tx, congress, given.mark, now)
        gate.demand_time(slip, given.slip, given.nonce, now)
        tx.citizens.put_score(about, device, settings.scores, given.level, now)
        after = {"project": about.id}
        tx.audit.add(PUBLIC, "score_project", now, "citizen_score", about.id, congress=congress, after=after)
    return settings.scores


def _count(tx: Transaction, congress: str, mark: str, now: datetime) -> None:
    device, hour = gate.device_of(mark, "score"), gate.hour_of(now)
    if tx.sent_forms.times(congress, device, hour) >= MOST_AN_HOUR:
        raise TooMany
    tx.sent_forms.count(congress, device, hour)
