"""办结, reported by the government office with proof; 验收, entered with approver and proof.

Nothing is finished or accepted while a warning, a 督办单 or a change is open, nothing is finished before it
was reported to be all done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import WHOLE, Project, ProjectState, demand_state
from voting.duties import demand
from voting.photos import MOST_PHOTOS, Prepared
from voting.reporting.lights import percent
from voting.screening.papers import check_paper
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.supervising.completions import Accepted, ProjectCompletion, Reported
from voting.supervising.overviews import open_matters
from voting.supervising.papers import keep_paper
from voting.supervising.refusals import FormExpired, StillOpen, SupervisionInput, SupervisionStep
from voting.supervising.visits import filled
from voting.text import clean_line, clean_prose


class Proof(Struct, frozen=True, kw_only=True):
    """What comes along: `document` is (name, bytes), `public` whether the public may read it."""

    photos: Sequence[Prepared] = ()
    document: tuple[str, bytes] | None = None
    public: bool = False


def finish(
    store: Store,
    actor: Actor,
    project_id: str,
    completion_id: str,
    reported: Reported,
    proof: Proof,
    now: datetime,
) -> ProjectCompletion:
    """办结. `completion_id` comes with the form: the same form sent twice reports once.

    Raises StillOpen, SupervisionInput, SupervisionStep, FormExpired, PaperError, TextError, ProjectStep,
    NotFound, Forbidden.
    """
    demand(actor, "finish")
    text = filled(reported.text, "完成情况")
    _check_proof(proof)
    _check_day(reported.finished_on, now, "办结日期")
    if not is_id(completion_id):
        raise FormExpired
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        made = [one for one in tx.completions.of([project]) if one.id == completion_id]
        if made:
            return made[0]
        demand_state(project, "planned")
        _demand_nothing_open(tx, project, "办结")
        _demand_whole(project)
        new = ProjectCompletion(
            id=completion_id,
            congress=project.congress,
            project=project.id,
            turn=len(tx.completions.of([project])) + 1,
            whole=reported.whole or project.completion != "staged",
            finished_on=reported.finished_on,
            deadline=project.deadline,
            text=text,
            by=actor.name,
            at=now,
            acceptance=uuid4().hex,
        )
        tx.completions.add(new)
        _keep(tx, actor, project, new.id, proof, now)
        _move(tx, actor, project, "finish_project", "finished", new, now)
        return new


def accept(
    store: Store,
    actor: Actor,
    project_id: str,
    completion_id: str,
    accepted: Accepted,
    proof: Proof,
    now: datetime,
) -> ProjectCompletion:
    """验收 of this report: passed, or back to work. The same form sent twice accepts once.

    Raises StillOpen, SupervisionInput, SupervisionStep, PaperError, TextError, ProjectStep, NotFound,
    Forbidden.
    """
    demand(actor, "accept")
    facts = _checked(accepted, now)
    if proof.document is None:
        raise SupervisionInput("没有附验收证明。请上传验收报告或者签字的验收单（PDF 或者 .docx）。")
    check_paper(*proof.document)
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        completion = _last(tx, project, completion_id)
        if all(getattr(completion, name) == value for name, value in facts.items()):
            return completion
        if completion.result is not None:
            raise SupervisionStep("这次办结已经验收过了。请刷新页面查看。")
        demand_state(project, "finished")
        if accepted.accepted_on < completion.finished_on:
            raise SupervisionInput("验收日期早于办结日期。请核对。")
        if accepted.result == "passed":
            _demand_nothing_open(tx, project, "验收")
        done = tx.completions.change(completion, accepted_by=actor.name, accepted_at=now, **facts)
        keep_paper(tx, actor, project, done.acceptance, proof.document, now, public=proof.public)
        state: ProjectState = "accepted" if accepted.result == "passed" else "planned"
        _move(tx, actor, project, "accept_project", state, done, now)
        return done


def _check_proof(proof: Proof) -> None:
    if not proof.photos and proof.document is None:
        raise SupervisionInput("请至少附一张照片或者一份证明文件。")
    if len(proof.photos) > MOST_PHOTOS:
        raise SupervisionInput(f"最多{MOST_PHOTOS}张照片。请减少后再传。")
    if proof.document is not None:
        check_paper(*proof.document)


def _check_day(day: date, now: datetime, label: str) -> None:
    if day > today(now):
        raise SupervisionInput(f"{label}在今天以后。请填写实际的日期。")


def _checked(accepted: Accepted, now: datetime) -> dict[str, object]:
    """The fields of a 验收 as they are kept."""
    _check_day(accepted.accepted_on, now, "验收日期")
    needs = accepted.result == "needs_work"
    return {
        "result": accepted.result,
        "accepted_on": accepted.accepted_on,
        "body": clean_line(accepted.body, "验收单位"),
        "approvers": clean_line(accepted.approvers, "验收人员"),
        "note": filled(accepted.note, "存在的问题") if needs else clean_prose(accepted.note, "验收意见"),
    }


def _last(tx: Transaction, project: Project, completion_id: str) -> ProjectCompletion:
    """The newest report, if it is the one that was on the screen."""
    found = tx.completions.of([project])
    if not found or found[-1].id != completion_id:
        raise SupervisionStep("没有这次办结报告，或者已经有了更新的。请刷新页面查看。")
    return found[-1]


def _demand_nothing_open(tx: Transaction, project: Project, step: str) -> None:
    found = open_matters(tx, project)
    if found:
        listed = "；".join(found)
        raise StillOpen(f"还有{len(found)}件事项没有办完，现在不能{step}：{listed}。请先办完。")


def _demand_whole(project: Project) -> None:
    """The deputies who rate it read the reported progress. Raises SupervisionStep."""
    if project.progress == WHOLE:
        return
    said = (
        "还没有报告过进度"
        if project.reported_at is None
        else f"最近一次报告的进度是{percent(project.progress)}"
    )
    raise SupervisionStep(f"{said}，现在不能办结。请先报告全部节点完成。")


def _keep(tx: Transaction, actor: Actor, project: Project, of: str, proof: Proof, now: datetime) -> None:
    tx.project_files.add_pictures(project, of, proof.photos, public=True)
    if proof.document is not None:
        keep_paper(tx, actor, project, of, proof.document, now, public=proof.public)


def _move(
    tx: Transaction,
    actor: Actor,
    project: Project,
    what: str,
    state: ProjectState,
    why: ProjectCompletion,
    now: datetime,
) -> None:
    day = why.accepted_on or why.finished_on
    before, after = {"state": project.state}, {"state": state, "day": day.isoformat()}
    tx.audit.add(actor, what, now, "project", project.id, before=before, after=after)
    tx.projects.change(project, state=state)
