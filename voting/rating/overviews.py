"""What others read of 人大评: the scores of a project, and what followed a bad one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import PUBLIC, Actor, system
from voting.delivering.projects import Paper, Project
from voting.grading import Grading
from voting.rating.inquiries import Inquiry, Question
from voting.rating.ladder import Rung
from voting.rating.rated import Rated, bound
from voting.rating.rectifications import Rectification, RectificationStep, Retest
from voting.rating.scores import Score, Shown, has_result, score, shown_grades, shows_scores
from voting.ratings import Ratings
from voting.rounds import Round, Session
from voting.store import Transaction
from voting.supervising.completions import ProjectCompletion
from voting.tally_report import figures_from, figures_of


class Matter(Struct, frozen=True, kw_only=True):
    """整改 of one score, with everything that was recorded; `papers` by the step or rung they prove;
    `inquiries` that took it up, newest first.
    """

    rectification: Rectification
    unit: str
    steps: tuple[RectificationStep, ...]
    rungs: tuple[Rung, ...]
    papers: dict[str, tuple[Paper, ...]]
    retest: Retest | None
    inquiries: tuple[Inquiry, ...] = ()


def scores_of(tx: Transaction, actor: Actor, project: Project) -> tuple[Score, ...]:
    """Of a project that the caller was given, oldest first, as far as this reader may see them now.

    A unit sees what it leads or answers for.
    """
    return scores_of_projects(tx, actor, [project]).get(project.id, ())


def scores_of_year(tx: Transaction, actor: Actor, congress: str, year: int) -> dict[str, tuple[Score, ...]]:
    """Of all projects of a year that the actor may see, by project, oldest first."""
    return scores_of_projects(tx, actor, tx.projects.of_year(actor, congress, year))


def scores_of_projects(
    tx: Transaction, actor: Actor, projects: Sequence[Project]
) -> dict[str, tuple[Score, ...]]:
    """Of projects of one congress that the caller was given."""
    led = {one.id for one in projects if one.lead_unit == actor.unit}
    rows = [
        one
        for one in tx.rated.of_projects(projects)
        if actor.role != "unit" or one.unit == actor.unit or one.project in led
    ]
    found: dict[str, list[Score]] = {}
    for one in _scores(tx, actor, rows):
        found.setdefault(one.project or "", []).append(one)
    return {project: tuple(scores) for project, scores in found.items()}


def scores_of_round(tx: Transaction, actor: Actor, of: Round) -> tuple[Score, ...]:
    """Of a round that the caller was given, in printed order; for the round's own page."""
    found = _scores(tx, actor, tx.rated.of_round(of), own_page=True)
    return tuple(sorted(found, key=lambda one: one.number))


def scores_of_questions(
    tx: Transaction, actor: Actor, of: Inquiry, questions: Sequence[str]
) -> dict[str, Score]:
    """Of the answers of an inquiry that the caller was given, by question; the newest round's.

    A unit sees only its own until everybody may read them.
    """
    rows = tx.rated.of_questions(of.congress, questions)
    if actor.role == "unit" and of.released_at is None:
        rows = tuple(one for one in rows if one.unit == actor.unit)
    return {one.question: one for one in _scores(tx, actor, rows) if one.question}


def printed_questions(tx: Transaction, of: Inquiry, questions: Sequence[Question]) -> frozenset[str]:
    """Ids of those that stand on a ballot, also as follow-ups; what was asked afterwards does not."""
    rows = tx.rated.of_questions(of.congress, [one.id for one in questions])
    since: dict[str, datetime] = {}
    for made, row in _rounds(tx, system(of.congress), rows):
        since[row.question or ""] = made.drafted_at
    return frozenset(
        one.id for one in questions if (at := since.get(one.follows or one.id)) is not None and one.at <= at
    )


def rectification_of(tx: Transaction, actor: Actor, project: Project) -> tuple[Matter, ...]:
    """整改 of a project that the caller was given, oldest first; the public sees it from 公布 until 销号."""
    return matters(tx, actor, tx.rectifications.of_projects(actor, [project]), [project])


def matters(
    tx: Transaction, actor: Actor, found: Sequence[Rectification], projects: Iterable[Project]
) -> tuple[Matter, ...]:
    """Matters of one congress that the caller was given, with the projects they belong to."""
    steps, rungs = tx.rectifications.steps(found), tx.rectifications.rungs(found)
    matter_of = {step.id: step.rectification for step in steps}
    matter_of |= {rung.id: rung.rectification for rung in rungs}
    papers = [one for project in projects for one in tx.project_files.papers(actor, project)]
    named = {one.id: one.name for one in tx.units.all(found[0].congress)} if found else {}
    retests, inquiries = retests_of(tx, actor, found), tx.inquiries.of_matters(actor, found)
    whole = [
        Matter(
            rectification=one,
            unit=named.get(one.unit, ""),
            steps=tuple(step for step in steps if step.rectification == one.id),
            rungs=tuple(rung for rung in rungs if rung.rectification == one.id),
            papers=_by_proved(paper for paper in papers if matter_of.get(paper.of) == one.id),
            retest=retests.get(one.id),
            inquiries=inquiries.get(one.id, ()),
        )
        for one in found
    ]
    return tuple(_for_the_public(one) for one in whole) if actor.role == "public" else tuple(whole)


