"""Requests that are no HTTP, or two at once: sent as bytes to the real server, which refuses or hangs up."""

from __future__ import annotations

import socket
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.web.hall_fixture import Service

PATIENCE_S: Final = 3
"""A server that waits for the rest of a request says nothing."""
HIDDEN: Final = b"GET /verify.pyz HTTP/1.1\r\nHost: x\r\n\r\n"
"""The second request that a proxy in front would not have seen."""


def answers(service: Service, raw: bytes) -> bytes:
    """All that comes back until the server hangs up or is silent."""
    url = urlsplit(service.url)
    with socket.create_connection((url.hostname or "", url.port or 0), timeout=PATIENCE_S) as line:
        parts = []
        try:
            line.sendall(raw)
            while part := line.recv(65536):
                parts.append(part)
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
    return b"".join(parts)


def post(headers: bytes, body: bytes = b"") -> bytes:
    return b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n" + (
        headers + b"\r\n" + body
    )


SMUGGLED: Final = {
    "length and chunks": post(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "two lengths": post(b"Content-Length: 0\r\nContent-Length: 38\r\n", HIDDEN),
    "two lengths in one": post(b"Content-Length: 0, 38\r\n", HIDDEN),
    "a length with a sign": post(b"Content-Length: +0\r\n", HIDDEN),
    "a negative length": post(b"Content-Length: -1\r\n", HIDDEN),
    "chunked, misspelt": post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "chunked, twice": post(
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"0\r\n\r\n" + HIDDEN
    ),
    "a space before the colon": post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n" + HIDDEN),
    "a folded header": post(b"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", HIDDEN),
    "a chunk's size that overflows": post(
        b"Transfer-Encoding: chunked\r\n", b"fffffffffffffffff\r\nx\r\n0\r\n\r\n" + HIDDEN
    ),
    "no version": b"GET /\r\n\r\n" + HIDDEN,
    "a name of the host with a break": b"GET / HTTP/1.1\r\nHost: x\r\n\tevil\r\nHost: y\r\n\r\n" + HIDDEN,
    "a NUL in a header": b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n" + HIDDEN,
}


def test_two_requests_on_one_line_are_both_answered(service: Service) -> None:
    """Else the tests below would prove nothing."""
    said = answers(service, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN)
    assert said.count(b"HTTP/1.1 200") == 2
    assert b"verify.pyz" in said


@pytest.mark.parametrize("kind", SMUGGLED)
def test_no_second_request_hides_in_a_malformed_one(service: Service, kind: str) -> None:
    """Never the file that only the hidden request asks for: refused, or answered as one."""
    said = answers(service, SMUGGLED[kind])
    assert b"verify.pyz" not in said
    assert said.count(b"HTTP/1.1 2") <= 1


def test_a_request_of_endless_headers_is_refused(service: Service) -> None:
    bombs = (
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"piaojue=x; " * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    )
    for raw in bombs:
        said = answers(service, raw)
        assert said.split(b" ")[1:2] in ([b"400"], [b"414"], [b"431"], []), said[:200]
    assert b"200 OK" in answers(service, b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
