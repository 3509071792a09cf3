"""The results of one satisfaction round for the office: by project and by unit, held against others."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from voting.actors import PUBLIC, Actor, NotFound, NotYet
from voting.delivering.projects import Project
from voting.duties import demand
from voting.grading import FEWEST_RETURNED, Grading
from voting.rating.comparison import UnitResult, mean, newest_rates, unit_results
from voting.rating.completion_report import punctuality
from voting.rating.overviews import (
    completions_of,
    ratings_of,
    scores_of_projects,
    scores_of_round,
)
from voting.rating.rectifications import Rectification
from voting.rating.scores import Score, has_result
from voting.rating.settings import RatingSettings
from voting.ratings import Ratings
from voting.rounds import Congress, Round, Session
from voting.store import Store, Transaction
from voting.wording import Body


class ProjectResult(Struct, frozen=True, kw_only=True):
    """One row of the ballot. `matter`: what followed.

    `last`: the rate of the same project or part by the same body the year before, as far as it is published.
    """

    score: Score
    unit: str
    project: Project | None
    done: str
    last: int | None
    matter: Rectification | None

    @property
    def change(self) -> int | None:
        """Against the year before, in tenths of a point."""
        return None if self.last is None or self.score.overall is None else self.score.overall - self.last


class Results(Struct, frozen=True, kw_only=True):
    """Everything of one announced round; of the year before only what the rules of that year published."""

    congress: Congress
    session: Session
    round: Round
    rules: Grading
    ratings: Ratings
    projects: tuple[ProjectResult, ...]
    units: tuple[UnitResult, ...]
    ranking: bool
    overall_last: int | None


def results_of(store: Store, actor: Actor, round_id: str) -> Results:
    """Raises NotYet before 宣布, NotFound, Forbidden."""
    demand(actor, "rate")
    with store.read() as tx:
        of = tx.rounds.get(actor, round_id)
        ratings = ratings_of(tx, of) if has_result(of) else None
        if not isinstance(of.rules, Grading):
            raise NotFound
        if ratings is None:
            raise NotYet("测评结果还没有宣布。宣布之后可以在这里查看。")
        return _results(tx, actor, of, of.rules, ratings)


def _results(tx: Transaction, actor: Actor, of: Round, rules: Grading, ratings: Ratings) -> Results:
    scores = scores_of_round(tx, actor, of)
    projects = {one: tx.projects.get(actor, one) for one in {score.project for score in scores} if one}
    named = {one.id: one.name for one in tx.units.all(of.congress)}
    session = tx.sessions.get(actor, of.session)
    last_year = _last_year(tx, actor, [*projects.values()], session.body)
    ranking = tx.settings.get(of.congress, RatingSettings).ranking
    return Results(
        congress=tx.sessions.congress(of.congress),
        session=session,
        round=of,
        rules=rules,
        ratings=ratings,
        projects=_by_project(tx, actor, of, scores, projects, named),
        units=unit_results(scores, named, last_year, ranking=ranking),
        ranking=ranking,
        overall_last=mean(last_year.values()),
    )


def _by_project(
    tx: Transaction,
    actor: Actor,
    of: Round,
    scores: Sequence[Score],
    projects: dict[str, Project],
    named: dict[str, str],
) -> tuple[ProjectResult, ...]:
    completions = completions_of(tx, [*projects.values()])
    found = []
    for one in scores:
        project = projects.get(one.project or "")
        found.append(
            ProjectResult(
                score=one,
                unit=named.get(one.unit or "", ""),
                project=project,
                done=punctuality(project, completions.get(project.id, ())) if project else "",
                last=_last_rate(tx, actor, project, one) if project else None,
                matter=tx.rectifications.of_score(of.congress, of.id, one.number),
            )
        )
    return tuple(found)


def _last_rate(tx: Transaction, actor: Actor, project: Project, now: Score) -> int | None:
    """Of the stage of the year before, where the project has one: like against like."""
    if project.previous is None:
        return None
    before = tx.projects.get(actor, project.previous)
    scores = scores_of_projects(tx, PUBLIC, [before]).get(before.id, ())
    alike = [one for one in scores if (one.part, one.body) == (now.part, now.body) and not one.retest]
    return alike[-1].overall if alike else None


def _last_year(tx: Transaction, actor: Actor, projects: Sequence[Project], body: Body) -> dict[str, int]:
    """The mean rate of each unit the year before: of our rounds, else of the table that was imported.

    Only what is public of it: what comes of this is printed and goes out.
    """
    if not projects:
        return {}
    congress, year = projects[0].congress, projects[0].year - 1
    before = tx.projects.of_year(actor, congress, year)
    ours = [score for scores in scores_of_projects(tx, PUBLIC, before).values() for score in scores]
    if ours:
        return newest_rates(one for one in ours if one.body == body)
    ids = {one.name: one.id for one in tx.units.all(congress)}
    table: dict[str, list[int]] = {}
    for row in tx.earlier.of_year(actor, congress, year):
        if row.unit in ids and row.valid and row.returned >= FEWEST_RETURNED:
            table.setdefault(ids[row.unit], []).append(row.overall_tenths)
    return {unit: rate for unit, some in table.items() if (rate := mean(some)) is not None}
