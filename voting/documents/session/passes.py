"""出席证: eight on an A4 sheet, each with a QR by which the desk knows whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from voting.checking_in.facts import Pass
from voting.documents.cards import qr_svg, title_lines
from voting.documents.session.colours import delegation_colours
from voting.documents.typesetting import typeset

LONG_NAME: Final = 6
"""More characters than that do not stand in one line in large type."""


def passes_pdf(
    session_title: str,
    passes: Sequence[Pass],
    delegations: Sequence[str],
    timestamp: datetime,
) -> bytes:
    """`session_title` is the full one, with its place.

    `delegations` are all of the congress in printed order, so that one pass printed anew has the same colour.
    Raises MissingFont.
    """
    colours = delegation_colours([*delegations, *(one.deputy.delegation for one in passes)])
    data = {
        "title": title_lines(session_title),
        "passes": [
            {
                "number": str(one.deputy.number),
                "name": name_lines(one.deputy.name),
                "delegation": one.deputy.delegation,
                "colour": colours[one.deputy.delegation],
                "qr": qr_svg(one.text),
            }
            for one in passes
        ],
    }
    return typeset("passes.typ", data, timestamp)


def name_lines(name: str) -> list[str]:
    """A long name of several parts (阿卜杜热西提·买买提江) breaks once, at the dot nearest to its middle."""
    parts = name.split("·")
    if len(name) <= LONG_NAME or len(parts) == 1:
        return [name]
    first = min(range(1, len(parts)), key=lambda n: abs(len("·".join(parts[:n])) * 2 - len(name)))
    return ["·".join(parts[:first]) + "·", "·".join(parts[first:])]
