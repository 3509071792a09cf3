"""Promises about files that bodies hand in: documents are kept, everything else is refused. Pure."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.drafts import PDF
from voting.screening.papers import MOST_BYTES, PaperError, check_paper, media_type


def docx(*names: str) -> bytes:
    """A zip with parts of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return file.getvalue()


WORD = docx("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("纪要.pdf", b"<html>"),
        ("纪要.pdf", b""),
        ("纪要.pdf", PDF[:-8]),
        ("纪要.docx", PDF),
        ("纪要.docx", b"PK\x03\x04" + b"\x00" * 60),
        ("纪要.docx", docx("hello.txt")),
        ("纪要.docx", docx("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("纪要.pdf", WORD),
        ("纪要.exe", PDF),
        ("纪要.pdf.html", PDF),
        ("纪要", PDF),
        ("大.pdf", b"%PDF-" + b" " * MOST_BYTES + b"%%EOF"),
    ],
)
def test_what_is_no_document_is_refused(name: str, body: bytes) -> None:
    with pytest.raises(PaperError):
        check_paper(name, body)


@pytest.mark.parametrize(
    ("name", "body", "kept"),
    [
        ("第3号会议纪要.pdf", PDF, "第3号会议纪要.pdf"),
        ("C:\\文件\\纪要.DOCX", WORD, "纪要.docx"),
        ("../../etc/x.pdf", PDF, "x.pdf"),
        ("a\x00b.pdf", PDF, "文件.pdf"),
        ("\u202egnp.pdf", PDF, "文件.pdf"),
        ("长" * 300 + ".pdf", PDF, "长" * 80 + ".pdf"),
    ],
)
def test_a_document_is_kept_under_a_name_that_can_be_printed(name: str, body: bytes, kept: str) -> None:
    assert check_paper(name, body) == kept


def test_it_is_given_back_as_what_it_is() -> None:
    assert media_type("纪要.pdf") == "application/pdf"
