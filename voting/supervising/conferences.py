"""会商: who sat together, what was agreed, and who does what by when. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.supervising.refusals import SupervisionInput
from voting.supervising.visits import filled
from voting.text import Line, Prose, clean_line

MOST_COMMITMENTS: Final = 8


class Conference(Struct, frozen=True, kw_only=True):
    id: str
    congress: str
    project: str
    day: date
    subject: Line
    participants: Prose
    agreed: Prose
    by: str
    at: datetime
    released_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Commitment(Struct, frozen=True, kw_only=True):
    """`place` from 1; `done_on` None: still to be done."""

    congress: str
    conference: str
    place: int
    who: Line
    what: Line
    due: date
    done_on: date | None = None
    done_by: str = ""

    def is_late(self, day: date) -> bool:
        return self.done_on is None and day > self.due


class Agreed(Struct, frozen=True, kw_only=True):
    """A 会商 as it is entered; `commitments` are (who, what, by when)."""

    day: date
    subject: str
    participants: str
    agreed: str
    commitments: Sequence[tuple[str, str, date]] = ()


def check_conference(entered: Agreed, day: date) -> Agreed:
    """As it may be kept. Raises SupervisionInput, TextError."""
    if entered.day > day:
        raise SupervisionInput("会商日期在今天以后。请在会商以后登记。")
    if len(entered.commitments) > MOST_COMMITMENTS:
        raise SupervisionInput(f"约定事项最多{MOST_COMMITMENTS}项。请合并。")
    return Agreed(
        day=entered.day,
        subject=clean_line(entered.subject, "会商事项"),
        participants=filled(entered.participants, "参加人员"),
        agreed=filled(entered.agreed, "议定意见"),
        commitments=tuple(
            _commitment(place, entered.day, one) for place, one in enumerate(entered.commitments, start=1)
        ),
    )


def _commitment(place: int, held: date, one: tuple[str, str, date]) -> tuple[str, str, date]:
    who, what, due = one
    if due < held:
        raise SupervisionInput(f"第{place}项约定的期限早于会商日期。请修改。")
    return clean_line(who, f"第{place}项由谁办"), clean_line(what, f"第{place}项办什么"), due
