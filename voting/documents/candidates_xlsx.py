"""候选项目名单 as .xlsx: every fact in a column of its own, money as numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from xlsxwriter import Workbook

from voting.screening.plans import Plan, facts, total_cost
from voting.screening.slates import Slate, number_words

_WIDTHS: Final = {"项目名称": 28, "主要内容": 48, "投资估算": 14, "资金来源": 26}
_COST: Final = "投资估算"


def list_xlsx(slate: Slate, plans: Sequence[tuple[int, Plan]]) -> bytes:
    """Title and number above the headings, the sum of money below the last row."""
    file = io.BytesIO()
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("候选项目")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, slate.title, bold)
        sheet.write_string(1, 0, number_words(len(plans), slate.places))
        names = ["序号", *(name for name, _ in facts(plans[0][1]))] if plans else ["序号"]
        for column, name in enumerate(names):
            sheet.set_column(column, column, _WIDTHS.get(name, 8 if column == 0 else 20))
            sheet.write_string(2, column, f"{name}（万元）" if name == _COST else name, bold)
        for row, (number, plan) in enumerate(plans, start=3):
            sheet.write_number(row, 0, number)
            for column, (name, words) in enumerate(facts(plan), start=1):
                if name == _COST:
                    sheet.write_number(row, column, float(plan.cost), wrapped)
                else:
                    sheet.write_string(row, column, words, wrapped)
        sheet.write_string(3 + len(plans), 0, "合计", bold)
        if plans:
            total = total_cost(tuple(plan for _, plan in plans))
            sheet.write_number(3 + len(plans), names.index(_COST), float(total), bold)
        sheet.freeze_panes(3, 2)
    return file.getvalue()
