"""`/…/keeping/protection`: 网络安全、密码应用和个人信息保护说明, to be read and to be handed in."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from voting.documents import protection as paper
from voting.documents.session import formal
from voting.duties import demand
from voting.keeping import statement
from web.access import Visit
from web.pages.keeping.house import described
from web.pages.session_papers.printing import TYPES

NAME: Final = "网络安全、密码应用和个人信息保护说明"
FORMS: Final = {"pdf": formal.pdf, "docx": formal.docx}


@get("/keeping/protection", sync_to_thread=True)
def protection(visit: NamedDependency[Visit]) -> Response[str]:
    """On screen."""
    demand(visit.actor, "keep_records")
    said = described(visit.house, visit.actor.congress)
    return visit.page("keeping/protection.html", name=NAME, sections=statement.protection(said))


@get("/keeping/protection/{form_name:str}", sync_to_thread=True)
def protection_file(visit: NamedDependency[Visit], form_name: FromPath[str]) -> Response[bytes]:
    """As .docx or PDF."""
    demand(visit.actor, "keep_records")
    if form_name not in FORMS:
        raise NotFound
    said = described(visit.house, visit.actor.congress)
    body = FORMS[form_name](
        paper.of_sections(NAME, said.congress, statement.protection(said), visit.now), visit.now
    )
    return visit.download(body, TYPES[form_name], f"{NAME}.{form_name}")
