"""`/{role}/{link}` of whoever enters by an account and has no meeting to run: where to go from here."""

from litestar import Response, get
from litestar.di import NamedDependency

from web.access import Visit


@get("/", sync_to_thread=True)
def role_home(visit: NamedDependency[Visit]) -> Response[str]:
    """The role's own menu, in large."""
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
    return visit.page("people/role_home.html", congress=congress)
