"""三促: before, while and after a project is delivered, whoever has the next step finds a notice. Repeatable.

事前: the plan, and milestones that begin; 事中: what lags, and reports; 事后: what is to be put right.

A room that has days of its own adds a function to `PRODUCERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from voting.actors import Role, system
from voting.days import today
from voting.delivering.projects import Milestone, Project
from voting.handling.reminding import Moment, Reminder, moment_of, write
from voting.reporting.baseline import DONE
from voting.reporting.lights import ReportingSettings
from voting.reporting.overviews import Known, known_of, rules
from voting.reporting.periods import Owed
from voting.reporting.proposing import propose_all
from voting.reporting.telling import offices
from voting.store import Store, Transaction

_WORDS: Final[dict[Moment, str]] = {"before": "快到期", "at": "今天到期", "after": "已超期"}


class Work(Struct, frozen=True, kw_only=True):
    """What the producers look at: projects that are not done, with what is known of those that run."""

    congress: str
    day: date
    by: ReportingSettings
    projects: tuple[Project, ...]
    known: dict[str, Known]


def remind(store: Store, congress: str, now: datetime) -> tuple[Reminder, ...]:
    """Write what is due, and propose 预警 where the light says so. For the installation's own command."""
    with store.read() as tx:
        work = _work(tx, congress, now)
        found = tuple(one for produce in PRODUCERS for one in produce(tx, work))
    write(store, congress, found, now)
    with store.write() as tx:
        tx.projects.alone(congress)
        propose_all(tx, system(congress), list(_work(tx, congress, now).projects), now)
    return found


def plans(tx: Transaction, work: Work) -> list[Reminder]:
    """事前: 实施方案 should be public; to 政府办."""
    years = sorted({one.year for one in work.projects})
    letters = [
        one for year in years for one in tx.projects.handovers(system(work.congress), work.congress, year)
    ]
    handed = {one.id: one.day for one in letters}
    found = []
    for one in work.projects:
        letter = handed.get(one.handover or "")
        if one.state != "handed" or letter is None:
            continue
        due = letter + timedelta(days=work.by.plan_days)
        found += _reminder(work, one, "plan", "公布实施方案", due, role="government_office")
    return found


def starts(_tx: Transaction, work: Work) -> list[Reminder]:
    """事前: a milestone begins; to the unit that leads."""
    found = []
    for one, milestone in _milestones(work):
        if 0 <= (milestone.starts - work.day).days <= work.by.remind:
            text = f"即将开始“{milestone.title}”：{one.title}"
            found.append(
                _notice(one, "milestone_starts", text, milestone.id, milestone.starts, unit=one.lead_unit)
            )
    return found


def lagging(_tx: Transaction, work: Work) -> list[Reminder]:
    """事中: a milestone's last day is near or past, and it is not done; to the unit that leads."""
    found = []
    for one, milestone in _milestones(work):
        if work.known[one.id].reported.percents.get(milestone.id, 0) < DONE:
            what = f"完成“{milestone.title}”"
            found += _reminder(
                work, one, "milestone", what, milestone.due, about=milestone.id, unit=one.lead_unit
            )
    return found


def reports(tx: Transaction, work: Work) -> list[Reminder]:
    """事中: a report is due or late; to the unit that leads, and when it is late to the offices too."""
    found = []
    roles = offices(tx, work.congress)
    for one in work.projects:
        for owed in work.known[one.id].owed if one.id in work.known else ():
            found += _of_report(work, one, owed, roles)
    return found


PRODUCERS: Final[tuple[Callable[[Transaction, Work], Sequence[Reminder]], ...]] = (
    plans,
    starts,
    lagging,
    reports,
)


def _work(tx: Transaction, congress: str, now: datetime) -> Work:
    office, day = system(congress), today(now)
    by, _ = rules(tx, congress)
    running = tx.projects.in_state(office, "planned")
    projects = (*tx.projects.in_state(office, "handed"), *running)
    known = known_of(tx, office, running, day)
    return Work(congress=congress, day=day, by=by, projects=projects, known=known)


def _milestones(work: Work) -> list[tuple[Project, Milestone]]:
    running = [one for one in work.projects if one.id in work.known and one.lead_unit is not None]
    return [(one, milestone) for one in running for milestone in work.known[one.id].milestones]


def _of_report(work: Work, project: Project, owed: Owed, roles: Sequence[Role]) -> list[Reminder]:
    what, about = f"报告{owed.period.words}的进度", f"{project.id[:20]}{owed.period.key}"
    path = f"/projects/{project.id}/reports/{owed.period.key}"
    found = []
    if project.lead_unit is not None:
        found += _reminder(
            work, project, "report", what, owed.due, about=about, path=path, unit=project.lead_unit
        )
    if owed.days_late:
        for role in roles:
            found += _reminder(
                work, project, "report", what, owed.due, about=about, path="/reports", role=role
            )
    return found


def _reminder(  # noqa: PLR0913 - one argument for each fact of a notice
    work: Work,
    project: Project,
    kind: str,
    what: str,
    due: date,
    *,
    about: str = "",
    path: str = "",
    unit: str | None = None,
    role: Role | None = None,
) -> list[Reminder]:
    """None of it while there is plenty of time."""
    moment = moment_of(due, work.day, work.by.remind)
    if moment is None:
        return []
    text = f"{_WORDS[moment]}：{what}（{project.title}）"
    return [
        _notice(project, f"{kind}_{moment}", text, about or project.id, due, path=path, unit=unit, role=role)
    ]


def _notice(  # noqa: PLR0913 - one argument for each fact of a notice
    project: Project,
    kind: str,
    text: str,
    about: str,
    due: date,
    *,
    path: str = "",
    unit: str | None = None,
    role: Role | None = None,
) -> Reminder:
    return Reminder(
        kind=kind,
        moment="before",
        text=text[:120],
        path=path or f"/projects/{project.id}/progress",
        about=about,
        due=due,
        unit=unit,
        role=role,
    )
