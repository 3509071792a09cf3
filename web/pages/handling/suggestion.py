"""`…/suggestions/{id}`: one suggestion for the offices and the presidium, and what is to be done with it."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.days import today
from voting.duties import may
from voting.handling.deciding import TEXT_NAMES
from voting.handling.desk import File, open_file
from voting.handling.facts import (
    ACTIVE,
    CONTACT_NAMES,
    GRADE_NAMES,
    HANDLING_NAMES,
    PART_NAMES,
    RESULT_NAMES,
    Handling,
)
from voting.handling.following import (
    MODE_NAMES,
    Step,
    confirmed,
    in_force,
    lead_of,
    missing_before_closing,
    mode,
    next_of_handling,
    nodes,
)
from voting.handling.lights import light, rule
from voting.store import Transaction
from voting.suggestions import (
    CHANNEL_NAMES,
    KIND_NAMES,
    ROUTE_NAMES,
    SOURCE_NAMES,
    STANDING_NAMES,
    Route,
    Suggestion,
)
from web.access import Visit
from web.forms import Form
from web.pages.handling.beside import panels

NAMES: Final[dict[str, Any]] = {
    "kinds": KIND_NAMES,
    "sources": SOURCE_NAMES,
    "channels": CHANNEL_NAMES,
    "standings": STANDING_NAMES,
    "routes": ROUTE_NAMES,
    "states": HANDLING_NAMES,
    "parts": PART_NAMES,
    "results": RESULT_NAMES,
    "contact_kinds": CONTACT_NAMES,
    "grades": GRADE_NAMES,
}
"""The words of every choice, for the templates."""
_WHO: Final = {"office": "办公室", "unit": "承办单位", "proposer": "提出人", "nobody": ""}
_TO_COMPLAINTS: Final[tuple[Route, ...]] = ("transferred", "explained")


@get("/suggestions/{suggestion_id:str}", sync_to_thread=True)
def suggestion(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str]:
    """Facts, what is next, who has it, what was said."""
    return suggestion_page(visit, suggestion_id, Form())


def suggestion_page(visit: Visit, suggestion_id: str, form: Form, status: int = 200) -> Response[str]:
    """Raises NotFound."""
    with visit.house.store.read() as tx:
        item = tx.suggestions.get(visit.actor, suggestion_id)
        file = open_file(tx, visit.actor, item)
        context = {
            **facts_of(tx, visit, item),
            **_office_facts(tx, visit, file),
            "steps": steps_of(tx, visit, file),
            "work": parts_of(tx, visit, file),
        }
    return visit.page(
        "handling/suggestion.html", status, form=form, panels=panels(visit, item), **NAMES, **context
    )


def facts_of(tx: Transaction, visit: Visit, item: Suggestion) -> dict[str, Any]:
    """What was proposed, and by whom as far as this visitor may know."""
    actor = visit.actor
    own = item.deputy is not None and item.deputy == actor.deputy
    hidden = item.confidential and not may(actor, "route") and not own
    return {
        "item": item,
        "category": tx.categories.get(actor, item.category).name if item.category else "",
        "village": tx.villages.get(actor, item.village) if item.village else None,
        "deputy": tx.deputies.get(actor, item.deputy) if item.deputy and not hidden else None,
        "hidden": hidden,
        "photos": tx.photos.of(item) if item.photos else (),
        "nodes": nodes(item),
        "happenings": tx.handlings.happenings(actor, item),
        "urgings": tx.handlings.urgings(item) if actor.role != "deputy" else (),
        "confirmations": tx.handlings.confirmations(item),
    }


def steps_of(tx: Transaction, visit: Visit, file: File) -> list[dict[str, Any]]:
    """What is next, with the name of whose step it is and its light."""
    names = unit_names(tx, visit)
    return [
        {"step": step, "who": _who(step, names), "light": _light(file, step, visit)} for step in file.steps
    ]


def parts_of(tx: Transaction, visit: Visit, file: File) -> list[dict[str, Any]]:
    """Each unit's part: its name, its light, its visits. Those in force come first, their lead unit before
    all, also before one that was asked later."""
    names, held = unit_names(tx, visit), in_force(file.handlings)
    past = tuple(part for part in file.handlings if part not in held)
    return [
        {
            "part": part,
            "unit": names.get(part.unit, ""),
            "light": part_light(file, part, visit),
            "contacts": [one for one in file.contacts if one.handling == part.id],
            "active": part.state in ACTIVE,
        }
        for part in (*held, *past)
    ]


def part_light(file: File, part: Handling, visit: Visit) -> Any:
    """The light of a unit's next step; green once it is done."""
    step = next_of_handling(file.item.kind, part, file.contacts)
    due = step.due if step is not None else part.answer_by if part.state == "submitted" else None
    return light(due, today(visit.now), file.clocks.yellow)


def unit_names(tx: Transaction, visit: Visit) -> dict[str, str]:
    """Also of those that have ended."""
    return {one.id: one.name for one in tx.units.all(visit.actor.congress)}


def _office_facts(tx: Transaction, visit: Visit, file: File) -> dict[str, Any]:
    item, actor = file.item, visit.actor
    by = (file.clocks, file.calendar, today(visit.now))
    routes = {one: words for one, words in ROUTE_NAMES.items() if item.kind != "complaint" or _fits(one)}
    main = tx.suggestions.get(actor, item.merged_into) if item.merged_into else None
    said = confirmed(item, file.confirmations)
    units = {one.id: one.name for one in tx.units.current(actor.congress)}
    busy = {part.unit for part in in_force(file.handlings)}
    return {
        "may_act": may(actor, "route") and main is None,
        "may_confirm": may(actor, "confirm") and said is None and item.kind in {"proposal", "opinion"},
        "main": main,
        "units": units,
        "others": {unit: name for unit, name in units.items() if unit not in busy},
        "offered_routes": routes,
        "text_names": TEXT_NAMES,
        "mode": MODE_NAMES[mode(file.handlings)] if item.state == "assigned" else "",
        "lead": lead_of(file.handlings),
        "untouched": all(part.state == "handed" for part in file.handlings if part.state in ACTIVE),
        "missing": missing_before_closing(item, file.handlings, file.contacts, file.confirmations, by),
        "rule": rule(file.clocks.yellow),
        "clocks": file.clocks,
    }


def _fits(route: Route) -> bool:
    return route in _TO_COMPLAINTS


def _who(step: Step, names: dict[str, str]) -> str:
    if step.who == "unit" and step.unit is not None:
        return names.get(step.unit, _WHO["unit"])
    return _WHO[step.who]


def _light(file: File, step: Step, visit: Visit) -> Any:
    return light(step.due, today(visit.now), file.clocks.yellow)
