"""Promises of voting/ranking.py, against a statement of the rules that shares nothing with the arithmetic.

A set of candidates is *fair* if it takes as many of those who passed as there are places for, and nobody
left out has more votes than somebody taken. Often there is one fair set: that is the result. If there are
several, whoever is in all of them is chosen, and whoever is in some of them only is tied.
"""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from voting.ranking import Ranking, cause, rank

VOTES = st.lists(st.integers(0, 6), min_size=1, max_size=7)
NEEDED = st.integers(1, 5)


def fair_sets(votes: list[int], needed: int, places: int) -> list[frozenset[int]]:
    passed = {number for number, cast in enumerate(votes, start=1) if cast >= needed}
    size = min(places, len(passed))
    return [
        frozenset(taken)
        for taken in combinations(sorted(passed), size)
        if not any(votes[out - 1] > votes[within - 1] for out in passed - set(taken) for within in taken)
    ]


def places_for(votes: list[int], draw: int) -> int:
    return draw % len(votes) + 1


@given(VOTES, NEEDED, st.integers(0, 6))
def test_chosen_is_who_is_in_every_fair_set_and_tied_who_is_in_some(
    votes: list[int], needed: int, draw: int
) -> None:
    places = places_for(votes, draw)
    fair = fair_sets(votes, needed, places)
    everywhere = frozenset.intersection(*fair)
    somewhere = frozenset.union(*fair)
    ranking = rank(votes, needed, places, all_tied_enter=False)
    assert set(ranking.chosen) == everywhere
    assert set(ranking.tied) == somewhere - everywhere
    assert ranking.tied_places == len(fair[0]) - len(everywhere)
    assert ranking.vacancies == places - len(fair[0])


@given(VOTES, NEEDED, st.integers(0, 6))
def test_where_all_tied_enter_chosen_is_who_is_in_any_fair_set(
    votes: list[int], needed: int, draw: int
) -> None:
    places = places_for(votes, draw)
    fair = fair_sets(votes, needed, places)
    ranking = rank(votes, needed, places, all_tied_enter=True)
    assert set(ranking.chosen) == frozenset.union(*fair)
    assert set(ranking.entered_tied) == frozenset.union(*fair) - frozenset.intersection(*fair)
    assert (ranking.tied, ranking.tied_places) == ((), 0)


@given(VOTES, NEEDED, st.integers(0, 6))
def test_every_place_is_taken_open_or_vacant_and_never_open_and_vacant_in_one_round(
    votes: list[int], needed: int, draw: int
) -> None:
    places = places_for(votes, draw)
    ranking = rank(votes, needed, places, all_tied_enter=False)
    assert len(ranking.chosen) + ranking.tied_places + ranking.vacancies == places
    assert not (ranking.tied and ranking.vacancies)
    assert len(ranking.tied) > ranking.tied_places or not ranking.tied


@given(VOTES, NEEDED, st.integers(0, 6), st.booleans(), st.randoms(use_true_random=False))
def test_the_printed_order_decides_nothing(
    votes: list[int], needed: int, draw: int, enter: bool, shuffler: Random
) -> None:
    places = places_for(votes, draw)
    order = list(range(len(votes)))
    shuffler.shuffle(order)
    shuffled = [votes[place] for place in order]
    before = verdicts(rank(votes, needed, places, all_tied_enter=enter))
    after = verdicts(rank(shuffled, needed, places, all_tied_enter=enter))
    assert [before[place] for place in order] == after


@given(VOTES, NEEDED, st.integers(0, 6), st.booleans(), st.integers(0, 6))
def test_one_more_vote_never_harms(votes: list[int], needed: int, draw: int, enter: bool, who: int) -> None:
    places = places_for(votes, draw)
    lucky = who % len(votes)
    more = [cast + (place == lucky) for place, cast in enumerate(votes)]
    before = verdicts(rank(votes, needed, places, all_tied_enter=enter))
    after = verdicts(rank(more, needed, places, all_tied_enter=enter))
    assert after[lucky] >= before[lucky]
    assert all(b >= a for place, (b, a) in enumerate(zip(before, after, strict=True)) if place != lucky)


def verdicts(ranking: Ranking) -> list[int]:
    """2 chosen, 1 tied, 0 neither, in printed order."""
    return [
        2 if number in ranking.chosen else int(number in ranking.tied)
        for number in range(1, len(ranking.votes) + 1)
    ]


@given(VOTES, NEEDED, st.integers(0, 6), st.booleans())
def test_the_order_shows_everybody_once_and_never_more_votes_below_fewer(
    votes: list[int], needed: int, draw: int, enter: bool
) -> None:
    ranking = rank(votes, needed, places_for(votes, draw), all_tied_enter=enter)
    assert sorted(ranking.order) == list(range(1, len(votes) + 1))
    cast = [votes[number - 1] for number in ranking.order]
    assert cast == sorted(cast, reverse=True)
    for number in ranking.order:
        ahead = [other for other in ranking.order if votes[other - 1] > votes[number - 1]]
        assert ranking.place_of(number) == len(ahead) + 1


def test_each_cause_in_one_round_each() -> None:
    ranking = rank([9, 7, 7, 5, 2], 5, 2, all_tied_enter=False)
    assert [cause(ranking, number, majority_floor=True) for number in range(1, 6)] == [
        "within_places",
        "tied",
        "tied",
        "outside_places",
        "below_floor",
    ]
    entering = rank([9, 7, 7, 5, 0], 1, 2, all_tied_enter=True)
    assert [cause(entering, number, majority_floor=False) for number in range(1, 6)] == [
        "within_places",
        "entered_tied",
        "entered_tied",
        "outside_places",
        "no_votes",
    ]
