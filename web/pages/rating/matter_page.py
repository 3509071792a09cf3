"""`…/rectifications/{id}`: one matter until 销号, with the form of each role's next step."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.delivering.letters import place_of
from voting.documents import rating as documents
from voting.documents.official import Official
from voting.duties import Action, demand, may
from voting.handling.lights import rule
from voting.rating import climbing, rectifying
from voting.rating.climbing import Climb
from voting.rating.desks import light_of
from voting.rating.inquiries import STATE_NAMES as INQUIRY_STATES
from voting.rating.inquiries import Inquiry
from voting.rating.ladder import REDO, RUNGS, SUMMONS, Talk, open_places
from voting.rating.overviews import Matter, drafted_retests, matters
from voting.rating.rectifications import STATE_NAMES, STEP_NAMES, UNIT_STEPS, StepKind, closable
from voting.rating.rectifying import Entry
from voting.rating.settings import MOST_MONTHS, RatingSettings
from web.access import Visit
from web.forms import Form
from web.pages.delivering.project_page import docx_of, pdf_of
from web.pages.rating.attempt import attempt, proof_of

_JUDGING: Final[tuple[StepKind, ...]] = ("accept", "return")
_ACTIONS: Final[tuple[Action, ...]] = ("rectify", "order_rectification", "rate", "inquire")
Page = Response[str] | Redirect


@get("/rectifications/{matter_id:str}", sync_to_thread=True)
def matter(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[str]:
    """Everything that was recorded."""
    return _page(visit, matter_id, Form())


@post("/rectifications/{matter_id:str}/steps", sync_to_thread=True)
def hand_in(visit: NamedDependency[Visit], form: NamedDependency[Form], matter_id: FromPath[str]) -> Page:
    """The unit's plan, report, or that it is done."""
    demand(visit.actor, "rectify")
    kind = form.choice("kind", "提交的内容", UNIT_STEPS)
    entry = Entry(id=form.typed("key"), kind=kind, text=form.typed("text"), proof=proof_of(form))
    status = attempt(
        form,
        "text",
        lambda: rectifying.hand_in(visit.house.store, visit.actor, matter_id, entry, visit.now),
    )
    return _then(visit, matter_id, form, status)


@post("/rectifications/{matter_id:str}/judge", sync_to_thread=True)
def judge(visit: NamedDependency[Visit], form: NamedDependency[Form], matter_id: FromPath[str]) -> Page:
    """验收 or return."""
    demand(visit.actor, "order_rectification")
    kind = form.choice("verdict", "验收结论", _JUDGING)
    entry = Entry(
        id=form.typed("key"),
        kind=kind,
        day=form.day("judged_on", "日期"),
        who=form.line("who", "验收人"),
        text=form.typed("judgement"),
        proof=proof_of(form),
    )
    status = attempt(
        form,
        "judgement",
        lambda: rectifying.judge(visit.house.store, visit.actor, matter_id, entry, visit.now),
    )
    return _then(visit, matter_id, form, status)


@post("/rectifications/{matter_id:str}/close", sync_to_thread=True)
def close(visit: NamedDependency[Visit], form: NamedDependency[Form], matter_id: FromPath[str]) -> Page:
    """销号."""
    demand(visit.actor, "order_rectification")
    entry = Entry(
        id=form.typed("key"),
        kind="close",
        day=form.day("closed_on", "销号日期"),
        who=form.line("approver", "批准人"),
        text=form.typed("closing"),
        proof=proof_of(form),
    )
    status = attempt(
        form,
        "closing",
        lambda: rectifying.judge(visit.house.store, visit.actor, matter_id, entry, visit.now),
    )
    return _then(visit, matter_id, form, status)


@post("/rectifications/{matter_id:str}/ladder", sync_to_thread=True)
def climb(visit: NamedDependency[Visit], form: NamedDependency[Form], matter_id: FromPath[str]) -> Page:
    """通报, 限期重办, 约见 or 专题询问."""
    demand(visit.actor, "order_rectification")
    place = int(form.choice("place", "采取的措施", tuple(str(n) for n in range(1, len(RUNGS) + 1))))
    months = form.number("months", "重办期限", 1, MOST_MONTHS) if place == REDO else 1
    wanted = Climb(
        place=place,
        day=form.day("decided_on", "日期"),
        body=form.line("body", "决定机关"),
        text=form.typed("said"),
        skipped=form.typed("skipped"),
        months=months,
        talk=_talk(form) if place == SUMMONS else None,
    )
    proof = proof_of(form)
    key = form.typed("key")
    status = attempt(
        form,
        "place",
        lambda: climbing.climb(visit.house.store, visit.actor, matter_id, key, wanted, proof, visit.now),
    )
    return _then(visit, matter_id, form, status)


def _talk(form: Form) -> Talk:
    return Talk(
        summoned=form.line("summoned", "被约见人"),
        hosts=form.line("hosts", "约见人"),
        place=form.line("met_at", "约见地点"),
        said=form.filled("talked", "约见内容"),
        promised=form.prose("promised", "当场作出的承诺"),
    )


