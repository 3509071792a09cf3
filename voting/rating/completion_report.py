"""完成情况: what the deputies read of a project before they rate it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from voting.delivering.projects import WHOLE, Project, wan
from voting.rating.rated import Choice
from voting.reporting.lights import percent
from voting.rounds import Candidate
from voting.screening.plans import target_words, written
from voting.supervising.completions import RESULT_NAMES, ProjectCompletion
from voting.text import PROSE_LENGTH

_MOST_REPORT: Final = 900


def candidate(number: int, chosen: Choice, unit: str, completions: Sequence[ProjectCompletion]) -> Candidate:
    """A row of the ballot: what was promised, how far it came, and whether in time."""
    project = chosen.project
    return Candidate(
        number=number,
        title=chosen.title,
        content=report(chosen, completions)[:PROSE_LENGTH].rstrip(),
        place=project.place,
        cost=f"计划{written(wan(project.planned))}万元，已投入{written(wan(project.spent))}万元",
        unit=unit,
        deadline=_deadline(project),
    )


def report(chosen: Choice, completions: Sequence[ProjectCompletion]) -> str:
    """Promise, targets, progress, 办结 and 验收, in lines."""
    project = chosen.project
    lines = [project.content]
    if project.targets:
        lines.append(f"年度目标：{target_words(project.targets)}。")
    if chosen.part is not None:
        lines.append(f"测评子项：{chosen.part.title}。")
    lines.append(f"进度：{progress_words(project)}。")
    lines += _completed(project, completions)
    return "\n".join(line for line in lines if line)


def progress_words(project: Project) -> str:
    """已全部完成 if it was both reported so and 办结; else how much was reported."""
    if project.state in {"finished", "accepted"} and project.progress == WHOLE:
        return "已全部完成" if project.completion == "this_year" else "已完成年度阶段目标"
    return f"报告完成{percent(project.progress)}"


def punctuality(project: Project, completions: Sequence[ProjectCompletion]) -> str:
    """按期完成, 逾期12天, or that it is not done yet."""
    if _sent_back(project, completions):
        return "曾报告办结，验收未通过，正在整改"
    if not completions or project.state not in {"finished", "accepted"}:
        return "尚未办结" if project.state == "planned" else "已办结"
    return completions[-1].punctuality


def _completed(project: Project, completions: Sequence[ProjectCompletion]) -> list[str]:
    if not completions:
        return [f"办结：{punctuality(project, completions)}。"]
    last = completions[-1]
    if _sent_back(project, completions):
        # What was claimed at 办结 did not hold; what the 验收 found did.
        return [f"办结：{punctuality(project, completions)}。", f"存在问题：{last.note[:_MOST_REPORT]}"]
    day = last.finished_on
    lines = [f"办结：{day.year}年{day.month}月{day.day}日，{punctuality(project, completions)}。"]
    if last.result is not None:
        lines.append(f"验收：{RESULT_NAMES[last.result]}（{last.body}）。")
    lines.append(f"完成情况：{last.text[:_MOST_REPORT]}")
    return lines


def _sent_back(project: Project, completions: Sequence[ProjectCompletion]) -> bool:
    """Whether the newest 验收 found that more is to be done, and it is being done."""
    return project.state == "planned" and bool(completions) and completions[-1].result == "needs_work"


def _deadline(project: Project) -> str:
    day = project.deadline
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日前"
