"""Photos, for whoever may see their suggestion: offices and roles, the proposer by code, the public."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from voting.collecting.codes import query_hash, read_code
from voting.congress_settings import PublicSettings
from web.access import Visit
from web.forms import Form
from web.installation import Installation

_NOT_AT_ALL: Final = "no-store"
"""A computer of an office has many users, and a telephone shows its cache to whoever borrows it."""
_PUBLIC: Final = "public, max-age=3600"
"""An hour: the office may take back what it released."""


@get("/photos/{photo:str}", sync_to_thread=True)
def role_photo(
    visit: NamedDependency[Visit], form: NamedDependency[Form], photo: FromPath[str]
) -> Response[bytes]:
    """For a role that may see the suggestion."""
    with visit.house.store.read() as tx:
        return _jpeg(tx.photos.body(visit.actor, photo, small=_small(form)), _NOT_AT_ALL)


@get("/t/{congress:str}/mine/{code:str}/photos/{photo:str}", sync_to_thread=True)
def own_photo(
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    code: FromPath[str],
    photo: FromPath[str],
) -> Response[bytes]:
    """For the holder of the query code."""
    digest = query_hash(read_code(code))
    with house.store.read() as tx:
        body = tx.photos.body_by_query_hash(congress, digest, photo, small=_small(form))
    return _jpeg(body, _NOT_AT_ALL)


@get("/t/{congress:str}/photos/{photo:str}", sync_to_thread=True)
def public_photo(
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
    photo: FromPath[str],
) -> Response[bytes]:
    """For everybody, if the congress publishes suggestions and a person released this one."""
    with house.store.read() as tx:
        if not tx.settings.get(congress, PublicSettings).show_suggestions:
            raise NotFound
        return _jpeg(tx.photos.body_of_released(congress, photo, small=_small(form)), _PUBLIC)


def _small(form: Form) -> bool:
    return form.typed("small") == "1"


def _jpeg(body: bytes, keep: str) -> Response[bytes]:
    return Response(body, media_type="image/jpeg", headers={"cache-control": keep})
