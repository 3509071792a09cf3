"""What other subjects show on the page of one suggestion: similar ones, candidates made from it.

A panel is a function of the visit and the suggestion: (template, its context), or None for nothing. The
template is included with that context as `panel`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from voting.duties import may
from voting.screening.fates import fate_words
from voting.suggestions import Suggestion
from web.access import Visit
from web.pages.ledger import similar

Panel = tuple[str, dict[str, Any]]


def candidates(visit: Visit, item: Suggestion) -> Panel | None:
    """What became of it as a candidate, and for the drafters the way to make one of it."""
    drafts = may(visit.actor, "draft") and item.state in {"registered", "assigned", "answered"}
    with visit.house.store.read() as tx:
        fates = tx.drafts.of_suggestion(item.id)
    if item.kind == "complaint" or item.merged_into or not (drafts or fates):
        return None
    shown = [(one, fate_words(one)) for one in fates]
    links = visit.actor.role in {"staff", "government_office"}
    return "handling/candidates.html", {"item": item, "fates": shown, "drafts": drafts, "links": links}


PANELS: Final[tuple[Callable[[Visit, Suggestion], Panel | None], ...]] = (similar.panel, candidates)


def panels(visit: Visit, item: Suggestion) -> list[Panel]:
    """All that have something to show to this visitor."""
    return [shown for panel in PANELS if (shown := panel(visit, item)) is not None]
