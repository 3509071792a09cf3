"""年度报告: gathered from all rooms, as far as it may be published, and made into a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Final

from msgspec.structs import asdict

from voting.actors import PUBLIC, Actor, system
from voting.days import today
from voting.delivering.projects import STATE_NAMES, Project, as_known
from voting.documents.annual_report import annual_report_docx
from voting.duties import demand
from voting.ledger import Tally
from voting.outcome import VERDICT_NAMES
from voting.rating.overviews import rectification_of, scores_of_projects
from voting.rating.rectifications import STATE_NAMES as MATTER_STATES
from voting.rating.scores import Score
from voting.ratings import UNGRADED, percent
from voting.reporting.baseline import actual, expected
from voting.reporting.overviews import Known, known_of
from voting.screening.drafts import check_year
from voting.screening.plans import target_words
from voting.store import Store, Transaction
from voting.store.totals import Grouping
from voting.suggestions import SOURCE_NAMES
from voting.supervising.changes import KIND_NAMES
from voting.supervising.overviews import changes_of, supervision_of
from voting.years.annual_facts import (
    AnnualReport,
    CandidateRow,
    ChangeRow,
    ProjectRow,
    RectificationRow,
    ScoreRow,
    SupervisionRow,
    VoteRows,
)
from voting.years.earlier import EarlierScore
from voting.years.importing import earlier_scores
from voting.years.votes import Voted, rounds_of, slates_of, voted_of

NOT_PUBLISHED: Final = "尚未公布"


def annual_report(store: Store, actor: Actor, year: int, now: datetime) -> bytes:
    """The .docx. Raises DraftStep (the year), MissingFont, Forbidden."""
    demand(actor, "keep_year")
    check_year(year)
    with store.read() as tx:
        facts = gather(tx, actor, year, today(now))
    return annual_report_docx(facts)


def gather(tx: Transaction, actor: Actor, year: int, day: date) -> AnnualReport:
    """What may be published, whoever asks: votes and tests after 公布, and then as far as their rules say."""
    every = tx.projects.of_year(actor, actor.congress, year)
    units = {one.id: one.name for one in tx.units.all(actor.congress)}
    slates = slates_of(tx, actor, year)
    voted = voted_of(tx, rounds_of(tx, actor, year, slates, every), slates)
    projects = _known_to_all(every, voted)
    totals = tx.totals.of_all(actor, year)
    names = {one.id: one.name for one in tx.categories.all(actor.congress)}
    known = known_of(tx, actor, projects, day)
    return AnnualReport(
        congress=tx.sessions.congress(actor.congress).name,
        year=year,
        day=day,
        suggestions=_whole(totals.get("source", {})),
        by_category=_counts(totals, "category", names),
        by_source=_counts(totals, "source", {str(key): words for key, words in SOURCE_NAMES.items()}),
        drafts=len(tx.drafts.of_year(actor, year)),
        votes=tuple(_vote(one) for one in voted),
        projects=tuple(_project(one, units, known[one.id]) for one in projects),
        supervision=_supervision(tx, actor, projects),
        changes=_changes(tx, actor, projects),
        scores=_scores(tx, actor, projects, units, year),
        rectifications=_rectifications(tx, projects),
        closed=_closed(tx, actor, projects),
    )


def _known_to_all(projects: Sequence[Project], voted: Sequence[Voted]) -> tuple[Project, ...]:
    """Without plans that are still being written, and without those that a vote has chosen whose result is
    not published and that nobody handed over."""
    silent = {one.round.id for one in voted if one.disclosed is None}
    return tuple(
        as_known(PUBLIC, one) for one in projects if one.state != "chosen" or one.round not in silent
    )


def _whole(by_source: Mapping[str, Tally]) -> Tally:
    """Every suggestion has one source: they add up to all."""
    names = Tally.__struct_fields__
    return Tally(**{name: sum(asdict(one)[name] for one in by_source.values()) for name in names})


def _counts(
    totals: Mapping[Grouping, Mapping[str, Tally]], grouping: Grouping, names: Mapping[str, str]
) -> tuple[tuple[str, int], ...]:
    found = [(names.get(key, "未分类"), one.received) for key, one in totals.get(grouping, {}).items()]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _vote(voted: Voted) -> VoteRows:
    disclosed = voted.disclosed
    votes = {one.number: one.votes for one in disclosed.standings} if disclosed else {}
    results = {one.number: VERDICT_NAMES[one.status] for one in disclosed.standings} if disclosed else {}
    return VoteRows(
        session=voted.session,
        title=voted.round.title,
        sentences=disclosed.sentences if disclosed else (),
        rows=tuple(
            CandidateRow(
                number=one.number,
                title=one.title,
                cost=one.cost,
                unit=one.unit,
                result=results.get(one.number, NOT_PUBLISHED),
                votes=votes.get(one.number),
            )
            for one in voted.round.candidates
        ),
    )


def _project(of: Project, units: Mapping[str, str], known: Known) -> ProjectRow:
    as_of = known.reported.as_of
    return ProjectRow(
        number=of.number,
        title=of.title,
        unit=units.get(of.lead_unit or "", ""),
        state=STATE_NAMES[of.state],
        planned=of.planned,
        spent=of.spent,
        percent=actual(known.milestones, known.reported.percents),
        expected=expected(known.milestones, as_of) if as_of else 0,
        light=known.light.name,
        color=known.light.color,
        light_words=known.light.words,
        targets=target_words(of.targets),
        deadline=of.deadline,
        cancelled=of.state == "cancelled",
    )


def _supervision(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> tuple[SupervisionRow, ...]:
    warnings = tx.warnings.of_projects(actor, projects) if projects else {}
    rows = []
    for one in projects:
        found = supervision_of(tx, actor, one)
        rows.append(
            SupervisionRow(
                title=one.title,
                visits=len(found.visits),
                warnings=sum(warned.issued_at is not None for warned in warnings.get(one.id, ())),
                orders=len(found.orders),
                orders_done=sum(order.order.state == "accepted" for order in found.orders),
                conferences=len(found.conferences),
            )
        )
    return tuple(rows)


def _changes(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> tuple[ChangeRow, ...]:
    return tuple(
        ChangeRow(
            title=one.title,
            kind=KIND_NAMES[shown.change.kind],
            lines=shown.lines,
            decision="　".join(filter(None, [shown.change.session, shown.change.number])),
        )
        for one in projects
        for shown in changes_of(tx, actor, one)
        if shown.change.state == "approved"
    )


def _scores(
    tx: Transaction, actor: Actor, projects: Sequence[Project], units: Mapping[str, str], year: int
) -> tuple[ScoreRow, ...]:
    found = scores_of_projects(tx, PUBLIC, projects) if projects else {}
    before = _before(tx, actor, year)
    return tuple(
        ScoreRow(
            score=score,
            unit=units.get(score.unit or "", ""),
            before="" if score.retest else before.get(score.title, ""),
        )
        for one in projects
        for score in found.get(one.id, ())
    )


def _before(tx: Transaction, actor: Actor, year: int) -> dict[str, str]:
    """By the title that was rated, a part's or a whole project's, what the tests of the year before came to;
    of what had none here, what the office's table says."""
    last = tx.projects.of_year(actor, actor.congress, year - 1)
    scores = scores_of_projects(tx, PUBLIC, last) if last else {}
    titled: dict[str, list[Score]] = {}
    for one in chain.from_iterable(scores.values()):
        titled.setdefault(one.title, []).append(one)
    typed: dict[str, list[EarlierScore]] = {}
    for row in earlier_scores(tx, actor, actor.congress, year - 1):
        typed.setdefault(row.project, []).append(row)
    return {title: _typed(rows) for title, rows in typed.items()} | {
        title: _tested(some) for title, some in titled.items()
    }


