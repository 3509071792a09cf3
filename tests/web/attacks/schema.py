"""Every route of the service as OpenAPI, for schemathesis: also pages, their forms and all that needs a link.

The open files and the ballot's API are described as `piaojue openapi` does it; of a page only its kind and
the statuses that it may answer with. What exists stands beside arbitrary text wherever an id is expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.web.attacks.forms import Fields
from web.openapi import FILES, HTML, JSON, PARAMETER, REFUSALS, Document, document, operations, plain

BINARY: Final = "application/octet-stream"
SURROGATE: Final = "\ue000"
"""Stands for half a character, which no schema can name."""
NASTY: Final = (
    "",
    "\0",
    "a\0b",
    SURROGATE,
    "\u202e\u2066",
    "\ufeff\u200b",
    "٣",
    "９" * 30,
    "9" * 400,
    "9" * 5000,
    "-1",
    "1e400",
    "NaN",
    "0x10",
    "1_000",
    "²",
    "999999999999999999999999",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2026-W01-1",
    "20260101",
    "２０２６-０１-０１",
    "24:00",
    "23:59:59",
    "2026Q9",
    "9999Q4",
    "0000Q1",
    "../../../../etc/passwd",
    "..",
    "%00",
    "%2e%2e%2f",
    "a/b",
    "\r\nSet-Cookie: piaojue=x",
    "'; DROP TABLE suggestion; --",
    '"><script>alert(1)</script>',
    "{{7*7}}${7*7}<%=7*7%>",
    "=cmd|' /C calc'!A0",
    "//evil.example/x",
    "https://evil.example/",
    "javascript:alert(1)",
    "\\\\evil\\share",
    "x" * 3000,
    "𠮷𬱖" * 40,
    "e\u0301" * 100,
    "\U0010ffff",
    "0" * 32,
    "yes",
    "on",
    "1",
    "0",
    "2",
    "2027",
    "10000",
    "100000000000",
    "99999999",
    "2147483648",
    "9223372036854775808",
)
"""What broke other people's programs, and what forms of ours take."""
NUMBERS: Final = (
    *("0", "1", "2", "2027", "9999", "10000", "00000000001", "+1", "1_0", "２０２７", "-1", "1.5", "x"),
    *(str(2**power) for power in (31, 63, 64, 127)),
    "9" * 400,
    "9" * 5000,
)

FILTERS: Final = (
    "year",
    "page",
    "q",
    "state",
    "unit",
    "since",
    "until",
    "round",
    "of",
    "tab",
    "after",
    "before",
)
QUERY: Final = [
    {"name": name, "in": "query", "schema": {"type": "string", "enum": list(NASTY)}} for name in FILTERS
]
"""What pages take from their address, and some that none does."""
_PATHS: Final = [text for text in NASTY if text not in {"", ".", ".."} and "/" not in text]


def whole_document(app: Any, ids: Mapping[str, str], forms: Mapping[str, Fields]) -> Document:
    """Of every route; `forms` are the fields that pages show, by the route that they are sent to."""
    made = document(app)
    for path, method in operations(app):
        entry = made["paths"].setdefault(plain(path), {})
        known = FILES.get(path)
        operation = entry.get(method) or _page(path)
        operation["parameters"] = [*_parameters(path, ids), *([] if known or method == "post" else QUERY)]
        if method == "post" and known is None:
            operation["requestBody"] = _body(path, forms)
        entry[method] = operation
    return made


def is_api(path: str) -> bool:
    """Whether a page's script asks there; `web.errors` must think the same."""
    return path.startswith("/api/") or "/{link:str}/api" in path


def _page(path: str) -> Document:
    """A page, a file of a page, or what a page's script asks."""
    media = JSON if is_api(path) else HTML
    done = {"description": "", "content": {one: {"schema": {}} for one in (media, BINARY)}}
    responses = {str(status): {"description": ""} for status in REFUSALS}
    return {"responses": {"200": done, "201": done, "303": {"description": ""}, **responses}}


def _parameters(path: str, ids: Mapping[str, str]) -> list[Document]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _value(name, kind, ids)}
        for name, kind in PARAMETER.findall(path)
    ]


def _value(name: str, kind: str, ids: Mapping[str, str]) -> Document:
    """One that exists, mostly, or something that no address of ours has."""
    if kind == "int":
        return {"type": "string", "enum": list(NUMBERS)}
    odd: Document = {"type": "string", "enum": _PATHS}
    if name not in ids:
        return odd
    exists: Document = {"type": "string", "const": ids[name]}
    return {"anyOf": [exists, exists | {"title": "again"}, exists | {"title": "once more"}, odd]}


def _body(path: str, forms: Mapping[str, Fields]) -> Document:
    if is_api(path):
        return {"required": True, "content": {JSON: {"schema": {}}}}
    fields = forms.get(path, {})
    properties = {
        name: {
            "anyOf": [{"type": "string", "enum": sorted(offered)}, {"type": "string", "enum": list(NASTY)}]
        }
        for name, offered in fields.items()
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": sorted(fields),
        "additionalProperties": False,
    }
    kinds = ("application/x-www-form-urlencoded", "multipart/form-data")
    return {"required": True, "content": {kind: {"schema": schema} for kind in kinds}}
