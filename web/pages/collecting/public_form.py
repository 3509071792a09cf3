"""`/t/{congress}/new`: the form for everybody; `…/sent/{code}`: the receipt with the query code."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from voting.actors import NotFound
from voting.collecting import gate
from voting.collecting.codes import grouped, query_hash, read_code
from voting.collecting.entry import COMPLAINT_ADVICE, EntryError
from voting.collecting.gate import GateError, SlipInvalid, TooMany
from voting.collecting.submitting import (
    AlreadySent,
    Offered,
    Sent,
    StationGone,
    StationUnknown,
    offered,
    sent_before,
    submit,
)
from voting.errors import VotingError
from voting.photos import MOST_PHOTOS
from web.access import cookie_name
from web.errors import answer_to
from web.forms import Form
from web.installation import Installation
from web.pages.collecting.fields import by_town, read_entry, secrets
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form

COOKIE: Final = "piaojue_device"
_A_YEAR: Final = 31_536_000
MATTERS: Final = {"suggestion": "意见建议", "complaint": "投诉举报"}


@get("/t/{congress:str}/new", sync_to_thread=True)
def new(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    form: NamedDependency[Form],
    congress: FromPath[str],
) -> Response[str]:
    """The empty form; with a sentence on top if the poster's code leads to no station."""
    mark, cookie = device(request, house)
    blank, status, notice = Form(), 200, ""
    what = offered(house.store, congress, house.now())
    code = form.typed("station").strip()
    if code:
        try:
            blank = Form.prefilled(station=station(house, congress, code)[0])
        except (StationGone, StationUnknown) as error:
            status, notice = answer_to(error).status, error.sentence
    page = _page(house, what, blank, mark, status, notice=notice)
    if cookie is not None:
        page.set_cookie(cookie)
    return page


@post(
    "/t/{congress:str}/new",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def send(
    request: Request[Any, Any, Any],
    house: NamedDependency[Installation],
    sent: NamedDependency[PhotoForm],
    congress: FromPath[str],
) -> Response[str] | Redirect:
    """Take it, or show it again with everything typed."""
    mark = mark_of(request, house)
    return await answered(house, sent, lambda: _send(house, congress, sent, mark))


@get("/t/{congress:str}/sent/{code:str}", sync_to_thread=True)
def receipt(
    house: NamedDependency[Installation], congress: FromPath[str], code: FromPath[str]
) -> Response[str]:
    """The query code in groups and as QR, to be noted or printed. Raises CodeUnreadable, NotFound."""
    read = read_code(code)
    with house.store.read() as tx:
        found = tx.suggestions.by_query_hash(query_hash(read))
        if found.congress != congress:
            raise NotFound
        here = tx.sessions.congress(congress)
    return house.templates.page(
        "collecting/receipt.html",
        congress=here,
        one=found,
        code=grouped(read),
        address=house.settings.address(f"/t/{congress}/mine/{grouped(read)}"),
        find=house.settings.address(f"/t/{congress}/find"),
        advice=COMPLAINT_ADVICE,
    )


def mark_of(request: Request[Any, Any, Any], house: Installation) -> str:
    """The mark of the visitor's browser, or NO_MARK."""
    return gate.read_mark(request.cookies.get(cookie_name(COOKIE, house.settings)))


def device(request: Request[Any, Any, Any], house: Installation) -> tuple[str, Cookie | None]:
    """The mark of the visitor's browser, and the cookie to give it if it has none yet."""
    mark = mark_of(request, house)
    if mark != gate.NO_MARK:
        return mark, None
    mark = gate.new_mark(house.random)
    cookie = Cookie(
        key=cookie_name(COOKIE, house.settings),
        value=mark,
        path="/t",
        max_age=_A_YEAR,
        httponly=True,
        secure=house.settings.https,
        samesite="lax",
    )
    return mark, cookie


def station(house: Installation, congress: str, code: str) -> tuple[str, str, str]:
    """(code, id, name) of a station that is in use. Raises StationGone, StationUnknown."""
    with house.store.read() as tx:
        found = tx.inbox.station_with(congress, code)
    if found is None:
        raise StationUnknown
    if found.ended_at is not None:
        raise StationGone
    return found.code, found.id, found.name


def _send(house: Installation, congress: str, sent: PhotoForm, mark: str) -> Response[str] | Redirect:
    form = sent.form
    what = offered(house.store, congress, house.now())
    try:
        read = _read(house, what, sent, mark)
        if sent.photos and not form.faults:
            read = _with_photos(house, congress, read, sent)
        if form.faults:
            return _page(house, what, form, mark, 422, photos=bool(sent.photos))
        _, code = submit(house.store, congress, read, secrets(house), house.now())
    except (GateError, TooMany, AlreadySent, EntryError, StationGone, StationUnknown) as error:
        return _again(house, what, sent, mark, error)
    return Redirect(f"/t/{congress}/sent/{grouped(code)}", status_code=303)


def _read(house: Installation, what: Offered, sent: PhotoForm, mark: str) -> Sent:
    """Raises StationGone, StationUnknown."""
    form = sent.form
    code = form.typed("station")
    from_station = station(house, what.congress.id, code)[1] if code else None
    complaint = form.choice("matter", "您要提的是哪一种", tuple(MATTERS)) == "complaint"
    entry = read_entry(form, station=from_station, categories=bool(what.categories) and not complaint)
    form.confirmed("consent", "我已阅读并同意")
    if form.typed("website"):
        form.fault("website", "这一栏请不要填写，清空后再提交。")
    return Sent(
        slip=form.typed("slip"), nonce=form.typed("work"), mark=mark, complaint=complaint, entry=entry
    )


def _with_photos(house: Installation, congress: str, read: Sent, sent: PhotoForm) -> Sent:
    """Decoding costs: only for a form that will be taken. Raises what `sent_before` raises."""
    if sent_before(house.store, congress, read, secrets(house), house.now()) is not None:
        return read
    return replace(read, entry=replace(read.entry, photos=sent.prepared()))


def _again(
    house: Installation, what: Offered, sent: PhotoForm, mark: str, error: VotingError
) -> Response[str]:
    """What was typed, with the sentence on top; a new slip where the old one is of no more use."""
    form = sent.form
    replaced = {"slip": "", "work": ""} if isinstance(error, SlipInvalid | AlreadySent) else {}
    if isinstance(error, StationGone | StationUnknown):
        replaced["station"] = ""
    form = form.with_values(replaced)
    status = answer_to(error).status
    return _page(house, what, form, mark, status, notice=error.sentence, photos=bool(sent.photos))


def _page(
    house: Installation,
    what: Offered,
    form: Form,
    mark: str,
    status: int = 200,
    *,
    notice: str = "",
    photos: bool = False,
) -> Response[str]:
    slip = form.typed("slip") or gate.give_slip(
        secrets(house).slips, what.congress.id, mark, house.now(), house.random
    )
    code = form.typed("station")
    return house.templates.page(
        "collecting/new.html",
        status,
        what=what,
        towns=by_town(what.villages),
        form=form,
        slip=slip,
        station=station(house, what.congress.id, code)[2] if code else "",
        notice=notice,
        photos_again=photos,
        most_photos=MOST_PHOTOS,
        bits=gate.WORK_BITS,
        advice=COMPLAINT_ADVICE,
        matters=MATTERS,
    )