@get("/rectifications/{matter_id:str}/papers/{paper_id:str}", sync_to_thread=True)
def paper(
    visit: NamedDependency[Visit], matter_id: FromPath[str], paper_id: FromPath[str]
) -> Response[bytes]:
    """A paper of this matter as it was handed in: only ever a download."""
    shown = _matter(visit, matter_id)
    if paper_id not in {one.id for some in shown.papers.values() for one in some}:
        raise NotFound
    with visit.house.store.read() as tx:
        found, body = tx.project_files.paper(visit.actor, paper_id)
    return visit.download(body, found.media_type, found.name)


@get("/rectifications/{matter_id:str}/order.docx", sync_to_thread=True)
def order_docx(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[bytes]:
    """整改通知, to be edited."""
    return docx_of(visit, _order(visit, matter_id))


@get("/rectifications/{matter_id:str}/order.pdf", sync_to_thread=True)
def order_pdf(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[bytes]:
    """整改通知, to be read."""
    return pdf_of(visit, _order(visit, matter_id))


@get("/rectifications/{matter_id:str}/summons.docx", sync_to_thread=True)
def summons_docx(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[bytes]:
    """约见记录, to be edited."""
    return docx_of(visit, _summons(visit, matter_id))


@get("/rectifications/{matter_id:str}/summons.pdf", sync_to_thread=True)
def summons_pdf(visit: NamedDependency[Visit], matter_id: FromPath[str]) -> Response[bytes]:
    """约见记录, to be read and signed."""
    return pdf_of(visit, _summons(visit, matter_id))


def _summons(visit: Visit, matter_id: str) -> Official:
    """Raises NotFound while nobody was summoned."""
    shown = _matter(visit, matter_id)
    for rung in shown.rungs:
        if rung.talk is not None:
            return documents.summons(shown.rectification, rung, rung.talk, shown.unit)
    raise NotFound


def _order(visit: Visit, matter_id: str) -> Official:
    shown = _matter(visit, matter_id)
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
        test = tx.rectifications.round_title(shown.rectification)
    return documents.order(shown.rectification, shown.unit, place_of(congress), congress.level, test)


def _matter(visit: Visit, matter_id: str) -> Matter:
    with visit.house.store.read() as tx:
        found = tx.rectifications.get(visit.actor, matter_id)
        project = tx.projects.get(visit.actor, found.project)
        [shown] = matters(tx, visit.actor, [found], [project])
    return shown


def _then(visit: Visit, matter_id: str, form: Form, status: int | None) -> Page:
    return (
        visit.go(f"/rectifications/{matter_id}") if status is None else _page(visit, matter_id, form, status)
    )


def _page(visit: Visit, matter_id: str, form: Form, status: int = 200) -> Response[str]:
    shown = _matter(visit, matter_id)
    with visit.house.store.read() as tx:
        light = light_of(tx, shown.rectification, today(visit.now))
        kept = tx.settings.get(visit.actor.congress, RatingSettings)
        title = tx.rectifications.round_title(shown.rectification)
        rates = may(visit.actor, "rate")
        drafted = drafted_retests(tx, visit.actor, shown.rectification) if rates else ()
    return visit.page(
        "rating/matter.html",
        status,
        shown=shown,
        drafted=drafted,
        matter=shown.rectification,
        form=form,
        key=form.typed("key") or visit.house.random(16).hex(),
        light=light,
        rule=rule(kept.yellow),
        months=kept.months,
        test=title,
        today=today(visit.now),
        states=STATE_NAMES,
        names=STEP_NAMES,
        unit_steps={kind: STEP_NAMES[kind] for kind in _open_steps(shown)},
        verdicts={kind: STEP_NAMES[kind] for kind in _open_verdicts(shown)},
        closable=closable(shown.rectification, shown.steps, shown.rungs, shown.retest),
        rungs=RUNGS,
        open_places=open_places(shown.rungs),
        inquiry_states=INQUIRY_STATES,
        to_record=_to_record(shown),
        redo=REDO,
        summons=SUMMONS,
        may={
            action: may(visit.actor, action)
            for action in ("rectify", "order_rectification", "rate", "inquire")
        },
    )


def _to_record(shown: Matter) -> Inquiry | None:
    """An inquiry that was held and stands on no step of the ladder yet."""
    if len(RUNGS) not in open_places(shown.rungs):
        return None
    return next((one for one in shown.inquiries if one.state == "held"), None)


def _open_steps(shown: Matter) -> tuple[StepKind, ...]:
    """What the unit can hand in now."""
    steps: dict[str, tuple[StepKind, ...]] = {"ordered": ("plan",), "working": ("report", "finish", "plan")}
    return steps.get(shown.rectification.state, ())


def _open_verdicts(shown: Matter) -> tuple[StepKind, ...]:
    """How the office can judge it now; what was accepted can still be returned."""
    verdicts: dict[str, tuple[StepKind, ...]] = {"reported": _JUDGING, "accepted": ("return",)}
    return verdicts.get(shown.rectification.state, ())
