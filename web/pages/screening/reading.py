"""`…/slate`: what deputies read days before the vote, with what delegations said and the replies."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.duties import demand, may
from voting.screening import commenting, overviews
from voting.screening.drafts import reason_of
from voting.screening.plans import facts
from voting.screening.slates import DECISION_NAMES, SlateError, number_words
from web.access import Visit
from web.forms import Form
from web.pages.screening.plan_form import typed

WHOLE: Final = "whole"
"""In the form: a comment on the whole list."""


@get("/slate", sync_to_thread=True)
def slates(visit: NamedDependency[Visit]) -> Response[str]:
    """The lists that can be read."""
    demand(visit.actor, "read_slate")
    with visit.house.store.read() as tx:
        shown = tx.slates.listing(visit.actor)
    return visit.page("screening/reading_list.html", slates=shown)


@get("/slate/{slate_id:str}", sync_to_thread=True)
def read_slate(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[str]:
    """Every candidate with all its facts."""
    return _page(visit, slate_id, Form())


@get("/slate/{slate_id:str}/table", sync_to_thread=True)
def table(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[str]:
    """All candidates side by side."""
    shown = overviews.reading(visit.house.store, visit.actor, slate_id)
    return visit.page(
        "screening/table.html",
        shown=shown,
        numbers=number_words(len(shown.candidates), shown.slate.places),
        columns=[facts(one.plan) for one in shown.candidates],
    )


@post("/slate/{slate_id:str}/comments", sync_to_thread=True)
def comment(
    visit: NamedDependency[Visit], slate_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """审议意见 of a delegation."""
    demand(visit.actor, "comment")
    text = typed(form, "text", lambda words: reason_of(words, "审议意见"), "")
    about = form.typed("about")
    if not form.faults:
        try:
            commenting.comment(
                visit.house.store,
                visit.actor,
                slate_id,
                comment_id=form.typed("key"),
                draft_id=None if about == WHOLE else about,
                delegation=form.typed("delegation"),
                text=text,
                now=visit.now,
            )
        except SlateError as error:
            form.fault("delegation", error.sentence)
    if form.faults:
        return _page(visit, slate_id, form, 422)
    return visit.go(f"/slate/{slate_id}")


@post("/slate/{slate_id:str}/comments/{comment_id:str}", sync_to_thread=True)
def reply(
    visit: NamedDependency[Visit],
    slate_id: FromPath[str],
    comment_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[str] | Redirect:
    """The government's reply."""
    demand(visit.actor, "reply")
    text = typed(form, f"reply_{comment_id}", lambda words: reason_of(words, "答复"), "")
    if form.faults:
        return _page(visit, slate_id, form, 422)
    commenting.reply(visit.house.store, visit.actor, slate_id, comment_id, text, visit.now)
    return visit.go(f"/slate/{slate_id}")


@get("/slate/{slate_id:str}/photos/{photo_id:str}", sync_to_thread=True)
def photo(
    visit: NamedDependency[Visit],
    slate_id: FromPath[str],
    photo_id: FromPath[str],
    form: NamedDependency[Form],
) -> Response[bytes]:
    """A photo of a source that the reader may see."""
    shown = overviews.reading(visit.house.store, visit.actor, slate_id)
    sources = [source for one in shown.candidates for source in one.sources]
    if photo_id not in {one.id for source in sources for one in source.photos}:
        raise NotFound
    with visit.house.store.read() as tx:
        body = tx.photos.body(visit.actor, photo_id, small=bool(form.typed("small")))
    return Response(body, media_type="image/jpeg")


def _page(visit: Visit, slate_id: str, form: Form, status: int = 200) -> Response[str]:
    shown = overviews.reading(visit.house.store, visit.actor, slate_id)
    return visit.page(
        "screening/reading.html",
        status,
        shown=shown,
        form=form,
        key=form.typed("key") or visit.house.random(16).hex(),
        whole=WHOLE,
        delegation_options=[(one, one) for one in shown.delegations],
        numbers=number_words(len(shown.candidates), shown.slate.places),
        decisions=DECISION_NAMES,
        facts=facts,
        may_comment=may(visit.actor, "comment") and shown.slate.opened_at is not None,
        may_reply=may(visit.actor, "reply"),
    )
