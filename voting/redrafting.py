"""What was entered as passed by mistake is a draft again, as long as nothing of the round is sealed."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, require
from voting.errors import VotingError
from voting.rounds import Round
from voting.store import Store


class AlreadyUnderWay(VotingError):
    """A decision of the plenary upon which the round was sealed, or opened."""

    sentence = (
        "这一轮已经封存或者开始，登记不能再撤回。"
        "确实有误的，请在开始以后立即截止，由主持人宣布无效，再重新组织。"
    )


def redraft(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """The plenary's decision is no longer entered: no scrutineers, and projects and rules may be changed.

    Cards that were loaded stay, and a key that scrutineers made together can be taken again. A draft stays as
    it is. Raises AlreadyUnderWay, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        adopted = tx.rounds.lock(actor, round_id)
        if adopted.state == "drafted":
            return adopted
        if adopted.state != "adopted":
            raise AlreadyUnderWay
        tx.scrutineers.appoint(adopted, ())
        tx.steps.add(actor, adopted, "redraft", now)
        return tx.rounds.change(adopted, state="drafted", ceremony=None, threshold=None)
