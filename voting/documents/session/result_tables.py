"""The result of a round as .xlsx and as .csv: figures as numbers, a line a project. Pure."""

from __future__ import annotations

import io
from typing import Final

from xlsxwriter import Workbook

from voting.counts import valid_ballots
from voting.documents.report import TallyReport
from voting.documents.report_table import title_of
from voting.documents.session.facts import RoundFacts, SessionFacts
from voting.documents.session.worksheets import Cell, put_sheet
from voting.grading import Grading, columns
from voting.open_data import table_csv
from voting.outcome import VERDICT_NAMES, Outcome, Standing
from voting.ratings import UNGRADED, Grade, Ratings, percent, tenths

_WIDTHS: Final = {"序号": 6, "项目": 44, "责任单位": 24, "说明": 60, "事项": 16, "情况": 80}
_FIGURES: Final = ("事项", "情况")


def result_csv(of: RoundFacts) -> bytes:
    """The lines alone, UTF-8 with BOM. Raises ValueError while figures are kept back."""
    head, rows = _table(of)
    return table_csv(head, rows)


def result_xlsx(facts: SessionFacts, of: RoundFacts) -> bytes:
    """Two sheets: the projects, and the figures of the round. Raises ValueError while there are none."""
    head, rows = _table(of)
    file, title = io.BytesIO(), f"{facts.title}　{of.title}"
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        put_sheet(book, "结果", title, head, rows, _WIDTHS)
        put_sheet(book, "投票情况", title, _FIGURES, [*attendance_rows(of), *_sentences(of)], _WIDTHS)
    return file.getvalue()


def attendance_rows(of: RoundFacts) -> list[list[Cell]]:
    """应到, 实到, 发出, 收回, 未投, 有效, 无效. Raises ValueError while figures are kept back."""
    counts, words = _tally(of).counts, of.words
    void = counts.returned > counts.issued
    return [
        [words.entitled, counts.all_deputies],
        [words.present_members, counts.present],
        ["发出票", counts.issued],
        ["收回票", counts.returned],
        ["未投", max(0, counts.issued - counts.returned)],
        ["有效票", "—" if void else valid_ballots(counts)],
        ["无效票", "—" if void else counts.invalid],
    ]


def _sentences(of: RoundFacts) -> list[list[Cell]]:
    """What the figures lead to, after them."""
    said = _tally(of).outcome.sentences
    return [["说明" if number == 0 else "", one] for number, one in enumerate(said)]


def _tally(of: RoundFacts) -> TallyReport:
    if of.tally is None:
        raise ValueError(of.round.state)
    return of.tally


def _table(of: RoundFacts) -> tuple[list[str], list[list[Cell]]]:
    tally = _tally(of)
    units = {one.number: one.unit for one in tally.candidates}
    if isinstance(tally.outcome, Ratings) and isinstance(tally.rules, Grading):
        rules = tally.rules
        points = ["平均分"] if rules.method == "points" else []
        head = ["序号", "项目", "责任单位", *columns(rules), "满意率", "总体满意率", *points, "等次", "说明"]
        rows = [_grade(rules, one, tally, units[one.number]) for one in tally.outcome.grades]
        return head, rows
    if not isinstance(tally.outcome, Outcome):
        raise TypeError("an outcome under rules of another kind")
    printed = sorted(tally.outcome.standings, key=lambda one: one.number)
    each = bool(printed) and printed[0].against is not None
    votes = ["赞成", "反对", "弃权"] if each else ["得票数"]
    added = of.settled.by_presidium if of.settled else ()
    rows = [_standing(one, tally, units[one.number], added=one.number in added, of=of) for one in printed]
    return ["序号", "项目", "责任单位", *votes, "名次", "结果", "说明"], rows


def _standing(
    standing: Standing, tally: TallyReport, unit: str, *, added: bool, of: RoundFacts
) -> list[Cell]:
    figures = (standing.votes, standing.against, standing.abstain)
    verdict = f"{of.words.presidium}决定列入" if added else VERDICT_NAMES[standing.status]
    return [
        standing.number,
        title_of(tally.candidates, standing.number),
        unit,
        *(figure for figure in figures if figure is not None),
        standing.rank,
        verdict,
        standing.reason,
    ]


def _grade(rules: Grading, one: Grade, tally: TallyReport, unit: str) -> list[Cell]:
    points = [tenths(one.score)] if rules.method == "points" else []
    rates = [percent(one.satisfied), percent(one.overall)]
    title = title_of(tally.candidates, one.number)
    return [one.number, title, unit, *one.counts, *rates, *points, one.level or UNGRADED, one.reason]
