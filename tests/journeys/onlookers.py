"""Who may see a count, and when: every address of the service, fetched by everybody who is not to know yet.

The addresses are taken from the program itself, so that a page or an export that is added is watched too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Final

import httpx
from litestar.routes import HTTPRoute

from tests.journeys.installation import PATIENCE_S, Installation
from web.access import PAGE_ROLES
from web.app import every_page

_NOT_ABOUT_ROUNDS: Final = ("/static/", "/enter/")
_PARAMETER: Final = re.compile(r"\{(\w+):\w+\}")
_SILENT: Final = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日(?: \d\d:\d\d)?|\d{4}年度|（\d+ 条）|[0-9a-f]{32,}|</?h\d"
    r"|data-uuids=\"[^\"]*\""
)
"""What changes with time and not with votes: when a step was taken, how many were; the year in a round's
title; ids, among them those of rounds to come; headings.
"""

_NOTHING: Final = "0" * 32
"""Stands for the id of whatever the installation does not have."""

Traces = dict[str, list[str]]
"""For every address: the status, and every number, verdict and candidate's title in the answer, in order."""


@cache
def addresses() -> list[str]:
    """The patterns of everything that can be fetched, e.g. `/r/{round_id:str}`."""
    routes = (one for one in every_page().routes if isinstance(one, HTTPRoute) and "GET" in one.methods)
    return sorted(one.path for one in routes if not one.path.startswith(_NOT_ABOUT_ROUNDS))


class Onlooker:
    """Somebody with a personal link, or with none; `known` fills the patterns' parameters."""

    def __init__(
        self, installation: Installation, known: Mapping[str, str], words: Sequence[str], link: str = ""
    ) -> None:
        self.client = httpx.Client(base_url=installation.url, timeout=PATIENCE_S)
        home = self.client.get(link).headers["location"] if link else "//"
        _, self._role, own, *_ = home.split("/")
        self._known = {**known, "link": own}
        self._patterns = addresses()
        verdicts = r"\d+(?:\.\d+)?|入选|待定|得票|chosen|tied"
        self._telling = re.compile("|".join([verdicts, *map(re.escape, words)]))

    def fetch(self, pattern: str) -> httpx.Response:
        return self.client.get(self._filled(pattern))

    def sees(self) -> Traces:
        """Everything this person can fetch now, reduced to what might tell a count or its outcome."""
        return {pattern: self._traces(self.fetch(pattern)) for pattern in self._own_patterns()}

    def _own_patterns(self) -> Iterator[str]:
        for pattern in self._patterns:
            role = pattern.split("/")[1]
            if role not in PAGE_ROLES or role == self._role:
                yield pattern

    def _filled(self, pattern: str) -> str:
        return _PARAMETER.sub(lambda found: self._known.get(found[1], _NOTHING), pattern)

    def _traces(self, answer: httpx.Response) -> list[str]:
        kind = answer.headers.get("content-type", "")
        if "html" not in kind and "json" not in kind:
            return [str(answer.status_code), sha256(answer.content).hexdigest()]
        return [str(answer.status_code), *self._telling.findall(_SILENT.sub("", answer.text))]


def changed(before: Traces, after: Traces) -> dict[str, tuple[list[str], list[str]]]:
    """The addresses that tell more, or less, than before: what goes, and what comes."""
    return {
        pattern: (_without(before[pattern], after[pattern]), _without(after[pattern], before[pattern]))
        for pattern in before
        if before[pattern] != after[pattern]
    }


def _without(ones: Sequence[str], others: Sequence[str]) -> list[str]:
    return list((Counter(ones) - Counter(others)).elements())
