"""`/static/{digest}/{name}`: style sheets and scripts. Their address changes with them: keep for ever."""

from pathlib import PurePosixPath
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from web.installation import Installation
from web.refusals import NoSuchPage

FOR_EVER = "public, max-age=31536000, immutable"
WORKERS = {"hall_worker.js": "/hall/"}
"""What stands between some pages and the network, and the only place where it may."""


@get("/static/{digest:str}/{name:path}", sync_to_thread=False)
def static_file(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    digest: FromPath[str],
    name: FromPath[PurePosixPath],
) -> Response[bytes]:
    """One file with exactly that content, compressed where the browser takes it."""
    asset = house.assets.find(digest, str(name).lstrip("/"))
    if asset is None:
        raise NoSuchPage
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    return Response(
        asset.compressed if zipped else asset.body,
        media_type=asset.media_type,
        headers={"cache-control": FOR_EVER, "vary": "accept-encoding"}
        | ({"content-encoding": "gzip"} if zipped else {})
        | ({"service-worker-allowed": WORKERS[asset.name]} if asset.name in WORKERS else {}),
    )
