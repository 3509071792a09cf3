"""Suggestions as citizens, offices and deputies make them, without pages.

sent = Form(county)                       # given out now, filled in patiently
suggestion, code = sent.submit()
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, Final

from ballots.encoding import sha256_hex
from tests.county import Body
from voting.collecting import gate
from voting.collecting.calling import CallText, draft_call, publish_call
from voting.collecting.entry import Entry
from voting.collecting.registering import file, register
from voting.collecting.submitting import Secrets, Sent, submit
from voting.collecting.window import Call
from voting.suggestions import Suggestion

SECRETS: Final = Secrets(slips=b"s" * 32, codes=b"c" * 32)
PATIENCE: Final = timedelta(minutes=2)
_numbers = count(1)


def entry_of(body: Body, **fields: Any) -> Entry:
    """Words that are in order, with some replaced."""
    words: dict[str, Any] = {
        "title": "村口没有路灯",
        "text": "晚上看不见路，希望装几盏灯。",
        "category": body.categories[0].id,
        "village": body.villages[0].id,
    }
    return Entry(**{**words, **fields})


class Form:
    """One form of one device, given out at a moment."""

    def __init__(self, body: Body, mark: str | None = None, at: datetime | None = None) -> None:
        self.body = body
        self.given_at = at or body.now()
        self.mark = mark or gate.new_mark(body.random)
        self.slip = gate.give_slip(SECRETS.slips, body.congress.id, self.mark, self.given_at, body.random)

    def submit(
        self,
        *,
        after: timedelta = PATIENCE,
        nonce: str = "",
        complaint: bool = False,
        mark: str | None = None,
        **fields: Any,
    ) -> tuple[Suggestion, str]:
        """Send it, `after` it was given out."""
        sent = Sent(
            slip=self.slip,
            nonce=nonce,
            mark=self.mark if mark is None else mark,
            complaint=complaint,
            entry=entry_of(self.body, **fields),
        )
        return submit(self.body.store, self.body.congress.id, sent, SECRETS, self.given_at + after)


def proof(slip: str) -> str:
    """What the page's script finds."""
    return next(str(nonce) for nonce in count() if gate.has_worked(slip, str(nonce)))


def filed(body: Body, **fields: Any) -> Suggestion:
    """A deputy's proposal as it was filed."""
    key = sha256_hex(str(next(_numbers)).encode())
    return file(
        body.store, body.deputy, entry_of(body, **fields), form_key=key, code=key[:16], now=body.now()
    )


def registered(body: Body, **more: Any) -> Suggestion:
    """What somebody said at the counter, registered."""
    facts: dict[str, Any] = {
        "kind": "opinion",
        "source": "public",
        "channel": "visit",
        "received_on": None,
        "release": False,
        "form_key": sha256_hex(str(next(_numbers)).encode()),
        "code": f"code{next(_numbers)}",
        "now": body.now(),
    }
    fields = {name: more.pop(name) for name in list(more) if name not in facts}
    return register(body.store, body.staff, entry_of(body, **fields), **{**facts, **more})


def a_call(body: Body, opens: date, closes: date, year: int = 2027, title: str = "征集公告") -> Call:
    """A published one."""
    text = CallText(
        year=year,
        title=title,
        text="征集民生实事项目。",
        issuers="县人民政府办公室",
        opens=opens,
        closes=closes,
    )
    made = draft_call(body.store, body.government, text, body.now())
    return publish_call(body.store, body.government, made.id, body.now())
