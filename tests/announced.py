"""Rounds whose result the chair has announced, for tests of what follows: counts without ballots.

made = announced(county, (5, 3, 4), places=2)                       # candidates 1 and 3 are chosen
made = announced(county, (5, 3, 4), places=2, publish="list")       # … and their votes kept back
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tests.county import Body, new_id
from voting import drafting
from voting.cycle import State
from voting.rounds import Candidate, Round
from voting.rules import Rules

DEPUTIES: Final = 7


def announced(
    body: Body,
    votes: Sequence[int],
    *,
    places: int = 2,
    state: State = "announced",
    candidates: Sequence[Candidate] = (),
    **rules: Any,
) -> Round:
    """A 差额 round of seven deputies in a session of its own, with these votes in printed order."""
    facts: dict[str, Any] = {
        "ballot": "select_k",
        "candidates": len(votes),
        "places": places,
        "publish": "list_and_votes",
    }
    said = Rules(**{**facts, **rules})
    name = f"第{new_id('session')[:6]}次会议"
    session = drafting.create_session(body.store, body.staff, name, DEPUTIES, body.random)
    on = candidates or tuple(
        Candidate(
            number=n,
            title=f"候选项目{n}",
            content=f"做第{n}件事。",
            place="东河镇",
            cost=f"{n}00.5万元",
            unit=f"{body.units[0].name}（配合：县财政局）",
            deadline="当年完成：10月底前",
        )
        for n in range(1, len(votes) + 1)
    )
    drafted = drafting.create_round(
        body.store, body.staff, session.id, "民生实事项目票决", said, on, body.now()
    )
    return count(body, drafted, votes, state)


def count(body: Body, drafted: Round, votes: Sequence[int], state: State = "announced") -> Round:
    """The drafted round as if it had been held: everybody came, and these are the votes."""
    fields = {"state": state, "present": DEPUTIES, "issued": DEPUTIES, "returned": DEPUTIES}
    with body.store.write() as tx:
        counted = tx.rounds.change(tx.rounds.lock(body.staff, drafted.id), **fields)
        result = {"result": [[max(0, DEPUTIES - sum(votes)), *votes]]}
        tx.rounds.keep_result(counted, msgspec.json.encode(result))
        return counted
