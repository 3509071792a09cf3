"""年度报告 is for everybody: gathered as everybody may see it, also when an office asks for it early."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from tests.county import County
from tests.delivery import project
from tests.drafts import Way
from tests.rated import (
    ABSTAINED,
    PAPER,
    SATISFIED,
    UNSATISFIED,
    Sitting,
    a_session,
    handed_in,
    held,
    judged,
    ordered,
    wanted,
)
from tests.voting.years.sitting import voted
from tests.voting.years.test_annual_report import LATE, REPORT, SCORE, said
from voting.actors import Actor
from voting.delivering.projects import Part, Project
from voting.documents.annual_report import annual_report_docx
from voting.open_data import table_csv
from voting.rating.rounds_over_projects import make_retest
from voting.ratings import UNGRADED
from voting.years.annual import annual_report, gather
from voting.years.annual_facts import AnnualReport, ScoreRow
from voting.years.importing import import_scores

DAY: Final = LATE.date()


def gathered(county: County, actor: Actor | None = None) -> AnnualReport:
    with county.store.read() as tx:
        return gather(tx, actor or county.government, 2027, DAY)


def test_a_test_is_in_the_report_only_once_it_is_published(county: County, tmp_path: Path) -> None:
    lamp = project(county, "装路灯")
    sitting = held(county, tmp_path, [lamp], [(UNSATISFIED,)] * 5 + [(SATISFIED,)])
    ordered(county, sitting)
    for actor in (county.government, county.staff):
        facts = gathered(county, actor)
        assert (facts.scores, facts.rectifications, facts.closed) == ((), (), 0)
        assert "16.7%" not in said(annual_report(county.store, actor, 2027, LATE))
    sitting.reach("published")
    facts = gathered(county)
    assert [(one.score.level, one.score.overall) for one in facts.scores] == [("不满意", 167)]
    assert [one.title for one in facts.rectifications] == ["装路灯"]


def test_a_project_does_not_give_away_a_vote_that_is_not_published(county: County, tmp_path: Path) -> None:
    _, sitting = voted(Way(county), tmp_path, state="announced")
    project(county, "硬化村道", "chosen", round=sitting.round.id, candidate=1)
    assert gathered(county).projects == ()
    sitting.reach("published")
    assert [one.title for one in gathered(county).projects] == ["硬化村道"]


def test_a_plan_that_is_still_being_written_is_not_in_the_report(county: County) -> None:
    project(county, "修路", "handed")
    (row,) = gathered(county, county.staff).projects
    assert (row.title, row.planned, row.unit, row.targets, row.deadline) == ("修路", 0, "", "", None)


def test_what_was_struck_off_is_counted_and_no_longer_listed(county: County, tmp_path: Path) -> None:
    lamp = project(county, "装路灯", state="accepted")
    sitting = held(county, tmp_path, [lamp], [(UNSATISFIED,)] * 6)
    matter = ordered(county, sitting)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    judged(county, matter, "close", proof=PAPER)
    assert gathered(county).closed == 0
    sitting.reach("published")
    facts = gathered(county)
    assert (facts.rectifications, facts.closed) == ((), 1)
    text = said(annual_report_docx(facts))
    assert "已整改销号1件。" in text
    assert "没有需要整改的项目" not in text


def rated_and_retested(county: County, folder: Path, of: Project) -> None:
    """Badly at first, well in the year's second session; both published."""
    first = held(county, folder, [of], [(UNSATISFIED,)] * 6, "published", title="去年的测评")
    matter = ordered(county, first)
    session = a_session(county, title="第四次会议")
    made = make_retest(county.store, county.staff, wanted(session, "去年的再测评"), [matter.id], county.now())
    Sitting(county, session, made, folder).vote([(SATISFIED,)] * 6, "published")


