"""Who watches a project: groups of deputies, and people with a supervisor's role. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.people import Deputy
from voting.supervising.refusals import SupervisionInput
from voting.text import Line, clean_line

MOST_MEMBERS: Final = 60
MOST_SUPERVISORS: Final = 6

SupervisorRole = Literal["throughout", "matching", "leading"]
ROLE_NAMES: Final[dict[SupervisorRole, str]] = {
    "throughout": "全程督办",
    "matching": "对口督办",
    "leading": "领导督办",
}
"""联工委全程、委办对口、领导牵头 (domain.md §3.5)."""


class Group(Struct, frozen=True, kw_only=True):
    """代表监督小组. `leader` is a deputy's id, and not among the members."""

    id: str
    congress: str
    name: Line
    leader: str
    made_at: datetime
    ended_at: datetime | None = None


class Supervisor(Struct, frozen=True, kw_only=True):
    """One who watches in a role: `body` is the office or committee the person speaks for."""

    congress: str
    project: str
    place: int
    role: SupervisorRole
    name: Line
    body: Line


class NamedSupervisor(Struct, frozen=True, kw_only=True):
    """As it is typed."""

    role: SupervisorRole
    name: str
    body: str


def check_people(
    deputies: Collection[Deputy], leader: str, members: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """(leader, members in the order of the roster). Raises SupervisionInput: all are sitting deputies of
    this congress, and there is a leader.
    """
    sitting = {one.id for one in deputies if one.ended_on is None}
    if leader not in sitting:
        raise SupervisionInput("请选择组长：组长必须是本级在任代表。")
    if not set(members) <= sitting:
        raise SupervisionInput("组员只能从本级在任代表中选择，刚才选的有人不在名册里。请重新选择。")
    if len(set(members)) > MOST_MEMBERS:
        raise SupervisionInput(f"一个小组最多{MOST_MEMBERS}名组员，现在选了{len(set(members))}名。请减少。")
    chosen = set(members) - {leader}
    return leader, tuple(one.id for one in deputies if one.id in chosen)


def check_supervisor(congress: str, project: str, place: int, typed: NamedSupervisor) -> Supervisor:
    """Raises TextError."""
    said = f"第{place}位督办人的"
    return Supervisor(
        congress=congress,
        project=project,
        place=place,
        role=typed.role,
        name=clean_line(typed.name, f"{said}姓名"),
        body=clean_line(typed.body, f"{said}单位"),
    )
