"""短信: what the service tells on its own pages, sent to deputies' telephones as well.

An office that has an SMS gateway puts its own `Messenger` here. The default only writes what would be sent
into a file, one JSON object a line, from which the office's own gateway can take it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

import msgspec

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


class Messenger(Protocol):
    """Where messages leave the service."""

    def send(self, phone: str, text: str) -> None:
        """Hand over one message. Raises MessageNotSent when it certainly was not."""


class MessageFile:
    """Writes each message as one line of JSON; the file is readable by its owner only."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path, self._now = path, now

    def send(self, phone: str, text: str) -> None:
        """Append one line. Raises MessageNotSent."""
        line = msgspec.json.encode({"at": self._now(), "phone": phone, "text": text}) + b"\n"
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(line)
        except OSError:
            raise MessageNotSent from None


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
        messenger.send(one.phone, _words(one))
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
