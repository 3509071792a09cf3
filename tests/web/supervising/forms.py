"""Forms of supervision, changes and completion as people fill them in, and what they left behind."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final

from httpx import Response

from tests.drafts import PDF
from tests.pictures import jpeg
from tests.web.house import Person

NOW: Final = datetime(2027, 6, 10, 2, 0, tzinfo=UTC)
DAY: Final = "2027-06-10"


def key_of(page: Response) -> str:
    """The hidden id that makes a form count once."""
    found = re.search(r'name="key" value="([0-9a-f]{32})"', page.text)
    assert found, page.text
    return found[1]


def send(
    person: Person, path: str, *files: tuple[str, str, bytes], fields: dict[str, Any] | None = None
) -> Response:
    """A multipart form; `files` are (field, name, bytes)."""
    parts = [(field, (name, body)) for field, name, body in files]
    parts = parts or [("document", ("", b""))]
    return person.client.post(person.base + path, data=fields or {}, files=parts)


def visit_fields(**fields: object) -> dict[str, Any]:
    return {
        "key": "a" * 32,
        "day": DAY,
        "who": "张桂兰、王建军",
        "seen": "西山段路基完成，护栏没有装。",
        "opinion": "建议先装护栏再通车。",
        **fields,
    }


def order_fields(**fields: object) -> dict[str, Any]:
    return {
        "key": "b" * 32,
        "body": "committee",
        "number": "督〔2027〕3号",
        "decision": "第十二次常委会会议决定",
        "day": DAY,
        "matter": "西山段护栏没有安装",
        "demand": "一个月内装好，报告结果。",
        **fields,
    }


def decision_fields(**fields: object) -> dict[str, Any]:
    return {
        "verdict": "approved",
        "body": "committee",
        "number": "常委会〔2027〕5号",
        "day": DAY,
        "note": "同意调整。",
        **fields,
    }


def acceptance_fields(**fields: object) -> dict[str, Any]:
    return {
        "result": "passed",
        "accepted_on": DAY,
        "body": "县交通运输局、县发展改革局",
        "approvers": "周明、吴芳",
        **fields,
    }


PHOTO: Final = ("photos", "现场.jpg", jpeg())
DECISION: Final = ("document", "决定.pdf", PDF)
