"""Charts of the annual report as PNG, with the Chinese font of the font package. Pure.

Each chart stands above a table with the same figures, so that nobody depends on the picture or its colours;
bars carry their number, and levels differ in brightness as well as in colour.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from voting.documents.typesetting import MissingFont
from voting.grading import ABSTAIN, UNKNOWN

WIDTH: Final = 1240
_NAMES: Final = 380
_ROW: Final = 64
_EDGE: Final = 24
_INK, _SOFT, _PAPER, _LINE = "#1d1d1f", "#5a5a5f", "#ffffff", "#c9c9ce"
BAR: Final = "#a61c1c"
PLAN: Final = "#d9d2c5"
LEVELS: Final = ("#1f6b3a", "#7fb08c", "#a61c1c", "#d99a2b", "#5b3a8c")
"""Of a stacked bar, one a level; who gave none is grey."""
_NO_LEVEL: Final = {UNKNOWN: "#8a8a90", ABSTAIN: "#c9c9ce"}
_PALE: Final = frozenset({LEVELS[1], LEVELS[3], "#c9c9ce"})
COLORS: Final = {
    "red": "#a61c1c",
    "orange": "#c8641b",
    "yellow": "#d99a2b",
    "green": "#1f6b3a",
    "blue": "#23559c",
    "none": "#8a8a90",
}

Bar = tuple[str, int, str]
"""(name, value, words beside it)."""
Level = tuple[str, Sequence[int]]
"""(name, ballots of each level)."""


def bars(rows: Sequence[Bar], color: str = BAR) -> bytes:
    """A horizontal bar for each row, the longest as wide as the chart. Raises MissingFont."""
    image, draw = _canvas(len(rows))
    most = max((value for _, value, _ in rows), default=0) or 1
    room = WIDTH - _NAMES - _EDGE - 170
    for place, (name, value, words) in enumerate(rows):
        top = _EDGE + place * _ROW
        _name(draw, name, top)
        width = room * value // most
        if width:
            draw.rectangle((_NAMES, top + 12, _NAMES + width, top + _ROW - 16), fill=color)
        draw.text((_NAMES + width + 14, top + 12), words, font=_font(26), fill=_INK)
    return _png(image)


def against_plan(rows: Sequence[tuple[str, int, int, str, str]]) -> bytes:
    """(name, done and planned per mille, words, light): the plan a broad bar, what is done a narrow one.

    Raises MissingFont.
    """
    image, draw = _canvas(len(rows))
    room = WIDTH - _NAMES - _EDGE - 240
    for place, (name, done, planned, words, light) in enumerate(rows):
        top = _EDGE + place * _ROW
        _name(draw, name, top)
        draw.rectangle((_NAMES, top + 8, _NAMES + room, top + _ROW - 12), outline=_LINE)
        if planned:
            draw.rectangle((_NAMES, top + 8, _NAMES + room * planned // 1000, top + _ROW - 12), fill=PLAN)
        if done:
            right = _NAMES + room * done // 1000
            draw.rectangle((_NAMES, top + 20, right, top + _ROW - 24), fill=COLORS.get(light, BAR))
        draw.text((_NAMES + room + 14, top + 12), words, font=_font(26), fill=_INK)
    return _png(image)


def stacked(levels: Sequence[str], rows: Sequence[Level]) -> bytes:
    """A bar of the same length for each row, divided as the ballots were; below it what the shades mean.

    Raises MissingFont.
    """
    image, draw = _canvas(len(rows) + 1)
    room = WIDTH - _NAMES - _EDGE * 2
    for place, (name, counts) in enumerate(rows):
        top = _EDGE + place * _ROW
        _name(draw, name, top)
        whole, left = sum(counts) or 1, _NAMES
        for number, count in enumerate(counts):
            right = _NAMES + room * sum(counts[: number + 1]) // whole
            if count:
                shade = _shade(levels[number], number)
                draw.rectangle((left, top + 10, right, top + _ROW - 14), fill=shade)
                _inside(draw, str(count), left, right, top, dark=shade in _PALE)
            left = right
    _legend(draw, levels, _EDGE + len(rows) * _ROW)
    return _png(image)


def _canvas(rows: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (WIDTH, _EDGE * 2 + _ROW * max(rows, 1)), _PAPER)
    return image, ImageDraw.Draw(image)


def _name(draw: ImageDraw.ImageDraw, name: str, top: int) -> None:
    """At the right edge of the names, cut where there is no room."""
    font, shown = _font(26), name
    while font.getlength(shown) > _NAMES - 40:
        shown = shown.removesuffix("…")[:-1] + "…"
    draw.text((_NAMES - 20 - font.getlength(shown), top + 12), shown, font=font, fill=_INK)


def _shade(level: str, number: int) -> str:
    return _NO_LEVEL.get(level, LEVELS[number % len(LEVELS)])


def _inside(draw: ImageDraw.ImageDraw, words: str, left: int, right: int, top: int, *, dark: bool) -> None:
    """In the middle of a part that is wide enough; the table below has every figure."""
    font = _font(24)
    width = font.getlength(words)
    if right - left > width + 10:
        place = (left + (right - left - width) / 2, top + 13)
        draw.text(place, words, font=font, fill=_INK if dark else _PAPER)


def _legend(draw: ImageDraw.ImageDraw, levels: Sequence[str], top: int) -> None:
    left = float(_NAMES)
    for number, name in enumerate(levels):
        draw.rectangle((left, top + 16, left + 28, top + 44), fill=_shade(name, number))
        draw.text((left + 38, top + 12), name, font=_font(24), fill=_SOFT)
        left += 38 + _font(24).getlength(name) + 30


def _font(size: int) -> ImageFont.FreeTypeFont:
    """Raises MissingFont."""
    try:
        from pylopdf_fonts_zh_cn import sans_path  # its absence has a sentence of its own

        return ImageFont.truetype(str(sans_path()), size)
    except (ImportError, OSError):
        raise MissingFont from None


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()
