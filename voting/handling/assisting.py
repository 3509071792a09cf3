"""协办单位 after the hand-over: one more is asked for its opinion, or one that has not given it is let go."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor
from voting.duties import demand
from voting.handling.deciding import MOST_ASSISTS, Decision, hand_to
from voting.handling.desk import change_part, lock_main, lock_part, note, set_due, whole_file, words
from voting.handling.facts import Handling
from voting.handling.following import in_force
from voting.handling.refusals import HandlingError, HandlingInput
from voting.store import Store, Transaction
from voting.suggestions import Suggestion


def add_assist(
    store: Store, actor: Actor, suggestion_id: str, unit_id: str, task: str, now: datetime
) -> Handling:
    """增加协办单位. Its clocks run from today, the lead unit is told. Asked twice for the same, it is one.

    Raises TextError, HandlingInput, FollowsAnother, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    asked = words(task, "协办要求")
    if not unit_id:
        raise HandlingInput("没有选择协办单位。请选择一个。")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        parts = in_force(whole_file(tx, item).handlings)
        lead = _lead(item, parts)
        known = next((one for one in parts if one.unit == unit_id), None)
        if known is not None and (known.part, known.task) == ("assist", asked):
            return known
        if known is not None:
            raise HandlingInput("这个单位已经在承办这一件。请选择别的单位。")
        if len(parts) > MOST_ASSISTS:
            raise HandlingInput(f"协办单位最多 {MOST_ASSISTS} 个。请先撤回还没有提出意见的。")
        new = hand_to(tx, actor, item, _as_lead(lead, asked), unit_id, now)
        name = tx.units.get(actor, unit_id).name
        note(tx, actor, item, "增加协办单位", f"{name}。{asked}", now, unit=lead.unit)
        _tell(tx, item, lead, f"assist_{new.id[:8]}", f"增加了协办单位{name}", now)
        set_due(tx, item)
        return new


def withdraw_assist(store: Store, actor: Actor, handling_id: str, reason: str, now: datetime) -> Handling:
    """撤回协办, as long as the unit has not given its opinion. Said twice, it is done once.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    why = words(reason, "撤回协办的原因")
    with store.write() as tx:
        item, part = lock_part(tx, actor, handling_id)
        if part.part != "assist":
            raise HandlingError("这是主办单位，不能这样撤回。需要改变主办单位的，请收回交办后重新分办。")
        if part.state == "ended":
            return part
        if part.state not in {"handed", "accepted"}:
            raise HandlingError("协办单位已经提出意见或者退回，不能再撤回。")
        after = change_part(tx, actor, part, "withdraw_assist", now, state="ended")
        name = tx.units.get(actor, part.unit).name
        _tell(tx, item, part, "assist_ended", "不再需要协办", now)
        note(tx, actor, item, "撤回协办", f"{name}。{why}", now, unit=part.unit)
        for lead in (one for one in in_force(whole_file(tx, item).handlings) if one.part == "lead"):
            _tell(tx, item, lead, f"ended_{part.id[:8]}", f"不再协办：{name}", now)
        set_due(tx, item)
        return after


def _lead(item: Suggestion, parts: tuple[Handling, ...]) -> Handling:
    if item.state != "assigned" or not parts or parts[0].part != "lead":
        raise HandlingError("只有交单位办理、还没有答复的，才能增加协办单位。")
    return parts[0]


def _as_lead(lead: Handling, asked: str) -> Decision:
    """As urgent, and under the same leaders, as the lead unit's part."""
    return Decision(
        route="handed",
        text=asked,
        lead=lead.unit,
        key=lead.key,
        hard=lead.hard,
        chief=lead.chief,
        watcher=lead.watcher,
    )


def _tell(tx: Transaction, item: Suggestion, part: Handling, kind: str, what: str, now: datetime) -> None:
    tx.notices.add(
        item.congress,
        kind=kind,
        text=f"{what[:40]}：{item.title[:70]}",
        path=f"/items/{part.id}",
        about=part.id,
        due=None,
        at=now,
        unit=part.unit,
    )
