"""`/…/keeping`: what is kept until when, what was erased, what may not be erased, what is out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import Actor
from voting.duties import demand
from voting.errors import TextError
from voting.keeping import due
from voting.keeping.erasing import StillHeld, WordsStay, erase_due, erase_messages, erase_proposer
from voting.keeping.holding import HoldRefused, lift_hold, put_hold
from voting.keeping.rules import RULES, KeepingError, KeepingSettings, Subject, changeable
from voting.messages import MessageFile
from voting.rounds import Round, Session
from voting.store import Store
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

ABOUT: Final[dict[Subject, str]] = {"suggestion": "一件意见建议", "round": "一轮票决或者测评"}


@get("/keeping", sync_to_thread=True)
def keeping(visit: NamedDependency[Visit]) -> Response[str]:
    """As it stands today."""
    return _page(visit, _filled(due.periods(visit.house.store, visit.actor.congress)))


@post("/keeping", sync_to_thread=True)
def change_periods(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Within the bounds."""
    demand(visit.actor, "keep_records")
    read = {kind: form.number(kind, rule.name, *rule.bounds) for kind, rule in changeable()}
    contact = form.prose("contact", "个人信息联系方式")
    if form.faults:
        return _page(visit, form, 422)
    try:
        due.change_periods(
            visit.house.store, visit.actor, KeepingSettings(**read, contact=contact), visit.now
        )
    except KeepingError as error:
        form.fault(error.field, error.sentence)
        return _page(visit, form, answer_to(error).status)
    return visit.go("/keeping")


@post("/keeping/erase", sync_to_thread=True)
def erase_now(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """What the timer would do tonight."""
    form.confirmed("confirm", "我知道删除以后不能恢复")
    if form.faults:
        known = _filled(due.periods(visit.house.store, visit.actor.congress))
        return _page(visit, known, 422, erasing=form)
    erase_due(visit.house.store, visit.actor, visit.now)
    erase_messages(visit.house.store, visit.actor, _messages(visit), visit.now)
    return visit.go("/keeping#records")


@post("/keeping/holds", sync_to_thread=True)
def hold(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """暂停删除."""
    about = form.choice("about", "暂停的是什么", tuple(ABOUT))
    which = form.typed("round") if about == "round" else form.typed("number")
    if not which:
        form.fault("round" if about == "round" else "number", HoldRefused.sentence)
    reason = form.line("reason", "原因")
    if not form.faults:
        try:
            put_hold(visit.house.store, visit.actor, about, which, reason, visit.now)
        except (HoldRefused, TextError) as error:
            form.fault("number", error.sentence)
    if form.faults:
        known = _filled(due.periods(visit.house.store, visit.actor.congress))
        return _page(visit, known, 422, holding=form)
    return visit.go("/keeping#holds")


@post("/keeping/holds/{hold_id:str}/lift", sync_to_thread=True)
def lift(visit: NamedDependency[Visit], hold_id: FromPath[str]) -> Redirect:
    """恢复删除."""
    lift_hold(visit.house.store, visit.actor, hold_id, visit.now)
    return visit.go("/keeping#holds")


@post("/keeping/proposer", sync_to_thread=True)
def forget_proposer(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """应本人要求."""
    demand(visit.actor, "keep_records")
    found = _numbered(visit.house.store, visit.actor, form.typed("asked"))
    form.confirmed("sure", "已核实是本人要求")
    if found is None:
        form.fault("asked", "没有找到这一件。请填写台账上的编号，例如 2027-00042。")
    elif not form.faults:
        try:
            words = form.typed("words") == "yes"
            erase_proposer(visit.house.store, visit.actor, found, visit.now, words=words)
        except (StillHeld, WordsStay) as error:
            form.fault("asked", error.sentence)
    if form.faults:
        known = _filled(due.periods(visit.house.store, visit.actor.congress))
        return _page(visit, known, 422, asking=form)
    return visit.go("/keeping#records")


def _numbered(store: Store, actor: Actor, label: str) -> str | None:
    year, _, number = label.strip().partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(label) < 16):
        return None
    with store.read() as tx:
        found = tx.ledger.by_number(actor, int(year), int(number))
    return None if found is None else found.id


def _messages(visit: Visit) -> MessageFile:
    return MessageFile(Path(visit.house.settings.messages), lambda: visit.now)


def _filled(known: KeepingSettings) -> Form:
    months = {kind: known.months(kind) for kind, _ in changeable()}
    return Form.prefilled(**months, contact=known.contact)


def _rounds(visit: Visit) -> list[tuple[Session, Round]]:
    """What can be held: rounds that have been voted on."""
    with visit.house.store.read() as tx:
        sessions = {one.id: one for one in tx.sessions.listing(visit.actor)}
        held = tx.rounds.listing(visit.actor)
    return [(sessions[one.session], one) for one in held if one.opened_at and one.session in sessions]


def _page(visit: Visit, form: Form, status: int = 200, **forms: Form) -> Response[str]:
    shown = due.overview(visit.house.store, visit.actor, visit.now, _messages(visit))
    return visit.page(
        "keeping/periods.html",
        status,
        shown=shown,
        form=form,
        erasing=forms.get("erasing", Form()),
        holding=forms.get("holding", Form()),
        asking=forms.get("asking", Form()),
        rules=RULES,
        about=ABOUT,
        rounds=_rounds(visit),
    )
