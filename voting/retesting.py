"""再测评: projects that were put right are rated again, in a round that names the one before.

The retests of a round stand in a line behind it, in whatever sessions they are held: A ← B ← C. B may hold
some of A's projects and C others; which of two retests was the later one is never in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from voting.actors import Actor
from voting.errors import VotingError
from voting.rounds import Candidate, Round
from voting.store import Transaction


class NoRetest(VotingError):
    """Projects that cannot be rated again like this."""

    sentence = "不能这样再测评。请从已经宣布结果的满意度测评中选择项目。"


def line(tx: Transaction, actor: Actor, first: str) -> tuple[Round, ...]:
    """The round and all that were held because of it, in order; locked. Raises NotFound."""
    found = [tx.rounds.lock(actor, first)]
    while following := _after(tx, actor, found[-1]):
        found.append(tx.rounds.lock(actor, following.id))
    return tuple(found)


def follows(tx: Transaction, actor: Actor, new: Round) -> str:
    """The id of the round that `new`, a retest of some of the projects of the one it names, has to name: the
    last in the line. Raises NoRetest, NotFound.
    """
    if new.relation != "retest" or new.previous is None:
        raise NoRetest
    held = line(tx, actor, new.previous)
    if held[0].kind != "satisfaction" or new.kind != "satisfaction":
        raise NoRetest("只有满意度测评才有再测评。票决之后请用再次票决或者另行票决。")
    if held[0].state not in {"announced", "published"}:
        raise NoRetest("这次测评的结果还没有宣布，不能再测评。请在宣布结果之后再建。")
    _check_projects(held, new.candidates)
    last = held[-1]
    if last.previous and last.state == "drafted" and (last.session, last.title) == (new.session, new.title):
        return last.previous  # entered once more
    if last.state == "drafted":
        raise NoRetest(f"已经起草了再测评“{last.title}”。接着用它；不用的，打开它删除草稿，再建新的。")
    if last.state not in {"announced", "published", "void"}:
        raise NoRetest(f"再测评“{last.title}”还没有结束。请等它宣布结果之后再建。")
    return last.id


def _after(tx: Transaction, actor: Actor, one: Round) -> Round | None:
    return tx.rounds.following(actor, one.id, "retest") or tx.rounds.following(actor, one.id, "repeat")


def _check_projects(held: Sequence[Round], candidates: Sequence[Candidate]) -> None:
    rated = {one.title for round_ in held for one in round_.candidates}
    for one in candidates:
        if one.title not in rated:
            raise NoRetest(f"“{one.title}”不在上次测评的项目之中，不能再测评。请从上次测评的项目中选择。")
