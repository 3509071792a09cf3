"""What a page's script sends: JSON, read strictly, refused in words."""

from typing import Any, TypeVar

import msgspec
from litestar import Request

from voting.errors import InputError
from web.forms import read_body

MOST_BYTES = 256 * 1024

T = TypeVar("T")


async def read_raw(request: Request[Any, Any, Any]) -> bytes:
    """The dependency `raw`: the body of a request."""
    return await read_body(request, MOST_BYTES)


def decode_body(raw: bytes, kind: type[T]) -> T:
    """Raises InputError."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise InputError("提交的内容无法读取，没有保存。请刷新页面后重试。") from None
