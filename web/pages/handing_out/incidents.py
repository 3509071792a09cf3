"""`…/sessions/{id}/incidents` for staff, `…/incidents` for the chair: what went wrong, what was decided."""

from typing import Final, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.cards import CardsError
from voting.errors import TextError, VotingError
from voting.handing_out import incidents as reported
from voting.handing_out.facts import INCIDENT_NAMES, IncidentKind
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

KINDS: Final[tuple[IncidentKind, ...]] = get_args(IncidentKind)


@get("/sessions/{session_id:str}/incidents", sync_to_thread=True)
def incidents(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """All of the session, and a form for one more."""
    return _page(visit, session_id, Form())


@post("/sessions/{session_id:str}/incidents", sync_to_thread=True)
def report_incident(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """For the presiding chair to decide."""
    kind = form.choice("kind", "是哪种情况", KINDS)
    what = form.prose("what", "情况说明")
    if form.faults:
        return _page(visit, session_id, form, 422)
    try:
        reported.report_incident(
            visit.house.store,
            visit.actor,
            session_id,
            kind,
            what,
            visit.now,
            round_id=form.typed("round") or None,
            serial=form.typed("serial"),
        )
    except VotingError as error:
        form.fault(_field(error), error.sentence)
        return _page(visit, session_id, form, answer_to(error).status)
    return visit.go(f"/sessions/{session_id}/incidents")


@get("/incidents", sync_to_thread=True)
def to_answer(visit: NamedDependency[Visit]) -> Response[str]:
    """For the chair of the session."""
    return _chair_page(visit, Form())


@post("/incidents/{incident_id:str}", sync_to_thread=True)
def answer_incident(
    visit: NamedDependency[Visit], form: NamedDependency[Form], incident_id: FromPath[str]
) -> Response[str] | Redirect:
    """What the chair decides."""
    field = f"answer_{incident_id}"
    try:
        words = form.typed(field)
        reported.answer_incident(visit.house.store, visit.actor, incident_id, words, visit.now)
    except TextError as error:
        form.fault(field, error.sentence)
        return _chair_page(visit, form, answer_to(error).status)
    return visit.go("/incidents")


def _field(error: VotingError) -> str:
    if isinstance(error, CardsError):
        return "serial"
    return "what" if isinstance(error, TextError) else "kind"


def _page(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    session = visit.session(session_id)
    with visit.house.store.read() as tx:
        rounds = tx.rounds.of_session(visit.actor, session_id)
    return visit.page(
        "handing_out/incidents.html",
        status,
        session=session,
        rounds={one.id: one.title for one in rounds},
        incidents=reported.listing(visit.house.store, visit.actor, session_id)[::-1],
        kinds=INCIDENT_NAMES,
        form=form,
    )


def _chair_page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    session_id = visit.actor.session or ""
    return visit.page(
        "handing_out/chair.html",
        status,
        session=visit.session(session_id),
        rounds={one.id: one.title for one in visit.rounds()},
        incidents=reported.listing(visit.house.store, visit.actor, session_id)[::-1],
        kinds=INCIDENT_NAMES,
        form=form,
    )