def retests_of(tx: Transaction, actor: Actor, found: Sequence[Rectification]) -> dict[str, Retest]:
    """The newest retest of each matter of one congress that the caller was given.

    A draft and a void round are none; for the public nothing is before 公布.
    """
    if not found:
        return {}
    congress = found[0].congress
    newest: dict[str, tuple[Round, Rated]] = {}
    rows = tx.rated.retests(congress, [one.id for one in found])
    for of, row in _rounds(tx, system(congress), rows):
        counts = shows_scores("public", of) if actor.role == "public" else of.state not in {"drafted", "void"}
        if counts and row.rectification:
            newest[row.rectification] = (of, row)
    return {matter: _retest(tx, of, row) for matter, (of, row) in newest.items()}


def drafted_retests(tx: Transaction, actor: Actor, of: Rectification) -> tuple[Round, ...]:
    """Drafts of a retest of a matter that the caller was given, for whoever works on rounds."""
    found = _rounds(tx, actor, tx.rated.retests(of.congress, [of.id]))
    return tuple(round_ for round_, _ in found if round_.state == "drafted")


def ratings_of(tx: Transaction, of: Round) -> Ratings | None:
    """What an announced round came to; the caller says to whom. None for a round of another kind."""
    outcome = figures_of(tx, PUBLIC, of).outcome
    return outcome if isinstance(outcome, Ratings) else None


def announced_at(tx: Transaction, of: Round) -> datetime | None:
    """When the chair announced it."""
    steps = tx.steps.of(system(of.congress), of.id)
    return next((one.at for one in steps if one.step == "announce"), None)


def completions_of(tx: Transaction, projects: Sequence[Project]) -> dict[str, tuple[ProjectCompletion, ...]]:
    """办结 and 验收 of projects of one congress that the caller was given, by project, oldest first."""
    found: dict[str, list[ProjectCompletion]] = {}
    for one in sorted(tx.completions.of(projects), key=lambda done: done.turn):
        found.setdefault(one.project, []).append(one)
    return {project: tuple(done) for project, done in found.items()}


def _scores(tx: Transaction, actor: Actor, rows: Sequence[Rated], *, own_page: bool = False) -> list[Score]:
    """Oldest round first."""
    found = _rounds(tx, PUBLIC, rows)
    seen = {of.id: of for of, _ in found if shows_scores(actor.role, of)}
    results = tx.rounds.announced_results(PUBLIC, seen)
    sessions = tx.sessions.some(PUBLIC, {of.session for of in seen.values()})
    shown = {
        key: _shown(tx, actor, seen[key], sessions[seen[key].session], result, own_page=own_page)
        for key, result in results.items()
    }
    scores = (
        score(of, sessions[of.session], row, grades)
        for of, row in found
        if (grades := shown.get(of.id)) is not None
    )
    return [one for one in scores if one is not None]


def _shown(
    tx: Transaction, actor: Actor, of: Round, session: Session, result: bytes, *, own_page: bool
) -> Shown | None:
    """None for a round of another kind."""
    outcome = figures_from(tx, PUBLIC, of, session, result).outcome
    if not isinstance(outcome, Ratings) or not isinstance(of.rules, Grading):
        return None
    return shown_grades(actor.role, of.rules, outcome, own_page=own_page)


def _rounds(tx: Transaction, reader: Actor, rows: Iterable[Rated]) -> list[tuple[Round, Rated]]:
    """Each row with its round and its number there, the oldest round first.

    The public cannot get drafts, and gets rounds without their record: that is all that a score needs.
    """
    by_round: dict[str, list[Rated]] = {}
    for row in rows:
        by_round.setdefault(row.round, []).append(row)
    rounds = tx.rounds.some(reader, by_round)
    return [(of, row) for of in rounds for row in bound(of, by_round[of.id]).values()]


def _retest(tx: Transaction, of: Round, row: Rated) -> Retest:
    ratings = ratings_of(tx, of) if has_result(of) else None
    grades = ratings.grades if ratings else ()
    level = next((one.level for one in grades if one.number == row.number), None)
    good = (
        level is not None
        and isinstance(of.rules, Grading)
        and level in of.rules.levels[: of.rules.favourable]
    )
    at = announced_at(tx, of) if level is not None else None
    return Retest(round=of.id, title=of.title, level=level, good=good, announced_at=at)


def _by_proved(papers: Iterable[Paper]) -> dict[str, tuple[Paper, ...]]:
    found: dict[str, list[Paper]] = {}
    for one in papers:
        found.setdefault(one.of, []).append(one)
    return {of: tuple(some) for of, some in found.items()}


def _for_the_public(one: Matter) -> Matter:
    """States and days, the decisions of the ladder, released papers; no names of clerks, no drafts."""
    return Matter(
        rectification=replace(one.rectification, by=""),
        unit=one.unit,
        steps=tuple(replace(step, by="", who="", text="") for step in one.steps),
        rungs=tuple(_for_everybody(rung) for rung in one.rungs if rung.taken),
        papers=one.papers,
        retest=one.retest,
        inquiries=one.inquiries,
    )


def _for_everybody(rung: Rung) -> Rung:
    """Who was summoned and what they promised, not what was said."""
    talk = None if rung.talk is None else replace(rung.talk, said="")
    return replace(rung, by="", talk=talk)
