"""试投: everybody tries the card out, and what they cast is thrown away.

It is opened under a key whose secret nobody ever had, so that nobody can count it; when it ends, the ballots
are deleted, and the round stays on the list as one that did not count. It needs no scrutineers and no rules
that a plenary has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

from msgspec.structs import replace

from ballots.credentials import base58
from ballots.election import Election
from ballots.group import Random
from ballots.trustees import make_public_key, secret_from_seed, trustees_document
from voting.actors import Actor, require
from voting.grading import Grading
from voting.handing_out.decks import FREE, free_uuids, newest, take_cards
from voting.handing_out.refusals import TrialRefused
from voting.rounds import Candidate, Round, Session
from voting.rules import RoundRules, Rules
from voting.sealing import election_document
from voting.store import Store, Transaction

TITLE: Final = "试投（不计票）"
DISCARDED: Final = "试投结束，选票已经作废"
NOTE: Final = "这是试投，只为熟悉操作：不计票，结束时全部作废。正式投票时请重新选择。"

_CANDIDATES: Final = (
    Candidate(number=1, title="试投项目甲", content="只用于熟悉操作，不是真的项目。"),
    Candidate(number=2, title="试投项目乙", content="只用于熟悉操作，不是真的项目。"),
)
_SEED_LENGTH: Final = 22


def create_trial(
    store: Store, actor: Actor, session_id: str, signing_key_hex: str, now: datetime, random: Random
) -> Round:
    """A 试投 that is open at once, for every card of the session's newest deck; one at a time.

    `signing_key_hex` is the installation's public key. Raises NoDeck, DeckUsedUp, TrialRefused, NotFound,
    Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        before = tx.rounds.of_session(actor, session_id)
        for one in before:
            if one.trial and one.state == "open":
                return one
        _refuse_the_last(tx, actor, session_id, before)
        new = _draft(session, sum(one.trial for one in before), now)
        tx.rounds.add(new)
        taken = take_cards(tx, actor, new, now)
        _refuse_beside_a_vote(tx, actor, session_id)
        return _open(tx, actor, _sealed(tx, taken, signing_key_hex, random), now)


def _refuse_the_last(tx: Transaction, actor: Actor, session_id: str, rounds: Sequence[Round]) -> None:
    """A 试投 uses the cards up for one round: not for one that is already drafted. Raises TrialRefused."""
    deck = newest(tx, actor, session_id)
    drafted = [one for one in rounds if one.method == "electronic" and one.state in FREE and not one.uuid]
    if deck is not None and drafted and 0 < len(free_uuids(tx, deck)) <= len(drafted):
        raise TrialRefused(
            f"这批投票卡剩下的轮次要留给“{drafted[0].title}”等还没有领用投票卡的{len(drafted)}轮，"
            "不能用于试投。请先为它们领用投票卡，仍有多余的再试投。"
        )


def _refuse_beside_a_vote(tx: Transaction, actor: Actor, session_id: str) -> None:
    """Under the deck's lock, without which no round of it opens. Raises TrialRefused."""
    for one in tx.rounds.of_session(actor, session_id):
        if one.state == "open":
            raise TrialRefused(f"“{one.title}”正在投票，现在不能试投。请在截止以后再试投。")


def refuse_beside_a_trial(tx: Transaction, actor: Actor, session_id: str) -> None:
    """Whoever has the 试投 on the phone would take it for the vote. Raises TrialRefused."""
    for one in tx.rounds.of_session(actor, session_id):
        if one.trial and one.state == "open":
            raise TrialRefused(f"“{one.title}”还没有结束。请先截止试投，再开始正式投票。")


def discard(tx: Transaction, actor: Actor, trial: Round, now: datetime) -> Round:
    """The locked 试投 ends: its ballots are gone, and it is void."""
    cast = tx.box.count(actor, trial.id)
    tx.box.empty(trial)
    tx.box.shuffle(trial)
    tx.steps.add(actor, trial, "discard_trial", now, note=f"试投{cast}张")
    return tx.rounds.change(trial, state="void", void_reason=DISCARDED)


def _draft(session: Session, earlier: int, now: datetime) -> Round:
    return Round(
        id=uuid4().hex,
        congress=session.congress,
        session=session.id,
        title=TITLE if not earlier else f"{TITLE}第{earlier + 1}次",
        state="drafted",
        rules=_rules(session),
        candidates=_CANDIDATES,
        drafted_at=now,
        trial=True,
    )


def _rules(session: Session) -> RoundRules:
    """What the session's members will vote by, in small: a committee only rates."""
    if session.body == "committee":
        return Grading(projects=len(_CANDIDATES), half="more_than", publish="list")
    return Rules(ballot="select_k", candidates=len(_CANDIDATES), places=1, publish="list")


def _sealed(tx: Transaction, taken: Round, signing_key_hex: str, random: Random) -> Round:
    """The secret behind the key ends with this function."""
    secret = secret_from_seed(base58(_SEED_LENGTH, random))
    trustees = trustees_document([make_public_key(secret, random)])
    congress = tx.sessions.congress(taken.congress)
    election = election_document(taken, congress.name, trustees, signing_key_hex)
    fingerprint = Election.parse(election).fingerprint
    return replace(taken, trustees=trustees, election=election, fingerprint=fingerprint)


def _open(tx: Transaction, actor: Actor, sealed: Round, now: datetime) -> Round:
    cards = tx.cards.count(actor, sealed.id)
    tx.steps.add(actor, sealed, "open_trial", now, note=f"{cards}张卡可以试投")
    return tx.rounds.change(
        sealed,
        state="open",
        trustees=sealed.trustees,
        election=sealed.election,
        fingerprint=sealed.fingerprint,
        present=cards,
        issued=cards,
        opened_at=now,
    )
