"""`/…/register`: what came by paper, telephone or visit; the receipt for whoever brought it; whole tables."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from ballots.encoding import sha256_hex
from voting.collecting.codes import grouped, query_code, query_hash, read_code
from voting.collecting.entry import EntryError
from voting.collecting.importing import Imported, import_table
from voting.collecting.registering import received_on, register
from voting.collecting.submitting import AlreadySent
from voting.collecting.table import COLUMN_NAMES, TableError, template_csv
from voting.photos import MOST_PHOTOS
from voting.sheets import SheetError
from voting.suggestions import CHANNEL_NAMES, KIND_NAMES, SOURCE_NAMES, Channel, Kind, Source
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.collecting.fields import lists, read_entry, secrets
from web.pages.collecting.sifting import RELEASES
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form
from web.rendering import isodate

CHANNELS: Final[tuple[Channel, ...]] = ("paper", "phone", "visit", "online")
KINDS: Final[tuple[Kind, ...]] = ("opinion", "clue", "proposal", "complaint")
SOURCES: Final[tuple[Source, ...]] = tuple(SOURCE_NAMES)
_NONCE_DIGITS: Final = 32


@get("/register", sync_to_thread=True)
def register_form(visit: NamedDependency[Visit]) -> Response[str]:
    """The empty form."""
    return _page(visit, Form.prefilled(received=isodate(visit.now)))


@post(
    "/register",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def enter(visit: NamedDependency[Visit], sent: NamedDependency[PhotoForm]) -> Response[str] | Redirect:
    """Register it at once."""
    return await answered(visit.house, sent, lambda: _enter(visit, sent))


@get("/registered/{code:str}", sync_to_thread=True)
def registered(visit: NamedDependency[Visit], code: FromPath[str]) -> Response[str]:
    """The receipt with the query code, to be handed over. Raises CodeUnreadable, NotFound."""
    read = read_code(code)
    with visit.house.store.read() as tx:
        found = tx.suggestions.get(visit.actor, tx.suggestions.by_query_hash(query_hash(read)).id)
    return visit.page(
        "collecting/registered.html",
        one=found,
        code=grouped(read),
        address=visit.house.settings.address(f"/t/{found.congress}/mine/{grouped(read)}"),
        find=visit.house.settings.address(f"/t/{found.congress}/find"),
    )


@get("/import", sync_to_thread=True)
def import_form(visit: NamedDependency[Visit]) -> Response[str]:
    """Where a table is chosen."""
    return _import_page(visit, Form())


@post("/import", sync_to_thread=True)
def import_rows(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """All rows, or none and the list of what to put right."""
    raw = form.file("table", "表格文件")
    if form.faults:
        return _import_page(visit, form, 422)
    name = form.files["table"].name
    codes = secrets(visit.house).codes
    try:
        done = import_table(visit.house.store, visit.actor, name, raw, codes, visit.now)
    except TableError as error:
        form.fault("table", error.sentence)
        return _import_page(visit, form, 422, error=error)
    except SheetError as error:
        form.fault("table", error.sentence)
        return _import_page(visit, form, 422)
    return _import_page(visit, Form(), done=done)


@get("/import/template", sync_to_thread=True)
def import_template(visit: NamedDependency[Visit]) -> Response[bytes]:
    """A table to fill in."""
    return visit.download(template_csv(), "text/csv", "意见建议导入模板.csv")


def form_key(form: Form) -> str:
    """Of the number that the empty form was given: the same form makes one suggestion."""
    return sha256_hex(f"office-form|{form.typed('once')[:100]}".encode())


def _enter(visit: Visit, sent: PhotoForm) -> Response[str] | Redirect:
    form = sent.form
    kind = form.choice("kind", "性质", KINDS)
    source = form.choice("source", "来源", SOURCES)
    channel = form.choice("channel", "收到的方式", CHANNELS)
    public = form.choice("release", "能不能公开", tuple(RELEASES)) == "yes"
    offered = lists(visit.house.store, visit.actor.congress)
    entry = read_entry(form, station=form.typed("station") or None, categories=bool(offered["categories"]))
    try:
        day = received_on(form.typed("received"), visit.now)
    except EntryError as error:
        form.fault("received", error.sentence)
    if len(form.typed("once")) != _NONCE_DIGITS:
        form.fault("title", "这个页面已经失效。您填写的内容都在，请再提交一次。")
    photos = () if form.faults else sent.prepared()
    if form.faults:
        return _page(visit, form, 422, photos=bool(sent.photos))
    key = form_key(form)
    code = query_code(secrets(visit.house).codes, visit.actor.congress, key)
    try:
        register(
            visit.house.store,
            visit.actor,
            replace(entry, photos=photos),
            kind=kind,
            source=source,
            channel=channel,
            received_on=day,
            release=public,
            form_key=key,
            code=code,
            now=visit.now,
        )
    except (EntryError, AlreadySent) as error:
        form.fault("title", error.sentence)
        again = form.with_values({"once": ""})
        again.faults.update(form.faults)
        return _page(visit, again, answer_to(error).status, photos=bool(sent.photos))
    return visit.go(f"/registered/{grouped(code)}")


def _page(visit: Visit, form: Form, status: int = 200, *, photos: bool = False) -> Response[str]:
    once = form.typed("once")
    return visit.page(
        "collecting/register.html",
        status,
        form=form,
        once=once if len(once) == _NONCE_DIGITS else visit.house.random(16).hex(),
        photos_again=photos,
        most_photos=MOST_PHOTOS,
        kinds={one: KIND_NAMES[one] for one in KINDS},
        sources=SOURCE_NAMES,
        channels={one: CHANNEL_NAMES[one] for one in CHANNELS},
        releases=RELEASES,
        **lists(visit.house.store, visit.actor.congress),
    )


def _import_page(
    visit: Visit,
    form: Form,
    status: int = 200,
    *,
    error: TableError | None = None,
    done: Imported | None = None,
) -> Response[str]:
    return visit.page(
        "collecting/import.html",
        status,
        form=form,
        problems=() if error is None else error.problems,
        done=done,
        columns=tuple(COLUMN_NAMES.values()),
    )
