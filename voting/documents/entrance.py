"""How a hall's devices get into its network: a page for the wall, one for whoever prepares the tablets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from voting.documents.cards import qr_svg
from voting.documents.typesetting import typeset


class Door(NamedTuple):
    """One code: what it is for, what it holds, and lines below it for those who type instead."""

    title: str
    holds: str
    typed: tuple[str, ...]


def entrance_pdf(doors: Sequence[Door], notes: Sequence[str], timestamp: datetime) -> bytes:
    """The doors in the order of use on the first page, `notes` one a line on the next. Raises MissingFont."""
    data = {
        "doors": [{"title": one.title, "qr": qr_svg(one.holds), "typed": one.typed} for one in doors],
        "notes": notes,
    }
    return typeset("entrance.typ", data, timestamp)
