"""The unit is reminded before, on and after the last day of a 督办单, the staff too when it is late; and
every month the staff of each change that the next 大会 must still be told. Repeatable.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from voting.actors import NotFound, system
from voting.days import today
from voting.delivering.projects import Project
from voting.handling.reminding import Moment, moment_of
from voting.store import Store, Transaction
from voting.supervising.changes import KIND_NAMES, ProjectChange
from voting.supervising.orders import Order, SupervisionSettings
from voting.supervising.telling import order_path, short, tell_role

_WORDS: Final[dict[Moment, str]] = {"before": "快到期", "at": "今天到期", "after": "已超期"}


def remind(store: Store, congress: str, now: datetime) -> int:
    """How many things were reminded of; what was for the same day is not written again.

    For the installation's own command.
    """
    day = today(now)
    with store.write() as tx:
        yellow = tx.settings.get(congress, SupervisionSettings).yellow
        times = 0
        for order in tx.orders.waiting(congress):
            moment, of = moment_of(order.due, day, yellow), _project(tx, congress, order.project)
            if moment is not None and of is not None:
                _of_order(tx, of, order, moment, now)
                times += 1
        for change in tx.project_changes.untold(congress):
            of = _project(tx, congress, change.project)
            if of is not None:
                _of_change(tx, of, change, day.replace(day=1), now)
                times += 1
        return times


def _of_order(tx: Transaction, of: Project, order: Order, moment: Moment, now: datetime) -> None:
    text = f"{_WORDS[moment]}：督办单{short(order.number)}“{short(of.title)}”请答复"
    tx.notices.add(
        of.congress,
        kind=f"order_{moment}",
        text=text,
        path=order_path(of, order),
        about=order.id,
        due=order.due,
        at=now,
        unit=order.unit,
    )
    if moment == "after":
        tell_role(
            tx,
            of,
            "staff",
            kind="order_late",
            about=order.id,
            text=f"督办单{short(order.number)}逾期未答复：“{short(of.title)}”",
            path=order_path(of, order),
            at=now,
            due=order.due,
        )


def _of_change(tx: Transaction, of: Project, change: ProjectChange, month: date, now: datetime) -> None:
    text = f"还没有向大会报告：“{short(of.title)}”的{KIND_NAMES[change.kind]}调整"
    path = f"/projects/{of.id}/changes/{change.id}"
    tell_role(tx, of, "staff", kind="tell_again", about=change.id, text=text, path=path, at=now, due=month)


def _project(tx: Transaction, congress: str, project_id: str) -> Project | None:
    try:
        return tx.projects.get(system(congress), project_id)
    except NotFound:
        return None
