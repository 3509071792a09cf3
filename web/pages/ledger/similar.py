"""“相似的”, beside one suggestion: what else asks for the same, and merging it."""

from __future__ import annotations

from typing import Any

from voting.duties import may
from voting.similar import Similar
from voting.suggestions import STANDING_NAMES, Suggestion
from voting.words import marked
from web.access import Visit

TEMPLATE = "ledger/similar.html"
_EXCERPT = 90


def panel(visit: Visit, item: Suggestion) -> tuple[str, dict[str, Any]] | None:
    """The template and its context; None for whoever may not read the others, and for a complaint."""
    if not may(visit.actor, "read_suggestions") or item.kind == "complaint":
        return None
    return TEMPLATE, context(visit, item)


def context(visit: Visit, item: Suggestion) -> dict[str, Any]:
    """What `ledger/similar.html` shows."""
    with visit.house.store.read() as tx:
        found = tx.words.similar(visit.actor, item)
        sources = tx.suggestions.merged_into(visit.actor, item.id)
        main = tx.suggestions.get(visit.actor, item.merged_into) if item.merged_into else None
        lines = tx.ledger.lines(visit.actor, [item.id])
    return {
        "item": item,
        "main": main,
        "sources": sources,
        "found": [_shown(one, item) for one in found],
        "raised": lines[0].raised if lines else (),
        "merges": may(visit.actor, "merge"),
        "standings": STANDING_NAMES,
    }


def _shown(one: Similar, item: Suggestion) -> dict[str, Any]:
    text = one.other.text
    excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return {
        "other": one.other,
        "likeness": one.name,
        "title": marked(one.other.title, one.shared),
        "text": marked(excerpt, one.shared),
        "shared": one.shared[:8],
        "state": STANDING_NAMES[one.other.state],
        "together": one.other.merged_into == item.id
        or (item.merged_into is not None and item.merged_into in {one.other.id, one.other.merged_into}),
    }
