"""`/v/{code}`: the deputy's page. It sets and reads no cookie; the card's secret stays in the fragment."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import PUBLIC
from web.api.ballots import session_head
from web.installation import Installation


@get("/v/{code:str}", sync_to_thread=True)
def ballot(house: NamedDependency[Installation], code: FromPath[str]) -> Response[str]:
    """The frame of the page; everything in it comes from the API, so that it is the same for everybody."""
    with house.store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, code)
        congress = tx.sessions.congress(session.congress)
    return house.templates.page("ballot.html", session=session_head(session, congress.name))
