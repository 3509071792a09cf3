"""What a satisfaction round says about one project, and how much of it this reader may see. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import Role
from voting.days import today
from voting.disclosure import PublicGrade, disclose
from voting.grading import FEWEST_RETURNED, Grading, columns
from voting.rating.rated import Rated
from voting.rating.rectifications import is_bad
from voting.ratings import Grade, Ratings, percent
from voting.rounds import Round, Session
from voting.wording import Body

LEVELS_ONLY: Final = "按测评办法只公布等次。"


class Score(Struct, frozen=True, kw_only=True):
    """`counts` and rates (tenths) are None where they are kept back; `kept_back` then says why.

    `path` leads to the public page of the result, empty before 公布; `day` is that of the vote.
    """

    round: str
    round_title: str
    body: Body
    day: date | None
    number: int
    title: str
    level: str
    bad: bool
    columns: tuple[str, ...]
    unit: str | None = None
    project: str | None = None
    part: int | None = None
    question: str | None = None
    retest: bool = False
    counts: tuple[int, ...] | None = None
    satisfied: int | None = None
    overall: int | None = None
    points: int | None = None
    reason: str = ""
    kept_back: str = ""
    path: str = ""

    @property
    def who(self) -> str:
        """Whose opinion it is."""
        return "常委会组成人员" if self.body == "committee" else "人大代表"

    @property
    def overall_words(self) -> str:
        return percent(self.overall)


def has_result(of: Round) -> bool:
    """Whether the chair has announced it."""
    return of.state in {"announced", "published"}


def shows_scores(role: Role, of: Round) -> bool:
    """The public: after 公布. Everybody with a role: after 宣布, never before."""
    return of.state == "published" if role == "public" else has_result(of)


class Shown(Struct, frozen=True, kw_only=True):
    """The grades of a round, by number, with as many figures as the reader may see; why some are missing."""

    grades: dict[int, PublicGrade]
    kept_back: str


def shown_grades(role: Role, rules: Grading, ratings: Ratings, *, own_page: bool = False) -> Shown:
    """The office that held the test sees all, but where few rated only on the round's own page; everybody
    else, units above all, sees what is published.
    """
    if role in {"staff", "system"} and (own_page or ratings.returned >= FEWEST_RETURNED):
        return Shown(grades={one.number: _whole(one) for one in ratings.grades}, kept_back="")
    public = disclose(rules, ratings)
    kept_back = public.kept_back or ("" if public.with_votes else LEVELS_ONLY)
    return Shown(grades={one.number: one for one in public.grades}, kept_back=kept_back)


def score(of: Round, session: Session, row: Rated, shown: Shown) -> Score | None:
    """None where the round has no grade for it: it is void."""
    grade = shown.grades.get(row.number)
    if grade is None or not isinstance(of.rules, Grading):
        return None
    return Score(
        round=of.id,
        round_title=of.title,
        body=session.body,
        day=_day(of.opened_at),
        number=row.number,
        title=row.title,
        level=grade.level,
        bad=is_bad(of.rules, grade.level),
        columns=columns(of.rules),
        unit=row.unit,
        project=row.project,
        part=row.part,
        question=row.question,
        retest=row.rectification is not None,
        counts=grade.counts,
        satisfied=grade.satisfied,
        overall=grade.overall,
        points=grade.score,
        reason=grade.reason,
        kept_back=shown.kept_back,
        path=f"/r/{of.id}" if of.state == "published" else "",
    )


def _whole(one: Grade) -> PublicGrade:
    return PublicGrade(
        number=one.number,
        level=one.level,
        reason=one.reason,
        counts=one.counts,
        shares=one.shares,
        satisfied=one.satisfied,
        overall=one.overall,
        score=one.score,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else today(moment)
