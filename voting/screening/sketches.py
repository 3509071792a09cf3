"""待补全的草稿: what was ticked to become a candidate of a year, before anybody has said what it would cost.

Nothing is made up for it: what is not known stays empty and is named until 政府办 has filled it in and handed
it in for 预审. Then the draft has the sketch's id, and the sketch is no longer one. Pure.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from voting.text import Line

UNSAID: Final = ("投资估算", "资金来源", "牵头单位", "完成时间", "量化目标")
"""What no suggestion says in the form a candidate needs it."""


class Sketch(Struct, frozen=True, kw_only=True):
    """`place` is empty when the suggestion named no village."""

    id: str
    congress: str
    year: int
    title: Line
    place: str
    suggestion: str
    by: str
    at: datetime

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be filled in, in the order of the form."""
        return UNSAID if self.place else ("实施地点", *UNSAID)
