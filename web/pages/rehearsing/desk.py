"""`/staff/{link}/rehearsal`: a hall of made-up deputies votes, and what was measured."""

from typing import Final
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import rehearsals
from voting.errors import RulesError
from voting.exercises import (
    LONGEST_CUT,
    MOST_DEPUTIES,
    MOST_SCRUTINEERS,
    Exercise,
    ExerciseError,
    Kind,
    Rehearsal,
    RehearsalRefused,
)
from web.access import Visit
from web.forms import Form
from web.pages.rehearsing.attending import attend
from web.rehearsal.figures import Figures, rows

KINDS: Final[dict[Kind, str]] = {
    "select_k": "差额票决（选出几件）",
    "for_against": "逐件赞成、反对或者弃权",
    "grades": "满意度测评",
}
RENEW: Final = 5
"""Seconds after which the page of a running rehearsal is shown anew where scripts are off."""
USUAL: Final = Exercise(deputies=300, waiting=300, candidates=10, places=5)


@get("/rehearsal", sync_to_thread=True)
def rehearsal(visit: NamedDependency[Visit]) -> Response[str]:
    """The form, the rehearsal that runs, and those before."""
    return _page(visit, _prefilled())


@post("/rehearsal", sync_to_thread=True)
def begin(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Start one. The same form once more starts no second."""
    exercise = _typed(form)
    if not form.faults:
        try:
            _begin(visit, form.typed("rehearsal"), exercise)
            return visit.go("/rehearsal")
        except ExerciseError as error:
            form.fault(error.field, error.sentence)
        except RulesError as error:
            form.fault("candidates", error.sentence)
        except RehearsalRefused as error:
            form.fault("begin", error.sentence)
    return _page(visit, form, 422)


def _begin(visit: Visit, rehearsal_id: str, exercise: Exercise) -> None:
    begun = rehearsals.begin(visit.house.store, visit.actor, rehearsal_id, exercise, visit.now)
    if begun.anew:
        attend(visit.house, begun.rehearsal)


@post("/rehearsal/{rehearsal_id:str}/stop", sync_to_thread=True)
def stop(visit: NamedDependency[Visit], rehearsal_id: FromPath[str]) -> Redirect:
    """It ends within seconds."""
    rehearsals.stop(visit.house.store, visit.actor, rehearsal_id, visit.now)
    return visit.go("/rehearsal")


def _prefilled() -> Form:
    shown = msgspec.structs.asdict(USUAL)
    return Form.prefilled(**{**shown, "waiting": "yes", "tie": None, "rehearsal": uuid4().hex})


def _typed(form: Form) -> Exercise:
    deputies = form.number("deputies", "代表人数", 1, MOST_DEPUTIES)
    scrutineers = form.number("scrutineers", "监票人", 1, MOST_SCRUTINEERS)
    return Exercise(
        deputies=deputies,
        kind=form.choice("kind", "办法", tuple(KINDS)),
        candidates=form.number("candidates", "项目件数", 1, 100),
        places=form.number("places", "应选件数", 1, 100),
        waiting=deputies if form.typed("waiting") == "yes" else 0,
        scrutineers=scrutineers,
        threshold=form.number("threshold", "开箱人数", 1, scrutineers),
        paper=form.number("paper", "纸质票", 0, MOST_DEPUTIES),
        tie=form.typed("tie") == "yes",
        cut_network=form.number("cut_network", "断网秒数", 0, LONGEST_CUT),
    )


def _page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    listed = rehearsals.listing(visit.house.store, visit.actor, visit.now)
    running = next((one for one in listed if one.runs), None)
    return visit.page(
        "rehearsing/rehearsal.html",
        status,
        form=form,
        kinds=KINDS,
        running=running,
        renew=RENEW,
        past=[(one, _figures(one)) for one in listed if not one.runs],
    )


def _figures(one: Rehearsal) -> list[tuple[str, str]]:
    """Words and values; nothing of one that gave none."""
    if one.figures is None:
        return []
    measured = msgspec.json.decode(one.figures, type=Figures)
    return [(words, value) for words, value in rows(measured) if words != "票箱记录"]
