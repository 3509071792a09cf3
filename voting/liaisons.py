"""双联: who is to keep contact with whom, entering contacts, and where there was none this quarter."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct

from voting.activities import Quarter
from voting.actors import Actor, Forbidden, NotFound
from voting.contacts import (
    CHANNEL_NAMES,
    ContactChannel,
    Liaison,
    LiaisonContact,
    missing,
    too_many,
    without_contact,
)
from voting.days import CHINA
from voting.duties import demand, may
from voting.errors import VotingError
from voting.people import Deputy
from voting.store import Store, Transaction
from voting.text import clean_line, clean_prose

MOST_SHOWN: Final = 200
_KEY = re.compile(r"[0-9a-f]{32}")


class LiaisonRefused(VotingError):
    """One too many, twice the same, with oneself, or with somebody who left."""

    sentence = "不能这样安排联系对象。请核对后重新选择。"


class ContactTooEarly(VotingError):
    """A contact on a day that has not come."""

    sentence = "联系日期还没有到。请核对日期。"


class Partner(Struct, frozen=True, kw_only=True):
    """Somebody with whom contact is kept, in words; `last` is the day of the last contact."""

    liaison: Liaison
    name: str
    where: str
    last: date | None
    silent: bool
    """No contact this quarter."""


class Circle(Struct, frozen=True, kw_only=True):
    """All with whom one deputy keeps contact; `missing` says what a committee member's list lacks."""

    deputy: Deputy
    partners: tuple[Partner, ...]
    missing: str

    @property
    def silent(self) -> int:
        """With how many there was no contact this quarter."""
        return sum(one.silent for one in self.partners)


class Overview(Struct, frozen=True, kw_only=True):
    """Every sitting deputy's circle; `silent` are those with somebody to contact and no contact at all."""

    quarter: Quarter
    circles: tuple[Circle, ...]

    @property
    def silent(self) -> tuple[Circle, ...]:
        return tuple(one for one in self.circles if one.partners and one.silent == len(one.partners))


class Wanted(Struct, frozen=True, kw_only=True):
    """A new liaison: `other`, a deputy's id, or a citizen's name and village."""

    other: str = ""
    name: str = ""
    village: str = ""


class Said(Struct, frozen=True, kw_only=True):
    """A contact as it is written down. `key` is made with the form: sent twice, it is one contact."""

    key: str
    liaison: str
    day: date
    channel: ContactChannel
    note: str


def overview(store: Store, actor: Actor, now: datetime) -> Overview:
    """For the office. Raises Forbidden."""
    demand(actor, "keep_liaisons")
    quarter = Quarter.of(now.astimezone(CHINA).date())
    with store.read() as tx:
        return Overview(quarter=quarter, circles=_circles(tx, actor, quarter))


def circle(store: Store, actor: Actor, deputy_id: str, now: datetime) -> Circle:
    """One deputy's; a deputy has the own only. Raises NotFound, Forbidden."""
    demand(actor, "enter_contact")
    if actor.role == "deputy" and deputy_id != actor.deputy:
        raise NotFound
    quarter = Quarter.of(now.astimezone(CHINA).date())
    with store.read() as tx:
        found = [one for one in _circles(tx, actor, quarter) if one.deputy.id == deputy_id]
    if not found:
        raise NotFound
    return found[0]


def contacts(store: Store, actor: Actor, deputy_id: str) -> tuple[LiaisonContact, ...]:
    """The log, newest first, at most 200; nothing of another deputy's. Raises Forbidden."""
    demand(actor, "enter_contact")
    with store.read() as tx:
        return tx.liaisons.contacts(actor, deputy_id, MOST_SHOWN)


def add(store: Store, actor: Actor, deputy_id: str, wanted: Wanted, now: datetime) -> None:
    """Staff for everybody; a deputy adds the own voters. Asking for the same twice changes nothing more.

    Raises LiaisonRefused, TextError, NotFound, Forbidden.
    """
    demand(actor, "keep_liaisons" if wanted.other else "enter_contact")
    if actor.role == "deputy" and deputy_id != actor.deputy:
        raise NotFound
    with store.write() as tx:
        tx.deputies.lock(actor.congress)
        deputy = tx.deputies.get(actor, deputy_id)
        if deputy.ended_on is not None:
            raise LiaisonRefused(f"{deputy.name}已经不再担任代表。")
        new = (_with_deputy if wanted.other else _with_citizen)(tx, actor, deputy, wanted, now)
        own = [one for one in tx.liaisons.current(actor) if one.deputy == deputy.id]
        if any((one.other, one.name, one.village) == (new.other, new.name, new.village) for one in own):
            return
        sitting = {one.id for one in tx.deputies.current(actor.congress)}
        counted = [one for one in own if one.other is None or one.other in sitting]
        refused = too_many(deputy, counted, citizen=new.other is None)
        if refused:
            raise LiaisonRefused(refused)
        tx.liaisons.add(new)
        after = {"name": deputy.name, "with": "群众" if new.other is None else "代表"}
        tx.audit.add(actor, "add_liaison", now, "liaison", new.id, after=after)


