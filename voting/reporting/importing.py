"""政府办 hands in many reports at once: first what a table would change, then all of it, or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from voting.actors import Actor, system
from voting.candidates import RowProblem
from voting.days import today
from voting.delivering.projects import Milestone, Project, ProjectStep, wan
from voting.duties import demand
from voting.errors import TextError
from voting.reporting.filing import Opened, keep, opened
from voting.reporting.headings import COLUMNS, ReportTableError, Table, period_in, understand
from voting.reporting.overviews import periods_of, rules
from voting.reporting.periods import Period
from voting.reporting.proposing import propose_all
from voting.reporting.reports import Content, ReportError, ReportStep, changes, check, clean, same
from voting.reporting.table import Line, read_table, refuse
from voting.screening.plans import written
from voting.sheets import read_sheets
from voting.store import Store, Transaction

Effect = Literal["new", "changed", "same"]
EFFECT_NAMES: dict[Effect, str] = {"new": "新提交", "changed": "更正", "same": "没有变化"}


class TableChanged(ReportTableError):
    """Somebody reported after the differences were shown."""

    sentence = "进度刚刚有过变动，没有导入。请核对下面新的对照结果后再确认。"


class Difference(Struct, frozen=True, kw_only=True):
    """What the table does to one project: (what, old words, new words)."""

    project: Project
    content: Content
    effect: Effect
    changes: tuple[tuple[str, str, str], ...]


class Preview(Struct, frozen=True, kw_only=True):
    """`table` is what was read, as a .csv in the template's form, to be sent back with `mark` when a person
    agrees; `not_in_it` are projects of the period of which the table says nothing.
    """

    period: Period
    table: str
    differences: tuple[Difference, ...]
    understood: Table
    not_in_it: tuple[Project, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same differences: what was shown is what is imported."""
        facts = [[one.project.id, one.effect, one.changes, one.content] for one in self.differences]
        return hashlib.sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()

    @property
    def does_something(self) -> bool:
        return any(one.effect != "same" for one in self.differences)


def preview(
    store: Store, actor: Actor, filename: str, raw: bytes, now: datetime, asked: Period | None = None
) -> Preview:
    """What a table would change; nothing is changed. `asked`: the period, where the table names none.

    Raises SheetError, ReportTableError, Forbidden.
    """
    demand(actor, "plan_project")
    table = understand(read_sheets(filename, raw))
    try:
        with store.read() as tx:
            return _preview(tx, actor, table, now, asked)[0]
    except ReportTableError as error:
        error.understood = table
        raise


def import_table(store: Store, actor: Actor, table: str, mark: str, now: datetime) -> int:
    """Do what was shown; how many projects were reported on or corrected.

    Raises TableChanged, SheetError, ReportTableError, Forbidden; then nothing was imported.
    """
    demand(actor, "plan_project")
    understood = understand(read_sheets("table.csv", table.encode()))
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        shown, at = _preview(tx, actor, understood, now, alone=True)
        if shown.mark != mark:
            raise (
                TableChanged if shown.does_something else ReportTableError("这份表已经导入过，没有新的变化。")
            )
        done = [one for one in shown.differences if one.effect != "same"]
        for one in done:
            opened_one = at[one.project.id]
            keep(tx, actor, opened_one, clean(one.content, opened_one.milestones), now, submit=True)
        projects = [tx.projects.get(actor, one.project.id) for one in done]
        propose_all(tx, system(actor.congress), projects, now)
    return len(done)


def projects_for(tx: Transaction, actor: Actor, period: Period, now: datetime) -> tuple[Project, ...]:
    """Those that a period is reported on, in the order of the announcement."""
    by, _ = rules(tx, actor.congress)
    running = tx.projects.in_state(actor, "planned")
    return tuple(one for one in running if period in periods_of(one, by, today(now)))


def template_rows(
    store: Store, actor: Actor, period: Period, now: datetime
) -> tuple[tuple[str | int | float, ...], ...]:
    """The table of a period, with its heading and what is known; to be filled in. Raises Forbidden."""
    demand(actor, "plan_project")
    found: list[tuple[str | int | float, ...]] = [COLUMNS]
    with store.read() as tx:
        for project in projects_for(tx, actor, period, now):
            at = _opened(tx, project, period, now)
            if at is not None:
                found += _project_rows(at)
    return tuple(found)


