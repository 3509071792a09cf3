"""候选项目（草案）名单 and 项目论证表 as .docx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from voting.days import today
from voting.documents.office_paper import (
    BODY,
    HEAD,
    as_bytes,
    fill,
    new_paper,
    put_line,
    put_table,
    put_title,
    repeat,
)
from voting.documents.typesetting import chinese_date
from voting.screening.criteria import CRITERIA, FINDING_NAMES, OUTCOME_NAMES
from voting.screening.drafts import OPINION_NAMES, VERDICT_NAMES
from voting.screening.overviews import Whole
from voting.screening.plans import (
    Plan,
    completion_words,
    facts,
    target_words,
    total_cost,
    unit_words,
    written,
)
from voting.screening.slates import Slate, number_words

Numbered = tuple[int, Plan]

_COLUMNS: Final = (
    ("序号", 14),
    ("项目名称", 38),
    ("主要内容和目标", 76),
    ("投资（万元）", 24),
    ("资金来源", 38),
    ("责任单位", 36),
    ("完成时限", 36),
)
"""(heading, width in mm): 262 mm, the type area of A4 across."""


def list_docx(congress: str, slate: Slate, plans: Sequence[Numbered], now: datetime) -> bytes:
    """The list, across, its heading repeated on each page."""
    paper = new_paper(now, across=True)
    put_title(paper, slate.title if slate.frozen_at else _as_draft(slate.title))
    put_line(paper, f"{congress}　{number_words(len(plans), slate.places)}", HEAD, centred=True)
    table = put_table(paper, len(plans) + 2, [width for _, width in _COLUMNS])
    head, *rows, last = table.rows
    fill(head, [words for words, _ in _COLUMNS], HEAD)
    repeat(head)
    for row, (number, plan) in zip(rows, plans, strict=True):
        fill(row, _row(number, plan), BODY)
    total = total_cost(tuple(plan for _, plan in plans))
    fill(last, ["合计", f"{len(plans)}件", "", written(total), "", "", ""], HEAD)
    put_line(paper, chinese_date(today(now)), BODY, right=True)
    return as_bytes(paper)


def cases_docx(slate: Slate, plans: Sequence[Numbered], cases: Sequence[Whole], now: datetime) -> bytes:
    """项目论证表: a page or more for each candidate, with criteria, opinions and verdicts."""
    paper = new_paper(now, across=False)
    for place, ((number, plan), case) in enumerate(zip(plans, cases, strict=True)):
        put_title(paper, "民生实事候选项目论证表", on_new_page=place > 0)
        put_line(paper, f"{slate.title}　第{number}件", HEAD, centred=True)
        said = [*facts(plan), *_case_rows(case)]
        table = put_table(paper, len(said), [38, 118])
        for row, (name, words) in zip(table.rows, said, strict=True):
            fill(row, [name, words or "—"], BODY)
    return as_bytes(paper)


def _as_draft(title: str) -> str:
    return title.replace("候选项目名单", "候选项目（草案）名单") if "草案" not in title else title


def _row(number: int, plan: Plan) -> list[str]:
    return [
        str(number),
        plan.title,
        f"{plan.content}\n目标：{target_words(plan.targets)}\n地点：{plan.place}",
        written(plan.cost),
        plan.funds,
        unit_words(plan),
        completion_words(plan),
    ]


def _case_rows(case: Whole) -> list[tuple[str, str]]:
    rows = [("线索来源", f"{len(case.sources)}条" if case.sources else "")]
    rows += [
        (f"预审（第{one.version}版）", f"{VERDICT_NAMES[one.verdict]}：{one.reason}")
        for one in case.versions
        if one.verdict
    ]
    if case.assessments:
        last = case.assessments[-1]
        said = [
            f"{CRITERIA[one.criterion][0]}：{FINDING_NAMES[one.finding]}"
            + (f"（{one.words}）" if one.words else "")
            for one in last.answers
        ]
        rows.append(("初选标准", "\n".join(said)))
        rows.append(("初选结论", f"{OUTCOME_NAMES[last.outcome]}：{last.reason}"))
    rows += [
        (f"{one.unit}意见", f"{OPINION_NAMES[one.feasibility.opinion]}：{one.feasibility.text}")
        for one in case.opinions
        if one.feasibility.opinion
    ]
    return rows
