"""调整: asked for by the government office, decided by the body that may, told to the 大会.

What is approved changes the project in the same transaction; old and new are kept for ever.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import Milestone, Project
from voting.duties import demand
from voting.screening.papers import check_paper
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.supervising.changes import (
    KIND_NAMES,
    STATE_NAMES,
    ChangeBody,
    Kind,
    ProjectChange,
    Step,
    Terms,
    check_body,
    check_spent,
    check_terms,
    demand_changeable,
    lines,
    terms_now,
)
from voting.supervising.ending import end_open
from voting.supervising.orders import SupervisionSettings
from voting.supervising.papers import keep_paper
from voting.supervising.refusals import FormExpired, SupervisionInput, SupervisionStep
from voting.supervising.telling import short, tell_role
from voting.supervising.visits import filled
from voting.text import clean_line, clean_prose


class Asked(Struct, frozen=True, kw_only=True):
    """A change as it is asked for: `after` says the new words of what the kind is about."""

    kind: Kind
    reason: str
    after: Terms


class Decided(Struct, frozen=True, kw_only=True):
    """A decision as it is entered. `document` is (name, bytes), `public` whether the public may read it."""

    approved: bool
    body: ChangeBody
    day: date
    number: str
    session: str = ""
    note: str = ""
    document: tuple[str, bytes] | None = None
    public: bool = False


def ask(
    store: Store, actor: Actor, project_id: str, change_id: str, asked: Asked, now: datetime
) -> ProjectChange:
    """`change_id` comes with the form: the same form sent twice asks once.

    Raises SupervisionInput, SupervisionStep, FormExpired, TextError, NotFound, Forbidden.
    """
    demand(actor, "ask_change")
    reason = filled(asked.reason, "调整理由")
    if not is_id(change_id):
        raise FormExpired
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        known = tx.project_changes.of(actor, project)
        made = next((one for one in known if one.id == change_id), None)
        if made is not None:
            return made
        demand_changeable(project, asked.kind)
        if any(one.state == "asked" and one.kind == asked.kind for one in known):
            raise SupervisionStep(
                f"关于“{KIND_NAMES[asked.kind]}”的调整已经提出一项，正在等待决定。"
                "需要改内容的，请先撤回那一项。"
            )
        before = _now(tx, asked.kind, project)
        check_terms(asked.kind, before, asked.after)
        check_spent(project, asked.after)
        new = ProjectChange(
            id=change_id,
            congress=project.congress,
            project=project.id,
            kind=asked.kind,
            state="asked",
            reason=reason,
            before=before,
            after=asked.after,
            asked_by=actor.name,
            asked_at=now,
        )
        tx.project_changes.add(new)
        old, to = _said(new)
        tx.audit.add(
            actor, "ask_change", now, "project_change", new.id, before=old, after=to | {"reason": reason}
        )
        _tell_office(tx, actor, project, new, "staff", "change_asked", "提出调整，请登记决定", now)
        return new


def withdraw(store: Store, actor: Actor, project_id: str, change_id: str, now: datetime) -> ProjectChange:
    """What is not yet decided is taken back, and kept. Raises SupervisionStep, NotFound, Forbidden."""
    demand(actor, "ask_change")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        change = tx.project_changes.get(project, change_id)
        if change.state == "withdrawn":
            return change
        _demand_open(change)
        tx.audit.add(
            actor,
            "withdraw_change",
            now,
            "project_change",
            change.id,
            before={"state": change.state},
            after={"state": "withdrawn"},
        )
        return tx.project_changes.change(change, state="withdrawn")


def decide(
    store: Store, actor: Actor, project_id: str, change_id: str, decided: Decided, now: datetime
) -> ProjectChange:
    """What the body decided, with its paper; an approved change takes effect with it.

    Raises ChangeRefused, SupervisionInput, SupervisionStep, PaperError, TextError, NotFound, Forbidden.
    """
    demand(actor, "decide_change")
    facts = _checked(decided, today(now))
    if decided.document is not None:
        check_paper(*decided.document)
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        change = tx.project_changes.get(project, change_id)
        state = "approved" if decided.approved else "refused"
        if change.state == state and all(getattr(change, name) == facts[name] for name in facts):
            return change
        _demand_open(change)
        _demand_body(tx, project, decided)
        if decided.approved:
            _take_effect(tx, actor, project, change, now)
            if change.kind == "cancellation":
                end_open(tx, actor, project, facts["number"], now)
        if decided.document is not None:
            keep_paper(tx, actor, project, change.id, decided.document, now, public=decided.public)
        after = {"state": state, "body": decided.body, "number": facts["number"], "note": facts["note"]}
        tx.audit.add(
            actor, "decide_change", now, "project_change", change.id, before={"state": "asked"}, after=after
        )
        done = tx.project_changes.change(change, state=state, decided_by=actor.name, decided_at=now, **facts)
        _tell_office(
            tx, actor, project, done, "government_office", "change_decided", STATE_NAMES[done.state], now
        )
        if done.must_be_told:
            _remind_of_telling(tx, project, done, now)
        return done


def tell_congress(
    store: Store, actor: Actor, project_id: str, change_id: str, session: str, day: date, now: datetime
) -> ProjectChange:
    """The next 大会 has heard of what the 常委会 decided.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "decide_change")
    title = clean_line(session, "大会会议")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        change = tx.project_changes.get(project, change_id)
        if (change.told_on, change.told_session) == (day, title):
            return change
        if not change.must_be_told:
            raise SupervisionStep("这项调整不需要再向大会报告。请刷新页面查看。")
        if day > today(now) or (change.day is not None and day < change.day):
            raise SupervisionInput("向大会报告的日期应在决定以后，不晚于今天。请核对。")
        told = {"told_on": day, "told_session": title, "told_by": actor.name}
        after = {"day": day.isoformat(), "title": title}
        tx.audit.add(actor, "tell_change", now, "project_change", change.id, after=after)
        return tx.project_changes.change(change, **told)


