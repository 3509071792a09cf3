"""分类交办: the office's one decision about a suggestion, taking it back, and opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, NotFound
from voting.days import today
from voting.duties import demand
from voting.handling.clocks import decide_by, last_days
from voting.handling.desk import (
    change_item,
    change_part,
    give_answer,
    lock_main,
    name,
    note,
    note_agreement,
    rules,
    set_due,
    whole_file,
    words,
)
from voting.handling.facts import Handling, Part
from voting.handling.following import in_force, lead_of
from voting.handling.refusals import AlreadyDecided, ComplaintStays, HandlingError, HandlingInput
from voting.people import Unit
from voting.store import Store, Transaction
from voting.suggestions import ROUTE_NAMES, Route, Suggestion

MOST_ASSISTS: Final = 10
MOST_AT_ONCE: Final = 200
TEXT_NAMES: Final[dict[Route, str]] = {
    "answered_now": "答复内容",
    "handed": "交办要求",
    "transferred": "转交说明",
    "explained": "不宜转交的理由",
    "candidate": "转为候选线索的理由",
}


class Decision(Struct, frozen=True, kw_only=True):
    """Which of the routes, with its mandatory text; `to` is where it is transferred, `agreed` how its deputy
    agreed to that, where the office's rules ask for it.

    The rest belongs to `handed`: the lead unit and the assisting ones, whether it is 重点 (then with both
    leaders) and whether it is a hard one with the longer clock.
    """

    route: Route
    text: str
    to: str = ""
    agreed: str = ""
    lead: str = ""
    assists: tuple[str, ...] = ()
    key: bool = False
    hard: bool = False
    chief: str = ""
    watcher: str = ""


def decide(store: Store, actor: Actor, suggestion_id: str, decision: Decision, now: datetime) -> Suggestion:
    """分办. Deciding the same once more changes nothing.

    Raises TextError, HandlingInput, AlreadyDecided, ComplaintStays, FollowsAnother, HandlingError, NotFound,
    Forbidden.
    """
    demand(actor, "route")
    checked = _checked(decision)
    with store.write() as tx:
        return _decide(tx, actor, lock_main(tx, actor, suggestion_id), checked, now)


def decide_by_drafting(
    tx: Transaction, actor: Actor, suggestion_ids: Sequence[str], title: str, now: datetime
) -> None:
    """Whoever drafts a candidate from what still waits for its decision has thereby taken it: 转为候选线索.

    In the transaction of the drafting, for whoever may draft; what is decided or merged stays as it is.
    """
    decision = Decision(route="candidate", text=f"已拟成候选项目“{title}”，由政府论证。")
    for one in sorted(suggestion_ids):
        item = tx.suggestions.lock(actor, one)
        if item.state == "registered" and item.merged_into is None:
            _decide(tx, actor, item, decision, now)


def hand_over_many(
    store: Store, actor: Actor, suggestion_ids: Sequence[str], decision: Decision, now: datetime
) -> int:
    """批量交办: all of them or none; how many. Raises as `decide`, naming the one that does not fit."""
    demand(actor, "route")
    checked = _checked(decision)
    if checked.route != "handed":
        raise HandlingInput("批量办理只能交单位。其他办理方式请逐件决定。")
    wanted = sorted(set(suggestion_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise HandlingInput(f"请选择 1 至 {MOST_AT_ONCE} 件，现在选了 {len(wanted)} 件。")
    with store.write() as tx:
        for one in wanted:
            item = lock_main(tx, actor, one)
            try:
                _decide(tx, actor, item, checked, now)
            except (HandlingError, HandlingInput) as error:
                raise type(error)(
                    f"{item.label}“{item.title}”：{error.sentence}所选各件都没有交办。"
                ) from None
    return len(wanted)


def take_back(store: Store, actor: Actor, suggestion_id: str, reason: str, now: datetime) -> Suggestion:
    """收回交办, as long as no unit has accepted it and nobody was answered.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    why = words(reason, "收回的原因")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        if item.state != "assigned":
            raise HandlingError("只有已交办、还没有答复的才能收回。已答复的请用“重新办理”。")
        parts = in_force(whole_file(tx, item).handlings)
        if any(part.state != "handed" for part in parts):
            raise HandlingError("承办单位已经签收，不能收回。需要改变的，请与单位联系，由单位退回。")
        return _undo(tx, actor, item, parts, "收回交办", why, now)


def reopen(store: Store, actor: Actor, suggestion_id: str, reason: str, now: datetime) -> Suggestion:
    """重新办理 what was answered or closed: recorded with its reason, then decided anew.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    why = words(reason, "重新办理的原因")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        if item.state not in {"answered", "closed"}:
            raise HandlingError("只有已答复或者已办结的才需要重新办理。")
        parts = in_force(whole_file(tx, item).handlings)
        return _undo(tx, actor, item, parts, "重新办理", why, now)


def answer_from_office(
    store: Store, actor: Actor, suggestion_id: str, text: str, now: datetime
) -> Suggestion:
    """Answer what lies with the office itself (转为候选线索), when it has been settled.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    answer = words(text, "答复内容")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        if item.answer == answer and item.state in {"answered", "closed"}:
            return item
        if item.state != "assigned" or lead_of(whole_file(tx, item).handlings) is not None:
            raise HandlingError("这件由承办单位答复，或者已经答复，不能由办公室直接答复。")
        note(tx, actor, item, "答复", answer, now)
        return give_answer(tx, actor, item, answer, now)


