"""A round walked through its moments by the public functions of the cycle, as the people of the hall would.

For rehearsals and demonstrations: here one program holds every role's secrets, which in the hall nobody may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from ballots.credentials import SIZE, base58, generate_uuid
from ballots.election import Election
from ballots.group import Random
from ballots.tally import partial_decryption
from ballots.trustees import make_public_key, secret_from_seed
from voting import announcing, closing, counting, drafting, opening, reconciling, sealing, tally_report
from voting.actors import Actor, system
from voting.cards import deck_file, make_deck, public_file
from voting.demo import common_key, county
from voting.demo.common_key import report_key
from voting.handing_out import decks
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
    threshold: int | None = None
    """So many open the box with a key made together; None: each has an own key, and all are needed."""

    @property
    def staff(self) -> Actor:
        return Actor(role="staff", congress=self.congress.id, name="演练工作人员")

    @property
    def chair(self) -> Actor:
        return Actor(role="chair", congress=self.congress.id, name="演练执行主席", session=self.session.id)

    @property
    def enough(self) -> range:
        """The numbers of as many scrutineers as open the box."""
        return range(1, (self.threshold or len(self.names)) + 1)

    def teller(self, number: int) -> Actor:
        name = f"演练计票人{number}"
        congress, session = self.congress.id, self.session.id
        return Actor(role="teller", congress=congress, name=name, session=session, scrutineer=number)

    def scrutineer(self, number: int) -> Actor:
        return Actor(
            role="scrutineer",
            congress=self.congress.id,
            name=self.names[number - 1],
            session=self.session.id,
            scrutineer=number,
        )


def build(  # noqa: PLR0913 - what a session is made of
    store: Store,
    rules: RoundRules,
    candidates: Sequence[Candidate],
    all_deputies: int,
    cards: int,
    now: datetime,
    random: Random,
    *,
    names: tuple[str, ...] = county.SCRUTINEERS,
    threshold: int | None = None,
    spare: int = 0,
) -> InsecureStage:
    """A congress with a session and an adopted round, its cards loaded; no scrutineer has a key yet.

    With `spare` rounds the cards are good for these too, as those of a whole session are.
    """
    congress = drafting.create_congress(store, system(""), county.CONGRESS, "county")
    staff = Actor(role="staff", congress=congress.id, name="演练工作人员")
    session = drafting.create_session(store, staff, county.SESSION, all_deputies, random)
    made = drafting.create_round(store, staff, session.id, county.ROUND, rules, candidates, now)
    drafting.adopt(store, staff, made.id, names, now, threshold)
    uuid, *others = [generate_uuid(random) for _ in range(1 + spare)]
    deck = make_deck(cards, (uuid, *others), random)
    if others:
        decks.load_deck(store, staff, session.id, deck_file(session.code, deck), now)
        decks.use_deck(store, staff, made.id, now)
    else:
        sealing.load_cards(store, staff, made.id, public_file(uuid, deck.public[uuid]), now)
    return InsecureStage(
        congress=congress,
        session=session,
        round_id=made.id,
        uuid=uuid,
        cards=deck.credentials,
        names=names,
        seeds=tuple(base58(SIZE, random) for _ in names),
        threshold=threshold,
    )


def open_vote(
    store: Store, stage: InsecureStage, signer: Signer, present: int, now: datetime, random: Random
) -> Round:
    """Every scrutineer makes a key, the election is sealed, the vote is opened."""
    seal_vote(store, stage, signer, now, random)
    return opening.open_round(store, stage.staff, stage.round_id, present, present, now)


def seal_vote(store: Store, stage: InsecureStage, signer: Signer, now: datetime, random: Random) -> Round:
    """The scrutineers make their keys, or one together, and the election is frozen."""
    if stage.threshold is None:
        _register_keys(store, stage, now, random)
    else:
        common_key.make(store, stage, stage.threshold, now, random)
    return sealing.seal(store, stage.staff, stage.round_id, signer.public_hex, now)


def _register_keys(store: Store, stage: InsecureStage, now: datetime, random: Random) -> None:
    for number, seed in enumerate(stage.seeds, 1):
        key = make_public_key(secret_from_seed(seed), random)
        signing = report_key(seed).public_key().public_bytes_raw().hex()
        sealing.register_key(store, stage.scrutineer(number), stage.round_id, key, signing, now)


def close_vote(store: Store, stage: InsecureStage, now: datetime, random: Random) -> Round:
    """Closed, declared valid, decrypted by as many scrutineers as are needed: the counts are there."""
    closing.close_round(store, stage.staff, stage.round_id, now)
    return count_vote(store, stage, now, random)


def count_vote(store: Store, stage: InsecureStage, now: datetime, random: Random) -> Round:
    """Of a closed round: declared valid, decrypted by as many scrutineers as are needed."""
    closed = reconciling.declare_valid(store, stage.chair, stage.round_id, now)
    election, tally = Election.parse(closed.election or b""), closed.encrypted_tally or b""
    for number in stage.enough:
        part = partial_decryption(election, tally, _secret(store, stage, number), random)
        counting.submit_decryption(store, stage.scrutineer(number), stage.round_id, part, now)
    return closed


def announce(store: Store, stage: InsecureStage, now: datetime) -> None:
    """The scrutineers who opened the box sign the report, the chair announces."""
    for number in stage.enough:
        actor = stage.scrutineer(number)
        report = tally_report.report_text(store, actor, stage.round_id)
        signature = report_key(stage.seeds[number - 1]).sign(report).hex()
        counting.sign_report(store, actor, stage.round_id, signature, now)
    announcing.announce(store, stage.chair, stage.round_id, now)


def _secret(store: Store, stage: InsecureStage, number: int) -> int:
    if stage.threshold is None:
        return secret_from_seed(stage.seeds[number - 1])
    return common_key.secret(store, stage, number)
