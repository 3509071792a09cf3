"""schemathesis invents requests for every route, a prepared hall answers them, and each answer is looked at.

attack = Attack(target, seed=1, examples=3)
attack.run(attack.operations())
attack.findings
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

import hypothesis
import schemathesis
from httpx import Response
from hypothesis import HealthCheck, Phase
from msgspec import Struct
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response as Answer
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from tests.refusals import dump
from tests.web.attacks.forms import Fields, forms_in
from tests.web.attacks.schema import SURROGATE, is_api, whole_document
from tests.web.attacks.target import Door, Target
from tests.web.quiet import rows_that_count
from web.access import COOKIE, PAGE_ROLES
from web.headers import ALWAYS
from web.openapi import FILES, PARAMETER, operations

Operation = tuple[str, str]
"""Path as the route names it, and method in small letters."""

_INSIDES: Final = re.compile(r"Traceback|sqlalchemy|psycopg|site-packages|msgspec\.")
_SEPARATOR: Final = "a-part-ends-here"


class Finding(Struct, frozen=True, kw_only=True):
    """One answer that should have been another."""

    operation: Operation
    role: str
    wrong: str
    address: str
    body: str
    said: str

    def __str__(self) -> str:
        path, method = self.operation
        asked = f"{method.upper()} {path} ({self.role})\n  {self.address}\n  {self.body}"
        return f"{self.wrong}: {asked}\n  {self.said}"


class Attack:
    """So many `examples` of each operation by each who can ask it; the same seed asks the same again."""

    def __init__(self, target: Target, seed: int, examples: int) -> None:
        self.target, self.seed, self.examples = target, seed, examples
        self.findings: dict[tuple[Operation, str], Finding] = {}
        self.asked, self.statuses = 0, list[int]()
        self._before = rows_that_count(dump(target.house.store))

    def operations(self) -> list[Operation]:
        """All that the service answers."""
        return [(path, method) for path, method in operations(self.target.app)]

    def run(self, chosen: Iterable[Operation]) -> None:
        """Attack these operations, each by everybody whose it is."""
        wanted = list(chosen)
        schema = schemathesis.openapi.from_dict(self._document(wanted))
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            path = next(p for p, m in wanted if PARAMETER.sub(r"{\1}", p) == operation.path)
            for door in self._whose(path):
                self._attack((path, operation.method), door, operation)

    def _document(self, wanted: list[Operation]) -> dict[str, Any]:
        forms = {path: self._fields(path) for path, method in wanted if method == "post" and not is_api(path)}
        made = whole_document(self.target.app, self.target.ids, forms)
        paths = {PARAMETER.sub(r"{\1}", path): set[str]() for path, _ in wanted}
        for path, method in wanted:
            paths[PARAMETER.sub(r"{\1}", path)].add(method)
        made["paths"] = {
            path: {method: made["paths"][path][method] for method in sorted(methods)}
            for path, methods in paths.items()
        }
        return made

    def _whose(self, path: str) -> list[Door | None]:
        role = path.split("/")[1]
        if role not in PAGE_ROLES or not path.startswith(f"/{role}/{{link:str}}"):
            return [None]
        return [door for door in self.target.doors if door.role == role]

    def _fields(self, path: str) -> Fields:
        """What the pages around a form's address put into it."""
        fields: Fields = {}
        for door in self._whose(path):
            ids = self.target.ids | ({"link": door.link} if door else {})
            address = _filled(path, ids)
            parts = address.strip("/").split("/")
            for end in range(len(parts), max(len(parts) - 4, 1), -1):
                here = "/" + "/".join(parts[:end])
                page = self._send("GET", here, door)
                if page.status_code < 400 and page.headers["content-type"].startswith("text/html"):
                    for name, offered in forms_in(page.text, here).get(address, {}).items():
                        fields.setdefault(name, set()).update(offered)
        return fields

    def _attack(self, of: Operation, door: Door | None, operation: Any) -> None:
        fuzzed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)

        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=fuzzed)
        def once(case: Case[Any]) -> None:
            self._once(of, door, case)

        once()

    def _once(self, of: Operation, door: Door | None, case: Case[Any]) -> None:
        path, method = of
        if door:
            case.path_parameters["link"] = door.link
        address = PARAMETER.sub(lambda found: _in_path(case.path_parameters.get(found[1], "")), path)
        if case.query:
            address += "?" + urlencode(case.query, errors="replace")
        headers, body = _encoded(case)
        answer = self._send(method.upper(), address, door, headers=headers, content=body)
        self.asked += 1
        self.statuses.append(answer.status_code)
        for wrong in self._wrong(of, case, answer):
            self.findings.setdefault(
                (of, wrong.split(":")[0]),
                Finding(
                    operation=of,
                    role=door.role if door else "",
                    wrong=wrong,
                    address=address[:300],
                    body=repr(case.body)[:600],
                    said=re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))[-200:],
                ),
            )

    def _send(self, method: str, address: str, door: Door | None, **more: Any) -> Response:
        client = door.person.client if door else self.target.visitor
        client.cookies.clear()
        headers = more.pop("headers", {}) | ({"cookie": f"{COOKIE}={door.token}"} if door else {})
        return client.request(method, address, headers=headers, **more)

    def _wrong(self, of: Operation, case: Case[Any], answer: Response) -> Iterator[str]:
        path, method = of
        if answer.status_code >= 500:
            yield f"{answer.status_code}"
            self._start_anew()
            return
        yield from _odd_headers(path, answer)
        if answer.status_code >= 400 and _INSIDES.search(answer.text):
            yield "insides shown"
        checks: list[Callable[..., Any]] = [status_code_conformance]
        if path in FILES:
            checks.append(response_schema_conformance)
        try:
            case.validate_response(Answer.from_httpx(answer, verify=False), checks=checks)
        except FailureGroup as failures:
            yield from (f"not as documented: {str(one)[:300]}" for one in failures.exceptions)
        yield from self._changed(method, answer)

    def _changed(self, method: str, answer: Response) -> Iterator[str]:
        after = rows_that_count(dump(self.target.house.store))
        if after == self._before:
            return
        if method == "get" or answer.status_code >= 400:
            names = [name for name in after if after[name] != self._before[name]]
            yield f"refused or only read, and yet changed {names}: {answer.status_code}"
        self._start_anew()

    def _start_anew(self) -> None:
        self.target.restore()
        self._before = rows_that_count(dump(self.target.house.store))


