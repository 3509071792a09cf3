"""Promises of the store about suggestions: who can fetch what."""

from __future__ import annotations

import pytest

from tests.contracts.cases import case
from tests.county import County
from voting.actors import PUBLIC, NotFound


@case("suggestions.add", "suggestions.get", "suggestions.next_number")
def test_offices_and_presidium_see_all_of_their_congress(county: County) -> None:
    one = county.suggest()
    with county.store.read() as tx:
        for actor in (county.staff, county.government, county.presidium):
            assert tx.suggestions.get(actor, one.id) == one


def test_nobody_sees_another_congress(county: County) -> None:
    one, theirs = county.suggest(), county.town.suggest()
    with county.store.read() as tx:
        for actor in (county.town.staff, county.town.presidium, county.town.deputy, county.town.unit, PUBLIC):
            with pytest.raises(NotFound):
                tx.suggestions.get(actor, one.id)
        with pytest.raises(NotFound):
            tx.suggestions.get(county.staff, theirs.id)


def test_a_unit_sees_only_what_was_handed_to_it_or_came_from_it(county: County) -> None:
    one = county.suggest()
    proposed = county.suggest("加宽县道", unit=county.units[0].id, source="department")
    with county.store.read() as tx:
        assert tx.suggestions.get(county.unit, proposed.id) == proposed
        for actor, item in ((county.unit, one), (county.other_unit, proposed)):
            with pytest.raises(NotFound):
                tx.suggestions.get(actor, item.id)


def test_a_deputy_sees_the_own_ones_and_what_was_released(county: County) -> None:
    own = county.suggest(deputy=county.deputies[0].id, source="deputy", kind="proposal")
    released = county.suggest(released_at=county.now())
    complaint = county.suggest(released_at=county.now(), kind="complaint")
    with county.store.read() as tx:
        assert tx.suggestions.get(county.deputy, own.id) == own
        assert tx.suggestions.get(county.other_deputy, released.id) == released
        for item in (own, complaint):
            with pytest.raises(NotFound):
                tx.suggestions.get(county.other_deputy, item.id)


@case("suggestions.labels")
def test_numbers_are_told_of_what_one_may_see_and_of_nothing_else(county: County) -> None:
    one, other = county.suggest(), county.suggest("修建公厕")
    with county.store.read() as tx:
        asked = [one.id, other.id, "0" * 32]
        assert tx.suggestions.labels(county.presidium, asked) == {one.id: one.label, other.id: other.label}
        assert tx.suggestions.labels(county.town.staff, asked) == {}
        assert tx.suggestions.labels(county.unit, asked) == {}


@case("suggestions.by_form_key", "suggestions.by_query_hash", "suggestions.lock")
def test_a_form_and_a_query_code_lead_to_their_suggestion_and_nowhere_else(county: County) -> None:
    one = county.suggest()
    with county.store.write() as tx:
        assert tx.suggestions.lock(county.staff, one.id) == one
        with pytest.raises(NotFound):
            tx.suggestions.lock(county.town.staff, one.id)
    with county.store.read() as tx:
        assert tx.suggestions.by_form_key(county.congress.id, one.form_key) == one
        assert tx.suggestions.by_form_key(county.town.congress.id, one.form_key) is None
        assert tx.suggestions.by_query_hash(one.query_hash) == one
        for made_up in ("0" * 64, "x", "\x00"):
            with pytest.raises(NotFound):
                tx.suggestions.by_query_hash(made_up)
