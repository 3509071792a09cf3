"""Which functions read what came from outside: found by how they are named and by what they take.

A reader is called read…, decode…, parse…, clean…, …_from_hex, …_from_text, or takes `raw: bytes`, which is
this project's word for bytes that somebody sent. What takes a store, a request or a visit is a moment or a
page: it calls a reader, and is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.parts import ROOT
from tests.sources import sources

_NAMED: Final = re.compile(r"(read|decode|parse|clean|load)(_.+)?|parsed|.+_from_(hex|text)|unlock|enter_by")
_HINT: Final = re.compile(rf"raw: bytes|def ({_NAMED.pattern})\(")
"""Most files have neither, and parsing all of them takes seconds."""
_OUTSIDE: Final = (
    "bytes",
    "str",
    "BinaryIO",
    "Sequence[bytes]",
    "Form",
    "Mapping[str, str]",
    "Sequence[Sheet]",
)
_MOMENTS: Final = {"store", "tx", "visit", "request", "self", "house", "desk"}
_ROOMS: Final = ("ballots", "voting", "web")
_ELSEWHERE: Final = {
    "voting/store": "rows of our own database",
    "voting/demo": "makes up what it reads",
    "voting/documents": "writes",
    "web/rehearsal": "reads what the same program wrote",
}


def readers() -> set[str]:
    """`module.function` or `module.Class.method` of each."""
    files = (file for room in _ROOMS for file in sources("py") if file.is_relative_to(ROOT / room))
    return {name for file in files if not _is_elsewhere(file) for name in _of_file(file)}


def _is_elsewhere(file: Path) -> bool:
    return any(file.is_relative_to(ROOT / folder) for folder in _ELSEWHERE)


def _of_file(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    if not _HINT.search(text):
        return
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and _is_reader(node):
            yield f"{module}.{node.name}"
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = (inner for inner in node.body if isinstance(inner, ast.FunctionDef))
            yield from (f"{module}.{node.name}.{one.name}" for one in methods if _is_reader(one))


def _is_reader(function: ast.FunctionDef) -> bool:
    taken = [one for one in (*function.args.posonlyargs, *function.args.args) if one.arg != "cls"]
    if function.name.startswith("_") or not taken or taken[0].arg in _MOMENTS:
        return False
    kinds = {one.arg: ast.unparse(one.annotation) if one.annotation else "" for one in taken}
    if kinds.get("raw") == "bytes":
        return True
    outside = any(kind in _OUTSIDE for kind in kinds.values())
    return outside and _NAMED.fullmatch(function.name) is not None
