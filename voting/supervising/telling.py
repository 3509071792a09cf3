"""Notices of supervision, to whoever has the next step."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from voting.actors import Role
from voting.delivering.projects import Project
from voting.store import Transaction
from voting.supervising.groups import Group
from voting.supervising.orders import Order
from voting.supervising.visits import Visit

_SHORT: Final = 40


def tell_member(tx: Transaction, group: Group, deputy: str, now: datetime) -> None:
    """Once to each: belonging to a group."""
    tx.notices.add(
        group.congress,
        kind="group",
        text=f"您参加了监督小组“{short(group.name)}”",
        path="/groups",
        about=group.id,
        due=None,
        at=now,
        deputy=deputy,
    )


def tell_of_opinion(tx: Transaction, of: Project, visit: Visit, now: datetime) -> None:
    """The leading unit and the government office, which answer."""
    text = f"代表视察“{short(of.title)}”提出了意见，请答复"
    _about_visit(tx, of, visit, "visit_opinion", text, now, role="government_office")
    if of.lead_unit is not None:
        _about_visit(tx, of, visit, "visit_opinion", text, now, unit=of.lead_unit)


def tell_of_reply(tx: Transaction, of: Project, visit: Visit, reply: str, now: datetime) -> None:
    """The deputy who gave the opinion, or the staff who entered it."""
    _tell_giver(tx, of, visit, f"r{reply[:12]}", f"您对“{short(of.title)}”的视察意见有了答复", now)


def tell_unit_of_order(tx: Transaction, of: Project, order: Order, turn: int, now: datetime) -> None:
    """The unit that has to answer; `turn` counts its answers so far."""
    words = "退回重办" if turn else "收到"
    tx.notices.add(
        of.congress,
        kind=f"order{turn}",
        text=f"{words}督办单{short(order.number)}：“{short(of.title)}”，请在期限内答复",
        path=order_path(of, order),
        about=order.id,
        due=order.due,
        at=now,
        unit=order.unit,
    )


def tell_unit_of_correction(
    tx: Transaction, of: Project, order: Order, turn: int, words: str, now: datetime
) -> None:
    """The unit, of each correction (`turn` from 1) and of a withdrawal (0)."""
    tx.notices.add(
        of.congress,
        kind=f"order_fix{turn}",
        text=f"督办单{short(order.number)}{words}：“{short(of.title)}”",
        path=order_path(of, order),
        about=order.id,
        due=order.due if turn and order.waits else None,
        at=now,
        unit=order.unit,
    )


def tell_of_answer(tx: Transaction, of: Project, order: Order, turn: int, now: datetime) -> None:
    """The staff, who judge it."""
    tell_role(
        tx,
        of,
        "staff",
        kind=f"order_answer{turn}",
        about=order.id,
        text=f"督办单{short(order.number)}已答复，请审核",
        path=order_path(of, order),
        at=now,
    )


def tell_of_reworded_answer(tx: Transaction, of: Project, order: Order, turn: int, now: datetime) -> None:
    """The staff, of each correction (`turn` from 1)."""
    tell_role(
        tx,
        of,
        "staff",
        kind=f"answer_fix{turn}",
        about=order.id,
        text=f"督办单{short(order.number)}的答复有更正：“{short(of.title)}”",
        path=order_path(of, order),
        at=now,
    )


def tell_of_reworded_reply(tx: Transaction, of: Project, visit: Visit, turn: int, now: datetime) -> None:
    """As `tell_of_reply`, of each correction (`turn` from 1)."""
    text = f"对“{short(of.title)}”的视察意见，答复有更正"
    _tell_giver(tx, of, visit, f"reply_fix{turn}", text, now)


def tell_role(  # noqa: PLR0913 - one argument for each fact of a notice
    tx: Transaction,
    of: Project,
    role: Role,
    *,
    kind: str,
    about: str,
    text: str,
    path: str,
    at: datetime,
    due: date | None = None,
) -> None:
    """Everybody with this role in the project's congress."""
    tx.notices.add(of.congress, kind=kind, text=text, path=path, about=about, due=due, at=at, role=role)


def order_path(of: Project, order: Order) -> str:
    """Where the order's page lies below everybody's own."""
    return f"/projects/{of.id}/orders/{order.id}"


def short(words: str) -> str:
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"


def _tell_giver(tx: Transaction, of: Project, visit: Visit, kind: str, text: str, now: datetime) -> None:
    if visit.deputy is not None:
        _about_visit(tx, of, visit, kind, text, now, deputy=visit.deputy)
    else:
        _about_visit(tx, of, visit, kind, text, now, role="staff")


def _about_visit(
    tx: Transaction, of: Project, visit: Visit, kind: str, text: str, now: datetime, **to: str
) -> None:
    """`to` is exactly one addressee, as `tx.notices.add` names it."""
    path = f"/projects/{of.id}/supervision#visit-{visit.id}"
    role: Any = to.get("role")
    tx.notices.add(
        of.congress,
        kind=kind,
        text=text,
        path=path,
        about=visit.id,
        due=None,
        at=now,
        role=role,
        unit=to.get("unit"),
        deputy=to.get("deputy"),
    )
