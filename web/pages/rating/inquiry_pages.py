"""`…/inquiries`: 专题询问 prepared and held, measures and a second look."""

from __future__ import annotations

from contextlib import suppress

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import Actor, NotFound
from voting.days import today
from voting.duties import demand, may
from voting.rating import inquiring
from voting.rating.inquiries import STATE_NAMES, Inquiry
from voting.rating.inquiring import Asked, Looked, Plan
from voting.rating.overviews import printed_questions, scores_of_questions
from voting.rating.rectifications import Rectification
from voting.rating.settings import MOST_MONTHS, RatingSettings
from voting.ratings import UNGRADED, percent
from voting.rounds import Round
from voting.store import Transaction
from web.access import Visit
from web.forms import Form
from web.pages import grading_form
from web.pages.rating.attempt import attempt
from web.pages.rating.round_form import common, read_wanted

Page = Response[str] | Redirect


@get("/inquiries", sync_to_thread=True)
def inquiries(visit: NamedDependency[Visit]) -> Response[str]:
    """Those the reader may see, newest first."""
    demand(visit.actor, "read_projects")
    with visit.house.store.read() as tx:
        found = tx.inquiries.listing(visit.actor, visit.actor.congress)
    return visit.page(
        "rating/inquiries.html", found=found, states=STATE_NAMES, may_prepare=may(visit.actor, "inquire")
    )


