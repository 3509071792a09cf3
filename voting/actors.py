"""Who asks: every moment and every read of the service takes an `Actor`, and refuses the wrong one."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError

Role = Literal[
    "staff",
    "government_office",
    "unit",
    "deputy",
    "presidium",
    "operator",
    "scrutineer",
    "chair",
    "teller",
    "usher",
    "public",
    "system",
]

ROLE_NAMES: Final[dict[Role, str]] = {
    "staff": "工作人员",
    "government_office": "政府办",
    "unit": "承办单位",
    "deputy": "代表",
    "presidium": "主席团",
    "operator": "会务操作员",
    "scrutineer": "监票人",
    "chair": "执行主席",
    "teller": "计票人",
    "usher": "签到员",
    "public": "公众",
    "system": "本机管理员",
}


class Forbidden(VotingError):
    """Somebody else's step."""

    sentence = "您没有进行这一步的权限。"


class NotFound(VotingError):
    """Not there, or not there for this actor: the two look the same."""

    sentence = "没有找到您要看的内容。请核对网址或链接。"


class NotYet(VotingError):
    """It will be shown, but not at this point of the procedure."""

    sentence = "现在还不能查看。请等待大会进行到这一步。"


class Actor(Struct, frozen=True, kw_only=True):
    """A role in one congress, entered by a personal link or by an account.

    `link` is the id of that link, or of the account's membership: the actor's own pages lie below it.
    `session` is set for whoever serves one session only (operator, scrutineer, chair), `scrutineer` is the
    scrutineer's number in it; `unit` and `deputy` say which one. In a town the clerk does the government
    office's part too, hence `town`. The public belongs to no congress: its `congress` is empty.
    """

    role: Role
    congress: str
    name: str
    link: str | None = None
    session: str | None = None
    scrutineer: int | None = None
    account: str | None = None
    unit: str | None = None
    deputy: str | None = None
    town: bool = False


PUBLIC: Final = Actor(role="public", congress="", name="公众")


def system(congress: str) -> Actor:
    """The installation itself, at its own command line."""
    return Actor(role="system", congress=congress, name="本机命令")


def require(actor: Actor, *roles: Role) -> None:
    """Raises Forbidden unless the actor has one of the roles."""
    if actor.role not in roles:
        allowed = "、".join(ROLE_NAMES[role] for role in roles)
        raise Forbidden(f"这一步只能由{allowed}进行，您进入时的身份是{ROLE_NAMES[actor.role]}。")
