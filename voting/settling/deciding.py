"""A resolution is entered, made known, or withdrawn before anybody knows; and what a round comes to with it.

    announced ── settle ──→ entered ── make_known ──→ known
                               └────── withdraw ────→ as if nothing had been entered

Staff enter it as the 主席团 has decided, the chair reads it out in the hall; where there is no hall any more,
staff note that it was made known. What follows (projects, the public page) waits for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import PUBLIC, Actor, require
from voting.errors import VotingError
from voting.outcome import Outcome
from voting.rounds import Relation, Round, relation_name, words_of
from voting.rules import Rules
from voting.settling.resolutions import (
    NOT_SETTLED_ELSEWHERE,
    AlreadySettled,
    Decision,
    NothingOpen,
    Resolution,
    Settled,
    Way,
    check_chosen,
    check_decision,
    check_way,
    eligible,
    left_open,
    needs_decision,
    settled,
    ways,
)
from voting.store import Store, Transaction
from voting.tally_report import figures_of

FURTHER: tuple[Relation, ...] = ("runoff", "supplementary")
"""Rounds over the places that a round left open."""


class AlreadyKnown(VotingError):
    """A resolution that everybody has heard of."""

    sentence = "这项决定已经宣布，不能撤回。确需更改的，请由主席团重新决定并另行公告。"


class NothingDecided(VotingError):
    """A resolution that is not there, or not any more."""

    sentence = "这一轮没有登记决定，或者刚刚撤回了。请刷新页面查看最新情况。"


class Choices(Struct, frozen=True, kw_only=True):
    """What may be decided about a round, for the form."""

    places: int
    ways: tuple[Way, ...]
    eligible: tuple[int, ...]
    needs_decision: bool


def settle(
    store: Store,
    actor: Actor,
    round_id: str,
    way: Way,
    chosen: Sequence[int],
    decision: Decision,
    now: datetime,
) -> Resolution:
    """Enter what was decided about the open places. The same once more changes nothing.

    Raises NothingOpen, AlreadySettled, SettlingError, TextError, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        _, outcome = _decided(tx, of)
        check_way(outcome, way)
        paper = check_decision(outcome, decision, words_of(of, tx.sessions.get(actor, of.session)))
        new = Resolution(
            congress=of.congress,
            round=of.id,
            way=way,
            chosen=check_chosen(outcome, way, chosen),
            number=paper.number or None,
            day=paper.day,
            words=paper.words,
            by=actor.name,
            at=now,
        )
        there = tx.resolutions.of(of)
        if there is not None and replace(new, by=there.by, at=there.at, known_at=there.known_at) == there:
            return there
        _demand_untouched(tx, actor, of, there)
        tx.resolutions.add(new)
        tx.steps.add(actor, of, "settle", now, note="".join(_words(tx, of, new)))
        return new


def withdraw(store: Store, actor: Actor, round_id: str, now: datetime) -> None:
    """Entered by mistake: the places are open again. Once more changes nothing.

    Raises AlreadyKnown, AlreadySettled (a further round was made on it), NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        there = tx.resolutions.of(of)
        if there is None:
            return
        if there.known_at is not None:
            raise AlreadyKnown
        _refuse_further(tx, actor, of)
        tx.resolutions.remove(there)
        tx.steps.add(actor, of, "withdraw_resolution", now)


def make_known(store: Store, actor: Actor, round_id: str, now: datetime) -> Resolution:
    """The chair has read it out, or staff say that it was made public. From then on everybody may see it.

    Raises NothingDecided, NotFound, Forbidden.
    """
    require(actor, "chair", "staff")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        there = tx.resolutions.of(of)
        if there is None:
            raise NothingDecided
        if there.known_at is not None:
            return there
        tx.steps.add(actor, of, "make_known", now)
        return tx.resolutions.change(there, known_at=now)


def settled_chosen(tx: Transaction, of: Round) -> Settled | None:
    """What an announced 票决 comes to, with a resolution that may not be known to everybody yet.

    None: a 测评, or a round that is not announced.
    """
    if of.state not in {"announced", "published"} or not isinstance(of.rules, Rules):
        return None
    rules, outcome = _decided(tx, of)
    words = words_of(of, tx.sessions.get(PUBLIC, of.session))
    return settled(rules, outcome, words, tx.resolutions.of(of))


def came_to_nothing(tx: Transaction, of: Round) -> bool:
    """Whether the announced count itself made the 票决 void (more 赞成 than the ballots allow)."""
    announced = of.state in {"announced", "published"} and isinstance(of.rules, Rules)
    return announced and _decided(tx, of)[1].status == "void"


def known_settled(tx: Transaction, of: Round) -> Settled | None:
    """The same as far as everybody may know it: for the hall's screen, the public, and what follows."""
    found = settled_chosen(tx, of)
    if found is None or found.resolution is None or found.resolution.known_at is not None:
        return found
    rules, outcome = _decided(tx, of)
    return settled(rules, outcome, words_of(of, tx.sessions.get(PUBLIC, of.session)), None)


