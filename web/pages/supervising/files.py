"""Photos and documents of supervision, changes and completion, for whoever may see the project."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from web.access import Visit
from web.forms import Form


@get("/projects/{project_id:str}/supervision/photos/{picture_id:str}", sync_to_thread=True)
def photo(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    picture_id: FromPath[str],
) -> Response[bytes]:
    """The JPEG, `?small=1` for the list."""
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        if all(one.id != picture_id for one in tx.project_files.pictures(visit.actor, project)):
            raise NotFound
        body = tx.project_files.picture(visit.actor, picture_id, small=form.typed("small") == "1")
    return Response(body, media_type="image/jpeg")


@get("/projects/{project_id:str}/supervision/papers/{paper_id:str}", sync_to_thread=True)
def paper(
    visit: NamedDependency[Visit], project_id: FromPath[str], paper_id: FromPath[str]
) -> Response[bytes]:
    """As it was handed in: only ever a download."""
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found, body = tx.project_files.paper(visit.actor, paper_id)
    if found.project != project.id:
        raise NotFound
    return visit.download(body, found.media_type, found.name)
