"""What a cancelled project leaves open ends with it: nobody can answer for what is not done any more."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, system
from voting.delivering.projects import Project
from voting.store import Transaction


def end_open(tx: Transaction, actor: Actor, project: Project, number: str, now: datetime) -> None:
    """End its 督办单 and 预警; `number` is that of the decision that cancelled the project."""
    why, house = f"项目已经取消（{number}）。", system(project.congress)
    for order in tx.orders.of(house, project):
        if order.is_open:
            before, after = {"state": order.state}, {"state": "ended", "reason": why}
            tx.audit.add(actor, "end_order", now, "supervision_order", order.id, before=before, after=after)
            tx.orders.change(order, state="ended")
    for one in tx.warnings.of_projects(house, [project]).get(project.id, ()):
        if one.ended_at is None:
            what = "drop_warning" if one.state == "proposed" else "lift_warning"
            tx.audit.add(actor, what, now, "warning", one.id, after={"reason": why})
            tx.warnings.change(one, reason=why, ended_by=actor.name, ended_at=now)
