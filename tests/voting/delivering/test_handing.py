"""From the announced round to projects: each once, in an order that tells nothing that is kept back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.announced import DEPUTIES, announced, count
from tests.county import County, new_id
from tests.decided import decided
from tests.drafts import Way
from tests.people import GRADES, Hall
from tests.refusals import refused, unchanged
from voting import drafting
from voting.actors import Forbidden, NotFound
from voting.delivering import handing
from voting.delivering.handing import projects_from_round
from voting.delivering.projects import Project, ProjectError, ProjectStep, yuan
from voting.rounds import Candidate, Round
from voting.screening import listing
from voting.screening.drafts import DraftStep
from voting.store import Store


def made(county: County, of: Round, year: int = 2027) -> tuple[Project, ...]:
    return projects_from_round(county.store, county.staff, of.id, year, county.now())


def titles(projects: tuple[Project, ...]) -> list[str]:
    return [one.title for one in projects]


def test_where_votes_are_published_the_most_votes_come_first(county: County) -> None:
    projects = made(county, announced(county, (4, 3, 6), places=2))
    assert titles(projects) == ["候选项目3", "候选项目1"]
    assert [one.number for one in projects] == [1, 2]


def test_where_only_the_list_is_published_no_number_tells_a_rank(county: County) -> None:
    projects = made(county, announced(county, (4, 3, 6), places=2, publish="list"))
    assert titles(projects) == ["候选项目1", "候选项目3"]


def test_pressed_again_nothing_is_made_twice(county: County) -> None:
    of = announced(county, (4, 3, 6), places=2)
    first = made(county, of)
    with unchanged(county.store):
        assert made(county, of) == first


def test_a_round_by_hand_says_what_its_ballot_said(county: County) -> None:
    (one, _) = made(county, announced(county, (6, 5, 0), places=2))
    assert (one.content, one.place, one.planned) == ("做第1件事。", "东河镇", 1005000)
    assert (one.lead_unit, one.stage, one.state) == (county.units[0].id, "当年完成：10月底前", "chosen")
    assert (one.draft, one.candidate) == (None, 1)


@pytest.mark.parametrize("cost", ["", "待定", "万元", "9999999999999万元"])
def test_a_cost_in_other_words_is_left_to_the_plan(county: County, cost: str) -> None:
    on = [Candidate(number=n, title=f"项目{n}", cost=cost) for n in (1, 2)]
    (one,) = made(county, announced(county, (6, 0), places=1, candidates=on))
    assert one.planned == 0


def from_slate(county: County) -> tuple[Way, Round]:
    way = Way(county)
    slate = way.frozen(candidates=3, places=2)
    name = f"第{new_id('s')[:6]}次会议"
    session = drafting.create_session(county.store, county.staff, name, DEPUTIES, county.random)
    drafted = listing.make_round(
        county.store, county.staff, slate.id, session.id, "票决", "list_and_votes", county.now()
    )
    return way, drafted


def test_what_the_bodies_passed_is_taken_from_the_frozen_draft(county: County) -> None:
    _, drafted = from_slate(county)
    (one, _) = made(county, count(county, drafted, (2, 5, 6)))
    assert one.draft is not None
    assert one.planned == yuan(Decimal("320.5"))
    assert [target.measure for target in one.targets] == ["公里"]
    assert (one.lead_unit, one.funds) == (county.units[0].id, "县财政预算300万元，村级自筹20.5万元")
    assert "目标：" not in one.content


def test_a_unit_that_ended_meanwhile_is_not_assigned(county: County) -> None:
    _, drafted = from_slate(county)
    with county.store.write() as tx:
        tx.units.end(county.units[0], county.now())
    assert [one.lead_unit for one in made(county, count(county, drafted, (2, 5, 6)))] == [None, None]


def test_a_candidate_renamed_after_the_list_is_no_longer_the_drafts(county: County) -> None:
    _, drafted = from_slate(county)
    renamed = [
        Candidate(number=1, title="另起的名称"),
        *(Candidate(number=one.number, title=one.title) for one in drafted.candidates[1:]),
    ]
    changed = drafting.change_round(
        county.store, county.staff, drafted.id, drafted.title, drafted.rules, renamed, county.now()
    )
    own, others = made(county, count(county, changed, (6, 5, 0)))
    assert (own.title, own.draft) == ("另起的名称", None)
    assert others.draft is not None


def test_a_run_off_continues_the_numbers_and_knows_its_drafts(county: County) -> None:
    _, drafted = from_slate(county)
    first = count(county, drafted, (4, 4, 6))
    (won,) = made(county, first)
    runoff = drafting.follow_up(county.store, county.staff, first.id, "runoff", county.now())
    (second,) = made(county, count(county, runoff, (1, 5)))
    assert (won.number, second.number) == (1, 2)
    assert second.draft is not None
    assert second.title == drafted.candidates[1].title


def test_what_the_presidium_decides_after_a_tie_comes_last_and_says_by_whom(county: County) -> None:
    of = announced(county, (6, 4, 4), places=2, tie="presidium")
    first = made(county, of)
    assert titles(first) == ["候选项目1"]
    decided(county, of, 3)
    (_, added) = made(county, of)
    assert (added.title, added.number) == ("候选项目3", 2)
    assert added.basis == "大会主席团第三次会议决定列入，主席团会议纪要第3号，2027年1月26日。"


def test_what_the_presidium_decides_after_a_shortfall(county: County) -> None:
    of = announced(county, (6, 2, 3), places=2)
    decided(county, of, 3)
    assert titles(made(county, of)) == ["候选项目1", "候选项目3"]


def test_what_the_chair_has_not_announced_yet_is_no_project(county: County) -> None:
    of = announced(county, (6, 4, 4), places=2, tie="presidium")
    decided(county, of, 3, known=False)
    choice = handing.choice(county.store, county.staff, of.id)
    assert (choice.numbers, choice.open_places, choice.unknown) == ((1,), 1, True)
    assert titles(made(county, of)) == ["候选项目1"]


@pytest.mark.parametrize("state", ["drafted", "open", "counted"])
def test_before_the_chair_has_announced_it_there_are_no_projects(county: County, state: str) -> None:
    of = announced(county, (4, 3, 6), state=state)  # type: ignore[arg-type]  # a state by its name
    with refused(county.store, ProjectError, "还没有宣布"):
        made(county, of)


def test_a_void_round_and_one_that_chose_nobody_make_none(county: County) -> None:
    void, nobody = announced(county, (4, 3, 6), state="void"), announced(county, (1, 2, 0))
    with refused(county.store, ProjectError, "票决无效"):
        made(county, void)
    with refused(county.store, ProjectError, "没有项目入选"):
        made(county, nobody)


def test_a_satisfaction_round_makes_no_projects(county: County) -> None:
    session = drafting.create_session(county.store, county.staff, "第九次会议", 6, county.random)
    rated = [Candidate(number=n, title=f"项目{n}") for n in (1, 2)]
    of = drafting.create_round(county.store, county.staff, session.id, "测评", GRADES, rated, county.now())
    with refused(county.store, ProjectError, "满意度测评不产生新的项目"):
        made(county, of)


def test_the_year_of_a_round_is_one_year(county: County) -> None:
    of = announced(county, (4, 3, 6))
    made(county, of)
    with refused(county.store, ProjectStep, "2027年"):
        made(county, of, year=2028)
    with refused(county.store, DraftStep):
        made(county, of, year=1)


def test_only_the_staff_of_the_own_congress_makes_projects(county: County) -> None:
    of = announced(county, (4, 3, 6))
    with refused(county.store, NotFound):
        projects_from_round(county.store, county.town.staff, of.id, 2027, county.now())
    for actor in (county.government, county.deputy, county.unit, county.presidium):
        with refused(county.store, Forbidden):
            projects_from_round(county.store, actor, of.id, 2027, county.now())


def test_rounds_wait_until_they_have_become_projects(county: County) -> None:
    of = announced(county, (4, 3, 6))
    announced(county, (1, 1, 0), shortfall="vacant")
    announced(county, (4, 3, 6), state="open")
    assert [one.id for one in handing.waiting(county.store, county.staff)] == [of.id]
    made(county, of)
    assert handing.waiting(county.store, county.staff) == ()


def test_a_round_that_was_really_held_becomes_projects(sqlite: Store, tmp_path: Path) -> None:
    hall = Hall(sqlite, tmp_path)
    hall.reach("open")
    for card in range(6):
        hall.cast(card, 1, 3) if card else hall.cast(card, 3)
    hall.reach("announced")
    projects = projects_from_round(sqlite, hall.staff, hall.round.id, 2026, hall.now())
    assert titles(projects) == ["社区养老服务站", "农村公路改造"]
    assert [one.planned for one in projects] == [3_000_000, 1_000_000]
