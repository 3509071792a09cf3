"""Fetching is authorising: the rows of a round that an actor can get at all."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, and_, exists, false

from voting.actors import Actor
from voting.store.tables import round_, scrutineer, session

_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_listed = scrutineer.alias("listed")  # a name of its own inside queries over scrutineers
_WHOLE_CONGRESS = frozenset({"staff", "presidium", "system"})
_CODE = re.compile(r"[1-9A-HJ-NP-Za-km-z]{8}")


def is_id(text: str) -> bool:
    """Whether the store could have made this id. Anything else comes from an address somebody typed, and a
    NUL in it would be an error of the database instead of "not found"."""
    return _ID.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """Whether this could be the code of a session: 8 Base58 characters."""
    return _CODE.fullmatch(text) is not None


def is_hash(text: str) -> bool:
    """Whether this could be a digest or a card's public half: 64 hex digits."""
    return _HASH.fullmatch(text) is not None


def visible_rounds(actor: Actor) -> ColumnElement[bool]:
    """Which rounds exist for this actor.

    Staff and presidium: all of their congress. Chair and operator: those of their session. A scrutineer:
    those of the session that list exactly this number and name. The public: those whose rules the plenary has
    passed.
    """
    if actor.role == "public":
        return round_.c.state != "drafted"
    own = round_.c.congress == actor.congress
    if actor.role in _WHOLE_CONGRESS:
        return own
    own = and_(own, round_.c.session == actor.session)
    return and_(own, _lists(actor)) if actor.role == "scrutineer" else own


def visible_sessions(actor: Actor) -> ColumnElement[bool]:
    """The public may see any session whose code or id it knows."""
    if actor.role == "public":
        return session.c.id.is_not(None)
    own = session.c.congress == actor.congress
    return own if actor.role in _WHOLE_CONGRESS else and_(own, session.c.id == actor.session)


def _lists(actor: Actor) -> ColumnElement[bool]:
    if actor.scrutineer is None:
        return false()
    return exists().where(
        _listed.c.congress == round_.c.congress,
        _listed.c.round == round_.c.id,
        _listed.c.number == actor.scrutineer,
        _listed.c.name == actor.name,
    )
