"""`/…/inbox`: what waits for a person to look at it, one by one or many at once, and putting right."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.collecting import sifting
from voting.collecting.addressing import addressed_to
from voting.collecting.entry import COMPLAINT_ADVICE, EntryError
from voting.collecting.registering import add_photos, correct
from voting.collecting.sifting import (
    ACCEPTED_KINDS,
    MOST_AT_ONCE,
    VERDICT_NAMES,
    AlreadyScreened,
    NothingChosen,
    Verdict,
)
from voting.errors import TextError
from voting.photos import MOST_PHOTOS, PhotoError
from voting.suggestions import CHANNEL_NAMES, KIND_NAMES, SOURCE_NAMES, STANDING_NAMES, Suggestion
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.collecting.fields import lists
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form

RELEASES: Final = {"yes": "可以公开（仍不显示姓名、电话）", "no": "不公开"}
_VERDICTS: Final[tuple[Verdict, ...]] = ("accept", "refuse", "complaint")


@get("/inbox", sync_to_thread=True)
def inbox(visit: NamedDependency[Visit]) -> Response[str]:
    """The queue, oldest first."""
    return _inbox(visit, Form())


@post("/inbox", sync_to_thread=True)
def accept_many(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """受理 what was ticked."""
    release = form.choice("release", "能不能公开", tuple(RELEASES)) == "yes"
    if form.faults:
        return _inbox(visit, form, 422)
    chosen = form.values.get("chosen", ())
    try:
        sifting.accept_many(visit.house.store, visit.actor, chosen, visit.now, release=release)
    except NothingChosen as error:
        form.fault("chosen", error.sentence)
        return _inbox(visit, form, 422)
    return visit.go("/inbox")


@get("/inbox/{suggestion_id:str}", sync_to_thread=True)
def item(visit: NamedDependency[Visit], suggestion_id: FromPath[str]) -> Response[str]:
    """One, with everything that was said."""
    return _item(visit, _found(visit, suggestion_id), None)


@post("/inbox/{suggestion_id:str}", sync_to_thread=True)
def screen(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """受理, 不予受理 or 投诉举报."""
    found = _found(visit, suggestion_id)
    try:
        done = _screen(visit, form, found)
    except TextError as error:
        form.fault("reason", error.sentence)
        done = False
    except AlreadyScreened as error:
        return _item(visit, found, form, answer_to(error).status, notice=error.sentence)
    return visit.go("/inbox") if done else _item(visit, found, form, 422)


@post("/inbox/{suggestion_id:str}/correct", sync_to_thread=True)
def put_right(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """Title, category, place."""
    found = _found(visit, suggestion_id)
    title = form.line("title", "标题")
    try:
        if not form.faults:
            correct(
                visit.house.store,
                visit.actor,
                suggestion_id,
                title=title,
                category=form.typed("category"),
                village=form.typed("village"),
                now=visit.now,
            )
    except EntryError as error:
        form.fault("category", error.sentence)
    if form.faults:
        return _item(visit, found, form, 422)
    return visit.go(f"/inbox/{suggestion_id}")


@post("/inbox/{suggestion_id:str}/release", sync_to_thread=True)
def release(
    visit: NamedDependency[Visit], form: NamedDependency[Form], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """Let it stand in public, or take it back."""
    public = form.choice("release", "能不能公开", tuple(RELEASES)) == "yes"
    found = _found(visit, suggestion_id)
    if form.faults:
        return _item(visit, found, form, 422)
    try:
        sifting.release(visit.house.store, visit.actor, suggestion_id, visit.now, public=public)
    except AlreadyScreened as error:
        return _item(visit, found, form, answer_to(error).status, notice=error.sentence)
    return visit.go(f"/inbox/{suggestion_id}")


@post(
    "/inbox/{suggestion_id:str}/photos",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def more_photos(
    visit: NamedDependency[Visit], sent: NamedDependency[PhotoForm], suggestion_id: FromPath[str]
) -> Response[str] | Redirect:
    """Photos that came later."""
    return await answered(visit.house, sent, lambda: _more_photos(visit, sent, suggestion_id))


def _more_photos(visit: Visit, sent: PhotoForm, suggestion_id: str) -> Response[str] | Redirect:
    found, form = _found(visit, suggestion_id), sent.form
    if not sent.photos:
        form.fault("photos", "没有选择照片。请先选择。")
    try:
        prepared = sent.prepared()
        if not form.faults:
            add_photos(visit.house.store, visit.actor, suggestion_id, prepared, visit.now)
    except PhotoError as error:
        form.fault("photos", error.sentence)
    return _item(visit, found, form, 422) if form.faults else visit.go(f"/inbox/{suggestion_id}")


def _screen(visit: Visit, form: Form, found: Suggestion) -> bool:
    """Whether it was done; what is missing stands in the form. Raises TextError, AlreadyScreened."""
    verdict = form.choice("verdict", "怎样处理", _VERDICTS)
    if form.faults:
        return False
    store, actor = visit.house.store, visit.actor
    if verdict == "refuse":
        sifting.refuse(store, actor, found.id, form.typed("reason"), visit.now)
    elif verdict == "complaint":
        sifting.complaint(store, actor, found.id, visit.now)
    else:
        kind = form.choice("kind", "性质", ACCEPTED_KINDS)
        public = form.choice("release", "能不能公开", tuple(RELEASES)) == "yes"
        if form.faults:
            return False
        sifting.accept(store, actor, found.id, kind, visit.now, release=public)
    return True


def _found(visit: Visit, suggestion_id: str) -> Suggestion:
    with visit.house.store.read() as tx:
        return tx.suggestions.get(visit.actor, suggestion_id)


def _inbox(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        waiting = tx.inbox.waiting(visit.actor, MOST_AT_ONCE)
        count = tx.inbox.count_waiting(visit.actor)
        villages = {one.id: one.town + one.name for one in tx.villages.all(visit.actor.congress)}
    return visit.page(
        "collecting/inbox.html",
        status,
        waiting=waiting,
        count=count,
        villages=villages,
        form=form,
        kinds=KIND_NAMES,
        sources=SOURCE_NAMES,
        releases=RELEASES,
        chosen=frozenset(form.values.get("chosen", ())),
    )


def _item(
    visit: Visit, found: Suggestion, form: Form | None, status: int = 200, *, notice: str = ""
) -> Response[str]:
    with visit.house.store.read() as tx:
        photos = tx.photos.of(found)
        cosigners = tx.cosigns.of(found)
        to = addressed_to(tx, found)
        category = tx.categories.get(visit.actor, found.category).name if found.category else ""
        village = tx.villages.get(visit.actor, found.village) if found.village else None
    prefilled = Form.prefilled(
        title=found.title, category=found.category, village=found.village, kind=_kind(found)
    )
    return visit.page(
        "collecting/item.html",
        status,
        one=found,
        photos=photos,
        cosigners=cosigners,
        to=to,
        category=category,
        village=village.town + village.name if village else "",
        form=form or prefilled,
        fixing=form if form is not None and "title" in form.values else prefilled,
        notice=notice,
        kinds=KIND_NAMES,
        accepted_kinds={kind: KIND_NAMES[kind] for kind in ACCEPTED_KINDS},
        sources=SOURCE_NAMES,
        channels=CHANNEL_NAMES,
        states=STANDING_NAMES,
        verdicts=VERDICT_NAMES,
        releases=RELEASES,
        advice=COMPLAINT_ADVICE,
        most_photos=MOST_PHOTOS,
        **lists(visit.house.store, visit.actor.congress),
    )


def _kind(found: Suggestion) -> str | None:
    return found.kind if found.kind in ACCEPTED_KINDS else None
