"""A hall with a deck: real cards of a whole plenary, by the numbers on their stubs.

people = Dealt(hall)                 # the deck is loaded, and the hall's round has taken its cards
people.kept(people.serial(5))        # the last card is sealed in reserve
people.opened()                      # the round is open, with what was handed out
people.cast(people.hall.round, 0, 1)     # the first card marks candidate 1
"""

from __future__ import annotations

import msgspec

from ballots import sealing as ballot_sealing
from ballots.credentials import public_credential
from ballots.election import Election
from tests.people import Hall, bits
from voting import casting, opening
from voting.cards import deck_file, make_deck, serial_of
from voting.handing_out import decks, leftovers
from voting.handing_out.facts import LoadedDeck
from voting.handing_out.leftovers import Count
from voting.rounds import Receipt, Round


class Dealt:
    """What is done with a deck, by card from 0."""

    def __init__(self, hall: Hall, cards: int = 8, rounds: int = 4, first: int = 1) -> None:
        self.hall, self.first = hall, first
        self.uuids = decks.fresh_uuids(hall.random, rounds)
        self.made = make_deck(cards, self.uuids, hall.random)
        self.raw = deck_file(hall.session.code, self.made, first)
        self.deck: LoadedDeck = decks.load_deck(hall.store, hall.staff, hall.session.id, self.raw, hall.now())

    def serial(self, card: int) -> str:
        return serial_of(self.first + card)

    def key(self, card: int) -> str:
        """As a camera reads it for the deck's first round."""
        return self.made.derived[card][0]

    def credential(self, of: Round, card: int) -> str:
        """The card in this round."""
        current = self.current(of)
        return public_credential(current.uuid or "", self.made.credentials[card])

    def current(self, of: Round) -> Round:
        with self.hall.store.read() as tx:
            return tx.rounds.get(self.hall.staff, of.id)

    def sealed(self) -> Round:
        """The hall's round takes its cards and is sealed, whatever of that has not happened yet."""
        hall = self.hall
        if hall.current().state == "drafted":
            hall.adopt()
        if hall.current().state == "adopted":
            decks.use_deck(hall.store, hall.staff, hall.round.id, hall.now())
            for number in range(1, len(hall.scrutineers) + 1):
                hall.register_key(number)
            hall.freeze()
        return hall.current()

    def opened(self, paper: int = 0) -> Round:
        """With all that were not counted back."""
        self.sealed()
        return self.open(self.hall.round, self.count().out + paper, paper)

    def open(self, of: Round, issued: int, paper: int = 0) -> Round:
        hall = self.hall
        return opening.open_round(hall.store, hall.staff, of.id, hall.deputies, issued, hall.now(), paper)

    def further(self, title: str) -> Round:
        """Another round of the session, open together with the first."""
        first = self.hall.round
        self.hall.round = self.hall.draft(title)
        opened = self.opened()
        self.hall.round = first
        return opened

    def count(self) -> Count:
        with self.hall.store.read() as tx:
            return leftovers.count_of(tx, self.deck)

    def back(self, typed: str) -> None:
        hall = self.hall
        leftovers.put_back(hall.store, hall.staff, self.deck.id, typed, hall.now())

    def kept(self, typed: str) -> None:
        hall = self.hall
        leftovers.declare_reserve(hall.store, hall.staff, self.deck.id, typed, hall.now())

    def ballot(self, of: Round, card: int, *marks: int) -> bytes:
        election = Election.parse(self.current(of).election or b"")
        secret = self.made.credentials[card]
        return ballot_sealing.seal(election, secret, bits(of.rules, marks), self.hall.random)

    def cast(self, of: Round, card: int, *marks: int) -> Receipt:
        hall = self.hall
        raw = self.ballot(of, card, *marks)
        return casting.cast(hall.store, hall.session.code, of.id, raw, hall.signer)

    def listed(self, of: Round) -> list[str]:
        """`public_credentials` as the record has them."""
        return msgspec.json.decode(self.current(of).credentials or b"", type=list[str])
