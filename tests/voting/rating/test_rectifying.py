"""What rounds over projects and 整改 refuse, and who may touch what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from tests.county import County, new_id
from tests.delivery import project
from tests.rated import (
    PAPER,
    PARTLY,
    SATISFIED,
    UNSATISFIED,
    Sitting,
    a_session,
    entry,
    handed_in,
    held,
    judged,
    ordered,
    wanted,
)
from tests.refusals import refused, unchanged
from voting.actors import PUBLIC, Forbidden, NotFound
from voting.days import CHINA, today
from voting.delivering.projects import Part
from voting.grading import FEWEST_RETURNED
from voting.publicity.page import ProjectPage, project_page
from voting.publicity.timeline import timeline
from voting.rating import climbing, rectifying, reminding, rounds_over_projects
from voting.rating.climbing import Climb
from voting.rating.overviews import rectification_of, scores_of, scores_of_round
from voting.rating.rectifications import Rectification
from voting.rating.refusals import RatingError, RatingStep

BAD = [(UNSATISFIED,)] * 6


def matter_of(county: County, folder: Path) -> Rectification:
    """One project that everybody found bad."""
    made = project(county, state="accepted")
    return ordered(county, held(county, folder, [made], BAD))


def test_parts_are_rated_by_who_is_responsible(county: County, tmp_path: Path) -> None:
    road = project(county)
    parts = [
        Part(congress=road.congress, project=road.id, place=n, title=f"第{n}段", unit=county.units[n].id)
        for n in (1, 2)
    ]
    with county.store.write() as tx:
        tx.projects.set_parts(road, parts)
    keys = [f"{road.id}.1", f"{road.id}.2"]
    sitting = held(county, tmp_path, keys, [(SATISFIED, UNSATISFIED)] * 6)
    assert [one.unit for one in sitting.round.candidates] == ["县教育局", "县民政局"]
    with county.store.read() as tx:
        assert [one.level for one in scores_of(tx, county.unit, road)] == ["满意", "不满意"]
        assert [one.level for one in scores_of(tx, county.other_unit, road)] == ["满意"]
    with refused(county.store, NotFound):
        held(county, tmp_path, [f"{road.id}.3"], [], session=sitting.session, title="没有的子项")
    with refused(county.store, RatingError, "又选了子项"):
        rounds_over_projects.make_round(
            county.store,
            county.staff,
            wanted(sitting.session, "两次"),
            [road.id, keys[0]],
            county.now(),
        )


def test_a_project_of_another_congress_or_another_year_or_a_cancelled_one_is_refused(county: County) -> None:
    session, road = a_session(county), project(county)
    theirs = project(county.town)
    cases: tuple[tuple[list[str], type[Exception], str | None], ...] = (
        ([road.id, theirs.id], NotFound, None),
        ([road.id, project(county, year=2026).id], RatingError, "同一年度"),
        ([project(county, "取消的", state="cancelled").id], RatingError, "已取消，不能测评"),
        ([project(county, "没交办", state="chosen").id], RatingError, "不能测评"),
        ([road.id, road.id], RatingError, "选了两次"),
        ([], RatingError, "至少选择一件"),
        (["x"], NotFound, None),
    )
    with unchanged(county.store):
        for keys, error, match in cases:
            with pytest.raises(error, match=match):
                rounds_over_projects.make_round(
                    county.store, county.staff, wanted(session), keys, county.now()
                )
        with pytest.raises(NotFound):
            rounds_over_projects.make_round(
                county.store, county.town.staff, wanted(session), [theirs.id], county.now()
            )
        with pytest.raises(Forbidden):
            rounds_over_projects.make_round(
                county.store, county.government, wanted(session), [road.id], county.now()
            )


@pytest.mark.parametrize(("ballots", "publish"), [(4, "with_archive"), (6, "list")])
def test_figures_that_would_tell_who_chose_what_or_are_not_published_are_kept_back(
    county: County, tmp_path: Path, ballots: int, publish: str
) -> None:
    road = project(county)
    sitting = held(county, tmp_path, [road], [(UNSATISFIED,)] * ballots, "published", publish=publish)
    with county.store.read() as tx:
        [office] = scores_of(tx, county.staff, road)
        shown = [scores_of(tx, one, road)[0] for one in (county.unit, county.deputy, PUBLIC)]
        [own_page] = scores_of_round(tx, county.staff, sitting.round)
    assert own_page.counts == (0, 0, ballots, 0)
    assert (office.counts is None) is (ballots < FEWEST_RETURNED)
    for one in (*shown, *([office] if ballots < FEWEST_RETURNED else [])):
        assert (one.level, one.counts, one.satisfied, one.overall) == ("不满意", None, None, None)
        assert str(ballots) not in one.reason
        assert one.kept_back


def test_a_step_sent_twice_is_one_and_an_order_given_twice_too(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    once = entry("plan")
    first = rectifying.hand_in(county.store, county.unit, matter.id, once, county.now())
    with unchanged(county.store):
        assert rectifying.hand_in(county.store, county.unit, matter.id, once, county.now()) == first
        again = rectifying.order(
            county.store, county.staff, matter.round, matter.number, 1, "另一种说法", county.now()
        )
    assert again.due == matter.due


def test_only_a_bad_score_that_was_announced_is_to_be_put_right(county: County, tmp_path: Path) -> None:
    good, bad = project(county, "好的"), project(county, "差的")
    sitting = held(county, tmp_path, [good, bad], [(PARTLY, UNSATISFIED)] * 6, "counted")
    with refused(county.store, RatingStep, "还没有宣布"):
        ordered(county, sitting, 2)
    sitting.reach("announced")
    with unchanged(county.store):
        with pytest.raises(RatingError, match="基本满意，不需要责成整改"):
            ordered(county, sitting, 1)
        with pytest.raises(NotFound):
            ordered(county, sitting, 3)
        with pytest.raises(RatingError, match="1至3个月"):
            ordered(county, sitting, 2, months=4)
        with pytest.raises(Forbidden):
            rectifying.order(county.store, county.unit, sitting.round.id, 2, 1, "自己", county.now())
        with pytest.raises(NotFound):
            rectifying.order(county.store, county.town.staff, sitting.round.id, 2, 1, "别处", county.now())


def test_nothing_is_closed_without_an_acceptance_or_without_proof(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    for kinds in ((), ("plan",), ("finish",)):
        handed_in(county, matter, *kinds)
        with refused(county.store, RatingStep, "没有通过验收，也没有通过再测评"):
            judged(county, matter, "close", proof=PAPER)
    judged(county, matter, "accept")
    with refused(county.store, RatingError, "证明材料"):
        judged(county, matter, "close")
    with refused(county.store, RatingError, "不能早于"):
        judged(county, matter, "close", proof=PAPER, day=matter.ordered_on.replace(day=1, month=1))
    with refused(county.store, RatingError, "不能晚于今天"):
        judged(county, matter, "close", proof=PAPER, day=matter.due)


def test_a_unit_touches_nobody_elses_matter(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    with county.store.write() as tx:
        road = tx.projects.get(county.staff, matter.project)
        tx.projects.set_assisting(road, [county.units[1].id])
    for stranger in (county.other_unit, county.town.unit, county.town.staff):
        with county.store.read() as tx, pytest.raises(NotFound):
            tx.rectifications.get(stranger, matter.id)
    with unchanged(county.store):
        for stranger in (county.other_unit, county.town.unit):
            with pytest.raises(NotFound):
                handed_in(county, matter, "plan", by=stranger)
        with pytest.raises(Forbidden):
            handed_in(county, matter, "plan", by=county.deputy)
        with pytest.raises(Forbidden):
            rectifying.judge(county.store, county.unit, matter.id, entry("accept"), county.now())
        for kind in ("accept", "close"):
            with pytest.raises(RatingStep):
                rectifying.hand_in(county.store, county.unit, matter.id, entry(kind), county.now())


def test_only_own_matters_of_one_round_are_rated_again_together(county: County, tmp_path: Path) -> None:
    one = matter_of(county, tmp_path)
    other = ordered(county, held(county, tmp_path, [project(county, "另一件")], BAD, title="另一次"))
    asked = wanted(a_session(county, title="第四次会议"), "一起")
    with refused(county.store, RatingError, "不是同一次测评"):
        rounds_over_projects.make_retest(county.store, county.staff, asked, [one.id, other.id], county.now())
    with refused(county.store, RatingError, "至少选择一件"):
        rounds_over_projects.make_retest(county.store, county.staff, asked, [], county.now())
    with refused(county.store, NotFound):
        rounds_over_projects.make_retest(county.store, county.town.staff, asked, [one.id], county.now())


def test_a_new_term_reopens_what_was_reported(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    handed_in(county, matter, "plan", "finish")
    wanted_redo = Climb(
        place=2, day=today(county.now()), body="主任会议", text="重办", skipped="不通报", months=1
    )
    once = new_id("rung")
    for _ in range(2):
        climbing.climb(county.store, county.staff, matter.id, once, wanted_redo, None, county.now())
    with county.store.read() as tx:
        now = tx.rectifications.get(county.staff, matter.id)
    assert (now.state, now.months) == ("working", 1)
    assert now.due < matter.due


def retested(county: County, matter: Rectification, ballots: Sequence[tuple[int, ...]], folder: Path) -> None:
    session = a_session(county, title="第四次会议")
    asked = wanted(session, "再测评")
    made = rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())
    Sitting(county, session, made, folder).vote(ballots)


def redo(county: County, matter: Rectification) -> None:
    step = Climb(place=2, day=today(county.now()), body="主任会议", text="重办", skipped="不采用", months=1)
    climbing.climb(county.store, county.staff, matter.id, new_id("rung"), step, None, county.now())


@pytest.mark.parametrize("way", ["return", "redo"])
def test_what_was_accepted_and_fails_its_retest_goes_on_and_can_still_be_closed(
    county: County, tmp_path: Path, way: str
) -> None:
    matter = matter_of(county, tmp_path)
    redo(county, matter)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    retested(county, matter, BAD, tmp_path)
    with refused(county.store, RatingStep, "再测评仍为不满意"):
        judged(county, matter, "close", proof=PAPER)
    if way == "return":
        judged(county, matter, "return", text="路灯又不亮了")
    else:
        redo(county, matter)
    with refused(county.store, RatingStep, "没有通过验收"):
        judged(county, matter, "close", proof=PAPER)
    handed_in(county, matter, "finish")
    judged(county, matter, "accept")
    judged(county, matter, "close", proof=PAPER)
    with county.store.read() as tx:
        places = [one.place for one in tx.rectifications.rungs([matter])]
    assert places == ([1, 2] if way == "return" else [1, 2, 2])


def test_a_retest_that_was_passed_before_the_matter_was_taken_up_again_closes_nothing(
    county: County, tmp_path: Path
) -> None:
    matter = matter_of(county, tmp_path)
    retested(county, matter, [(SATISFIED,)] * 6, tmp_path)
    redo(county, matter)
    with refused(county.store, RatingStep, "没有通过验收"):
        judged(county, matter, "close", proof=PAPER)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    judged(county, matter, "close", proof=PAPER)


def test_a_retest_that_was_only_drafted_hinders_no_closing(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    asked = wanted(a_session(county, title="第四次会议"), "再测评")
    rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())
    assert judged(county, matter, "close", proof=PAPER).kind == "close"


def test_the_public_learns_no_level_before_it_is_published_neither_by_the_order_nor_by_the_retest(
    county: County, tmp_path: Path
) -> None:
    lamp = project(county, "装路灯")
    sitting = held(county, tmp_path, [lamp], BAD)
    matter = ordered(county, sitting)

    def shown() -> ProjectPage:
        return project_page(county.store, county.congress.id, lamp.id, county.now())

    assert (shown().scores, shown().matters) == ((), ())
    assert "责成整改" not in [one.words for one in timeline(shown())]
    sitting.reach("published")
    [public] = shown().matters
    assert (public.rectification.level, public.retest) == ("不满意", None)
    assert "责成整改" in [one.words for one in timeline(shown())]
    session = a_session(county, title="第四次会议")
    asked = wanted(session, "再测评")
    made = rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())
    again = Sitting(county, session, made, tmp_path).vote(BAD)
    assert shown().matters[0].retest is None
    with county.store.read() as tx:
        [own] = rectification_of(tx, county.unit, lamp)
    assert own.retest is not None
    assert own.retest.level == "不满意"
    again.reach("published")
    assert shown().matters[0].retest == own.retest


def test_reminders_go_to_whoever_must_act_and_are_written_once(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    noon = datetime.combine(matter.due, time(12), CHINA)
    assert reminding.remind(county.store, county.congress.id, county.now()) == ()
    [soon] = reminding.remind(county.store, county.congress.id, noon - timedelta(days=5))
    assert (soon.moment, soon.unit) == ("before", matter.unit)
    with unchanged(county.store):
        reminding.remind(county.store, county.congress.id, noon - timedelta(days=4))
    handed_in(county, matter, "plan", "finish")
    [late] = reminding.remind(county.store, county.congress.id, noon + timedelta(days=1))
    assert (late.moment, late.role) == ("after", "staff")
    with county.store.read() as tx:
        assert any("快到期" in one.text for one in tx.notices.listing(county.unit))
        assert any("已超期" in one.text for one in tx.notices.listing(county.staff))