def _tested(scores: Sequence[Score]) -> str:
    """One line a test: the first alone needs no name."""
    first = [one for one in scores if not one.retest]
    named = [one.round_title if len(first) > 1 else "" for one in first]
    lines = [
        f"{name}：{_came_to(one)}" if name else _came_to(one) for name, one in zip(named, first, strict=True)
    ]
    return "\n".join([*lines, *(f"再测评：{_came_to(one)}" for one in scores if one.retest)])


def _typed(rows: Sequence[EarlierScore]) -> str:
    """One line a unit, named where there are several."""
    if len(rows) == 1:
        return rows[0].overall
    return "\n".join(f"{one.unit or '未写单位'}：{one.overall}" for one in rows)


def _came_to(score: Score) -> str:
    return percent(score.overall) if score.overall is not None else score.level or UNGRADED


def _rectifications(tx: Transaction, projects: Sequence[Project]) -> tuple[RectificationRow, ...]:
    """Still open, as on the project's public page."""
    return tuple(
        RectificationRow(
            title=matter.rectification.title,
            unit=matter.unit,
            level=matter.rectification.level,
            state=MATTER_STATES[matter.rectification.state],
            due=matter.rectification.due,
            retest=matter.retest.words if matter.retest else "",
        )
        for one in projects
        for matter in rectification_of(tx, PUBLIC, one)
    )


def _closed(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> int:
    """How many were struck off, of tests that are published."""
    done = [one for one in tx.rectifications.of_projects(actor, projects) if not one.open] if projects else []
    rounds = {one.round: tx.rounds.get(system(actor.congress), one.round) for one in done}
    return sum(rounds[one.round].state == "published" for one in done)
