"""JSON from a person's file: read strictly, refused in a sentence that names the field in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

import msgspec

from voting.errors import InputError

MOST_BYTES = 64 * 1024

T = TypeVar("T")


def decode(raw: bytes, kind: type[T], what: str, fields: Mapping[str, tuple[str, str]]) -> T:
    """A `kind` from UTF-8 JSON of at most 64 KB. Raises InputError.

    `what` is the file's name for the reader; `fields` gives the name of each field and what it may hold.
    """
    return as_kind(parsed(raw, what), kind, what, fields)


def parsed(raw: bytes, what: str) -> dict[str, Any]:
    """The outermost object of UTF-8 JSON of at most 64 KB. Raises InputError."""
    value = _parse(raw, what)
    if not isinstance(value, dict):
        raise InputError(f"{what}的最外层应当是一对花括号 {{ }}。请对照格式说明修改。")
    return value


def as_kind(value: dict[str, Any], kind: type[T], what: str, fields: Mapping[str, tuple[str, str]]) -> T:
    """A `kind` from what `parsed` gave. Raises InputError."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InputError(_explain(str(error), what, fields)) from None
    except UnicodeEncodeError:  # half of a pair of surrogates, as "\\ud800" writes it
        raise InputError(f"{what}中有不能显示的字符。请对照格式说明修改。") from None


def _parse(raw: bytes, what: str) -> Any:
    if len(raw) > MOST_BYTES:
        raise InputError(f"{what}文件超过64 KB。请确认选对了文件。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{what}文件不是 UTF-8 编码。请另存为 UTF-8 编码后重试。") from None
    if not text.strip():
        raise InputError(f"{what}文件是空的。请先填写内容。")
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{what}文件不是正确的 JSON：第{error.lineno}行第{error.colno}个字符附近有误。请检查标点和括号。"
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets nested thousands deep
        raise InputError(f"{what}文件中有过长的数字或者过深的括号。请对照格式说明修改。") from None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen = dict(pairs)
    if len(seen) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise InputError(f"“{_short(repeated)}”写了两次，无法确定以哪一个为准。请删去一个。")
    return seen


def _no_constant(name: str) -> NoReturn:
    raise InputError(f"文件中有“{name}”，这不是数字。请改成整数。")


def _explain(error: str, what: str, fields: Mapping[str, tuple[str, str]]) -> str:
    """msgspec says: missing required field `x` · unknown field `x` · something is wrong at `$.x`."""
    if found := re.search(r"missing required field `(.*?)`", error):
        name, expected = fields[found[1]]
        return f"{what}缺少“{name}”（{found[1]}），应填{expected}。请补充。"
    if found := re.search(r"unknown field `(.*)`", error, re.DOTALL):
        return f"{what}中有不认识的项“{_short(found[1])}”。请删去，或者对照格式说明改正名称。"
    found = re.search(r"at `\$\.(\w+)", error)
    if found is None or found[1] not in fields:
        return f"{what}的内容不符合格式说明。请对照修改。"
    name, expected = fields[found[1]]
    return f"{what}中“{name}”（{found[1]}）填写有误，应为{expected}。请改正。"


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:40] + "…"
