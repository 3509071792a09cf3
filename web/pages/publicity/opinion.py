"""`/t/{congress}/projects/{project}/opinion`: a citizen's words, shown once somebody has read them."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.collecting import gate
from voting.collecting.gate import GateError, SlipInvalid, TooMany
from voting.collecting.submitting import AlreadySent
from voting.delivering.projects import Project
from voting.errors import TextError, VotingError
from voting.publicity.opinions import (
    MOST_NAME,
    MOST_TEXT,
    OpinionError,
    OpinionsClosed,
    clean_name,
    clean_opinion,
)
from voting.publicity.scores import CitizenSettings
from voting.publicity.speaking import Said, public_project, scope, speak
from voting.rounds import Congress
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.collecting.fields import secrets
from web.pages.collecting.public_form import device, mark_of


@get("/t/{congress:str}/projects/{project:str}/opinion", sync_to_thread=True)
def opinion_form(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    congress: FromPath[str],
    project: FromPath[str],
) -> Response[str]:
    """The empty form. Raises NotFound also where no opinions are taken."""
    here, about, settings = asked(house, congress, project)
    if not settings.opinions:
        raise NotFound
    mark, cookie = device(request, house)
    page = _page(house, here, about, Form(), mark)
    if cookie is not None:
        page.set_cookie(cookie)
    return page


@post("/t/{congress:str}/projects/{project:str}/opinion", sync_to_thread=True)
def send_opinion(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    project: FromPath[str],
) -> Response[str] | Redirect:
    """Take it, or show it again with everything typed."""
    here, about, _ = asked(house, congress, project)
    mark = mark_of(request, house)
    said = Said(
        slip=form.typed("slip"),
        nonce=form.typed("work"),
        mark=mark,
        text=form.typed("text"),
        name=form.typed("name"),
    )
    _check(form)
    if form.faults:
        return _page(house, here, about, form, mark, 422)
    try:
        speak(house.store, congress, about.id, said, secrets(house).slips, house.now())
    except (GateError, TooMany, AlreadySent, OpinionsClosed) as error:
        return _again(house, here, about, form, mark, error)
    return Redirect(f"/t/{congress}/projects/{about.id}/opinion/sent", status_code=303)


@get("/t/{congress:str}/projects/{project:str}/opinion/sent", sync_to_thread=True)
def thanks(
    house: NamedDependency[Installation], congress: FromPath[str], project: FromPath[str]
) -> Response[str]:
    """What happens next."""
    here, about, _ = asked(house, congress, project)
    said = "您的意见已经收到。工作人员看过以后，会在项目页面公开，并转请有关单位答复。"
    return house.templates.page(
        "publicity/taken.html", congress=here, project=about, title="已经收到", said=said
    )


def asked(
    house: Installation, congress_id: str, project_id: str
) -> tuple[Congress, Project, CitizenSettings]:
    """What the form is about. Raises NotFound."""
    with house.store.read() as tx:
        about = public_project(tx, congress_id, project_id)
        return tx.sessions.congress(congress_id), about, tx.settings.get(congress_id, CitizenSettings)


def trap(form: Form) -> None:
    """A field that no person sees and programs fill in."""
    if form.typed("website"):
        form.fault("website", "这一栏请不要填写，清空后再提交。")


def _check(form: Form) -> None:
    trap(form)
    for name, clean in (("text", clean_opinion), ("name", clean_name)):
        try:
            clean(form.typed(name))
        except (OpinionError, TextError) as error:
            form.fault(name, error.sentence)


def _again(
    house: Installation, here: Congress, about: Project, form: Form, mark: str, error: VotingError
) -> Response[str]:
    """A form that has expired, or was sent before with other words, gets a fresh slip."""
    if isinstance(error, SlipInvalid | AlreadySent):
        form = form.with_values({"slip": "", "work": ""})
    return _page(house, here, about, form, mark, answer_to(error).status, error.sentence)


def _page(
    house: Installation,
    here: Congress,
    about: Project,
    form: Form,
    mark: str,
    status: int = 200,
    notice: str = "",
) -> Response[str]:
    return house.templates.page(
        "publicity/opinion.html",
        status,
        congress=here,
        project=about,
        form=form,
        slip=form.typed("slip") or new_slip(house, about, mark, "opinion"),
        bits=gate.WORK_BITS,
        notice=notice,
        most_text=MOST_TEXT,
        most_name=MOST_NAME,
    )


def new_slip(house: Installation, about: Project, mark: str, use: str) -> str:
    """For a form of this project and no other."""
    sealed_for = scope(about.congress, about.id, use)
    return gate.give_slip(secrets(house).slips, sealed_for, mark, house.now(), house.random)
