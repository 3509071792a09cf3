"""What results are held against: the year before, by our own rounds or by the table that was imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.county import County, new_id
from tests.delivery import project
from tests.rated import PARTLY, SATISFIED, UNSATISFIED, a_session, held
from voting.actors import Forbidden, NotFound, NotYet
from voting.cycle import State
from voting.days import today
from voting.delivering.projects import Part
from voting.documents.rating import report
from voting.rating.results import results_of
from voting.ratings import percent
from voting.supervising.completions import ProjectCompletion
from voting.years.earlier import EarlierScore


def test_a_project_and_its_unit_stand_against_their_own_last_year(county: County, tmp_path: Path) -> None:
    before = project(county, "修路", year=2026, state="accepted")
    last = a_session(county, title="第二次会议")
    ballots = [(SATISFIED,)] * 3 + [(PARTLY,)] + [(UNSATISFIED,)] * 2
    held(county, tmp_path, [before], ballots, "published", session=last, title="去年的测评")
    road = project(county, "修路", state="accepted", previous=before.id)
    school = project(county, "建学校", lead_unit=county.units[1].id)
    sitting = held(county, tmp_path, [road, school], [(SATISFIED, UNSATISFIED)] * 6)
    shown = results_of(county.store, county.staff, sitting.round.id)
    assert [(one.last, one.change) for one in shown.projects] == [(667, 333), (None, None)]
    assert {one.name: (one.last, one.change) for one in shown.units} == {
        "县交通运输局": (667, 333),
        "县教育局": (None, None),
    }


@pytest.mark.parametrize(
    ("state", "ballots", "rules"),
    [
        ("published", 6, {"publish": "list"}),
        ("published", 4, {}),
        ("announced", 6, {}),
    ],
)
def test_what_last_year_kept_back_is_printed_nowhere_this_year(
    county: County, tmp_path: Path, state: State, ballots: int, rules: dict[str, Any]
) -> None:
    before = project(county, "修路", year=2026, state="accepted")
    last = a_session(county, title="第二次会议")
    votes = ([(SATISFIED,)] + [(UNSATISFIED,)] * 5)[:ballots]
    held(county, tmp_path, [before], votes, state, session=last, title="去年的测评", **rules)
    road = project(county, "修路", state="accepted", previous=before.id)
    sitting = held(county, tmp_path, [road], [(SATISFIED,)] * 6)
    shown = results_of(county.store, county.staff, sitting.round.id)
    [row], [unit] = shown.projects, shown.units
    assert (row.last, unit.last, shown.overall_last) == (None, None, None)
    paper = str(report(shown, today(county.now())))
    assert percent(1000 // ballots) not in paper
    assert percent(1000) in paper


def test_a_project_is_held_against_the_same_part_and_body_of_last_year_and_no_other(
    county: County, tmp_path: Path
) -> None:
    before = project(county, "修路", year=2026, state="accepted")
    parts = [
        Part(congress=before.congress, project=before.id, place=n, title=f"第{n}段", unit=county.units[n].id)
        for n in (1, 2)
    ]
    with county.store.write() as tx:
        tx.projects.set_parts(before, parts)
    last = a_session(county, title="第二次会议")
    keys = [f"{before.id}.{n}" for n in (1, 2)]
    held(county, tmp_path, keys, [(SATISFIED, UNSATISFIED)] * 6, "published", session=last, title="去年")
    road = project(county, "修路", state="accepted", previous=before.id)
    with county.store.write() as tx:
        tx.projects.set_parts(road, [replace(one, project=road.id) for one in parts])
    whole = held(county, tmp_path, [road], [(SATISFIED,)] * 6)
    by_part = held(
        county,
        tmp_path,
        [f"{road.id}.{n}" for n in (1, 2)],
        [(SATISFIED, SATISFIED)] * 6,
        session=whole.session,
        title="按子项",
    )
    committee = a_session(county, of="committee")
    elsewhere = held(county, tmp_path, [f"{road.id}.1"], [(SATISFIED,)] * 6, session=committee)
    found = [
        [one.last for one in results_of(county.store, county.staff, each.round.id).projects]
        for each in (whole, by_part, elsewhere)
    ]
    assert found == [[None], [1000, 0], [None]]


def test_without_a_round_of_ours_the_imported_table_says_how_it_was(county: County, tmp_path: Path) -> None:
    row = EarlierScore(
        id=new_id("row"),
        congress=county.congress.id,
        year=2026,
        place=1,
        project="旧的项目",
        unit="县交通运输局",
        returned=10,
        invalid=0,
        figures=(("满意", 7), ("基本满意", 1), ("不满意", 2)),
        by="刘科长",
        at=county.now(),
    )
    with county.store.write() as tx:
        tx.earlier.replace_years(county.congress.id, [row])
    sitting = held(county, tmp_path, [project(county)], [(SATISFIED,)] * 6)
    [unit] = results_of(county.store, county.staff, sitting.round.id).units
    assert (unit.last, unit.change) == (800, 200)


def test_results_say_whether_it_was_done_in_time(county: County, tmp_path: Path) -> None:
    road = project(county, "修路", state="finished")
    assert road.deadline is not None
    done = ProjectCompletion(
        id=new_id("done"),
        congress=road.congress,
        project=road.id,
        turn=1,
        whole=True,
        finished_on=road.deadline.replace(month=11, day=12),
        text="路面已经铺好。",
        by="赵主任",
        at=county.now(),
        acceptance=new_id("acceptance"),
        deadline=road.deadline,
    )
    with county.store.write() as tx:
        tx.completions.add(done)
    sitting = held(county, tmp_path, [road], [(SATISFIED,)] * 6, "counted")
    assert "办结：2027年11月12日，逾期12天。" in sitting.round.candidates[0].content
    with pytest.raises(NotYet):
        results_of(county.store, county.staff, sitting.round.id)
    sitting.reach("announced")
    [row] = results_of(county.store, county.staff, sitting.round.id).projects
    assert row.done == "逾期12天"
    with pytest.raises(Forbidden):
        results_of(county.store, county.government, sitting.round.id)
    with pytest.raises(NotFound):
        results_of(county.store, county.town.staff, sitting.round.id)
