"""候选项目名单 of a round as the deputies get it; the longer one of a frozen list has its own pages. Pure."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from voting.documents.official import Grid, Label, Official, Text
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.worksheets import put_sheet
from voting.documents.typesetting import chinese_date
from voting.rounds import Candidate

_COLUMNS = (
    ("序号", 14),
    ("项目名称", 52),
    ("主要内容", 74),
    ("实施地点", 34),
    ("投资", 24),
    ("责任单位", 36),
    ("完成时限", 28),
)
"""(heading, width in mm): 262 mm, the type area of A4 across."""


def candidate_list(facts: SessionFacts, of: RoundFacts) -> Official:
    """Every fact of the round's candidates, in printed order."""
    return Official(
        title=f"{of.title}{of.words.candidate}名单",
        across=True,
        blocks=(
            Label(facts.title, "centre"),
            Grid(
                head=tuple(name for name, _ in _COLUMNS),
                widths=tuple(width for _, width in _COLUMNS),
                rows=tuple(map(_row, of.candidates)),
            ),
            Text(chinese_date(facts.day), indented=False, side="right"),
        ),
    )


def candidates_xlsx(facts: SessionFacts, of: RoundFacts) -> bytes:
    """The same, every fact in a column of its own."""
    file = io.BytesIO()
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        put_sheet(
            book,
            of.words.candidate,
            f"{facts.title}　{of.title}",
            [name for name, _ in _COLUMNS],
            [(one.number, *_row(one)[1:]) for one in of.candidates],
            {name: width // 2 for name, width in _COLUMNS},
        )
    return file.getvalue()


def _row(one: Candidate) -> tuple[str, ...]:
    return (str(one.number), one.title, one.content, one.place, one.cost, one.unit, one.deadline)
