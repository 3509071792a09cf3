"""初选: the criteria that every candidate is held against (陕西, 重庆, 巴南, 苍溪; domain.md §1.1). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.screening.plans import short_line
from voting.text import Prose

Finding = Literal["yes", "no", "unclear"]
FINDING_NAMES: Final[dict[Finding, str]] = {"yes": "符合", "no": "不符合", "unclear": "不清楚"}
Outcome = Literal["shortlisted", "reserve", "dropped"]
OUTCOME_NAMES: Final[dict[Outcome, str]] = {
    "shortlisted": "通过初选",
    "reserve": "列入储备库",
    "dropped": "不列入",
}
MOST_WORDS = 200

CRITERIA: Final[dict[str, tuple[str, str]]] = {
    "inclusive": ("普惠", "多数群众能受益"),
    "balanced": ("均衡", "兼顾城乡、区域和不同人群"),
    "public_good": ("公益", "不以营利为目的"),
    "sustainable": ("可持续", "建成后有人管、有钱维护"),
    "timely": ("完成时间", "当年可完成，或者有年度阶段目标"),
    "funded": ("资金", "资金来源已经落实"),
    "land": ("用地", "用地已经落实，或者不需要新增用地"),
    "lawful": ("合法性", "通过合法性审查"),
    "no_burden": ("群众和企业负担", "不增加群众和企业负担"),
    "no_debt": ("政府债务", "不增加政府债务风险"),
    "stable": ("社会稳定", "没有影响社会稳定的风险"),
    "not_ordered": ("工作来源", "不是上级统一部署的任务"),
    "not_negative": ("负面清单", "不是办公楼、办公设备等负面清单内的项目"),
}
"""name → (in short, what “符合” means). Each is put so that 符合 speaks for the candidate."""

DECISIVE: Final = ("lawful", "no_burden", "no_debt", "stable", "not_negative")
"""With 不符合 on one of these a candidate cannot be shortlisted, whatever the reason."""


class AssessmentError(VotingError):
    """An assessment from which the decision does not follow."""

    sentence = "初选意见需要修改。请修改后重试。"


class Answer(Struct, frozen=True, kw_only=True):
    """One criterion: the finding and, unless it is 符合, why."""

    criterion: str
    finding: Finding
    words: Prose = ""


class Conclusion(Struct, frozen=True, kw_only=True):
    """What 初选 found and decided."""

    answers: tuple[Answer, ...]
    outcome: Outcome
    reason: Prose


def check_answer(answer: Answer) -> Answer:
    """Raises AssessmentError or TextError."""
    if answer.criterion not in CRITERIA:
        raise AssessmentError("初选标准中没有这一项。请重新打开页面填写。")
    name, _ = CRITERIA[answer.criterion]
    words = answer.words.strip() and short_line(answer.words, f"{name}的说明", MOST_WORDS)
    if answer.finding != "yes" and not words:
        raise AssessmentError(f"“{name}”选了{FINDING_NAMES[answer.finding]}，请写明原因。")
    return Answer(criterion=answer.criterion, finding=answer.finding, words=words)


def check_answers(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """One for each criterion, in their order. Raises AssessmentError or TextError."""
    given = {answer.criterion: check_answer(answer) for answer in answers}
    missing = [name for key, (name, _) in CRITERIA.items() if key not in given]
    if missing or len(given) != len(answers):
        raise AssessmentError(f"还有{len(missing)}项标准没有回答：{'、'.join(missing)}。请逐项回答。")
    return tuple(given[key] for key in CRITERIA)


def check_outcome(conclusion: Conclusion) -> None:
    """Raises AssessmentError when a decisive criterion is not met and the candidate is to go on."""
    if conclusion.outcome != "shortlisted":
        return
    against = [
        CRITERIA[one.criterion][0]
        for one in conclusion.answers
        if one.finding == "no" and one.criterion in DECISIVE
    ]
    if against:
        raise AssessmentError(
            f"“{'”“'.join(against)}”不符合，不能通过初选。请先修改方案，或者列入储备库、不列入。"
        )
