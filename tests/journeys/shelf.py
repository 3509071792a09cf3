"""What a plenary prints: passes that a camera reads, and every paper of the session, opened again."""

from __future__ import annotations

import codecs
import io
import subprocess
from collections import Counter
from typing import Final

import httpx
import zxingcpp
from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from PIL import Image
from pypdf import PdfReader

from tests import parts
from tests.journeys.plenary import Plenary

FORMS: Final = ("pdf", "docx", "xlsx", "csv")


def scanned_pass(hall: Plenary, deputies: int, name: str) -> str:
    """What the QR code of this deputy's printed pass says."""
    parts.need("poppler-utils")
    clerk = hall.at_session()
    clerk.follow("出席证")
    if "还没有出席证" in clerk.text:
        clerk.press(f"给全部 {deputies} 位代表制作出席证")
    command = ["pdftoppm", "-gray", "-r", "150", "-singlefile", "-"]
    shown = subprocess.run(
        command, input=clerk.download(f"下载{name}的出席证"), capture_output=True, check=True
    )
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shown.stdout)))
    return code.text


def take_papers_home(hall: Plenary) -> None:
    """Every file that the list offers, opened."""
    hall.at_session().follow("打开文件清单")
    offered = {href for _, href in hall.clerk.links() if href.rsplit("/", 1)[-1] in FORMS}
    endings = Counter(open_paper(hall.clerk.fetch(href)) for href in sorted(offered))
    assert endings["pdf"] > 20
    assert endings["docx"] > 20


def open_paper(answer: httpx.Response) -> str:
    """A kind of file, which a library has opened."""
    ending = answer.url.path.rsplit("/", 1)[1]
    if ending == "pdf":
        assert "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).strip()
    elif ending == "docx":
        assert [one for one in Document(io.BytesIO(answer.content)).element.body.itertext() if one.strip()]
    elif ending == "xlsx":
        assert load_workbook(io.BytesIO(answer.content)).active.max_row > 1
    else:
        assert answer.content.startswith(codecs.BOM_UTF8)
    return ending
