"""The cards of a plenary by the number on the stub, and every ballot that is cast with them."""

from __future__ import annotations

import httpx

from ballots.election import Election
from ballots.sealing import seal
from tests.journeys.electorate import Choices, added_up
from tests.people import seeded
from voting.cards import deck_file, make_deck, serial_of
from voting.handing_out.decks import fresh_uuids


class Stubs:
    """Real cards, numbered from 1 as printed; one deck serves several rounds."""

    def __init__(self, name: str, cards: int, rounds: int) -> None:
        self.random = seeded(name)
        self.deck = make_deck(cards, fresh_uuids(self.random, rounds), self.random)
        self.marked: dict[str, list[Choices]] = {}
        self.trackers: dict[str, list[str]] = {}

    def file(self, session: str) -> bytes:
        """deck.json, as the maker of the cards hands it in."""
        return deck_file(session, self.deck)

    def serial(self, card: int) -> str:
        return serial_of(card)

    def secret(self, card: int) -> str:
        """What is inside the folded card."""
        return self.deck.credentials[card - 1]

    def voted(self, round_id: str, choices: Choices, tracker: str) -> None:
        """Somebody marked this on a phone and was given this 回执号."""
        self.marked.setdefault(round_id, []).append(choices)
        self.trackers.setdefault(round_id, []).append(tracker)

    def try_to_vote(self, api: str, round_id: str, card: int, choices: Choices) -> httpx.Response:
        """Seal a ballot and hand it in, as a phone would; `api` is the session's address."""
        with httpx.Client(timeout=60) as client:
            rounds = client.get(api).raise_for_status().json()["rounds"]
            shown = next(one for one in rounds if one["id"] == round_id)
            election = Election.parse(shown["election"].encode())
            ballot = seal(election, self.secret(card), choices, self.random)
            return client.post(f"{api}/{round_id}/ballots", content=ballot)

    def vote(self, api: str, round_id: str, card: int, choices: Choices) -> None:
        answer = self.try_to_vote(api, round_id, card, choices).raise_for_status()
        self.voted(round_id, choices, answer.json()["tracker"])

    def counts(self, round_id: str) -> list[list[int]]:
        """The plain sum of what was clicked and sealed."""
        return added_up(self.marked[round_id])
