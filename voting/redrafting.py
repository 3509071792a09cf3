"""What was entered by mistake is taken back, as long as nothing of the round is sealed."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, require
from voting.errors import VotingError
from voting.handing_out.decks import without_cards
from voting.rounds import Round
from voting.store import Store


class AlreadyUnderWay(VotingError):
    """A decision of the plenary upon which the round was sealed, or opened."""

    sentence = (
        "这一轮已经封存或者开始，登记不能再撤回。"
        "确实有误的，请在开始以后立即截止，由主持人宣布无效，再重新组织。"
    )


class NoDraft(VotingError):
    """Passed by the plenary, or further on: it stays on record."""

    sentence = "这一轮已经登记通过，不能删除。登记有误的，请先撤回登记，改回草拟。"


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


def delete_draft(store: Store, actor: Actor, round_id: str, now: datetime) -> None:
    """A draft that nobody needs goes, and gives its cards back; only the log still says that it was there.

    Raises NoDraft, NotFound (also when it is gone already), Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        draft = tx.rounds.lock(actor, round_id)
        if draft.state != "drafted":
            raise NoDraft
        tx.audit.add(actor, "delete_draft", now, "round", draft.id, before={"title": draft.title})
        tx.rounds.drop(without_cards(tx, draft))
