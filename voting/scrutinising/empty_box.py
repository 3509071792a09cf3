"""空箱检查: before the voting begins the 总监票人 sees that nothing is in the box, and says so."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from voting.actors import Actor, Forbidden, NotYet, require
from voting.cycle import already
from voting.errors import VotingError
from voting.rounds import Round
from voting.sealing import own_entry
from voting.store import Store, Transaction
from voting.text import Line

STEP = "confirm_empty"


class NotEmpty(VotingError):
    """Ballots in a box that nobody may vote into yet."""

    sentence = "票箱里已经有票，不能确认为空箱。请马上告诉执行主席和工作人员，先不要开始投票。"


class EmptySlip(Struct, frozen=True, kw_only=True):
    """空箱检查单: φ of the sealed election, and who found no ballot in its box when."""

    session: Line
    title: Line
    fingerprint: str
    ballots: int
    name: Line
    at: datetime


def confirm_empty(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """By the 总监票人, between sealing and opening; once more changes nothing.

    Raises NotEmpty, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        sealed = tx.rounds.lock(actor, round_id)
        if not own_entry(actor, tx.scrutineers.of(actor, round_id)).chief:
            raise Forbidden("空箱检查由总监票人进行。")
        if any(one.step == STEP for one in tx.steps.of(actor, round_id)):
            return sealed
        if sealed.state != "sealed":
            raise NotYet(_when(sealed))
        if ballots_in(tx, actor, sealed):
            raise NotEmpty
        tx.steps.add(actor, sealed, STEP, now, note=sealed.fingerprint or "")
        return sealed


def empty_slip(tx: Transaction, actor: Actor, round_id: str) -> EmptySlip:
    """For printing. Raises NotYet while nobody has confirmed it, NotFound."""
    of = tx.rounds.get(actor, round_id)
    found = next((one for one in tx.steps.of(actor, round_id) if one.step == STEP), None)
    if found is None:
        raise NotYet("总监票人还没有做空箱检查。封存以后、开始投票以前在总监票人的页面上进行。")
    return EmptySlip(
        session=tx.sessions.get(actor, of.session).title,
        title=of.title,
        fingerprint=found.note,
        ballots=0,
        name=found.name,
        at=found.at,
    )


def ballots_in(tx: Transaction, actor: Actor, of: Round) -> int:
    """How many ballots lie in the box."""
    return tx.box.count(actor, of.id)


def _when(of: Round) -> str:
    if already(of.state, "open"):
        return "投票已经开始，空箱检查只能在开始投票以前进行。"
    return "本轮还没有封存。请在封存以后做空箱检查。"
