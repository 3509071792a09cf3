"""Everything that the public may read about one project."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import PUBLIC
from voting.days import today
from voting.delivering.overviews import Sheet, sheet
from voting.delivering.projects import Paper, Project, as_known
from voting.publicity.opinions import Opinion
from voting.publicity.scores import CitizenSettings, Tally, may_be_scored, tally
from voting.publicity.speaking import public_project
from voting.rating.overviews import Matter, rectification_of, scores_of
from voting.rating.scores import Score
from voting.reporting.overviews import Progress, progress_of
from voting.rounds import Congress
from voting.store import Store, Transaction
from voting.supervising.overviews import (
    ChangeShown,
    Completed,
    Supervision,
    changes_of,
    completion_of,
    supervision_of,
)

MOST_OPINIONS: Final = 100


class ProjectPage(Struct, frozen=True, kw_only=True):
    """`tally` is None where citizens' scores are off; `scorable`: whether one may be given now."""

    congress: Congress
    day: date
    sheet: Sheet
    progress: Progress
    scores: tuple[Score, ...]
    matters: tuple[Matter, ...]
    papers: tuple[Paper, ...]
    supervision: Supervision
    changes: tuple[ChangeShown, ...]
    completed: Completed
    opinions: tuple[Opinion, ...]
    settings: CitizenSettings
    tally: Tally | None
    scorable: bool

    @property
    def project(self) -> Project:
        return self.sheet.project


def project_page(store: Store, congress_id: str, project_id: str, now: datetime) -> ProjectPage:
    """Raises NotFound: no such project, of another congress, or not handed over yet."""
    day = today(now)
    with store.read() as tx:
        found = public_project(tx, congress_id, project_id)
        settings = tx.settings.get(congress_id, CitizenSettings)
        return ProjectPage(
            congress=tx.sessions.congress(congress_id),
            day=day,
            sheet=sheet(tx, PUBLIC, found),
            progress=progress_of(tx, PUBLIC, as_known(PUBLIC, found), day),
            scores=scores_of(tx, PUBLIC, found),
            matters=rectification_of(tx, PUBLIC, found),
            papers=tx.project_files.papers(PUBLIC, found),
            supervision=supervision_of(tx, PUBLIC, found),
            changes=changes_of(tx, PUBLIC, found),
            completed=completion_of(tx, PUBLIC, found),
            opinions=tx.citizens.released(found, MOST_OPINIONS),
            settings=settings,
            tally=_tally(tx, found, settings),
            scorable=may_be_scored(settings, found),
        )


def _tally(tx: Transaction, of: Project, settings: CitizenSettings) -> Tally | None:
    if settings.scores == "off":
        return None
    return tally(settings.scores, tx.citizens.score_counts(of, settings.scores))
