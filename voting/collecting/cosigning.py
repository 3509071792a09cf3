"""附议: a deputy stands behind another deputy's proposal, until it is decided."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, Forbidden, NotFound
from voting.duties import demand
from voting.errors import VotingError
from voting.store import Store, Transaction
from voting.suggestions import Suggestion


class NoCosigning(VotingError):
    """A proposal that is one's own, not a deputy's, or decided."""

    sentence = "这一件现在不能附议。"


def cosign(store: Store, actor: Actor, suggestion_id: str, now: datetime) -> None:
    """Once; a second time changes nothing. Raises NoCosigning, NotFound, Forbidden."""
    demand(actor, "cosign")
    with store.write() as tx:
        found, deputy = _open(tx, actor, suggestion_id)
        if deputy in _behind(tx, found):
            return
        tx.cosigns.add(found, deputy, now)
        tx.audit.add(actor, "cosign", now, "suggestion", found.id)


def withdraw_cosign(store: Store, actor: Actor, suggestion_id: str, now: datetime) -> None:
    """As if it had never been; the log keeps it. Raises NoCosigning, NotFound, Forbidden."""
    demand(actor, "cosign")
    with store.write() as tx:
        found, deputy = _open(tx, actor, suggestion_id)
        if deputy not in _behind(tx, found):
            return
        tx.cosigns.remove(found, deputy)
        tx.audit.add(actor, "withdraw_cosign", now, "suggestion", found.id)


def _behind(tx: Transaction, found: Suggestion) -> set[str]:
    return {one.deputy for one in tx.cosigns.of(found)}


def _open(tx: Transaction, actor: Actor, suggestion_id: str) -> tuple[Suggestion, str]:
    if not actor.deputy:
        raise Forbidden
    found = tx.suggestions.lock(actor, suggestion_id)
    if found.deputy == actor.deputy:
        raise NoCosigning("这是您自己提的建议，不用附议。")
    if found.kind != "proposal" or found.released_at is None:
        raise NotFound
    if found.decided_at is not None or found.state != "registered":
        raise NoCosigning("这件建议已经分办，附议名单不再变动。")
    return found, actor.deputy
