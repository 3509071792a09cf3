"""Promises of progress reports, on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.delivery import milestones, project
from tests.pictures import jpeg
from tests.refusals import refused, unchanged
from tests.reporting import at, submit
from voting.actors import PUBLIC, Actor, Forbidden, NotFound, system
from voting.days import today
from voting.delivering.projects import Picture, Project, ProjectState, ProjectStep, yuan
from voting.photos import Prepared, prepare
from voting.reporting import filing, overviews
from voting.reporting.overviews import Progress
from voting.reporting.reports import Report, ReportError, ReportStep, StaleReport

DEAD_LINE = at(4, 7)
LATE = at(4, 8)


def progress(
    county: County, made: Project, actor: Actor | None = None, month: int = 12, day: int = 31
) -> Progress:
    who = actor or county.staff
    with county.store.read() as tx:
        return overviews.progress_of(tx, who, tx.projects.get(who, made.id), today(at(month, day)))


def kept(county: County, made: Project, actor: Actor | None = None) -> tuple[Report, ...]:
    with county.store.read() as tx:
        return tx.reports.of_project(actor or system(county.congress.id), made)


def now_of(county: County, made: Project) -> Project:
    with county.store.read() as tx:
        return tx.projects.get(county.staff, made.id)


def photo() -> Prepared:
    return prepare(jpeg(64, 48))


@case("reports.add", "reports.of_project", "reports.change", "reports.of_period")
def test_a_report_that_is_handed_in_moves_the_project_in_the_same_breath(county: County) -> None:
    made = project(county)
    draft = submit(county, made, "2027Q1", 80, 0, 0, wan="12.5", submit=False, now=at(4, 1))
    assert (draft.submitted_at, draft.version, now_of(county, made).reported_at) == (None, 1, None)
    done = submit(county, made, "2027Q1", 90, 10, 0, wan="20.5", now=at(4, 2))
    assert (done.id, done.version, done.submitted_by) == (draft.id, 2, county.unit.name)
    after = now_of(county, made)
    assert after.progress == 20 * 9 + 50 * 1
    assert after.spent == yuan(Decimal("20.5"))
    assert after.reported_at == at(4, 2)
    assert [one.period for one in kept(county, made)] == ["2027Q1"]


def test_the_same_form_sent_twice_changes_nothing_more(county: County) -> None:
    made = project(county)
    for submitted in (False, True):
        version = 0 if not submitted else 1
        sent: dict[str, Any] = {"version": version, "submit": submitted, "photos": [photo()], "now": at(4, 1)}
        submit(county, made, "2027Q1", 80, 0, 0, **sent)
        with unchanged(county.store):
            submit(county, made, "2027Q1", 80, 0, 0, **sent)


def test_a_draft_is_seen_by_those_who_write_it_and_by_nobody_else(county: County) -> None:
    made = project(county)
    with county.store.write() as tx:
        tx.projects.set_assisting(made, [county.units[1].id])
    submit(county, made, "2027Q1", 80, 0, 0, submit=False, now=at(4, 1))
    readers = [county.staff, county.deputy, county.presidium, county.other_unit, PUBLIC, county.town.staff]
    assert [len(kept(county, made, one)) for one in (county.unit, county.government)] == [1, 1]
    assert [len(kept(county, made, one)) for one in readers] == [0] * len(readers)
    submit(county, made, "2027Q1", 80, 0, 0, now=at(4, 1))
    assert [len(kept(county, made, one)) for one in readers] == [1] * len(readers)


def test_drafts_of_a_period_are_listed_for_their_writers_only(county: County) -> None:
    made, other = project(county), project(county, "修桥", lead_unit=county.units[1].id)
    for one in (made, other):
        submit(county, one, "2027Q1", 80, 0, 0, submit=False, now=at(4, 1), actor=county.government)

    def listed(actor: Actor, period: str = "2027Q1") -> set[str]:
        with county.store.read() as tx:
            return set(tx.reports.of_period(actor, [made, other], period))

    assert listed(county.government) == {made.id, other.id}
    assert (listed(county.unit), listed(county.other_unit)) == ({made.id}, {other.id})
    assert (listed(county.deputy), listed(PUBLIC), listed(county.government, "2027Q2")) == (set(),) * 3
    submit(county, made, "2027Q1", 80, 0, 0, now=at(4, 1))
    assert listed(PUBLIC) == {made.id}


def test_only_the_unit_that_leads_and_the_government_office_report(county: County) -> None:
    made, helped = project(county), project(county, "修桥")
    with county.store.write() as tx:
        tx.projects.set_assisting(helped, [county.units[1].id])
    for stranger in (county.other_unit, county.town.staff, county.town.unit):
        with refused(county.store, NotFound):
            submit(county, made, "2027Q1", 80, 0, 0, actor=stranger, version=0)
    with refused(county.store, Forbidden, "牵头单位"):
        submit(county, helped, "2027Q1", 80, 0, 0, actor=county.other_unit, version=0)
    for actor in (county.staff, county.deputy, county.presidium):
        with refused(county.store, Forbidden):
            submit(county, made, "2027Q1", 80, 0, 0, actor=actor, version=0)
    assert submit(county, made, "2027Q1", 80, 0, 0, actor=county.government).submitted_by == "赵主任"


@case("reports.filed")
def test_a_towns_clerk_collects_and_reports_alone(county: County) -> None:
    town = county.town
    made = project(town)
    submit(town, made, "2027Q1", 100, 0, 0, actor=town.staff)
    with county.store.read() as tx:
        assert [one.progress for one in tx.reports.filed([made])[made.id]] == [200]
        assert tx.reports.filed([]) == {}


def test_a_per_cent_that_is_none_is_refused(county: County) -> None:
    made = project(county)
    for percent in (101, -1):
        with refused(county.store, ReportError, f"“完成招标”的完成百分比应在0至100之间，现在是{percent}"):
            submit(county, made, "2027Q1", percent, 0, 0, version=0)


def test_a_per_cent_falls_only_with_a_reason(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 100, 40, 0)
    with refused(county.store, ReportError, "“路基施工”完成30%，比2027年第1季度报告的40%少"):
        submit(county, made, "2027Q2", 100, 30, 0, version=0)
    done = submit(county, made, "2027Q2", 100, 30, 0, reason="两公里返工。")
    assert (done.progress, now_of(county, made).progress) == (350, 350)


def test_money_neither_comes_back_nor_exceeds_the_plan(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 100, 0, 0, wan="100")
    with refused(county.store, ReportError, "累计支出99.9999万元，比2027年第1季度报告的100万元少"):
        submit(county, made, "2027Q2", 100, 0, 0, wan="99.9999", reason="记错了。", version=0)
    with refused(county.store, ReportError, "累计支出320.0001万元，超过计划资金320万元.*项目调整"):
        submit(county, made, "2027Q2", 100, 0, 0, wan="320.0001", version=0)
    assert submit(county, made, "2027Q2", 100, 0, 0, wan="320").spent == made.planned


def test_after_a_decided_change_more_money_may_be_spent(county: County) -> None:
    made = project(county)
    with county.store.write() as tx:
        tx.projects.change(made, planned=yuan(Decimal(400)))
    assert submit(county, made, "2027Q1", 100, 0, 0, wan="390").spent == yuan(Decimal(390))


@case("reports.add_revision", "reports.revisions")
def test_a_correction_keeps_what_stood_there_and_everybody_sees_both(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 100, 30, 0, wan="50")
    with refused(county.store, ReportError, "请写明原因"):
        submit(county, made, "2027Q1", 90, 30, 0, wan="40")
    submit(county, made, "2027Q1", 90, 30, 0, wan="40", reason="发票重复。", actor=county.government)
    assert (now_of(county, made).progress, now_of(county, made).spent) == (330, yuan(Decimal(40)))
    for reader in (county.deputy, county.unit, PUBLIC):
        [told] = progress(county, made, reader).reports
        [correction] = told.corrections
        assert correction.revision.by == county.government.name
        assert correction.revision.reason == "发票重复。"
        assert correction.changes == (
            ("完成招标", "100%", "90%"),
            ("累计支出", "50万元", "40万元"),
        )
    with county.store.read() as tx:
        [first, second] = tx.reports.revisions(kept(county, made))[told.report.id]
        assert (first.spent, second.spent) == (yuan(Decimal(50)), yuan(Decimal(40)))
        assert tx.reports.revisions([]) == {}


def test_an_older_report_is_corrected_within_the_newer_one_and_does_not_move_the_project(
    county: County,
) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 50, 0, 0, wan="10")
    submit(county, made, "2027Q2", 100, 20, 0, wan="30")
    before = now_of(county, made)
    with refused(county.store, ReportError, "比2027年第2季度报告的30万元多"):
        submit(county, made, "2027Q1", 50, 0, 0, wan="31", reason="漏记。")
    with refused(county.store, ReportError, "比2027年第2季度报告的20%多"):
        submit(county, made, "2027Q1", 50, 21, 0, wan="10", reason="漏报。")
    submit(county, made, "2027Q1", 60, 0, 0, wan="12", reason="漏报。")
    assert now_of(county, made) == before


def test_two_people_on_one_report_the_later_is_told_and_nothing_is_overwritten(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 80, 0, 0, submit=False, version=0, text="一标段开工。")
    with refused(county.store, StaleReport, f"{county.unit.name}刚刚保存过"):
        submit(county, made, "2027Q1", 70, 0, 0, version=0, actor=county.government, text="没有开工。")
    submit(county, made, "2027Q1", 70, 0, 0, version=1, actor=county.government, text="没有开工。")
    assert kept(county, made)[0].text == "没有开工。"


def test_what_is_not_being_delivered_is_not_reported_on(county: County) -> None:
    states: tuple[ProjectState, ...] = ("chosen", "handed", "accepted", "cancelled")
    for made in [project(county, f"项目{state}", state=state) for state in states]:
        with refused(county.store, ProjectStep):
            filing.open_report(county.store, county.government, made.id, "2027Q1", at(12, 31))


def test_a_period_that_is_not_due_is_not_reported_on(county: County) -> None:
    made = project(county)
    for period in ("2026Q4", "2028Q1", "2027-03"):
        with refused(county.store, ReportStep, "不需要报告进度"):
            filing.open_report(county.store, county.unit, made.id, period, at(12, 31))
    with refused(county.store, NotFound):
        filing.open_report(county.store, county.unit, made.id, "2027Q9", at(12, 31))


def pictures(county: County, made: Project, actor: Actor) -> tuple[Picture, ...]:
    told = progress(county, made, actor).reports
    return told[0].pictures if told else ()


@case("project_files.show_pictures")
def test_photos_come_out_with_the_report_unless_the_office_holds_them_back(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 80, 0, 0, submit=False, photos=[photo(), photo()])
    with county.store.read() as tx:
        assert tx.project_files.pictures(PUBLIC, made) == ()
    submit(county, made, "2027Q1", 80, 0, 0)
    assert [one.place for one in pictures(county, made, PUBLIC)] == [1, 2]
    with refused(county.store, Forbidden):
        filing.show_photos(county.store, county.unit, made.id, "2027Q1", at(12, 31), public=False)
    filing.show_photos(county.store, county.government, made.id, "2027Q1", at(12, 31), public=False)
    assert (len(pictures(county, made, PUBLIC)), len(pictures(county, made, county.deputy))) == (0, 2)
    submit(county, made, "2027Q1", 81, 0, 0, reason="漏报。", photos=[photo()])
    assert (len(pictures(county, made, PUBLIC)), len(pictures(county, made, county.deputy))) == (0, 3)
    filing.show_photos(county.store, county.government, made.id, "2027Q1", at(12, 31), public=True)
    assert len(pictures(county, made, PUBLIC)) == 3


@case("project_files.take_down", "project_files.taken_down")
def test_the_wrong_photo_is_taken_down_for_good_with_its_reason(county: County) -> None:
    made, day = project(county), at(12, 31)
    submit(county, made, "2027Q1", 80, 0, 0, photos=[photo(), photo()])
    wrong, right = pictures(county, made, PUBLIC)

    def take_down(actor: Actor, picture: str, why: str) -> None:
        filing.take_down_photo(county.store, actor, made.id, "2027Q1", picture, why, day)

    with refused(county.store, ReportError, "没有填写撤下的原因"):
        take_down(county.unit, wrong.id, " ")
    with refused(county.store, ReportError, "请选择要撤下的照片"):
        take_down(county.unit, new_id("none"), "拍错了")
    with refused(county.store, NotFound):
        take_down(county.other_unit, wrong.id, "拍错了")
    for _ in range(2):
        take_down(county.unit, wrong.id, "拍的是别的工地")
    filing.show_photos(county.store, county.government, made.id, "2027Q1", day, public=False)
    filing.show_photos(county.store, county.government, made.id, "2027Q1", day, public=True)
    submit(county, made, "2027Q1", 81, 0, 0, reason="补照片。", photos=[photo()])
    assert [one.place for one in pictures(county, made, PUBLIC)] == [right.place, 3]
    with county.store.read() as tx:
        [gone] = tx.project_files.taken_down(made)
        assert (gone.picture.id, gone.reason, gone.by) == (wrong.id, "拍的是别的工地", county.unit.name)
        assert tx.project_files.picture(county.deputy, wrong.id, small=True)
        with pytest.raises(NotFound):
            tx.project_files.picture(PUBLIC, wrong.id, small=True)


def test_six_photos_and_no_more_and_only_a_draft_lets_them_go(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 80, 0, 0, submit=False, photos=[photo()] * 4)
    with refused(county.store, ReportError, "最多 6 张照片"):
        submit(county, made, "2027Q1", 80, 0, 0, photos=[photo()] * 3)
    filing.drop_photos(county.store, county.unit, made.id, "2027Q1", at(12, 31))
    submit(county, made, "2027Q1", 80, 0, 0, photos=[photo()] * 6)
    assert len(pictures(county, made, PUBLIC)) == 6
    with refused(county.store, ReportStep, "已经提交"):
        filing.drop_photos(county.store, county.unit, made.id, "2027Q1", at(12, 31))


def test_a_late_report_is_a_warning_in_itself_and_lights_cost_the_same_for_many(county: County) -> None:
    made = [project(county, f"第{n}条路") for n in range(3)]
    submit(county, made[0], "2027Q1", 75, 0, 0, now=at(4, 2))
    with county.store.read() as tx:
        on_time = overviews.lights_of(tx, PUBLIC, made, today(DEAD_LINE))
        late = overviews.lights_of(tx, county.deputy, made, today(LATE))
        assert overviews.lights_of(tx, county.deputy, [], today(LATE)) == {}
        with pytest.raises(NotFound):
            overviews.lights_of(tx, county.town.staff, made, today(LATE))
    assert [on_time[one.id].color for one in made] == ["green", "none", "none"]
    assert [late[one.id].color for one in made] == ["green", "yellow", "yellow"]


def test_between_two_reports_nobody_falls_behind(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 51, 0, 0, now=at(4, 2))
    assert progress(county, made, month=6, day=30).light.color == "green"
    assert progress(county, made, month=6, day=30).as_of == at(3, 31).date()
    assert progress(county, made, month=7, day=8).light.color == "red"


def test_what_is_still_being_planned_is_nobody_elses(county: County) -> None:
    made = project(county, state="handed")
    with county.store.write() as tx:
        tx.projects.set_milestones(made, 1, milestones(made))
    assert progress(county, made, PUBLIC).standings == ()


def test_after_a_decided_change_of_time_what_was_reported_stays_with_its_milestones(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q1", 100, 40, 0)
    submit(county, made, "2027Q2", 100, 45, 0, submit=False)
    with county.store.write() as tx:
        later = [
            replace(one, id=new_id("m"), baseline=2, due=one.due.replace(month=12))
            for one in milestones(made)
        ]
        tx.projects.set_milestones(made, 2, later)
        changed = tx.projects.change(made, baseline=2)
    assert progress(county, changed).percent == 400
    form = filing.open_report(county.store, county.unit, made.id, "2027Q2", at(12, 31))
    assert [form.start.percents[one.id] for one in form.milestones] == [100, 45, 0]
    with refused(county.store, ReportError, "“路基施工”完成39%，比2027年第1季度报告的40%少"):
        submit(county, changed, "2027Q2", 100, 39, 0)
    submit(county, changed, "2027Q2", 100, 50, 0)
    submit(county, made, "2027Q1", 90, 40, 0, reason="重复计算。")
    [second, first] = progress(county, changed).reports
    assert [one.due for one in second.milestones] != [one.due for one in first.milestones]
    assert first.corrections[0].changes == (("完成招标", "100%", "90%"),)


def test_a_gap_that_a_later_report_covers_is_still_shown_and_burns_no_light(county: County) -> None:
    made = project(county)
    submit(county, made, "2027Q2", 100, 45, 0, now=at(7, 2))
    seen = progress(county, made, month=7, day=8)
    assert [one.period.key for one in seen.owed] == ["2027Q1"]
    assert seen.light.color == "green"
    submit(county, made, "2027Q1", 60, 0, 0, now=at(7, 9))
    assert progress(county, made, month=7, day=9).owed == ()
    assert progress(county, made, month=7, day=9).reports[-1].report.days_late == 93
