"""`…/correct` and `…/withdraw`: what was entered wrongly about supervision is put right, its old words kept.

Five kinds of records go the same way; `KINDS` says in what they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from voting.actors import Actor, NotFound
from voting.duties import Action, demand
from voting.store import Store
from voting.supervising import correcting, rewording, withdrawing
from voting.supervising.conferences import Agreed
from voting.supervising.correcting import Corrected, OrderWords, demand_own
from voting.supervising.overviews import (
    ConferenceShown,
    OrderShown,
    Supervision,
    VisitShown,
    supervision_of,
)
from voting.supervising.rewording import demand_own_reply, was_shown
from voting.supervising.visits import Seen
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt
from web.pages.supervising.conferences import ROWS, commitments, filled_rows

Page = Response[str] | Redirect
_Correct = Callable[[Store, Actor, str, str, Any, Corrected, datetime], object]
_Withdraw = Callable[[Store, Actor, str, str, str, datetime], object]
_One = TypeVar("_One")


class Found(Struct, frozen=True, kw_only=True):
    """The record as it stands, and what it is shown with; `public`: everybody can read it."""

    old: object
    public: bool
    shown: VisitShown | OrderShown | ConferenceShown
    may_withdraw: bool = False


class Kind(Struct, frozen=True, kw_only=True):
    """`address` and `back` lie below the project's own, `{}` is the record's id: in routes, `parameter`."""

    address: str
    parameter: str
    template: str
    back: str
    action: Action
    find: Callable[[Supervision, str], Found]
    read: Callable[[Form], object]
    correct: _Correct
    withdraw: _Withdraw | None = None
    demand_own: Callable[[Actor, Any], None] | None = None


def _visit(among: Supervision, visit_id: str) -> Found:
    one = _first(shown for shown in among.visits if shown.visit.id == visit_id)
    public = one.visit.released_at is not None
    return Found(old=one.visit, public=public, shown=one, may_withdraw=not public and not one.replies)


def _order(among: Supervision, order_id: str) -> Found:
    one = _first(shown for shown in among.orders if shown.order.id == order_id)
    public = one.order.released_at is not None
    may_withdraw = one.order.state == "issued" and not public
    return Found(old=one.order, public=public, shown=one, may_withdraw=may_withdraw)


def _conference(among: Supervision, conference_id: str) -> Found:
    one = _first(shown for shown in among.conferences if shown.conference.id == conference_id)
    public = one.conference.released_at is not None
    return Found(old=one.conference, public=public, shown=one, may_withdraw=not public)


def _answer(among: Supervision, order_id: str) -> Found:
    one = _first(shown for shown in among.orders if shown.order.id == order_id and shown.answers)
    return Found(old=one.answers[-1], public=one.order.released_at is not None, shown=one)


def _reply(among: Supervision, reply_id: str) -> Found:
    every = ((shown, said.reply) for shown in among.visits for said in shown.replies)
    one, old = _first((shown, reply) for shown, reply in every if reply.id == reply_id)
    return Found(old=old, public=was_shown(one.visit, old), shown=one)


def _seen(form: Form) -> Seen:
    return Seen(
        day=form.day("day", "视察日期"),
        who=form.line("who", "视察人员"),
        seen=form.filled("seen", "看到的情况"),
        opinion=form.prose("opinion", "意见建议"),
    )


def _order_words(form: Form) -> OrderWords:
    return OrderWords(
        number=form.line("number", "编号"),
        decision=form.line("decision", "决定"),
        day=form.day("day", "发出日期"),
        matter=form.filled("matter", "督办事项"),
        demand=form.filled("demand", "办理要求"),
    )


def _agreed(form: Form) -> tuple[Agreed, list[int]]:
    agreed = Agreed(
        day=form.day("day", "会商日期"),
        subject=form.line("subject", "会商事项"),
        participants=form.filled("participants", "参加人员"),
        agreed=form.filled("agreed", "议定意见"),
        commitments=commitments(form),
    )
    return agreed, filled_rows(form)


VISIT: Final = Kind(
    address="/visits/{}",
    parameter="visit_id",
    template="visit",
    back="/visits/{}",
    action="visit",
    find=_visit,
    read=_seen,
    correct=correcting.correct_visit,
    withdraw=withdrawing.withdraw_visit,
    demand_own=demand_own,
)
ORDER: Final = Kind(
    address="/orders/{}",
    parameter="order_id",
    template="order",
    back="/orders/{}",
    action="order",
    find=_order,
    read=_order_words,
    correct=correcting.correct_order,
    withdraw=withdrawing.withdraw_order,
)
CONFERENCE: Final = Kind(
    address="/conferences/{}",
    parameter="conference_id",
    template="conference",
    back="/supervision#talks",
    action="confer",
    find=_conference,
    read=_agreed,
    correct=correcting.correct_conference,
    withdraw=withdrawing.withdraw_conference,
)
ANSWER: Final = Kind(
    address="/orders/{}/answer",
    parameter="order_id",
    template="answer",
    back="/orders/{}",
    action="answer_supervision",
    find=_answer,
    read=lambda form: form.filled("text", "办理情况"),
    correct=rewording.correct_answer,
)
REPLY: Final = Kind(
    address="/replies/{}",
    parameter="reply_id",
    template="answer",
    back="/supervision#visits",
    action="answer_supervision",
    find=_reply,
    read=lambda form: form.filled("text", "答复"),
    correct=rewording.correct_reply,
    demand_own=demand_own_reply,
)


def routes(kind: Kind) -> list[ControllerRouterHandler]:
    """The form, the correction and, where there is one, the withdrawal."""
    start = "/projects/{project_id:str}" + kind.address.format(f"{{{kind.parameter}:str}}")

    @get(f"{start}/correct", sync_to_thread=True)
    def shown(
        visit: NamedDependency[Visit], request: Request[Any, Any, Any], project_id: FromPath[str]
    ) -> Response[str]:
        demand(visit.actor, kind.action)
        return _page(visit, kind, project_id, request.path_params[kind.parameter], Form())

    @post(f"{start}/correct", sync_to_thread=True)
    def correct(
        visit: NamedDependency[Visit],
        form: NamedDependency[Form],
        request: Request[Any, Any, Any],
        project_id: FromPath[str],
    ) -> Page:
        demand(visit.actor, kind.action)
        record, entered = request.path_params[kind.parameter], kind.read(form)
        of = Corrected(reason=form.typed("reason"), known=form.whole("known") or 0)
        who = visit.house.store, visit.actor, project_id, record
        status = attempt(form, "reason", lambda: kind.correct(*who, entered, of, visit.now))
        if status is not None:
            return _page(visit, kind, project_id, record, form, status)
        return visit.go(f"/projects/{project_id}{kind.back.format(record)}")

    @post(f"{start}/withdraw", sync_to_thread=True)
    def withdraw(
        visit: NamedDependency[Visit],
        form: NamedDependency[Form],
        request: Request[Any, Any, Any],
        project_id: FromPath[str],
    ) -> Page:
        demand(visit.actor, kind.action)
        record, step = request.path_params[kind.parameter], kind.withdraw
        if step is None:
            raise NotFound
        who = visit.house.store, visit.actor, project_id, record
        status = attempt(form, "why", lambda: step(*who, form.typed("why"), visit.now))
        if status is not None:
            return _page(visit, kind, project_id, record, form, status)
        return visit.go(f"/projects/{project_id}/supervision")

    return [shown, correct, *([withdraw] if kind.withdraw else [])]


def _page(
    visit: Visit, kind: Kind, project_id: str, record: str, form: Form, status: int = 200
) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found = kind.find(supervision_of(tx, visit.actor, project), record)
    if kind.demand_own is not None:
        kind.demand_own(visit.actor, found.old)
    if isinstance(found.shown, ConferenceShown) and "subject" not in form.values:
        form = form.with_values(_rows(found.shown))
    return visit.page(
        f"supervising/correct_{kind.template}.html",
        status,
        form=form,
        old=found.old,
        public=found.public,
        shown=found.shown,
        place=kind.address.format(record),
        known=len(found.shown.corrections),
        corrections=found.shown.corrections,
        may_withdraw=found.may_withdraw,
        rows=ROWS,
        **frame(visit, project, "/supervision"),
    )


def _rows(of: ConferenceShown) -> dict[str, str]:
    return {
        f"{name}_{task.place}": words
        for task in of.commitments
        for name, words in (("who", task.who), ("what", task.what), ("due", task.due.isoformat()))
    }


def _first(found: Iterable[_One]) -> _One:
    """Raises NotFound; what was withdrawn is not there to be corrected."""
    for one in found:
        return one
    raise NotFound
