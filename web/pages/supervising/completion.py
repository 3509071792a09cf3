"""`…/projects/{id}/completion`: 办结 with its proof, 验收, and how a project goes on from year to year."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand, may
from voting.photos import MOST_PHOTOS
from voting.supervising import completing
from voting.supervising.completions import RESULT_NAMES, Accepted, Reported, Result
from voting.supervising.overviews import completion_of, open_matters
from web.access import Visit
from web.forms import Form
from web.pages.collecting.uploads import (
    MOST_REQUEST_BYTES,
    PhotoForm,
    answered,
    read_photo_form,
)
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt, document_of, key_of

Page = Response[str] | Redirect
_RESULTS: Final[tuple[Result, ...]] = tuple(RESULT_NAMES)


@get("/projects/{project_id:str}/completion", sync_to_thread=True)
def completion(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The tab, with the form of what is next."""
    return _page(visit, project_id, Form())


@post(
    "/projects/{project_id:str}/completion/finish",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def finish(
    visit: NamedDependency[Visit], sent: NamedDependency[PhotoForm], project_id: FromPath[str]
) -> Page:
    """办结."""
    return await answered(visit.house, sent, lambda: _finish(visit, sent, project_id))


@post(
    "/projects/{project_id:str}/completion/{completion_id:str}/accept",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def accept(
    visit: NamedDependency[Visit],
    sent: NamedDependency[PhotoForm],
    project_id: FromPath[str],
    completion_id: FromPath[str],
) -> Page:
    """验收."""
    return await answered(visit.house, sent, lambda: _accept(visit, sent.form, project_id, completion_id))


def _finish(visit: Visit, sent: PhotoForm, project_id: str) -> Page:
    demand(visit.actor, "finish")
    form = sent.form
    with visit.house.store.read() as tx:
        staged = tx.projects.get(visit.actor, project_id).completion == "staged"
    reported = Reported(
        finished_on=form.day("finished_on", "办结日期"),
        text=form.filled("text", "完成情况"),
        whole=not staged or form.choice("whole", "完成到哪一步", ("yes", "no")) == "yes",
    )
    photos = () if form.faults else sent.prepared()
    proof = completing.Proof(photos=photos, document=document_of(form), public=form.typed("public") == "yes")
    store, key = visit.house.store, key_of(visit, form)
    status = attempt(
        form,
        "photos",
        lambda: completing.finish(store, visit.actor, project_id, key, reported, proof, visit.now),
    )
    if status is not None:
        return _page(visit, project_id, form, status, again=bool(sent.photos))
    return visit.go(f"/projects/{project_id}/completion")


def _accept(visit: Visit, form: Form, project_id: str, completion_id: str) -> Page:
    demand(visit.actor, "accept")
    result = form.choice("result", "验收结果", _RESULTS)
    accepted = Accepted(
        result=result,
        accepted_on=form.day("accepted_on", "验收日期"),
        body=form.line("body", "验收单位"),
        approvers=form.line("approvers", "验收人员"),
        note=form.filled("note", "存在的问题") if result == "needs_work" else form.prose("note", "验收意见"),
    )
    proof = completing.Proof(document=document_of(form), public=form.typed("public") == "yes")
    if proof.document is None:
        form.fault("document", "没有附验收证明。请上传验收报告或者签字的验收单（PDF 或者 .docx）。")
    store = visit.house.store
    status = attempt(
        form,
        "accepted_on",
        lambda: completing.accept(store, visit.actor, project_id, completion_id, accepted, proof, visit.now),
    )
    if status is not None:
        return _page(visit, project_id, form, status)
    return visit.go(f"/projects/{project_id}/completion")


def _page(
    visit: Visit, project_id: str, form: Form, status: int = 200, *, again: bool = False
) -> Response[str]:
    actor = visit.actor
    with visit.house.store.read() as tx:
        project = tx.projects.get(actor, project_id)
        done = completion_of(tx, actor, project)
        steps = {
            "finish": may(actor, "finish") and project.state == "planned",
            "accept": may(actor, "accept") and project.state == "finished",
        }
        matters = open_matters(tx, project) if any(steps.values()) else ()
    return visit.page(
        "supervising/completion.html",
        status,
        form=form,
        key=key_of(visit, form),
        done=done,
        results=RESULT_NAMES,
        open=matters,
        today=today(visit.now),
        most_photos=MOST_PHOTOS,
        photos_again=again,
        may=steps,
        **frame(visit, project, "/completion"),
    )
