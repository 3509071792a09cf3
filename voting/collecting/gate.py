"""What a form must show before it is taken, so that programs do not fill the office's desk; no third party.

A form carries a sealed slip: which form it is, whose device asked for it and when. It is taken when it was
not filled in faster than a person reads, and either brings a small proof of work (a script on the page does
it) or was read longer. A device may send ten in an hour. Nothing is counted by network address: a village
behind one address is many people.
"""

from __future__ import annotations

import base64
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from ballots.encoding import sha256_hex
from ballots.group import Random
from voting.errors import VotingError

PURPOSE: Final = "suggestion-form"
"""What the installation's secret for slips is derived for."""
LEAST_TIME: Final = timedelta(seconds=4)
LEAST_TIME_WITHOUT_WORK: Final = timedelta(seconds=20)
LONGEST: Final = timedelta(hours=48)
WORK_BITS: Final = 16
"""65,536 hashes on average: a second on an old phone."""
MOST_AN_HOUR: Final = 10
MOST_WITHOUT_MARK_AN_HOUR: Final = 60
"""Browsers that keep no cookie count together."""
MOST_WRONG_CODES_AN_HOUR: Final = 30
NO_MARK: Final = "0" * 32

_MARK = re.compile(r"[0-9a-f]{32}")
_SLIP = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{32})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})")
_NONCE = re.compile(r"[0-9]{1,12}")


class GateError(VotingError):
    """A form that was not taken. Everything typed is still in it."""

    sentence = "表单没有提交成功。您填写的内容都在，请再提交一次。"


class SlipInvalid(GateError):
    """A form we did not give out, or gave out too long ago."""

    sentence = "这个页面打开得太久，已经失效。您填写的内容都在，请核对后再提交一次。"


class TooFast(GateError):
    """Sent sooner than anybody could have read it."""

    sentence = "提交得太快了。您填写的内容都在，请核对一遍，过二十秒再提交一次。"


class TooMany(VotingError):
    """One device beyond its hourly number."""

    sentence = "这台手机或电脑一小时内提交的次数太多。请过一小时再试，或者到联络站当面反映。"


class Slip(Struct, frozen=True, kw_only=True):
    """What we know about a form that comes back."""

    form_key: str
    device: str
    given_at: datetime


def new_mark(random: Random) -> str:
    """A device's own random mark, for its cookie."""
    return random(16).hex()


def read_mark(cookie: str | None) -> str:
    """The mark in a cookie, or NO_MARK."""
    return cookie if cookie and _MARK.fullmatch(cookie) else NO_MARK


def device_of(mark: str, use: str) -> str:
    """What is counted: a hash, a different one for each use."""
    return sha256_hex(f"{use}|{mark}".encode())


def give_slip(secret: bytes, congress: str, mark: str, now: datetime, random: Random) -> str:
    """The sealed slip of a new form of this congress."""
    said = f"{random(16).hex()}.{mark}.{int(now.timestamp())}"
    return f"{said}.{_seal(secret, congress, said)}"


def read_slip(secret: bytes, congress: str, text: str, now: datetime) -> Slip:
    """Raises SlipInvalid: not ours, of another congress, or older than two days."""
    found = _SLIP.fullmatch(text)
    if found is None:
        raise SlipInvalid
    said, seal = text.rpartition(".")[0], found[4]
    if not hmac.compare_digest(_seal(secret, congress, said), seal):
        raise SlipInvalid
    given_at = datetime.fromtimestamp(int(found[3]), UTC)
    if not timedelta(seconds=-5) <= now - given_at <= LONGEST:
        raise SlipInvalid
    return Slip(form_key=sha256_hex(f"{PURPOSE}|{found[1]}".encode()), device=found[2], given_at=given_at)


def demand_time(slip: Slip, slip_text: str, nonce: str, now: datetime) -> None:
    """Raises TooFast: sooner than a person reads, and the more so without the proof of work."""
    least = LEAST_TIME if has_worked(slip_text, nonce) else LEAST_TIME_WITHOUT_WORK
    if now - slip.given_at < least:
        raise TooFast


def has_worked(slip_text: str, nonce: str) -> bool:
    """Whether SHA-256 of `slip:nonce` begins with 16 zero bits."""
    if not _NONCE.fullmatch(nonce):
        return False
    return int(sha256_hex(f"{slip_text}:{nonce}".encode()), 16) >> (256 - WORK_BITS) == 0


def most_an_hour(mark: str) -> int:
    """How many forms an hour this device may send."""
    return MOST_WITHOUT_MARK_AN_HOUR if mark == NO_MARK else MOST_AN_HOUR


def hour_of(now: datetime) -> int:
    """Hours since 1970: what the count is kept by."""
    return int(now.timestamp()) // 3600


def _seal(secret: bytes, congress: str, said: str) -> str:
    digest = hmac.digest(secret, f"{PURPOSE}|{congress}|{said}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
