"""What every page of one project shows above its own part."""

from __future__ import annotations

from typing import Final

from voting.actors import Role
from voting.delivering.projects import STATE_NAMES, Project
from web.access import Visit

TABS: Final = (
    ("", "概况"),
    ("/progress", "进度"),
    ("/supervision", "监督"),
    ("/changes", "调整"),
    ("/completion", "办结验收"),
    ("/rating", "测评整改"),
)
"""(path below the project's own, words)."""
_OF_A_UNIT: Final = frozenset({"", "/progress", "/supervision", "/completion", "/rating"})


def frame(visit: Visit, project: Project, tab: str) -> dict[str, object]:
    """The context of `delivering/frame.html`; `tab` is one of `TABS`."""
    return {"project": project, "states": STATE_NAMES, "tab": tab, "tabs": _tabs(visit.actor.role)}


def _tabs(role: Role) -> tuple[tuple[str, str], ...]:
    return tuple(one for one in TABS if role != "unit" or one[0] in _OF_A_UNIT)
