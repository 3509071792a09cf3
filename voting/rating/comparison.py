"""Results side by side: of each unit, against the year before, and in time or not. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from voting.rating.scores import Score


class UnitResult(Struct, frozen=True, kw_only=True):
    """All that a unit was rated for in one round. Rates in tenths of a per cent, None where there is none.

    `levels`: (level, how many), from the best; `rank` is None where units are not ranked.
    """

    unit: str
    name: str
    levels: tuple[tuple[str, int], ...]
    mean: int | None
    last: int | None = None
    rank: int | None = None

    @property
    def change(self) -> int | None:
        """Against the year before, in tenths of a point."""
        return None if self.mean is None or self.last is None else self.mean - self.last


def unit_results(
    scores: Sequence[Score], names: Mapping[str, str], last: Mapping[str, int], *, ranking: bool
) -> tuple[UnitResult, ...]:
    """By rank where units are ranked, else by name; `names` and `last` (rates) by unit."""
    by_unit: dict[str, list[Score]] = {}
    for one in scores:
        if one.unit is not None:
            by_unit.setdefault(one.unit, []).append(one)
    found = [
        UnitResult(
            unit=unit,
            name=names.get(unit, ""),
            levels=_levels(some),
            mean=mean(one.overall for one in some),
            last=last.get(unit),
        )
        for unit, some in by_unit.items()
    ]
    return _ranked(found) if ranking else tuple(sorted(found, key=lambda one: one.name))


def mean(rates: Iterable[int | None]) -> int | None:
    """Half rounded up; None if there is nothing to take it of."""
    known = [one for one in rates if one is not None]
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known else None


def newest_rates(scores: Iterable[Score]) -> dict[str, int]:
    """The mean 总体满意率 of each unit, of the scores that were no retests."""
    by_unit: dict[str, list[int]] = {}
    for one in scores:
        if one.unit is not None and one.overall is not None and not one.retest:
            by_unit.setdefault(one.unit, []).append(one.overall)
    return {unit: rate for unit, some in by_unit.items() if (rate := mean(some)) is not None}


def signed(change: int | None) -> str:
    """`+1.2`, `-0.5`, `0.0`, in points; None as —."""
    if change is None:
        return "—"
    sign = "+" if change > 0 else "-" if change < 0 else ""
    return f"{sign}{abs(change) // 10}.{abs(change) % 10}"


def _levels(scores: Sequence[Score]) -> tuple[tuple[str, int], ...]:
    counted = Counter(one.level for one in scores)
    order = [name for name in scores[0].columns if name in counted]
    return tuple((name, counted[name]) for name in order)


def _ranked(found: Sequence[UnitResult]) -> tuple[UnitResult, ...]:
    """Equal rates share the better rank; who has none stands last without one."""
    ordered = sorted(found, key=lambda one: (-(one.mean if one.mean is not None else -1), one.name))
    means = [one.mean for one in ordered]
    return tuple(one if one.mean is None else replace(one, rank=means.index(one.mean) + 1) for one in ordered)
