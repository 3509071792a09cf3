"""出席证: each deputy of a session has one, with a code by which the desk knows whose it is."""

from __future__ import annotations

from datetime import datetime

from ballots.credentials import base58
from ballots.group import Random
from voting.actors import Actor
from voting.checking_in.facts import (
    PASS_CODE_LENGTH,
    Pass,
    PassCode,
    expected,
    is_from_card,
    is_from_pass,
    pass_text,
    read_pass,
)
from voting.checking_in.refusals import NoDeputies, PassUnknown
from voting.duties import demand
from voting.people import Deputy
from voting.rounds import Session
from voting.store import Store, Transaction


def make_passes(store: Store, actor: Actor, session_id: str, now: datetime, random: Random) -> int:
    """Give a code to everybody who is expected and has none yet; how many got one.

    Raises NoDeputies, NotFound, Forbidden.
    """
    demand(actor, "keep_attendance")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        everybody = expected(session, tx.deputies.current(session.congress))
        if not everybody:
            raise NoDeputies
        there = tx.pass_codes.of(session)
        new = [_code(session, one, random) for one in everybody if one.id not in there]
        if new:
            tx.pass_codes.add_many(new)
            tx.audit.add(actor, "make_passes", now, "session", session.id, after={"passes": len(new)})
        return len(new)


def replace_pass(
    store: Store, actor: Actor, session_id: str, deputy_id: str, now: datetime, random: Random
) -> Pass:
    """补办: a new code; the pass that was lost leads to nobody. Raises NotFound, Forbidden."""
    demand(actor, "keep_attendance")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        deputy = tx.deputies.get(actor, deputy_id)
        new = _code(session, deputy, random)
        if deputy.id in tx.pass_codes.of(session):
            tx.pass_codes.replace(new)
        else:
            tx.pass_codes.add_many([new])
        tx.audit.add(actor, "replace_pass", now, "deputy", deputy.id, after={"name": deputy.name})
        return Pass(deputy=deputy, text=pass_text(session.code, new.code))


def passes(tx: Transaction, actor: Actor, session_id: str) -> tuple[Pass, ...]:
    """Those that can be printed, in printed order. Raises NotFound, Forbidden."""
    demand(actor, "keep_attendance")
    session = tx.sessions.get(actor, session_id)
    codes = tx.pass_codes.of(session)
    everybody = expected(session, tx.deputies.current(session.congress))
    return tuple(
        Pass(deputy=one, text=pass_text(session.code, codes[one.id])) for one in everybody if one.id in codes
    )


def holder(tx: Transaction, actor: Actor, session_id: str, text: str) -> Deputy | None:
    """Whose pass was scanned; None: the text is not from a pass but typed.

    A pass says who it was given to, not who holds it: the usher looks at the name.
    Raises PassUnknown, NotFound, Forbidden.
    """
    demand(actor, "check_in")
    session = tx.sessions.get(actor, session_id)
    read = read_pass(text)
    if read is None:
        if is_from_pass(text):
            raise PassUnknown("出席证没有扫完整。请再扫一次，或者输入姓名查找。")
        if is_from_card(text):
            raise PassUnknown("这是投票卡，不是出席证，卡号没有保存。请扫出席证，或者输入姓名查找。")
        return None
    code, own = read
    if code != session.code:
        raise PassUnknown("这是别的会议的出席证。请输入姓名查找，并核对是不是本人。")
    deputy = tx.pass_codes.deputy(session, own)
    if deputy is None:
        raise PassUnknown
    return tx.deputies.get(actor, deputy)


def _code(session: Session, deputy: Deputy, random: Random) -> PassCode:
    return PassCode(
        congress=session.congress,
        session=session.id,
        deputy=deputy.id,
        code=base58(PASS_CODE_LENGTH, random),
    )
