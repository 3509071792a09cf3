"""What the page of 保存期限 shows: each kind, its period, what is due now, what was erased, what is held."""

from __future__ import annotations

from datetime import date, datetime, time

from msgspec import Struct

from voting.actors import Actor, system
from voting.days import CHINA, today
from voting.duties import demand
from voting.keeping.facts import Erasure, Hold
from voting.keeping.rules import RULES, KeepingSettings, Kind, Rule, check_settings, period, until
from voting.messages import MessageFile
from voting.publishing import has_archive
from voting.store import Store, Transaction


class Standing(Struct, frozen=True, kw_only=True):
    """One kind as it stands today: what was finished before `before` goes with the next run."""

    kind: Kind
    rule: Rule
    period: str
    before: date
    due: int


class Overview(Struct, frozen=True, kw_only=True):
    """Everything; records and holds the newest first."""

    settings: KeepingSettings
    standings: tuple[Standing, ...]
    records: tuple[Erasure, ...]
    holds: tuple[Hold, ...]

    @property
    def due(self) -> int:
        return sum(one.due for one in self.standings)


def overview(store: Store, actor: Actor, now: datetime, messages: MessageFile | None = None) -> Overview:
    """`messages` is the installation's file. Raises MessagesUnreadable, Forbidden."""
    demand(actor, "keep_records")
    with store.read() as tx:
        settings = tx.settings.get(actor.congress, KeepingSettings)
        return Overview(
            settings=settings,
            standings=tuple(_standing(tx, actor, kind, settings, today(now), messages) for kind in RULES),
            records=tx.keeping.records(actor),
            holds=tx.keeping.holds(actor),
        )


def periods(store: Store, congress: str) -> KeepingSettings:
    """As they stand; anybody may know them."""
    with store.read() as tx:
        return tx.settings.get(congress, KeepingSettings)


def change_periods(store: Store, actor: Actor, wanted: KeepingSettings, now: datetime) -> None:
    """Raises KeepingError, Forbidden, NotFound."""
    demand(actor, "keep_records")
    with store.write() as tx:
        tx.settings.put(actor, check_settings(wanted), now)


def _standing(
    tx: Transaction,
    actor: Actor,
    kind: Kind,
    settings: KeepingSettings,
    day: date,
    messages: MessageFile | None,
) -> Standing:
    before = until(kind, settings, day)
    if kind == "messages":
        due = messages.old(actor.congress, datetime.combine(before, time.min, CHINA)) if messages else 0
    else:
        due = _due(tx, actor.congress, kind, before)
    return Standing(kind=kind, rule=RULES[kind], period=period(kind, settings), before=before, due=due)


def _due(tx: Transaction, congress: str, kind: Kind, before: date) -> int:
    if kind != "archives":
        return tx.erasing.due(congress, kind, before)
    house = system(congress)
    found = (tx.rounds.get(house, one.id) for one in tx.erasing.waiting(congress, kind, before))
    return sum(not has_archive(tx, one) for one in found)
