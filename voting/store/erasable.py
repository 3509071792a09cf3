"""What of each kind is due before a day, and what becomes of it. Each condition says what is still there:
what is erased no longer meets it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from voting.days import CHINA
from voting.handling.facts import CONTACT_NAMES
from voting.keeping.facts import ERASED
from voting.keeping.rules import Kind
from voting.store.tables.attending import liaison, liaison_contact
from voting.store.tables.checking_in import leave
from voting.store.tables.collecting import photo, reception, sent_form, suggestion
from voting.store.tables.handling import confirmation, contact, handling, happening
from voting.store.tables.keeping import hold
from voting.store.tables.ledger import export, export_part
from voting.store.tables.people import account, deputy, invitation, login, membership, notice, passkey
from voting.store.tables.publicity import citizen_opinion, citizen_score
from voting.store.words import Words
from voting.suggestions import Suggestion

_NOBODY: Final = "erased-"
"""How the mark of a device begins that nobody has: the score stays, the device does not. Likewise the log-in
name of an account."""
_UNFIT: Final = "!"
"""Where a password's hash was: nothing that is typed fits it."""
STRETCH: Final = 200
"""Suggestions whose words go in one transaction: nobody else waits long."""
_CITIZENS: Final = ("public", "station", "hotline")
"""Sources whose words are a citizen's own; the others write as an office or in office."""


class Change:
    """Rows of one table that are due, and what becomes of them; without values they go. `now` are those of
    them that go at once, if not all."""

    def __init__(
        self,
        table: Table,
        which: ColumnElement[bool],
        now: ColumnElement[bool] | None = None,
        **values: Any,
    ) -> None:
        self.table, self.which, self.values = table, which, values
        self.now = which if now is None else now

    def count(self, connection: Connection) -> int:
        query = select(func.count()).select_from(self.table).where(self.which)
        return int(connection.execute(query).scalar() or 0)

    def do(self, connection: Connection) -> int:
        change = update(self.table).values(self.values) if self.values else delete(self.table)
        return int(connection.execute(change.where(self.now)).rowcount)


def moment(day: date) -> datetime:
    """Midnight in China, at which a day begins."""
    return datetime.combine(day, time.min, CHINA)


def held(congress: str) -> Select[tuple[str]]:
    """The suggestions and rounds on which a hold stands."""
    return select(hold.c.subject).where(hold.c.congress == congress, hold.c.lifted_at.is_(None))


def of_proposers(congress: str, of: Select[tuple[str]]) -> Sequence[Change]:
    """A deputy who signed a 代表建议 did so in office: the name stays, the number goes."""
    private = and_(suggestion.c.proposer != "", suggestion.c.kind != "proposal")
    known = or_(contact.c.with_whom != ERASED, contact.c.note != "")
    told = and_(happening.c.what.in_(tuple(CONTACT_NAMES.values())), happening.c.text != ERASED)
    said = _in(confirmation, congress, "suggestion", of, confirmation.c.text != "")
    return (
        Change(suggestion, _in(suggestion, congress, "id", of, private), proposer=""),
        Change(suggestion, _in(suggestion, congress, "id", of, suggestion.c.phone != ""), phone=""),
        Change(
            contact,
            _in(contact, congress, "handling", _parts(congress, of), known),
            with_whom=ERASED,
            note="",
        ),
        Change(happening, _in(happening, congress, "suggestion", of, told), text=ERASED),
        Change(confirmation, said, text=""),
    )


def of_words(congress: str, of: Select[tuple[str]]) -> Sequence[Change]:
    """What these suggestions say, and the notices that repeat their titles; a stretch of them at once, for
    the index takes its time."""
    due = of.where(or_(suggestion.c.title != ERASED, suggestion.c.text != ERASED, suggestion.c.spot != ""))
    now = due.order_by(suggestion.c.id).limit(STRETCH)
    return (
        Change(notice, _about(congress, due), _about(congress, now)),
        _Wordings(
            suggestion,
            _in(suggestion, congress, "id", due, true()),
            _in(suggestion, congress, "id", now, true()),
            title=ERASED,
            text=ERASED,
            spot="",
        ),
    )


