"""Files that bodies hand in: PDF or .docx, kept as they are and only ever given back as a download. Pure.

Nothing is unpacked, so nothing in them can blow up or run here; what claims to be a document and is none, or
carries macros, is refused.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import Final

from voting.errors import TextError, VotingError
from voting.text import clean_line

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PARTS: Final = 5_000
_PDF_END: Final = 2048
"""`%%EOF` stands in the last bytes; some programs write a little behind it."""
MEDIA_TYPES: Final[dict[str, str]] = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PaperError(VotingError):
    """A file that is no document we can keep."""

    sentence = "文件不能使用。请上传 PDF 或者 .docx 文件。"


def check_paper(name: str, body: bytes) -> str:
    """The name to keep it under. Raises PaperError."""
    if not body:
        raise PaperError("文件是空的。请重新选择文件。")
    if len(body) > MOST_BYTES:
        raise PaperError("文件超过 10 MB。请压缩或者拆分后再上传。")
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix == ".pdf":
        _check_pdf(body)
    elif suffix == ".docx":
        _check_docx(body)
    else:
        raise PaperError
    return _kept_name(name, suffix)


def media_type(name: str) -> str:
    """By the suffix that `check_paper` has checked."""
    return MEDIA_TYPES[PurePosixPath(name).suffix]


def _check_pdf(body: bytes) -> None:
    if not body.startswith(b"%PDF-") or b"%%EOF" not in body[-_PDF_END:]:
        raise PaperError("这不是完整的 PDF 文件。请重新导出或者扫描后再上传。")


def _check_docx(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise PaperError("这不是 .docx 文件，或者文件已损坏。请用 WPS 或者 Word 另存后再上传。") from None
    if len(names) > MOST_PARTS or not {"[Content_Types].xml", "word/document.xml"} <= set(names):
        raise PaperError("这不是 .docx 文件，或者文件已损坏。请用 WPS 或者 Word 另存后再上传。")
    if any("vbaproject" in one.lower() for one in names):
        raise PaperError("文件中带有宏，不能上传。请另存为不带宏的 .docx 或者 PDF。")


def _kept_name(name: str, suffix: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    try:
        return clean_line(stem[:80], "文件名") + suffix
    except TextError:
        return "文件" + suffix
