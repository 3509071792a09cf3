"""`…/settings/paper`: from how many paper ballots on they are counted by two tellers."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting import congress_settings
from voting.duties import demand
from voting.paper_ballots.sheets import PaperSettings
from web.access import Visit
from web.forms import Form

HERE: Final = "/settings/paper"
LEAST: Final = 2
MOST: Final = 100


@get(HERE, sync_to_thread=True)
def show(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """As it stands."""
    demand(visit.actor, "change_settings")
    with visit.house.store.read() as tx:
        now = tx.settings.get(visit.actor.congress, PaperSettings)
    saved = form.typed("saved") == "1"
    return visit.page("paper_ballots/settings.html", form=Form.prefilled(fewest=now.fewest), saved=saved)


@post(HERE, sync_to_thread=True)
def change(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """For rounds that are opened from now on."""
    fewest = form.number("fewest", "最少张数", LEAST, MOST)
    if form.faults:
        return visit.page("paper_ballots/settings.html", 422, form=form, saved=False)
    congress_settings.change(visit.house.store, visit.actor, PaperSettings(fewest=fewest), visit.now)
    return visit.go(f"{HERE}?saved=1")
