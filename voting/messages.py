"""短信: what the service tells on its own pages, sent to deputies' telephones as well.

An office that has an SMS gateway puts its own `Messenger` here. The default only writes what would be sent
into a file, one JSON object a line, from which the office's own gateway can take it; what has stood there for
its time is taken out again (`voting/keeping`).
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, BinaryIO, Final, Protocol

import msgspec
from msgspec import Meta, Struct

from voting.actors import Actor
from voting.errors import VotingError
from voting.notices import Message, Notice
from voting.store import Store

_MOBILE = re.compile(r"1[0-9]{10}")
STALE_AFTER: Final = timedelta(days=7)
"""Older notices are not sent any more: whoever gets a telephone number late is not told of last year."""


class MessageNotSent(VotingError):
    """The way to the telephones is closed; what was not sent is tried again next time."""

    sentence = "短信没有发出。请检查短信文件的路径和权限，然后重试；没有发出的下次会再发。"


class MessagesUnreadable(VotingError):
    """The file of messages is there and cannot be read or written anew."""

    sentence = "短信文件不能读写，里面到期的短信没有删除。请检查文件的路径和权限，然后重试。"


class Messenger(Protocol):
    """Where messages leave the service."""

    def send(self, congress: str, phone: str, text: str) -> None:
        """Hand over one message of a congress. Raises MessageNotSent when it certainly was not."""


class MessageFile:
    """Writes each message as one line of JSON; the file is readable by its owner only."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path, self._now = path, now

    def send(self, congress: str, phone: str, text: str) -> None:
        """Append one line. Raises MessageNotSent."""
        line = {"at": self._now(), "congress": congress, "phone": phone, "text": text}
        try:
            with _alone(self._path) as file:
                file.write(msgspec.json.encode(line) + b"\n")
        except OSError:
            raise MessageNotSent from None

    def old(self, congress: str, before: datetime) -> int:
        """How many lines of this congress are older. Raises MessagesUnreadable."""
        try:
            lines = self._path.read_bytes().splitlines() if self._path.exists() else []
        except OSError:
            raise MessagesUnreadable from None
        return sum(_is_old(line, congress, before) for line in lines)

    def forget(self, congress: str, before: datetime) -> int:
        """Take them out: a new file stands in the old one's place. Raises MessagesUnreadable."""
        try:
            if not self._path.exists():
                return 0
            with _alone(self._path):
                lines = self._path.read_bytes().splitlines(keepends=True)
                kept = [line for line in lines if not _is_old(line, congress, before)]
                if len(kept) < len(lines):
                    self._write_anew(b"".join(kept))
        except OSError:
            raise MessagesUnreadable from None
        return len(lines) - len(kept)

    def _write_anew(self, body: bytes) -> None:
        new = self._path.with_name(f".{self._path.name}.new")
        descriptor = os.open(new, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)


class _Line(Struct, frozen=True):
    """What of a line says when it may go; older ones name no congress."""

    at: Annotated[datetime, Meta(tz=True)]
    congress: str = ""


def _is_old(line: bytes, congress: str, before: datetime) -> bool:
    """A line that is none is nobody's, and nobody can send it: it goes with the rest."""
    try:
        read = msgspec.json.decode(line, type=_Line)
    except msgspec.DecodeError:
        return True
    return read.at < before and read.congress in {congress, ""}


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    """The file, open for appending; nobody else of us appends to it or replaces it meanwhile."""
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                yield file
                return


def send_due(store: Store, messenger: Messenger, now: datetime) -> int:
    """Send what was not yet sent, each once, in every congress; the number of messages.

    A message is marked before it is handed over: a crash in between loses a message rather than sending it
    twice, and the notice still stands on the deputy's page. Raises MessageNotSent.
    """
    with store.read() as tx:
        waiting = [
            one
            for congress in tx.sessions.congresses()
            for one in tx.notices.to_send(congress.id, now - STALE_AFTER)
        ]
    return sum(_send(store, messenger, one, now) for one in waiting if _MOBILE.fullmatch(one.phone))


def _send(store: Store, messenger: Messenger, one: Message, now: datetime) -> bool:
    with store.write() as tx:
        if not tx.notices.mark_sent(one, now):
            return False
    try:
        messenger.send(one.congress, one.phone, _words(one))
    except MessageNotSent:
        with store.write() as tx:
            tx.notices.mark_sent(one, None)
        raise
    return True


def _words(one: Message) -> str:
    until = f"（期限{one.due.month}月{one.due.day}日）" if one.due else ""
    return f"{one.text}{until}。请登录代表页面查看。"


def see(store: Store, actor: Actor, notice_id: str, now: datetime) -> Notice:
    """The notice counts as seen. Raises NotFound."""
    with store.write() as tx:
        return tx.notices.see(actor, notice_id, now)


def see_all(store: Store, actor: Actor, now: datetime) -> None:
    """Everything that waits for the actor counts as seen."""
    with store.write() as tx:
        tx.notices.see_all(actor, now)
