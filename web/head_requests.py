"""HEAD for what anybody may read: link checkers and messengers that preview a link ask so (RFC 9110, 9.3.2).

The answer is that of GET without its body. Whoever entered, and the ballot's routes, are not asked this way.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

_ANYBODYS: Final = re.compile(
    r"/(?:|(?:t|r|d|hall|static)/.+|scripts|verify\.pyz|minisign\.pub|health|ready)", re.DOTALL
)


def answer_head(app: ASGIApp) -> ASGIApp:
    """The same pages, with HEAD answered by those that anybody may read."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method") != "HEAD" or not _ANYBODYS.fullmatch(scope["path"]):
            await app(scope, receive, send)
            return

        async def send_no_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                cast("dict[str, Any]", message)["body"] = b""
            await send(message)

        await app(cast("Scope", {**scope, "method": "GET"}), receive, send_no_body)

    return asked
