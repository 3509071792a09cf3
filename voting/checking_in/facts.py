"""What 签到 knows: plenaries, who came and went, who is on leave, passes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.people import Deputy
from voting.rounds import Session
from voting.text import Line

Direction = Literal["in", "out"]
Presence = Literal["absent", "present", "left"]


class Plenary(Struct, frozen=True, kw_only=True):
    """全体会议: one sitting of a session. Whoever was at an earlier one is checked in anew.

    `closed_at`: 签到 has ended, whoever comes afterwards is 补签到. None while they are not there yet.
    """

    id: str
    congress: str
    session: str
    number: int
    title: Line
    begun_at: datetime
    begun_by: Line
    closed_at: datetime | None = None
    ended_at: datetime | None = None


class Move(Struct, frozen=True, kw_only=True):
    """A deputy came or left; `place` counts from 0 the moves of this deputy in this plenary.

    `stands`: the newest that was not taken back, and so where the deputy is. `late` is 补签到.
    """

    congress: str
    plenary: str
    deputy: str
    place: int
    direction: Direction
    at: datetime
    desk: Line
    """Who stood at the desk, by the name of the link or account."""
    late: bool = False
    stands: bool = True
    undone_at: datetime | None = None


class Attendance(Struct, frozen=True, kw_only=True):
    """One deputy at one plenary; `moves` as they happened, without those taken back."""

    deputy: Deputy
    moves: tuple[Move, ...] = ()
    leave: Leave | None = None

    @property
    def presence(self) -> Presence:
        """Where the deputy is now."""
        if not self.moves:
            return "absent"
        return "present" if self.moves[-1].direction == "in" else "left"

    @property
    def last(self) -> Move | None:
        """What happened last."""
        return self.moves[-1] if self.moves else None

    @property
    def arrived(self) -> Move | None:
        """When the deputy first came."""
        return self.moves[0] if self.moves else None

    @property
    def late(self) -> bool:
        """补签到."""
        return bool(self.moves) and self.moves[0].late


class Leave(Struct, frozen=True, kw_only=True):
    """请假: for one plenary, or for the whole session (`plenary` None). `withdrawn_at` None: it holds."""

    id: str
    congress: str
    session: str
    deputy: str
    reason: Line
    noted_by: Line
    noted_at: datetime
    plenary: str | None = None
    withdrawn_at: datetime | None = None


class PassCode(Struct, frozen=True, kw_only=True):
    """What a deputy's 出席证 says in one session: 10 Base58 characters, no secret. A new one ends the old."""

    congress: str
    session: str
    deputy: str
    code: str


class Standing(Struct, frozen=True, kw_only=True):
    """应到, 实到, 请假, and whether the plenary may vote now.

    `plenary` is None when none is on: then nobody is checked in by this service, and `present` is 0.
    `on_leave`: those whose leave holds and who are not there. `quorum`: the fewest that may vote.
    """

    plenary: Plenary | None
    entitled: int
    present: int
    on_leave: int
    quorum: int
    quorate: bool


def expected(session: Session, deputies: Iterable[Deputy]) -> tuple[Deputy, ...]:
    """Whom the session expects, of the deputies that sit: all, or in the committee's its members."""
    return tuple(one for one in deputies if session.body == "congress" or one.committee)


def latest(moves: Sequence[Move]) -> Move | None:
    """The newest of a deputy's moves that was not taken back."""
    standing = [one for one in moves if one.undone_at is None]
    return max(standing, key=lambda one: one.place, default=None)


class Pass(Struct, frozen=True, kw_only=True):
    """A 出席证 as it is printed; `text` is what its QR holds."""

    deputy: Deputy
    text: str


PASS_CODE_LENGTH: Final = 10
_MARK: Final = "PJ1:"
_CARD = re.compile(
    r"/v/|#|[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}|(?=[A-Za-z]{0,21}[1-9])[1-9A-Za-z]{12}"
)
"""The address on a card, or its secret as it is written, with or without its dashes."""
_PASS = re.compile(_MARK + r"([1-9A-HJ-NP-Za-km-z]{8}):([1-9A-HJ-NP-Za-km-z]{10})\Z")


def pass_text(session_code: str, code: str) -> str:
    """What the QR of a pass holds: which session, and whose pass. No secret, no name."""
    return f"{_MARK}{session_code}:{code}"


def read_pass(text: str) -> tuple[str, str] | None:
    """(code of the session, code of the pass), or None: this is not from a pass."""
    found = _PASS.search(_scanned(text))
    return None if found is None else (found[1], found[2])


def is_from_pass(text: str) -> bool:
    """Whether somebody scanned a pass, perhaps badly: this is not typed by hand."""
    return _MARK in _scanned(text)


def is_from_card(text: str) -> bool:
    """Whether this is, or could be part of, a 投票卡: its secret must go no further than this."""
    return _CARD.search(_scanned(text)) is not None


def _scanned(text: str) -> str:
    """A scanner types behind whatever stood in the field, and in full width under a Chinese keyboard."""
    return unicodedata.normalize("NFKC", text).strip()
