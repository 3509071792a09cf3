"""Personal links: the way in for staff, operators, scrutineers and chairs.

A link carries a token of 32 random bytes in base64url. The database holds only its SHA-256, so whoever reads
the database can enter as nobody. A link ends by its date or by being revoked; one of the staff leads to the
log-in as soon as somebody of the staff has an account with a second step.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from uuid import uuid4

from ballots.group import Random
from voting.actors import ROLE_NAMES, Actor, Role, require
from voting.errors import VotingError
from voting.rounds import Link
from voting.store import Store
from voting.text import clean_line

_BYTES = 32
_NUMBERED = frozenset({"scrutineer", "teller"})


class LinkUnknown(VotingError):
    """A token that was never given out, or was copied incompletely."""

    sentence = "这个链接无效。请检查是否复制完整，或者向工作人员要新的链接。"


class LinkExpired(VotingError):
    """A token after its date."""

    sentence = "这个链接已经过期。请向工作人员要新的链接。"


class LinkRevoked(VotingError):
    """A token that was taken back."""

    sentence = "这个链接已经被收回。请向工作人员要新的链接。"


class LinkNotEnough(VotingError):
    """A staff link where the staff log in."""

    sentence = (
        "本单位已启用账号登录，工作人员的链接不再能直接进入。请用账号登录；"
        "还没有账号的，请已有账号的同事在“使用人员”里邀请您，或者由管理服务器的人运行 piaojue invite。"
    )


class LinkUnfit(VotingError):
    """A link that would lead nowhere."""

    sentence = "不能发出这样的链接。请核对身份、会议和有效期。"


def issue(  # noqa: PLR0913 - one argument for each fact of a link
    store: Store,
    actor: Actor,
    role: Role,
    name: str,
    expires: datetime,
    session: str | None = None,
    scrutineer: int | None = None,
    *,
    now: datetime,
    random: Random,
) -> str:
    """The token of a new link; it is shown once and stored nowhere.

    Staff links serve the whole congress, all others one session, a scrutineer's or a teller's also one number
    in it (`scrutineer`): a scrutineer's with exactly the name under which the plenary adopts the scrutineer.
    A session has any number of ushers (several desks), and one chair, one operator, one scrutineer and one
    teller of each number: their new link ends the old one, so that whoever had it notices that
    somebody else was let in. Raises LinkUnfit, LinkNotEnough, TextError, NotFound,
    Forbidden.
    """
    require(actor, "staff", "system")
    _refuse_unfit(role, session, scrutineer)
    token = base64.urlsafe_b64encode(random(_BYTES)).decode().rstrip("=")
    new = Link(
        id=uuid4().hex,
        congress=actor.congress,
        role=role,
        name=clean_line(name, "姓名"),
        session=session,
        scrutineer=scrutineer,
        expires=expires,
        issued_by=actor.name,
        revoked_at=None,
    )
    with store.write() as tx:
        tx.sessions.congress(actor.congress)
        if session is not None:
            tx.sessions.get(actor, session)
        elif tx.memberships.office_logs_in(actor.congress):
            raise LinkNotEnough
        for old in tx.links.listing(actor):
            if role != "usher" and session and old.revoked_at is None and _seat(old) == _seat(new):
                tx.links.revoke(old, now)
        tx.links.add(new, _hash(token))
        tx.steps.add(actor, None, "issue_link", now, note=f"{ROLE_NAMES[role]}{new.name}")
    return token


def _seat(link: Link) -> tuple[Role, str | None, int | None]:
    """What only one person at a time can be in a session."""
    return link.role, link.session, link.scrutineer


def enter(store: Store, token: str, now: datetime) -> Actor:
    """Whoever holds the token. Raises LinkUnknown, LinkRevoked, LinkExpired, LinkNotEnough.

    A staff link opens everything for months with one step: it is the way in until somebody of the congress's
    staff has an account with a second step, and no longer (decisions/0013).
    """
    with store.read() as tx:
        link = tx.links.by_token(_hash(token))
        town = link is not None and tx.sessions.congress(link.congress).level == "town"
        log_in = link is not None and link.role == "staff" and tx.memberships.office_logs_in(link.congress)
    if link is None:
        raise LinkUnknown
    if link.revoked_at is not None:
        raise LinkRevoked
    if link.expires <= now:
        raise LinkExpired
    if log_in:
        raise LinkNotEnough
    return Actor(
        role=link.role,
        congress=link.congress,
        name=link.name,
        link=link.id,
        session=link.session,
        scrutineer=link.scrutineer,
        town=town,
    )


def revoke(store: Store, actor: Actor, link_id: str, now: datetime) -> Link:
    """The link leads nowhere from now on. Raises NotFound, Forbidden."""
    require(actor, "staff", "system")
    with store.write() as tx:
        link = tx.links.get(actor, link_id)
        if link.revoked_at is not None:
            return link
        tx.steps.add(actor, None, "revoke_link", now, note=f"{ROLE_NAMES[link.role]}{link.name}")
        return tx.links.revoke(link, now)


def listing(store: Store, actor: Actor) -> tuple[Link, ...]:
    """All links of the congress, without their tokens. Raises Forbidden."""
    require(actor, "staff", "system")
    with store.read() as tx:
        return tx.links.listing(actor)


def _refuse_unfit(role: Role, session: str | None, scrutineer: int | None) -> None:
    if role not in {"staff", "operator", "scrutineer", "chair", "teller", "usher"}:
        raise LinkUnfit
    if (role == "staff") != (session is None):
        raise LinkUnfit("工作人员的链接不限会议；其他身份的链接必须属于一次会议。请核对。")
    if (role in _NUMBERED) != (scrutineer is not None) or (scrutineer is not None and scrutineer < 1):
        raise LinkUnfit("监票人、计票人的链接要写明是第几名，其他身份的不写。请核对。")
    if role == "teller" and scrutineer not in {1, 2}:
        raise LinkUnfit("由两名计票人各自录入票数，第一名写1，第二名写2。请核对。")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
