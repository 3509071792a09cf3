"""From the announced round to projects, in one step; and those that no round here has chosen."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.cycle import already
from voting.days import today
from voting.delivering.choosing import cost_of, same_title, units_of
from voting.delivering.projects import Project, ProjectError, ProjectStep, yuan
from voting.duties import demand
from voting.rounds import Candidate, Round
from voting.rules import Rules
from voting.screening.drafts import check_year
from voting.screening.plans import MOST_STAGE, Plan
from voting.screening.slates import Slate
from voting.settling.deciding import choices, known_settled
from voting.settling.resolutions import Settled, basis
from voting.store import Store, Transaction


class Choice(Struct, frozen=True, kw_only=True):
    """What an announced round leads to: `numbers` as the projects will be numbered, and what is left open.

    `year` is the one they are usually for. `decided` says in words what was decided about places that the
    votes left open; `unknown`: a decision waits to be announced.
    """

    round: Round
    year: int
    numbers: tuple[int, ...]
    open_places: int
    decided: tuple[str, ...]
    unknown: bool
    projects: tuple[Project, ...]


class _Source(Struct, frozen=True):
    """The draft behind a candidate, and what its frozen version says."""

    draft: str
    plan: Plan


def choice(store: Store, actor: Actor, round_id: str) -> Choice:
    """Raises ProjectError, NotFound, Forbidden."""
    demand(actor, "hand_over")
    with store.read() as tx:
        of = tx.rounds.get(actor, round_id)
        decided = _decided(tx, of)
        found = tx.projects.of_round(actor, round_id)
        return Choice(
            round=of,
            year=found[0].year if found else _usual_year(tx, actor, of),
            numbers=decided.chosen,
            open_places=decided.open_places,
            decided=decided.sentences,
            unknown=decided.resolution is None and tx.resolutions.of(of) is not None,
            projects=found,
        )


def waiting(store: Store, actor: Actor) -> tuple[Round, ...]:
    """Announced rounds of which no project was made yet, newest first. Raises Forbidden."""
    demand(actor, "hand_over")
    with store.read() as tx:
        return waiting_rounds(tx, actor)


def waiting_rounds(tx: Transaction, actor: Actor) -> tuple[Round, ...]:
    """As `waiting`, for whoever may hand over."""
    done = tx.projects.rounds(actor)
    return tuple(
        one
        for one in tx.rounds.listing(actor)
        if one.kind == "decision"
        and one.state in {"announced", "published"}
        and one.id not in done
        and _chooses_any(tx, one)
    )


def unfilled_rounds(tx: Transaction, actor: Actor, year: int) -> tuple[Round, ...]:
    """Rounds with projects of this year, and places that the 主席团 may still fill or has filled since."""
    of_year = tx.projects.of_year(actor, actor.congress, year)
    made = Counter(one.round for one in of_year if one.round is not None)
    rounds = {key: tx.rounds.get(actor, key) for key in made}
    return tuple(of for key, of in rounds.items() if _has_room(tx, of, made[key]))


def _has_room(tx: Transaction, of: Round, number: int) -> bool:
    return number < len(_decided(tx, of).chosen) or _waits_for_presidium(tx, of)


def projects_from_round(
    store: Store, actor: Actor, round_id: str, year: int, now: datetime
) -> tuple[Project, ...]:
    """All projects of the round, with those that the 主席团 has named and the chair has announced; those that
    are there already stay as they are.

    A run-off or supplementary round goes on where the year's numbers end. Raises ProjectError, DraftStep (the
    year), NotFound, Forbidden.
    """
    demand(actor, "hand_over")
    check_year(year)
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        of = tx.rounds.get(actor, round_id)
        decided = _decided(tx, of)
        found = tx.projects.of_round(actor, round_id)
        _demand_year(found, year)
        there = {one.candidate for one in found}
        missing = [one for one in decided.chosen if one not in there]
        if not missing and not found:
            raise ProjectError("这一轮没有项目入选，不能转为项目。由主席团决定的，请先登记决定。")
        return (*found, *_make(tx, actor, of, missing, decided, year, now))


def _make(
    tx: Transaction, actor: Actor, of: Round, numbers: list[int], decided: Settled, year: int, now: datetime
) -> list[Project]:
    if not numbers:
        return []
    first = tx.projects.last_number(of.congress, year) + 1
    sources = _sources(tx, actor, of)
    current = {one.id: one.name for one in tx.units.current(of.congress)}
    said = [_said(of.candidates[number - 1], sources.get(number), current) for number in numbers]
    made = [
        Project(
            id=uuid4().hex,
            congress=of.congress,
            year=year,
            number=place,
            state="chosen",
            basis=basis(decided.resolution) if decided.resolution and number in decided.by_presidium else "",
            round=of.id,
            candidate=number,
            made_at=now,
            **fields,
        )
        for place, (number, (fields, _)) in enumerate(zip(numbers, said, strict=True), start=first)
    ]
    tx.projects.add_many(made)
    for new, (_, assisting) in zip(made, said, strict=True):
        tx.projects.set_assisting(new, assisting)
        tx.audit.add(actor, "make_project", now, "project", new.id, after=summary(new))
    return made


def _said(
    candidate: Candidate, source: _Source | None, current: dict[str, str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Fields of the project as they were voted on, and the units that assist; `current` names units by id."""
    if source is None:
        return _said_on_ballot(candidate, current), ()
    plan = source.plan
    lead, assisting = units_of(plan, current)
    fields = {
        "title": candidate.title,
        "content": plan.content,
        "place": plan.place,
        "planned": yuan(plan.cost),
        "targets": plan.targets,
        "completion": plan.completion,
        "stage": plan.stage,
        "funds": plan.funds,
        "lead_unit": lead,
        "draft": source.draft,
    }
    return fields, assisting


