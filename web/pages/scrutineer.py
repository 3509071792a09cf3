"""`/scrutineer/{link}`: the frame of the scrutineer's page; the rest is its script and the API below it."""

from litestar import Response, get
from litestar.di import NamedDependency

from web.access import Visit


@get("/", sync_to_thread=True)
def scrutineer(visit: NamedDependency[Visit]) -> Response[str]:
    """The same frame for every scrutineer."""
    return visit.page("scrutineer.html")
