"""核对封箱码: a scrutineer who compared the head of the closed box says so, signed, before opening it.

A phone that was restored from paper has forgotten which sum it opened before. It opens none until two others
(or as many as open with it) have confirmed this head; it checks their signatures itself, so that the server
can neither invent them nor have two boxes confirmed by one phone.
"""

from __future__ import annotations

from datetime import datetime

from ballots.ceremony import check_text
from ballots.trustees import check_trustees
from voting.actors import Actor, NotYet, require
from voting.rounds import Scrutineer
from voting.sealing import own_entry
from voting.store import Store


def box_text(fingerprint: str, head: str) -> str:
    """What is signed (`sigmsg` of NOTES §6): φ and the hash of the EncryptedTally event."""
    return f"piaojue-box|{fingerprint}|{head}"


def confirm_box(store: Store, actor: Actor, round_id: str, signature: bytes, now: datetime) -> Scrutineer:
    """A scrutineer's signature (JSON) under `box_text`; the first stays. In a round whose scrutineers have
    made no common key there is none to sign with, and nothing to confirm.

    Raises BadTrustee, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        closed = tx.rounds.lock(actor, round_id)
        own = own_entry(actor, tx.scrutineers.of(actor, round_id))
        if own.confirmation is not None:
            return own
        if closed.state not in {"reconciled", "counted"} or closed.threshold is None:
            raise NotYet("现在还不能核对封箱码。请等宣布有效以后再核对。")
        signer = check_trustees(closed.trustees or b"").signers[own.number]
        check_text(box_text(closed.fingerprint or "", closed.closing_head or ""), signer, signature)
        tx.scrutineers.keep_confirmation(own, signature)
        tx.steps.add(actor, closed, "confirm_box", now)
        return tx.scrutineers.of(actor, round_id)[own.number - 1]