def settled_line(tx: Transaction, actor: Actor, of: Round) -> tuple[tuple[Round, Settled], ...]:
    """This round and the further ones over its open places, in order, as far as they are announced."""
    found: list[tuple[Round, Settled]] = []
    todo: list[Round] = [of]
    while todo:
        one = todo.pop(0)
        came_to = settled_chosen(tx, one)
        if came_to is not None:
            found.append((one, came_to))
        todo += further_rounds(tx, actor, one)
    return tuple(found)


def further_rounds(tx: Transaction, actor: Actor, of: Round) -> list[Round]:
    """The rounds over places that this one left open; of a void one also the one that repeats it."""
    made = [tx.rounds.following(actor, of.id, one) for one in (*FURTHER, "repeat")]
    return [one for one in made if one is not None]


def choices(tx: Transaction, of: Round) -> Choices | None:
    """What staff may decide about an announced 票决 that left places open; None where there is nothing."""
    if of.state not in {"announced", "published"} or not isinstance(of.rules, Rules):
        return None
    _, outcome = _decided(tx, of)
    if not ways(outcome):
        return None
    return Choices(
        places=left_open(outcome),
        ways=ways(outcome),
        eligible=eligible(outcome),
        needs_decision=needs_decision(outcome),
    )


def who_fills(tx: Transaction, of: Round) -> str:
    """By what the open places of an announced 票决 are filled: the name of another round, or of the 主席团.

    Empty where the rules leave them vacant. Raises NothingOpen.
    """
    _, outcome = _decided(tx, of)
    if outcome.next_step in NOT_SETTLED_ELSEWHERE:
        return NOT_SETTLED_ELSEWHERE[outcome.next_step]
    if decided_again(tx, of):
        return relation_name("runoff" if outcome.tied else "supplementary", of.kind)
    presidium = words_of(of, tx.sessions.get(PUBLIC, of.session)).presidium
    return presidium if needs_decision(outcome) else ""


def decided_again(tx: Transaction, of: Round) -> bool:
    """Whether the 主席团 has decided that there is another ballot over the open places."""
    there = tx.resolutions.of(of)
    return there is not None and there.way == "another_round"


def _decided(tx: Transaction, of: Round) -> tuple[Rules, Outcome]:
    """Raises NothingOpen unless the chair has announced what was chosen."""
    if not isinstance(of.rules, Rules):
        raise NothingOpen("满意度测评没有需要决定的名额。")
    if of.state not in {"announced", "published"}:
        raise NothingOpen("结果还没有宣布，不能登记决定。请在宣布结果之后再登记。")
    outcome = figures_of(tx, PUBLIC, of).outcome
    if not isinstance(outcome, Outcome):
        raise NothingOpen
    return of.rules, outcome


def _demand_untouched(tx: Transaction, actor: Actor, of: Round, there: Resolution | None) -> None:
    """Raises AlreadySettled."""
    if there is not None:
        raise AlreadySettled(
            f"{there.by}已经登记了决定：{''.join(_words(tx, of, there))}"
            + ("" if there.known_at else "登记有误的，请先撤回再重新登记。")
        )
    _refuse_further(tx, actor, of)


def _refuse_further(tx: Transaction, actor: Actor, of: Round) -> None:
    """Raises AlreadySettled."""
    for relation in FURTHER:
        made = tx.rounds.following(actor, of.id, relation)
        if made is not None:
            name = relation_name(relation, of.kind)
            raise AlreadySettled(f"已经建了{name}“{made.title}”，名额由它产生，不能再另作决定或者撤回。")


def _words(tx: Transaction, of: Round, one: Resolution) -> tuple[str, ...]:
    rules, outcome = _decided(tx, of)
    return settled(rules, outcome, words_of(of, tx.sessions.get(PUBLIC, of.session)), one).sentences
