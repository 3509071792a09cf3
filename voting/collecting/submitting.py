"""The public's own form: what the gate lets through becomes a suggestion that waits for screening."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from voting.actors import PUBLIC
from voting.collecting import gate
from voting.collecting.addressing import addressee
from voting.collecting.codes import query_code
from voting.collecting.entry import Entry, cleaned
from voting.collecting.gate import NO_MARK, Slip, TooMany
from voting.collecting.recording import Origin, matches, record
from voting.days import today
from voting.errors import VotingError
from voting.people import Category, Village
from voting.rounds import Congress
from voting.store import Store, Transaction
from voting.suggestions import Suggestion


class AlreadySent(VotingError):
    """A form that comes a second time and says something else."""

    sentence = "这份表单先前已经提交成功。这次改动过的内容还没有提交；要作为另一条提出，请再按一次提交。"


class StationGone(VotingError):
    """The code of a station that has been closed."""

    sentence = "这个联络站已经撤销。您仍然可以在这里直接提，不经过联络站。"


class StationUnknown(VotingError):
    """A code that stands on no poster of this congress."""

    sentence = "没有认出这个联络站：这里的名单上没有它。您仍然可以在这里直接提，不经过联络站。"


class Secrets(Struct, frozen=True, kw_only=True):
    """Derived from the installation's key, each for one purpose."""

    slips: bytes
    codes: bytes


class Sent(Struct, frozen=True, kw_only=True):
    """A form as it came back: what was typed, and what it must show at the gate; `mark` is the cookie's.

    `to` is the id of the deputy for whom it was left, None: for nobody by name.
    """

    slip: str
    nonce: str
    mark: str
    complaint: bool
    entry: Entry
    to: str | None = None


class Offered(Struct, frozen=True, kw_only=True):
    """What the form offers. `call_title` is that of the open 征集公告, empty without one."""

    congress: Congress
    categories: tuple[Category, ...]
    villages: tuple[Village, ...]
    call_title: str


def offered(store: Store, congress: str, now: datetime) -> Offered:
    """Raises NotFound."""
    with store.read() as tx:
        here = tx.sessions.congress(congress)
        calls = tx.calls.open_on(congress, today(now))
        return Offered(
            congress=here,
            categories=tx.categories.current(congress),
            villages=tx.villages.current(congress),
            call_title=calls[0].title if calls else "",
        )


def submit(
    store: Store, congress: str, sent: Sent, secrets: Secrets, now: datetime
) -> tuple[Suggestion, str]:
    """The suggestion and its query code. The same form sent twice makes one and gives the same code.

    Raises GateError, TooMany, AlreadySent, DeputyGone, EntryError, TextError, NotFound.
    """
    before = sent_before(store, congress, sent, secrets, now)
    if before is not None:
        return before
    slip = gate.read_slip(secrets.slips, congress, sent.slip, now)
    entry = cleaned(sent.entry)
    code = query_code(secrets.codes, congress, slip.form_key)
    mark = _mark(slip, sent.mark)
    with store.write() as tx:
        tx.inbox.lock_numbers(congress)
        found = tx.suggestions.by_form_key(congress, slip.form_key)
        if found is not None:
            return _again(tx, entry, sent.to, found), code
        _refuse_many(tx, congress, mark, now)
        tx.sent_forms.count(congress, gate.device_of(mark, "form"), gate.hour_of(now))
        origin = _origin(congress, slip.form_key, code, sent, now)
        return _record(tx, entry, origin, sent.to, now), code


def sent_before(
    store: Store, congress: str, sent: Sent, secrets: Secrets, now: datetime
) -> tuple[Suggestion, str] | None:
    """What this form made when it came the first time; None: it is a new one, and the gate lets it through.

    Costs little and writes nothing, so that a flood is refused before anybody looks at its photos.
    Raises GateError, TooMany, AlreadySent, TextError.
    """
    slip = gate.read_slip(secrets.slips, congress, sent.slip, now)
    entry = cleaned(sent.entry)
    with store.read() as tx:
        before = tx.suggestions.by_form_key(congress, slip.form_key)
        if before is not None:
            return _again(tx, entry, sent.to, before), query_code(secrets.codes, congress, slip.form_key)
        _refuse_many(tx, congress, _mark(slip, sent.mark), now)
    gate.demand_time(slip, sent.slip, sent.nonce, now)
    return None


def _mark(slip: Slip, cookie: str) -> str:
    """The device's mark, if its cookie and its form agree on it; an invented one counts as none."""
    return slip.device if cookie == slip.device else NO_MARK


def _refuse_many(tx: Transaction, congress: str, mark: str, now: datetime) -> None:
    times = tx.sent_forms.times(congress, gate.device_of(mark, "form"), gate.hour_of(now))
    if times >= gate.most_an_hour(mark):
        raise TooMany


def _record(tx: Transaction, entry: Entry, origin: Origin, to: str | None, now: datetime) -> Suggestion:
    deputy = None if to is None else addressee(tx, origin.congress, to)
    new = record(tx, PUBLIC, entry, origin, now)
    if deputy is not None:
        tx.addressed.add(new, deputy.id)
    return new


def _again(tx: Transaction, entry: Entry, to: str | None, before: Suggestion) -> Suggestion:
    if not matches(entry, before) or tx.addressed.deputy_of(before) != to:
        raise AlreadySent
    return before


def _origin(congress: str, form_key: str, code: str, sent: Sent, now: datetime) -> Origin:
    return Origin(
        congress=congress,
        form_key=form_key,
        code=code,
        source="public",
        channel="online",
        state="received",
        received_at=now,
        kind="complaint" if sent.complaint else "opinion" if sent.to else None,
    )
