"""Promises of voting/retesting.py: projects are rated again only after a result, in a line of rounds."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.people import GRADES, SELECT, Hall, candidates
from tests.refusals import refused, unchanged
from voting import drafting, redrafting, retesting
from voting.actors import NotFound, system
from voting.cycle import State
from voting.drafting import NoFollowUp
from voting.grading import Grading
from voting.retesting import NoRetest
from voting.rounds import Candidate, Relation, Round, Session
from voting.rules import RoundRules

FIRST, SECOND = candidates(2)


def grading(number: int) -> Grading:
    return replace(GRADES, projects=number)


def another_session(hall: Hall, title: str = "第六次会议") -> Session:
    return drafting.create_session(hall.store, hall.staff, title, 6, hall.random)


def retest(
    hall: Hall,
    previous: str,
    projects: Sequence[Candidate] = (FIRST,),
    *,
    session: Session | None = None,
    rules: RoundRules | None = None,
    relation: Relation | None = "retest",
    title: str = "再测评",
) -> Round:
    with hall.store.write() as tx:
        return drafting.add_round(
            tx,
            hall.staff,
            (session or hall.session).id,
            title,
            rules or grading(len(projects)),
            projects,
            hall.now(),
            previous,
            relation,
        )


def test_some_of_the_projects_are_rated_again_at_the_next_session(anywhere: Hall) -> None:
    first = rated(anywhere)
    later = another_session(anywhere)
    made = retest(anywhere, first.id, (SECOND,), session=later)
    assert (made.previous, made.relation, made.session) == (first.id, "retest", later.id)
    assert made.candidates == (replace(SECOND, number=1),)
    anywhere.turn_to(made)
    assert anywhere.reach("published").relation == "retest"


def rated(hall: Hall, state: State = "announced") -> Round:
    """The hall's draft turned into a test of two projects, and held."""
    changed = drafting.change_round(
        hall.store, hall.staff, hall.round.id, "测评", GRADES, candidates(2), hall.now()
    )
    hall.turn_to(changed)
    return hall.reach(state)


def test_entering_the_same_once_more_gives_the_round_that_is_there(grades: Hall) -> None:
    first = grades.reach("announced")
    made = retest(grades, first.id)
    with unchanged(grades.store):
        assert retest(grades, first.id) == made


@pytest.mark.parametrize("state", ["drafted", "open", "counted", "void"])
def test_nothing_is_rated_again_before_there_is_a_result(grades: Hall, state: State) -> None:
    grades.reach(state)
    with refused(grades.store, NoRetest, "这次测评的结果还没有宣布"):
        retest(grades, grades.round.id)


def test_a_second_retest_follows_the_first_whichever_round_is_named(grades: Hall) -> None:
    first = grades.reach("published")
    second = retest(grades, first.id, (FIRST,), title="再测评一")
    with refused(grades.store, NoRetest, "已经起草了再测评“再测评一”"):
        retest(grades, first.id, (SECOND,), title="再测评二")
    grades.turn_to(second)
    grades.reach("open")
    with refused(grades.store, NoRetest, "再测评“再测评一”还没有结束"):
        retest(grades, first.id, (SECOND,), title="再测评二")
    grades.reach("announced")
    third = retest(grades, first.id, (SECOND,), title="再测评二")
    assert third.previous == second.id
    with grades.store.write() as tx:
        assert [one.id for one in retesting.line(tx, grades.staff, first.id)] == [
            first.id,
            second.id,
            third.id,
        ]


def test_a_draft_that_nobody_needs_is_deleted_and_another_made(grades: Hall) -> None:
    first = grades.reach("announced")
    forgotten = retest(grades, first.id, (FIRST,), title="忘了的")
    redrafting.delete_draft(grades.store, grades.staff, forgotten.id, grades.now())
    other = retest(grades, first.id, (SECOND,), title="再测评", session=another_session(grades))
    assert (other.previous, other.candidates[0].title) == (first.id, SECOND.title)


def test_a_void_retest_is_repeated_or_followed_by_another_but_not_both(grades: Hall) -> None:
    first = grades.reach("announced")
    void = retest(grades, first.id)
    grades.turn_to(void)
    grades.reach("void")
    after = retest(grades, first.id, title="下次会议再测评", session=another_session(grades))
    assert after.previous == void.id
    with refused(grades.store, NoFollowUp, "已经有再测评“下次会议再测评”"):
        drafting.follow_up(grades.store, grades.staff, void.id, "repeat", grades.now())


def test_a_repeated_retest_stands_in_the_line(grades: Hall) -> None:
    first = grades.reach("announced")
    void = retest(grades, first.id)
    grades.turn_to(void)
    grades.reach("void")
    again = drafting.follow_up(grades.store, grades.staff, void.id, "repeat", grades.now())
    with refused(grades.store, NoRetest, "已经起草了再测评"):
        retest(grades, first.id, title="又一次")
    grades.turn_to(again)
    grades.reach("announced")
    assert retest(grades, first.id, title="又一次").previous == again.id


def test_a_project_that_was_not_rated_is_not_rated_again(grades: Hall) -> None:
    first = grades.reach("announced")
    with refused(grades.store, NoRetest, "“别的项目”不在上次测评的项目之中"):
        retest(grades, first.id, (FIRST, Candidate(number=2, title="别的项目")))


def test_a_vote_is_not_rated_again_nor_a_test_voted_on(hall: Hall, grades: Hall) -> None:
    voted = hall.reach("announced")
    with refused(hall.store, NoRetest, "只有满意度测评才有再测评"):
        retest(hall, voted.id)
    first = grades.reach("announced")
    with refused(grades.store, NoRetest, "只有满意度测评才有再测评"):
        retest(grades, first.id, candidates(3), rules=SELECT)


@pytest.mark.parametrize("relation", [None, "repeat", "runoff"])
def test_no_other_further_round_is_made_this_way(grades: Hall, relation: Relation | None) -> None:
    first = grades.reach("announced")
    with refused(grades.store, NoRetest):
        retest(grades, first.id, relation=relation)


def test_a_round_of_another_congress_does_not_exist(grades: Hall) -> None:
    first = grades.reach("announced")
    other = drafting.create_congress(grades.store, system(""), "邻县人民代表大会", "county")
    clerk = replace(grades.staff, congress=other.id)
    session = drafting.create_session(grades.store, clerk, "会议", 6, grades.random)
    with refused(grades.store, NotFound), grades.store.write() as tx:
        drafting.add_round(
            tx, clerk, session.id, "再测评", grading(1), (FIRST,), grades.now(), first.id, "retest"
        )
