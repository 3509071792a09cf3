"""What papers cite, and how: 地方组织法 as revised in 2022, items without brackets as statutes are quoted."""

from __future__ import annotations

from typing import Final

from voting.rounds import Level

ORGANIC_LAW: Final = "《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》"
_POWERS: Final[dict[Level, str]] = {"county": "第十一条第三项", "town": "第十二条第三项"}
"""To decide on projects: of a people's congress at county level, of a town's."""
_MAJORITY: Final = "第二十五条"


def power_to_decide(level: Level) -> str:
    """《…组织法》第十一条第三项."""
    return f"{ORGANIC_LAW}{_POWERS[level]}"


def majority_article() -> str:
    """第二十五条: more than half of all deputies."""
    return f"{ORGANIC_LAW}{_MAJORITY}"