def _said_on_ballot(candidate: Candidate, current: dict[str, str]) -> dict[str, Any]:
    name = candidate.unit.partition("（")[0].strip()
    return {
        "title": candidate.title,
        "content": candidate.content,
        "place": candidate.place,
        "planned": cost_of(candidate),
        "stage": candidate.deadline[:MOST_STAGE],
        "lead_unit": next((unit for unit, named in current.items() if named == name), None),
    }


def _slate(tx: Transaction, actor: Actor, of: Round) -> Slate | None:
    """The frozen list from which this round, or the one it follows, was made."""
    first = of
    while first.previous is not None:
        first = tx.rounds.get(actor, first.previous)
    return next((one for one in tx.slates.listing(actor) if one.round == first.id), None)


def _sources(tx: Transaction, actor: Actor, of: Round) -> dict[int, _Source]:
    """By printed number, the drafts behind the candidates.

    A candidate whose title staff changed afterwards is no longer the draft's.
    """
    slate = _slate(tx, actor, of)
    if slate is None:
        return {}
    entries = tx.slates.entries(slate)
    plans = tx.drafts.plans(slate.congress, [(one.draft, one.version) for one in entries])
    return {
        candidate.number: _Source(draft=entry.draft, plan=plans[entry.draft])
        for candidate in of.candidates
        for entry in entries
        if same_title(entry.title, candidate.title)
    }


def _usual_year(tx: Transaction, actor: Actor, of: Round) -> int:
    """Of the list; without one, the year of a session in its first months, else the next."""
    slate = _slate(tx, actor, of)
    if slate is not None:
        return slate.year
    held = today(of.drafted_at)
    return held.year if held.month <= _LAST_MONTH else held.year + 1


_LAST_MONTH = 8


def _decided(tx: Transaction, of: Round) -> Settled:
    """Raises ProjectError unless the round has chosen projects and the chair has said so."""
    if not isinstance(of.rules, Rules):
        raise ProjectError("满意度测评不产生新的项目。请选择票决产生项目的那一轮。")
    if of.state == "void":
        raise ProjectError("这一轮票决无效，没有产生项目。请在重新票决之后再转为项目。")
    if not already(of.state, "announce"):
        raise ProjectError("票决结果还没有宣布，不能转为项目。请在执行主席宣布结果以后再办。")
    decided = known_settled(tx, of)
    if decided is None:
        raise ProjectError("这一轮票决无效，没有产生项目。请在重新票决之后再转为项目。")
    return decided


def _waits_for_presidium(tx: Transaction, of: Round) -> bool:
    open_to = choices(tx, of)
    return open_to is not None and open_to.needs_decision and tx.resolutions.of(of) is None


def _chooses_any(tx: Transaction, of: Round) -> bool:
    try:
        decided = _decided(tx, of)
    except ProjectError:
        return False
    return bool(decided.chosen) or _waits_for_presidium(tx, of)


def _demand_year(found: tuple[Project, ...], year: int) -> None:
    if found and found[0].year != year:
        raise ProjectStep(f"这一轮的项目已经列为{found[0].year}年的项目，不能再列为{year}年的。请核对年度。")


def summary(one: Project) -> dict[str, object]:
    """For 操作日志."""
    said: dict[str, object] = {"title": one.title, "year": one.year, "number": one.number}
    return said | ({"basis": one.basis} if one.basis else {})