def end(store: Store, actor: Actor, liaison_id: str, now: datetime) -> None:
    """It goes on no longer; its contacts stay. Raises NotFound, Forbidden."""
    demand(actor, "enter_contact")
    with store.write() as tx:
        tx.deputies.lock(actor.congress)
        found = tx.liaisons.get(actor, liaison_id)
        if found.other is not None and not may(actor, "keep_liaisons"):
            raise Forbidden("联系代表的名单由工作人员安排。需要调整的，请与人大办公室联系。")
        if found.ended_at is None:
            tx.liaisons.end(found, now)
            tx.audit.add(actor, "end_liaison", now, "liaison", found.id)


def enter(store: Store, actor: Actor, said: Said, now: datetime) -> None:
    """One contact. Raises ContactTooEarly, TextError, NotFound, Forbidden."""
    demand(actor, "enter_contact")
    if said.day > now.astimezone(CHINA).date():
        raise ContactTooEarly
    note = clean_prose(said.note, "内容")
    with store.write() as tx:
        tx.deputies.lock(actor.congress)
        found = tx.liaisons.get(actor, said.liaison)
        key = said.key if _KEY.fullmatch(said.key) else uuid4().hex
        if tx.liaisons.has_contact(actor, key):
            return
        new = LiaisonContact(
            id=key,
            congress=actor.congress,
            liaison=found.id,
            day=said.day,
            channel=said.channel,
            note=note,
            entered_by=actor.name,
            entered_at=now,
        )
        tx.liaisons.add_contact(new)
        after = {"day": new.day, "way": CHANNEL_NAMES[new.channel]}
        tx.audit.add(actor, "enter_contact", now, "liaison_contact", new.id, after=after)


def _with_citizen(tx: Transaction, actor: Actor, deputy: Deputy, wanted: Wanted, now: datetime) -> Liaison:
    name = clean_line(wanted.name, "群众姓名")
    village = tx.villages.get(actor, wanted.village).id if wanted.village else None
    return Liaison(
        id=uuid4().hex, congress=actor.congress, deputy=deputy.id, name=name, village=village, made_at=now
    )


def _with_deputy(tx: Transaction, actor: Actor, deputy: Deputy, wanted: Wanted, now: datetime) -> Liaison:
    other = tx.deputies.get(actor, wanted.other)
    if other.id == deputy.id:
        raise LiaisonRefused("不能安排自己联系自己。请选择另一位代表。")
    if other.ended_on is not None:
        raise LiaisonRefused(f"{other.name}已经不再担任代表。请选择另一位。")
    return Liaison(id=uuid4().hex, congress=actor.congress, deputy=deputy.id, other=other.id, made_at=now)


def _circles(tx: Transaction, actor: Actor, quarter: Quarter) -> tuple[Circle, ...]:
    """Of the sitting deputies that the actor may know; with a deputy who left nobody has to keep contact."""
    sitting = {one.id: one for one in tx.deputies.current(actor.congress)}
    villages = {one.id: one.town + one.name for one in tx.villages.all(actor.congress)}
    going = [one for one in tx.liaisons.current(actor) if one.other is None or one.other in sitting]
    last = tx.liaisons.last_days(actor)
    silent = {one.id for one in without_contact(going, last, quarter.first)}
    of: dict[str, list[Liaison]] = {}
    for each in going:
        of.setdefault(each.deputy, []).append(each)

    def partner(one: Liaison) -> Partner:
        other = sitting[one.other] if one.other else None
        return Partner(
            liaison=one,
            name=other.name if other else one.name,
            where=other.delegation if other else villages.get(one.village or "", ""),
            last=last.get(one.id),
            silent=one.id in silent,
        )

    return tuple(
        Circle(
            deputy=deputy,
            partners=tuple(partner(one) for one in of.get(deputy.id, ())),
            missing=missing(deputy, of.get(deputy.id, ())),
        )
        for deputy in sitting.values()
        if actor.role != "deputy" or deputy.id == actor.deputy
    )
