"""`…/warnings`: every 预警 that waits for somebody, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.duties import may
from voting.errors import TextError
from voting.reporting import issuing
from voting.reporting.warnings import LEVEL_NAMES, STATE_NAMES, WarningError, WarningNotice, WarningStep
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

Page = Response[str] | Redirect
SHOWN_ENDED = 50


@get("/warnings", sync_to_thread=True)
def warnings(visit: NamedDependency[Visit]) -> Response[str]:
    """Proposed ones first, for those who decide; then the open ones; then the last that ended."""
    return _page(visit, Form())


@post("/warnings/{warning_id:str}/confirm", sync_to_thread=True)
def confirm(visit: NamedDependency[Visit], form: NamedDependency[Form], warning_id: FromPath[str]) -> Page:
    """Send what was proposed."""
    level = form.choice("level", "预警级别", tuple(LEVEL_NAMES))
    cause, store = form.typed("cause"), visit.house.store
    return _step(
        visit,
        form,
        "cause",
        warning_id,
        lambda: issuing.confirm(store, visit.actor, warning_id, level, cause, visit.now),
    )


@post("/warnings/{warning_id:str}/drop", sync_to_thread=True)
def drop(visit: NamedDependency[Visit], form: NamedDependency[Form], warning_id: FromPath[str]) -> Page:
    """Do not send it."""
    reason, store = form.typed("reason"), visit.house.store
    return _step(
        visit,
        form,
        "reason",
        warning_id,
        lambda: issuing.drop(store, visit.actor, warning_id, reason, visit.now),
    )


@post("/warnings/{warning_id:str}/acknowledge", sync_to_thread=True)
def acknowledge(
    visit: NamedDependency[Visit], form: NamedDependency[Form], warning_id: FromPath[str]
) -> Page:
    """签收."""
    measures, store = form.typed("measures"), visit.house.store
    return _step(
        visit,
        form,
        "measures",
        warning_id,
        lambda: issuing.acknowledge(store, visit.actor, warning_id, measures, visit.now),
    )


@post("/warnings/{warning_id:str}/lift", sync_to_thread=True)
def lift(visit: NamedDependency[Visit], form: NamedDependency[Form], warning_id: FromPath[str]) -> Page:
    """解除."""
    reason, store = form.typed("reason"), visit.house.store
    return _step(
        visit,
        form,
        "reason",
        warning_id,
        lambda: issuing.lift(store, visit.actor, warning_id, reason, visit.now),
    )


def _step(visit: Visit, form: Form, field: str, warning_id: str, step: Callable[[], WarningNotice]) -> Page:
    with visit.house.store.read() as tx:
        tx.warnings.get(visit.actor, warning_id)
    if form.faults:
        return _page(visit, form, 422, warning_id)
    try:
        step()
    except (WarningError, TextError, WarningStep) as error:
        form.fault(f"{field}-{warning_id}", error.sentence)
        return _page(visit, form, answer_to(error).status, warning_id)
    return visit.go("/warnings")


def _page(visit: Visit, form: Form, status: int = 200, asked: str = "") -> Response[str]:
    with visit.house.store.read() as tx:
        waiting, ended = tx.warnings.unended(visit.actor), tx.warnings.ended(visit.actor, SHOWN_ENDED)
        titles = tx.warnings.titles(visit.actor, (*waiting, *ended))
        units = {one.id: one.name for one in tx.units.all(visit.actor.congress)}
    return visit.page(
        "reporting/warnings.html",
        status,
        form=form,
        asked=asked,
        proposed=[one for one in waiting if one.state == "proposed"],
        open=[one for one in waiting if one.is_open],
        ended=ended,
        titles=titles,
        units=units,
        levels=LEVEL_NAMES,
        warning_states=STATE_NAMES,
        may_warn=may(visit.actor, "warn"),
    )
