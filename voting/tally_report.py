"""The figures of a round, and the report the scrutineers sign: 计票结果报告单, 测评结果报告单.

Figures go to whom `rounds.shows_figures` names and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from ballots.tally import Result
from voting.actors import Actor, NotYet
from voting.conclusions import Conclusion, conclude
from voting.counts import ApprovalCounts, Counts, SelectCounts, counts_of_rows, valid_ballots
from voting.grading import Grading, columns
from voting.paper_ballots.agreeing import on_paper
from voting.paper_ballots.sheets import Entry, sum_of
from voting.ratings import UNGRADED, Ratings, percent
from voting.rounds import Round, Session, full_title, words_of
from voting.store import Store, Transaction
from voting.wording import Words


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
    result = msgspec.json.decode(tx.rounds.result(actor, counted.id), type=Result)
    session = tx.sessions.get(actor, counted.session)
    counts = counts_from(counted, session, result, on_paper(tx, actor, counted))
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
    session = tx.sessions.get(actor, counted.session)
    congress = tx.sessions.congress(counted.congress)
    figures, words = figures_of(tx, actor, counted), words_of(counted, session)
    counts = figures.counts
    lines = [
        words.report,
        full_title(congress, session),
        counted.title,
        f"{words.entitled}{counts.all_deputies}人，{words.present_members}{counts.present}人。",
        *_ballot_lines(counts, words),
        *_lines(counted, figures),
        *([f"封箱码：{counted.closing_head}"] if counted.closing_head else []),
    ]
    return "\n".join(lines).encode()


def _ballot_lines(counts: Counts, words: Words) -> list[str]:
    if counts.hands:
        return [f"举手表决，参加表决{counts.returned}人。"]
    return [
        f"发出{words.ballot}{counts.issued}张，收回{words.ballot}{counts.returned}张。",
        f"有效票{valid_ballots(counts)}张，无效票{counts.invalid}张。",
    ]


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
        return [f"弃权{counts.blank}人。" if counts.hands else f"弃权票{counts.blank}张。", *votes]
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
