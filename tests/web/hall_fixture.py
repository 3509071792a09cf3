"""A hall that people can walk into: the simulated people of `tests.people` behind a real server.

One server serves all tests of a worker; every test has a congress, session and cards of its own in it.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

import msgspec

from ballots.credentials import generate_uuid, public_credential
from tests.people import OPENING_DAY, SELECT, Hall
from voting import casting, drafting, links, sealing
from voting.cards import public_file
from voting.cycle import State
from voting.handing_out import replacing
from voting.rounds import Round
from voting.rules import RoundRules
from voting.signing import Signer
from voting.store import Store


class Service(NamedTuple):
    """The server, and its database and key as a test may use them beside it."""

    url: str
    store: Store
    signer: Signer


class OpenHall(Hall):
    """`Hall`, with addresses: for the deputies' cards and the scrutineers' links."""

    def __init__(self, service: Service, folder: Path, rules: RoundRules, **more: Any) -> None:
        super().__init__(service.store, folder, rules=rules, name=uuid4().hex, **more)
        self.signer = service.signer
        self.url = service.url

    @property
    def page(self) -> str:
        """The deputies' page, without a card."""
        return f"{self.url}/v/{self.session.code}"

    def scan(self, card: int) -> str:
        """What the QR code of this card says."""
        return f"{self.page}#{self.cards.credentials[card]}"

    def public_half(self, card: int) -> str:
        return public_credential(self.uuid(), self.cards.credentials[card])

    def tracker(self, card: int) -> str | None:
        """回执号 of the ballot that is in the box for this card."""
        standing = casting.card_standing(self.store, self.session.code, self.round.id, self.public_half(card))
        return standing.tracker

    def turnout(self) -> int:
        return casting.turnout(self.store, self.staff, self.round.id)

    def kill(self, card: int) -> None:
        """This card is given back."""
        replacing.declare_dead(self.store, self.staff, self.round.id, self.public_half(card), self.now())

    def votes(self) -> object:
        """Close and count: the plain numbers, as the record's result has them."""
        self.reach("counted")
        with self.store.read() as tx:
            raw = tx.rounds.result(self.scrutineers[0], self.round.id)
        return msgspec.json.decode(raw)["result"]

    def further_round(self, title: str, rules: RoundRules | None = None) -> Round:
        """A second round of this session for the same cards, open; under the same rules if none are given."""
        first, before = self.round, self.rules
        self.rules = rules or before
        self.round = self.draft(title)
        self.adopt()
        uuid = generate_uuid(self.random)
        public = sorted(public_credential(uuid, card) for card in self.cards.credentials)
        sealing.load_cards(self.store, self.staff, self.round.id, public_file(uuid, public), self.now())
        for number in range(1, len(self.scrutineers) + 1):
            self.register_key(number)
        sealing.seal(self.store, self.staff, self.round.id, self.signer.public_hex, self.now())
        further = self.open()
        self.round, self.rules = first, before
        return further

    def seal_with_registered_keys(self) -> None:
        """Seal with the keys that the scrutineers' own pages have registered."""
        sealing.seal(self.store, self.staff, self.round.id, self.signer.public_hex, self.now())

    def draft_another(self, title: str) -> None:
        """Staff prepare one more round: news for every page, but none that concerns an open ballot."""
        made = self.draft(title)
        names = [one.name for one in self.scrutineers]
        drafting.adopt(self.store, self.staff, made.id, names, self.now())

    def scrutineer_link(self, number: int) -> str:
        """The address that is handed to a scrutineer."""
        token = links.issue(
            self.store,
            self.staff,
            "scrutineer",
            self.scrutineers[number - 1].name,
            expires=OPENING_DAY + timedelta(days=36500),
            session=self.session.id,
            scrutineer=number,
            now=OPENING_DAY,
            random=os.urandom,
        )
        return f"{self.url}/enter/{token}"

    def revoke_links(self) -> None:
        """Staff take back every link of this congress."""
        for link in links.listing(self.store, self.staff):
            links.revoke(self.store, self.staff, link.id, self.now())


class MakeHall(Protocol):
    """`open_hall(STANCES)`, `open_hall(state="adopted")`."""

    def __call__(self, rules: RoundRules = SELECT, state: State = "open", **more: Any) -> OpenHall: ...
