"""`/deputy/{link}/suggestions/{id}`: where the deputy's own suggestion is, and the word on its answer."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import system
from voting.handling import confirming
from voting.handling.desk import open_file, whole_file
from voting.handling.facts import GRADE_NAMES
from voting.handling.following import confirmed, needs_three_fixed, nodes
from web.access import Visit
from web.forms import Form
from web.pages.handling.attempt import attempt
from web.pages.handling.suggestion import NAMES, facts_of, parts_of, steps_of


@get("/suggestions/{suggestion_id:str}", sync_to_thread=True)
def progress(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str]:
    """The own one with everything; a colleague's released one as it was written."""
    return _page(visit, suggestion_id, Form())


@post("/suggestions/{suggestion_id:str}/confirm", sync_to_thread=True)
def confirm(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """答复确认."""
    grade, words = form.choice("grade", "满意程度", tuple(GRADE_NAMES)), form.typed("words")
    status = attempt(
        form,
        "words",
        lambda: confirming.confirm(visit.house.store, visit.actor, suggestion_id, grade, words, visit.now),
    )
    if status is not None:
        return _page(visit, suggestion_id, form, status)
    return visit.go(f"/suggestions/{suggestion_id}")


def _page(visit: Visit, suggestion_id: str, form: Form, status: int = 200) -> Response[str]:
    """A merged one shows the way of the one it was merged into."""
    with visit.house.store.read() as tx:
        item = tx.suggestions.get(visit.actor, suggestion_id)
        own = item.deputy is not None and item.deputy == visit.actor.deputy
        facts = facts_of(tx, visit, item)
        file = open_file(tx, visit.actor, item)
        if own and item.merged_into is not None:
            main = tx.suggestions.get(system(item.congress), item.merged_into)
            file = whole_file(tx, main)
            facts |= {"nodes": nodes(main), "happenings": tx.handlings.happenings(visit.actor, main)}
        steps, work = steps_of(tx, visit, file), parts_of(tx, visit, file)
    said = tuple(facts["confirmations"])
    waits = own and item.state == "answered" and confirmed(item, said) is None
    return visit.page(
        "handling/progress.html",
        status,
        form=form,
        own=own,
        merged=own and item.merged_into is not None,
        waits=waits and needs_three_fixed(item.kind),
        steps=steps,
        work=work,
        **NAMES,
        **facts,
    )
