"""交办函: who writes to whom, and the text that the service proposes. Pure.

It goes from the 常委会办公室, in a town from the 主席团, to the government of the same level. A change of
target, money or time goes back to the body that may decide it (domain §1.1 row 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from voting.delivering.projects import SENDERS, Project, ProjectError, wan
from voting.rounds import Congress, Level
from voting.screening.plans import required, written
from voting.text import Line, Prose, clean_line

RECIPIENTS: Final[dict[Level, str]] = {"county": "人民政府", "town": "人民政府"}
_DECIDES: Final[dict[Level, str]] = {
    "county": "报人大常委会决定，并向下一次人民代表大会报告",
    "town": "提请下一次人民代表大会决定",
}


class Letter(Struct, frozen=True, kw_only=True):
    """What a 交办函 says; `number` is its 文号."""

    number: Line
    day: date
    sender: Line
    recipient: Line
    text: Prose


def place_of(congress: Congress) -> str:
    """The place's name: 示例县."""
    return congress.name.removesuffix("人民代表大会")


def title_of(year: int) -> str:
    """What stands above it."""
    return f"关于交办{year}年民生实事项目的函"


def proposed(
    congress: Congress, session_title: str, year: int, projects: Sequence[Project], day: date
) -> Letter:
    """A letter for these projects, to be edited; the 文号 is the office's own."""
    place = place_of(congress)
    return Letter(
        number=f"{place[:-1] or place}人大办函〔{day.year}〕　号",
        day=day,
        sender=place + SENDERS[congress.level],
        recipient=place + RECIPIENTS[congress.level],
        text="\n".join(_paragraphs(congress.level, session_title, year, projects)),
    )


def _paragraphs(level: Level, session_title: str, year: int, projects: Sequence[Project]) -> list[str]:
    chosen = f"{session_title}票决确定了" if session_title else "经人民代表大会确定，"
    total = sum(one.planned for one in projects)
    money = f"，计划投资{written(wan(total))}万元" if total else ""
    return [
        f"{chosen}{year}年民生实事项目{len(projects)}件{money}。现将项目交你们办理（清单附后），并提出以下要求：",
        "一、明确责任。逐项确定牵头单位、配合单位、领办领导和督办领导，写明谁来办、如何办、何时办成、办成什么样。",
        "二、制定实施方案。把年度目标写成数字，列出节点和资金安排，向社会公开，并告知提出建议的代表和群众。",
        "三、定期报告进度。如实报告进展、支出、问题和措施；进度滞后的，及时说明原因并采取措施。",
        f"四、严格变更程序。项目的目标、投资和时限确需调整的，{_DECIDES[level]}，不得自行变更。",
        "请认真组织实施，年底报告完成情况，接受代表的监督和满意度测评。",
    ]


def check_letter(letter: Letter) -> Letter:
    """Raises ProjectError, PlanError or TextError."""
    if letter.number.rstrip().endswith("　号") or "〕号" in letter.number:
        raise ProjectError("文号还没有写序号。请补齐，例如：示例人大办函〔2027〕3号。")
    return Letter(
        number=clean_line(letter.number, "文号"),
        day=letter.day,
        sender=clean_line(letter.sender, "发文单位"),
        recipient=clean_line(letter.recipient, "收文单位"),
        text=required(letter.text, "正文"),
    )
