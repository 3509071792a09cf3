"""封存: the cards' public halves and the scrutineers' keys come in, and the election is frozen.

From then on its bytes, and the fingerprint over them, never change; its uuid is never used for another round,
not even after 票决无效.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from ballots.ceremony import read_share
from ballots.election import (
    Election,
    ElectionDocument,
    Question,
    description,
    encode_credentials,
    encode_election,
)
from ballots.encoding import encode
from ballots.errors import BadTrustee
from ballots.group import point_hex
from ballots.trustees import check_public_key, joint_key, trustees_document
from voting.actors import Actor, NotFound, require
from voting.cards import read_public_file
from voting.cycle import advance, already
from voting.errors import VotingError
from voting.grading import Grading
from voting.rounds import Round, Scrutineer, choices, words_of
from voting.rules import rules_hash
from voting.scrutinising.ceremonies import key_in_use
from voting.scrutinising.keys import Ceremony
from voting.scrutinising.report_keys import check_report_key
from voting.store import Store, Transaction


class NotReady(VotingError):
    """Something is missing before the round can be sealed; the sentence lists it."""

    sentence = "还不能封存。请先备齐投票卡和监票人的开箱钥匙。"


class CardsInUse(VotingError):
    """Cards of a round that has been sealed: its uuid is never used again."""

    sentence = "这份投票卡名单已经用于另一轮票决，不能再用。请使用为本轮（或备用轮次）制作的名单。"


class AlreadySealed(VotingError):
    """Cards or keys that come after the election was frozen."""

    sentence = "本轮已经封存，投票卡名单和开箱钥匙不能再更换。"


class CommonKey(VotingError):
    """A key of the own for a round whose scrutineers make one together."""

    sentence = "这一轮的开箱钥匙由全体监票人一起生成，不单独登记。请刷新页面，按页面上的提示继续。"


class KeyTaken(VotingError):
    """A key that another scrutineer has registered: each must make an own one."""

    sentence = "这把开箱钥匙已由另一名监票人登记。请每名监票人在自己的设备上生成。"


def load_cards(store: Store, actor: Actor, round_id: str, raw: bytes, now: datetime) -> Round:
    """Take the public file of `piaojue cards` for this round; another one may replace it until sealing.

    A file that was loaded for another round by mistake moves here, unless that round is sealed. Raises
    CardsError, CardsInUse, AlreadySealed, NotFound, Forbidden.
    """
    require(actor, "staff")
    uuid, cards = read_public_file(raw)
    credentials = encode_credentials(cards)
    with store.write() as tx:
        into = tx.rounds.lock(actor, round_id)
        if (into.uuid, into.credentials) == (uuid, credentials):
            return into
        _refuse_sealed(into)
        _take_from_other(tx, actor, into, uuid, now)
        tx.cards.load(into, cards)
        tx.steps.add(actor, into, "load_cards", now, note=f"{len(cards)}张")
        return tx.rounds.change(into, deck=None, uuid=uuid, credentials=credentials)


def register_key(
    store: Store, actor: Actor, round_id: str, public_key: bytes, signing_key: str, now: datetime
) -> Scrutineer:
    """The scrutineer's own keys, made in the own browser: the public half for opening the sum, with its proof
    (JSON), and the Ed25519 key for the report (64 hex digits). They may be made anew until sealing.

    Raises BadTrustee, KeyTaken, CommonKey, AlreadySealed, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    key = _checked_keys(public_key, signing_key)
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        everybody = tx.scrutineers.of(actor, round_id)
        own = own_entry(actor, everybody)
        if (own.public_key, own.signing_key) == (public_key, signing_key):
            return own
        _refuse_sealed(of)
        if of.ceremony is not None:
            raise CommonKey
        for other in everybody:
            if other != own and (_point(other) == key or other.signing_key == signing_key):
                raise KeyTaken
        tx.scrutineers.keep_key(own, public_key, signing_key)
        tx.steps.add(actor, of, "register_key", now, note=key)
        return replace(own, public_key=public_key, signing_key=signing_key)


def missing(of: Round, scrutineers: Sequence[Scrutineer], key: Ceremony | None = None) -> list[str]:
    """What has to be there before sealing and is not, in sentences; empty when the round can be sealed.

    `key` is the one that the scrutineers make together, if they do.
    """
    if of.state == "drafted":
        return [f"会议还没有通过{words_of(of).rules}和监票人名单。"]
    lines = [] if of.credentials is not None else ["还没有装入投票卡名单。"]
    if key is not None:
        return lines + _missing_of(key)
    return lines + [f"监票人{one.name}还没有生成开箱钥匙。" for one in scrutineers if one.public_key is None]


