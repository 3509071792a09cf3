"""计票: the scrutineers decrypt the sum, see the figures, and sign the report.

Before the last decryption that is needed the counts exist nowhere. Afterwards they are shown to whom
`rounds.shows_figures` names and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from ballots.election import Election
from ballots.group import point_from_hex
from ballots.record import check_signature
from ballots.tally import Result, check_partial_decryption, decrypt, is_enough, owned_decryption
from ballots.trustees import check_public_key, check_trustees
from voting.actors import Actor, NotYet, require
from voting.conclusions import Conclusion, conclude
from voting.counts import ApprovalCounts, Counts, GradeCounts, SelectCounts, valid_ballots
from voting.cycle import advance
from voting.grading import Grading, columns
from voting.ratings import UNGRADED, Ratings, percent
from voting.recording import Chain, archive
from voting.rounds import Round, Scrutineer, Session, full_title, words_of
from voting.sealing import own_entry
from voting.store import Store, Transaction


class Figures(Struct, frozen=True, kw_only=True):
    """What a round came to: the counts, and what they mean under its rules."""

    counts: Counts
    outcome: Conclusion


def closed_archive(store: Store, actor: Actor, round_id: str) -> bytes:
    """The record as far as the sealed sum, for a scrutineer to check before decrypting: `.bel` bytes.

    Raises NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.read() as tx:
        closed = tx.rounds.get(actor, round_id)
        return archive(tx.record.entries(actor, round_id, "EncryptedTally"), opened_second(closed))


def submit_decryption(store: Store, actor: Actor, round_id: str, raw: bytes, now: datetime) -> Round:
    """A scrutineer's part of opening the sum. The last one that is needed makes the count.

    A scrutineer who has given one already changes nothing. Raises BadDecryption, WrongStep, NotFound,
    Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        closed = tx.rounds.lock(actor, round_id)
        own = own_entry(actor, tx.scrutineers.of(actor, round_id))
        if own.decrypted:
            return closed
        advance(closed.state, "count", closed.kind)
        _check_part(closed, own, raw)
        tx.scrutineers.keep_decryption(own, raw)
        tx.steps.add(actor, closed, "decrypt", now)
        parts = tx.scrutineers.decryptions(actor, round_id)
        if not is_enough(check_trustees(closed.trustees or b""), parts):
            return closed
        return _count(tx, actor, closed, parts, now)


def figures(store: Store, actor: Actor, round_id: str) -> Figures:
    """Counts and outcome, to whom they may be shown now. Raises NotYet, NotFound."""
    with store.read() as tx:
        return figures_of(tx, actor, tx.rounds.get(actor, round_id))


def report_text(store: Store, actor: Actor, round_id: str) -> bytes:
    """The 计票结果报告单 or 测评结果报告单 as the scrutineers sign it: UTF-8, lines ended by line feeds,
    the last one not.

    Raises NotYet, NotFound.
    """
    with store.read() as tx:
        return report_of(tx, actor, tx.rounds.get(actor, round_id))


def sign_report(store: Store, actor: Actor, round_id: str, signature_hex: str, now: datetime) -> Scrutineer:
    """A scrutineer's Ed25519 signature, 128 hex digits, over exactly `report_text`, by the registered key.

    Raises BadSignature, NotYet, NotFound, Forbidden.
    """
    require(actor, "scrutineer")
    with store.write() as tx:
        counted = tx.rounds.lock(actor, round_id)
        own = own_entry(actor, tx.scrutineers.of(actor, round_id))
        if own.signature is not None:
            return own
        if counted.state != "counted":
            raise NotYet("还没有计票结果，不能签字。请在全部监票人开箱之后签字。")
        check_signature(own.signing_key or "", report_of(tx, actor, counted), signature_hex)
        tx.scrutineers.keep_signature(own, signature_hex)
        tx.steps.add(actor, counted, "sign", now)
        return msgspec.structs.replace(own, signature=signature_hex)


def figures_of(tx: Transaction, actor: Actor, counted: Round) -> Figures:
    """Raises NotYet."""
    result = msgspec.json.decode(tx.rounds.result(actor, counted.id), type=Result)
    counts = counts_from(counted, tx.sessions.get(actor, counted.session), result)
    return Figures(counts=counts, outcome=conclude(counted.rules, counts))


def counts_from(counted: Round, session: Session, result: Result) -> Counts:
    """The archive's result as counts; an electronic ballot cannot be invalid."""
    attendance: dict[str, Any] = {
        "body": session.body,
        "all_deputies": session.all_deputies,
        "present": counted.present or 0,
        "issued": counted.issued or 0,
        "returned": counted.returned or 0,
    }
    if counted.rules.ballot == "grades":
        return GradeCounts(**attendance, rows=result.result)
    if counted.rules.ballot == "select_k":
        blank, *votes = result.result[0]
        return SelectCounts(**attendance, votes=tuple(votes), blank=blank)
    for_votes, against, abstain = zip(*result.result, strict=True)
    return ApprovalCounts(**attendance, for_votes=for_votes, against=against, abstain=abstain)