@get("/inquiries/new", sync_to_thread=True)
def new_inquiry(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """Empty, or with the 整改 it is to take up (`?matter=`), its unit and project."""
    demand(visit.actor, "inquire")
    with visit.house.store.read() as tx:
        months = tx.settings.get(visit.actor.congress, RatingSettings).inquiry_months
        of = tx.rectifications.get(visit.actor, matter) if (matter := form.typed("matter")) else None
    filled: dict[str, object] = {"months": months, "key": visit.house.random(16).hex()}
    if of is not None:
        title = f"“{of.title}”整改情况专题询问"
        filled |= {"title": title, "matters": of.id, "units": of.unit, "projects": of.project}
    return _form(visit, Form.prefilled(**filled))


@post("/inquiries/new", sync_to_thread=True)
def prepare(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """The units are told."""
    demand(visit.actor, "inquire")
    plan = Plan(
        title=form.line("title", "询问题目"),
        day=form.day("day", "询问日期"),
        meeting=form.line("meeting", "会议"),
        months=form.number("months", "提交整改措施的期限", 1, MOST_MONTHS),
        projects=tuple(form.values.get("projects", ())),
        units=tuple(form.values.get("units", ())),
        matters=tuple(form.values.get("matters", ())),
    )
    key = form.typed("key")
    status = attempt(
        form,
        "units",
        lambda: inquiring.prepare(visit.house.store, visit.actor, key, plan, visit.now),
    )
    return _form(visit, form, status) if status else visit.go(f"/inquiries/{key}")


@get("/inquiries/{inquiry_id:str}", sync_to_thread=True)
def inquiry(visit: NamedDependency[Visit], inquiry_id: FromPath[str]) -> Response[str]:
    """Questions and answers, measures, a second look."""
    return _page(visit, inquiry_id, Form())


@post("/inquiries/{inquiry_id:str}/questions", sync_to_thread=True)
def ask(visit: NamedDependency[Visit], form: NamedDependency[Form], inquiry_id: FromPath[str]) -> Page:
    """One more question."""
    demand(visit.actor, "inquire")
    asked = Asked(
        unit=form.typed("unit"),
        asked_by=form.line("asked_by", "提问人"),
        text=form.typed("question"),
        on_spot=form.typed("on_spot") == "yes",
        follows=form.typed("follows"),
    )
    key = form.typed("key")
    status = attempt(
        form,
        "question",
        lambda: inquiring.ask(visit.house.store, visit.actor, inquiry_id, key, asked, visit.now),
    )
    return _then(visit, inquiry_id, form, status)


@post("/inquiries/{inquiry_id:str}/questions/{question_id:str}", sync_to_thread=True)
def answer(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    inquiry_id: FromPath[str],
    question_id: FromPath[str],
) -> Page:
    """What was answered."""
    demand(visit.actor, "inquire")
    field = f"answer_{question_id}"
    who, text = form.line(f"by_{question_id}", "答复人"), form.typed(field)
    status = attempt(
        form,
        field,
        lambda: inquiring.answer(
            visit.house.store, visit.actor, inquiry_id, question_id, who, text, visit.now
        ),
    )
    return _then(visit, inquiry_id, form, status)


@get("/inquiries/{inquiry_id:str}/round", sync_to_thread=True)
def new_round(visit: NamedDependency[Visit], inquiry_id: FromPath[str]) -> Response[str]:
    """当场测评: by which 办法."""
    demand(visit.actor, "rate")
    with visit.house.store.read() as tx:
        of = tx.inquiries.get(visit.actor, inquiry_id)
    filled = Form.prefilled(title=f"{of.title[:100]}专题询问满意度测评", **grading_form.usual())
    return _round_form(visit, inquiry_id, filled)


@post("/inquiries/{inquiry_id:str}/round", sync_to_thread=True)
def make_round(visit: NamedDependency[Visit], form: NamedDependency[Form], inquiry_id: FromPath[str]) -> Page:
    """A round over the answers; staff go on in its own pages."""
    demand(visit.actor, "rate")
    with visit.house.store.read() as tx:
        questions = tx.inquiries.questions(tx.inquiries.get(visit.actor, inquiry_id))
    wanted = read_wanted(visit, form, sum(one.follows is None for one in questions))
    made: list[Round] = []
    status = attempt(
        form,
        "title",
        lambda: made.append(
            inquiring.make_round(visit.house.store, visit.actor, inquiry_id, wanted, visit.now)
        ),
    )
    return _round_form(visit, inquiry_id, form, status) if status else visit.go(f"/rounds/{made[0].id}")


@post("/inquiries/{inquiry_id:str}/held", sync_to_thread=True)
def hold(visit: NamedDependency[Visit], form: NamedDependency[Form], inquiry_id: FromPath[str]) -> Page:
    """It took place."""
    status = attempt(
        form, "held", lambda: inquiring.hold(visit.house.store, visit.actor, inquiry_id, visit.now)
    )
    return _then(visit, inquiry_id, form, status)


@post("/inquiries/{inquiry_id:str}/release", sync_to_thread=True)
def release(visit: NamedDependency[Visit], form: NamedDependency[Form], inquiry_id: FromPath[str]) -> Page:
    """公开问答."""
    form.confirmed("confirm", "问答内容已经核对，可以公开")
    status = attempt(
        form, "confirm", lambda: inquiring.release(visit.house.store, visit.actor, inquiry_id, visit.now)
    )
    return _then(visit, inquiry_id, form, status)


@post("/inquiries/{inquiry_id:str}/measures/{unit:str}", sync_to_thread=True)
def give_measures(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    inquiry_id: FromPath[str],
    unit: FromPath[str],
) -> Page:
    """整改措施 of one unit."""
    field = f"measures_{unit}"
    text = form.typed(field)
    status = attempt(
        form,
        field,
        lambda: inquiring.give_measures(visit.house.store, visit.actor, inquiry_id, unit, text, visit.now),
    )
    return _then(visit, inquiry_id, form, status)


@post("/inquiries/{inquiry_id:str}/rechecks", sync_to_thread=True)
def recheck(visit: NamedDependency[Visit], form: NamedDependency[Form], inquiry_id: FromPath[str]) -> Page:
    """跟踪检查."""
    demand(visit.actor, "inquire")
    looked = Looked(
        unit=form.typed("checked"),
        day=form.day("looked_on", "检查日期"),
        who=form.line("looked_by", "检查人"),
        passed=form.choice("passed", "检查结论", ("yes", "no")) == "yes",
        text=form.typed("found"),
    )
    if not looked.unit:
        form.fault("checked", "请选择单位。")
    key = form.typed("key")
    status = attempt(
        form,
        "found",
        lambda: inquiring.recheck(visit.house.store, visit.actor, inquiry_id, key, looked, visit.now),
    )
    return _then(visit, inquiry_id, form, status)


def _then(visit: Visit, inquiry_id: str, form: Form, status: int | None) -> Page:
    if status is None:
        return visit.go(f"/inquiries/{inquiry_id}")
    return _page(visit, inquiry_id, form, status)


def _form(visit: Visit, form: Form, status: int | None = None) -> Response[str]:
    with visit.house.store.read() as tx:
        years = tx.projects.years(visit.actor, visit.actor.congress)[:2]
        projects = [
            one for year in years for one in tx.projects.of_year(visit.actor, visit.actor.congress, year)
        ]
        units = tx.units.current(visit.actor.congress)
        open_matters = [one for one in tx.rectifications.listing(visit.actor) if one.open]
    return visit.page(
        "rating/inquiry_form.html",
        status or 200,
        form=form,
        project_options=[(one.id, f"{one.label} {one.title}") for one in projects],
        unit_options=[(one.id, one.name) for one in units],
        matter_options=[(one.id, one.title) for one in open_matters],
    )


def _round_form(visit: Visit, inquiry_id: str, form: Form, status: int | None = None) -> Response[str]:
    with visit.house.store.read() as tx:
        of = tx.inquiries.get(visit.actor, inquiry_id)
        questions = tx.inquiries.questions(of)
    return visit.page(
        "rating/inquiry_round.html",
        status or 200,
        form=form,
        inquiry=of,
        questions=[one for one in questions if one.follows is None],
        **common(visit),
    )


def _page(visit: Visit, inquiry_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        of = tx.inquiries.get(visit.actor, inquiry_id)
        questions, asked = tx.inquiries.questions(of), tx.inquiries.units([of])
        about = () if visit.actor.role == "unit" else tx.inquiries.projects(of)
        projects = [tx.projects.get(visit.actor, one) for one in about]
        named = {one.id: one.name for one in tx.units.all(of.congress)}
        rechecks = tx.inquiries.rechecks(of)
        taken_up = _taken_up(tx, visit.actor, of)
        ids = [one.id for one in questions]
        scores = scores_of_questions(tx, visit.actor, of, ids)
        rated = bool(tx.rated.of_questions(of.congress, ids))
        printed = printed_questions(tx, of, questions)
    return visit.page(
        "rating/inquiry.html",
        status,
        inquiry=of,
        questions=questions,
        asked=[one for one in asked if _concerns(visit, one.unit)],
        projects=projects,
        taken_up=taken_up,
        named=named,
        rechecks=[one for one in rechecks if _concerns(visit, one.unit)],
        scores=scores,
        rated=rated,
        printed=printed,
        form=form,
        key=form.typed("key") or visit.house.random(16).hex(),
        asked_options=[(one.unit, named[one.unit]) for one in asked],
        question_options=[(one.id, f"第{one.place}问：{one.text[:30]}") for one in questions],
        today=today(visit.now),
        states=STATE_NAMES,
        percent=percent,
        ungraded=UNGRADED,
        may_inquire=may(visit.actor, "inquire"),
        may_write={one.unit for one in asked if inquiring.may_write_measures(visit.actor, one.unit)},
    )


def _taken_up(tx: Transaction, actor: Actor, of: Inquiry) -> list[Rectification]:
    """A unit: its own."""
    found = []
    for one in tx.inquiries.matters(of):
        with suppress(NotFound):
            found.append(tx.rectifications.get(actor, one))
    return found


def _concerns(visit: Visit, unit: str) -> bool:
    """A unit sees what it hands in itself, everybody else all of it."""
    return visit.actor.role != "unit" or visit.actor.unit == unit