def _odd_headers(path: str, answer: Response) -> Iterator[str]:
    missing = [name for name in ALWAYS if name not in answer.headers]
    if missing:
        yield f"headers missing: {missing}"
    kind = answer.headers.get("content-type", "")
    if answer.content and not kind:
        yield "no content type"
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        yield f"no charset: {kind}"
    if answer.status_code >= 400:
        expected = "application/json" if is_api(path) else "text/html"
        if not kind.startswith(expected):
            yield f"content type of a refusal: {kind}"


def _filled(path: str, ids: Mapping[str, str]) -> str:
    return PARAMETER.sub(lambda found: ids.get(found[1], "1"), path)


def _in_path(value: object) -> str:
    return quote(_bytes(value), safe="")


def _bytes(value: object) -> bytes:
    return str(value).replace(SURROGATE, "\ud800").encode(errors="surrogatepass")


def _encoded(case: Case[Any]) -> tuple[dict[str, str], bytes]:
    """The body as a browser would send it, and its content type."""
    import json

    if not isinstance(case.body, dict) or case.media_type == "application/json":
        if case.media_type is None:
            return {}, b""
        return {"content-type": "application/json"}, json.dumps(case.body).encode()
    fields = {str(name): _bytes(value) for name, value in case.body.items()}
    if case.media_type == "application/x-www-form-urlencoded":
        return {"content-type": case.media_type}, urlencode(fields).encode()
    parts = [
        f'--{_SEPARATOR}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    ]
    kind = f"multipart/form-data; boundary={_SEPARATOR}"
    return {"content-type": kind}, b"".join(parts) + f"--{_SEPARATOR}--\r\n".encode()
