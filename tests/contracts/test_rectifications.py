"""Promises of rounds over projects and of what follows a bad score, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.delivery import project
from tests.rated import (
    PAPER,
    PARTLY,
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
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import PUBLIC
from voting.cycle import State
from voting.days import today
from voting.delivering.projects import WHOLE
from voting.rating import climbing, rounds_over_projects
from voting.rating.climbing import Climb
from voting.rating.ladder import Talk
from voting.rating.overviews import rectification_of, scores_of, scores_of_year
from voting.rating.rectifications import Rectification
from voting.rating.refusals import RatingError, RatingStep
from voting.rounds import Round, Session

BAD = [(UNSATISFIED,)] * 6
GOOD = [(SATISFIED,)] * 6


def matter_of(county: County, folder: Path, state: State = "announced") -> Rectification:
    """One project that everybody found bad."""
    made = project(county, state="accepted")
    return ordered(county, held(county, folder, [made], BAD, state))


def retest(county: County, matter: Rectification, session: Session, title: str = "再测评") -> Round:
    asked = wanted(session, title)
    return rounds_over_projects.make_retest(county.store, county.staff, asked, [matter.id], county.now())


@case("rated.add_many", "rated.of_round")
def test_a_round_shows_the_promise_and_how_far_it_came(county: County) -> None:
    road = project(county, "修路", state="accepted", progress=WHOLE)
    late = project(county, "修桥", progress=655)
    session = a_session(county)
    keys = [road.id, late.id]
    made = rounds_over_projects.make_round(county.store, county.staff, wanted(session), keys, county.now())
    first, second = made.candidates
    assert (first.title, first.unit) == ("修路", "县交通运输局")
    assert "改造公路12.5公里" in first.content
    assert "已全部完成" in first.content
    assert "报告完成65.5%" in second.content
    with unchanged(county.store):
        again = rounds_over_projects.make_round(
            county.store, county.staff, wanted(session), keys, county.now()
        )
    assert again == made
    with county.store.read() as tx:
        assert [one.project for one in tx.rated.of_round(made)] == keys


@case("rated.of_projects")
def test_nobody_reads_a_score_before_the_chair_has_announced_it(county: County, tmp_path: Path) -> None:
    road = project(county)
    sitting = held(county, tmp_path, [road], [(SATISFIED,)] * 4 + [(PARTLY,)] * 2, "counted")
    readers = (county.staff, county.government, county.unit, county.deputy, county.presidium)
    with county.store.read() as tx:
        assert [scores_of(tx, one, road) for one in (*readers, PUBLIC)] == [()] * 6
    sitting.reach("announced")
    with county.store.read() as tx:
        assert [len(scores_of(tx, one, road)) for one in (*readers, PUBLIC)] == [1, 1, 1, 1, 1, 0]
    sitting.reach("published")
    with county.store.read() as tx:
        [seen] = scores_of(tx, PUBLIC, road)
        year = scores_of_year(tx, PUBLIC, road.congress, road.year)
    assert (seen.level, seen.counts, seen.satisfied, seen.overall) == ("满意", (4, 2, 0, 0), 667, 1000)
    assert seen.path == f"/r/{sitting.round.id}"
    assert year == {road.id: (seen,)}


@case(
    "rectifications.add",
    "rectifications.of_score",
    "rectifications.change",
    "rectifications.add_step",
    "rectifications.steps",
    "rectifications.lock",
)
def test_a_bad_score_is_put_right_step_by_step_until_it_is_closed(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path)
    assert (matter.level, matter.unit, matter.state) == ("不满意", county.units[0].id, "ordered")
    assert (matter.due.year, matter.due.month) == (2026, 12)
    handed_in(county, matter, "plan", "report", "report", "finish")
    judged(county, matter, "return", text="路灯还没有亮")
    handed_in(county, matter, "finish")
    judged(county, matter, "accept", proof=PAPER)
    judged(county, matter, "close", proof=PAPER)
    with county.store.read() as tx:
        closed = tx.rectifications.get(county.unit, matter.id)
        kinds = [one.kind for one in tx.rectifications.steps([closed])]
        road = tx.projects.get(county.unit, matter.project)
        assert len(tx.project_files.papers(county.unit, road)) == 2
    assert closed.state == "closed"
    assert kinds == ["plan", "report", "report", "finish", "return", "finish", "accept", "close"]
    with refused(county.store, RatingStep, "已经销号"):
        handed_in(county, matter, "report")


@case(
    "rectifications.get",
    "rectifications.listing",
    "rectifications.of_projects",
    "rectifications.round_title",
)
def test_everybody_sees_the_matters_that_are_theirs_to_see(county: County, tmp_path: Path) -> None:
    sitting = held(county, tmp_path, [project(county, state="accepted")], BAD)
    matter = ordered(county, sitting)
    seen = (county.staff, county.government, county.unit, county.deputy, county.presidium)
    with county.store.read() as tx:
        assert [len(tx.rectifications.listing(one)) for one in seen] == [1] * 5
        assert tx.rectifications.listing(county.other_unit) == ()
        assert tx.rectifications.listing(county.town.staff) == ()
        assert tx.rectifications.listing(PUBLIC) == ()
        road = tx.projects.get(PUBLIC, matter.project)
        assert rectification_of(tx, PUBLIC, road) == ()
    sitting.reach("published")
    with county.store.read() as tx:
        [public] = rectification_of(tx, PUBLIC, road)
        assert tx.rectifications.round_title(matter) == "2027年民生实事项目满意度测评"
    assert public.rectification.by == ""
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    judged(county, matter, "close", proof=PAPER)
    with county.store.read() as tx:
        assert rectification_of(tx, PUBLIC, road) == ()
        assert len(rectification_of(tx, county.deputy, road)) == 1


@case("rated.retests")
def test_a_retest_that_is_passed_closes_the_matter_and_one_that_fails_does_not(
    county: County, tmp_path: Path
) -> None:
    matter = matter_of(county, tmp_path)
    handed_in(county, matter, "plan", "finish")
    judged(county, matter, "accept")
    committee = a_session(county, of="committee")
    first = retest(county, matter, committee)
    assert (first.previous, first.relation) == (matter.round, "retest")
    with unchanged(county.store):
        assert retest(county, matter, committee) == first
    sitting = Sitting(county, committee, first, tmp_path)
    sitting.reach("open")
    with refused(county.store, RatingStep, "还没有宣布结果，不能销号"):
        judged(county, matter, "close", proof=PAPER)
    with refused(county.store, RatingStep, "正在“再测评”中再测评"):
        retest(county, matter, committee, "又一次")
    sitting.vote(BAD)
    with refused(county.store, RatingStep, "再测评仍为不满意"):
        judged(county, matter, "close", proof=PAPER)
    second = retest(county, matter, committee, "第二次再测评")
    assert second.previous == first.id
    Sitting(county, committee, second, tmp_path).vote(GOOD)
    judged(county, matter, "close", proof=PAPER)
    with refused(county.store, RatingStep, "已经销号"):
        retest(county, matter, committee, "多余的")
    with county.store.read() as tx:
        road = tx.projects.get(county.staff, matter.project)
        scores = scores_of(tx, county.staff, road)
    assert [(one.level, one.retest) for one in scores] == [
        ("不满意", False),
        ("不满意", True),
        ("满意", True),
    ]


@case("rated.copy")
def test_a_void_test_that_is_held_again_rates_the_same_projects(county: County, tmp_path: Path) -> None:
    road = project(county)
    void = held(county, tmp_path, [road], GOOD, "void")
    again = drafting.follow_up(county.store, county.staff, void.round.id, "repeat", county.now())
    drafting.follow_up(county.store, county.staff, void.round.id, "repeat", county.now())
    Sitting(county, void.session, again, tmp_path).vote(GOOD)
    with county.store.read() as tx:
        assert [one.round for one in scores_of(tx, county.staff, road)] == [again.id]


TALK: Final = Talk(
    summoned="县交通运输局局长周明",
    hosts="常委会副主任吴芳",
    place="人大会议室",
    said="护栏拖了半年。",
    promised="月底装完。",
)


@case("rectifications.add_rungs", "rectifications.rungs")
def test_the_ladder_is_climbed_in_order_or_with_a_reason(county: County, tmp_path: Path) -> None:
    matter = matter_of(county, tmp_path, "published")
    day = today(county.now())

    def climb(place: int, skipped: str = "", **fields: Any) -> None:
        facts: dict[str, Any] = {"day": day, "body": "常委会主任会议", "text": "研究决定", **fields}
        climbing.climb(
            county.store,
            county.staff,
            matter.id,
            new_id("rung"),
            Climb(place=place, skipped=skipped, **facts),
            PAPER,
            county.now(),
        )

    with refused(county.store, RatingError, "之前还有通报、限期重办"):
        climb(3)
    climb(1)
    with refused(county.store, RatingStep, "“通报”已经登记过"):
        climb(1)
    with refused(county.store, RatingError, "约见要有记录"):
        climb(3, "整改期限还没有到，先约见负责人")
    climb(3, "整改期限还没有到，先约见负责人", talk=TALK)
    with refused(county.store, RatingStep, "“限期重办”已经注明不采用"):
        climb(2)
    with refused(county.store, RatingError, "不能早于"):
        climb(4, day=day.replace(year=2025))
    with refused(county.store, RatingError, "请选择"):
        climb(5)
    climb(4)
    with county.store.read() as tx:
        rungs = tx.rectifications.rungs([matter])
        [public] = rectification_of(tx, PUBLIC, tx.projects.get(PUBLIC, matter.project))
    assert [(one.place, one.taken) for one in rungs] == [(1, True), (2, False), (3, True), (4, True)]
    assert [one.place for one in public.rungs] == [1, 3, 4]
    assert [one.talk for one in rungs] == [None, None, TALK, None]
    assert public.rungs[1].talk == replace(TALK, said="")
