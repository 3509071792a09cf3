"""The forms of 人大评 as a browser sends them."""

from __future__ import annotations

import re

from httpx import Response

from tests.county import new_id
from tests.drafts import PDF
from tests.web.house import Person
from voting.rounds import Session

GRADING = {
    "level_1": "满意",
    "level_2": "基本满意",
    "level_3": "不满意",
    "unknown": "no",
    "method": "half",
    "half": "more_than",
    "base": "all_deputies",
    "favourable": "2",
    "rates": "valid",
    "add_up": "no",
    "publish": "list_and_votes",
}


def rating_fields(session: Session, *chosen: str, **fields: object) -> dict[str, object]:
    """`…/rating/new` and `…/rectifications/{id}/retest`."""
    facts: dict[str, object] = {
        **GRADING,
        "session": session.id,
        "title": "满意度测评",
        "chosen": [*chosen],
        "year": 2027,
    }
    return facts | fields


def closing_fields(**fields: object) -> dict[str, object]:
    """`…/rectifications/{id}/close`, but for its file."""
    facts: dict[str, object] = {
        "key": new_id("close"),
        "approver": "主任会议",
        "closed_on": "2026-09-01",
        "closing": "同意销号。",
    }
    return facts | fields


def upload(
    person: Person, path: str, fields: dict[str, object], name: str = "批复.pdf", body: bytes = PDF
) -> Response:
    """A form with its document."""
    return person.client.post(person.base + path, data=fields, files={"document": (name, body)})


def key_of(page: str) -> str:
    """The key that the form of a page was given."""
    found = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]
