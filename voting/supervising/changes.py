"""调整: what was decided about a project becomes something else, if the right body decides so. Pure.

A change of what the congress decided goes back to the body that may decide on it (domain.md §1.1 row 12):
in a county the 常委会, which tells the next 大会, or by the county's own rule the 大会 itself; in a town the
next 人代会. The 主席团 of a town prepares and supervises, it does not stand in for the congress.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.delivering.projects import Milestone, Project, ProjectState, wan
from voting.rounds import Level
from voting.screening.plans import Target, target_words, written
from voting.supervising.refusals import ChangeRefused, SupervisionInput, SupervisionStep
from voting.text import Line, Prose

Kind = Literal["target", "money", "time", "content", "cancellation"]
ChangeState = Literal["asked", "withdrawn", "approved", "refused"]
ChangeBody = Literal["committee", "congress", "presidium"]

KIND_NAMES: Final[dict[Kind, str]] = {
    "target": "年度目标",
    "money": "资金",
    "time": "时间",
    "content": "建设内容",
    "cancellation": "取消项目",
}
STATE_NAMES: Final[dict[ChangeState, str]] = {
    "asked": "等待决定",
    "withdrawn": "已撤回",
    "approved": "已批准",
    "refused": "未批准",
}
BODY_NAMES: Final[dict[ChangeBody, str]] = {
    "committee": "人大常委会",
    "congress": "人民代表大会",
    "presidium": "主席团",
}
_CHANGEABLE: Final[tuple[ProjectState, ...]] = ("handed", "planned")
_CANCELLABLE: Final[tuple[ProjectState, ...]] = ("chosen", "handed", "planned")


class Step(Struct, frozen=True, kw_only=True):
    """A milestone as a change names it; `weight` in per cent."""

    title: Line
    starts: date
    due: date
    weight: int


class Terms(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a change is about; None: not about this. `planned` in 元."""

    targets: tuple[Target, ...] | None = None
    planned: int | None = None
    funds: Prose | None = None
    deadline: date | None = None
    steps: tuple[Step, ...] | None = None
    content: Prose | None = None
    place: Prose | None = None
    standard: Prose | None = None
    state: ProjectState | None = None


class ProjectChange(Struct, frozen=True, kw_only=True):
    """`body` None until decided; `told_on` None until the next 大会 was told."""

    id: str
    congress: str
    project: str
    kind: Kind
    state: ChangeState
    reason: Prose
    before: Terms
    after: Terms
    asked_by: str
    asked_at: datetime
    body: ChangeBody | None = None
    session: str = ""
    number: str = ""
    day: date | None = None
    note: Prose = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    told_on: date | None = None
    told_session: str = ""
    told_by: str = ""

    @property
    def must_be_told(self) -> bool:
        """Whether the next 大会 still has to hear of it."""
        return self.state == "approved" and self.body == "committee" and self.told_on is None


def demand_changeable(of: Project, kind: Kind) -> None:
    """Raises SupervisionStep."""
    allowed = _CANCELLABLE if kind == "cancellation" else _CHANGEABLE
    if of.state not in allowed:
        raise SupervisionStep(
            "只有已经交办、还没有办结的项目可以提出调整，这个项目现在不能。请刷新页面查看最新情况。"
        )
    if kind == "time" and of.deadline is None:
        raise SupervisionStep("完成时限还没有确定，不需要调整。请在实施方案里填写。")


def check_body(level: Level, body: ChangeBody, *, congress_decides: bool) -> None:
    """Who may decide. Raises ChangeRefused."""
    if level == "town" and body != "congress":
        raise ChangeRefused(
            "乡镇民生实事项目的调整由下一次人民代表大会会议决定，主席团不能代替大会作出决定。"
            "请在大会作出决定以后登记。"
        )
    if body == "presidium":
        raise ChangeRefused("主席团不能决定项目调整。请填写人大常委会或者人民代表大会的决定。")
    if body == "committee" and congress_decides:
        raise ChangeRefused("本县规定项目调整由人民代表大会会议决定。请在大会作出决定以后登记。")


def terms_now(kind: Kind, of: Project, steps: tuple[Milestone, ...]) -> Terms:
    """What the project says now about what this kind of change is about."""
    if kind == "target":
        return Terms(targets=of.targets)
    if kind == "money":
        return Terms(planned=of.planned, funds=of.funds)
    if kind == "time":
        kept = tuple(
            Step(title=one.title, starts=one.starts, due=one.due, weight=one.weight) for one in steps
        )
        return Terms(deadline=of.deadline, steps=kept)
    if kind == "content":
        return Terms(content=of.content, place=of.place, standard=of.standard)
    return Terms(state=of.state)


def check_terms(kind: Kind, before: Terms, after: Terms) -> None:
    """Raises SupervisionInput: nothing changes, money is none, days run backwards."""
    if before == after:
        raise SupervisionInput("调整前后的内容一样。请修改要调整的内容。")
    if kind == "target" and not after.targets:
        raise SupervisionInput("请至少保留一项年度目标；不再实施的，请选“取消项目”。")
    if kind == "money" and not (after.planned or 0) > 0:
        raise SupervisionInput("调整后的资金应大于0；不再实施的，请选“取消项目”。")
    if kind == "time":
        _check_days(before, after)


def check_spent(of: Project, after: Terms) -> None:
    """Less money than was spent cannot be kept to. Raises SupervisionInput."""
    if after.planned is not None and after.planned < of.spent:
        raise SupervisionInput(
            f"调整后的资金{written(wan(after.planned))}万元，少于已经报告的累计支出"
            f"{written(wan(of.spent))}万元。请核对；支出报错了的，请先更正进度报告。"
        )


def _check_days(before: Terms, after: Terms) -> None:
    if after.deadline is None:
        raise SupervisionInput("请填写调整后的完成时限。")
    steps = after.steps or ()
    if len(steps) != len(before.steps or ()):
        raise SupervisionInput("节点的个数不能改变。请刷新页面后再填写。")
    for step in steps:
        if step.due < step.starts:
            raise SupervisionInput(f"节点“{step.title}”的完成日期早于开始日期。请修改。")
        if step.due > after.deadline:
            raise SupervisionInput(f"节点“{step.title}”的完成日期晚于完成时限。请修改。")


def lines(before: Terms, after: Terms) -> tuple[tuple[str, str, str], ...]:
    """(what, old words, new words) of everything that differs, as it is shown for ever."""
    pairs = zip(_said(before), _said(after), strict=True)
    return tuple((name, old, new) for (name, old), (_, new) in pairs if old != new)


def _said(terms: Terms) -> tuple[tuple[str, str], ...]:
    state = "取消" if terms.state == "cancelled" else "实施" if terms.state else ""
    return (
        ("项目", state),
        ("年度目标", target_words(terms.targets or ())),
        ("资金", "" if terms.planned is None else f"{written(wan(terms.planned))}万元"),
        ("资金来源", terms.funds or ""),
        ("完成时限", day_words(terms.deadline)),
        ("节点", _step_words(terms.steps or ())),
        ("建设内容", terms.content or ""),
        ("实施地点", terms.place or ""),
        ("办理标准", terms.standard or ""),
    )


def _step_words(steps: tuple[Step, ...]) -> str:
    return "\n".join(f"{one.title}：{day_words(one.starts)}至{day_words(one.due)}" for one in steps)


def day_words(day: date | None) -> str:
    """2027年10月31日; nothing for no day."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"
