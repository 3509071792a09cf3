"""`/t/{congress}/stations`: where deputies can be met, for everybody; and a deputy's own duties."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import attending, reception_days
from voting.stations import KIND_NAMES
from web.access import Visit
from web.installation import Installation


@get("/t/{congress:str}/stations", sync_to_thread=True)
def directory(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """Names, addresses, hours and leaders; no telephone numbers."""
    found = attending.directory(house.store, congress)
    shown = reception_days.shown(house.store, congress, house.now())
    return house.templates.page("stations/directory.html", found=found, kinds=KIND_NAMES, receptions=shown)


@get("/duties", sync_to_thread=True)
def duties(visit: NamedDependency[Visit]) -> Response[str]:
    """A deputy's, from today on."""
    found = attending.own_duties(visit.house.store, visit.actor, visit.now)
    return visit.page("stations/duties.html", duties=found)
