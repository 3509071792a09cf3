"""What programs may read of this service, as an OpenAPI 3.1 document: open data and the ballot page's API.

The running service does not show it: `piaojue openapi` prints it. Paths and parameters are taken from the
routes, structures from the types that the handlers answer with; tests send each answer back through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec import Struct

from voting.casting import CardStanding
from voting.publicity.table import OpenTable
from voting.rounds import Receipt
from voting.store.showing import Shown
from web.api.ballots import Notice, Recorded
from web.error_table import TABLE

Document = dict[str, Any]
Method = Literal["get", "post"]

JSON: Final = "application/json"
HTML: Final = "text/html"
ANYTHING: Final = "application/octet-stream"
PARAMETER: Final = re.compile(r"\{(\w+):(\w+)\}")
_REFERENCE: Final = "#/components/schemas/{name}"
REFUSALS: Final = tuple(sorted({answer.status for answer in TABLE.values()}))
"""Whatever a refusal may say, with a sentence; `web.error_table` says which stands for what."""


class Refused(Struct, frozen=True, kw_only=True):
    """What an API says instead: the kind for a program, the sentence for a person."""

    error: str
    sentence: str


class File(Struct, frozen=True, kw_only=True):
    """One file that anybody may read. `of` is its structure, if it is JSON."""

    summary: str
    media_type: str
    of: Any = None


FILES: Final[Mapping[str, File]] = {
    "/api/v/{code:str}": File(
        summary="一次会议的各轮表决：票样、办法和进行到哪一步", media_type=JSON, of=Notice
    ),
    "/api/v/{code:str}/{round_id:str}/ballots": File(
        summary="投一张封好的票（Belenios 格式），得到回执", media_type=JSON, of=Receipt
    ),
    "/api/v/{code:str}/{round_id:str}/receipts/{digest:str}": File(
        summary="这张票在不在票箱里", media_type=JSON, of=Recorded
    ),
    "/api/v/{code:str}/{round_id:str}/cards/{credential:str}": File(
        summary="这张卡投过票没有", media_type=JSON, of=CardStanding
    ),
    "/r/{round_id:str}/archive.bel": File(summary="票箱记录", media_type=ANYTHING),
    "/r/{round_id:str}/archive.bel.minisig": File(summary="票箱记录的签名", media_type=ANYTHING),
    "/r/{round_id:str}/round.json": File(
        summary="本轮说明（经签名的原文）", media_type=JSON, of=dict[str, Any]
    ),
    "/r/{round_id:str}/round.json.minisig": File(summary="本轮说明的签名", media_type=ANYTHING),
    "/verify.pyz": File(summary="核验程序", media_type=ANYTHING),
    "/minisign.pub": File(summary="核对签名用的公钥", media_type=ANYTHING),
    "/t/{congress:str}/projects.json": File(summary="民生实事项目", media_type=JSON, of=OpenTable),
    "/t/{congress:str}/projects.csv": File(summary="民生实事项目", media_type="text/csv"),
    "/t/{congress:str}/projects.schema.json": File(
        summary="projects.json 的 JSON Schema", media_type=JSON, of=dict[str, Any]
    ),
    "/t/{congress:str}/projects/feed.xml": File(summary="项目动态", media_type="application/atom+xml"),
    "/t/{congress:str}/data/suggestions.json": File(
        summary="公开的意见建议", media_type=JSON, of=tuple[Shown, ...]
    ),
    "/t/{congress:str}/data/suggestions.csv": File(summary="公开的意见建议", media_type="text/csv"),
    "/t/{congress:str}/data/suggestions.schema.json": File(
        summary="suggestions.json 的 JSON Schema", media_type=JSON, of=dict[str, Any]
    ),
    "/t/{congress:str}/data/counts.csv": File(summary="征集统计", media_type="text/csv"),
    "/t/{congress:str}/feed.atom": File(summary="征集动态", media_type="application/atom+xml"),
    "/d/{paper_id:str}/file": File(summary="公布的文书", media_type=ANYTHING),
    "/d/{paper_id:str}/file.minisig": File(summary="公布的文书的签名", media_type=ANYTHING),
}

PARAMETERS: Final = {
    "code": "会议代码，投票卡上网址的最后一段",
    "congress": "哪个人大，公开页面网址 /t/ 之后的一段",
    "credential": "投票卡的公开的一半，64位十六进制",
    "digest": "封好的票的 SHA-256，64位十六进制",
    "paper_id": "文书编号",
    "round_id": "轮次编号",
}


VERSION: Final = "1"
"""Of what is promised here: another one when something is taken away or means something else."""


def document(app: Litestar) -> Document:
    """The document, as plain values for JSON."""
    types = [file.of for file in FILES.values() if file.of is not None]
    _, structures = msgspec.json.schema_components([Refused, *types], ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "票决开放数据和投票接口",
            "version": VERSION,
            "license": {"name": "AGPL-3.0-or-later"},
        },
        "paths": {
            plain(path): {method: _operation(path, FILES[path], method)}
            for path, method in operations(app)
            if path in FILES
        },
        "components": {"schemas": strict(structures)},
    }


def operations(app: Litestar) -> Iterator[tuple[str, Method]]:
    """Every path of the service as its route names it, with each method that a handler of ours answers."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            methods: tuple[Method, ...] = ("get", "post")
            yield from ((route.path, method) for method in methods if method.upper() in route.methods)


def plain(path: str) -> str:
    """The path as OpenAPI writes it."""
    return PARAMETER.sub(r"{\1}", path)


def parameters(path: str) -> list[Document]:
    """The parts of the path that differ."""
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARAMETERS.get(name, ""),
            "schema": {"type": "integer", "minimum": 0}
            if kind == "int"
            else {"type": "string", "minLength": 1},
        }
        for name, kind in PARAMETER.findall(path)
    ]


def strict(schema: Any) -> Any:
    """The same schema, of whose objects nothing is left unsaid."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    # A pattern of Python's is none of JSON Schema's (ECMA 262), and says nothing to whoever only reads.
    made = {
        key: strict(value)
        for key, value in schema.items()
        if key != "pattern" or schema.get("type") != "string"
    }
    if "properties" in made and made.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made


def refusals(media_type: str) -> Document:
    """The answers that say no: JSON to programs, a page to people."""
    schema: Document = {"$ref": "#/components/schemas/Refused"} if media_type == JSON else {"type": "string"}
    said = {"description": "没有做，原因写在句子里", "content": {media_type: {"schema": schema}}}
    return {str(status): said for status in REFUSALS}


def _operation(path: str, file: File, method: Method) -> Document:
    done = {"description": "内容", "content": {file.media_type: {"schema": _schema_of(file)}}}
    made: Document = {
        "summary": file.summary,
        "parameters": parameters(path),
        "responses": {"200": done, **refusals(JSON if path.startswith("/api/") else HTML)},
    }
    if path == "/api/v/{code:str}":
        made["responses"]["304"] = {"description": "没有变化（请求带了 If-None-Match）"}
    if method == "post":
        made["requestBody"] = {"required": True, "content": {JSON: {"schema": {"type": "object"}}}}
    return made


def _schema_of(file: File) -> Document:
    if file.of is None:
        return {"type": "string"}
    (schema,), _ = msgspec.json.schema_components([file.of], ref_template=_REFERENCE)
    return schema
