"""Contract of what is kept from one year to the next, on both databases: what is left, and what is opened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import event

from tests.contracts.cases import case
from tests.county import County, new_id
from tests.delivery import project
from tests.drafts import Way
from tests.rated import Sitting
from tests.refusals import refused, unchanged
from tests.voting.years.sitting import voted
from voting import drafting
from voting.actors import PUBLIC, Actor, Forbidden
from voting.collecting.calling import CallText, draft_call, publish_call
from voting.days import today
from voting.delivering.projects import ProjectState
from voting.ledger import Day
from voting.merging import merge
from voting.people import Unit
from voting.rounds import Candidate
from voting.rules import Rules
from voting.screening import overviews
from voting.screening.plans import PlanError
from voting.years.board import board
from voting.years.facts import YearStep
from voting.years.gathering import left_over
from voting.years.leftovers import Leftovers
from voting.years.turning import open_year, opening

LATE: Final = datetime(2027, 11, 2, 1, 0, tzinfo=UTC)
"""November 2027: the projects of 2027 come to their end, 2028 is prepared."""


def left(county: County, year: int = 2028, actor: Actor | None = None) -> Leftovers:
    with county.store.read() as tx:
        return left_over(tx, actor or county.government, year, Day(today(LATE), 7))


def titles(county: County, year: int = 2028) -> list[tuple[str, str]]:
    return [(one.title, one.why) for one in left(county, year).things]


def take(county: County, *keys: str, year: int = 2028, with_call: bool = False) -> tuple[str, ...]:
    return open_year(county.store, county.government, year, keys, with_call=with_call, now=LATE)


# What is left


def test_what_is_not_accepted_or_was_cancelled_is_left_to_the_next_year(county: County) -> None:
    project(county, "没办完的")
    project(county, "待验收的", "finished")
    project(county, "验收了的", "accepted")
    project(county, "取消的", "cancelled")
    project(county, "跨年的", completion="staged", stage="今年完成路基")
    project(county, "前年没办完的", year=2026)
    project(county, "前年取消的", "cancelled", year=2026)
    assert sorted(titles(county)) == sorted(
        [
            ("没办完的", "unfinished"),
            ("待验收的", "unfinished"),
            ("取消的", "cancelled"),
            ("跨年的", "staged"),
            ("前年没办完的", "unfinished"),
        ]
    )


@case("opened_years.followed")
def test_a_project_of_several_years_goes_on_with_its_next_stage(county: County) -> None:
    before = project(county, "跨年的", completion="staged", stage="今年完成路基")
    (thing,) = left(county).things
    (made,) = take(county, thing.key)
    with county.store.read() as tx:
        after = tx.projects.get(county.staff, made)
        assert (after.year, after.previous, after.state) == (2028, before.id, "handed")
        assert tx.drafts.of_year(county.staff, 2028) == ()
        assert tx.opened_years.followed(county.congress.id, [before.id]) == {before.id: made}
        assert tx.opened_years.followed(county.town.congress.id, [before.id]) == {}
    with unchanged(county.store):
        assert take(county, thing.key) == (made,)
    (thing,) = left(county).things
    assert (thing.followed, thing.may_be_taken) == (made, False)


def test_candidates_that_were_not_chosen_are_left_with_the_reason(county: County, tmp_path: Path) -> None:
    voted(Way(county), tmp_path)
    assert titles(county) == [("改造厕所", "not_chosen"), ("建老年食堂", "not_chosen")]
    history = left(county).things[0].history
    assert "2027年民生实事候选项目第2件" in history[0]
    assert "未入选" in history[0]
    assert "0票" in history[1]


def test_before_the_chair_has_announced_nothing_is_known_of_the_vote(county: County, tmp_path: Path) -> None:
    _, sitting = voted(Way(county), tmp_path, state="counted")
    assert titles(county) == []
    sitting.reach("announced")
    things = left(county).things
    assert [len(one.history) for one in things] == [1, 1]


def test_nothing_of_another_congress_is_left_to_this_one(county: County, tmp_path: Path) -> None:
    voted(Way(county), tmp_path)
    project(county)
    assert left(county, actor=county.town.staff).things == ()


@case("opened_years.drafted")
def test_what_is_raised_every_year_is_offered_until_it_stands_in_a_draft(county: County) -> None:
    old = county.suggest("桥太窄", year=2026, text="桥太窄，两辆车过不去。")
    new = county.suggest("桥还是太窄", year=2027, text="桥太窄，两辆车过不去，又一年了。")
    merge(county.store, county.staff, old.id, new.id, county.now())
    found = left(county).again
    assert [(one.title, one.years) for one in found] == [("桥还是太窄", (2026, 2027))]
    with county.store.read() as tx:
        assert tx.opened_years.drafted(county.congress.id, [new.id], 2027) == frozenset()
    Way(county).propose("拓宽东河桥", [new.id])
    with county.store.read() as tx:
        assert tx.opened_years.drafted(county.congress.id, [old.id, new.id], 2027) == {old.id, new.id}
        assert tx.opened_years.drafted(county.congress.id, [new.id], 2028) == frozenset()


# What is opened


@case("opened_years.add", "opened_years.get", "opened_years.last")
def test_a_year_is_opened_once_by_whoever_was_first(county: County) -> None:
    assert take(county) == ()
    with unchanged(county.store):
        assert open_year(county.store, county.staff, 2028, (), with_call=True, now=LATE) == ()
    with county.store.read() as tx:
        opened = tx.opened_years.get(county.congress.id, 2028)
        assert opened is not None
        assert (opened.by, opened.at) == (county.government.name, LATE)
        assert tx.opened_years.last(county.congress.id) == 2028
        assert tx.opened_years.get(county.congress.id, 2027) is None
        assert tx.opened_years.last(county.town.congress.id) is None


def test_the_call_is_drafted_a_year_later_and_once(county: County) -> None:
    text = CallText(
        year=2027,
        title="2027年民生实事项目建议征集公告",
        text="2026年9月起，征集2027年的项目建议。",
        issuers="县政府办公室",
        opens=date(2026, 9, 1),
        closes=date(2026, 9, 30),
    )
    call = draft_call(county.store, county.government, text, county.now())
    publish_call(county.store, county.government, call.id, county.now())
    take(county, with_call=True)
    with unchanged(county.store):
        take(county, with_call=True)
    with county.store.read() as tx:
        made, _ = tx.calls.listing(county.government)
    assert (made.title, made.text) == (
        "2028年民生实事项目建议征集公告",
        "2027年9月起，征集2028年的项目建议。",
    )
    assert (made.opens, made.closes) == (date(2027, 9, 1), date(2027, 9, 30))
    assert made.published_at is None


def test_years_are_renewed_in_the_call_and_numbers_that_contain_them_are_not(county: County) -> None:
    words = "{}年已办结的不再提。征集{}年的项目，{}-09-30截止，电话13520272345、138 2027 2345、0552-2026123。"
    told = words.format(2026, 2027, 2026)
    text = CallText(
        year=2027,
        title="2027年征集公告",
        text=told,
        issuers="县政府办公室",
        opens=date(2026, 9, 1),
        closes=date(2026, 9, 30),
    )
    draft_call(county.store, county.government, text, county.now())
    shown = opening(county.store, county.government, 2028, LATE).call
    assert shown is not None
    assert (shown.title, shown.text) == ("2028年征集公告", words.format(2027, 2028, 2027))


@case("opened_years.carry", "opened_years.carried_to", "opened_years.carried_from")
def test_a_candidate_that_was_not_chosen_becomes_a_new_draft_and_the_list_stays(
    county: County, tmp_path: Path
) -> None:
    slate, _ = voted(Way(county), tmp_path)
    with county.store.read() as tx:
        before = (tx.slates.entries(slate), tx.drafts.of_year(county.staff, 2027))
    key = left(county).things[0].key
    (made,) = take(county, key)
    with unchanged(county.store):
        assert take(county, key) == (made,)
    with county.store.read() as tx:
        assert (tx.slates.entries(slate), tx.drafts.of_year(county.staff, 2027)) == before
        (draft,) = tx.drafts.of_year(county.staff, 2028)
        assert (draft.id, draft.title, draft.state) == (made, "改造厕所", "submitted")
        carried = tx.opened_years.carried_to(county.staff, [made])[made]
        assert (carried.kind, carried.earlier) == ("candidate", before[0][1].draft)
        assert "未入选" in carried.history
        assert tx.opened_years.carried_to(county.town.staff, [made]) == {}
        assert tx.opened_years.carried_to(PUBLIC, [made]) == {}
        assert [one.draft for one in tx.opened_years.carried_from(county.congress.id, 2027)] == [made]
        assert tx.opened_years.carried_from(county.town.congress.id, 2027) == ()
    whole = overviews.whole(county.store, county.government, made, LATE)
    assert whole.plan.lead_unit.id == county.units[0].id
    assert left(county).things[0].taken == made


def test_an_unfinished_project_becomes_a_draft_with_what_happened_to_it(county: County) -> None:
    one = project(county, progress=625, spent=2_000_000, reported_at=LATE - timedelta(days=3))
    (made,) = take(county, f"project:{one.id}")
    whole = overviews.whole(county.store, county.government, made, LATE)
    assert (whole.plan.title, whole.plan.cost) == (one.title, Decimal(320))
    assert whole.plan.targets == one.targets
    with county.store.read() as tx:
        history = tx.opened_years.carried_to(county.staff, [made])[made].history
    assert "2027年第1号项目" in history
    assert "62.5%，支出200万元（计划320万元）" in history
    assert county.units[0].name in history


def test_nothing_is_opened_if_one_of_the_ticked_cannot_be_taken(county: County) -> None:
    good, bare = project(county), project(county, "没有单位的", "chosen")
    with refused(county.store, YearStep, "还没有确定责任单位"):
        take(county, f"project:{good.id}", f"project:{bare.id}", with_call=True)
    with refused(county.store, YearStep, "不在上年遗留的清单里"):
        take(county, f"project:{good.id}", f"project:{new_id('nobody')}")
    ended = Unit(id=new_id("撤并"), congress=county.congress.id, name="县撤并局", ended_at=county.now())
    with county.store.write() as tx:
        tx.units.add_many([ended])
    gone = project(county, "单位撤并的", lead_unit=ended.id)
    with refused(county.store, YearStep, "还没有确定责任单位"):
        take(county, f"project:{gone.id}")
    with refused(county.store, YearStep, "一次最多选100件"):
        take(county, *[f"project:{n}" for n in range(101)])


@pytest.mark.parametrize(("year", "words"), [(2029, "还早"), (2026, "已经过去")])
def test_only_this_year_and_the_next_are_opened(county: County, year: int, words: str) -> None:
    with refused(county.store, YearStep, words):
        take(county, year=year)


def test_only_those_who_keep_the_year_open_it(county: County) -> None:
    for actor in (county.deputy, county.unit, county.presidium, PUBLIC):
        with refused(county.store, Forbidden):
            open_year(county.store, actor, 2028, (), with_call=False, now=LATE)
        with pytest.raises(Forbidden):
            opening(county.store, actor, 2028, LATE)


def test_in_a_town_the_clerk_does_it(county: County) -> None:
    town = county.town
    one = project(town)
    (made,) = open_year(town.store, town.staff, 2028, [f"project:{one.id}"], with_call=False, now=LATE)
    with town.store.read() as tx:
        assert tx.drafts.get(town.staff, made).title == one.title


def test_a_draft_that_cannot_be_kept_names_the_project(county: County) -> None:
    one = project(county, content="长" * 1500)
    with refused(county.store, PlanError, "“农村公路提升改造”不能转入"):
        take(county, f"project:{one.id}")


# The board


def statements(county: County) -> int:
    """How many the board of a year costs."""
    asked: list[str] = []
    engine = county.store._statements

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        board(county.store, county.staff, LATE, 2027)
        opening(county.store, county.staff, 2028, LATE)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_board_and_list_cost_as_much_for_many_projects_as_for_few(county: County) -> None:
    for n in range(2):
        project(county, f"第{n}个")
    few = statements(county)
    for n in range(2, 12):
        project(county, f"第{n}个")
    assert statements(county) == few


def test_what_is_late_stands_first_and_what_is_near_after_it(county: County) -> None:
    project(county, "最晚的", deadline=date(2027, 9, 30))
    project(county, "快到期的", deadline=date(2027, 11, 20))
    project(county, "还早的", deadline=date(2027, 12, 31))
    project(county, "办完的", "accepted", deadline=date(2027, 1, 31))
    (year,) = board(county.store, county.staff, LATE, 2027).years
    late = [one for one in year.late if "完成时限" in one.what]
    due = [one for one in year.due if "完成时限" in one.what]
    assert [(one.what, one.days_late) for one in late] == [("“最晚的”完成时限", 33)]
    assert [one.what for one in due] == ["“快到期的”完成时限"]
    assert late[0].who == county.units[0].name


@pytest.mark.parametrize(
    ("state", "phases"),
    [
        ("chosen", ("done", "done", "done", "running", "ahead", "ahead", "ahead")),
        ("handed", ("done", "done", "done", "running", "ahead", "ahead", "ahead")),
        ("planned", ("done", "done", "done", "done", "running", "ahead", "ahead")),
        ("accepted", ("done", "done", "done", "done", "done", "ahead", "ahead")),
    ],
)
def test_the_phases_follow_the_projects(county: County, state: ProjectState, phases: tuple[str, ...]) -> None:
    project(county, state=state)
    (year,) = board(county.store, county.government, LATE, 2027).years
    assert tuple(one.state for one in year.lines) == phases


def test_the_board_follows_the_vote(county: County, tmp_path: Path) -> None:
    _, sitting = voted(Way(county), tmp_path, state="open")
    (year,) = board(county.store, county.government, LATE, 2027).years
    assert [one.state for one in year.lines[:4]] == ["done", "done", "running", "ahead"]
    sitting.reach("announced")
    (year,) = board(county.store, county.staff, LATE, 2027).years
    assert [one.state for one in year.lines[:4]] == ["done", "done", "done", "running"]
    assert year.lines[3].next is not None
    assert year.lines[3].next.path == "/projects"
    (year,) = board(county.store, county.government, LATE, 2027).years
    assert year.lines[3].next is not None
    assert year.lines[3].next.path == ""


def test_only_those_who_keep_the_year_see_the_board(county: County) -> None:
    for actor in (county.deputy, county.unit, county.presidium):
        with pytest.raises(Forbidden):
            board(county.store, actor, LATE)


def test_a_year_that_still_goes_on_stays_on_the_board(county: County) -> None:
    def years() -> list[int]:
        return [one.year for one in board(county.store, county.staff, LATE).years]

    assert years() == [2028, 2027]
    done = project(county, "早就验收的", "accepted", year=2026)
    assert years() == [2028, 2027]
    with county.store.write() as tx:
        tx.projects.change(done, state="planned")
    assert years() == [2028, 2027, 2026]


def test_candidates_that_were_typed_in_are_left_too(county: County, tmp_path: Path) -> None:
    """Their unit is found by its name; without one, a draft has to be written by hand."""
    known, strange = county.units[0].name, "县某局"
    typed = [
        Candidate(number=n, title=title, content="内容", place="东河村", cost="320万元", unit=unit)
        for n, (title, unit) in enumerate(
            (("硬化村道", known), ("改造厕所", f"{known}（配合：县财政局）"), ("建食堂", strange)), start=1
        )
    ]
    session = drafting.create_session(county.store, county.staff, "第二次会议", 3, county.random)
    rules = Rules(ballot="select_k", candidates=3, places=1, publish="list")
    made = drafting.create_round(
        county.store, county.staff, session.id, "2027年民生实事项目票决", rules, typed, county.now()
    )
    Sitting(county, session, made, tmp_path).vote([[1]] * 3)
    taken, missing = left(county).things
    assert (taken.title, taken.may_be_taken) == ("改造厕所", True)
    assert (missing.title, missing.may_be_taken) == ("建食堂", False)
    assert strange in missing.obstacle
    (draft,) = take(county, taken.key)
    assert take(county, taken.key) == (draft,)
    whole = overviews.whole(county.store, county.government, draft, LATE)
    assert (whole.plan.cost, whole.plan.lead_unit.name) == (Decimal(320), known)
    assert left(county).things[0].taken == draft
