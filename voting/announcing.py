"""宣布: the presiding chair announces the result in the hall; from then on everybody may see the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from voting.actors import Actor, require
from voting.cycle import advance, already
from voting.errors import VotingError
from voting.rounds import Round, Scrutineer, enough_signatures, needed, words_of
from voting.store import Store


class NotSigned(VotingError):
    """A tally report that does not yet carry as many signatures as open the box."""

    sentence = "结果报告单还没有签完字，不能宣布结果。请等监票人签字。"


def announce(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """On the chair's spoken words. Raises NotSigned, WrongStep, NotFound, Forbidden."""
    require(actor, "chair")
    with store.write() as tx:
        counted = tx.rounds.lock(actor, round_id)
        if already(counted.state, "announce"):
            return counted
        state = advance(counted.state, "announce", counted.kind, counted.method)
        everybody = tx.scrutineers.of(actor, round_id)
        if not enough_signatures(counted, everybody):
            raise NotSigned(_lacking(counted, everybody))
        tx.steps.add(actor, counted, "announce", now)
        return tx.rounds.change(counted, state=state)


def _lacking(counted: Round, everybody: Sequence[Scrutineer]) -> str:
    report = words_of(counted).report
    unsigned = [one.name for one in everybody if one.signature is None]
    least = needed(counted, len(everybody))
    if least == len(everybody):
        return f"{'、'.join(unsigned)}还没有在{report}上签字，不能宣布结果。请等签字。"
    signed = len(everybody) - len(unsigned)
    return f"{report}要有{least}名监票人签字，现在有{signed}名，不能宣布结果。请等签字。"
