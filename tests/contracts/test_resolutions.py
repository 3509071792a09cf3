"""Promises of what was decided about open places, on both databases."""

from __future__ import annotations

from msgspec.structs import replace

from tests.announced import announced
from tests.contracts.cases import case
from tests.county import County
from tests.decided import PAPER, decided
from tests.refusals import unchanged
from voting.rounds import Round
from voting.settling.deciding import withdraw
from voting.settling.resolutions import Resolution


def kept(county: County, of: Round) -> Resolution | None:
    with county.store.read() as tx:
        return tx.resolutions.of(of)


@case("resolutions.add", "resolutions.of", "resolutions.change")
def test_a_resolution_comes_back_as_it_was_entered_and_then_made_known(county: County) -> None:
    of = announced(county, (6, 4, 4), tie="presidium")
    assert kept(county, of) is None
    entered = decided(county, of, 3, known=False)
    assert kept(county, of) == entered
    assert (entered.number, entered.day, entered.words) == (PAPER.number, PAPER.day, PAPER.words)
    known = decided(county, of, 3)
    assert kept(county, of) == known
    assert replace(known, known_at=None) == entered


@case("resolutions.remove")
def test_one_round_s_resolution_is_withdrawn_and_the_other_s_stays(county: County) -> None:
    one, other = (announced(county, (6, 4, 4), tie="presidium") for _ in "ab")
    stays = decided(county, other, 2, known=False)
    decided(county, one, 3, known=False)
    withdraw(county.store, county.staff, one.id, county.now())
    assert (kept(county, one), kept(county, other)) == (None, stays)


def test_what_is_decided_twice_at_the_same_moment_is_kept_once(county: County) -> None:
    of = announced(county, (6, 4, 4), tie="presidium")
    first = decided(county, of, 3, known=False)
    with unchanged(county.store):
        assert decided(county, of, 3, known=False) == first
