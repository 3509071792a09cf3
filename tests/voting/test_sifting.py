"""审核: nothing is public before a person looked; refusals have reasons; nobody decides twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.county import Body, County
from voting.actors import Forbidden, NotFound
from voting.collecting import sifting
from voting.collecting.entry import COMPLAINT_ADVICE
from voting.collecting.sifting import AlreadyScreened, NothingChosen, accept, accept_many, complaint, refuse
from voting.errors import TextError
from voting.store import Store
from voting.suggestions import Suggestion


@pytest.fixture
def one_county(sqlite: Store) -> County:
    """On SQLite only, for what does not depend on the database."""
    return County(sqlite)


def waiting(county: Body, **fields: Any) -> Suggestion:
    return county.suggest(state="received", **fields)


def now_of(county: County, one: Suggestion) -> Suggestion:
    with county.store.read() as tx:
        return tx.suggestions.get(county.staff, one.id)


def test_accepting_registers_it_with_its_kind_and_releases_it_or_not(county: County) -> None:
    one, other = waiting(county), waiting(county)
    shown = accept(county.store, county.staff, one.id, "clue", county.now(), release=True)
    hidden = accept(county.store, county.government, other.id, "opinion", county.now(), release=False)
    assert (shown.state, shown.kind, shown.released_at is None) == ("registered", "clue", False)
    assert (hidden.state, hidden.kind, hidden.released_at) == ("registered", "opinion", None)
    assert now_of(county, one) == shown
    with county.store.read() as tx:
        assert tx.inbox.waiting(county.staff, 9) == ()


def test_refusing_needs_a_reason(county: County) -> None:
    one = waiting(county)
    with pytest.raises(TextError):
        refuse(county.store, county.staff, one.id, "  ", county.now())
    assert now_of(county, one) == one
    refused = refuse(county.store, county.staff, one.id, "不属于本县职权范围。", county.now())
    assert (refused.state, refused.decision) == ("refused", "不属于本县职权范围。")
    assert refused.released_at is None


def test_a_complaint_is_told_where_to_go_and_can_never_be_released(one_county: County) -> None:
    one = waiting(one_county)
    told = complaint(one_county.store, one_county.staff, one.id, one_county.now())
    assert (told.kind, told.state, told.decision) == ("complaint", "refused", COMPLAINT_ADVICE)
    registered = one_county.suggest(kind="complaint")
    for each in (told, registered):
        with pytest.raises(AlreadyScreened):
            sifting.release(one_county.store, one_county.staff, each.id, one_county.now(), public=True)


def test_the_same_verdict_twice_changes_nothing_and_another_is_refused(one_county: County) -> None:
    store, staff = one_county.store, one_county.staff
    one = waiting(one_county)
    done = accept(store, staff, one.id, "clue", one_county.now(), release=True)
    assert accept(store, one_county.government, one.id, "clue", one_county.now(), release=True) == done
    others: list[Callable[[], object]] = [
        lambda: refuse(store, staff, one.id, "重复", one_county.now()),
        lambda: complaint(store, staff, one.id, one_county.now()),
        lambda: accept(store, staff, one.id, "opinion", one_county.now(), release=True),
    ]
    for again in others:
        with pytest.raises(AlreadyScreened):
            again()
    assert now_of(one_county, one) == done


def test_many_are_accepted_at_once_and_complaints_are_left(county: County) -> None:
    ones = [waiting(county, kind=kind) for kind in ("clue", "opinion", "complaint")]
    count = accept_many(county.store, county.staff, [one.id for one in ones], county.now(), release=False)
    assert count == 2
    assert [now_of(county, one).state for one in ones] == ["registered", "registered", "received"]
    with pytest.raises(NothingChosen):
        accept_many(county.store, county.staff, [], county.now(), release=False)


def test_one_of_another_congress_among_many_stops_them_all(one_county: County) -> None:
    own, theirs = waiting(one_county), waiting(one_county.town)
    with pytest.raises(NotFound):
        accept_many(one_county.store, one_county.staff, [own.id, theirs.id], one_county.now(), release=True)
    assert now_of(one_county, own).state == "received"


def test_release_is_taken_back(one_county: County) -> None:
    one = one_county.suggest()
    shown = sifting.release(one_county.store, one_county.staff, one.id, one_county.now(), public=True)
    assert shown.released_at is not None
    hidden = sifting.release(one_county.store, one_county.staff, one.id, one_county.now(), public=False)
    assert hidden.released_at is None


def test_only_the_offices_screen(one_county: County) -> None:
    one = waiting(one_county)
    for actor in (one_county.deputy, one_county.unit, one_county.presidium):
        with pytest.raises(Forbidden):
            accept(one_county.store, actor, one.id, "clue", one_county.now(), release=True)
    with pytest.raises(NotFound):
        refuse(one_county.store, one_county.town.staff, one.id, "理由", one_county.now())
