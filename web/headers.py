"""The security headers every answer carries, also errors and files.

`Cache-Control: no-store` unless the handler said otherwise: what is not known to be public is not kept.
"""

from collections.abc import Awaitable, Callable

from litestar.types import Message, Scope

from web.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def adder(settings: Settings) -> Callable[[Message, Scope], Awaitable[None]]:
    """The hook that adds to the start of an answer whatever header it does not have yet.

    On the raw list, because every ballot passes here too: a header object costs ten times as much.
    """
    headers = dict(ALWAYS)
    if settings.https:
        headers["strict-transport-security"] = "max-age=31536000"
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def add(message: Message, _scope: Scope) -> None:
        if message["type"] == "http.response.start":
            present = list(message["headers"])
            names = {name for name, _ in present}
            message["headers"] = [*present, *(header for header in raw if header[0] not in names)]

    return add
