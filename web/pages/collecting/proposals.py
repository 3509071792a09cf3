"""`/deputy/…/proposals` and `/unit/…/proposals`: 代表建议, 附议, and what a department proposes."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from voting.collecting.codes import query_code
from voting.collecting.cosigning import NoCosigning, cosign, withdraw_cosign
from voting.collecting.entry import EntryError
from voting.collecting.registering import file, propose
from voting.collecting.submitting import AlreadySent
from voting.collecting.tracking import tracked
from voting.photos import MOST_PHOTOS
from voting.suggestions import KIND_NAMES, ROUTE_NAMES, STANDING_NAMES
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.collecting.fields import lists, read_entry, secrets
from web.pages.collecting.register import form_key
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form

_MOST_LISTED: Final = 100
_NONCE_DIGITS: Final = 32


@get("/proposals", sync_to_thread=True)
def proposals(visit: NamedDependency[Visit]) -> Response[str]:
    """The own ones, and, for deputies, those that may be co-signed."""
    with visit.house.store.read() as tx:
        own = tx.inbox.own(visit.actor, _MOST_LISTED)
        open_ones = tx.inbox.to_cosign(visit.actor, _MOST_LISTED) if visit.actor.role == "deputy" else ()
        behind = {one.id: tx.cosigns.of(one) for one in (*own, *open_ones)}
    return visit.page(
        "collecting/proposals.html",
        own=own,
        to_cosign=open_ones,
        behind=behind,
        states=STANDING_NAMES,
    )


@get("/proposals/new", sync_to_thread=True)
def proposal_form(visit: NamedDependency[Visit]) -> Response[str]:
    """The empty form."""
    return _form_page(visit, Form())


@post(
    "/proposals/new",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def submit_proposal(
    visit: NamedDependency[Visit], sent: NamedDependency[PhotoForm]
) -> Response[str] | Redirect:
    """File it."""
    return await answered(visit.house, sent, lambda: _submit(visit, sent))


@get("/proposals/{suggestion_id:str}", sync_to_thread=True)
def proposal(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str]:
    """One: the own with everything, another's with who stands behind it."""
    return _one_page(visit, suggestion_id)


@post("/proposals/{suggestion_id:str}/cosign", sync_to_thread=True)
def add_name(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str] | Redirect:
    """附议."""
    try:
        cosign(visit.house.store, visit.actor, suggestion_id, visit.now)
    except NoCosigning as error:
        return _one_page(visit, suggestion_id, answer_to(error).status, notice=error.sentence)
    return visit.go(f"/proposals/{suggestion_id}")


@post("/proposals/{suggestion_id:str}/withdraw", sync_to_thread=True)
def remove_name(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str] | Redirect:
    """退出附议."""
    try:
        withdraw_cosign(visit.house.store, visit.actor, suggestion_id, visit.now)
    except NoCosigning as error:
        return _one_page(visit, suggestion_id, answer_to(error).status, notice=error.sentence)
    return visit.go(f"/proposals/{suggestion_id}")


def _submit(visit: Visit, sent: PhotoForm) -> Response[str] | Redirect:
    form = sent.form
    offered = lists(visit.house.store, visit.actor.congress)
    entry = read_entry(form, categories=bool(offered["categories"]))
    if len(form.typed("once")) != _NONCE_DIGITS:
        form.fault("title", "这个页面已经失效。您填写的内容都在，请再提交一次。")
    photos = () if form.faults else sent.prepared()
    if form.faults:
        return _form_page(visit, form, 422, photos=bool(sent.photos))
    key = form_key(form)
    code = query_code(secrets(visit.house).codes, visit.actor.congress, key)
    moment = file if visit.actor.role == "deputy" else propose
    ready = replace(entry, photos=photos)
    try:
        made = moment(visit.house.store, visit.actor, ready, form_key=key, code=code, now=visit.now)
    except (EntryError, AlreadySent) as error:
        again = form.with_values({"once": ""})
        again.fault("title", error.sentence)
        return _form_page(visit, again, answer_to(error).status, photos=bool(sent.photos))
    return visit.go(f"/proposals/{made.id}")


def _form_page(visit: Visit, form: Form, status: int = 200, *, photos: bool = False) -> Response[str]:
    once = form.typed("once")
    return visit.page(
        "collecting/proposal_form.html",
        status,
        form=form,
        once=once if len(once) == _NONCE_DIGITS else visit.house.random(16).hex(),
        photos_again=photos,
        most_photos=MOST_PHOTOS,
        **lists(visit.house.store, visit.actor.congress),
    )


def _one_page(visit: Visit, suggestion_id: str, status: int = 200, *, notice: str = "") -> Response[str]:
    with visit.house.store.read() as tx:
        found = tx.suggestions.get(visit.actor, suggestion_id)
        it = tracked(tx, found)
    actor = visit.actor
    own = (actor.deputy is not None and found.deputy == actor.deputy) or (
        actor.unit is not None and found.unit == actor.unit
    )
    return visit.page(
        "collecting/proposal.html",
        status,
        it=it,
        one=found,
        own=own,
        behind=any(one.deputy == actor.deputy for one in it.cosigners),
        open=found.kind == "proposal" and found.state == "registered" and found.decided_at is None,
        notice=notice,
        kinds=KIND_NAMES,
        states=STANDING_NAMES,
        routes=ROUTE_NAMES,
    )
