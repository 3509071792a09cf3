"""What everybody sees of 群众提: the call, how much came from where and about what, and what became of it.

Only what a person in the office has released is counted or shown, complaints never. Texts of suggestions and
the reasons of refusal stand in public only if the congress says so in its `PublicSettings`; names and
telephone numbers of proposers never do.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import NotFound
from voting.congress_settings import PublicSettings
from voting.rounds import Congress
from voting.store import Store, Transaction
from voting.store.showing import Called, Count, Shown, Totals
from voting.text import Line

PAGE: Final = 30
"""Suggestions on one page."""


class Overview(Struct, frozen=True, kw_only=True):
    """A year's collection in figures. The counts of one table may overlap with those of another."""

    congress: Congress
    year: int | None
    years: tuple[int, ...]
    totals: Totals
    by_category: tuple[Count, ...]
    by_place: tuple[Count, ...]
    by_source: tuple[Count, ...]
    settings: PublicSettings


class NotShown(NotFound):
    """The office does not publish single suggestions, or not this one; the two look the same."""

    sentence = "没有这件意见建议，或者没有公开。提出人可以用查询码查看自己提的。"


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened; `path` is its public page."""

    path: str
    title: Line
    words: str
    at: datetime


def overview(store: Store, congress_id: str, year: int | None = None) -> Overview:
    """Of the year, or of the newest that has any. Raises NotFound."""
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        years = tx.showing.years(congress_id)
        shown = year if year in years else (years[0] if years else None)
        return Overview(
            congress=congress,
            year=shown,
            years=years,
            totals=tx.showing.totals(congress_id, shown),
            by_category=tx.showing.by_category(congress_id, shown),
            by_place=tx.showing.by_place(congress_id, shown),
            by_source=tx.showing.by_source(congress_id, shown),
            settings=_settings(tx, congress_id),
        )


def open_calls(store: Store, congress_id: str, day: date) -> tuple[Called, ...]:
    """The calls for suggestions whose window holds the day, newest first. Raises NotFound."""
    with store.read() as tx:
        tx.sessions.congress(congress_id)
        return tuple(one for one in tx.showing.calls(congress_id) if one.opens <= day <= one.closes)


def listing(store: Store, congress_id: str, year: int, after: int | None = None) -> tuple[Shown, ...]:
    """Up to 30 and one more, newest number first, below the number `after`. Raises NotShown, NotFound."""
    with store.read() as tx:
        tx.sessions.congress(congress_id)
        settings = _settings(tx, congress_id)
        if not settings.show_suggestions:
            raise NotShown
        found = tx.showing.listing(congress_id, year, after, PAGE + 1)
    return tuple(_as_published(one, settings) for one in found)


def suggestion(store: Store, congress_id: str, year: int, number: int) -> Shown:
    """One, as the settings publish it. Raises NotShown."""
    with store.read() as tx:
        settings = _settings(tx, congress_id)
        found = tx.showing.one(congress_id, year, number) if settings.show_suggestions else None
    if found is None:
        raise NotShown
    return _as_published(found, settings)


def everything(store: Store, congress_id: str) -> tuple[Shown, ...]:
    """All that is published, for open data. Raises NotFound; empty if single ones are not published."""
    with store.read() as tx:
        tx.sessions.congress(congress_id)
        settings = _settings(tx, congress_id)
        if not settings.show_suggestions:
            return ()
        found = tx.showing.everything(congress_id)
    return tuple(_as_published(one, settings) for one in found)


def news(store: Store, congress_id: str) -> tuple[FeedEntry, ...]:
    """The newest calls, and, if they are published, suggestions; newest first. Raises NotFound."""
    with store.read() as tx:
        tx.sessions.congress(congress_id)
        calls = tx.showing.calls(congress_id)
        settings = _settings(tx, congress_id)
        newest = tx.showing.newest(congress_id, PAGE) if settings.show_suggestions else ()
    entries = [
        FeedEntry(path=f"/t/{congress_id}", title=one.title, words=one.text, at=one.published_at)
        for one in calls
    ]
    entries += [
        FeedEntry(
            path=f"/t/{congress_id}/s/{one.year}/{one.number}", title=one.title, words=one.text, at=one.at
        )
        for one in newest
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True)[:PAGE])


def _settings(tx: Transaction, congress_id: str) -> PublicSettings:
    return tx.settings.get(congress_id, PublicSettings)


def _as_published(one: Shown, settings: PublicSettings) -> Shown:
    return one if settings.show_refusals else one.without_refusal()
