"""`…/drafts/new` and `…/drafts/{id}/edit`: a new draft from suggestions, a new version, an amendment."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.duties import demand
from voting.people import Unit
from voting.screening import proposing, sketching
from voting.screening.drafts import Draft, DraftStep, StaleVersion, may, reason_of
from voting.screening.plans import COMPLETION_NAMES, PlanError
from voting.screening.sketches import Sketch
from voting.suggestions import Suggestion
from web.access import Visit
from web.forms import Form
from web.pages.screening.plan_form import ROWS, plan_as_form, read_plan, typed
from web.pages.screening.year_list import year_of


@get("/drafts/new", sync_to_thread=True)
def new_draft(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """Empty, or filled with the words of the suggestions that were ticked, or of a sketch (`?sketch=`)."""
    chosen = list(form.values.get("suggestion", ()))
    year, key = year_of(visit, form), visit.house.random(16).hex()
    begun = _sketch(visit, form)
    if begun is not None:
        chosen, year, key = [begun.suggestion], begun.year, begun.id
    words = proposing.prefill(visit.house.store, visit.actor, chosen)
    filled = Form.prefilled(**words, year=year, key=key)
    return _new_page(visit, Form({**filled.values, "suggestion": chosen}))


@post("/drafts/new", sync_to_thread=True)
def propose(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """For 预审."""
    demand(visit.actor, "draft")
    year = form.number("year", "年度", 2000, 2100)
    plan = read_plan(form, _units(visit))
    if plan is None or form.faults:
        return _new_page(visit, form, 422)
    chosen = form.values.get("suggestion", ())
    try:
        made = proposing.propose(
            visit.house.store, visit.actor, form.typed("key"), year, plan, chosen, visit.now
        )
    except PlanError as error:
        form.fault("title", error.sentence)
        return _new_page(visit, form, 422)
    return visit.go(f"/drafts/{made.id}")


@get("/drafts/{draft_id:str}/edit", sync_to_thread=True)
def edit_draft(visit: NamedDependency[Visit], draft_id: FromPath[str]) -> Response[str]:
    """With what the newest version says."""
    demand(visit.actor, "draft")
    with visit.house.store.read() as tx:
        draft = tx.drafts.get(visit.actor, draft_id)
        plan = tx.drafts.versions(draft)[-1].plan
    filled = plan_as_form(plan)
    return _edit_page(visit, draft, filled.with_values({"based_on": str(draft.version)}))


@post("/drafts/{draft_id:str}/edit", sync_to_thread=True)
def change_draft(
    visit: NamedDependency[Visit], draft_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """A new version for 预审; of a shortlisted one, what a body asked for."""
    demand(visit.actor, "draft")
    with visit.house.store.read() as tx:
        draft = tx.drafts.get(visit.actor, draft_id)
    plan = read_plan(form, _units(visit))
    amends = draft.state == "shortlisted"
    if amends:
        typed(form, "reason", lambda text: reason_of(text, "修改依据"), "")
    if plan is None or form.faults:
        return _edit_page(visit, draft, form, 422)
    store, based_on = visit.house.store, form.whole("based_on") or 0
    try:
        if amends:
            proposing.amend_listed(
                store, visit.actor, draft_id, based_on, plan, form.typed("reason"), visit.now
            )
        else:
            proposing.resubmit(store, visit.actor, draft_id, based_on, plan, visit.now)
    except StaleVersion as error:
        form.fault("title", error.sentence)
        return _edit_page(visit, draft, form, 409)
    return visit.go(f"/drafts/{draft_id}")


@post("/drafts/sketches/{sketch_id:str}/drop", sync_to_thread=True)
def drop_sketch(visit: NamedDependency[Visit], sketch_id: FromPath[str]) -> Redirect:
    """Not after all."""
    sketching.drop(visit.house.store, visit.actor, sketch_id, visit.now)
    return visit.go("/drafts")


def _sketch(visit: Visit, form: Form) -> Sketch | None:
    """Raises NotFound for one that is none, or has become a draft."""
    if not (asked := form.typed("sketch")):
        return None
    with visit.house.store.read() as tx:
        found = tx.sketches.find(visit.actor, asked)
    if found is None:
        raise NotFound
    return found


def _new_page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        sources = [tx.suggestions.get(visit.actor, one) for one in form.values.get("suggestion", ())]
    return _page(visit, form, status, draft=None, sources=sources)


def _edit_page(visit: Visit, draft: Draft, form: Form, status: int = 200) -> Response[str]:
    if not (may(draft.state, "resubmit") or draft.state == "shortlisted"):
        raise DraftStep("这件候选项目现在不能修改。请打开它查看最新情况。")
    return _page(visit, form, status, draft=draft, sources=[])


def _page(
    visit: Visit, form: Form, status: int, *, draft: Draft | None, sources: list[Suggestion]
) -> Response[str]:
    context: dict[str, Any] = {"draft": draft, "sources": sources, "unit_options": _options(visit)}
    return visit.page(
        "screening/draft_form.html",
        status,
        form=form,
        completions=COMPLETION_NAMES,
        rows=ROWS,
        **context,
    )


def _options(visit: Visit) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in _units(visit)]


def _units(visit: Visit) -> tuple[Unit, ...]:
    with visit.house.store.read() as tx:
        return tx.units.current(visit.actor.congress)
