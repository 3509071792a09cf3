"""The deputies' cards, and what is marked with them: on a phone by hand, or sealed here and sent by HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import httpx

from ballots.credentials import generate_uuid, public_credential
from ballots.election import Election
from ballots.sealing import seal
from tests.people import seeded
from voting.cards import make_deck, public_file

STANCES: Final = ("赞成", "反对", "弃权")

Choices = list[list[int]]
"""Bits as `ballots.sealing.seal` takes them."""


def chosen(candidates: int, *numbers: int) -> Choices:
    """A 差额 ballot; to choose nobody is 弃权."""
    return [[int(not numbers), *(int(number in numbers) for number in range(1, candidates + 1))]]


def stances(*said: str) -> Choices:
    """An 等额 ballot: 赞成, 反对 or 弃权 on each candidate in turn."""
    return [[int(stance == one) for stance in STANCES] for one in said]


def graded(answers: Sequence[str], *said: str) -> Choices:
    """A ballot of a 测评: one of the answers offered for each project in turn."""
    return [[int(answer == one) for answer in answers] for one in said]


class Electorate:
    """Real cards for one session, with a spare round, and everything that was marked with them."""

    def __init__(self, name: str, cards: int) -> None:
        self.random = seeded(name)
        self.deck = make_deck(cards, [generate_uuid(self.random) for _ in range(2)], self.random)
        self.uuid = next(iter(self.deck.public))
        self.marked: list[Choices] = []
        self.trackers: list[str] = []

    def public(self) -> bytes:
        """What the cards' maker hands to the office for the round."""
        return public_file(self.uuid, self.deck.public[self.uuid])

    def public_half(self, card: int) -> str:
        return public_credential(self.uuid, self.deck.credentials[card])

    def card_for(self, address: str, card: int) -> str:
        """What the QR code of this card says."""
        return f"{address}#{self.deck.credentials[card]}"

    def voted(self, choices: Choices, tracker: str) -> None:
        """Somebody marked this on a phone and was given this 回执号."""
        self.marked.append(choices)
        self.trackers.append(tracker)

    def vote(self, api: str, card: int, choices: Choices) -> None:
        """Seal a ballot and hand it in, as a phone would; `api` is the session's address."""
        with httpx.Client(timeout=60) as client:
            round_ = client.get(api).raise_for_status().json()["rounds"][0]
            election = Election.parse(round_["election"].encode())
            ballot = seal(election, self.deck.credentials[card], choices, self.random)
            answer = client.post(f"{api}/{round_['id']}/ballots", content=ballot).raise_for_status()
        self.voted(choices, answer.json()["tracker"])

    @property
    def counts(self) -> list[list[int]]:
        """The plain sum of what was clicked and sealed."""
        return added_up(self.marked)


def added_up(marked: Sequence[Choices]) -> list[list[int]]:
    return [[sum(column) for column in zip(*question, strict=True)] for question in zip(*marked, strict=True)]
