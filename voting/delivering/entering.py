"""Projects that no round here has chosen: those of earlier years, and the next stage of one that goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import asdict

from voting.actors import Actor, Forbidden, NotFound
from voting.days import today
from voting.delivering.choosing import same_title
from voting.delivering.handing import summary
from voting.delivering.projects import WHOLE, Project, ProjectError, ProjectStep, demand_state
from voting.duties import demand, may
from voting.screening.drafts import check_year
from voting.screening.plans import required
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.text import Line, Prose, clean_line, clean_prose

_USES: Final = {
    "project": "下一年度的阶段",
    "group_project": "监督小组",
    "supervisor": "督办人员",
    "visit": "视察记录",
    "supervision_order": "督办单",
    "conference": "现场协调会记录",
    "project_change": "调整申请",
    "completion": "办结报告",
    "report": "进度报告",
    "warning": "预警",
    "paper": "文件",
    "picture": "照片",
    "inquiry_project": "专题询问",
    "rated": "满意度测评",
    "rectification": "整改",
    "citizen_opinion": "群众意见",
    "citizen_score": "群众评分",
}
"""What may have been made for a project, in words, by the table that refers to it."""


class Entered(Struct, frozen=True, kw_only=True):
    """`planned` in 元. `basis`: the decision that chose it; `done`: it was finished in an earlier year."""

    title: Line
    content: Prose
    place: Prose
    planned: int
    basis: Prose
    funds: Prose = ""
    done: bool = False


def enter(store: Store, actor: Actor, project_id: str, year: int, entered: Entered, now: datetime) -> Project:
    """`project_id` comes with the form: the same form sent twice makes one project.

    Raises ProjectError, ProjectStep, DraftStep (the year), PlanError, TextError, NotFound, Forbidden.
    """
    demand(actor, "hand_over")
    check_year(year)
    fields = _checked(entered)
    if not is_id(project_id):
        raise ProjectStep("页面已经过期。请重新打开“录入项目”再填写。")
    if entered.done and year >= today(now).year:
        raise ProjectError(f"{year}年还没有过完，不能登记为已经完成。请取消“已经完成”，按进度办理。")
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        made = _made(tx, actor, project_id)
        if made is not None:
            return made
        _demand_free_title(tx, actor, year, fields["title"], "")
        new = Project(
            id=project_id,
            congress=actor.congress,
            year=year,
            number=tx.projects.last_number(actor.congress, year) + 1,
            state="accepted" if entered.done else "chosen",
            made_at=now,
            planned=entered.planned,
            planned_at=now if entered.done else None,
            progress=WHOLE if entered.done else 0,
            **fields,
        )
        tx.projects.add_many([new])
        tx.audit.add(actor, "enter_project", now, "project", new.id, after=summary(new))
        return new


def change_entered(store: Store, actor: Actor, project_id: str, entered: Entered, now: datetime) -> Project:
    """Until it is handed over. What a round decided is not changed here. Raises as `enter`."""
    demand(actor, "hand_over")
    fields: dict[str, object] = {**_checked(entered), "planned": entered.planned}
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        before = tx.projects.lock(actor, project_id)
        _demand_entered(before)
        _demand_free_title(tx, actor, before.year, str(fields["title"]), before.id)
        old = {name: value for name, value in asdict(before).items() if name in fields}
        changed = {name: value for name, value in fields.items() if old[name] != value}
        if not changed:
            return before
        tx.audit.add(
            actor,
            "change_entered",
            now,
            "project",
            before.id,
            before={name: old[name] for name in changed},
            after=changed,
        )
        return tx.projects.change(before, **changed)


def drop(store: Store, actor: Actor, project_id: str, now: datetime) -> None:
    """Take back what was made a project by mistake, the last number of its year first.

    Raises ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "hand_over")
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        one = tx.projects.lock(actor, project_id)
        if not may_drop(one):
            demand_state(one, "chosen")
        if one.number != tx.projects.last_number(one.congress, one.year):
            raise ProjectStep("只能从最后一号起撤销，中间的编号不能空着。请先撤销后面的项目。")
        _demand_unused(tx, one)
        tx.audit.add(actor, "drop_project", now, "project", one.id, before=summary(one))
        tx.projects.drop(one)


def may_drop(one: Project) -> bool:
    """Whether nothing depends on it yet: not handed over, or a next year's stage without a published plan."""
    return one.state == "chosen" or (one.state == "handed" and one.previous is not None)


def continue_next_year(store: Store, actor: Actor, project_id: str, now: datetime) -> Project:
    """跨年, 跨届: next year's stage of a project, with a plan of its own; asked for again, the same one.

    It was handed over with the first stage. Raises ProjectStep, DraftStep (the year), NotFound, Forbidden.
    """
    if not (may(actor, "hand_over") or may(actor, "plan_project")):
        raise Forbidden
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        return continued(tx, actor, tx.projects.lock(actor, project_id), now)


def continued(tx: Transaction, actor: Actor, before: Project, now: datetime) -> Project:
    """As `continue_next_year`, within a transaction that does more and holds the lock of the numbers."""
    following = tx.projects.following(before)
    if following is not None:
        return following
    demand_state(before, "planned", "finished", "accepted")
    check_year(before.year + 1)
    _demand_free_title(tx, actor, before.year + 1, before.title, "")
    new = Project(
        id=uuid4().hex,
        congress=before.congress,
        year=before.year + 1,
        number=tx.projects.last_number(before.congress, before.year + 1) + 1,
        state="handed",
        title=before.title,
        content=before.content,
        place=before.place,
        standard=before.standard,
        completion=before.completion,
        planned=0,
        funds=before.funds,
        lead_unit=before.lead_unit,
        chief=before.chief,
        watcher=before.watcher,
        draft=before.draft,
        previous=before.id,
        basis=f"{before.label}项目的下一年度阶段。",
        made_at=now,
    )
    tx.projects.add_many([new])
    tx.projects.set_assisting(new, tx.projects.assisting([before]).get(before.id, ()))
    tx.audit.add(actor, "continue_project", now, "project", new.id, after=summary(new))
    return new


def _checked(entered: Entered) -> dict[str, Any]:
    return {
        "title": clean_line(entered.title, "项目名称"),
        "content": required(entered.content, "主要内容"),
        "place": clean_prose(entered.place, "实施地点"),
        "basis": required(entered.basis, "确定的依据"),
        "funds": clean_prose(entered.funds, "资金来源"),
    }


def _made(tx: Transaction, actor: Actor, project_id: str) -> Project | None:
    try:
        return tx.projects.get(actor, project_id)
    except NotFound:
        return None


def _demand_entered(one: Project) -> None:
    if one.round is not None or one.previous is not None:
        raise ProjectStep(f"“{one.title}”不是手工录入的，内容以票决结果为准，不能在这里修改。")
    demand_state(one, "chosen")


def _demand_unused(tx: Transaction, one: Project) -> None:
    """Raises ProjectStep, which names what was made for the project."""
    tables = tx.projects.referring(one)
    if tables:
        names = dict.fromkeys(words for table, words in _USES.items() if table in tables)
        raise ProjectStep(
            f"“{one.title}”已经有{'、'.join(names) or '其他记录'}，不能撤销。能撤回的，请先撤回；"
            "确定不再实施的，请办理“取消项目”的调整。"
        )


def _demand_free_title(tx: Transaction, actor: Actor, year: int, title: str, own: str) -> None:
    for other in tx.projects.of_year(actor, actor.congress, year):
        if other.id != own and same_title(other.title, title):
            raise ProjectError(f"{year}年已经有同名的项目（第{other.number}号）。请换一个名称。")
