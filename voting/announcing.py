"""宣布: the presiding chair announces the result in the hall; from then on everybody may see the figures."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, require
from voting.cycle import advance, already
from voting.errors import VotingError
from voting.rounds import Round, words_of
from voting.store import Store


class NotSigned(VotingError):
    """A tally report that does not yet carry every scrutineer's signature."""

    sentence = "结果报告单还没有全部签字，不能宣布结果。请等监票人签字。"


def announce(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """On the chair's spoken words. Raises NotSigned, WrongStep, NotFound, Forbidden."""
    require(actor, "chair")
    with store.write() as tx:
        counted = tx.rounds.lock(actor, round_id)
        if already(counted.state, "announce"):
            return counted
        state = advance(counted.state, "announce", counted.kind)
        unsigned = [one.name for one in tx.scrutineers.of(actor, round_id) if one.signature is None]
        if unsigned:
            report = words_of(counted).report
            raise NotSigned(f"{'、'.join(unsigned)}还没有在{report}上签字，不能宣布结果。请等签字。")
        tx.steps.add(actor, counted, "announce", now)
        return tx.rounds.change(counted, state=state)
