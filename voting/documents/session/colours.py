"""One light colour for each delegation, so that a pile is sorted at a glance; the name stands by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LIGHT: Final = (
    "#f7c9c4",
    "#c6dff5",
    "#cdebc5",
    "#fbe3a6",
    "#dccbf0",
    "#f9d3ae",
    "#bfe8e4",
    "#f5c6de",
    "#e2e2a8",
    "#d3d7dd",
    "#e3cdb8",
    "#c9d0f2",
)
"""Twelve, told apart beside each other also by most who see colours otherwise; black print stands on each."""


def delegation_colours(delegations: Iterable[str]) -> dict[str, str]:
    """`#rrggbb` for each, in the order in which they first come; a thirteenth begins again."""
    return {name: _LIGHT[at % len(_LIGHT)] for at, name in enumerate(dict.fromkeys(delegations))}
