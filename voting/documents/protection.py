"""Sections of a statement as an office's paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from voting.days import today
from voting.documents.official import Grid, Label, Text
from voting.documents.session.formal import Block, Formal, day_words
from voting.keeping.statement import Section

_WIDTHS: Final = (34, 70, 52)
"""mm, 156 in all."""


def of_sections(title: str, issuer: str, sections: Sequence[Section], now: datetime) -> Formal:
    """One paper, a heading for each section."""
    blocks = tuple(block for one in sections for block in _section(one))
    return Formal(title=title, blocks=blocks, issuer=issuer, day=day_words(today(now)))


def _section(one: Section) -> Iterator[Block]:
    yield Label(one.title)
    for words in one.words:
        yield Text(words)
    if one.rows:
        yield Grid(head=one.head, widths=_WIDTHS, rows=one.rows)
