"""计票结果报告单, 测评结果报告单: the count of one round as the scrutineers sign it, for the file (PDF/A)."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.conclusions import Conclusion
from voting.counts import Counts, valid_ballots
from voting.documents.report_table import Table, decision_table, ratings_table
from voting.documents.typesetting import chinese_date, typeset
from voting.grading import Grading
from voting.outcome import Outcome
from voting.ratings import Ratings
from voting.rounds import Candidate, Scrutineer
from voting.rules import RoundRules, Rules, kind_of
from voting.wording import Words, words_for

HEAD_GROUP = 8


class TallyReport(Struct, frozen=True, kw_only=True):
    """What the report and the chair's text say. Candidates in printed order, the chief scrutineer first."""

    session_title: str
    round_title: str
    rules: RoundRules
    candidates: tuple[Candidate, ...]
    counts: Counts
    outcome: Conclusion
    scrutineers: tuple[Scrutineer, ...]
    threshold: int | None = None
    """How many scrutineers open the box and sign; None: all."""
    closing_head: str | None
    """封箱码; None for a round that was voted on paper only."""
    day: date

    @property
    def words(self) -> Words:
        """What things are called in this round."""
        return words_for(kind_of(self.rules), self.counts.body)


def tally_report_pdf(report: TallyReport, timestamp: datetime) -> bytes:
    """The report on A4. A void round has no table of candidates. Raises MissingFont."""
    table, words = table_of(report), report.words
    data = {
        "title": words.report,
        "session": report.session_title,
        "round": report.round_title,
        "figures": figures_row(report),
        "head": table.head,
        "widths": table.widths,
        "rows": table.rows,
        "totals": table.totals,
        "result": f"{words.act}结果",
        "sentences": report.outcome.sentences,
        "reasons": table.reasons,
        "closing_head": _grouped(report.closing_head),
        "scrutineers": [_signature(scrutineer) for scrutineer in report.scrutineers],
        "who_signed": who_signed(report),
        "date": chinese_date(report.day),
    }
    return typeset("report.typ", data, timestamp, archival=True)


def table_of(report: TallyReport) -> Table:
    """A line a candidate; empty for a void round."""
    rules, outcome = report.rules, report.outcome
    if isinstance(rules, Grading) and isinstance(outcome, Ratings):
        return ratings_table(rules, outcome, report.candidates, report.words)
    if isinstance(rules, Rules) and isinstance(outcome, Outcome):
        return decision_table(rules, report.counts, outcome, report.candidates, report.words)
    raise TypeError("an outcome under rules of another kind")


def figures_row(report: TallyReport) -> list[tuple[str, str]]:
    """应到, 实到, 发出, 收回, 未投, 有效, 无效, the customary order.

    A void round's ballots are not sorted out. 未投 are cards and papers given out that did not come back.
    """
    counts, words = report.counts, report.words
    is_void = report.outcome.status == "void"
    if counts.hands:
        return [
            (words.entitled, f"{counts.all_deputies}人"),
            (words.present_members, f"{counts.present}人"),
            ("参加表决", f"{counts.returned}人"),
            ("未表决", f"{max(0, counts.issued - counts.returned)}人"),
        ]
    not_cast, valid, invalid = (
        ("—", "—", "—")
        if is_void
        else (f"{counts.issued - counts.returned}张", f"{valid_ballots(counts)}张", f"{counts.invalid}张")
    )
    return [
        (words.entitled, f"{counts.all_deputies}人"),
        (words.present_members, f"{counts.present}人"),
        ("发出票", f"{counts.issued}张"),
        ("收回票", f"{counts.returned}张"),
        ("未投", not_cast),
        ("有效票", valid),
        ("无效票", invalid),
    ]


def who_signed(report: TallyReport) -> str:
    """How many signed on their own devices, and how many have to. Empty where nobody can have."""
    if report.closing_head is None:
        return ""
    signed = [one.name for one in report.scrutineers if one.signature is not None]
    needed = report.threshold or len(report.scrutineers)
    names = f"：{'、'.join(signed)}" if signed else ""
    return f"监票人{len(report.scrutineers)}名，须有{needed}名以上签名，已电子签名{len(signed)}名{names}。"


def _grouped(head: str | None) -> list[str]:
    return [head[start : start + HEAD_GROUP] for start in range(0, len(head), HEAD_GROUP)] if head else []


def _signature(scrutineer: Scrutineer) -> dict[str, object]:
    return {
        "role": "总监票人" if scrutineer.chief else "监票人",
        "name": scrutineer.name,
        "signed": scrutineer.signature is not None,
    }
