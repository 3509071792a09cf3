"""换设备: a scrutineer's key was brought to another phone with the backup code; the others get to know."""

from __future__ import annotations

from datetime import datetime

from ballots.ceremony import check_own_certificate, check_text
from voting.actors import Actor, NotYet, require
from voting.scrutinising.ceremonies import own_member
from voting.scrutinising.keys import Ceremony
from voting.store import Store


def restore_text(ceremony_id: str) -> str:
    """What is signed (`sigmsg` of NOTES §6), so that only who has the backup code can say it."""
    return f"piaojue-restored|{ceremony_id}"


def note_restored(store: Store, actor: Actor, ceremony_id: str, signature: bytes, now: datetime) -> Ceremony:
    """Signed (JSON) by the own certificate's key. Told once more, nothing is added.

    Raises BadTrustee, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        made = tx.ceremonies.lock(actor, ceremony_id)
        own = own_member(actor, made)
        if own.certificate is None:
            raise NotYet("您还没有生成开箱钥匙，不用恢复。请刷新页面。")
        party = check_own_certificate(own.certificate, own.number, made.threshold, len(made.members))
        check_text(restore_text(ceremony_id), party.signer, signature)
        if own.restored_at is not None:
            return made
        tx.audit.add(actor, "restore_key", now, "ceremony", made.id, after={"number": own.number})
        return tx.ceremonies.keep(made, own.number, restored_at=now)
