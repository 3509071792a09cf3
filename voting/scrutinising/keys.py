"""The key that scrutineers make together, and the rules of who may make it and how many must open. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.rounds import Round
from voting.text import Line, clean_line

MOST_SCRUTINEERS = 15
Phase = Literal["certificates", "deals", "shares", "complete"]
"""What is waited for: everybody's own key, everybody's portions, everybody's acceptance; nothing more."""


class AppointmentError(VotingError):
    """Scrutineers who cannot serve, or a number of them that cannot open the box."""

    sentence = "监票人名单需要修改。请修改后重试。"


class Member(Struct, frozen=True, kw_only=True):
    """One scrutineer in the making of a key; what is None has not come yet.

    `certificate`, `deal` and `share` are the three messages (JSON), `signing_key` is for reports (64 hex
    digits), `endorsement` is the certificate's signature under it. `compared_at`: the scrutineer found the
    same code on the own page as the others; `restored_at`: the key went to another device.
    """

    number: int
    name: Line
    certificate: bytes | None = None
    signing_key: str | None = None
    endorsement: bytes | None = None
    deal: bytes | None = None
    share: bytes | None = None
    compared_at: datetime | None = None
    restored_at: datetime | None = None


class Ceremony(Struct, frozen=True, kw_only=True):
    """A key of which any `threshold` of the members open; `trustees` is its public part, once it is made."""

    congress: str
    id: str
    session: str
    threshold: int
    begun_at: datetime
    begun_by: Line
    trustees: bytes | None
    members: tuple[Member, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """In their order, the 总监票人 first."""
        return tuple(one.name for one in self.members)

    @property
    def phase(self) -> Phase:
        """What is waited for now."""
        if self.trustees is not None:
            return "complete"
        if any(one.certificate is None for one in self.members):
            return "certificates"
        return "deals" if any(one.deal is None for one in self.members) else "shares"

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Whose pages have something to do, by name."""
        done = {"certificates": "certificate", "deals": "deal", "shares": "share", "complete": "compared_at"}
        return tuple(one.name for one in self.members if getattr(one, done[self.phase]) is None)

    @property
    def compared(self) -> int:
        """How many have compared the code."""
        return sum(one.compared_at is not None for one in self.members)


def appointed(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are registered, the 总监票人 first. Raises AppointmentError, TextError."""
    cleaned = tuple(clean_line(name, "监票人姓名") for name in names)
    if not 1 <= len(cleaned) <= MOST_SCRUTINEERS:
        raise AppointmentError(f"监票人应有 1 至 {MOST_SCRUTINEERS} 名，第一名是总监票人。请核对名单。")
    if len(set(cleaned)) != len(cleaned):
        raise AppointmentError("监票人名单中有两个相同的姓名。同名的，请在姓名后注明代表团。")
    return cleaned


def default_threshold(size: int) -> int:
    """More than half: 2 of 3, 3 of 5."""
    return size // 2 + 1


def check_threshold(threshold: int, size: int) -> int:
    """More than half, so that no two groups open two sums without somebody who took part in both; at most
    all. Raises AppointmentError."""
    fewest = default_threshold(size)
    if not fewest <= threshold <= size:
        raise AppointmentError(
            f"{size}名监票人，到场几名可以开箱，应填 {fewest} 至 {size}：要过半数，不能多于总人数。"
        )
    return threshold


def refuse_unit_people(names: Iterable[str], people: Collection[str], rounds: Iterable[Round]) -> None:
    """责任单位负责人不能担任监票人: nobody who works for a unit, nobody whom a candidate's unit names.

    Raises AppointmentError.
    """
    units = [one.unit for each in rounds for one in each.candidates]
    for name in names:
        if name in people or any(name in unit for unit in units if len(name) > 1):
            raise AppointmentError(f"{name}是责任单位的人员，不能担任监票人。请另提人选。")
