"""What a congress decides about 人大评. Pure."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

MOST_MONTHS: Final = 3
Months = Annotated[int, Meta(ge=1, le=MOST_MONTHS)]
Aspect = Literal["attention", "finished", "met", "satisfied", "solved", "online", "digital"]
ASPECT_NAMES: Final[dict[Aspect, str]] = {
    "attention": "单位重视",
    "finished": "办结率",
    "met": "面商率",
    "satisfied": "满意率",
    "solved": "解决率",
    "online": "上网率",
    "digital": "数字赋能",
}
ENTERED: Final[tuple[Aspect, ...]] = ("attention", "digital")
"""What nobody can compute."""
Weight = Annotated[int, Meta(ge=0, le=100)]


class Weights(Struct, frozen=True, kw_only=True):
    """七方面指标 of 建议办理, in per cent. No rule that was found gives them: even shares until changed."""

    attention: Weight = 10
    finished: Weight = 15
    met: Weight = 15
    satisfied: Weight = 20
    solved: Weight = 20
    online: Weight = 10
    digital: Weight = 10


class RatingSettings(Struct, frozen=True, kw_only=True, tag="rating"):
    """整改 and 专题询问 measures in months (domain: 云和 1, 盘龙 3); whether units are ranked."""

    months: Months = 3
    inquiry_months: Months = 3
    ranking: bool = False
    yellow: Annotated[int, Meta(ge=0, le=60)] = 10
    """So many days before the last day, everybody whose step it is is reminded."""
    weights: Weights = Weights()
