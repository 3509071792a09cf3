"""`/t/{congress}/projects/{project}/score`: a citizen's score, where the congress takes them."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.collecting import gate
from voting.collecting.gate import GateError, SlipInvalid, TooMany
from voting.delivering.projects import Project
from voting.publicity.scores import CAUTION, LEVELS, NoMark, Scale, ScoreError, may_be_scored
from voting.publicity.scoring import Scored, score
from voting.rounds import Congress
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.collecting.fields import secrets
from web.pages.collecting.public_form import device, mark_of
from web.pages.publicity.opinion import asked, new_slip, trap


@get("/t/{congress:str}/projects/{project:str}/score", sync_to_thread=True)
def score_form(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    congress: FromPath[str],
    project: FromPath[str],
) -> Response[str]:
    """Nothing is chosen beforehand. Raises NotFound where no scores are taken."""
    here, about, scale = _asked(house, congress, project)
    mark, cookie = device(request, house)
    page = _page(house, here, about, scale, Form(), mark)
    if cookie is not None:
        page.set_cookie(cookie)
    return page


@post("/t/{congress:str}/projects/{project:str}/score", sync_to_thread=True)
def send_score(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    project: FromPath[str],
) -> Response[str] | Redirect:
    """Take it, or show the form again."""
    here, about, scale = _asked(house, congress, project)
    mark = mark_of(request, house)
    trap(form)
    level = form.choice("level", "一项", _choices(scale))
    if form.faults:
        return _page(house, here, about, scale, form, mark, 422)
    given = Scored(slip=form.typed("slip"), nonce=form.typed("work"), mark=mark, level=int(level))
    try:
        score(house.store, congress, about.id, given, secrets(house).slips, house.now())
    except (GateError, TooMany, NoMark, ScoreError) as error:
        if isinstance(error, SlipInvalid):
            form = form.with_values({"slip": "", "work": ""})
        return _page(house, here, about, scale, form, mark, answer_to(error).status, error.sentence)
    return Redirect(f"/t/{congress}/projects/{about.id}/score/sent", status_code=303)


@get("/t/{congress:str}/projects/{project:str}/score/sent", sync_to_thread=True)
def scored(
    house: NamedDependency[Installation], congress: FromPath[str], project: FromPath[str]
) -> Response[str]:
    """That it counts, and that it can be changed."""
    here, about, _ = _asked(house, congress, project)
    said = "您的打分已经记下。同一台手机或电脑再打一次，以最后一次为准。" + CAUTION
    return house.templates.page(
        "publicity/taken.html", congress=here, project=about, title="已经记下", said=said
    )


def _asked(house: Installation, congress: str, project: str) -> tuple[Congress, Project, Scale]:
    here, about, settings = asked(house, congress, project)
    if not may_be_scored(settings, about):
        raise NotFound
    return here, about, settings.scores


def _choices(scale: Scale) -> tuple[str, ...]:
    return tuple(str(level) for level in range(1, len(LEVELS[scale]) + 1))


def _page(  # noqa: PLR0913, PLR0917 - one argument for each part of the page
    house: Installation,
    here: Congress,
    about: Project,
    scale: Scale,
    form: Form,
    mark: str,
    status: int = 200,
    notice: str = "",
) -> Response[str]:
    return house.templates.page(
        "publicity/score.html",
        status,
        congress=here,
        project=about,
        form=form,
        slip=form.typed("slip") or new_slip(house, about, mark, "score"),
        bits=gate.WORK_BITS,
        notice=notice,
        levels=dict(zip(_choices(scale), LEVELS[scale], strict=True)),
        caution=CAUTION,
    )
