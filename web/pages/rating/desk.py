"""`…/rating`: what can be rated, the rounds of a year, what must follow; `…/rating/settings`."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting import congress_settings
from voting.days import today
from voting.delivering.projects import STATE_NAMES as PROJECT_STATES
from voting.duties import demand, may
from voting.handling.lights import rule
from voting.rating import desks
from voting.rating.inquiries import STATE_NAMES as INQUIRY_STATES
from voting.rating.rectifications import STATE_NAMES
from voting.rating.settings import MOST_MONTHS, RatingSettings
from web.access import Visit
from web.forms import Form


@get("/rating", sync_to_thread=True)
def desk(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """Where 人大评 of a year stands."""
    shown = desks.desk(visit.house.store, visit.actor, form.whole("year"), today(visit.now))
    return visit.page(
        "rating/desk.html",
        shown=shown,
        project_states=PROJECT_STATES,
        states=STATE_NAMES,
        inquiry_states=INQUIRY_STATES,
    )


@get("/rating/settings", sync_to_thread=True)
def settings(visit: NamedDependency[Visit]) -> Response[str]:
    """As they are."""
    demand(visit.actor, "change_settings")
    kept = _kept(visit)
    filled = Form.prefilled(
        months=kept.months,
        inquiry_months=kept.inquiry_months,
        yellow=kept.yellow,
        ranking="yes" if kept.ranking else "no",
    )
    return _settings_page(visit, filled)


@post("/rating/settings", sync_to_thread=True)
def set_settings(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """For matters and inquiries from now on."""
    demand(visit.actor, "change_settings")
    changed = RatingSettings(
        months=form.number("months", "整改期限", 1, MOST_MONTHS),
        inquiry_months=form.number("inquiry_months", "提交整改措施的期限", 1, MOST_MONTHS),
        yellow=form.number("yellow", "提前提醒的天数", 0, 60),
        ranking=form.choice("ranking", "是否排名", ("yes", "no")) == "yes",
        weights=_kept(visit).weights,
    )
    if form.faults:
        return _settings_page(visit, form, 422)
    congress_settings.change(visit.house.store, visit.actor, changed, visit.now)
    return visit.go("/rating")


@get("/rectifications", sync_to_thread=True)
def matters(visit: NamedDependency[Visit]) -> Response[str]:
    """整改 that concerns the reader, by its last day."""
    rows = desks.matter_rows(visit.house.store, visit.actor, today(visit.now))
    return visit.page(
        "rating/matters.html",
        open_rows=[one for one in rows if one.matter.open],
        closed_rows=[one for one in rows if not one.matter.open],
        states=STATE_NAMES,
        rule=rule(_kept(visit).yellow),
        retests=may(visit.actor, "rate"),
    )


def _kept(visit: Visit) -> RatingSettings:
    with visit.house.store.read() as tx:
        return tx.settings.get(visit.actor.congress, RatingSettings)


def _settings_page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    return visit.page("rating/settings.html", status, form=form)