def _about(congress: str, of: Select[tuple[str]]) -> ColumnElement[bool]:
    about = or_(notice.c.about.in_(of), notice.c.about.in_(_parts(congress, of)))
    return and_(notice.c.congress == congress, about)


class _Wordings(Change):
    """What a suggestion says is in the index of words, too."""

    def do(self, connection: Connection) -> int:
        columns = [suggestion.c[name] for name in Suggestion.__struct_fields__]
        rows = connection.execute(select(*columns).where(self.now)).mappings()
        Words(connection).blank([Suggestion(**row) for row in rows])
        return super().do(connection)


class _Devices(Change):
    """Every score gets a mark of its own, which is nobody's."""

    def do(self, connection: Connection) -> int:
        key = (citizen_score.c.congress, citizen_score.c.project, citizen_score.c.device)
        rows = connection.execute(select(*key).where(self.which)).all()
        for row in rows:
            here = and_(*(column == value for column, value in zip(key, row, strict=True)))
            connection.execute(update(citizen_score).where(here).values(device=f"{_NOBODY}{uuid4().hex}"))
        return len(rows)


def _finished(congress: str, before: date) -> Select[tuple[str]]:
    """Suggestions closed or refused before the day, that nobody holds, also through what they merged into."""
    refused = case((suggestion.c.state == "refused", suggestion.c.decided_at))
    free = and_(
        suggestion.c.id.not_in(held(congress)),
        or_(suggestion.c.merged_into.is_(None), suggestion.c.merged_into.not_in(held(congress))),
    )
    return select(suggestion.c.id).where(
        suggestion.c.congress == congress,
        func.coalesce(suggestion.c.closed_at, refused) < moment(before),
        free,
    )


def _parts(congress: str, of: Select[tuple[str]]) -> Select[tuple[str]]:
    """The units' parts of these suggestions."""
    return select(handling.c.id).where(handling.c.congress == congress, handling.c.suggestion.in_(of))


def _in(
    table: Table, congress: str, column: str, of: Select[tuple[str]], more: ColumnElement[bool]
) -> ColumnElement[bool]:
    return and_(table.c.congress == congress, table.c[column].in_(of), more)


def _proposers(congress: str, before: date) -> Sequence[Change]:
    return of_proposers(congress, _finished(congress, before))


def _photos(congress: str, before: date) -> Sequence[Change]:
    hidden = or_(suggestion.c.released_at.is_(None), suggestion.c.kind == "complaint")
    of = _finished(congress, before).where(hidden)
    return (
        Change(photo, and_(photo.c.congress == congress, photo.c.suggestion.in_(of))),
        Change(suggestion, _in(suggestion, congress, "id", of, suggestion.c.photos > 0), photos=0),
    )


def _untaken(congress: str, before: date) -> Sequence[Change]:
    untaken = or_(suggestion.c.state == "refused", suggestion.c.kind == "complaint")
    return of_words(congress, _finished(congress, before).where(untaken))


def _unpublished(congress: str, before: date) -> Sequence[Change]:
    hidden = (suggestion.c.released_at.is_(None), suggestion.c.kind != "proposal")
    of = _finished(congress, before).where(*hidden, suggestion.c.source.in_(_CITIZENS))
    return of_words(congress, of)


def _opinions(congress: str, before: date) -> Sequence[Change]:
    at = func.coalesce(citizen_opinion.c.judged_at, citizen_opinion.c.sent_at)
    due = and_(citizen_opinion.c.congress == congress, at < moment(before))
    hidden = and_(due, citizen_opinion.c.state != "released", citizen_opinion.c.text != ERASED)
    scored = and_(
        citizen_score.c.congress == congress,
        citizen_score.c.at < moment(before),
        citizen_score.c.device.not_like(f"{_NOBODY}%"),
    )
    return (
        Change(citizen_opinion, hidden, name="", text=ERASED),
        Change(citizen_opinion, and_(due, citizen_opinion.c.name != ""), name=""),
        _Devices(citizen_score, scored),
    )


