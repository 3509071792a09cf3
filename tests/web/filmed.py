"""A camera in front of which a test holds cards: a film that Chromium takes for what the camera sees."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import qrcode  # type: ignore[import-untyped]  # it ships no types
from PIL import Image

_SIZE: Final = (640, 480)
_FRAMES: Final = 3


class Film:
    """Shows what was put in front of it last, from the next time that a page switches the camera on."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "camera.mjpeg"
        self._next = folder / "next.mjpeg"
        self.show(None)

    def show(self, text: str | None, turned: int = 7) -> None:
        """A card with this text in its QR code, held askew by so many degrees; None: an empty table."""
        picture = Image.new("RGB", _SIZE, "#8a8078")
        if text is not None:
            card = _code(text).rotate(turned, expand=True, fillcolor="#8a8078")
            picture.paste(card, ((_SIZE[0] - card.width) // 2, (_SIZE[1] - card.height) // 2))
        frame = io.BytesIO()
        picture.save(frame, "JPEG", quality=80)
        # Never into the file itself, which Chromium may be reading.
        self._next.write_bytes(frame.getvalue() * _FRAMES)
        self._next.replace(self.file)


def _code(text: str) -> Image.Image:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4, box_size=6)
    code.add_data(text)
    drawn: Image.Image = code.make_image().get_image().convert("RGB")
    return drawn