def _checked(decided: Decided, day: date) -> dict[str, Any]:
    """The fields of a decision as they are kept."""
    if decided.approved and decided.document is None:
        raise SupervisionInput("没有附决定文件，调整不能生效。请上传决定（PDF 或者 .docx）。")
    if decided.day > day:
        raise SupervisionInput("决定的日期在今天以后。请在作出决定以后登记。")
    note = clean_prose(decided.note, "决定内容") if decided.approved else filled(decided.note, "未批准的理由")
    return {
        "body": decided.body,
        "session": clean_line(decided.session, "大会会议") if decided.body == "congress" else "",
        "number": clean_line(decided.number, "决定的编号或者名称"),
        "day": decided.day,
        "note": note,
    }


def _demand_open(change: ProjectChange) -> None:
    if change.state != "asked":
        raise SupervisionStep(f"这项调整{STATE_NAMES[change.state]}，不能再改变。请刷新页面查看。")


def _demand_body(tx: Transaction, project: Project, decided: Decided) -> None:
    settings = tx.settings.get(project.congress, SupervisionSettings)
    level = tx.sessions.congress(project.congress).level
    check_body(level, decided.body, congress_decides=settings.congress_decides)


def _take_effect(
    tx: Transaction, actor: Actor, project: Project, change: ProjectChange, now: datetime
) -> None:
    demand_changeable(project, change.kind)
    if _now(tx, change.kind, project) != change.before:
        raise SupervisionStep(
            "提出调整以后，项目的这项内容又有变动，与申请里的“调整前”不一致。请由政府办撤回后重新提出。"
        )
    check_spent(project, change.after)
    if change.kind == "cancellation":
        _demand_alone(tx, actor, project, change)
    old, to = _said(change)
    tx.audit.add(actor, "change_project", now, "project", project.id, before=old, after=to)
    tx.projects.change(project, **_fields(tx, project, change))


def _demand_alone(tx: Transaction, actor: Actor, project: Project, change: ProjectChange) -> None:
    """A cancelled project leaves no question open."""
    others = [one for one in tx.project_changes.of(actor, project) if one.id != change.id]
    if any(one.state == "asked" for one in others):
        raise SupervisionStep("这个项目还有其他调整等待决定。请先登记那些决定，或者由政府办撤回。")


def _fields(tx: Transaction, project: Project, change: ProjectChange) -> dict[str, Any]:
    """What of the project changes; new days of milestones are a new set, the old one stays."""
    after = change.after
    if change.kind == "time":
        if not after.steps:
            return {"deadline": after.deadline}
        baseline = project.baseline + 1
        new = [_milestone(project, baseline, place, one) for place, one in enumerate(after.steps, start=1)]
        tx.projects.set_milestones(project, baseline, new)
        return {"deadline": after.deadline, "baseline": baseline}
    names: dict[Kind, tuple[str, ...]] = {
        "target": ("targets",),
        "money": ("planned", "funds"),
        "content": ("content", "place", "standard"),
        "cancellation": ("state",),
    }
    return {name: getattr(after, name) for name in names[change.kind]}


def _milestone(project: Project, baseline: int, place: int, one: Step) -> Milestone:
    return Milestone(
        id=uuid4().hex,
        congress=project.congress,
        project=project.id,
        baseline=baseline,
        place=place,
        title=one.title,
        starts=one.starts,
        due=one.due,
        weight=one.weight,
    )


def _now(tx: Transaction, kind: Kind, project: Project) -> Terms:
    steps = tx.projects.milestones([project]).get(project.id, ()) if kind == "time" else ()
    return terms_now(kind, project, steps)


def _said(change: ProjectChange) -> tuple[dict[str, object], dict[str, object]]:
    """For 操作日志: old and new in words."""
    said = lines(change.before, change.after)
    return {name: old for name, old, _ in said}, {name: new for name, _, new in said}


def _tell_office(  # noqa: PLR0913, PLR0917 - one argument for each fact of a notice
    tx: Transaction,
    actor: Actor,
    project: Project,
    change: ProjectChange,
    role: Any,
    kind: str,
    words: str,
    now: datetime,
) -> None:
    """The other office; in a town the clerk knows."""
    if actor.town:
        return
    tell_role(
        tx,
        project,
        role,
        kind=kind,
        about=change.id,
        text=f"“{short(project.title)}”的{KIND_NAMES[change.kind]}：{words}",
        path=f"/projects/{project.id}/changes",
        at=now,
    )


def _remind_of_telling(tx: Transaction, project: Project, change: ProjectChange, now: datetime) -> None:
    tell_role(
        tx,
        project,
        "staff",
        kind="tell_congress",
        about=change.id,
        text=f"请向下一次大会报告：“{short(project.title)}”的{KIND_NAMES[change.kind]}已由常委会批准调整",
        path=f"/projects/{project.id}/changes",
        at=now,
    )