def _project_rows(at: Opened) -> list[tuple[str | int | float, ...]]:
    rows: list[tuple[str | int | float, ...]] = []
    start = at.start
    for number, one in enumerate(at.milestones):
        said = ("", "", "", "", "")
        whole = (start.spent / 10000, start.text, start.problems, start.measures, "")
        rows.append(
            (
                at.period.words,
                at.project.label,
                at.project.title,
                one.place,
                one.title,
                start.percents.get(one.id, 0),
                *(said if number else whole),
            )
        )
    return rows


def _opened(tx: Transaction, project: Project, period: Period, now: datetime) -> Opened | None:
    """None: nothing is to be reported on it, another kind of report covers the period."""
    try:
        return opened(tx, project, period, now)
    except (ReportStep, ProjectStep):
        return None


def _preview(
    tx: Transaction,
    actor: Actor,
    table: Table,
    now: datetime,
    asked: Period | None = None,
    *,
    alone: bool = False,
) -> tuple[Preview, dict[str, Opened]]:
    period = period_in(table, asked)
    found = projects_for(tx, actor, period, now)
    if alone:
        found = tuple(tx.projects.lock(actor, one.id) for one in sorted(found, key=lambda one: one.id))
        found = tuple(sorted(found, key=lambda one: (one.year, one.number)))
    opened_by = {one.id: at for one in found if (at := _opened(tx, one, period, now)) is not None}
    open_ones = [one for one in found if one.id in opened_by]
    milestones = {key: at.milestones for key, at in opened_by.items()}
    read = read_table(table, period, open_ones, milestones)
    problems: list[RowProblem] = []
    differences = []
    for line in read.lines:
        at = opened_by[line.project.id]
        try:
            differences += [] if _untouched(at, line) else [_difference(at, line)]
        except (ReportError, TextError) as error:
            problems.append(RowProblem(row=line.row, reason=f"{line.project.title}：{error.sentence}"))
    refuse(problems)
    if not differences:
        raise ReportTableError("表里没有填写任何一个项目的进度。请填写后再导入。")
    named = {line.project.id for line in read.lines}
    shown = Preview(
        period=period,
        table=_as_csv(period, read.lines, milestones),
        differences=tuple(differences),
        understood=table,
        not_in_it=tuple(one for one in open_ones if one.id not in named),
    )
    return shown, opened_by


def _untouched(at: Opened, line: Line) -> bool:
    """As the template gave it out, and nothing said."""
    as_given = {one.id: at.start.percents.get(one.id, 0) for one in at.milestones}
    said = line.content
    return not said.text.strip() and (said.percents, said.spent) == (as_given, at.start.spent)


def _difference(at: Opened, line: Line) -> Difference:
    """Raises ReportError, TextError."""
    wanted = clean(line.content, at.milestones)
    old = at.report
    if at.handed_in and old is not None and same(old.content, wanted):
        return Difference(project=at.project, content=wanted, effect="same", changes=())
    check(wanted, at.milestones, at.project.planned, at.beside, old if at.handed_in else None)
    before = at.start if old is None else old
    return Difference(
        project=at.project,
        content=wanted,
        effect="changed" if at.handed_in else "new",
        changes=changes(before, wanted, at.milestones),
    )


def _as_csv(period: Period, lines: Sequence[Line], milestones: Mapping[str, Sequence[Milestone]]) -> str:
    """In the template's form, whatever form it came in."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in lines:
        said = line.content
        whole = (written(wan(said.spent)), said.text, said.problems, said.measures, said.reason)
        for number, one in enumerate(milestones[line.project.id]):
            writer.writerow(
                (
                    period.words,
                    line.project.label,
                    line.project.title,
                    one.place,
                    one.title,
                    said.percents.get(one.id, 0),
                    *(("",) * len(whole) if number else whole),
                )
            )
    return file.getvalue()
