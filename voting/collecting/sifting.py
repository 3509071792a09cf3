"""审核: nothing appears in public before a person looked at it.

Accepted, refused with a reason, or told where complaints are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from voting.actors import Actor
from voting.collecting.addressing import tell_addressee
from voting.collecting.entry import COMPLAINT_ADVICE
from voting.duties import demand
from voting.errors import TextError, VotingError
from voting.handling.desk import set_due
from voting.store import Store, Transaction
from voting.suggestions import STANDING_NAMES, Kind, Suggestion
from voting.text import clean_prose

Verdict = Literal["accept", "refuse", "complaint"]
VERDICT_NAMES: Final[dict[Verdict, str]] = {
    "accept": "受理",
    "refuse": "不予受理",
    "complaint": "属于投诉举报",
}
ACCEPTED_KINDS: Final[tuple[Kind, ...]] = ("clue", "proposal", "opinion")
MOST_AT_ONCE: Final = 200


class AlreadyScreened(VotingError):
    """Somebody was faster, and decided otherwise."""

    sentence = "这一件已经审核过了。请刷新页面查看。"


class NothingChosen(VotingError):
    """A form for many with none ticked."""

    sentence = "没有选中任何一件。请先勾选。"


def accept(
    store: Store, actor: Actor, suggestion_id: str, kind: Kind, now: datetime, *, release: bool
) -> Suggestion:
    """登记; `release`: it may stand in public, as far as the settings publish anything.

    Raises AlreadyScreened, NotFound, Forbidden.
    """
    demand(actor, "screen")
    with store.write() as tx:
        return _accept(tx, actor, suggestion_id, kind, now, release=release)


def accept_many(
    store: Store, actor: Actor, suggestions: Sequence[str], now: datetime, *, release: bool
) -> int:
    """All of them, each with the kind it came with, complaints left where they are; how many were accepted.

    What somebody else has screened meanwhile is passed over. Raises NothingChosen, NotFound, Forbidden.
    """
    demand(actor, "screen")
    chosen = sorted(set(suggestions))[:MOST_AT_ONCE]
    if not chosen:
        raise NothingChosen
    accepted = 0
    with store.write() as tx:
        for one in chosen:
            found = tx.suggestions.lock(actor, one)
            if found.state == "received" and found.kind != "complaint":
                _accept(tx, actor, one, found.kind, now, release=release)
                accepted += 1
    return accepted


def refuse(store: Store, actor: Actor, suggestion_id: str, reason: str, now: datetime) -> Suggestion:
    """Not taken up; the reason is for the proposer and, if the settings say so, for everybody.

    Raises TextError, AlreadyScreened, NotFound, Forbidden.
    """
    demand(actor, "screen")
    said = clean_prose(reason, "理由")
    if not said:
        raise TextError("没有填写“理由”。提出人会看到它，请写明为什么不受理。")
    return _refuse(store, actor, suggestion_id, "refuse", said, now)


def complaint(store: Store, actor: Actor, suggestion_id: str, now: datetime) -> Suggestion:
    """Told where complaints are taken; never published. Raises AlreadyScreened, NotFound, Forbidden."""
    demand(actor, "screen")
    return _refuse(store, actor, suggestion_id, "complaint", COMPLAINT_ADVICE, now)


def release(store: Store, actor: Actor, suggestion_id: str, now: datetime, *, public: bool) -> Suggestion:
    """Let it stand in public, or take it back. Raises AlreadyScreened, NotFound, Forbidden."""
    demand(actor, "screen")
    with store.write() as tx:
        found = tx.suggestions.lock(actor, suggestion_id)
        if found.state in {"received", "refused"} or (public and found.kind == "complaint"):
            raise AlreadyScreened(f"这一件的状态是“{STANDING_NAMES[found.state]}”，不能公开。")
        if public == (found.released_at is not None):
            return found
        changed = tx.suggestions.change(found, released_at=now if public else None)
        tx.audit.add(
            actor,
            "release",
            now,
            "suggestion",
            found.id,
            before={"released": found.released_at is not None},
            after={"released": public},
        )
        return changed


def _accept(
    tx: Transaction, actor: Actor, suggestion_id: str, kind: Kind, now: datetime, *, release: bool
) -> Suggestion:
    found = tx.suggestions.lock(actor, suggestion_id)
    if found.state == "registered" and found.kind == kind and (found.released_at is not None) == release:
        return found
    if found.state != "received":
        raise AlreadyScreened
    released_at = now if release else None
    changed = tx.suggestions.change(found, state="registered", kind=kind, released_at=released_at)
    tx.audit.add(
        actor,
        "accept",
        now,
        "suggestion",
        found.id,
        before={"state": found.state, "kind": found.kind},
        after={"state": changed.state, "kind": kind, "released": release},
    )
    tell_addressee(tx, changed, now)
    return set_due(tx, changed)


def _refuse(
    store: Store, actor: Actor, suggestion_id: str, verdict: Verdict, said: str, now: datetime
) -> Suggestion:
    with store.write() as tx:
        found = tx.suggestions.lock(actor, suggestion_id)
        kind: Kind = "complaint" if verdict == "complaint" else found.kind
        if (found.state, found.decision, found.kind) == ("refused", said, kind):
            return found
        if found.state != "received":
            raise AlreadyScreened
        changed = tx.suggestions.change(
            found,
            state="refused",
            kind=kind,
            decision=said,
            decided_at=now,
            decided_by=actor.name,
            released_at=None,
        )
        tx.audit.add(
            actor,
            verdict,
            now,
            "suggestion",
            found.id,
            before={"state": found.state, "kind": found.kind},
            after={"state": "refused", "kind": kind, "decision": said},
        )
        return changed
