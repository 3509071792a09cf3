"""`…/settings/citizens`: what citizens may say about projects."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.congress_settings import change
from voting.duties import demand
from voting.publicity.scores import CAUTION, SCALE_NAMES, CitizenSettings, Scale
from web.access import Visit
from web.forms import Form

HERE: Final = "/settings/citizens"


@get(HERE, sync_to_thread=True)
def citizens(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """As they stand."""
    demand(visit.actor, "change_settings")
    with visit.house.store.read() as tx:
        now = tx.settings.get(visit.actor.congress, CitizenSettings)
    prefilled = Form.prefilled(opinions="yes" if now.opinions else "", scores=now.scores)
    return _page(visit, prefilled, saved=form.typed("saved") == "1")


@post(HERE, sync_to_thread=True)
def change_citizens(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A box that is not ticked means no."""
    scales: tuple[Scale, ...] = tuple(SCALE_NAMES)
    scores = form.choice("scores", "群众能不能打分", scales)
    if form.faults:
        return _page(visit, form, 422)
    wanted = CitizenSettings(opinions=form.typed("opinions") == "yes", scores=scores)
    change(visit.house.store, visit.actor, wanted, visit.now)
    return visit.go(f"{HERE}?saved=1")


def _page(visit: Visit, form: Form, status: int = 200, *, saved: bool = False) -> Response[str]:
    return visit.page(
        "publicity/settings.html", status, form=form, saved=saved, scales=SCALE_NAMES, caution=CAUTION
    )
