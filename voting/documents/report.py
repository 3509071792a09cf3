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
    closing_head: str | None
    """封箱码; None for a round that was voted on paper only."""
    day: date

    @property
    def words(self) -> Words:
        """What things are called in this round."""
        return words_for(kind_of(self.rules), self.counts.body)


def tally_report_pdf(report: TallyReport, timestamp: datetime) -> bytes:
    """The report on A4. A void round has no table of candidates. Raises MissingFont."""
    table, words = _table(report), report.words
    data = {
        "title": words.report,
        "session": report.session_title,
        "round": report.round_title,
        "figures": _figures(report.counts, words, is_void=report.outcome.status == "void"),
        "head": table.head,
        "widths": table.widths,
        "rows": table.rows,
        "totals": table.totals,
        "result": f"{words.act}结果",
        "sentences": report.outcome.sentences,
        "reasons": table.reasons,
        "closing_head": _grouped(report.closing_head),
        "scrutineers": [_signature(scrutineer) for scrutineer in report.scrutineers],
        "date": chinese_date(report.day),
    }
    return typeset("report.typ", data, timestamp, archival=True)


def _table(report: TallyReport) -> Table:
    rules, outcome = report.rules, report.outcome
    if isinstance(rules, Grading) and isinstance(outcome, Ratings):
        return ratings_table(rules, outcome, report.candidates, report.words)
    if isinstance(rules, Rules) and isinstance(outcome, Outcome):
        return decision_table(rules, report.counts, outcome, report.candidates, report.words)
    raise TypeError("an outcome under rules of another kind")


def _figures(counts: Counts, words: Words, *, is_void: bool) -> list[tuple[str, str]]:
    """应到, 实到, 发出, 收回, 有效, 无效, the customary order; a void round's ballots are not sorted out."""
    valid, invalid = ("—", "—") if is_void else (f"{valid_ballots(counts)}张", f"{counts.invalid}张")
    return [
        (words.entitled, f"{counts.all_deputies}人"),
        (words.present_members, f"{counts.present}人"),
        ("发出票", f"{counts.issued}张"),
        ("收回票", f"{counts.returned}张"),
        ("有效票", valid),
        ("无效票", invalid),
    ]


def _grouped(head: str | None) -> list[str]:
    return [head[start : start + HEAD_GROUP] for start in range(0, len(head), HEAD_GROUP)] if head else []


def _signature(scrutineer: Scrutineer) -> dict[str, object]:
    return {
        "role": "总监票人" if scrutineer.chief else "监票人",
        "name": scrutineer.name,
        "signed": scrutineer.signature is not None,
    }
