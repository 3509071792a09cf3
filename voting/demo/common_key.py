"""The scrutineers of a rehearsed hall make their key together: every message as their pages would send it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballots import ceremony as protocol
from ballots.encoding import sha256_hex
from ballots.group import Random
from ballots.record import endorsement_text
from voting.scrutinising import ceremonies
from voting.scrutinising.keys import Ceremony
from voting.store import Store

if TYPE_CHECKING:
    from voting.demo.stage import InsecureStage


def make(store: Store, stage: InsecureStage, threshold: int, now: datetime, random: Random) -> None:
    """A certificate, a deal and a share from everybody, and the code compared."""
    made, size = _of_round(store, stage).id, len(stage.names)
    everybody = list(enumerate(stage.seeds, 1))
    for number, seed in everybody:
        certificate = protocol.certificate(seed, number, threshold, size, random)
        signing = report_key(seed).public_key().public_bytes_raw().hex()
        vouched = protocol.sign_text(seed, endorsement_text(signing), random)
        actor = stage.scrutineer(number)
        ceremonies.give_certificate(store, actor, made, certificate, signing, vouched, now)
    certificates = _certificates(_of_round(store, stage))
    for number, seed in everybody:
        dealt = protocol.deal(seed, certificates, threshold, random)
        ceremonies.give_deal(store, stage.scrutineer(number), made, dealt, now)
    deals = [one.deal or b"" for one in _of_round(store, stage).members]
    for number, seed in everybody:
        share = protocol.receive(seed, certificates, threshold, deals, random)
        ceremonies.give_share(store, stage.scrutineer(number), made, share, now)
    for number, _ in everybody:
        ceremonies.compare(store, stage.scrutineer(number), made, now)


def secret(store: Store, stage: InsecureStage, number: int) -> int:
    """What this scrutineer decrypts with."""
    of, seed = _of_round(store, stage), stage.seeds[number - 1]
    share = of.members[number - 1].share or b""
    return protocol.decryption_secret(seed, _certificates(of), of.threshold, share)


def report_key(seed: str) -> Ed25519PrivateKey:
    """The key that signs the report, behind the same backup code as the decryption secret."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(sha256_hex(f"piaojue-report|{seed}".encode())))


def _of_round(store: Store, stage: InsecureStage) -> Ceremony:
    with store.read() as tx:
        found = ceremonies.key_in_use(tx, stage.staff, tx.rounds.get(stage.staff, stage.round_id))
    if found is None:
        raise TypeError("a stage whose scrutineers make no key together")
    return found


def _certificates(of: Ceremony) -> list[bytes]:
    return [one.certificate or b"" for one in of.members]
