"""The figures of a round, and the report the scrutineers sign: 计票结果报告单, 测评结果报告单.

Figures go to whom `rounds.shows_figures` names and to nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ballots.errors import BadSignature
from ballots.record import OLDEST, VERSION, check_signature
from ballots.record import Figures as Attendance
from ballots.report import OutcomeHead, RatingsHead, Report
from ballots.report import report_text as text_of
from ballots.tally import Result
from voting.actors import Actor, NotYet
from voting.conclusions import Conclusion, conclude
from voting.counts import ApprovalCounts, Counts, Rows, SelectCounts, counts_of_rows
from voting.paper_ballots.agreeing import on_paper
from voting.paper_ballots.sheets import Entry, sum_of
from voting.ratings import Ratings
from voting.rounds import Round, Scrutineer, Session, choices, full_title
from voting.store import Store, Transaction


class Figures(Struct, frozen=True, kw_only=True):
    """What a round came to: the counts, and what they mean under its rules."""

    counts: Counts
    outcome: Conclusion


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


def figures_of(tx: Transaction, actor: Actor, counted: Round) -> Figures:
    """The sum of the box and of the papers, which are nowhere shown apart. Raises NotYet."""
    result = tx.rounds.result(actor, counted.id)
    return figures_from(tx, actor, counted, tx.sessions.get(actor, counted.session), result)


def figures_from(tx: Transaction, actor: Actor, counted: Round, session: Session, result: bytes) -> Figures:
    """As `figures_of`, of a result that was given to this actor."""
    found = msgspec.json.decode(result, type=Result)
    counts = counts_from(counted, session, found, on_paper(tx, actor, counted))
    return Figures(counts=counts, outcome=conclude(counted.rules, counts))


def counts_from(counted: Round, session: Session, result: Result, papers: Entry | None = None) -> Counts:
    """The archive's result and the papers as counts; an electronic ballot cannot be invalid."""
    rows = result.result
    return counts_of_rows(
        counted.rules.ballot,
        sum_of(rows, papers.rows) if papers and papers.rows else rows,
        body=session.body,
        hands=counted.method == "hands",
        all_deputies=session.all_deputies,
        present=counted.present or 0,
        issued=counted.issued or 0,
        returned=counted.returned or 0,
        invalid=papers.invalid if papers else 0,
    )


def report_of(tx: Transaction, actor: Actor, counted: Round) -> bytes:
    """Raises NotYet."""
    return signed_report(tx, actor, counted)[1]


def signed_report(tx: Transaction, actor: Actor, counted: Round) -> tuple[int, bytes]:
    """The version of the record, and its report. Raises NotYet.

    What was signed under an earlier program keeps its words, and the record its version.
    """
    everybody = tx.scrutineers.of(actor, counted.id)
    said = _said(tx, actor, counted, everybody)
    newest, older = (text_of(replace(said, version=one)).encode() for one in (VERSION, OLDEST))
    signed = [one for one in everybody if one.signature is not None]
    if signed and all(_has_signed(one, older) for one in signed):
        return OLDEST, older
    return VERSION, newest


def _has_signed(one: Scrutineer, text: bytes) -> bool:
    try:
        check_signature(one.signing_key or "", text, one.signature or "")
    except BadSignature:
        return False
    return True


def _said(tx: Transaction, actor: Actor, counted: Round, everybody: Sequence[Scrutineer]) -> Report:
    session = tx.sessions.get(actor, counted.session)
    figures = figures_of(tx, actor, counted)
    counts = figures.counts
    return Report(
        session=full_title(tx.sessions.congress(counted.congress), session),
        title=counted.title,
        body=session.body,
        figures=attendance(counts),
        hands=counts.hands,
        candidates=tuple(one.title for one in counted.candidates),
        answers=choices(counted),
        rows=_rows(counts),
        outcome=_head(figures.outcome),
        scrutineers=tuple(one.name for one in everybody),
        closing_head=counted.closing_head,
    )


def _head(outcome: Conclusion) -> OutcomeHead | RatingsHead:
    """As much of it as the report says."""
    if isinstance(outcome, Ratings):
        return msgspec.convert(outcome, RatingsHead, from_attributes=True)
    return msgspec.convert(outcome, OutcomeHead, from_attributes=True)


def attendance(counts: Counts) -> Attendance:
    """应到, 实到, 发出, 收回, 无效 as the record has them."""
    return msgspec.convert(counts, Attendance, from_attributes=True)


def _rows(counts: Counts) -> Rows:
    if isinstance(counts, SelectCounts):
        return ((counts.blank, *counts.votes),)
    if isinstance(counts, ApprovalCounts):
        return tuple(zip(counts.for_votes, counts.against, counts.abstain, strict=True))
    return counts.rows


def opened_second(of: Round) -> int:
    """The timestamp in the archive's headers. Raises NotYet before opening."""
    if of.opened_at is None:
        raise NotYet
    return int(of.opened_at.timestamp())
