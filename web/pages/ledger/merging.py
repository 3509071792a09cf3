"""`…/suggestions/{id}/merge` and `/unmerge`: look at both before saying that they are one."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import merging
from voting.actors import NotFound
from voting.duties import demand
from voting.errors import TextError
from voting.handling.clocks import Clocks
from voting.handling.refusals import HandlingInput
from voting.merging import CannotMerge
from voting.suggestions import KIND_NAMES, SOURCE_NAMES, STANDING_NAMES, Suggestion
from web.access import Visit
from web.forms import Form
from web.pages.ledger.similar import context


@get("/suggestions/{suggestion_id:str}/merge", sync_to_thread=True)
def merge_form(
    visit: NamedDependency[Visit], suggestion_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str]:
    """One to be merged, and the one it goes into, beside each other; or where to type that one's number."""
    demand(visit.actor, "merge")
    return merge_page(visit, suggestion_id, form)


@post("/suggestions/{suggestion_id:str}/merge", sync_to_thread=True)
def merge(
    visit: NamedDependency[Visit], suggestion_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Merge it."""
    try:
        main = merging.by_label(visit.house.store, visit.actor, form.typed("main"))
        agreed = form.typed("agreed")
        main = merging.merge(visit.house.store, visit.actor, suggestion_id, main.id, visit.now, agreed=agreed)
    except (HandlingInput, TextError) as error:
        form.fault("agreed", error.sentence)
        return merge_page(visit, suggestion_id, form, 422)
    except CannotMerge as error:
        form.fault("main", error.sentence)
        return merge_page(visit, suggestion_id, form, 409)
    return visit.go(f"/suggestions/{main.id}")


@post("/suggestions/{suggestion_id:str}/unmerge", sync_to_thread=True)
def unmerge(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Redirect:
    """Take it out again."""
    merging.unmerge(visit.house.store, visit.actor, suggestion_id, visit.now)
    return visit.go(f"/suggestions/{suggestion_id}")


def merge_page(visit: Visit, suggestion_id: str, form: Form, status: int = 200) -> Response[str]:
    """Raises NotFound."""
    with visit.house.store.read() as tx:
        item = tx.suggestions.get(visit.actor, suggestion_id)
        asks = item.kind == "proposal" and tx.settings.get(visit.actor.congress, Clocks).proposer_agrees
    main = _main(visit, form)
    return visit.page(
        "ledger/merge.html",
        status if status != 200 or not form.faults else 422,
        form=form,
        main=main,
        similar=context(visit, item),
        item=item,
        asks=asks,
        standings=STANDING_NAMES,
        kinds=KIND_NAMES,
        sources=SOURCE_NAMES,
    )


def _main(visit: Visit, form: Form) -> Suggestion | None:
    """The one whose number was typed or chosen, unless it is refused already."""
    if not form.typed("main").strip():
        return None
    try:
        return merging.by_label(visit.house.store, visit.actor, form.typed("main"))
    except (CannotMerge, NotFound) as error:
        form.fault("main", error.sentence)
        return None
