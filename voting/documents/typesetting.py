"""From a template beside this file and data in memory to a PDF: no temporary file, no system font.

Only the Noto Sans/Serif of the font packages and the fonts inside typst are used, so that the same
arguments give the same bytes on every machine. Rare characters: see `glyphs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import typst

from voting.days import CHINA
from voting.documents.glyphs import folders_of_others, printable
from voting.errors import VotingError

FAMILIES = ("Noto Sans SC", "Noto Serif SC", "DejaVu Sans Mono")


class DocumentError(VotingError):
    """A document that cannot be made or saved."""

    sentence = "文件没有生成。请重试；仍不行请联系系统管理员。"


class MissingFont(DocumentError):
    """The font package is absent or incomplete."""

    sentence = "缺少中文字体，无法生成PDF。请用 pip 重新安装 pylopdf-fonts-zh-cn 后再试。"


def typeset(
    template: str, data: Mapping[str, object], timestamp: datetime, *, archival: bool = False
) -> bytes:
    """PDF of `template` (a .typ file of this folder or of `session`), which finds `data` in `data.json`.

    `timestamp` (aware) is all of the clock that enters the file. `archival` gives PDF/A-2b with tags, for
    documents that go into the file; without it the PDF is smaller. Raises MissingFont.
    """
    folder = files(__package__)
    inputs = _templates(folder) | _templates(folder / "session")
    shown = printable(msgspec.json.encode(data).decode())
    inputs |= {"main.typ": inputs[template], "data.json": shown.encode()}
    compiler = typst.Compiler(input=inputs, font_paths=chinese_fonts())  # type: ignore[type-var]  # stub lacks dict
    pdf = compiler.compile(
        format="pdf",
        timestamp=int(timestamp.timestamp()),
        pdf_standards=["a-2b"] if archival else [],
        pdf_tags=archival,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no PDF")
    return pdf


def _templates(folder: Traversable) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".typ")}


def chinese_fonts() -> typst.Fonts:
    """The fonts every document here is set in. Raises MissingFont."""
    try:
        from pylopdf_fonts_zh_cn import sans_path  # its absence has a sentence of its own
    except ImportError:
        raise MissingFont from None
    return _loaded((sans_path().parent, *folders_of_others()))


@cache
def _loaded(folders: tuple[Path, ...]) -> typst.Fonts:
    """Read once in a process: they are three quarters of the work of a short document."""
    found = typst.Fonts(include_system_fonts=False, font_paths=list(folders))
    if not set(FAMILIES) <= set(found.families()):
        raise MissingFont
    return found


def chinese_date(day: date) -> str:
    """2026年1月25日; an aware datetime is read on Beijing's clock (GB/T 9704: no leading zeros)."""
    if isinstance(day, datetime):
        day = day.astimezone(CHINA)
    return f"{day.year}年{day.month}月{day.day}日"
