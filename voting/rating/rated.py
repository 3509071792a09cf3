"""What a satisfaction round rates: projects, their parts by unit, or answers to questions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from voting.delivering.projects import Part, Project, ProjectState
from voting.rating.refusals import RatingError
from voting.rounds import Round
from voting.text import LINE_LENGTH, Line

RATEABLE: Final[frozenset[ProjectState]] = frozenset({"planned", "finished", "accepted"})
"""What is not finished in time is rated too: that is what the test is for."""
PROPOSED: Final[frozenset[ProjectState]] = frozenset({"finished", "accepted"})


class Rated(Struct, frozen=True, kw_only=True):
    """One row of the ballot. `project` is None for an answer, `question` for a project."""

    congress: str
    round: str
    number: int
    title: Line
    project: str | None = None
    part: int | None = None
    unit: str | None = None
    question: str | None = None
    rectification: str | None = None


class Choice(Struct, frozen=True, kw_only=True):
    """A project, or one of its parts, that can be put on the ballot; `key` names it in a form."""

    project: Project
    part: Part | None = None

    @property
    def key(self) -> str:
        return self.project.id + (f".{self.part.place}" if self.part else "")

    @property
    def unit(self) -> str | None:
        """Who is responsible."""
        return self.part.unit if self.part else self.project.lead_unit

    @property
    def title(self) -> str:
        """As it will stand on the ballot."""
        if self.part is None:
            return self.project.title
        return f"{self.project.title}：{self.part.title}"[:LINE_LENGTH].rstrip()


def choices(projects: Iterable[Project], parts: Mapping[str, Sequence[Part]]) -> tuple[Choice, ...]:
    """Everything that may be rated, the whole project before its parts."""
    found: list[Choice] = []
    for one in projects:
        if one.state in RATEABLE:
            found.append(Choice(project=one))
            found.extend(Choice(project=one, part=part) for part in parts.get(one.id, ()))
    return tuple(found)


def check_choices(chosen: Sequence[Choice]) -> None:
    """Raises RatingError with the first thing that is wrong."""
    if not chosen:
        raise RatingError("没有选择测评项目。请至少选择一件。")
    years = sorted({one.project.year for one in chosen})
    if len(years) > 1:
        raise RatingError(
            f"一次测评只能测评同一年度的项目，现在选了{years[0]}年和{years[-1]}年的。请分开测评。"
        )
    whole = {one.project.id for one in chosen if one.part is None}
    for one in chosen:
        if one.part is not None and one.project.id in whole:
            raise RatingError(
                f"“{one.project.title}”既选了整个项目，又选了子项。请选整个项目，或者只选子项。"
            )
    keys = [one.key for one in chosen]
    if len(set(keys)) != len(keys):
        raise RatingError("同一个测评项目选了两次。请每项只选一次。")


def bound(of: Round, rows: Iterable[Rated]) -> dict[int, Rated]:
    """What stands behind each number of the ballot now; a row whose title is not on it is left out."""
    by_title = {one.title: one for one in rows}
    return {
        one.number: replace(by_title[one.title], round=of.id, number=one.number)
        for one in of.candidates
        if one.title in by_title
    }


def unbound(of: Round, rows: Iterable[Rated]) -> tuple[str, ...]:
    """Titles on the ballot behind which nothing stands any more: somebody renamed them in the draft."""
    known = {one.title for one in rows}
    return tuple(one.title for one in of.candidates if one.title not in known)
