"""`…/projects/handover` and `…/letters/{id}`: 交办函, written, sent, read, taken back."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.delivering import handing_over
from voting.delivering.letters import Letter
from voting.delivering.projects import ProjectError
from voting.documents import delivery
from voting.documents.official import Official
from voting.duties import demand, may
from voting.screening.plans import required
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.delivering.project_page import docx_of, pdf_of, year_of
from web.pages.screening.plan_form import typed


@get("/projects/handover", sync_to_thread=True)
def new_letter(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """With the text that the service proposes."""
    matter = handing_over.matter(visit.house.store, visit.actor, year_of(visit, form), visit.now)
    filled = _as_form(matter.letter).with_values(
        {"key": visit.house.random(16).hex(), "year": str(matter.year)}
    )
    return _form_page(visit, filled, matter)


@post("/projects/handover", sync_to_thread=True)
def hand_over(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """交办: all of the year's that wait for it."""
    year = year_of(visit, form)
    matter = handing_over.matter(visit.house.store, visit.actor, year, visit.now)
    letter = _read(form)
    if form.faults:
        return _form_page(visit, form, matter, 422)
    try:
        sent = handing_over.hand_over(
            visit.house.store,
            visit.actor,
            form.typed("key"),
            year,
            letter,
            visit.now,
            listed=form.values.get("listed", ()),
        )
    except ProjectError as error:
        form.fault("number", error.sentence)
        return _form_page(visit, form, matter, answer_to(error).status)
    return visit.go(f"/letters/{sent.id}")


@get("/letters/{handover_id:str}", sync_to_thread=True)
def letter_page(visit: NamedDependency[Visit], handover_id: FromPath[str]) -> Response[str]:
    """As it went out, with what it handed over."""
    handed = handing_over.handed(visit.house.store, visit.actor, handover_id)
    return visit.page(
        "delivering/letter.html",
        handed=handed,
        may_change=handed.changeable and may(visit.actor, "hand_over"),
    )


@get("/letters/{handover_id:str}/letter.docx", sync_to_thread=True)
def letter_docx(visit: NamedDependency[Visit], handover_id: FromPath[str]) -> Response[bytes]:
    """To be edited and printed on the office's paper."""
    return docx_of(visit, _paper(visit, handover_id))


@get("/letters/{handover_id:str}/letter.pdf", sync_to_thread=True)
def letter_pdf(visit: NamedDependency[Visit], handover_id: FromPath[str]) -> Response[bytes]:
    """To be read."""
    return pdf_of(visit, _paper(visit, handover_id))


@get("/letters/{handover_id:str}/edit", sync_to_thread=True)
def edit_letter(visit: NamedDependency[Visit], handover_id: FromPath[str]) -> Response[str]:
    """With what it says."""
    demand(visit.actor, "hand_over")
    handed = handing_over.handed(visit.house.store, visit.actor, handover_id)
    return _form_page(visit, _as_form(handed.handover), handed)


@post("/letters/{handover_id:str}/edit", sync_to_thread=True)
def change_letter(
    visit: NamedDependency[Visit], handover_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Until a plan is published."""
    demand(visit.actor, "hand_over")
    handed = handing_over.handed(visit.house.store, visit.actor, handover_id)
    letter = _read(form)
    if form.faults:
        return _form_page(visit, form, handed, 422)
    try:
        handing_over.change_letter(visit.house.store, visit.actor, handover_id, letter, visit.now)
    except ProjectError as error:
        form.fault("number", error.sentence)
        return _form_page(visit, form, handed, answer_to(error).status)
    return visit.go(f"/letters/{handover_id}")


@post("/letters/{handover_id:str}/take-back", sync_to_thread=True)
def take_back(visit: NamedDependency[Visit], handover_id: FromPath[str]) -> Redirect:
    """As if it had not been sent."""
    handing_over.take_back(visit.house.store, visit.actor, handover_id, visit.now)
    return visit.go("/projects/desk")


def _read(form: Form) -> Letter:
    return Letter(
        number=form.line("number", "文号"),
        day=form.day("day", "日期"),
        sender=form.line("sender", "发文单位"),
        recipient=form.line("recipient", "收文单位"),
        text=typed(form, "text", lambda text: required(text, "正文"), ""),
    )


def _as_form(letter: Any) -> Form:
    return Form.prefilled(
        number=letter.number,
        day=letter.day.isoformat(),
        sender=letter.sender,
        recipient=letter.recipient,
        text=letter.text,
    )


def _form_page(
    visit: Visit, form: Form, about: handing_over.Matter | handing_over.Handed, status: int = 200
) -> Response[str]:
    sent = about.handover if isinstance(about, handing_over.Handed) else None
    year = sent.year if sent else about.year  # type: ignore[union-attr]  # one of the two has it
    return visit.page(
        "delivering/letter_form.html", status, form=form, projects=about.projects, sent=sent, year=year
    )


def _paper(visit: Visit, handover_id: str) -> Official:
    handed = handing_over.handed(visit.house.store, visit.actor, handover_id)
    promised = tuple(zip(handed.projects, handed.promised, strict=True))
    return delivery.letter(handed.handover, promised)
