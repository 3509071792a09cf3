"""建议办理 of the units in a year: computed, entered, and put to the deputies as a round of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, NotFound
from voting.duties import demand
from voting.rating.rated import Rated
from voting.rating.refusals import RatingError
from voting.rating.rounds_over_projects import Wanted, keep_round
from voting.rating.settings import ASPECT_NAMES, ENTERED, Aspect, RatingSettings, Weights
from voting.rating.unit_index import DEFINITIONS, UnitIndex, check_weights, unit_indexes
from voting.ratings import percent
from voting.rounds import Candidate, Round
from voting.store import Store, Transaction

SIDES: Final = ("办理过程", "办理结果")
"""Each unit is rated for both."""
_SHOWN: Final[dict[str, tuple[Aspect, ...]]] = {
    "办理过程": ("met", "online"),
    "办理结果": ("finished", "satisfied", "solved"),
}


class UnitTable(Struct, frozen=True, kw_only=True):
    """The units that lead 代表建议 of a year."""

    year: int
    units: tuple[UnitIndex, ...]
    weights: Weights
    ranking: bool


def table(store: Store, actor: Actor, year: int) -> UnitTable:
    """Raises Forbidden."""
    demand(actor, "rate")
    with store.read() as tx:
        return _table(tx, actor, year)


def enter(
    store: Store, actor: Actor, year: int, unit: str, points: Mapping[Aspect, int], now: datetime
) -> None:
    """What nobody can compute: 0 to 100 for each. Raises RatingError, NotFound, Forbidden."""
    demand(actor, "rate")
    for aspect, score in points.items():
        if aspect not in ENTERED or not 0 <= score <= 100:
            raise RatingError("分值应在0至100之间。请修改。")
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        if unit not in {one.id for one in tx.units.all(actor.congress)}:
            raise NotFound
        before = tx.aspects.entered(actor, year).get(unit, {})
        changed = {aspect: score for aspect, score in points.items() if before.get(aspect) != score}
        if not changed:
            return
        for aspect, score in changed.items():
            tx.aspects.enter(actor, year, unit, aspect, score, now)
        told = {ASPECT_NAMES[aspect]: score for aspect, score in changed.items()}
        was = {ASPECT_NAMES[aspect]: before.get(aspect) for aspect in changed}
        tx.audit.add(actor, "enter_aspect", now, "unit", unit, before=was, after=told)


def set_weights(store: Store, actor: Actor, weights: Weights, now: datetime) -> None:
    """Raises RatingError, Forbidden."""
    demand(actor, "change_settings")
    check_weights(weights)
    with store.write() as tx:
        kept = tx.settings.get(actor.congress, RatingSettings)
        tx.settings.put(actor, replace(kept, weights=weights), now)


def make_round(
    store: Store, actor: Actor, year: int, wanted: Wanted, units: Sequence[str], now: datetime
) -> Round:
    """Two rows of the ballot for each unit, 过程 and 结果, with the figures of the year.

    Raises RatingError, RulesError, TextError, DraftError, NotFound, Forbidden.
    """
    demand(actor, "rate")
    if not units:
        raise RatingError("没有选择单位。请至少选择一个。")
    with store.write() as tx:
        rows = {one.unit: one for one in _table(tx, actor, year).units}
        if not set(units) <= set(rows):
            raise NotFound
        pairs = [(rows[unit], side) for unit in dict.fromkeys(units) for side in SIDES]
        printed = [_candidate(number, one, side) for number, (one, side) in enumerate(pairs, start=1)]
        behind = [
            Rated(congress=actor.congress, round="", number=row.number, title=row.title, unit=one.unit)
            for row, (one, _) in zip(printed, pairs, strict=True)
        ]
        return keep_round(tx, actor, wanted, printed, behind, now)


def _table(tx: Transaction, actor: Actor, year: int) -> UnitTable:
    kept = tx.settings.get(actor.congress, RatingSettings)
    named = {one.id: one.name for one in tx.units.all(actor.congress)}
    counts, entered = tx.aspects.counts(actor, year), tx.aspects.entered(actor, year)
    units = unit_indexes(counts, named, entered, kept.weights, ranking=kept.ranking)
    return UnitTable(year=year, units=units, weights=kept.weights, ranking=kept.ranking)


def _candidate(number: int, one: UnitIndex, side: str) -> Candidate:
    said = "；".join(f"{ASPECT_NAMES[aspect]}{percent(one.aspects[aspect])}" for aspect in _SHOWN[side])
    explained = "\n".join(f"{ASPECT_NAMES[aspect]}：{DEFINITIONS[aspect]}" for aspect in _SHOWN[side])
    return Candidate(
        number=number,
        title=f"{one.name}：{side}",
        content=f"主办代表建议{one.counts.handled}件。{said}。\n{explained}",
        unit=one.name,
    )
