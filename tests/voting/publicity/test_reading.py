"""What the public reads: everything that was released and nothing else, in a bounded number of statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import Engine, event

from tests import rated
from tests.county import County
from tests.delivery import project
from tests.publicity import OCTOBER, a_year, report
from tests.voting.supervising import desk
from voting.actors import NotFound
from voting.delivering.projects import yuan
from voting.publicity.board import Wanted, board
from voting.publicity.news import news
from voting.publicity.page import project_page
from voting.publicity.table import open_table
from voting.publicity.timeline import timeline
from voting.reporting.reports import Revision
from voting.supervising import visiting


@contextmanager
def statements() -> Iterator[list[str]]:
    """What goes to the database within the block."""
    seen: list[str] = []

    def note(*happened: object) -> None:
        seen.append(str(happened[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def test_a_year_is_counted_by_its_lights_and_narrowed_by_unit_and_light(county: County) -> None:
    year = a_year(county)
    whole = board(county.store, county.congress.id, Wanted(), OCTOBER)
    assert (whole.year, whole.years) == (2027, (2027,))
    assert whole.counts == (("red", 1), ("yellow", 1), ("green", 1), ("none", 1))
    assert [row.project.id for row in whole.rows] == [
        year.red.id,
        year.yellow.id,
        year.green.id,
        year.handed.id,
    ]
    unit = board(county.store, county.congress.id, Wanted(unit=county.units[1].id), OCTOBER)
    assert ([row.project.id for row in unit.rows], dict(unit.counts)["red"]) == ([year.yellow.id], 0)
    lit = board(county.store, county.congress.id, Wanted(light="red"), OCTOBER)
    assert ([row.project.id for row in lit.rows], lit.counts) == ([year.red.id], whole.counts)


def test_what_was_cancelled_is_listed_and_counted_in_nothing(county: County) -> None:
    going = project(county, planned=yuan(Decimal(320)), spent=yuan(Decimal(20)))
    gone = project(county, "乙", planned=yuan(Decimal(99)), spent=yuan(Decimal(9)), state="cancelled")
    found = board(county.store, county.congress.id, Wanted(), OCTOBER)
    assert [row.project.id for row in found.rows] == [going.id, gone.id]
    assert (found.planned, found.spent, found.cancelled) == (going.planned, going.spent, 1)
    assert sum(times for _, times in found.counts) == 1


def test_a_filter_that_the_year_does_not_have_is_none(county: County) -> None:
    a_year(county)
    for wanted in (Wanted(year=1999), Wanted(unit="0" * 32), Wanted(light="purple")):
        found = board(county.store, county.congress.id, wanted, OCTOBER)
        assert (found.year, found.unit, found.light, len(found.rows)) == (2027, None, None, 4)


def test_a_plan_that_is_not_published_is_nobodys_yet(county: County) -> None:
    handed = project(county, state="handed", planned=7_654_321)
    page = project_page(county.store, county.congress.id, handed.id, OCTOBER)
    assert (page.project.planned, page.project.lead_unit, page.sheet.milestones) == (0, None, ())
    (row,) = board(county.store, county.congress.id, Wanted(), OCTOBER).rows
    (line,) = open_table(county.store, county.congress.id, "", OCTOBER).projects
    assert (row.project.planned, row.unit, line.planned, line.lead_unit, line.milestones) == (
        0,
        "",
        0,
        "",
        (),
    )


def test_a_project_is_found_below_its_own_congress_and_once_handed_over(county: County) -> None:
    chosen, handed = project(county, state="chosen"), project(county, "学校", state="handed")
    here, there = county.congress.id, county.town.congress.id
    assert project_page(county.store, here, handed.id, OCTOBER).project.id == handed.id
    for congress, one in (
        (here, chosen.id),
        (there, handed.id),
        (here, "0" * 32),
        ("x", handed.id),
        (here, "\0"),
    ):
        with pytest.raises(NotFound):
            project_page(county.store, congress, one, OCTOBER)


def test_what_supervisors_keep_is_read_once_it_is_released(county: County) -> None:
    year = a_year(county)
    visit = desk.a_visit(county, year.red, county.staff)
    change = desk.asked(county, year.red)
    before = project_page(county.store, county.congress.id, year.red.id, OCTOBER)
    assert (before.supervision.visits, before.changes) == ((), ())
    visiting.release(county.store, county.staff, year.red.id, visit.id, county.now())
    desk.decided(county, year.red, change)
    after = project_page(county.store, county.congress.id, year.red.id, OCTOBER)
    (seen,), (changed,) = after.supervision.visits, after.changes
    assert (seen.visit.seen, len(seen.pictures)) == (visit.seen, 1)
    assert [(what, old != new) for what, old, new in changed.lines] == [("资金", True), ("资金来源", True)]


def test_the_timeline_tells_it_from_the_plan_to_the_score_in_order(county: County, tmp_path: Path) -> None:
    year = a_year(county)
    desk.accepted(county, year.green, desk.finished(county, year.green))
    rated.held(county, tmp_path, [year.green], [(1,)] * 6, "published")
    page = project_page(county.store, county.congress.id, year.green.id, OCTOBER)
    events = timeline(page)
    assert [one.day for one in events] == sorted(one.day for one in events)
    said = [one.words for one in events]
    assert said[0] == "实施方案公布"
    assert "2027年第3季度进度报告：完成88%" in said
    assert {"报告办结", "验收通过"} <= set(said)
    assert [one.path for one in events if "满意度测评" in one.words] == [page.scores[0].path]


def test_a_score_stands_in_list_page_table_and_news_once_published(county: County, tmp_path: Path) -> None:
    year = a_year(county)
    here = county.congress.id
    sitting = rated.held(county, tmp_path, [year.red, year.green], [(3, 1)] * 6)

    def levels() -> list[str | None]:
        rows = board(county.store, here, Wanted(), OCTOBER).rows
        return [row.score.level if row.score else None for row in rows]

    assert levels() == [None] * 4
    sitting.reach("published")
    assert levels() == ["不满意", None, "满意", None]
    lines = open_table(county.store, here, "https://a.example", OCTOBER).projects
    assert [(one.level, one.address) for one in lines[0].scores] == [
        ("不满意", f"https://a.example/r/{sitting.round.id}")
    ]
    newest = [one.title for one in news(county.store, here)[1][:2]]
    assert set(newest) == {f"{one.title}：满意度测评结果公布" for one in (year.red, year.green)}


def test_a_correction_keeps_what_was_said_before(county: County) -> None:
    of = project(county)
    first = report(county, of, (50, 0, 0))
    with county.store.write() as tx:
        step = tx.projects.milestones([of])[of.id][0].id
        changed = tx.reports.change(first, percents={**first.percents, step: 40}, progress=80, version=2)
        (old,) = tx.reports.revisions([first])[first.id]
        new: Revision = replace(
            old, revision=2, percents=changed.percents, progress=80, reason="统计口径改正"
        )
        tx.reports.add_revision(new)
    page = project_page(county.store, county.congress.id, of.id, OCTOBER)
    ((told,),) = (page.progress.reports,)
    assert told.corrections[0].revision.reason == "统计口径改正"
    assert next((old, new) for _, old, new in told.corrections[0].changes) == ("50%", "40%")


def test_lists_ask_the_same_few_statements_however_many_projects_there_are(
    county: County, tmp_path: Path
) -> None:
    def cost() -> tuple[int, int]:
        with statements() as of_board:
            board(county.store, county.congress.id, Wanted(), OCTOBER)
        with statements() as of_table:
            open_table(county.store, county.congress.id, "", OCTOBER)
        return len(of_board), len(of_table)

    year = a_year(county)
    rated.held(county, tmp_path, [year.red, year.green, year.yellow], [(3, 1, 2)] * 6, "published")
    few = cost()
    for n in range(6):
        report(county, project(county, f"再加第{n}件"), (50, 0, 0))
    assert cost() == few


def test_the_day_decides_the_light_though_nothing_is_written(county: County) -> None:
    of = project(county)
    report(county, of, (100, 0, 0))
    lights = [
        board(county.store, county.congress.id, Wanted(), OCTOBER.replace(month=month, day=20))
        .rows[0]
        .light.color
        for month in (3, 12)
    ]
    assert (lights[0] != "red", lights[1]) == (True, "red")
    assert of.deadline == date(2027, 10, 31)
