"""`/t/{congress}/inquiries`: questions and answers of 专题询问, once the office has released them."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from voting.actors import PUBLIC, NotFound
from voting.delivering.projects import Project
from voting.rating.inquiries import Inquiry
from voting.rating.overviews import scores_of_questions
from voting.ratings import UNGRADED, percent
from voting.store import Transaction
from web.installation import Installation


class PublicProject(Struct, frozen=True, kw_only=True):
    """`put_right`: its 整改 is in public, and is what the inquiry was about."""

    project: Project
    put_right: bool


FOR_A_MINUTE: Final = {"cache-control": "public, max-age=60"}


@get("/t/{congress:str}/inquiries", sync_to_thread=True)
def public_inquiries(house: NamedDependency[Installation], congress: FromPath[str]) -> Response[str]:
    """The released ones, newest first."""
    with house.store.read() as tx:
        of = tx.sessions.congress(congress)
        found = tx.inquiries.listing(PUBLIC, of.id)
    page = house.templates.page("rating/public_inquiries.html", congress=of, found=found)
    page.headers.update(FOR_A_MINUTE)
    return page


@get("/t/{congress:str}/inquiries/{inquiry:str}", sync_to_thread=True)
def public_inquiry(
    house: NamedDependency[Installation], congress: FromPath[str], inquiry: FromPath[str]
) -> Response[str]:
    """Who asked what, who answered, and how the answers were rated."""
    with house.store.read() as tx:
        body, of = tx.sessions.congress(congress), tx.inquiries.get(PUBLIC, inquiry)
        if of.congress != body.id:
            raise NotFound
        questions = tx.inquiries.questions(of)
        asked, rechecks = tx.inquiries.units([of]), tx.inquiries.rechecks(of)
        named = {one.id: one.name for one in tx.units.all(of.congress)}
        scores = scores_of_questions(tx, PUBLIC, of, [one.id for one in questions])
        projects = _public_projects(tx, of)
    page = house.templates.page(
        "rating/public_inquiry.html",
        congress=body,
        inquiry=of,
        projects=projects,
        questions=questions,
        asked=asked,
        rechecks=rechecks,
        named=named,
        scores=scores,
        percent=percent,
        ungraded=UNGRADED,
    )
    page.headers.update(FOR_A_MINUTE)
    return page


def _public_projects(tx: Transaction, of: Inquiry) -> list[PublicProject]:
    """What it was about, as far as the public may read it, with the 整改 it takes up."""
    found = []
    taken_up = set(tx.inquiries.matters(of))
    for one in tx.inquiries.projects(of):
        try:
            project = tx.projects.get(PUBLIC, one)
        except NotFound:
            continue
        about = tx.rectifications.of_projects(PUBLIC, [project])
        found.append(PublicProject(project=project, put_right=any(m.id in taken_up for m in about)))
    return found
