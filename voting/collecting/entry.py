"""What somebody wants to say, checked before it becomes a suggestion. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from msgspec import Struct

from voting.errors import TextError, VotingError
from voting.photos import Prepared
from voting.text import Line, Prose, clean_line, clean_prose

LABELS: Final = {
    "title": "标题",
    "text": "现状和诉求",
    "spot": "具体地点",
    "proposer": "姓名",
    "phone": "电话",
}
COMPLAINT_ADVICE: Final = (
    "投诉举报不在这里办理。涉及个人权益纠纷、信访事项的，请到当地信访局或者拨打信访电话反映；"
    "日常生活中的困难和投诉，请拨打 12345 政务服务便民热线；举报违纪违法，请拨打 12388。"
)

_PHONE = re.compile(r"[0-9+][0-9 ()+-]{3,22}[0-9]")


class EntryError(VotingError):
    """A place, category or station that is not on the congress's list."""

    sentence = "所选的内容不在名单上。请重新选择。"


class Entry(Struct, frozen=True, kw_only=True):
    """The words of a suggestion and where it belongs; empty or None: not said."""

    title: Line
    text: Prose
    category: str | None = None
    village: str | None = None
    station: str | None = None
    spot: str = ""
    proposer: str = ""
    phone: str = ""
    confidential: bool = False
    photos: tuple[Prepared, ...] = ()


def clean_text(text: str) -> Prose:
    """What is the matter and what is wanted, 1..2000 characters. Raises TextError."""
    prose = clean_prose(text, LABELS["text"])
    if not prose:
        raise TextError(f"没有填写“{LABELS['text']}”。请写明现在是什么情况、希望怎么解决。")
    return prose


def clean_optional(text: str, field: str) -> str:
    """One line that may stay empty. Raises TextError."""
    return clean_line(text, field) if text.strip() else ""


def clean_phone(text: str) -> str:
    """A telephone number as people write it, or nothing. Raises TextError."""
    phone = unicodedata.normalize("NFKC", text).strip()
    if phone and not _PHONE.fullmatch(phone):
        raise TextError(
            "电话号码写法不对。请只写数字，例如 13912345678 或者 0917-4241234；不留电话可以空着。"
        )
    return phone


def cleaned(entry: Entry) -> Entry:
    """The entry as it is kept. Raises TextError for the first thing that cannot be printed."""
    return Entry(
        title=clean_line(entry.title, LABELS["title"]),
        text=clean_text(entry.text),
        category=entry.category or None,
        village=entry.village or None,
        station=entry.station or None,
        spot=clean_optional(entry.spot, LABELS["spot"]),
        proposer=clean_optional(entry.proposer, LABELS["proposer"]),
        phone=clean_phone(entry.phone),
        confidential=entry.confidential,
        photos=entry.photos,
    )
