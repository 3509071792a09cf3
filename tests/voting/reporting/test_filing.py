"""What one report lets the next one say, and how long a report that was early counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.county import County, new_id
from tests.delivery import milestones, project
from tests.refusals import refused, unchanged
from tests.reporting import at, submit
from tests.voting.supervising import desk
from voting.delivering.projects import WHOLE, Project, yuan
from voting.photos import Prepared
from voting.reporting.baseline import carried
from voting.reporting.overviews import Progress, progress_of
from voting.reporting.periods import EARLY_DAYS
from voting.reporting.reports import ReportError, StaleReport
from voting.store import Store


@pytest.fixture
def road(county: County) -> Project:
    return project(county)


def progress(county: County, road: Project, day: date) -> Progress:
    with county.store.read() as tx:
        return progress_of(tx, county.staff, tx.projects.get(county.staff, road.id), day)


def pictures(store: Store, county: County, road: Project) -> int:
    with store.read() as tx:
        return len(tx.project_files.pictures(county.staff, road))


def test_photos_on_an_old_form_are_refused_and_not_dropped_in_silence(county: County, road: Project) -> None:
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 2), submit=False, text="草稿")
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 3), text="草稿", version=1)
    with refused(county.store, StaleReport):
        submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 3), text="草稿", version=1, photos=[desk.PICTURE])


def test_the_same_form_with_the_same_photos_sent_twice_keeps_them_once(county: County, road: Project) -> None:
    photos = [Prepared(width=8, height=8, small=b"one", body=b"1"), desk.PICTURE]
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 2), version=0, photos=photos)
    with unchanged(county.store):
        submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 2), version=0, photos=photos)
    assert pictures(county.store, county, road) == len(photos)


def test_money_that_was_cut_below_what_is_spent_does_not_end_reporting(county: County, road: Project) -> None:
    submit(county, road, "2027Q1", 100, 20, 0, wan="250", now=at(4, 2))
    with county.store.write() as tx:
        tx.projects.change(road, planned=yuan(Decimal(200)))
    submit(county, road, "2027Q2", 100, 50, 0, wan="250", now=at(7, 2))
    with refused(county.store, ReportError, "超过计划资金"):
        submit(county, road, "2027Q3", 100, 60, 0, wan="250.01", now=at(10, 2))


def test_a_report_handed_in_early_leaves_its_period_owed(county: County, road: Project) -> None:
    submit(county, road, "2027Q1", 50, 0, 0, now=at(3, 31))
    submit(county, road, "2027Q2", 60, 0, 0, now=at(4, 1))
    assert progress(county, road, date(2027, 6, 30)).owed == ()
    later = progress(county, road, date(2027, 7, 25))
    assert [one.period.key for one in later.owed] == ["2027Q2"]
    assert (later.as_of, later.light.color) == (date(2027, 6, 30), "red")


def test_that_nothing_changed_since_an_early_report_is_said_once(county: County, road: Project) -> None:
    submit(county, road, "2027Q1", 50, 0, 0, now=at(3, 31))
    submit(county, road, "2027Q2", 60, 0, 0, now=at(4, 1))
    with refused(county.store, ReportError, "写明原因"):
        submit(county, road, "2027Q2", 60, 0, 0, now=at(7, 2))
    submit(county, road, "2027Q2", 60, 0, 0, now=at(7, 2), reason="到期末没有新的进展。", version=1)
    with unchanged(county.store):
        submit(county, road, "2027Q2", 60, 0, 0, now=at(7, 2), reason="到期末没有新的进展。", version=1)
    assert progress(county, road, date(2027, 7, 25)).owed == ()


@pytest.mark.parametrize(("before", "owed"), [(EARLY_DAYS, 0), (EARLY_DAYS + 1, 1)])
def test_so_many_days_before_the_end_a_report_is_in_time(
    county: County, road: Project, before: int, owed: int
) -> None:
    submit(county, road, "2027Q1", 50, 0, 0, now=at(3, 31 - before))
    assert len(progress(county, road, date(2027, 4, 1)).owed) == owed


def test_what_is_all_done_needs_no_other_report_at_the_end(county: County, road: Project) -> None:
    submit(county, road, "2027Q1", 100, 100, 100, now=at(3, 1))
    shown = progress(county, road, date(2027, 4, 30))
    assert (shown.percent, shown.owed) == (WHOLE, ())


def test_milestones_of_one_title_keep_their_own_per_cent_by_place(road: Project) -> None:
    titles = ("施工", "施工", "验收")
    old = [replace(one, title=title) for one, title in zip(milestones(road), titles, strict=True)]
    new = [replace(one, id=new_id("n"), baseline=2) for one in old]
    said = dict(zip((one.id for one in old), (100, 40, 5), strict=True))
    assert [carried(said, old, new)[one.id] for one in new] == [100, 40, 5]


def test_the_words_of_a_units_draft_are_in_the_log_when_the_office_writes_over_it(county: County) -> None:
    road = project(county)
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 2), submit=False, text="自己写的第一稿。")
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 3), submit=False, text="单位写的。")
    office = county.government
    submit(county, road, "2027Q1", 10, 0, 0, now=at(4, 4), submit=False, text="政府办写的。", actor=office)
    with county.store.read() as tx:
        log = b"".join(one.before for one in tx.audit.unchained(county.congress.id, 100)).decode()
    assert "单位写的。" in log
    assert "自己写的第一稿。" not in log
