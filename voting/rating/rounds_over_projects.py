"""满意度测评 over the projects of a year, or over their parts: made, and made again as 再测评."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from voting import drafting
from voting.actors import Actor, NotFound
from voting.delivering.projects import STATE_NAMES as PROJECT_STATES
from voting.delivering.projects import Part, Project
from voting.duties import demand
from voting.grading import Grading
from voting.rating.completion_report import candidate
from voting.rating.overviews import completions_of, retests_of
from voting.rating.rated import RATEABLE, Choice, Rated, check_choices
from voting.rating.rectifications import Rectification, demand_open
from voting.rating.refusals import RatingError, RatingStep
from voting.rounds import Candidate, Round
from voting.store import Store, Transaction


class Wanted(Struct, frozen=True, kw_only=True):
    """A round as it is entered; the number of projects in `rules` is corrected. `previous`: 再测评 of it."""

    session: str
    title: str
    rules: Grading
    previous: str | None = None


def make_round(store: Store, actor: Actor, wanted: Wanted, keys: Sequence[str], now: datetime) -> Round:
    """`keys` name projects or parts, as `Choice.key`, in printed order; the same entered twice is one round.

    Raises RatingError, RulesError, TextError, DraftError, NotFound, Forbidden.
    """
    demand(actor, "rate")
    with store.write() as tx:
        chosen = _chosen(tx, actor, keys)
        check_choices(chosen)
        rows = [
            Rated(
                congress=actor.congress,
                round="",
                number=number,
                title=one.title,
                project=one.project.id,
                part=one.part.place if one.part else None,
                unit=one.unit,
            )
            for number, one in enumerate(chosen, start=1)
        ]
        return keep_round(tx, actor, wanted, candidates_of(tx, chosen), rows, now)


def make_retest(
    store: Store, actor: Actor, wanted: Wanted, matter_ids: Sequence[str], now: datetime
) -> Round:
    """再测评 of matters that are being put right, in whatever session.

    Raises RatingStep for one that is closed or being rated already; RatingError, NoRetest, NotFound and as
    `make_round`.
    """
    demand(actor, "rate")
    with store.write() as tx:
        found = [tx.rectifications.lock(actor, one) for one in sorted(set(matter_ids))]
        _demand_retest(tx, actor, found, wanted.title)
        found.sort(key=lambda one: one.number)
        chosen = [_of_matter(tx, actor, one) for one in found]
        rows = [
            Rated(
                congress=actor.congress,
                round="",
                number=number,
                title=one.title,
                project=one.project,
                part=one.part,
                unit=one.unit,
                rectification=one.id,
            )
            for number, one in enumerate(found, start=1)
        ]
        printed = [
            replace(row, title=one.title) for row, one in zip(candidates_of(tx, chosen), found, strict=True)
        ]
        return keep_round(tx, actor, replace(wanted, previous=found[0].round), printed, rows, now)


def keep_round(
    tx: Transaction,
    actor: Actor,
    wanted: Wanted,
    printed: Sequence[Candidate],
    rows: Sequence[Rated],
    now: datetime,
) -> Round:
    """The round, with what stands behind each row of its ballot."""
    tx.sessions.get(actor, wanted.session)
    rules = replace(wanted.rules, projects=len(printed))
    made = drafting.add_round(
        tx,
        actor,
        wanted.session,
        wanted.title,
        rules,
        printed,
        now,
        previous=wanted.previous,
        relation="retest" if wanted.previous else None,
    )
    if not tx.rated.of_round(made):
        tx.rated.add_many([replace(one, round=made.id) for one in rows])
        listed = [f"{one.number} {one.title}" for one in rows]
        tx.audit.add(
            actor, "make_rating", now, "round", made.id, after={"title": made.title, "listed": listed}
        )
    return made


def candidates_of(tx: Transaction, chosen: Sequence[Choice]) -> list[Candidate]:
    """What the deputies read of each."""
    if not chosen:
        return []
    named = {one.id: one.name for one in tx.units.all(chosen[0].project.congress)}
    completions = completions_of(tx, [one.project for one in chosen])
    return [
        candidate(number, one, named.get(one.unit or "", ""), completions.get(one.project.id, ()))
        for number, one in enumerate(chosen, start=1)
    ]


def _chosen(tx: Transaction, actor: Actor, keys: Sequence[str]) -> list[Choice]:
    """In the order of the keys. Raises NotFound, RatingError."""
    projects = {
        one: _rateable(tx.projects.get(actor, one)) for one in dict.fromkeys(_id(key) for key in keys)
    }
    parts = tx.projects.parts([*projects.values()])
    found = []
    for key in keys:
        project, place = projects[_id(key)], key.partition(".")[2]
        part = next((one for one in parts.get(project.id, ()) if str(one.place) == place), None)
        if place and part is None:
            raise NotFound
        found.append(Choice(project=project, part=part))
    return found


def _id(key: str) -> str:
    return key.partition(".")[0]


def _rateable(project: Project) -> Project:
    if project.state not in RATEABLE:
        raise RatingError(
            f"“{project.title}”{PROJECT_STATES[project.state]}，不能测评。请只选正在实施或者已经办结的项目。"
        )
    return project


def _demand_retest(tx: Transaction, actor: Actor, found: Sequence[Rectification], title: str) -> None:
    """Raises RatingError, RatingStep; the round that was made from the same form is no hindrance."""
    if not found:
        raise RatingError("没有选择再测评的项目。请至少选择一件正在整改的项目。")
    for one in found:
        demand_open(one)
    if len({one.round for one in found}) > 1:
        raise RatingError("选择的项目不是同一次测评的。请按原来的测评分别再测评。")
    for matter, retest in retests_of(tx, actor, found).items():
        if retest.level is None and retest.title != title:
            named = next(one.title for one in found if one.id == matter)
            raise RatingStep(f"“{named}”正在“{retest.title}”中再测评，还没有宣布结果。请等宣布之后再办理。")


def _of_matter(tx: Transaction, actor: Actor, matter: Rectification) -> Choice:
    """As it was rated, whatever became of the parts since."""
    project = tx.projects.get(actor, matter.project)
    if matter.part is None:
        return Choice(project=project)
    title = matter.title.removeprefix(f"{project.title}：")
    part = Part(
        congress=matter.congress, project=matter.project, place=matter.part, title=title, unit=matter.unit
    )
    return Choice(project=project, part=part)
