"""A project that the congress decided: what was promised, who delivers it, and where it stands. Pure.

    chosen → handed → planned → finished → accepted
       └────────┴────────┴→ cancelled (by a decision of the body that may)

交办 makes it `handed`, the published 实施方案 `planned`, 办结 `finished`, 验收 `accepted`. To be finished is
one thing, to be found good by the deputies another: the score stands apart.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, Role
from voting.errors import VotingError
from voting.rounds import Level
from voting.screening.plans import COMPLETION_NAMES, Completion, Target
from voting.text import Line, Prose

ProjectState = Literal["chosen", "handed", "planned", "finished", "accepted", "cancelled"]
STATE_NAMES: Final[dict[ProjectState, str]] = {
    "chosen": "已票决，待交办",
    "handed": "已交办，制定实施方案",
    "planned": "正在实施",
    "finished": "已办结，待验收",
    "accepted": "已验收",
    "cancelled": "已取消",
}
SENDERS: Final[dict[Level, str]] = {"county": "人大常委会办公室", "town": "人大主席团"}
OFFICES: Final[dict[Level, str]] = {"county": "政府办公室", "town": "党政办公室"}
"""Who hands over, and who assigns and collects the reports; after the place's name."""

_WRITES: Final[frozenset[Role]] = frozenset({"staff", "government_office", "unit", "system"})

WHOLE: Final = 1000
"""A project that is all done, in tenths of a per cent."""


class ProjectError(VotingError):
    """Something about a project that cannot be kept as it was entered."""

    sentence = "项目内容需要修改。请修改后重试。"


class ProjectStep(VotingError):
    """A step that the project's state does not allow."""

    sentence = "项目现在不能进行这一步。请刷新页面查看最新情况。"


class Project(Struct, frozen=True, kw_only=True):
    """`planned` and `spent` in 元, `progress` in tenths of a per cent as last reported.

    `basis` is the decision that made it a project where the count of votes did not.
    """

    id: str
    congress: str
    year: int
    number: int
    state: ProjectState
    title: Line
    content: Prose
    place: Prose
    planned: int
    made_at: datetime
    targets: tuple[Target, ...] = ()
    standard: Prose = ""
    completion: Completion = "this_year"
    stage: Prose = ""
    funds: Prose = ""
    lead_unit: str | None = None
    deadline: date | None = None
    chief: str = ""
    watcher: str = ""
    round: str | None = None
    candidate: int | None = None
    draft: str | None = None
    handover: str | None = None
    previous: str | None = None
    basis: Prose = ""
    planned_at: datetime | None = None
    baseline: int = 1
    progress: int = 0
    spent: int = 0
    reported_at: datetime | None = None

    @property
    def label(self) -> str:
        """2026年第3号."""
        return f"{self.year}年第{self.number}号"

    @property
    def running(self) -> bool:
        """Whether it is being delivered: reports are due, lights burn."""
        return self.state == "planned"


class Milestone(Struct, frozen=True, kw_only=True):
    """节点: `weight` in per cent of the project; `baseline` says which set it belongs to."""

    id: str
    congress: str
    project: str
    baseline: int
    place: int
    title: Line
    starts: date
    due: date
    weight: int


class Part(Struct, frozen=True, kw_only=True):
    """子项: what one responsible body delivers, and is rated for."""

    congress: str
    project: str
    place: int
    title: Line
    unit: str


class Handover(Struct, frozen=True, kw_only=True):
    """交办函: `number` is its 文号."""

    id: str
    congress: str
    year: int
    number: Line
    day: date
    sender: Line
    recipient: Line
    text: Prose
    by: str
    at: datetime
    round: str | None = None


class Paper(Struct, frozen=True, kw_only=True):
    """A document of a project without its bytes; `of` is the id of what it proves."""

    id: str
    congress: str
    project: str
    of: str
    name: Line
    media_type: str
    hash: str
    public: bool
    by: str
    at: datetime


class Picture(Struct, frozen=True, kw_only=True):
    """A photo of a project without its bytes; `of` is the id of the report or visit it belongs to."""

    id: str
    congress: str
    project: str
    of: str
    place: int
    width: int
    height: int
    public: bool


class TakenDown(Struct, frozen=True, kw_only=True):
    """The wrong photo, which only the offices, units and deputies of the congress still see."""

    picture: Picture
    reason: Prose
    by: str
    at: datetime


def yuan(wan: Decimal) -> int:
    """万元 (at most 4 decimals) as 元."""
    return int(wan * 10000)


def wan(money: int) -> Decimal:
    """元 as 万元, exact."""
    return Decimal(money) / 10000


def reads_plan(actor: Actor, of: Project) -> bool:
    """Whether the plan may be read: before 实施方案 is published, by those who work on it only."""
    return of.planned_at is not None or actor.role in _WRITES


def as_known(actor: Actor, of: Project) -> Project:
    """The project as the actor may know it: money, aims and dates that are still being written left out."""
    if reads_plan(actor, of):
        return of
    return replace(
        of,
        standard="",
        targets=(),
        completion="this_year",
        stage="",
        planned=0,
        funds="",
        lead_unit=None,
        deadline=None,
        chief="",
        watcher="",
    )


def stage_words(of: Project) -> str:
    """`当年完成：10月底前通车`."""
    words = COMPLETION_NAMES[of.completion]
    return f"{words}：{of.stage}" if of.stage else words


def demand_state(of: Project, *allowed: ProjectState) -> None:
    """Raises ProjectStep, saying where the project stands."""
    if of.state not in allowed:
        raise ProjectStep(
            f"“{of.title}”{STATE_NAMES[of.state]}，现在不能进行这一步。请刷新页面查看最新情况。"
        )
