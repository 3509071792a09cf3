"""请假名单: who is away, from what, why. Pure."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from voting.documents.official import Grid, Text
from voting.documents.session.facts import Absence, SessionFacts
from voting.documents.session.formal import Formal, blank
from voting.documents.session.worksheets import Cell, put_sheet
from voting.documents.typesetting import chinese_date

HEAD = ("序号", "姓名", "代表团", "请假范围", "事由")
_WIDTHS = (8, 20, 20, 20, 40)
"""In the workbook, in half-width characters."""


def leave_list(facts: SessionFacts) -> Formal:
    """In printed order; with empty lines where nobody is entered, to be filled in by hand."""
    rows = tuple(map(_row, facts.leave)) or tuple(("", "", "", "", "") for _ in range(8))
    words = facts.words
    away = str(len({one.deputy.id for one in facts.leave})) if facts.leave else blank(3)
    return Formal(
        title=f"{facts.title}\n请假名单",
        under=f"{words.all_members}{facts.session.all_deputies}人，请假{away}人",
        blocks=(
            Grid(head=HEAD, widths=(14, 28, 36, 34, 44), rows=rows),
            Text(f"核对人：{blank(6)}", indented=False, side="right"),
        ),
        day=chinese_date(facts.day),
    )


def leave_xlsx(facts: SessionFacts) -> bytes:
    """A line a deputy, the printed number as a number."""
    file = io.BytesIO()
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        rows: list[tuple[Cell, ...]] = [(one.deputy.number, *_row(one)[1:]) for one in facts.leave]
        widths = dict(zip(HEAD, _WIDTHS, strict=True))
        put_sheet(book, "请假名单", f"{facts.title}请假名单", HEAD, rows, widths)
    return file.getvalue()


def _row(one: Absence) -> tuple[str, ...]:
    scope = one.plenary.title if one.plenary else "全部会议"
    return (str(one.deputy.number), one.deputy.name, one.deputy.delegation, scope, one.leave.reason)