def report_of(tx: Transaction, actor: Actor, counted: Round) -> bytes:
    """Raises NotYet."""
    session = tx.sessions.get(actor, counted.session)
    congress = tx.sessions.congress(counted.congress)
    figures, words = figures_of(tx, actor, counted), words_of(counted, session)
    counts = figures.counts
    lines = [
        words.report,
        full_title(congress, session),
        counted.title,
        f"{words.entitled}{counts.all_deputies}人，{words.present_members}{counts.present}人。",
        f"发出{words.ballot}{counts.issued}张，收回{words.ballot}{counts.returned}张。",
        f"有效票{valid_ballots(counts)}张，无效票{counts.invalid}张。",
        *_lines(counted, figures),
        f"封箱码：{counted.closing_head}",
    ]
    return "\n".join(lines).encode()


def opened_second(of: Round) -> int:
    """The timestamp in the archive's headers. Raises NotYet before opening."""
    if of.opened_at is None:
        raise NotYet
    return int(of.opened_at.timestamp())


def _lines(counted: Round, figures: Figures) -> list[str]:
    names = [f"{one.number}. {one.title}：" for one in counted.candidates]
    rules, counts, outcome = counted.rules, figures.counts, figures.outcome
    if isinstance(rules, Grading) and isinstance(outcome, Ratings):
        return [*_grade_lines(rules, names, outcome), f"总体满意率{percent(outcome.overall)}。"]
    if isinstance(counts, SelectCounts):
        votes = [f"{name}得赞成票{n}票。" for name, n in zip(names, counts.votes, strict=True)]
        return [f"弃权票{counts.blank}张。", *votes]
    if isinstance(counts, ApprovalCounts):
        rows = zip(names, counts.for_votes, counts.against, counts.abstain, strict=True)
        return [f"{name}赞成{y}票，反对{n}票，弃权{a}票。" for name, y, n, a in rows]
    raise TypeError("figures of a round of another kind")


def _grade_lines(rules: Grading, names: Sequence[str], ratings: Ratings) -> Iterator[str]:
    offered = columns(rules)
    for name, one in zip(names, ratings.grades, strict=True):
        row = "，".join(f"{answer}{votes}票" for answer, votes in zip(offered, one.counts, strict=True))
        rates = f"满意率{percent(one.satisfied)}，总体满意率{percent(one.overall)}"
        yield f"{name}{row}；{rates}；{one.level or UNGRADED}。"


def _check_part(closed: Round, own: Scrutineer, raw: bytes) -> None:
    """Raises BadDecryption."""
    election = Election.parse(closed.election or b"")
    key = point_from_hex(check_public_key(own.public_key or b"").public_key)
    check_partial_decryption(election, closed.encrypted_tally or b"", key, raw)


def _count(tx: Transaction, actor: Actor, closed: Round, parts: dict[int, bytes], now: datetime) -> Round:
    """The sum opens: the rest of the record, in the order of the scrutineers' numbers."""
    election = Election.parse(closed.election or b"")
    trustees = check_trustees(closed.trustees or b"")
    result = decrypt(election, trustees, closed.encrypted_tally or b"", parts, closed.returned or 0)
    chain = Chain(tx, closed)
    for owner, raw in parts.items():
        chain.add("PartialDecryption", raw, owned_decryption(owner, raw))
    chain.add("Result", result)
    chain.keep()
    tx.rounds.keep_result(closed, result)
    tx.steps.add(actor, closed, "count", now)
    return tx.rounds.change(closed, state=advance(closed.state, "count", closed.kind))
