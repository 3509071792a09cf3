"""计票结果报告单: the count of one round as the scrutineers sign it, for the file (PDF/A)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from voting.counts import ApprovalCounts, Counts, SelectCounts, valid_ballots
from voting.documents.typesetting import chinese_date, typeset
from voting.outcome import VERDICT_NAMES, Outcome, Standing
from voting.rounds import Candidate, Scrutineer
from voting.rules import Base, Rules

HEAD_GROUP = 8
_WHOLE: dict[Base, str] = {
    "all_deputies": "全体代表{}人",
    "present": "实到代表{}人",
    "returned": "收回票{}张",
}


class TallyReport(Struct, frozen=True, kw_only=True):
    """What the report and the chair's text say. Candidates in printed order, the chief scrutineer first."""

    session_title: str
    round_title: str
    rules: Rules
    candidates: tuple[Candidate, ...]
    counts: Counts
    outcome: Outcome
    scrutineers: tuple[Scrutineer, ...]
    closing_head: str | None
    """封箱码; None for a round that was voted on paper only."""
    day: date


def tally_report_pdf(report: TallyReport, timestamp: datetime) -> bytes:
    """The report on A4. A void round has no table of candidates. Raises MissingFont."""
    data = {
        "session": report.session_title,
        "round": report.round_title,
        "figures": _figures(report.counts, is_void=report.outcome.status == "void"),
        "head": _table_head(report),
        "rows": [_row(report, standing) for standing in _as_printed(report.outcome)],
        "totals": _totals(report) if report.outcome.standings else [],
        "sentences": report.outcome.sentences,
        "reasons": [_reason(report, standing) for standing in _as_printed(report.outcome)],
        "closing_head": _grouped(report.closing_head),
        "scrutineers": [_signature(scrutineer) for scrutineer in report.scrutineers],
        "date": chinese_date(report.day),
    }
    return typeset("report.typ", data, timestamp, archival=True)


def _figures(counts: Counts, *, is_void: bool) -> list[tuple[str, str]]:
    """应到, 实到, 发出, 收回, 有效, 无效, the customary order; a void round's ballots are not sorted out."""
    valid, invalid = ("—", "—") if is_void else (f"{valid_ballots(counts)}张", f"{counts.invalid}张")
    return [
        ("应到代表", f"{counts.all_deputies}人"),
        ("实到代表", f"{counts.present}人"),
        ("发出票", f"{counts.issued}张"),
        ("收回票", f"{counts.returned}张"),
        ("有效票", valid),
        ("无效票", invalid),
    ]


def _table_head(report: TallyReport) -> list[str]:
    votes = ["赞成", "反对", "弃权"] if isinstance(report.counts, ApprovalCounts) else ["得票数"]
    return ["序号", "候选项目", *votes, "名次", "结果"]


def _totals(report: TallyReport) -> list[tuple[str, str]]:
    """The lines below the candidates: blank ballots, and how many votes it took to be chosen."""
    totals = []
    if isinstance(report.counts, SelectCounts):
        totals.append(("弃权票（一件都不选）", str(report.counts.blank)))
    if report.outcome.threshold is not None:
        whole = _WHOLE[report.rules.base].format(report.outcome.base)
        totals.append((f"入选须超过{whole}的半数，至少得赞成票", str(report.outcome.threshold)))
    return totals


def _as_printed(outcome: Outcome) -> Sequence[Standing]:
    return sorted(outcome.standings, key=lambda standing: standing.number)


def _row(report: TallyReport, standing: Standing) -> list[str]:
    votes = [standing.votes, standing.against, standing.abstain]
    return [
        str(standing.number),
        title_of(report, standing.number),
        *(str(figure) for figure in votes if figure is not None),
        str(standing.rank),
        VERDICT_NAMES[standing.status],
    ]


def _reason(report: TallyReport, standing: Standing) -> tuple[str, str, str]:
    return f"{standing.number}号", title_of(report, standing.number), standing.reason


def title_of(report: TallyReport, number: int) -> str:
    """The title of the candidate with this printed number."""
    return next(candidate.title for candidate in report.candidates if candidate.number == number)


def _grouped(head: str | None) -> list[str]:
    return [head[start : start + HEAD_GROUP] for start in range(0, len(head), HEAD_GROUP)] if head else []


def _signature(scrutineer: Scrutineer) -> dict[str, object]:
    return {
        "role": "总监票人" if scrutineer.chief else "监票人",
        "name": scrutineer.name,
        "signed": scrutineer.signature is not None,
    }
