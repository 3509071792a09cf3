"""`/staff/…/stations/posters.pdf` and `…/stations/{id}/poster.pdf`: what hangs on the wall."""

from collections.abc import Sequence
from typing import get_args

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from voting.documents.poster import Paper, posters_pdf
from voting.lists import keeping
from voting.lists.kinds import KINDS
from voting.stations import Station
from web.access import Visit
from web.forms import Form


@get("/stations/posters.pdf", sync_to_thread=True)
def all_posters(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[bytes]:
    """One page for each station in use; `?paper=a3` for the larger ones."""
    found = keeping.open_list(visit.house.store, visit.actor, KINDS["stations"]).current
    if not found:
        raise NotFound("还没有联络站。请先登记联络站，再打印海报。")
    return _pdf(visit, found, form, "联络站海报")


@get("/stations/{station_id:str}/poster.pdf", sync_to_thread=True)
def one_poster(
    visit: NamedDependency[Visit], form: NamedDependency[Form], station_id: FromPath[str]
) -> Response[bytes]:
    """One station's."""
    found = keeping.get(visit.house.store, visit.actor, KINDS["stations"], station_id)
    return _pdf(visit, [found], form, f"{found.name}海报")


def _pdf(visit: Visit, stations: Sequence[Station], form: Form, name: str) -> Response[bytes]:
    asked = form.typed("paper")
    paper: Paper = next((one for one in get_args(Paper) if one == asked), "a4")
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
    url = visit.house.settings.address(f"/t/{congress.id}")
    pdf = posters_pdf(congress.name, stations, url, paper, visit.now)
    return visit.download(pdf, "application/pdf", f"{name}-{paper.upper()}.pdf")
