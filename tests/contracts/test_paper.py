"""Promises of the store's papers, on both databases."""

from __future__ import annotations

from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import OPENING_DAY, Hall
from voting.paper_ballots.sheets import Dealt, Entry, PaperSignature, Sheet


def sheet(hall: Hall, teller: int, version: int, returned: int) -> Sheet:
    return Sheet(
        congress=hall.congress.id,
        round=hall.round.id,
        teller=teller,
        version=version,
        entry=Entry(returned=returned, rows=((1, 2, 3, 4),)),
        name="计票甲",
        at=OPENING_DAY,
    )


@case("paper.add_sheet", "paper.sheets")
def test_every_version_of_a_teller_s_sheet_stays(hall: Hall, elsewhere: Hall) -> None:
    written = [sheet(hall, 1, 1, 10), sheet(hall, 1, 2, 11), sheet(hall, 2, 1, 11)]
    with hall.store.write() as tx:
        for one in reversed(written):
            tx.paper.add_sheet(one)
    with hall.store.read() as tx:
        assert tx.paper.sheets(hall.tellers[0], hall.round.id) == tuple(written)
        assert tx.paper.sheets(elsewhere.tellers[0], hall.round.id) == ()
        assert tx.paper.sheets(hall.tellers[0], elsewhere.round.id) == ()


@case("paper.dealt", "paper.keep_dealt")
def test_what_was_dealt_with_is_the_last_that_was_noted(hall: Hall, elsewhere: Hall) -> None:
    first = Dealt(cast=1, fewest=5)
    with hall.store.write() as tx:
        assert tx.paper.dealt(hall.staff, hall.round.id) is None
        tx.paper.keep_dealt(hall.round, first)
        tx.paper.keep_dealt(hall.round, replace(first, cast=2, spoilt=1))
    with hall.store.read() as tx:
        assert tx.paper.dealt(hall.staff, hall.round.id) == Dealt(cast=2, spoilt=1, fewest=5)
        assert tx.paper.dealt(elsewhere.staff, hall.round.id) is None


@case("paper.sign", "paper.signatures")
def test_signatures_over_the_papers_are_by_the_scrutineer_s_number(hall: Hall, elsewhere: Hall) -> None:
    hall.adopt()
    given = [PaperSignature(number=n, signature=str(n) * 128) for n in (2, 1)]
    with hall.store.write() as tx:
        for one in given:
            tx.paper.sign(hall.round, one)
    with hall.store.read() as tx:
        assert tx.paper.signatures(hall.chair, hall.round.id) == (given[1], given[0])
        assert tx.paper.signatures(elsewhere.chair, hall.round.id) == ()
