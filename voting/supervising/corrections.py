"""更正 and 撤回 of what supervision wrote down: the old words stay beside the new ones. Pure.

The public sees a correction of what it had been shown; what was put right before, or while it was held back,
was never public and does not become so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from voting.documents.typesetting import chinese_date
from voting.supervising.conferences import Commitment, Conference
from voting.supervising.orders import Order
from voting.supervising.refusals import SupervisionStep
from voting.supervising.visits import Visit, filled
from voting.text import Prose

CorrectionKind = Literal["correction", "withdrawal"]
Lines = tuple[tuple[str, str, str], ...]
"""(what, old words, new words)."""


class Correction(Struct, frozen=True, kw_only=True):
    """`of` is the visit, 督办单 or 会商, also of what was answered to it; without `lines` a withdrawal."""

    id: str
    congress: str
    project: str
    of: str
    kind: CorrectionKind
    lines: Lines
    reason: Prose
    public: bool
    by: str
    at: datetime


def reason_for(reason: str, kind: CorrectionKind = "correction") -> str:
    """Raises SupervisionInput, TextError."""
    return filled(reason, "更正原因" if kind == "correction" else "撤回原因")


def demand_newest(made: Sequence[Correction], known: int) -> None:
    """`known`: how many corrections the form was made from. Raises SupervisionStep."""
    if len(made) != known:
        who = made[-1].by if made else "别人"
        raise SupervisionStep(f"{who}刚刚更正过这份记录，您填写的没有保存。请刷新页面，对照后再更正。")


def demand_standing(withdrawn_at: datetime | None) -> None:
    """Raises SupervisionStep."""
    if withdrawn_at is not None:
        raise SupervisionStep("这份记录已经撤回，不能再办理。")


def demand_unreleased(released_at: datetime | None) -> None:
    """Raises SupervisionStep."""
    if released_at is not None:
        raise SupervisionStep("已经公开的记录不能撤回。写错的请更正；公众会看到更正前后的内容。")


def visit_lines(old: Visit, new: Visit) -> Lines:
    names = {"who": "视察人员", "seen": "看到的情况", "opinion": "意见建议"}
    return _differing([_day("视察日期", old, new), *_named(old, new, names)])


def order_lines(old: Order, new: Order) -> Lines:
    names = {"number": "编号", "decision": "决定", "matter": "督办事项", "demand": "办理要求"}
    due = ("答复期限", chinese_date(old.due), chinese_date(new.due))
    return _differing([_day("发出日期", old, new), due, *_named(old, new, names)])


def conference_lines(
    old: Conference, before: Sequence[Commitment], new: Conference, after: Sequence[Commitment]
) -> Lines:
    names = {"subject": "会商事项", "participants": "参加人员", "agreed": "议定意见"}
    agreed = ("约定事项", "\n".join(map(_words, before)), "\n".join(map(_words, after)))
    return _differing([_day("会商日期", old, new), *_named(old, new, names), agreed])


_Dated = Visit | Order | Conference


def _day(label: str, old: _Dated, new: _Dated) -> tuple[str, str, str]:
    return label, chinese_date(old.day), chinese_date(new.day)


def _named(old: Struct, new: Struct, names: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(label, getattr(old, name), getattr(new, name)) for name, label in names.items()]


def _differing(found: Sequence[tuple[str, str, str]]) -> Lines:
    return tuple(one for one in found if one[1] != one[2])


def _words(one: Commitment) -> str:
    return f"{one.who}：{one.what}，{chinese_date(one.due)}前"
