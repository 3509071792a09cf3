"""投票卡: sheets of sealed cards as one PDF, and its way to the disk.

Four cards stand side by side on a single-sided A4 sheet, each 52.5 mm wide and three panels of 99 mm high.
The sheet is folded like a Z, then cut, then sealed:

    y   0-99   外面   seen from outside; the same on every card
    y  99      fold backwards
    y  99-198  正面   QR, secret, serial; lies face to face with the stub
    y 198      fold forwards; torn here by the deputy
    y 198-297  存根   a masking pattern over what it covers, and the serial
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import qrcode  # type: ignore[import-untyped]  # it ships no types

from ballots.credentials import generate
from voting.cards import serial_of
from voting.documents.typesetting import DocumentError, chinese_date, typeset

CARDS_PER_SHEET = 4
QUIET_MODULES = 4
MASK_COLUMNS, MASK_ROWS = 51, 83
DECOY_LAYERS = 3


def cards_pdf(
    session_title: str,
    congress_name: str,
    url_base: str,
    credentials: Sequence[str],
    timestamp: datetime,
    serial_start: int = 1,
    reserve: int = 0,
) -> bytes:
    """A cover sheet without secrets, then the cards in the order given, serials ascending.

    `url_base` is `https://HOST/v/CODE`; the QR of a card is `url_base#CREDENTIAL`. The last `reserve` cards
    are for the envelope of the scrutineers: the cover says which they are, the cards do not. Raises
    MissingFont.
    """
    serials = [serial_of(number) for number in range(serial_start, serial_start + len(credentials))]
    cards = [
        {"serial": serial, "groups": credential.split("-"), "qr": qr_svg(f"{url_base}#{credential}")}
        for serial, credential in zip(serials, credentials, strict=True)
    ]
    data = {
        "congress": congress_name,
        "session": session_title,
        "title": title_lines(session_title),
        "address": url_base.removeprefix("https://"),
        "date": chinese_date(timestamp),
        "first": serials[0],
        "last": serials[-1],
        "number": len(cards),
        "reserve": {"number": reserve, "first": serials[-reserve]} if reserve else None,
        "sheets": -(-len(cards) // CARDS_PER_SHEET),
        "mask": {"columns": MASK_COLUMNS, "rows": MASK_ROWS, "pixels": list(mask())},
        "decoys": decoys(len(serials[0])),
        "cards": cards,
    }
    return typeset("cards.typ", data, timestamp)


def qr_svg(text: str) -> str:
    """QR with level Q (a quarter may be dirty) and its quiet zone, one unit a module."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=QUIET_MODULES)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h{run}v1h-{run}z" for y, row in enumerate(rows) for x, run in _runs(row))
    box = f"0 0 {len(rows)} {len(rows)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><path d="{path}"/></svg>'


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(start, length) of each stretch of dark modules."""
    start = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None


def mask() -> bytes:
    """A fixed noise, one byte a module, that hides what it is laid upon; the same on every card."""
    noise = hashlib.shake_256(b"piaojue card mask").digest(MASK_COLUMNS * MASK_ROWS)
    return bytes(0 if byte < 128 else 255 for byte in noise)


def decoys(digits: int) -> list[dict[str, object]]:
    """Fixed cards of nobody, printed over one another where the real code will lie."""
    stream = hashlib.shake_256(b"piaojue card decoys")
    random = BytesIO(stream.digest(4096)).read
    return [
        {
            "groups": generate(random).split("-"),
            "serial": f"{int.from_bytes(random(8)) % 10**digits:0{digits}d}",
        }
        for _ in range(DECOY_LAYERS)
    ]


def title_lines(title: str) -> list[str]:
    """A session's title breaks after 代表大会 where it is too long for one line of a card."""
    head, found, tail = title.partition("代表大会")
    return [head + found, tail] if len(title) > 16 and tail else [title]


def write_cards(directory: Path, deck: bytes, pdf: bytes) -> list[Path]:
    """`cards.pdf` (mode 600) and `deck.json`, in a folder made if need be.

    All or nothing; overwrites nothing; no other file is touched. Raises DocumentError.
    """
    contents = {directory / "deck.json": deck, directory / "cards.pdf": pdf}
    written: list[Path] = []
    try:
        _refuse_existing(contents)
        directory.mkdir(mode=0o700, exist_ok=True)
        for path, content in contents.items():
            _create(path, content, written)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise DocumentError(f"无法写入文件夹 {directory} 。请检查权限和剩余空间，或换一个文件夹。") from None
    return written


def _refuse_existing(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists() or path.is_symlink():
            raise DocumentError(f"{path} 已经存在，没有覆盖。请换一个空文件夹，或先妥善处理旧文件。")


def _create(path: Path, content: bytes, written: list[Path]) -> None:
    """Creates with the final mode at once, so that a secret is never readable by others even for a moment."""
    mode = 0o600 if path.suffix == ".pdf" else 0o644
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    written.append(path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
