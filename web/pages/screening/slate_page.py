"""`…/slates/{id}`: a list, the bodies it passes, the freeze, and the round."""

from typing import Final, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.documents import candidates_docx, candidates_xlsx
from voting.drafting import TitleTaken
from voting.duties import demand, may
from voting.errors import RulesError, TextError
from voting.rounds import Session
from voting.rules import Extent
from voting.screening import listing, overviews, passing
from voting.screening.drafts import reason_of
from voting.screening.papers import MEDIA_TYPES, MOST_BYTES, PaperError, media_type
from voting.screening.slates import (
    DECISION_NAMES,
    STAGE_NAMES,
    Decision,
    SlateError,
    number_words,
)
from voting.text import clean_prose
from web.access import Visit
from web.forms import Form
from web.pages.screening.plan_form import typed

DECISIONS: Final[tuple[Decision, ...]] = get_args(Decision)
EXTENTS: Final[dict[Extent, str]] = {
    "list": "入选项目名单",
    "list_and_votes": "入选项目名单和得票数",
    "with_archive": "入选项目名单、得票数和供复核的票箱记录",
}
DOCX: Final = MEDIA_TYPES[".docx"]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/slates/{slate_id:str}", sync_to_thread=True)
def slate_page(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[str]:
    """As it stands, with the form of the next step."""
    return _page(visit, slate_id, Form())


@post(
    "/slates/{slate_id:str}/passages",
    sync_to_thread=True,
    request_max_body_size=MOST_BYTES + 1024 * 1024,
)
def record(
    visit: NamedDependency[Visit], slate_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """What a body decided, with its paper if there is one."""
    demand(visit.actor, "record_passage")
    decision = form.choice("decision", "研究决定", DECISIONS)
    note = typed(form, "note", lambda text: _note(text, decision), "")
    decided = passing.Decided(
        place=form.whole("place") or 0,
        day=form.day("day", "研究日期"),
        decision=decision,
        note=note,
        document=_document(form),
    )
    if not form.faults:
        try:
            passing.record(visit.house.store, visit.actor, slate_id, form.typed("key"), decided, visit.now)
        except (SlateError, PaperError) as error:
            form.fault("document" if isinstance(error, PaperError) else "day", error.sentence)
    if form.faults:
        return _page(visit, slate_id, form, 422)
    return visit.go(f"/slates/{slate_id}")


@get("/slates/{slate_id:str}/passages/{passage_id:str}/document", sync_to_thread=True)
def document(
    visit: NamedDependency[Visit], slate_id: FromPath[str], passage_id: FromPath[str]
) -> Response[bytes]:
    """A body's paper as it was handed in: only ever a download."""
    demand(visit.actor, "read_suggestions")
    with visit.house.store.read() as tx:
        slate = tx.slates.get(visit.actor, slate_id)
        name, body = tx.slates.document(slate, passage_id)
    return visit.download(body, media_type(name), name)


@post("/slates/{slate_id:str}/open", sync_to_thread=True)
def open_reading(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Redirect:
    """开放查阅."""
    listing.open_reading(visit.house.store, visit.actor, slate_id, visit.now)
    return visit.go(f"/slates/{slate_id}")


@post("/slates/{slate_id:str}/freeze", sync_to_thread=True)
def freeze(
    visit: NamedDependency[Visit], slate_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """确定名单."""
    form.confirmed("confirm", "名单与研究决定一致，确定后不再修改")
    if form.faults:
        return _page(visit, slate_id, form, 422)
    listing.freeze(visit.house.store, visit.actor, slate_id, visit.now)
    return visit.go(f"/slates/{slate_id}")


@post("/slates/{slate_id:str}/round", sync_to_thread=True)
def make_round(
    visit: NamedDependency[Visit], slate_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """The round of a session; staff go on in its own pages."""
    demand(visit.actor, "make_round")
    sessions = tuple(one.id for one in _sessions(visit))
    session = form.choice("session", "会议", sessions) if sessions else ""
    title = form.line("round_title", "票决名称")
    publish = form.choice("publish", "公布的内容", tuple(EXTENTS))
    if not sessions:
        form.fault("session", "还没有会议。请先在“会议”中新建本次会议。")
    if not form.faults:
        try:
            made = listing.make_round(
                visit.house.store, visit.actor, slate_id, session, title, publish, visit.now
            )
            return visit.go(f"/rounds/{made.id}")
        except (TitleTaken, RulesError, TextError) as error:
            form.fault("round_title", error.sentence)
    return _page(visit, slate_id, form, 422)


@get("/slates/{slate_id:str}/list.docx", sync_to_thread=True)
def list_docx(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[bytes]:
    """候选项目（草案）名单."""
    desk = overviews.desk(visit.house.store, visit.actor, slate_id)
    body = candidates_docx.list_docx(_congress(visit), desk.slate, _plans(desk), visit.now)
    return visit.download(body, DOCX, f"{desk.slate.title}.docx")


@get("/slates/{slate_id:str}/cases.docx", sync_to_thread=True)
def cases_docx(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[bytes]:
    """项目论证表, one page for each candidate."""
    desk = overviews.desk(visit.house.store, visit.actor, slate_id)
    cases = [overviews.whole(visit.house.store, visit.actor, one.draft, visit.now) for one in desk.entries]
    body = candidates_docx.cases_docx(desk.slate, _plans(desk), cases, visit.now)
    return visit.download(body, DOCX, f"{desk.slate.title}项目论证表.docx")


@get("/slates/{slate_id:str}/list.xlsx", sync_to_thread=True)
def list_xlsx(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[bytes]:
    """The list with every fact in a column of its own."""
    desk = overviews.desk(visit.house.store, visit.actor, slate_id)
    body = candidates_xlsx.list_xlsx(desk.slate, _plans(desk))
    return visit.download(body, XLSX, f"{desk.slate.title}.xlsx")


def _note(text: str, decision: Decision) -> str:
    if decision == "passed":
        return clean_prose(text, "研究意见")
    return reason_of(text, "研究意见")


def _document(form: Form) -> tuple[str, bytes] | None:
    if not form.has_file("document"):
        return None
    upload = form.files["document"]
    return upload.name, upload.body


def _plans(desk: overviews.Desk) -> list[candidates_docx.Numbered]:
    return [(one.number, desk.plans[one.draft]) for one in desk.entries]


def _congress(visit: Visit) -> str:
    with visit.house.store.read() as tx:
        return tx.sessions.congress(visit.actor.congress).name


def _sessions(visit: Visit) -> tuple[Session, ...]:
    with visit.house.store.read() as tx:
        return tx.sessions.listing(visit.actor)


def _page(visit: Visit, slate_id: str, form: Form, status: int = 200) -> Response[str]:
    desk = overviews.desk(visit.house.store, visit.actor, slate_id)
    return visit.page(
        "screening/slate.html",
        status,
        desk=desk,
        form=form,
        session_options=[(one.id, one.title) for one in desk.sessions],
        key=form.typed("key") or visit.house.random(16).hex(),
        numbers=number_words(len(desk.entries), desk.slate.places),
        stages=STAGE_NAMES,
        decisions=DECISION_NAMES,
        extents=EXTENTS,
        may={
            action: may(visit.actor, action)
            for action in ("shortlist", "record_passage", "freeze", "make_round")
        },
    )
