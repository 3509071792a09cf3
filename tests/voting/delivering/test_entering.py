"""Projects by hand: earlier years, and the next year's stage of one that goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.announced import announced
from tests.county import Body, County, new_id
from tests.delivery import project
from tests.refusals import refused, unchanged
from tests.voting.supervising import desk
from voting.actors import Forbidden, NotFound
from voting.delivering import entering, handing
from voting.delivering.entering import Entered
from voting.delivering.projects import WHOLE, Project, ProjectError, ProjectStep
from voting.errors import VotingError
from voting.rating import inquiring
from voting.screening.drafts import DraftStep
from voting.supervising import grouping
from voting.supervising.groups import NamedSupervisor

NOW = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


def entered(**fields: Any) -> Entered:
    facts: dict[str, Any] = {
        "title": "农村饮水提升",
        "content": "改造水厂2座。",
        "place": "西山村",
        "planned": 1_000_000,
        "basis": "第一次会议票决。",
    }
    return Entered(**{**facts, **fields})


def enter(body: Body, key: str = "", year: int = 2026, **fields: Any) -> Project:
    return entering.enter(body.store, body.staff, key or new_id("p"), year, entered(**fields), NOW)


def test_an_earlier_years_project_takes_the_next_number_of_its_year(county: County) -> None:
    first, second = enter(county), enter(county, title="校车")
    assert [(one.year, one.number, one.state) for one in (first, second)] == [
        (2026, 1, "chosen"),
        (2026, 2, "chosen"),
    ]
    with unchanged(county.store):
        assert enter(county, first.id) == first


def test_what_was_finished_in_an_earlier_year_is_entered_as_finished(county: County) -> None:
    one = enter(county, done=True)
    assert (one.state, one.progress) == ("accepted", WHOLE)
    with refused(county.store, ProjectError, "还没有过完"):
        enter(county, year=2027, title="今年的", done=True)


@pytest.mark.parametrize(
    "fields",
    [{"title": ""}, {"title": "a\u202eb"}, {"content": " "}, {"basis": ""}, {"place": "x" * 2001}],
)
def test_what_says_too_little_or_cannot_be_printed_is_refused(county: County, fields: dict[str, Any]) -> None:
    with pytest.raises(VotingError):
        enter(county, **fields)
    with county.store.read() as tx:
        assert tx.projects.years(county.staff, county.congress.id) == ()


def test_the_same_title_twice_in_a_year_and_odd_years_are_refused(county: County) -> None:
    enter(county)
    with refused(county.store, ProjectError, "同名"):
        enter(county, title="农村 饮水提升")
    assert enter(county, year=2025).number == 1
    with refused(county.store, DraftStep):
        enter(county, year=1999)
    with refused(county.store, ProjectStep, "过期"):
        enter(county, "x", title="另一个")


def test_what_was_entered_is_changed_until_it_is_handed_over(county: County) -> None:
    one = enter(county)
    changed = entering.change_entered(county.store, county.staff, one.id, entered(planned=2), NOW)
    assert changed.planned == 2
    with unchanged(county.store):
        entering.change_entered(county.store, county.staff, one.id, entered(planned=2), NOW)
    other = enter(county, title="校车")
    with refused(county.store, ProjectError, "同名"):
        entering.change_entered(county.store, county.staff, other.id, entered(), NOW)
    sent = project(county, state="handed")
    with refused(county.store, ProjectStep):
        entering.change_entered(county.store, county.staff, sent.id, entered(), NOW)


def test_what_a_round_decided_is_not_changed_by_hand(county: County) -> None:
    of = announced(county, (4, 3, 6))
    (one, _) = handing.projects_from_round(county.store, county.staff, of.id, 2027, NOW)
    with refused(county.store, ProjectStep, "以票决结果为准"):
        entering.change_entered(county.store, county.staff, one.id, entered(), NOW)


def test_the_last_number_goes_first_and_only_before_the_letter(county: County) -> None:
    first, second = enter(county), enter(county, title="校车")
    with refused(county.store, ProjectStep, "最后一号"):
        entering.drop(county.store, county.staff, first.id, NOW)
    entering.drop(county.store, county.staff, second.id, NOW)
    entering.drop(county.store, county.staff, first.id, NOW)
    with refused(county.store, NotFound):
        entering.drop(county.store, county.staff, first.id, NOW)
    sent = project(county, state="handed")
    with refused(county.store, ProjectStep):
        entering.drop(county.store, county.staff, sent.id, NOW)


def test_a_projects_next_stage_is_made_once_and_waits_for_its_own_plan(county: County) -> None:
    one = project(county, completion="staged", stage="今年完成路基")
    with county.store.write() as tx:
        tx.projects.set_assisting(one, [county.units[1].id])
    made = entering.continue_next_year(county.store, county.government, one.id, NOW)
    assert (made.year, made.previous, made.state, made.number) == (2028, one.id, "handed", 1)
    assert (made.planned, made.deadline, made.progress, made.targets) == (0, None, 0, ())
    assert made.lead_unit == one.lead_unit
    with county.store.read() as tx:
        assert tx.projects.assisting([made]) == {made.id: (county.units[1].id,)}
    with unchanged(county.store):
        assert entering.continue_next_year(county.store, county.staff, one.id, NOW) == made


def test_a_next_stage_made_by_mistake_is_taken_back(county: County) -> None:
    one = project(county)
    made = entering.continue_next_year(county.store, county.staff, one.id, NOW)
    entering.drop(county.store, county.staff, made.id, NOW)
    with county.store.read() as tx:
        assert tx.projects.years(county.staff, county.congress.id) == (2027,)
        assert tx.projects.following(one) is None


@pytest.mark.parametrize("state", ["chosen", "handed", "cancelled"])
def test_only_what_is_being_or_was_delivered_goes_on(county: County, state: str) -> None:
    one = project(county, state=state)  # type: ignore[arg-type]  # a state by its name
    with refused(county.store, ProjectStep):
        entering.continue_next_year(county.store, county.staff, one.id, NOW)


def test_by_hand_is_the_staffs_and_stays_in_the_own_congress(county: County) -> None:
    one, running = enter(county), project(county)
    for actor in (county.government, county.deputy, county.unit, county.presidium):
        with refused(county.store, Forbidden):
            entering.enter(county.store, actor, new_id("p"), 2026, entered(title="x"), NOW)
        with refused(county.store, Forbidden):
            entering.drop(county.store, actor, one.id, NOW)
    with refused(county.store, Forbidden):
        entering.continue_next_year(county.store, county.unit, running.id, NOW)
    for clerk in (county.town.staff,):
        with refused(county.store, NotFound):
            entering.change_entered(county.store, clerk, one.id, entered(), NOW)
        with refused(county.store, NotFound):
            entering.continue_next_year(county.store, clerk, running.id, NOW)


def _watched(county: County, one: Project) -> None:
    desk.a_group(county, one)


def _supervised(county: County, one: Project) -> None:
    named = NamedSupervisor(role="leading", name="吴芳", body="县人大常委会")
    grouping.set_supervisors(county.store, county.staff, one.id, [named], NOW)


def _changing(county: County, one: Project) -> None:
    desk.asked(county, one, "cancellation")


def _asked_about(county: County, one: Project) -> None:
    plan = inquiring.Plan(
        title="询问", day=NOW.date(), meeting="会", months=1, projects=(one.id,), units=(county.units[0].id,)
    )
    inquiring.prepare(county.store, county.staff, new_id("inquiry"), plan, NOW)


@pytest.mark.parametrize(
    ("use", "word"),
    [
        (_watched, "监督小组"),
        (_supervised, "督办人员"),
        (_changing, "调整申请"),
        (_asked_about, "专题询问"),
    ],
)
def test_what_something_was_made_for_is_not_taken_back(
    county: County, use: Callable[[County, Project], None], word: str
) -> None:
    one = project(county, state="chosen")
    use(county, one)
    with refused(county.store, ProjectStep, f"已经有{word}，不能撤销"):
        entering.drop(county.store, county.staff, one.id, NOW)


def test_a_next_stage_that_was_visited_is_not_taken_back(county: County) -> None:
    before = project(county, state="accepted", year=2026)
    one = project(county, state="handed", previous=before.id)
    desk.a_visit(county, one, county.staff)
    with refused(county.store, ProjectStep, "视察记录、照片"):
        entering.drop(county.store, county.staff, one.id, NOW)
