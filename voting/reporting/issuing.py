"""预警: sent by the offices, 签收 by the unit with its measures, lifted with a reason."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project, demand_state
from voting.duties import demand
from voting.reporting.telling import tell_offices, tell_unit
from voting.reporting.warnings import (
    LEVEL_NAMES,
    STATE_NAMES,
    WarningError,
    WarningLevel,
    WarningNotice,
    WarningStep,
    words_of,
)
from voting.store import Store, Transaction
from voting.store.visible import is_id


def issue(  # noqa: PLR0913 - one argument for each fact of a warning
    store: Store,
    actor: Actor,
    project_id: str,
    warning_id: str,
    level: WarningLevel,
    cause: str,
    now: datetime,
    *,
    unit: str | None = None,
) -> WarningNotice:
    """A person's own; to the unit that leads, or to another one of the project.

    `warning_id` comes with the form: the same form sent twice makes one. Raises WarningError, WarningStep,
    TextError, ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "warn")
    said = words_of(cause, "预警原因")
    if not is_id(warning_id):
        raise WarningStep("页面已经过期。请刷新页面再填写。")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        made = tx.warnings.of_projects(actor, [project]).get(project.id, ())
        known = next((one for one in made if one.id == warning_id), None)
        if known is not None:
            return known
        demand_state(project, "planned", "finished")
        new = WarningNotice(
            id=warning_id,
            congress=project.congress,
            project=project.id,
            unit=_addressed(tx, project, unit),
            level=level,
            cause=said,
            mark=warning_id,
            made_by=actor.name,
            made_at=now,
            issued_by=actor.name,
            issued_at=now,
        )
        tx.warnings.add(new)
        _sent(tx, actor, project, new, now)
        return new


def confirm(
    store: Store, actor: Actor, warning_id: str, level: WarningLevel, cause: str, now: datetime
) -> WarningNotice:
    """Send what the light proposed, in the person's own words.

    Raises WarningError, WarningStep, TextError, ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "warn")
    said = words_of(cause, "预警原因")
    with store.write() as tx:
        proposed = tx.warnings.lock(actor, warning_id)
        if proposed.issued_at is not None and (proposed.level, proposed.cause) == (level, said):
            return proposed
        _demand(proposed, "proposed")
        project = tx.projects.get(actor, proposed.project)
        demand_state(project, "planned", "finished")
        sent = tx.warnings.change(proposed, level=level, cause=said, issued_by=actor.name, issued_at=now)
        _sent(tx, actor, project, sent, now)
        return sent


def drop(store: Store, actor: Actor, warning_id: str, reason: str, now: datetime) -> WarningNotice:
    """Do not send what was proposed; it is not proposed again for the same report.

    Raises WarningError, WarningStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "warn")
    why = words_of(reason, "不发出的理由")
    with store.write() as tx:
        proposed = tx.warnings.lock(actor, warning_id)
        if proposed.state == "dropped" and proposed.reason == why:
            return proposed
        _demand(proposed, "proposed")
        tx.audit.add(actor, "drop_warning", now, "warning", proposed.id, after={"reason": why})
        return tx.warnings.change(proposed, reason=why, ended_by=actor.name, ended_at=now)


def acknowledge(store: Store, actor: Actor, warning_id: str, measures: str, now: datetime) -> WarningNotice:
    """签收, by the unit it is addressed to (or by 政府办 for it), with what will be done.

    Raises WarningError, WarningStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "acknowledge")
    said = words_of(measures, "整改措施")
    with store.write() as tx:
        sent = tx.warnings.lock(actor, warning_id)
        if actor.role == "unit" and sent.unit != actor.unit:
            raise NotFound
        if sent.state == "acknowledged" and sent.measures == said:
            return sent
        _demand(sent, "issued", "acknowledged")
        tx.audit.add(
            actor,
            "acknowledge_warning",
            now,
            "warning",
            sent.id,
            before={"measures": sent.measures} if sent.measures else {},
            after={"measures": said},
        )
        project = tx.projects.get(actor, sent.project)
        text = f"已签收{LEVEL_NAMES[sent.level]}：{project.title}"
        tell_offices(tx, project, sent.id, "warning_taken", text, now)
        return tx.warnings.change(sent, measures=said, acknowledged_by=actor.name, acknowledged_at=now)


def lift(store: Store, actor: Actor, warning_id: str, reason: str, now: datetime) -> WarningNotice:
    """解除. Raises WarningError, WarningStep, TextError, NotFound, Forbidden."""
    demand(actor, "warn")
    why = words_of(reason, "解除的理由")
    with store.write() as tx:
        sent = tx.warnings.lock(actor, warning_id)
        if sent.state == "lifted" and sent.reason == why:
            return sent
        _demand(sent, "issued", "acknowledged")
        tx.audit.add(actor, "lift_warning", now, "warning", sent.id, after={"reason": why})
        project = tx.projects.get(actor, sent.project)
        text = f"已解除{LEVEL_NAMES[sent.level]}：{project.title}"
        tell_unit(tx, project, sent.unit, sent.id, "warning_lifted", text, now)
        return tx.warnings.change(sent, reason=why, ended_by=actor.name, ended_at=now)


def addressees(tx: Transaction, project: Project) -> tuple[str, ...]:
    """The units of a project, the one that leads first."""
    parts = (one.unit for one in tx.projects.parts([project]).get(project.id, ()))
    helping = tx.projects.assisting([project]).get(project.id, ())
    lead = (project.lead_unit,) if project.lead_unit else ()
    return tuple(dict.fromkeys((*lead, *parts, *helping)))


def _addressed(tx: Transaction, project: Project, unit: str | None) -> str:
    known = addressees(tx, project)
    if not known:
        raise WarningError("这个项目还没有责任单位，不能发出预警。请先由政府办确定责任单位。")
    if unit and unit not in known:
        raise WarningError("预警只能发给这个项目的牵头单位、配合单位或者子项责任单位。请重新选择。")
    return unit or known[0]


def _demand(one: WarningNotice, *allowed: str) -> None:
    if one.state not in allowed:
        raise WarningStep(f"这件预警{STATE_NAMES[one.state]}，不能再进行这一步。请刷新页面查看。")


def _sent(tx: Transaction, actor: Actor, project: Project, one: WarningNotice, now: datetime) -> None:
    after = {"project": project.title, "level": LEVEL_NAMES[one.level], "cause": one.cause, "unit": one.unit}
    tx.audit.add(actor, "issue_warning", now, "warning", one.id, after=after)
    text = f"{LEVEL_NAMES[one.level]}，请签收：{project.title}"
    tell_unit(tx, project, one.unit, one.id, "warning_issued", text, now)
