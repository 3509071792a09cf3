"""Photos and papers of projects that everybody may see.

A photo's bytes never change under its id, but it may be taken back: a browser keeps it for five minutes and
then asks. It is told 304 only if the photo is still public; what is not, and what never was, look the same.
"""

from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from web.access import download
from web.forms import Form
from web.installation import Installation
from web.kept_pages import names

FIVE_MINUTES: Final = {"cache-control": "public, max-age=300"}


@get("/t/{congress:str}/projects/photos/{photo:str}", sync_to_thread=True)
def photo(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    photo: FromPath[str],
) -> Response[bytes]:
    """The large JPEG, or with `?small=1` the small one. Raises NotFound."""
    small = form.typed("small") == "1"
    headers = {"etag": f'"{photo}-{"small" if small else "large"}"', **FIVE_MINUTES}
    with house.store.read() as tx:
        if not names(request, headers["etag"]):
            body = tx.public_projects.photo(congress, photo, small=small)
            return Response(body, media_type="image/jpeg", headers=headers)
        if not tx.public_projects.shows_photo(congress, photo):
            raise NotFound
    return Response(b"", status_code=304, headers=headers)


@get("/t/{congress:str}/projects/papers/{paper:str}", sync_to_thread=True)
def paper(
    house: NamedDependency[Installation], congress: FromPath[str], paper: FromPath[str]
) -> Response[bytes]:
    """A document, to be saved. Raises NotFound."""
    with house.store.read() as tx:
        found, body = tx.public_projects.paper(congress, paper)
    return download(body, found.media_type, found.name)
