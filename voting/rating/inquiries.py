"""专题询问: questions set beforehand or on the spot, answers, follow-ups, measures, a second look. Pure.

prepared → held
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.rating.refusals import RatingStep
from voting.rounds import Candidate
from voting.text import LINE_LENGTH, Line, Prose

InquiryState = Literal["prepared", "held"]
STATE_NAMES: Final[dict[InquiryState, str]] = {"prepared": "正在准备", "held": "已进行"}
MOST_QUESTIONS: Final = 60


class Inquiry(Struct, frozen=True, kw_only=True):
    """`meeting` is where it is held; `due` the last day for the units' measures, once it was held."""

    id: str
    congress: str
    title: Line
    day: date
    meeting: Line
    state: InquiryState
    months: int
    by: str
    at: datetime
    due: date | None = None
    released_at: datetime | None = None


class Question(Struct, frozen=True, kw_only=True):
    """`follows` is the question that it follows up; the answer is empty until it was given."""

    id: str
    congress: str
    inquiry: str
    place: int
    on_spot: bool
    unit: str
    asked_by: Line
    text: Prose
    by: str
    at: datetime
    follows: str | None = None
    answered_by: str = ""
    answer: Prose = ""
    answered_at: datetime | None = None

    @property
    def kind(self) -> str:
        """设定, 临时 or 追问."""
        if self.follows:
            return "追问"
        return "临时提问" if self.on_spot else "设定问题"


class Answering(Struct, frozen=True, kw_only=True):
    """应询单位, with its measures once it has handed them in."""

    congress: str
    inquiry: str
    unit: str
    measures: Prose = ""
    by: str = ""
    at: datetime | None = None


class Recheck(Struct, frozen=True, kw_only=True):
    """What somebody found who looked again after the measures."""

    id: str
    congress: str
    inquiry: str
    unit: str
    day: date
    who: Line
    passed: bool
    text: Prose
    by: str
    at: datetime


def demand_prepared(of: Inquiry) -> None:
    """Raises RatingStep once it was held."""
    if of.state != "prepared":
        raise RatingStep(f"“{of.title}”已经进行，不能再改动。请刷新页面查看。")


def candidates(questions: Sequence[Question], units: dict[str, str]) -> list[Candidate]:
    """The answers as a ballot shows them: follow-ups stand with the question they belong to."""
    asked = [one for one in questions if one.follows is None]
    return [_candidate(number, one, questions, units) for number, one in enumerate(asked, start=1)]


def _candidate(number: int, one: Question, all_of: Sequence[Question], units: dict[str, str]) -> Candidate:
    unit = units.get(one.unit, "")
    lines = [line for said in (one, *_followups(one, all_of)) for line in _lines(said)]
    first = one.text.split("\n", 1)[0]
    return Candidate(
        number=number,
        title=f"第{one.place}问（{unit}）：{first}"[:LINE_LENGTH].rstrip(),
        content="\n".join(lines)[:2000].rstrip(),
        unit=unit,
    )


def _followups(one: Question, all_of: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(other for other in all_of if other.follows == one.id)


def _lines(one: Question) -> list[str]:
    return [f"{one.kind}（{one.asked_by}）：{one.text}", f"答（{one.answered_by}）：{one.answer}"]
