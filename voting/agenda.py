"""今天要办的: what waits for an office, most urgent first, each with the page where it is done.

The same list for staff and for the government office, without what the other one has to do; in a town, where
one clerk does both parts, it is the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from voting.actors import Actor
from voting.collecting.window import Call
from voting.days import today
from voting.delivering.handing import waiting_rounds
from voting.duties import Action, demand, may
from voting.publicity import speaking
from voting.reporting import attention
from voting.screening.drafts import DraftState, next_year
from voting.store import Store, Transaction
from voting.suggestions import Standing

MOST: Final = 100
"""Counts of what must be looked at one by one go no further."""


class Task(Struct, frozen=True, kw_only=True):
    """`times` things of one sort that wait; `path` lies below the reader's own pages."""

    words: str
    times: int
    path: str
    urgent: bool = False


class Beginning(Struct, frozen=True, kw_only=True):
    """What a new office does once before anything can be handed on: `path` leads to it."""

    name: str
    path: str
    words: str
    done: bool


class Board(Struct, frozen=True, kw_only=True):
    """`calls` are those of today or later, newest first; `year` is the one candidates are made for now.

    `beginnings` is empty once all of it is done, and for who does none of it.
    """

    day: date
    year: int
    calls: tuple[Call, ...]
    tasks: tuple[Task, ...]
    beginnings: tuple[Beginning, ...]
    sifted: int
    """Candidates that have passed 初选."""


_HANDLING: Final[tuple[tuple[str, tuple[Standing, ...], str], ...]] = (
    ("件已登记，等待分办", ("registered",), "decide"),
    ("件已答复，等待评价和办结", ("answered",), "answered"),
)
_DRAFTS: Final[tuple[tuple[str, DraftState, Action], ...]] = (
    ("件候选项目等待预审", "submitted", "judge"),
    ("件候选项目预审后要修改", "amend", "draft"),
    ("件候选项目被预审退回", "returned", "draft"),
    ("件候选项目等待初选", "taken", "shortlist"),
)


def board(store: Store, actor: Actor, now: datetime) -> Board:
    """Raises Forbidden."""
    demand(actor, "register")
    day, year = today(now), next_year(now)
    with store.read() as tx:
        return Board(
            day=day,
            year=year,
            calls=tuple(one for one in tx.calls.listing(actor) if one.closes >= day),
            tasks=tuple(one for one in _tasks(tx, actor, day, year) if one.times),
            beginnings=_beginnings(tx, actor),
            sifted=len(tx.drafts.of_year(actor, year, "shortlisted")),
        )


def _beginnings(tx: Transaction, actor: Actor) -> tuple[Beginning, ...]:
    if not may(actor, "keep_roster"):
        return ()
    lists: tuple[tuple[str, str, str, Sequence[object]], ...] = (
        ("承办单位", "/lists/units", "交办时从中选择", tx.units.current(actor.congress)),
        ("代表", "/lists/deputies", "出席证、签到和代表建议都从中选择", tx.deputies.current(actor.congress)),
        ("村和社区", "/lists/villages", "群众提意见时从中选择", tx.villages.current(actor.congress)),
        ("征集公告", "/calls", "公布以后，群众提的就是民生实事线索", tx.calls.listing(actor)),
    )
    steps = tuple(
        Beginning(name=name, path=path, words=words, done=bool(of)) for name, path, words, of in lists
    )
    return () if all(one.done for one in steps) else steps


def _tasks(tx: Transaction, actor: Actor, day: date, year: int) -> list[Task]:
    drafts, projects = _drafts(tx, actor, year), _projects(tx, actor)
    return [
        *_handling(tx, actor, day),
        *drafts,
        *projects,
        *_progress(tx, actor, day),
        *_supervision(tx, actor, day),
        *_citizens(tx, actor),
    ]


def _handling(tx: Transaction, actor: Actor, day: date) -> list[Task]:
    yesterday = day - timedelta(days=1)
    late = tx.handlings.inbox_size(actor, ("registered", "assigned"), due_by=yesterday)
    return [
        Task(words="件已经超期", times=late, path="/handling?queue=late", urgent=True),
        Task(words="件新收到，等待审核", times=tx.inbox.count_waiting(actor), path="/inbox"),
        *(
            Task(words=words, times=tx.handlings.inbox_size(actor, states), path=f"/handling?queue={queue}")
            for words, states, queue in _HANDLING
        ),
        _waiting(tx, actor, "check", "份答复等待审核"),
        _waiting(tx, actor, "extension", "份延期申请等待答复"),
    ]


def _waiting(tx: Transaction, actor: Actor, queue: str, words: str) -> Task:
    return Task(
        words=words, times=len(tx.handlings.waiting(actor, queue, MOST)), path=f"/handling?queue={queue}"
    )


def _drafts(tx: Transaction, actor: Actor, year: int) -> list[Task]:
    return [
        Task(words=words, times=len(tx.drafts.of_year(actor, year, state)), path="/drafts")
        for words, state, action in _DRAFTS
        if may(actor, action)
    ]


def _projects(tx: Transaction, actor: Actor) -> list[Task]:
    tasks = []
    if may(actor, "hand_over"):
        tasks += [
            Task(
                words="轮票决已经宣布，等待转为项目",
                times=len(waiting_rounds(tx, actor)),
                path="/projects/desk",
            ),
            Task(
                words="件项目等待交办",
                times=len(tx.projects.in_state(actor, "chosen")),
                path="/projects/desk",
            ),
        ]
    if may(actor, "plan_project"):
        handed = len(tx.projects.in_state(actor, "handed"))
        tasks.append(Task(words="件项目等待公布实施方案", times=handed, path="/projects?state=handed"))
    return tasks


def _progress(tx: Transaction, actor: Actor, day: date) -> list[Task]:
    late, proposed = attention.late_reports(tx, actor, day), attention.proposed_warnings(tx, actor)
    return [
        Task(words="个项目的进度报告超期没有提交", times=late, path="/reports", urgent=True),
        Task(words="件预警建议等待审定", times=proposed, path="/warnings"),
    ]


def _citizens(tx: Transaction, actor: Actor) -> list[Task]:
    path = "/opinions-on-projects"
    return [
        Task(words="条群众对项目的意见等待审核", times=speaking.waiting(tx, actor), path=path),
        Task(
            words="条公开的群众意见还没有答复",
            times=speaking.unanswered(tx, actor),
            path=f"{path}?state=released",
        ),
    ]


def _supervision(tx: Transaction, actor: Actor, day: date) -> list[Task]:
    if not may(actor, "order"):
        return []
    late = [one for one in tx.orders.waiting(actor.congress) if one.is_late(day)]
    waiting = (
        ("份督办单逾期未答复", len(late)),
        ("份督办单答复等待审核", len(tx.orders.to_judge(actor.congress))),
        ("项调整等待登记决定", len(tx.project_changes.asked(actor.congress))),
        ("项调整等待向大会报告", len(tx.project_changes.untold(actor.congress))),
    )
    return [
        Task(words=words, times=times, path="/groups", urgent=place == 0)
        for place, (words, times) in enumerate(waiting)
    ]
