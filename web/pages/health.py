"""`/health` and `/ready`: what a proxy asks before it sends anybody here. Nothing about anybody is said."""

from litestar import Response, get
from litestar.di import NamedDependency

from web.installation import Installation

_PLAIN = "text/plain"


@get("/health", sync_to_thread=False)
def health() -> Response[str]:
    """The process answers."""
    return Response("ok\n", media_type=_PLAIN)


@get("/ready", sync_to_thread=True)
def ready(house: NamedDependency[Installation]) -> Response[str]:
    """The database answers too; when it does not, 503, as long as that lasts."""
    try:
        with house.store.read() as tx:
            tx.sessions.congresses()
    except Exception:  # noqa: BLE001 - whatever keeps the database from answering
        return Response("the database does not answer\n", status_code=503, media_type=_PLAIN)
    return Response("ok\n", media_type=_PLAIN)
