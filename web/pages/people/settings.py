"""`/…/settings`: what of the suggestions stands in public."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.congress_settings import PublicSettings, change, public_settings
from voting.duties import demand
from web.access import Visit
from web.forms import Form


@get("/settings", sync_to_thread=True)
def settings(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """As they stand."""
    demand(visit.actor, "change_settings")
    now = public_settings(visit.house.store, visit.actor.congress)
    return visit.page("people/settings.html", public=now, saved=form.typed("saved") == "1")


@post("/settings", sync_to_thread=True)
def change_settings(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Redirect:
    """A box that is not ticked means no."""
    wanted = PublicSettings(
        show_suggestions=form.typed("show_suggestions") == "yes",
        show_refusals=form.typed("show_refusals") == "yes",
        show_stations=form.typed("show_stations") == "yes",
        show_deputies=form.typed("show_deputies") == "yes",
    )
    change(visit.house.store, visit.actor, wanted, visit.now)
    return visit.go("/settings?saved=1")
