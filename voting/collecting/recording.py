"""Writing a new suggestion: its number, its photos, its words, its line in the log."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor
from voting.collecting.codes import query_hash
from voting.collecting.entry import Entry, EntryError
from voting.collecting.window import Call, kind_in, year_in
from voting.days import today
from voting.handling.clocks import Calendar, Clocks
from voting.handling.desk import rules
from voting.handling.following import earliest, next_of
from voting.store import Transaction
from voting.suggestions import Channel, Kind, Source, Standing, Suggestion


class Origin(Struct, frozen=True, kw_only=True):
    """How a suggestion comes in: everything about it that its proposer does not write.

    `kind` None means: whatever a citizen's suggestion is on the day (see `window.kind_in`).
    """

    congress: str
    form_key: str
    code: str
    source: Source
    channel: Channel
    state: Standing
    received_at: datetime
    kind: Kind | None = None
    deputy: str | None = None
    unit: str | None = None
    entered_by: str = ""
    released_at: datetime | None = None


def record(tx: Transaction, actor: Actor, entry: Entry, origin: Origin, now: datetime) -> Suggestion:
    """The new suggestion. The lock of the numbers is held, and this form made none before.

    Raises EntryError.
    """
    refuse_unlisted(tx, origin.congress, entry)
    day = today(origin.received_at)
    call = next(iter(tx.calls.open_on(origin.congress, day)), None)
    year = year_in(call, day)
    new = new_suggestion(entry, origin, call, year, tx.suggestions.next_number(origin.congress, year))
    new = with_due(new, *rules(tx, origin.congress))
    tx.suggestions.add(new)
    tx.photos.add(new, entry.photos)
    tx.words.put(new)
    tx.audit.add(
        actor,
        "record",
        now,
        "suggestion",
        new.id,
        congress=origin.congress,
        after=said_of(new),
    )
    return new


def with_due(one: Suggestion, clocks: Clocks, calendar: Calendar) -> Suggestion:
    """With the next day that counts, as far as one is known before anybody has handled it."""
    return replace(one, due=earliest(next_of(one, (), (), (), clocks, calendar)))


def refuse_unlisted(tx: Transaction, congress: str, entry: Entry) -> None:
    """Raises EntryError: a category, village or station that this congress does not have (any more)."""
    if entry.category and entry.category not in {one.id for one in tx.categories.current(congress)}:
        raise EntryError("所选的类别不在名单上。请重新选择。")
    if entry.village and entry.village not in {one.id for one in tx.villages.current(congress)}:
        raise EntryError("所选的村或者社区不在名单上。请重新选择。")
    if entry.station and entry.station not in {one.id for one in tx.inbox.stations(congress)}:
        raise EntryError("所选的联络站不在名单上，或者已经撤销。请重新选择。")


def said_of(one: Suggestion) -> dict[str, object]:
    """What the log says about a new suggestion: no names, no numbers of telephones, nothing of what a citizen
    wrote. The log is kept for ever."""
    return {
        "label": one.label,
        "kind": one.kind,
        "state": one.state,
        "source": one.source,
        "channel": one.channel,
        "proposer": "(已填)" if one.proposer else "",
        "phone": "(已填)" if one.phone else "",
        "photos": one.photos,
    }


def matches(entry: Entry, suggestion: Suggestion) -> bool:
    """Whether a form that comes again says what it said the first time."""
    kept = Entry(
        title=suggestion.title,
        text=suggestion.text,
        category=suggestion.category,
        village=suggestion.village,
        station=suggestion.station,
        spot=suggestion.spot,
        proposer=suggestion.proposer,
        phone=suggestion.phone,
        confidential=suggestion.confidential,
    )
    return replace(entry, photos=()) == kept


def new_suggestion(entry: Entry, origin: Origin, call: Call | None, year: int, number: int) -> Suggestion:
    return Suggestion(
        id=uuid4().hex,
        congress=origin.congress,
        year=year,
        number=number,
        kind=origin.kind or kind_in(call),
        state=origin.state,
        source=origin.source,
        channel=origin.channel,
        title=entry.title,
        text=entry.text,
        received_at=origin.received_at,
        form_key=origin.form_key,
        query_hash=query_hash(origin.code),
        released_at=origin.released_at,
        category=entry.category,
        village=entry.village,
        station=entry.station,
        call=None if call is None else call.id,
        deputy=origin.deputy,
        unit=origin.unit,
        confidential=entry.confidential,
        proposer=entry.proposer,
        phone=entry.phone,
        spot=entry.spot,
        entered_by=origin.entered_by,
        photos=len(entry.photos),
    )
