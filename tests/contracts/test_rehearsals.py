"""Promises of rehearsals, on both databases: one at a time, never beside a vote, stopped and mourned."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import OPENING_DAY, Hall
from tests.refusals import refused
from voting import rehearsals
from voting.actors import Forbidden, NotFound, system
from voting.errors import RulesError
from voting.exercises import (
    DIED,
    OVERTAKEN,
    SILENCE,
    STOPPED,
    Exercise,
    ExerciseError,
    Rehearsal,
    RehearsalRefused,
)
from voting.store import Store

FIGURES = b'{"deputies":12}'
EXERCISE = Exercise(deputies=12, candidates=4, places=2)


def begun(store: Store, hall: Hall, mark: str = "a", at: datetime = OPENING_DAY) -> Rehearsal:
    return rehearsals.begin(store, hall.staff, mark * 32, EXERCISE, at).rehearsal


def listed(store: Store, hall: Hall, at: datetime = OPENING_DAY) -> tuple[Rehearsal, ...]:
    return rehearsals.listing(store, hall.staff, at)


@case("rehearsals.alone", "rehearsals.add", "rehearsals.find", "rehearsals.get")
def test_the_same_form_twice_begins_one_rehearsal(store: Store, hall: Hall) -> None:
    first = rehearsals.begin(store, hall.staff, "a" * 32, EXERCISE, OPENING_DAY)
    again = rehearsals.begin(store, hall.staff, "a" * 32, EXERCISE, OPENING_DAY)
    assert (first.anew, again.anew) == (True, False)
    assert first.rehearsal == again.rehearsal
    with store.read() as tx:
        assert tx.rehearsals.get(hall.staff, "a" * 32) == first.rehearsal
    assert first.rehearsal.exercise == EXERCISE


@case("rehearsals.beats")
def test_one_at_a_time_in_the_whole_installation(store: Store, hall: Hall, elsewhere: Hall) -> None:
    one = begun(store, hall)
    with refused(store, RehearsalRefused, "正在进行"):
        begun(store, elsewhere, "b")
    rehearsals.finish(store, one, FIGURES, "", OPENING_DAY)
    begun(store, elsewhere, "b")


@case("rehearsals.a_vote_is_open")
def test_none_begins_while_anybody_votes_and_one_that_runs_gives_way(store: Store, hall: Hall) -> None:
    one = begun(store, hall)
    assert rehearsals.beat(store, one, OPENING_DAY) == ""
    hall.reach("open")
    assert rehearsals.beat(store, one, OPENING_DAY) == OVERTAKEN
    rehearsals.finish(store, one, None, OVERTAKEN, OPENING_DAY)
    with pytest.raises(RehearsalRefused, match="正在投票"):
        begun(store, hall, "b")
    assert [(one.state, one.said) for one in listed(store, hall)] == [("failed", OVERTAKEN)]
    hall.reach("closed")
    begun(store, hall, "b")


@case("rehearsals.save", "rehearsals.newest")
def test_what_was_measured_is_kept_the_newest_first(store: Store, hall: Hall) -> None:
    for minute, mark in enumerate("abc"):
        at = OPENING_DAY + timedelta(minutes=minute)
        rehearsals.finish(store, begun(store, hall, mark, at), FIGURES, "", at)
    assert [one.id[0] for one in listed(store, hall)] == ["c", "b", "a"]
    assert {(one.state, one.figures, one.runs) for one in listed(store, hall)} == {("done", FIGURES, False)}
    with store.read() as tx:
        assert [one.id[0] for one in tx.rehearsals.newest(hall.staff, 2)] == ["c", "b"]


@case("rehearsals.save")
def test_one_that_is_told_to_stop_hears_it_with_the_next_beat(store: Store, hall: Hall) -> None:
    one = begun(store, hall)
    for _ in range(2):
        rehearsals.stop(store, hall.staff, one.id, OPENING_DAY)
    assert listed(store, hall)[0].state == "stopping"
    assert rehearsals.beat(store, one, OPENING_DAY) == STOPPED
    rehearsals.finish(store, one, None, STOPPED, OPENING_DAY)
    rehearsals.stop(store, hall.staff, one.id, OPENING_DAY)
    assert [(one.state, one.said) for one in listed(store, hall)] == [("failed", STOPPED)]


@case("rehearsals.beats", "rehearsals.newest")
def test_one_that_nobody_attends_has_died_and_bars_nobody(store: Store, hall: Hall) -> None:
    one, later = begun(store, hall), OPENING_DAY + 2 * SILENCE
    assert listed(store, hall, OPENING_DAY + SILENCE)[0].runs
    (dead,) = listed(store, hall, later)
    assert (dead.runs, dead.state, dead.said, dead.ended_at) == (False, "failed", DIED, OPENING_DAY)
    rehearsals.beat(store, one, later)
    assert listed(store, hall, later)[0].runs
    begun(store, hall, "b", later + 2 * SILENCE)


@case("rehearsals.find", "rehearsals.get", "rehearsals.newest")
def test_nobody_sees_or_stops_anothers(store: Store, hall: Hall, elsewhere: Hall) -> None:
    one = begun(store, hall)
    assert listed(store, elsewhere) == ()
    with pytest.raises(NotFound):
        rehearsals.stop(store, elsewhere.staff, one.id, OPENING_DAY)
    with store.read() as tx:
        assert tx.rehearsals.find(hall.chair, one.id) is None
        assert tx.rehearsals.find(hall.staff, "\0") is None
        assert tx.rehearsals.find(system(hall.congress.id), one.id) == one
    for actor in (hall.chair, hall.operator, hall.scrutineers[0]):
        with pytest.raises(Forbidden):
            rehearsals.listing(store, actor, OPENING_DAY)


@pytest.mark.parametrize(
    ("exercise", "field", "said"),
    [
        (replace(EXERCISE, deputies=0), "deputies", "代表人数应在 1 至 3,000 之间"),
        (replace(EXERCISE, deputies=3001), "deputies", "不能是 3,001"),
        (replace(EXERCISE, scrutineers=0), "scrutineers", "监票人"),
        (replace(EXERCISE, scrutineers=3, threshold=1), "threshold", "开箱人数应在 2 至 3"),
        (replace(EXERCISE, threshold=4), "threshold", "开箱人数"),
        (replace(EXERCISE, paper=12), "paper", "纸质票应在 0 至 11"),
        (replace(EXERCISE, paper=9), "paper", "不足10张"),
        (replace(EXERCISE, cut_network=121), "cut_network", "断网秒数"),
        (replace(EXERCISE, waiting=-1), "waiting", "等候的手机"),
        (replace(EXERCISE, tie=True, kind="grades"), "tie", "末位同票"),
        (replace(EXERCISE, tie=True, places=1), "tie", "末位同票"),
        (replace(EXERCISE, tie=True, deputies=6), "tie", "末位同票"),
    ],
)
def test_what_cannot_be_rehearsed_names_its_field(
    store: Store, hall: Hall, exercise: Exercise, field: str, said: str
) -> None:
    with pytest.raises(ExerciseError, match=said) as error:
        rehearsals.begin(store, hall.staff, "a" * 32, exercise, OPENING_DAY)
    assert error.value.field == field
    assert listed(store, hall) == ()


def test_an_impossible_paper_or_page_begins_nothing(store: Store, hall: Hall) -> None:
    with pytest.raises(RulesError):
        rehearsals.begin(store, hall.staff, "a" * 32, replace(EXERCISE, candidates=0), OPENING_DAY)
    with pytest.raises(RehearsalRefused, match="过期"):
        rehearsals.begin(store, hall.staff, "x", EXERCISE, OPENING_DAY)
    assert listed(store, hall) == ()
