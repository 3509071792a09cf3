"""The security headers every answer carries, also errors and files.

`Cache-Control: no-store` unless the handler said otherwise: what is not known to be public is not kept.
"""

from litestar.types import Message, Scope

from web.installation import house_of
from web.permissions import NOTHING

# A thread is made of bytes that the page has held against the script's hash (`own_thread.ts`), hence `blob:`.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": NOTHING,
}


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


# Raw lists, because every ballot passes here too: a header object costs ten times as much.
_PLAIN = _raw(ALWAYS)
_HTTPS = _raw({**ALWAYS, "strict-transport-security": "max-age=31536000"})


async def add(message: Message, scope: Scope) -> None:
    """The hook that adds to the start of an answer whatever header it does not have yet."""
    if message["type"] == "http.response.start":
        https = house_of(scope["litestar_app"]).settings.https
        present = list(message["headers"])
        names = {name for name, _ in present}
        added = _HTTPS if https else _PLAIN
        message["headers"] = [*present, *(header for header in added if header[0] not in names)]