def test_last_years_first_result_is_compared_and_its_retest_named(county: County, tmp_path: Path) -> None:
    rated_and_retested(county, tmp_path, project(county, "修路", year=2026, state="accepted"))
    held(county, tmp_path, [project(county, "修路")], [(SATISFIED,)] * 6, "published")
    assert [one.before for one in gathered(county).scores] == ["0.0%\n再测评：100.0%"]


def test_a_retest_of_this_year_stands_beside_the_first_with_its_own_title(
    county: County, tmp_path: Path
) -> None:
    rated_and_retested(county, tmp_path, project(county, "修路"))
    facts = gathered(county)
    assert [(one.score.level, one.score.retest) for one in facts.scores] == [
        ("不满意", False),
        ("满意", True),
    ]
    text = said(annual_report_docx(facts))
    assert "修路\n去年的测评" in text
    assert "修路（再测评）\n去年的再测评" in text


def test_a_part_is_compared_with_that_part_and_not_with_the_whole(county: County, tmp_path: Path) -> None:
    keys = []
    for year in (2026, 2027):
        road = project(county, "修路", year=year, state="accepted")
        parts = [
            Part(congress=road.congress, project=road.id, place=n, title=f"第{n}段", unit=county.units[n].id)
            for n in (1, 2)
        ]
        with county.store.write() as tx:
            tx.projects.set_parts(road, parts)
        keys.append([f"{road.id}.1", f"{road.id}.2"])
    last, this = keys
    held(county, tmp_path, last, [(SATISFIED, UNSATISFIED)] * 6, "published", title="去年的测评")
    held(county, tmp_path, [this[0]], [(SATISFIED,)] * 6, "published", session=a_session(county, title="甲"))
    whole = project(county, "修路", state="accepted")
    held(county, tmp_path, [whole], [(SATISFIED,)] * 6, "published", title="整体测评")
    found = [(one.score.title, one.before) for one in gathered(county).scores]
    assert found == [("修路：第1段", "100.0%"), ("修路", "")]


def test_last_years_tests_that_are_not_published_are_not_compared(county: County, tmp_path: Path) -> None:
    held(county, tmp_path, [project(county, "修路", year=2026)], [(UNSATISFIED,)] * 6, title="去年的测评")
    held(county, tmp_path, [project(county, "修路")], [(SATISFIED,)] * 6, "published")
    assert [one.before for one in gathered(county).scores] == [""]


def test_several_units_of_the_offices_own_table_are_named(county: County, tmp_path: Path) -> None:
    head = ("年度", "项目", "责任单位", "满意", "不满意", "收回")
    rows = [(2026, "修路", "县交通运输局", 1, 9, 10), (2026, "修路", "县住建局", 10, 0, 10)]
    import_scores(county.store, county.staff, "表.csv", table_csv(head, rows), county.now())
    held(county, tmp_path, [project(county, "修路")], [(SATISFIED,)] * 6, "published")
    assert [one.before for one in gathered(county).scores] == ["县交通运输局：10.0%\n县住建局：100.0%"]


def test_where_nobody_gave_an_opinion_the_report_says_so(county: County, tmp_path: Path) -> None:
    lamp = project(county, "装路灯")
    bands: dict[str, Any] = {"method": "bands", "half": None, "bands": (90, 60, 0), "rates": "opinions"}
    held(county, tmp_path, [lamp], [(ABSTAINED,)] * 6, "published", **bands)
    assert [one.score.level for one in gathered(county).scores] == [""]
    assert UNGRADED in said(annual_report(county.store, county.staff, 2027, LATE))
    without = annual_report_docx(replace(REPORT, scores=(ScoreRow(score=replace(SCORE, level=""), unit=""),)))
    assert UNGRADED in said(without)


def test_money_of_cancelled_projects_is_not_added_up(county: County) -> None:
    project(county, "修路", spent=1_000_000)
    project(county, "建房", "cancelled", spent=200_000)
    text = said(annual_report_docx(gathered(county)))
    assert "实施民生实事项目2件" in text
    assert "1件已取消" in text
    assert "计划投资320万元，已支出100万元（不含已取消的1件）。" in text
