"""The lights of many projects at once, for the public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from voting.actors import PUBLIC
from voting.delivering.projects import Project
from voting.reporting.lights import Light, Reported, ReportingSettings, light_of
from voting.reporting.overviews import lights_of
from voting.store import Transaction

_UNREPORTED: Final = Reported(percents={}, as_of=None)


def lamps(
    tx: Transaction, projects: Sequence[Project], settings: ReportingSettings, day: date
) -> dict[str, Light]:
    """Of projects of one congress that the caller was given, by id.

    What is not being delivered burns by its state alone: a year that is over needs none of its reports.
    """
    running = [one for one in projects if one.running]
    others = {one.id: light_of(one, (), _UNREPORTED, settings, day) for one in projects if not one.running}
    return {**others, **lights_of(tx, PUBLIC, running, day)}
