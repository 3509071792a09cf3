"""What happened to a congress's projects, for whoever follows its feed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from voting.reporting.lights import percent
from voting.reporting.periods import read_period
from voting.rounds import Congress
from voting.store import Store
from voting.store.public_news import Happened

MOST: Final = 50
_WORDS: Final = {
    "change": "调整经批准",
    "finish": "报告办结",
    "accept": "通过验收",
    "rated": "满意度测评结果公布",
    "rectified": "整改销号",
}


class NewsEntry(Struct, frozen=True, kw_only=True):
    """One thing that happened; `path` is the project's public page."""

    path: str
    title: str
    words: str
    at: datetime


def news(store: Store, congress_id: str) -> tuple[Congress, tuple[NewsEntry, ...]]:
    """The newest first, at most fifty. Raises NotFound."""
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        found = tx.public_news.newest(congress_id, MOST)
    return congress, tuple(_entry(congress_id, one) for one in found)


def _entry(congress_id: str, one: Happened) -> NewsEntry:
    return NewsEntry(
        path=f"/t/{congress_id}/projects/{one.project}",
        title=f"{one.title}：{_what(one)}",
        words=one.words,
        at=one.at,
    )


def _what(one: Happened) -> str:
    if one.kind == "report":
        return f"{read_period(one.period).words}进度报告，完成{percent(one.progress)}"
    return _WORDS[one.kind]
