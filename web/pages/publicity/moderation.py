"""`…/opinions-on-projects`: what citizens said about projects, for those who read it first, and who reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.duties import may
from voting.errors import TextError
from voting.publicity import speaking
from voting.publicity.opinions import OPINION_STATES, AnsweredByOffice, OpinionError, OpinionState
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

HERE: Final = "/opinions-on-projects"


@get(HERE, sync_to_thread=True)
def opinions(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """A queue: what waits, what is shown, what is not. A unit sees what is shown of its projects."""
    return _page(visit, form, _state(visit, form.typed("state")))


@post(HERE + "/{opinion_id:str}/release", sync_to_thread=True)
def release_opinion(visit: NamedDependency[Visit], opinion_id: FromPath[str]) -> Redirect:
    """Show it to everybody."""
    speaking.release(visit.house.store, visit.actor, opinion_id, visit.now)
    return visit.go(HERE)


@post(HERE + "/{opinion_id:str}/refuse", sync_to_thread=True)
def refuse_opinion(
    visit: NamedDependency[Visit], form: NamedDependency[Form], opinion_id: FromPath[str]
) -> Response[str] | Redirect:
    """Do not show it, with a reason for the office."""
    reason = form.typed(f"reason-{opinion_id}")
    return _done(
        visit,
        form,
        opinion_id,
        f"reason-{opinion_id}",
        lambda: speaking.refuse(visit.house.store, visit.actor, opinion_id, reason, visit.now),
    )


@post(HERE + "/{opinion_id:str}/reply", sync_to_thread=True)
def reply_opinion(
    visit: NamedDependency[Visit], form: NamedDependency[Form], opinion_id: FromPath[str]
) -> Response[str] | Redirect:
    """Stands below the opinion at once."""
    text = form.typed(f"reply-{opinion_id}")
    return _done(
        visit,
        form,
        opinion_id,
        f"reply-{opinion_id}",
        lambda: speaking.reply(visit.house.store, visit.actor, opinion_id, text, visit.now),
    )


def _done(
    visit: Visit, form: Form, opinion_id: str, field: str, step: Callable[[], object]
) -> Response[str] | Redirect:
    with visit.house.store.read() as tx:
        tx.citizens.get(visit.actor, opinion_id)
    state = _state(visit, form.typed("state"))
    try:
        step()
    except (OpinionError, TextError, AnsweredByOffice) as error:
        form.fault(field, error.sentence)
        return _page(visit, form, state, answer_to(error).status)
    return visit.go(f"{HERE}?state={state}")


def _state(visit: Visit, typed: str) -> OpinionState:
    """A unit only ever sees what is released."""
    if not may(visit.actor, "moderate"):
        return "released"
    found = next((one for one in OPINION_STATES if one == typed), None)
    return found or "waiting"


def _page(visit: Visit, form: Form, state: OpinionState, status: int = 200) -> Response[str]:
    found = speaking.listing(visit.house.store, visit.actor, state)
    context: dict[str, Any] = {
        "found": found,
        "state": state,
        "states": OPINION_STATES,
        "form": form,
        "moderates": may(visit.actor, "moderate"),
        "answers": may(visit.actor, "answer_citizen"),
        "most": speaking.PAGE,
    }
    return visit.page("publicity/opinions.html", status, **context)
