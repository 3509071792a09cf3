"""`/v/{code}/tablet`: the deputies' page on a tablet of the hall. It sets and reads no cookie."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import PUBLIC
from voting.tablets import TabletSettings
from web.api.ballots import session_head
from web.installation import Installation


@get("/v/{code:str}/tablet", sync_to_thread=True)
def tablet(house: NamedDependency[Installation], code: FromPath[str]) -> Response[str]:
    """The frame of the page, the same for everybody: a card is held to the camera later."""
    with house.store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, code)
        congress = tx.sessions.congress(session.congress)
        patience = tx.settings.get(session.congress, TabletSettings)
    head = session_head(session, congress.name)
    return house.templates.page("tablets/tablet.html", session=head, patience=patience)
