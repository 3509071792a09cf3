"""合并: a person says that one suggestion asks for the same as another; it is then answered with it.

Each source stays a suggestion of its own, with its number, its proposer and its way back: it only follows
its main one, gets that one's answer, and can be taken out again until it has been answered. A main one is
never itself merged, so there is no chain to follow: whoever merges a main one takes its sources along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from voting.actors import Actor
from voting.duties import demand
from voting.errors import VotingError
from voting.handling.desk import note_agreement
from voting.ledger import label_of
from voting.store import Store, Transaction
from voting.suggestions import STANDING_NAMES, Suggestion

_ANSWERED: Final = frozenset({"answered", "closed"})


class CannotMerge(VotingError):
    """Two that cannot be one; the sentence says why and what to do."""

    sentence = "这两件不能合并。请核对编号。"


class AlreadyMerged(CannotMerge):
    """It follows another one already."""

    sentence = "这一件已经并入其他件。要改并，请先拆开。"


class CannotUnmerge(VotingError):
    """It stands for itself, or was answered with its main one."""

    sentence = "这一件没有并入其他件，不用拆开。"


def merge(
    store: Store, actor: Actor, source_id: str, main_id: str, now: datetime, *, agreed: str = ""
) -> Suggestion:
    """Merge one into another; the main one. If that was merged too, its main one takes both. `agreed`: how
    the deputy whose 代表建议 it is agreed, where the office's rules ask for it.

    Said twice, by one clerk or by two at once, it is done once. A main one that was answered already answers
    the source at once. Raises Forbidden, NotFound, AlreadyMerged, CannotMerge, HandlingInput or TextError.
    """
    demand(actor, "merge")
    with store.write() as tx:
        source, main = _both(tx, actor, source_id, main_id)
        if source.merged_into == main.id:
            return main
        _refuse(tx, actor, source, main)
        note_agreement(tx, actor, source, "合并", agreed, now)
        for one in (*tx.suggestions.merged_into(actor, source.id), source):
            _follow(tx, actor, one, main, now)
        return main


def unmerge(store: Store, actor: Actor, source_id: str, now: datetime) -> Suggestion:
    """Let it stand for itself again. Raises Forbidden, NotFound or CannotUnmerge."""
    demand(actor, "merge")
    with store.write() as tx:
        tx.words.turn(actor.congress)
        source = tx.suggestions.get(actor, source_id)
        if source.merged_into is None:
            raise CannotUnmerge
        main = tx.suggestions.lock(actor, source.merged_into)
        source = tx.suggestions.lock(actor, source_id)
        if source.state in _ANSWERED:
            raise CannotUnmerge(
                f"{source.label} 已随 {main.label} 一起答复提出人，不能再拆开。"
                "还有不同诉求的，请另行登记一件。"
            )
        tx.words.drop_kin(actor.congress, source.id, main.id)
        # Nobody has it any more: it was assigned only with its main one.
        return _set(tx, actor, "unmerge", source, now, merged_into=None, merged_at=None, state="registered")


def _both(tx: Transaction, actor: Actor, source_id: str, main_id: str) -> tuple[Suggestion, Suggestion]:
    """Both locked, the main one first: whoever answers a main one takes its sources after it, too."""
    tx.words.turn(actor.congress)
    main = tx.suggestions.get(actor, main_id)
    main = tx.suggestions.lock(actor, main.merged_into or main.id)
    if main.id == source_id:
        raise CannotMerge(
            f"{main.label} 不能并入自己。"
            if source_id == main_id
            else f"对方已经并入 {main.label}，也就是这一件，不用再合并。"
        )
    return tx.suggestions.lock(actor, source_id), main


def _refuse(tx: Transaction, actor: Actor, source: Suggestion, main: Suggestion) -> None:
    if source.merged_into is not None:
        former = tx.suggestions.get(actor, source.merged_into)
        raise AlreadyMerged(f"{source.label} 已经并入 {former.label}。要改并入 {main.label}，请先拆开。")
    if "complaint" in {source.kind, main.kind}:
        raise CannotMerge("投诉举报按专门程序处理，不与其他件合并。")
    if source.state in _ANSWERED:
        raise CannotMerge(f"{source.label} 已经答复，不能再并入其他件。可以反过来，把 {main.label} 并入它。")
    if source.state == "assigned":
        raise CannotMerge(
            f"{source.label} 已经交办，不能并入其他件。可以反过来，把 {main.label} 并入它，或者先收回交办。"
        )
    for one in (source, main):
        if one.state in {"received", "refused"}:
            raise CannotMerge(f"{one.label} {STANDING_NAMES[one.state]}，还不能合并。请先审核登记。")


def _follow(tx: Transaction, actor: Actor, source: Suggestion, main: Suggestion, now: datetime) -> None:
    one = tx.suggestions.lock(actor, source.id)
    state = one.state if main.state in _ANSWERED else main.state
    one = _set(tx, actor, "merge", one, now, merged_into=main.id, merged_at=now, state=state)
    if one.year != main.year:
        tx.words.add_kin(actor.congress, one.id, main.id)
    if main.state in _ANSWERED:
        _answer(tx, actor, one, main, now)


def _set(
    tx: Transaction, actor: Actor, what: str, one: Suggestion, now: datetime, **changes: object
) -> Suggestion:
    before = {name: getattr(one, name) for name in changes}
    tx.audit.add(actor, what, now, "suggestion", one.id, before=before, after=changes)
    return tx.suggestions.change(one, **changes)


def _answer(tx: Transaction, actor: Actor, one: Suggestion, main: Suggestion, now: datetime) -> Suggestion:
    """The answer that the main one has been given is the source's too, from today on. A clue is closed with
    it; of the others each proposer has a word of the own."""
    state = "closed" if one.kind == "clue" else "answered"
    tx.audit.add(
        actor,
        "answer_merged",
        now,
        "suggestion",
        one.id,
        before={"state": one.state, "answer": one.answer},
        after={"state": state, "answer": main.answer},
    )
    closed = now if state == "closed" else None
    return tx.suggestions.change(one, state=state, answer=main.answer, answered_at=now, closed_at=closed)


def by_label(store: Store, actor: Actor, typed: str) -> Suggestion:
    """The suggestion of a number as it stands on paper. Raises CannotMerge."""
    label = label_of(typed)
    if label is None:
        raise CannotMerge("请填写完整的编号，例如 2027-00042。")
    with store.read() as tx:
        found = tx.ledger.by_number(actor, *label)
    if found is None:
        raise CannotMerge("没有找到这个编号的件。请核对编号。")
    return found
