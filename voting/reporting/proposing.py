"""What the light makes of a project: a 预警 is proposed, and a person decides whether it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import Project
from voting.reporting.lights import Light
from voting.reporting.overviews import Known, known_of
from voting.reporting.telling import tell_offices
from voting.reporting.warnings import LEVEL_NAMES, WarningLevel, WarningNotice
from voting.store import Transaction

BY_THE_RULE: Final = "按亮灯规则"


def propose(tx: Transaction, system: Actor, project: Project, now: datetime) -> WarningNotice | None:
    """As `propose_all`, for one project."""
    made = propose_all(tx, system, [project], now)
    return made[0] if made else None


def propose_all(
    tx: Transaction, system: Actor, projects: list[Project], now: datetime
) -> tuple[WarningNotice, ...]:
    """For each project of one congress whose light is red, or whose report is late, unless that was proposed
    before or a warning of the same level stands. Whoever calls holds no older look at the projects.
    """
    running = [one for one in projects if one.running and one.lead_unit is not None]
    known = known_of(tx, system, running, today(now))
    there = tx.warnings.of_projects(system, running)
    made = []
    for one in running:
        new = _proposal(one, known[one.id], there.get(one.id, ()), now)
        if new is not None:
            tx.warnings.add(new)
            _tell(tx, system, one, new, now)
            made.append(new)
    return tuple(made)


def level_of(light: Light, known: Known) -> WarningLevel | None:
    """Red for a red light; yellow for one that is behind, or for a late report; None: nothing to warn of."""
    if light.color == "red":
        return "red"
    behind = (
        light.color == "yellow" and light.behind > 0
    )  # of five colours, yellow only says how much is done
    return "yellow" if behind or known.reported.late else None


def _proposal(
    project: Project, known: Known, there: tuple[WarningNotice, ...], now: datetime
) -> WarningNotice | None:
    level = level_of(known.light, known)
    if level is None:
        return None
    mark = f"{level}|{known.reported.as_of or 'start'}"
    stands = {one.level for one in there if one.ended_at is None}
    if level in stands or "red" in stands or any(one.mark == mark for one in there):
        return None
    return WarningNotice(
        id=uuid4().hex,
        congress=project.congress,
        project=project.id,
        unit=project.lead_unit or "",
        level=level,
        cause=_cause(known),
        mark=mark,
        made_by=BY_THE_RULE,
        made_at=now,
    )


def _cause(known: Known) -> str:
    said = [known.light.words, *(one.words for one in known.reported.late)]
    return "；".join(dict.fromkeys(said)) + "。"


def _tell(tx: Transaction, system: Actor, project: Project, new: WarningNotice, now: datetime) -> None:
    tx.audit.add(system, "propose_warning", now, "warning", new.id, after={"project": project.title})
    text = f"建议发出{LEVEL_NAMES[new.level]}：{project.title}"
    tell_offices(tx, project, new.id, "warning_proposed", text, now)
