"""`…/projects/{id}/visits…`: a visit is entered, most often from a phone; answered; released."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.delivering.projects import Project
from voting.duties import demand, may
from voting.photos import MOST_PHOTOS
from voting.store import Transaction
from voting.supervising import visiting, withdrawing
from voting.supervising.groups import Group
from voting.supervising.overviews import supervision_of
from voting.supervising.visits import OPINION_ONLY, Seen
from web.access import Visit
from web.forms import Form
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt, key_of

Page = Response[str] | Redirect


@get("/projects/{project_id:str}/visits/new", sync_to_thread=True)
def new_visit(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The form, with today and the own name."""
    own = visit.actor.name if visit.actor.role == "deputy" else ""
    return _form(visit, project_id, Form.prefilled(day=today(visit.now).isoformat(), who=own))


@post(
    "/projects/{project_id:str}/visits/new",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def enter_visit(
    visit: NamedDependency[Visit], sent: NamedDependency[PhotoForm], project_id: FromPath[str]
) -> Page:
    """Keep it."""
    return await answered(visit.house, sent, lambda: _enter(visit, sent, project_id))


@get("/projects/{project_id:str}/visits/{visit_id:str}", sync_to_thread=True)
def one_visit(
    visit: NamedDependency[Visit], project_id: FromPath[str], visit_id: FromPath[str]
) -> Response[str]:
    """One, with its answers and the form for another."""
    return _one(visit, project_id, visit_id, Form())


@post("/projects/{project_id:str}/visits/{visit_id:str}/reply", sync_to_thread=True)
def reply(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    visit_id: FromPath[str],
) -> Page:
    """The answer of the unit or of the government office."""
    text = form.typed("reply")
    status = attempt(
        form,
        "reply",
        lambda: visiting.reply(visit.house.store, visit.actor, project_id, visit_id, text, visit.now),
    )
    if status is not None:
        return _one(visit, project_id, visit_id, form, status)
    return visit.go(f"/projects/{project_id}/visits/{visit_id}")


@post("/projects/{project_id:str}/visits/{visit_id:str}/take-down", sync_to_thread=True)
def take_down_visit_photo(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    visit_id: FromPath[str],
) -> Page:
    """One wrong photo."""
    store, actor, photo, why = visit.house.store, visit.actor, form.typed("photo"), form.typed("why")

    def step() -> None:
        withdrawing.take_down_visit_photo(store, actor, project_id, visit_id, photo, why, visit.now)

    status = attempt(form, "photo" if why else "why", step)
    if status is not None:
        return _one(visit, project_id, visit_id, form, status)
    return visit.go(f"/projects/{project_id}/visits/{visit_id}")


@post("/projects/{project_id:str}/visits/{visit_id:str}/release", sync_to_thread=True)
def release_visit(
    visit: NamedDependency[Visit], project_id: FromPath[str], visit_id: FromPath[str]
) -> Redirect:
    """公开."""
    visiting.release(visit.house.store, visit.actor, project_id, visit_id, visit.now)
    return visit.go(f"/projects/{project_id}/visits/{visit_id}")


@post("/projects/{project_id:str}/visits/{visit_id:str}/hold-back", sync_to_thread=True)
def hold_back_visit(
    visit: NamedDependency[Visit], project_id: FromPath[str], visit_id: FromPath[str]
) -> Redirect:
    """停止公开."""
    visiting.hold_back(visit.house.store, visit.actor, project_id, visit_id, visit.now)
    return visit.go(f"/projects/{project_id}/visits/{visit_id}")


def _enter(visit: Visit, sent: PhotoForm, project_id: str) -> Page:
    demand(visit.actor, "visit")
    form = sent.form
    entered = Seen(
        day=form.day("day", "视察日期"),
        who=form.line("who", "视察人员"),
        seen=form.prose("seen", "看到的情况"),
        opinion=form.prose("opinion", "意见建议"),
    )
    if not entered.seen:
        form.fault("seen", "没有填写“看到的情况”。请填写后重试。")
    photos = () if form.faults else sent.prepared()
    store, actor = visit.house.store, visit.actor
    group = form.typed("group") or None
    status = attempt(
        form,
        "day",
        lambda: visiting.enter(
            store, actor, project_id, key_of(visit, form), entered, photos, group, visit.now
        ),
    )
    if status is not None:
        return _form(visit, project_id, form, status, again=bool(sent.photos))
    return visit.go(f"/projects/{project_id}/supervision")


def _form(
    visit: Visit, project_id: str, form: Form, status: int = 200, *, again: bool = False
) -> Response[str]:
    demand(visit.actor, "visit")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        groups = _groups(tx, visit, project)
    return visit.page(
        "supervising/visit_form.html",
        status,
        form=form,
        key=key_of(visit, form),
        groups=[(one.id, one.name) for one in groups],
        most_photos=MOST_PHOTOS,
        photos_again=again,
        opinion_only=OPINION_ONLY,
        **frame(visit, project, "/supervision"),
    )


def _groups(tx: Transaction, visit: Visit, project: Project) -> tuple[Group, ...]:
    if visit.actor.role == "deputy":
        return visiting.own_groups(tx, visit.actor, project)
    return tuple(one for one in tx.groups.of_project(project) if one.ended_at is None)


def _one(visit: Visit, project_id: str, visit_id: str, form: Form, status: int = 200) -> Response[str]:
    actor = visit.actor
    with visit.house.store.read() as tx:
        project = tx.projects.get(actor, project_id)
        shown = supervision_of(tx, actor, project)
    found = [one for one in (*shown.visits, *shown.withdrawn.visits) if one.visit.id == visit_id]
    if not found:
        raise NotFound
    stands = found[0].visit.withdrawn_at is None
    own = actor.role != "deputy" or found[0].visit.deputy == actor.deputy
    return visit.page(
        "supervising/visit.html",
        status,
        form=form,
        one=found[0],
        opinion_only=OPINION_ONLY,
        may={
            "correct": stands and own and may(actor, "visit"),
            "reply": stands and may(actor, "answer_supervision") and bool(found[0].visit.opinion),
            "release": stands and may(actor, "release_supervision") and found[0].to_release,
            "hold_back": may(actor, "release_supervision") and found[0].visit.released_at is not None,
        },
        **frame(visit, project, "/supervision"),
    )
