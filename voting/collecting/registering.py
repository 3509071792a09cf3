"""What the office enters for others, what deputies and units propose, and putting right what was entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec.structs import replace

from voting.actors import Actor, Forbidden
from voting.collecting.entry import Entry, EntryError, cleaned
from voting.collecting.recording import Origin, matches, record, refuse_unlisted
from voting.collecting.submitting import AlreadySent
from voting.collecting.window import moment_of
from voting.days import today
from voting.duties import demand
from voting.photos import MOST_PHOTOS, PhotoError, Prepared
from voting.store import Store
from voting.suggestions import Channel, Kind, Source, Suggestion
from voting.text import clean_line


def register(  # noqa: PLR0913 - one argument for each fact of a registration
    store: Store,
    actor: Actor,
    entry: Entry,
    *,
    kind: Kind,
    source: Source,
    channel: Channel,
    received_on: datetime | None,
    release: bool,
    form_key: str,
    code: str,
    now: datetime,
) -> Suggestion:
    """What came by paper, telephone or visit: registered at once, because a person entered it.

    Raises EntryError, AlreadySent, TextError, Forbidden.
    """
    demand(actor, "register")
    received_at = received_on or now
    if today(received_at) > today(now):
        raise EntryError("收到日期还没有到。请核对。")
    origin = Origin(
        congress=actor.congress,
        form_key=form_key,
        code=code,
        source=source,
        channel=channel,
        state="registered",
        received_at=min(received_at, now),
        kind=kind,
        entered_by=actor.name,
        released_at=now if release and kind != "complaint" else None,
    )
    return _record(store, actor, cleaned(entry), origin, now)


def file(store: Store, actor: Actor, entry: Entry, *, form_key: str, code: str, now: datetime) -> Suggestion:
    """A 代表建议, by the deputy. Raises EntryError, AlreadySent, TextError, Forbidden."""
    demand(actor, "file")
    if not actor.deputy:
        raise Forbidden
    own = replace(cleaned(entry), proposer=actor.name)
    return _record(store, actor, own, _proposal(actor, "deputy", form_key, code, now), now)


def propose(
    store: Store, actor: Actor, entry: Entry, *, form_key: str, code: str, now: datetime
) -> Suggestion:
    """What a department proposes as a project. Raises EntryError, AlreadySent, TextError, Forbidden."""
    demand(actor, "handle")
    if not actor.unit:
        raise Forbidden
    with store.read() as tx:
        unit = tx.units.get(actor, actor.unit)
    own = replace(cleaned(entry), proposer=unit.name)
    return _record(store, actor, own, _proposal(actor, "department", form_key, code, now), now)


def correct(
    store: Store,
    actor: Actor,
    suggestion_id: str,
    *,
    title: str,
    category: str | None,
    village: str | None,
    now: datetime,
) -> Suggestion:
    """Put right title, category or place; the log says what was put right, and of the title no more: it may
    have named somebody.

    Raises EntryError, TextError, NotFound, Forbidden.
    """
    demand(actor, "register")
    new = {
        "title": clean_line(title, "标题"),
        "category": category or None,
        "village": village or None,
    }
    with store.write() as tx:
        tx.inbox.lock_numbers(actor.congress)  # also the index's lock, which comes before a suggestion's
        found = tx.suggestions.lock(actor, suggestion_id)
        before = {name: getattr(found, name) for name in new}
        changes = {name: value for name, value in new.items() if value != before[name]}
        if not changes:
            return found
        chosen = Entry(
            title=found.title,
            text=found.text,
            category=changes.get("category"),
            village=changes.get("village"),
        )
        refuse_unlisted(tx, found.congress, chosen)
        changed = tx.suggestions.change(found, **changes)
        tx.words.put(changed)
        said = changes | ({"title": "(已改)"} if "title" in changes else {})
        old = {name: "" if name == "title" else before[name] for name in changes}
        tx.audit.add(actor, "correct", now, "suggestion", found.id, before=old, after=said)
        return changed


def add_photos(
    store: Store, actor: Actor, suggestion_id: str, photos: Sequence[Prepared], now: datetime
) -> Suggestion:
    """Photos that came later, on paper say. Raises PhotoError, NotFound, Forbidden."""
    demand(actor, "register")
    with store.write() as tx:
        found = tx.suggestions.lock(actor, suggestion_id)
        total = found.photos + len(photos)
        if total > MOST_PHOTOS:
            raise PhotoError(f"一件最多 {MOST_PHOTOS} 张照片，已有 {found.photos} 张。请减少后再传。")
        if not photos:
            return found
        tx.photos.add(found, photos, first=found.photos + 1)
        tx.audit.add(
            actor,
            "add_photos",
            now,
            "suggestion",
            found.id,
            before={"photos": found.photos},
            after={"photos": total},
        )
        return tx.suggestions.change(found, photos=total)


def _proposal(actor: Actor, source: Source, form_key: str, code: str, now: datetime) -> Origin:
    return Origin(
        congress=actor.congress,
        form_key=form_key,
        code=code,
        source=source,
        channel="online",
        state="received",
        received_at=now,
        kind="proposal" if source == "deputy" else "clue",
        deputy=actor.deputy,
        unit=actor.unit,
    )


def _record(store: Store, actor: Actor, entry: Entry, origin: Origin, now: datetime) -> Suggestion:
    with store.write() as tx:
        tx.inbox.lock_numbers(origin.congress)
        before = tx.suggestions.by_form_key(origin.congress, origin.form_key)
        if before is None:
            return record(tx, actor, entry, origin, now)
    if not matches(entry, before):
        raise AlreadySent
    return before


def received_on(day_text: str, now: datetime) -> datetime | None:
    """The moment for a day as a date field sends it; None for today or nothing. Raises EntryError."""
    text = day_text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise EntryError("请填写收到日期，例如 2026-09-25。") from None
    if day > today(now):
        raise EntryError("收到日期还没有到。请核对。")
    if day.year < today(now).year - 10:
        raise EntryError("收到日期太早了。请核对年份。")
    return None if day == today(now) else moment_of(day)
