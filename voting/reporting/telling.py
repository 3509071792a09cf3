"""Who is told of a 预警: the offices, or the unit it is addressed to."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Role
from voting.delivering.projects import Project
from voting.store import Transaction


def offices(tx: Transaction, congress: str) -> tuple[Role, ...]:
    """Those who follow the progress: in a town one clerk does both parts and is told once."""
    town = tx.sessions.congress(congress).level == "town"
    return ("staff",) if town else ("staff", "government_office")


def tell_offices(tx: Transaction, of: Project, about: str, kind: str, text: str, now: datetime) -> None:
    """Once about this, with a way to the list of warnings."""
    for role in offices(tx, of.congress):
        tx.notices.add(
            of.congress,
            kind=kind,
            text=text[:120],
            path="/warnings",
            about=about,
            due=None,
            at=now,
            role=role,
        )


def tell_unit(
    tx: Transaction, of: Project, unit: str, about: str, kind: str, text: str, now: datetime
) -> None:
    """Once about this, with a way to the project."""
    path = f"/projects/{of.id}/progress"
    tx.notices.add(
        of.congress, kind=kind, text=text[:120], path=path, about=about, due=None, at=now, unit=unit
    )
