"""`/…/notices`: what the service has to tell this person, and the click that leads there."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import messages
from web.access import Visit


@get("/notices", sync_to_thread=True)
def notices(visit: NamedDependency[Visit]) -> Response[str]:
    """Those not yet seen first."""
    with visit.house.store.read() as tx:
        found = tx.notices.listing(visit.actor)
    waiting = [one for one in found if one.seen_at is None]
    return visit.page("people/notices.html", waiting=waiting, seen=found[len(waiting) :])


@post("/notices/{notice_id:str}/see", sync_to_thread=True)
def see_notice(visit: NamedDependency[Visit], notice_id: FromPath[str]) -> Redirect:
    """Note that it was seen, and go where it points."""
    seen = messages.see(visit.house.store, visit.actor, notice_id, visit.now)
    return visit.go(seen.path)


@post("/notices/see", sync_to_thread=True)
def see_notices(visit: NamedDependency[Visit]) -> Redirect:
    """Note all of them as seen."""
    messages.see_all(visit.house.store, visit.actor, visit.now)
    return visit.go("/notices")
