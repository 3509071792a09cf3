"""Paper in the hall of `tests.people`: papers beside the cards, rounds without cards, two tellers.

hall = PaperHall(store, folder, papers=12)        # six cards and twelve papers, drafted
hall.entry = sheet(12, 0, [[2, 10, 5, 3]])        # what both tellers will find
hall.reach("published")

hall = PaperHall(store, folder, method="hands")   # no cards at all
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ballots.credentials import generate_uuid, public_credential
from tests.people import SELECT, Hall, seeded
from voting import announcing, closing, drafting, opening
from voting.cards import deck_file, make_deck, serial_of
from voting.cycle import Method
from voting.handing_out import decks, leftovers
from voting.paper_ballots import agreeing, exchanging, methods, tellers
from voting.paper_ballots.sheets import Entry, Sheet
from voting.rounds import Round
from voting.rules import RoundRules
from voting.store import Store
from voting.tally_report import Figures, figures
from voting.wording import Body


class PaperHall(Hall):
    """A hall where some have paper, or all have, or hands are raised. Everybody who is entitled is there."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        *,
        rules: RoundRules = SELECT,
        cards: int = 6,
        papers: int = 0,
        method: Method = "electronic",
        scrutineers: int = 2,
        name: str = "hall",
        body: Body = "congress",
        remembers: bool = False,
    ) -> None:
        super().__init__(
            store,
            folder,
            rules=rules,
            deputies=cards + papers,
            scrutineers=scrutineers,
            name=name,
            body=body,
            remembers=remembers,
        )
        self.papers, self.missing, self.entry = papers, 0, Entry(returned=0)
        if method != "electronic":
            self.hold(method)
        elif papers:
            self.cards = make_deck(cards, [generate_uuid(self.random)], seeded(f"{name}, the cards"))

    def hold(self, method: Method) -> None:
        """The draft is to be held like this."""
        drafted = self.round
        self.round = drafting.change_round(
            self.store,
            self.staff,
            drafted.id,
            drafted.title,
            drafted.rules,
            drafted.candidates,
            self.now(),
            method,
        )

    @property
    def by_card(self) -> bool:
        return self.current().method == "electronic"

    def seal(self) -> Round:
        return super().seal() if self.by_card else self.current()

    def open(self) -> Round:
        issued = self.deputies
        papers = self.papers if self.by_card else 0
        return opening.open_round(
            self.store, self.staff, self.round.id, self.deputies, issued, self.now(), papers
        )

    def close(self) -> Round:
        return closing.close_round(self.store, self.staff, self.round.id, self.now(), self.missing)

    def declare_valid(self) -> Round:
        """With what must be there before."""
        if self.current().returned is None:
            self.both(self.entry)
        if self.by_card and self.paper_text() and not self.paper_signed():
            self.sign_paper(1)
        return super().declare_valid()

    def count(self) -> Round:
        if self.by_card:
            return super().count()
        if self.current().state == "reconciled":
            self.both(self.entry)
        return self.current()

    def announce(self) -> Round:
        if self.by_card:
            return super().announce()
        self.sign_with_pen(*range(1, len(self.names) + 1))
        return announcing.announce(self.store, self.chair, self.round.id, self.now())

    def audit(self) -> None:
        if self.by_card:
            super().audit()

    # Tellers and scrutineers

    def enter(self, teller: int, entry: Entry, *, sure: bool = False) -> Sheet:
        return tellers.enter_counts(
            self.store, self.tellers[teller - 1], self.round.id, entry, self.now(), sure=sure
        )

    def both(self, entry: Entry, *, sure: bool = False) -> None:
        for teller in (1, 2):
            self.enter(teller, entry, sure=sure)

    def paper_text(self) -> str | None:
        with self.store.read() as tx:
            return agreeing.paper_text(tx, self.scrutineers[0], self.current())

    def paper_signed(self) -> bool:
        with self.store.read() as tx:
            return bool(tx.paper.signatures(self.staff, self.round.id))

    def sign_paper(self, number: int) -> Round:
        text = self.paper_text() or ""
        signature = self.report_key(number).sign(text.encode()).signature.hex()
        return agreeing.sign_paper(
            self.store, self.scrutineers[number - 1], self.round.id, signature, self.now()
        )

    def sign_with_pen(self, *numbers: int) -> Round:
        return methods.signed_with_pen(self.store, self.tellers[0], self.round.id, numbers, self.now())

    def figures(self) -> Figures:
        return figures(self.store, self.scrutineers[0], self.round.id)

    # Cards

    def in_this_round(self, card: int) -> str:
        """The public half of a card."""
        return public_credential(self.uuid(), self.cards.credentials[card])

    def exchange(self, card: int) -> Round:
        return exchanging.exchange_for_paper(
            self.store, self.staff, self.round.id, self.in_this_round(card), self.now()
        )


class DeckHall(PaperHall):
    """The same with a whole plenary's deck, the last cards of which are the sealed reserve."""

    def __init__(
        self, store: Store, folder: Path, *, cards: int = 6, papers: int = 2, reserve: int = 3
    ) -> None:
        super().__init__(store, folder, cards=cards, papers=papers, remembers=True)
        uuids = [generate_uuid(self.random) for _ in range(2)]
        self.cards = make_deck(cards + reserve, uuids, seeded("the deck"))
        self.outside = cards
        raw = deck_file(self.session.code, self.cards)
        self.deck = decks.load_deck(store, self.staff, self.session.id, raw, self.now())
        if reserve:
            kept = "\n".join(serial_of(cards + n) for n in range(1, reserve + 1))
            leftovers.declare_reserve(store, self.staff, self.deck.id, kept, self.now())

    def load_cards(self) -> Round:
        return decks.use_deck(self.store, self.staff, self.round.id, self.now())

    def uuid(self) -> str:
        return self.current().uuid or ""

    def reserve(self, place: int) -> str:
        """The serial of a reserve card, from 0."""
        return serial_of(self.outside + 1 + place)

    def cast_paper(self, place: int, *marks: int, witness: int | None = 1) -> None:
        """Open a reserve card before a scrutineer, and vote with it as the paper says."""
        exchanging.cast_paper(
            self.store, self.tellers[0], self.round.id, self.reserve(place), witness, self.now()
        )
        self.cast(self.outside + place, *marks)


def sheet(returned: int, invalid: int, rows: Sequence[Sequence[int]]) -> Entry:
    """Figures as a teller has them."""
    return Entry(returned=returned, invalid=invalid, rows=tuple(tuple(row) for row in rows))
