"""Ballot papers filled in, and the rules and outcomes that go with them, as JSON the verifier can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

import msgspec

from ballots.companion import STANCES
from ballots.election import Question
from ballots.encoding import encode


def allowed(question: Question) -> Iterator[list[int]]:
    """Every way of filling in a question according to its rules; the blank is the first."""
    if question.has_blank:
        yield [1] + [0] * len(question.answers)
    for bits in product((0, 1), repeat=len(question.answers)):
        if question.min <= sum(bits) <= question.max:
            yield [0, *bits] if question.has_blank else [*bits]


def way(question: Question, number: int) -> list[int]:
    """One of the first eight of them, round and round."""
    ways = list(islice(allowed(question), 8))
    return ways[number % len(ways)]


def rules_for(questions: Sequence[Question]) -> bytes:
    """Rules that call for this ballot paper, where there are any; else those of one question."""
    first = questions[0]
    if first.answers == STANCES:
        return encode({"ballot": "for_against", "candidates": len(questions), "places": len(questions)})
    if first.answers[-1] == STANCES[-1]:
        unknown = first.answers[-2] == "不了解"
        levels = first.answers[: -2 if unknown else -1]
        return encode({"ballot": "grades", "projects": len(questions), "levels": levels, "unknown": unknown})
    return encode({"ballot": "select_k", "candidates": len(first.answers), "places": first.max})


def outcome_for(rules: bytes, result: Sequence[Sequence[int]]) -> msgspec.Raw:
    """As much of an outcome as the verifier holds against the counts and the report."""
    form = msgspec.json.decode(rules)["ballot"]
    if form == "grades":
        grades = [
            {"number": number, "level": "满意", "counts": row, "satisfied": 976, "overall": None}
            for number, row in enumerate(result, 1)
        ]
        return msgspec.Raw(encode({"status": "graded", "grades": grades, "overall": 1000}))
    votes = [row[0] for row in result] if form == "for_against" else result[0][1:]
    standings = [{"number": number, "votes": count} for number, count in enumerate(votes, 1)]
    return msgspec.Raw(encode({"status": "complete", "standings": standings, "chosen": [1], "tied": []}))
