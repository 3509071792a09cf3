"""A round walked through its moments by the public functions of the cycle, as the people of the hall would.

For rehearsals and demonstrations: here one program holds every role's secrets, which in the hall nobody may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from ballots.credentials import SIZE, base58, generate_uuid
from ballots.election import Election
from ballots.encoding import sha256_hex
from ballots.group import Random
from ballots.tally import partial_decryption
from ballots.trustees import make_public_key, secret_from_seed
from voting import announcing, closing, counting, drafting, opening, reconciling, sealing
from voting.actors import Actor, system
from voting.cards import make_deck, public_file
from voting.demo import county
from voting.rounds import Candidate, Congress, Round, Session
from voting.rules import RoundRules
from voting.signing import Signer
from voting.store import Store


class InsecureStage(Struct, frozen=True, kw_only=True):
    """Every secret of a rehearsed hall in one place: cards and the seeds of all scrutineers."""

    congress: Congress
    session: Session
    round_id: str
    uuid: str
    cards: tuple[str, ...]
    names: tuple[str, ...]
    seeds: tuple[str, ...]

    @property
    def staff(self) -> Actor:
        return Actor(role="staff", congress=self.congress.id, name="演练工作人员")

    @property
    def chair(self) -> Actor:
        return Actor(role="chair", congress=self.congress.id, name="演练执行主席", session=self.session.id)

    def scrutineer(self, number: int) -> Actor:
        return Actor(
            role="scrutineer",
            congress=self.congress.id,
            name=self.names[number - 1],
            session=self.session.id,
            scrutineer=number,
        )


def build(
    store: Store,
    rules: RoundRules,
    candidates: Sequence[Candidate],
    all_deputies: int,
    cards: int,
    now: datetime,
    random: Random,
) -> InsecureStage:
    """A congress with a session and an adopted round, its cards loaded; no scrutineer has a key yet."""
    congress = drafting.create_congress(store, system(""), county.CONGRESS, "county")
    staff = Actor(role="staff", congress=congress.id, name="演练工作人员")
    session = drafting.create_session(store, staff, county.SESSION, all_deputies, random)
    made = drafting.create_round(store, staff, session.id, county.ROUND, rules, candidates, now)
    drafting.adopt(store, staff, made.id, county.SCRUTINEERS, now)
    uuid = generate_uuid(random)
    deck = make_deck(cards, (uuid,), random)
    sealing.load_cards(store, staff, made.id, public_file(uuid, deck.public[uuid]), now)
    return InsecureStage(
        congress=congress,
        session=session,
        round_id=made.id,
        uuid=uuid,
        cards=deck.credentials,
        names=county.SCRUTINEERS,
        seeds=tuple(base58(SIZE, random) for _ in county.SCRUTINEERS),
    )


def open_vote(
    store: Store, stage: InsecureStage, signer: Signer, present: int, now: datetime, random: Random
) -> Round:
    """Every scrutineer makes a key, the election is sealed, the vote is opened."""
    for number, seed in enumerate(stage.seeds, 1):
        key = make_public_key(secret_from_seed(seed), random)
        signing = report_key(seed).public_key().public_bytes_raw().hex()
        sealing.register_key(store, stage.scrutineer(number), stage.round_id, key, signing, now)
    sealing.seal(store, stage.staff, stage.round_id, signer.public_hex, now)
    return opening.open_round(store, stage.staff, stage.round_id, present, present, now)


def close_vote(store: Store, stage: InsecureStage, now: datetime, random: Random) -> Round:
    """Closed, declared valid, decrypted by every scrutineer: the counts are there."""
    closing.close_round(store, stage.staff, stage.round_id, now)
    closed = reconciling.declare_valid(store, stage.chair, stage.round_id, now)
    election, tally = Election.parse(closed.election or b""), closed.encrypted_tally or b""
    for number, seed in enumerate(stage.seeds, 1):
        part = partial_decryption(election, tally, secret_from_seed(seed), random)
        counting.submit_decryption(store, stage.scrutineer(number), stage.round_id, part, now)
    return closed


def announce(store: Store, stage: InsecureStage, now: datetime) -> None:
    """Every scrutineer signs the report, the chair announces."""
    for number, seed in enumerate(stage.seeds, 1):
        actor = stage.scrutineer(number)
        report = counting.report_text(store, actor, stage.round_id)
        signature = report_key(seed).sign(report).hex()
        counting.sign_report(store, actor, stage.round_id, signature, now)
    announcing.announce(store, stage.chair, stage.round_id, now)


def report_key(seed: str) -> Ed25519PrivateKey:
    """The key that signs the report, behind the same backup code as the decryption secret."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(sha256_hex(f"piaojue-report|{seed}".encode())))