def seal(store: Store, actor: Actor, round_id: str, signing_key_hex: str, now: datetime) -> Round:
    """Freeze the election; `signing_key_hex` is the installation's public key, 64 hex digits.

    Raises NotReady, WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        adopted = tx.rounds.lock(actor, round_id)
        if already(adopted.state, "seal"):
            return adopted
        state = advance(adopted.state, "seal", adopted.kind, adopted.method)
        scrutineers, key = tx.scrutineers.of(actor, round_id), key_in_use(tx, actor, adopted)
        lacking = missing(adopted, scrutineers, key)
        if lacking:
            raise NotReady(f"还不能封存：{''.join(lacking)}")
        trustees = _hand_over(tx, scrutineers, key)
        congress = tx.sessions.congress(adopted.congress)
        election = election_document(adopted, congress.name, trustees, signing_key_hex)
        parsed = Election.parse(election)
        tx.steps.add(actor, adopted, "seal", now, note=parsed.fingerprint)
        return tx.rounds.change(
            adopted,
            state=state,
            rules=adopted.rules,  # in the letters that are sealed: an earlier program may have written others
            trustees=trustees,
            election=election,
            fingerprint=parsed.fingerprint,
            ceremony=None if key is None else key.id,
        )


def with_keys(scrutineers: Sequence[Scrutineer], key: Ceremony | None) -> tuple[Scrutineer, ...]:
    """The scrutineers with what a common key gives each of them, once it is made."""
    if key is None or key.trustees is None:
        return tuple(scrutineers)
    return tuple(
        replace(
            one,
            public_key=encode(read_share(member.share or b"").public_key),
            signing_key=member.signing_key,
            endorsement=member.endorsement,
        )
        for one, member in zip(scrutineers, key.members, strict=True)
    )


def election_document(of: Round, congress: str, trustees: bytes, signing_key_hex: str) -> bytes:
    """The bytes to freeze. The description binds the rules and the key that signs receipts."""
    return encode_election(
        ElectionDocument(
            version=1,
            description=description(rules_hash(of.rules), signing_key_hex),
            name=of.title,
            group="Ed25519",
            public_key=point_hex(joint_key(trustees)),
            questions=questions(of),
            uuid=of.uuid or "",
            administrator=congress,
        )
    )


def questions(of: Round) -> tuple[Question, ...]:
    """`select_k`: one question with a blank (弃权). Otherwise one per candidate, with exactly one answer."""
    titles = tuple(one.title for one in of.candidates)
    if isinstance(of.rules, Grading) or of.rules.ballot == "for_against":
        return tuple(Question(answers=choices(of), min=1, max=1, question=title) for title in titles)
    most = of.rules.places
    text = f"请选择不超过{most}个项目" if most > 1 else "请选择1个项目"
    return (Question(answers=titles, blank=True, min=1, max=most, question=text),)


def own_entry(actor: Actor, scrutineers: Sequence[Scrutineer]) -> Scrutineer:
    """Which of them the actor is. Raises NotFound."""
    for one in scrutineers:
        if (one.number, one.name) == (actor.scrutineer, actor.name):
            return one
    raise NotFound


def _missing_of(key: Ceremony) -> list[str]:
    """As many must have compared the code as open the box: fewer could be shown to be alone with a forger."""
    if key.trustees is None:
        return [f"监票人还没有一起生成好开箱钥匙，正在等{'、'.join(key.waiting_for)}。"]
    if key.compared < key.threshold:
        return [f"核对钥匙编号的监票人还不到{key.threshold}名，正在等{'、'.join(key.waiting_for)}。"]
    return []


def _hand_over(tx: Transaction, scrutineers: Sequence[Scrutineer], key: Ceremony | None) -> bytes:
    """The archive's `trustees`; the scrutineers' rows hold what they have in it."""
    if key is None or key.trustees is None:
        return trustees_document([one.public_key for one in scrutineers if one.public_key is not None])
    for one in with_keys(scrutineers, key):
        tx.scrutineers.keep_key(one, one.public_key or b"", one.signing_key or "", one.endorsement)
    return key.trustees


def _refuse_sealed(of: Round) -> None:
    if of.state not in {"drafted", "adopted"}:
        raise AlreadySealed


def _take_from_other(tx: Transaction, actor: Actor, into: Round, uuid: str, now: datetime) -> None:
    holder = tx.rounds.holding(actor, uuid)
    if holder is None or holder.id == into.id:
        return
    other = tx.rounds.lock(actor, holder.id)
    if other.uuid != uuid:  # it took other cards before we had the lock
        return
    if other.state not in {"drafted", "adopted"}:
        raise CardsInUse(CardsInUse.sentence.replace("票决", words_of(other).act))
    tx.cards.load(other, ())
    tx.rounds.change(other, deck=None, uuid=None, credentials=None)
    tx.steps.add(actor, other, "unload_cards", now, note=into.title)


def _checked_keys(public_key: bytes, signing_key: str) -> str:
    """The point of a key that may be registered, as hex. Raises BadTrustee."""
    key = check_public_key(public_key)
    check_report_key(signing_key)
    if (key.signature, key.name) != (msgspec.UNSET, msgspec.UNSET):
        raise BadTrustee("public_key")
    return key.public_key


def _point(one: Scrutineer) -> str | None:
    return None if one.public_key is None else check_public_key(one.public_key).public_key