def _receptions(congress: str, before: date) -> Sequence[Change]:
    old = and_(reception.c.congress == congress, reception.c.day < before)
    return (Change(reception, and_(old, reception.c.note.not_in(("", ERASED))), note=ERASED),)


def _liaisons(congress: str, before: date) -> Sequence[Change]:
    ended = (
        liaison.c.congress == congress,
        liaison.c.other.is_(None),
        liaison.c.ended_at < moment(before),
    )
    of = select(liaison.c.id).where(*ended)
    noted = liaison_contact.c.note != ERASED
    return (
        Change(liaison_contact, _in(liaison_contact, congress, "liaison", of, noted), note=ERASED),
        Change(liaison, and_(*ended, liaison.c.name != ERASED), name=ERASED, village=None),
    )


def _deputy_phones(congress: str, before: date) -> Sequence[Change]:
    left = and_(deputy.c.congress == congress, deputy.c.ended_on < before, deputy.c.phone != "")
    return (Change(deputy, left, phone=""),)


def _leaves(congress: str, before: date) -> Sequence[Change]:
    old = and_(leave.c.congress == congress, leave.c.noted_at < moment(before), leave.c.reason != ERASED)
    return (Change(leave, old, reason=ERASED),)


def _notices(congress: str, before: date) -> Sequence[Change]:
    return (Change(notice, and_(notice.c.congress == congress, notice.c.at < moment(before))),)


def _accounts(congress: str, before: date) -> Sequence[Change]:
    """Accounts belong to no congress: of those who worked in this one, and now work nowhere."""
    own = membership.c.account == account.c.id
    ended = select(func.max(membership.c.ended_at)).where(own).scalar_subquery()
    gone = and_(~exists().where(own, membership.c.ended_at.is_(None)), ended < moment(before))
    unused = and_(
        exists().where(own, membership.c.congress == congress),
        or_(account.c.disabled_at < moment(before), gone),
        account.c.login.not_like(f"{_NOBODY}%"),
    )
    of = select(account.c.id).where(unused)
    late = and_(invitation.c.congress == congress, invitation.c.expires < moment(before))
    return (
        Change(invitation, late),
        Change(passkey, passkey.c.account.in_(of)),
        Change(
            account,
            unused,
            login=_NOBODY + account.c.id,
            name=ERASED,
            password_hash=_UNFIT,
            totp_secret=None,
        ),
    )


def _logins(congress: str, before: date) -> Sequence[Change]:
    """Accounts belong to no congress: of those who work or worked in this one."""
    people = select(membership.c.account).where(membership.c.congress == congress)
    over = func.coalesce(login.c.ended_at, login.c.expires) < moment(before)
    return (Change(login, and_(login.c.account.in_(people), over)),)


def _workbooks(congress: str, before: date) -> Sequence[Change]:
    old = and_(export.c.congress == congress, export.c.started_at < moment(before))
    parts = and_(export_part.c.congress == congress, export_part.c.export.in_(select(export.c.id).where(old)))
    hour = int(moment(before).timestamp()) // 3600
    counted = and_(sent_form.c.congress == congress, sent_form.c.hour < hour)
    return (Change(export_part, parts), Change(export, old), Change(sent_form, counted))


CHANGES: Final[dict[Kind, Callable[[str, date], Sequence[Change]]]] = {
    "proposers": _proposers,
    "photos": _photos,
    "untaken": _untaken,
    "unpublished": _unpublished,
    "opinions": _opinions,
    "receptions": _receptions,
    "liaisons": _liaisons,
    "deputy_phones": _deputy_phones,
    "leaves": _leaves,
    "notices": _notices,
    "accounts": _accounts,
    "logins": _logins,
    "workbooks": _workbooks,
}
"""Of the kinds that go all at once; in the order in which its parts must go."""