def back_to_office(tx: Transaction, actor: Actor, item: Suggestion, what: str, now: datetime) -> Suggestion:
    """The decision no longer holds: the office decides anew, and its clock runs from today."""
    after = change_item(
        tx,
        actor,
        item,
        what,
        now,
        state="registered",
        route=None,
        decided_at=None,
        decided_by="",
        decision="",
        answer="",
        answered_at=None,
        closed_at=None,
        due=None,
    )
    clocks, calendar = rules(tx, item.congress)
    due = decide_by(clocks, calendar, today(now))
    return after if due is None else tx.suggestions.change(after, due=due)


def hand_to(
    tx: Transaction, actor: Actor, item: Suggestion, decision: Decision, unit_id: str, now: datetime
) -> Handling:
    """One unit's part of a decision, with its clocks from today; the unit finds a notice.

    Raises HandlingInput.
    """
    unit = _unit(tx, actor, unit_id)
    part: Part = "lead" if unit_id == decision.lead else "assist"
    clocks, calendar = rules(tx, item.congress)
    days = last_days(clocks, calendar, today(now), lead=part == "lead", hard=decision.hard)
    new = Handling(
        id=uuid4().hex,
        congress=item.congress,
        suggestion=item.id,
        unit=unit.id,
        part=part,
        state="handed",
        handed_at=now,
        handed_by=actor.name,
        task=decision.text,
        return_by=days.return_by,
        contact_by=days.contact_by,
        answer_by=days.answer_by,
        key=decision.key,
        hard=decision.hard,
        chief=decision.chief,
        watcher=decision.watcher,
    )
    tx.handlings.add(new)
    tx.audit.add(actor, "hand_over", now, "handling", new.id, after={"unit": unit.id, "part": part})
    tx.notices.add(
        item.congress,
        kind="handed",
        text=f"新交办：{item.title[:80]}",
        path=f"/items/{new.id}",
        about=new.id,
        due=days.return_by,
        at=now,
        unit=unit.id,
    )
    return new


def _decide(tx: Transaction, actor: Actor, item: Suggestion, decision: Decision, now: datetime) -> Suggestion:
    if item.decided_at is not None and _same(tx, item, decision):
        return item
    _refuse_wrong(item, decision)
    if decision.route == "transferred":
        note_agreement(tx, actor, item, "转交", decision.agreed, now)
    text = f"转交{decision.to}。{decision.text}" if decision.route == "transferred" else decision.text
    decided = change_item(
        tx,
        actor,
        item,
        "decide",
        now,
        state="assigned",
        route=decision.route,
        decided_at=now,
        decided_by=actor.name,
        decision=text,
    )
    note(tx, actor, item, ROUTE_NAMES[decision.route], text, now)
    if decision.route == "handed":
        _hand_over(tx, actor, decided, decision, now)
    elif decision.route != "candidate":
        return give_answer(tx, actor, decided, text, now)
    return set_due(tx, decided)


def _refuse_wrong(item: Suggestion, decision: Decision) -> None:
    if item.state == "received":
        raise HandlingError("这件还没有审核登记。请先审核，再决定怎样办理。")
    if item.state != "registered":
        who = f"，由{item.decided_by}决定" if item.decided_by else ""
        raise AlreadyDecided(f"这件已经分办{who}。需要改变的，请先收回交办或者重新办理。")
    if item.kind == "complaint" and decision.route not in {"transferred", "explained"}:
        raise ComplaintStays


def _same(tx: Transaction, item: Suggestion, decision: Decision) -> bool:
    """Whether this very decision is in force: a form that was sent twice."""
    if item.route != decision.route or not item.decision.endswith(decision.text):
        return False
    if decision.route != "handed":
        return True
    parts = in_force(whole_file(tx, item).handlings)
    units = {(part.unit, part.part) for part in parts}
    return units == {(decision.lead, "lead"), *((one, "assist") for one in decision.assists)}


def _hand_over(tx: Transaction, actor: Actor, item: Suggestion, decision: Decision, now: datetime) -> None:
    for unit_id in (decision.lead, *decision.assists):
        hand_to(tx, actor, item, decision, unit_id, now)


def _unit(tx: Transaction, actor: Actor, unit_id: str) -> Unit:
    try:
        unit = tx.units.get(actor, unit_id)
    except NotFound:
        raise HandlingInput("没有这个承办单位。请从名单中选择。") from None
    if unit.ended_at is not None:
        raise HandlingInput(f"{unit.name}已经撤销，不能交办。请选择现有的单位。")
    return unit


def _undo(
    tx: Transaction,
    actor: Actor,
    item: Suggestion,
    parts: Sequence[Handling],
    what: str,
    why: str,
    now: datetime,
) -> Suggestion:
    for part in parts:
        change_part(tx, actor, part, "end", now, state="ended")
    public = item.answered_at is not None or not parts
    note(tx, actor, item, what, why, now, unit=None if public else parts[0].unit)
    return back_to_office(tx, actor, item, "undo", now)


def _checked(decision: Decision) -> Decision:
    text = words(decision.text, TEXT_NAMES[decision.route])
    if decision.route == "transferred":
        return replace(decision, text=text, to=name(decision.to, "转交到哪里"))
    if decision.route != "handed":
        return replace(decision, text=text)
    if not decision.lead:
        raise HandlingInput("没有选择主办单位。请选择一个。")
    if decision.lead in decision.assists or len(set(decision.assists)) != len(decision.assists):
        raise HandlingInput("同一个单位只能选一次。主办单位不再作为协办单位。")
    if len(decision.assists) > MOST_ASSISTS:
        raise HandlingInput(f"协办单位最多 {MOST_ASSISTS} 个，现在选了 {len(decision.assists)} 个。")
    if not decision.key:
        return replace(decision, text=text, chief="", watcher="")
    chief, watcher = name(decision.chief, "领办领导"), name(decision.watcher, "督办领导")
    return replace(decision, text=text, chief=chief, watcher=watcher)
