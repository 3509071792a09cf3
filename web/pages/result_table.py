"""What a round's table of results needs besides the figures: names, and for a 测评 the columns and levels."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from voting.grading import Grading
from voting.outcome import VERDICT_NAMES
from voting.rating.rated import Rated
from voting.rounds import Round, choices
from voting.settling.resolutions import Settled
from voting.wording import Kind
from web.pages.agenda import unreturned

NO_LINKS: Final[Mapping[int, str]] = {}


class ResultTable(Struct, frozen=True, kw_only=True):
    """For the template `conclusion.html`; by the candidates' numbers."""

    kind: Kind
    titles: Mapping[int, str]
    units: Mapping[int, str]
    """责任单位, as far as it is given; of a 测评 only."""
    columns: tuple[str, ...]
    levels: tuple[str, ...]
    links: Mapping[int, str]
    """The page of the project that a candidate is about."""
    unreturned: int | None = None
    """未投, a column beside the answers; None where it is not known."""
    named: tuple[int, ...] = ()
    """Candidates that a resolution added to those whom the votes chose."""
    verdicts: Mapping[Any, str] = field(default_factory=lambda: VERDICT_NAMES)


def table_of(of: Round, links: Mapping[int, str] = NO_LINKS, settled: Settled | None = None) -> ResultTable:
    """The table of this round; `links` lead from a candidate's number to its project's page."""
    rated = isinstance(of.rules, Grading)
    return ResultTable(
        kind=of.kind,
        titles={one.number: one.title for one in of.candidates},
        units={one.number: one.unit for one in of.candidates if rated and one.unit},
        columns=choices(of) if rated else (),
        levels=of.rules.levels if isinstance(of.rules, Grading) else (),
        links=links,
        unreturned=unreturned(of),
        named=settled.by_presidium if settled else (),
        verdicts=_verdicts(settled),
    )


def _verdicts(settled: Settled | None) -> Mapping[Any, str]:
    """Once it is decided, nobody of the tied waits any more."""
    if settled is None or settled.resolution is None or settled.open_places:
        return VERDICT_NAMES
    return {**VERDICT_NAMES, "tied": "未列入"}


def project_links(rated: Iterable[Rated], below: str) -> dict[int, str]:
    """By the number on the ballot, the page of the project that was rated; `below` is where they lie."""
    return {one.number: f"{below}/projects/{one.project}" for one in rated if one.project is not None}
