"""`/minisign.pub`, the `.minisig` beside each published file, and documents for everybody."""

from datetime import datetime
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import publishing
from voting.actors import PUBLIC, NotFound, NotYet
from voting.minisign import comment_of, public_key_file, public_key_line, signature_file
from voting.publishing import PublicResult
from voting.years.facts import PublicPaper
from voting.years.issuing import MOST_LISTED
from web.access import download
from web.installation import Installation
from web.refusals import NotPublished

PLAIN: Final = "text/plain; charset=utf-8"
FOR_A_MINUTE: Final = {"cache-control": "public, max-age=60"}


@get("/minisign.pub", sync_to_thread=False)
def public_key(house: NamedDependency[Installation]) -> Response[bytes]:
    """The key that signs everything published here; best noted before it is needed."""
    return download(public_key_file(house.signer.public_hex), PLAIN, "minisign.pub")


@get("/r/{round_id:str}/round.json.minisig", sync_to_thread=True)
def round_json_signature(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[bytes]:
    """Beside `round.json`."""
    shown = _published(house, round_id)
    body = publishing.round_json(house.store, PUBLIC, shown.round.id, house.signer)
    return _signature(house, shown, "round.json", body)


@get("/r/{round_id:str}/archive.bel.minisig", sync_to_thread=True)
def archive_signature(house: NamedDependency[Installation], round_id: FromPath[str]) -> Response[bytes]:
    """Beside `archive.bel`."""
    shown = _published(house, round_id)
    body = publishing.archive(house.store, PUBLIC, shown.round.id)
    return _signature(house, shown, "archive.bel", body)


@get("/t/{congress:str}/papers", sync_to_thread=True)
def paper_list(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """Documents of a congress, newest first, and how to check them."""
    with house.store.read() as tx:
        of = tx.sessions.congress(congress)
        found = tx.public_papers.listing(PUBLIC, congress, MOST_LISTED)
    page = house.templates.page(
        "years/public_papers.html",
        congress=of,
        papers=found,
        key=public_key_line(house.signer.public_hex),
        key_address=house.settings.address("/minisign.pub"),
    )
    page.headers.update(FOR_A_MINUTE)
    return page


@get("/d/{paper_id:str}/file", sync_to_thread=True)
def paper(house: NamedDependency[Installation], paper_id: FromPath[str]) -> Response[bytes]:
    """A document as it was published."""
    with house.store.read() as tx:
        found = tx.public_papers.get(PUBLIC, paper_id)
        return download(tx.public_papers.body(found), found.media_type, found.name)


@get("/d/{paper_id:str}/file.minisig", sync_to_thread=True)
def paper_signature(house: NamedDependency[Installation], paper_id: FromPath[str]) -> Response[bytes]:
    """Beside it."""
    with house.store.read() as tx:
        found: PublicPaper = tx.public_papers.get(PUBLIC, paper_id)
    return download(found.signature, PLAIN, f"{found.name}.minisig")


def _signature(house: Installation, shown: PublicResult, name: str, body: bytes) -> Response[bytes]:
    """The same for everybody who asks: the moment in it is that of 公布."""
    publication = shown.round.published
    at: datetime = publication.at if publication else shown.round.drafted_at
    comment = comment_of(name, at, f"round:{shown.round.id} {shown.session_title} {shown.round.title}")
    return download(signature_file(house.signer, body, comment), PLAIN, f"{name}.minisig")


def _published(house: Installation, round_id: str) -> PublicResult:
    """Raises NotPublished also for what does not exist."""
    try:
        return publishing.public_result(house.store, round_id)
    except (NotFound, NotYet):
        raise NotPublished from None
