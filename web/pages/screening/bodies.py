"""`…/slates/bodies`: which bodies study a list, in which order."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting import congress_settings
from voting.duties import demand
from voting.errors import VotingError
from voting.screening.slates import MOST_BODIES, ScreeningSettings, check_bodies
from web.access import Visit
from web.forms import Form

ROWS: Final = range(1, MOST_BODIES + 1)


@get("/slates/bodies", sync_to_thread=True)
def bodies(visit: NamedDependency[Visit]) -> Response[str]:
    """As they are set, or as is usual."""
    demand(visit.actor, "change_settings")
    with visit.house.store.read() as tx:
        level = tx.sessions.congress(visit.actor.congress).level
        order = tx.settings.get(visit.actor.congress, ScreeningSettings).order(level)
    filled = Form.prefilled(**{f"body_{row}": name for row, name in enumerate(order, start=1)})
    return _page(visit, filled)


@post("/slates/bodies", sync_to_thread=True)
def set_bodies(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """For lists made from now on."""
    demand(visit.actor, "change_settings")
    named = [text for row in ROWS if (text := form.typed(f"body_{row}").strip())]
    try:
        order = check_bodies(named)
    except VotingError as error:
        form.fault("body_1", error.sentence)
        return _page(visit, form, 422)
    congress_settings.change(visit.house.store, visit.actor, ScreeningSettings(bodies=order), visit.now)
    return visit.go("/drafts")


def _page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    return visit.page("screening/bodies.html", status, form=form, rows=ROWS)
