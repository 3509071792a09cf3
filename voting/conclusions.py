"""What counts come to under the rules of a round of either kind. Pure."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from voting.counts import Counts, GradeCounts, wrong_form
from voting.grading import Grading, columns
from voting.outcome import Outcome, aligned, decide, outcome_text
from voting.ratings import STATUS_NAMES, UNGRADED, Ratings, percent, rate, tenths
from voting.rules import RoundRules, Rules

Conclusion = Outcome | Ratings

_SCHEMA_TITLES: Final[dict[str, str]] = {
    "Rules": "票决办法",
    "Grading": "测评办法",
    "SelectCounts": "票数（差额票决票）",
    "ApprovalCounts": "票数（逐项表决票）",
    "GradeCounts": "票数（满意度测评票）",
}


def conclude(rules: RoundRules, counts: Counts) -> Conclusion:
    """Who is chosen, or how each project is rated.

    Raises RulesError; CountsError when figures contradict one another or are those of other ballots.
    """
    if isinstance(rules, Grading) and isinstance(counts, GradeCounts):
        return rate(rules, counts)
    if isinstance(rules, Rules) and not isinstance(counts, GradeCounts):
        return decide(rules, counts)
    raise wrong_form(rules, counts)


def schemas() -> dict[str, Any]:
    """JSON Schema of what `decode_rules` and `decode_counts` read, under "rules" and "counts"."""
    either, defined = msgspec.json.schema_components((Rules, Grading), ref_template="#/$defs/{name}")
    return {
        "rules": _titled({"anyOf": list(either), "$defs": defined}),
        "counts": _titled(msgspec.json.schema(Counts)),
    }


def conclusion_text(rules: RoundRules, concluded: Conclusion) -> str:
    """The conclusion as a plain text report: what was decided, the table, and why for each project."""
    if isinstance(rules, Grading) and isinstance(concluded, Ratings):
        return _ratings_text(rules, concluded)
    if isinstance(concluded, Outcome):
        return outcome_text(concluded)
    raise TypeError("a conclusion under rules of another kind")


def _titled(schema: dict[str, Any]) -> dict[str, Any]:
    """The docstrings of the classes are for programmers: their place is taken by a name in words."""
    defined = {
        name: {key: value for key, value in definition.items() if key != "description"}
        | {"title": _SCHEMA_TITLES[name]}
        for name, definition in schema["$defs"].items()
    }
    return {**schema, "$defs": defined}


def _ratings_text(rules: Grading, ratings: Ratings) -> str:
    parts = [f"结果：{STATUS_NAMES[ratings.status]}", "\n".join(ratings.sentences)]
    if ratings.grades:
        parts.append(_table(rules, ratings))
        parts.append("\n".join(f"{one.number}号：{one.reason}" for one in ratings.grades))
    return "\n\n".join(parts) + "\n"


def _table(rules: Grading, ratings: Ratings) -> str:
    points = ["平均分"] if rules.method == "points" else []
    head = ["序号", *columns(rules), "满意率", "总体满意率", *points, "等次"]
    rows = [
        [
            f"{one.number}号",
            *map(str, one.counts),
            percent(one.satisfied),
            percent(one.overall),
            *(tenths(one.score) for _ in points),
            one.level or UNGRADED,
        ]
        for one in ratings.grades
    ]
    return aligned([head, *rows])
