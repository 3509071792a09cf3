"""What a year leaves to the next one: not finished, cancelled, not chosen, raised again. Pure.

A frozen list is never touched: what stood on it becomes a draft of its own, which says where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from ballots.encoding import sha256_hex
from voting.delivering.choosing import cost_of
from voting.delivering.projects import STATE_NAMES, Project, wan
from voting.rounds import Candidate
from voting.screening.plans import Plan, Target, UnitName, written
from voting.text import PROSE_LENGTH
from voting.years.facts import CarriedKind

Why = Literal["unfinished", "staged", "cancelled", "not_chosen"]
WHY_NAMES: Final[dict[Why, str]] = {
    "unfinished": "没有办完",
    "staged": "跨年实施",
    "cancelled": "已取消",
    "not_chosen": "票决未入选",
}
OPEN_STATES: Final = frozenset({"chosen", "handed", "planned", "finished"})
"""Not accepted and not cancelled: nobody has said yet that it is done."""


_STAGES: Final = frozenset({"planned", "finished", "accepted"})
"""From here a project of several years goes on with the next year's stage."""


class Leftover(Struct, frozen=True, kw_only=True):
    """One thing that may become a draft of the next year or, of several years, the next year's stage.

    `id` is the project's, the draft's, or the round's with the printed number. `taken`: the draft that was
    made from it already; `followed`: the project that is its next year's stage; `obstacle` says what is
    missing to make a draft.
    """

    kind: CarriedKind
    id: str
    year: int
    title: str
    why: Why
    history: tuple[str, ...]
    plan: Plan | None
    taken: str | None = None
    followed: str | None = None
    obstacle: str = ""

    @property
    def key(self) -> str:
        """As it stands in a form."""
        return f"{self.kind}:{self.id}"

    @property
    def may_be_taken(self) -> bool:
        if self.taken is not None or self.followed is not None:
            return False
        return self.why == "staged" or self.plan is not None


class Again(Struct, frozen=True, kw_only=True):
    """年年提: a suggestion that was raised in several years and never solved."""

    id: str
    label: str
    title: str
    years: tuple[int, ...]

    @property
    def key(self) -> str:
        """As it stands in a form."""
        return f"suggestion:{self.id}"


class Leftovers(Struct, frozen=True, kw_only=True):
    """What `year` may take over; `reserve` is how many drafts lie in the 储备库."""

    year: int
    things: tuple[Leftover, ...]
    again: tuple[Again, ...]
    reserve: int


def why(of: Project) -> Why | None:
    """None: it is done, or will not be asked about again."""
    if of.state == "cancelled":
        return "cancelled"
    if of.completion == "staged" and of.state in _STAGES:
        return "staged"
    return "unfinished" if of.state in OPEN_STATES else None


def draft_id(congress: str, year: int, key: str) -> str:
    """The same thing makes the same draft of a year, however often the button is pressed."""
    return sha256_hex(f"carried|{congress}|{year}|{key}".encode())[:32]


def project_history(of: Project, unit: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """What happened to it, a line each; `more` are the decisions and scores of other rooms."""
    percent = f"{of.progress // 10}.{of.progress % 10}%"
    money = f"，支出{written(wan(of.spent))}万元" if of.spent else ""
    target = f"（计划{written(wan(of.planned))}万元）" if of.planned else ""
    lines = [f"{of.label}项目，{STATE_NAMES[of.state]}。"]
    if unit:
        lines.append(f"责任单位：{unit}。")
    if of.reported_at is not None or of.progress:
        lines.append(f"形象进度{percent}{money}{target}。")
    return (*lines, *more)


def candidate_history(year: int, number: int, session: str, reason: str) -> tuple[str, ...]:
    """Where the deputies had it before them, and how they decided, as far as it was published."""
    return (f"{year}年民生实事候选项目第{number}件，{session}票决未入选。", *([reason] if reason else []))


def written_history(lines: Sequence[str]) -> str:
    """As it is kept: whole lines, as many as there is room for."""
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > PROSE_LENGTH:
            break
        kept.append(line)
    return "\n".join(kept)


def plan_of_project(of: Project, drafted: Plan | None, lead: UnitName | None) -> Plan | None:
    """What is still to be done, in the words of the project; None without a unit that could lead it."""
    unit = lead or (drafted.lead_unit if drafted else None)
    if unit is None:
        return None
    targets = of.targets or (drafted.targets if drafted else ()) or (_ONE,)
    cost = wan(of.planned) if of.planned else (drafted.cost if drafted else Decimal(0))
    base = Plan(
        title=of.title,
        content=of.content or "（见原项目）",
        place=of.place or "（见原项目）",
        cost=cost,
        funds=of.funds or (drafted.funds if drafted else "") or "（待落实）",
        lead_unit=unit,
        completion=of.completion,
        stage=of.stage if of.completion == "staged" and of.stage else "",
        targets=targets,
    )
    if base.completion == "staged" and not base.stage:
        base = replace(base, completion="this_year")
    if drafted is None:
        return base
    return replace(base, beneficiaries=drafted.beneficiaries, land=drafted.land, legality=drafted.legality)


def plan_of_candidate(of: Candidate, units: Mapping[str, UnitName]) -> Plan | None:
    """From what was typed for the ballot; None where its unit is not in the list of units (by name)."""
    lead = units.get(of.unit.partition("（")[0].strip())
    if lead is None:
        return None
    return Plan(
        title=of.title,
        content=of.content or "（见上年候选项目）",
        place=of.place or "（见上年候选项目）",
        cost=wan(cost_of(of)),
        funds="（待落实）",
        lead_unit=lead,
        completion="this_year",
        targets=(_ONE,),
    )


_ONE: Final = Target(indicator="完成项目", amount=Decimal(1), measure="个")
