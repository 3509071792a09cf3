"""The day in China, wherever the machine stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def today(now: datetime) -> date:
    """The day in China."""
    return now.astimezone(CHINA).date()
