"""What 发票 knows: the cards of a plenary, where each of them is, what a round declares of them, incidents.

Nothing here says who holds a card: a deputy draws one of many that look alike, and keeps its stub.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.text import Line, Prose

CardPlace = Literal["out", "leftover", "reserve", "teller", "dead", "replaced"]
"""Handed out · counted back · sealed with the scrutineers · opened before them for a teller, to cast what a
deputy wrote on paper · lost or spoilt, and no other given for it · lost or spoilt, and another given."""

PLACE_NAMES: Final[dict[CardPlace, str]] = {
    "out": "在代表手里",
    "leftover": "已收回",
    "reserve": "备用",
    "teller": "计票人用过的备用卡",
    "dead": "已作废",
    "replaced": "已作废，换了新卡",
}
IN_RESERVE: Final[frozenset[CardPlace]] = frozenset({"reserve", "teller"})
GONE: Final[frozenset[CardPlace]] = frozenset({"dead", "replaced"})

Reason = Literal["lost", "spoilt", "other"]
REASON_NAMES: Final[dict[Reason, str]] = {
    "lost": "遗失",
    "spoilt": "损坏、扫不出",
    "other": "其他",
}
"""Why a deputy gets a card from the reserve. A card that was used before its holder used it is none."""

IncidentKind = Literal["used_card", "other"]
INCIDENT_NAMES: Final[dict[IncidentKind, str]] = {
    "used_card": "第一次扫码就显示“已使用”",
    "other": "其他情况",
}


class LoadedDeck(Struct, frozen=True, kw_only=True):
    """A batch of cards as the service knows it; a round takes the next of `uuids` that none has.

    `digest` is the file's SHA-256. Once `erased_at` is set, nobody can tell any more which credential belongs
    to which serial, or which credentials of two rounds are the same card.
    """

    id: str
    congress: str
    session: str
    digest: str
    uuids: tuple[str, ...]
    number: int
    first: str
    last: str
    loaded_at: datetime
    loaded_by: Line
    erased_at: datetime | None = None


class DeckCard(Struct, frozen=True, kw_only=True):
    """One card: `credentials` in the order of the deck's uuids, of which the first is also its key."""

    serial: str
    place: CardPlace
    credentials: tuple[str, ...]

    @property
    def key(self) -> str:
        """By which a scanned card is known, whatever the round."""
        return self.credentials[0]


class Declared(Struct, frozen=True, kw_only=True):
    """What a round's record says of its cards, credentials by value.

    `reserve` was sealed with the scrutineers at opening; of these `activated` were given out later. `dead`
    were handed out and can vote no more; a reserve card that stayed sealed is not among them.
    """

    reserve: tuple[str, ...]
    activated: tuple[str, ...]
    dead: tuple[str, ...]


class Incident(Struct, frozen=True, kw_only=True):
    """Something that went wrong in the hall, as it was reported, and what the presiding chair decided.

    `serial` is forgotten together with the serials of the cards.
    """

    id: str
    congress: str
    session: str
    round: str | None
    kind: IncidentKind
    serial: str | None
    what: Prose
    reported_by: Line
    reported_at: datetime
    answer: Prose = ""
    answered_by: Line | None = None
    answered_at: datetime | None = None
