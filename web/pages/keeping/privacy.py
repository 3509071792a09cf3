"""`/t/{congress}/privacy`: 个人信息怎么用, in plain words, for everybody."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.keeping import statement
from web.installation import Installation
from web.pages.keeping.house import described


@get("/t/{congress:str}/privacy", sync_to_thread=True)
def privacy(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """With the periods that the office set."""
    said = described(house, congress)
    return house.templates.page(
        "keeping/privacy.html",
        congress={"id": congress, "name": said.congress},
        sections=statement.privacy(said),
    )
