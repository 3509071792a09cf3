"""Promises of voting/merging.py, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.county import County
from voting.actors import Actor, Forbidden, NotFound
from voting.errors import VotingError
from voting.merging import AlreadyMerged, CannotMerge, CannotUnmerge, by_label, merge, unmerge
from voting.store.tables import people
from voting.suggestions import Suggestion


def seen(county: County, one: Suggestion) -> Suggestion:
    with county.store.read() as tx:
        return tx.suggestions.get(county.staff, one.id)


def audited(county: County, one: Suggestion) -> list[str]:
    with county.store.read() as tx:
        query = people.audit.select().where(people.audit.c.subject_id == one.id).order_by(people.audit.c.at)
        return [row.what for row in tx.audit._connection.execute(query)]


def together(*steps: Callable[[], Any]) -> list[Any]:
    """All at once; what each gave, or how it was refused."""
    start = Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return step()
        except VotingError as error:
            return error

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def test_a_source_keeps_its_number_and_follows_its_main_one(county: County) -> None:
    one, main = county.suggest("路灯坏了"), county.suggest("没有路灯")
    now = county.now()
    assert merge(county.store, county.staff, one.id, main.id, now) == main
    after = seen(county, one)
    assert (after.merged_into, after.merged_at, after.label) == (main.id, now, one.label)
    with county.store.read() as tx:
        assert tx.suggestions.merged_into(county.staff, main.id) == (after,)
    assert audited(county, one) == ["merge"]


def test_unmerging_gives_back_what_was(county: County) -> None:
    one, main = county.suggest(), county.suggest()
    merge(county.store, county.staff, one.id, main.id, county.now())
    unmerge(county.store, county.staff, one.id, county.now())
    assert seen(county, one) == one
    assert audited(county, one) == ["merge", "unmerge"]


def test_said_twice_it_is_done_once(county: County) -> None:
    one, main = county.suggest(), county.suggest()
    merge(county.store, county.staff, one.id, main.id, county.now())
    first = seen(county, one)
    merge(county.store, county.government, one.id, main.id, county.now())
    assert seen(county, one) == first
    assert audited(county, one) == ["merge"]


def test_two_clerks_who_merge_the_same_pair_at_once_merge_it_once(county: County) -> None:
    one, main = county.suggest(), county.suggest()
    now = county.now()
    done = together(
        lambda: merge(county.store, county.staff, one.id, main.id, now),
        lambda: merge(county.store, county.government, one.id, main.id, now),
    )
    assert [found.id for found in done] == [main.id, main.id]
    assert audited(county, one) == ["merge"]


def test_two_clerks_who_merge_a_pair_crosswise_leave_one_main_one(county: County) -> None:
    one, other = county.suggest(), county.suggest()
    now = county.now()
    done = together(
        lambda: merge(county.store, county.staff, one.id, other.id, now),
        lambda: merge(county.store, county.government, other.id, one.id, now),
    )
    assert sorted(isinstance(found, CannotMerge) for found in done) == [False, True]
    assert {seen(county, one).merged_into, seen(county, other).merged_into} in (
        {None, one.id},
        {None, other.id},
    )


def test_many_clerks_who_merge_a_ring_leave_no_chain(county: County) -> None:
    ring = [county.suggest(f"第{n}件") for n in range(5)]
    now = county.now()
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))

    def step(source: Suggestion, main: Suggestion) -> Callable[[], Any]:
        return lambda: merge(county.store, county.staff, source.id, main.id, now)

    together(*(step(*pair) for pair in pairs))
    mains = {seen(county, one).merged_into for one in ring} - {None}
    assert mains
    assert all(
        seen(county, next(one for one in ring if one.id == main)).merged_into is None for main in mains
    )


def test_one_merged_already_is_refused_with_the_number_of_its_main_one(county: County) -> None:
    one, main, third = county.suggest(), county.suggest(), county.suggest()
    merge(county.store, county.staff, one.id, main.id, county.now())
    with pytest.raises(AlreadyMerged, match=main.label):
        merge(county.store, county.staff, one.id, third.id, county.now())
    assert seen(county, one).merged_into == main.id


def test_merging_into_a_merged_one_goes_to_its_main_one(county: County) -> None:
    one, main, third = county.suggest(), county.suggest(), county.suggest()
    merge(county.store, county.staff, one.id, main.id, county.now())
    assert merge(county.store, county.staff, third.id, one.id, county.now()).id == main.id
    assert seen(county, third).merged_into == main.id


def test_a_main_one_takes_its_sources_along(county: County) -> None:
    one, main, greater = county.suggest(), county.suggest(), county.suggest()
    merge(county.store, county.staff, one.id, main.id, county.now())
    merge(county.store, county.staff, main.id, greater.id, county.now())
    assert {seen(county, one).merged_into, seen(county, main).merged_into} == {greater.id}
    assert audited(county, one) == ["merge", "merge"]


def test_itself_and_its_own_source_are_refused(county: County) -> None:
    one, main = county.suggest(), county.suggest()
    with pytest.raises(CannotMerge, match="不能并入自己"):
        merge(county.store, county.staff, one.id, one.id, county.now())
    merge(county.store, county.staff, one.id, main.id, county.now())
    with pytest.raises(CannotMerge, match=f"已经并入 {main.label}"):
        merge(county.store, county.staff, main.id, one.id, county.now())
    assert seen(county, main).merged_into is None


def test_another_congress_does_not_exist(county: County) -> None:
    ours, theirs = county.suggest(), county.town.suggest()
    for actor, source, main in (
        (county.staff, ours, theirs),
        (county.staff, theirs, ours),
        (county.town.staff, ours, theirs),
    ):
        with pytest.raises(NotFound):
            merge(county.store, actor, source.id, main.id, county.now())
    with pytest.raises(NotFound):
        unmerge(county.store, county.town.staff, ours.id, county.now())
    with pytest.raises(CannotMerge, match="没有找到"):
        by_label(county.store, county.town.staff, "2027-00099")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "answered", "answer": "已安排。"}, "已经答复"),
        ({"state": "closed", "answer": "已安排。"}, "已经答复"),
        ({"state": "assigned"}, "已经交办"),
        ({"state": "received"}, "待审核"),
        ({"state": "refused"}, "未受理"),
        ({"kind": "complaint"}, "投诉举报"),
    ],
)
def test_what_cannot_be_a_source_is_told_why(county: County, fields: dict[str, Any], sentence: str) -> None:
    one, main = county.suggest(**fields), county.suggest()
    with pytest.raises(CannotMerge, match=sentence):
        merge(county.store, county.staff, one.id, main.id, county.now())
    assert seen(county, one) == one
    assert audited(county, one) == []


def test_a_main_one_that_was_answered_answers_the_source_at_once(county: County) -> None:
    one = county.suggest()
    clue = county.suggest(kind="clue")
    main = county.suggest(state="answered", answer="下月动工。", answered_at=county.now())
    now = county.now()
    merge(county.store, county.staff, one.id, main.id, now)
    merge(county.store, county.staff, clue.id, main.id, now)
    assert (seen(county, one).state, seen(county, one).answer, seen(county, one).answered_at) == (
        "answered",
        "下月动工。",
        now,
    )
    assert seen(county, clue).state == "closed"
    assert sorted(audited(county, clue)) == ["answer_merged", "merge"]  # in one instant


def test_after_the_answer_nothing_is_taken_apart(county: County) -> None:
    one = county.suggest()
    main = county.suggest(state="answered", answer="下月动工。", answered_at=county.now())
    merge(county.store, county.staff, one.id, main.id, county.now())
    with pytest.raises(CannotUnmerge, match=f"已随 {main.label} 一起答复"):
        unmerge(county.store, county.staff, one.id, county.now())
    assert seen(county, one).merged_into == main.id


def test_a_source_of_an_assigned_one_is_assigned_and_falls_back_when_taken_out(county: County) -> None:
    one, main = county.suggest(), county.suggest(state="assigned")
    merge(county.store, county.staff, one.id, main.id, county.now())
    assert seen(county, one).state == "assigned"
    unmerge(county.store, county.staff, one.id, county.now())
    assert seen(county, one) == one
    with pytest.raises(CannotUnmerge, match="没有并入"):
        unmerge(county.store, county.staff, one.id, county.now())


def test_only_the_offices_merge(county: County) -> None:
    one, main = county.suggest(), county.suggest()
    actors: list[Actor] = [county.presidium, county.deputy, county.unit]
    for actor in actors:
        with pytest.raises(Forbidden):
            merge(county.store, actor, one.id, main.id, county.now())
        with pytest.raises(Forbidden):
            unmerge(county.store, actor, one.id, county.now())


def test_merged_across_years_it_is_raised_every_year_until_taken_apart(county: County) -> None:
    one, old = county.suggest(year=2027), county.suggest(year=2025)
    merge(county.store, county.staff, one.id, old.id, county.now())
    with county.store.read() as tx:
        assert [line.raised for line in tx.ledger.lines(county.staff, [one.id, old.id])] == [(2025, 2027)] * 2
    unmerge(county.store, county.staff, one.id, county.now())
    with county.store.read() as tx:
        assert [line.raised for line in tx.ledger.lines(county.staff, [one.id])] == [()]
