"""Photos as phones and mischief-makers send them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Final

from PIL import Image

MAKER: Final = "Telltale Phone 12"


def jpeg(width: int = 640, height: int = 480, *, turned: int = 1, quality: int = 85) -> bytes:
    """A JPEG, its left half red and its right half blue, with EXIF and a comment; `turned` is EXIF's."""
    return _taken(_halves(width, height), turned, quality)


def phone(width: int, height: int, *, turned: int = 1) -> bytes:
    """The same with the grain of a telephone's camera: 12 megapixels are some 4 MB."""
    grain = Image.effect_noise((width, height), 50).convert("RGB")
    return _taken(Image.blend(_halves(width, height), grain, 0.25), turned, 85)


def _halves(width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    return picture


def _taken(picture: Image.Image, turned: int, quality: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = MAKER
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif, comment=MAKER.encode())
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """A JPEG that is hard to make small."""
    picture = Image.effect_noise((width, height), 90).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def png(width: int = 60, height: int = 40) -> bytes:
    """Transparent, in the colour of nothing."""
    out = io.BytesIO()
    Image.new("RGBA", (width, height), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def webp(width: int = 60, height: int = 40) -> bytes:
    """A WebP."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, "WEBP")
    return out.getvalue()


def claims(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds nothing of it: whoever believes it asks for the memory."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0" * 64))


def text_bomb() -> bytes:
    """A small PNG with 200 MB of zeros in a compressed comment."""
    squeezed = zlib.compress(b"\0" * (200 * 1024 * 1024), 9)
    whole = png()
    at = 33  # behind IHDR
    return whole[:at] + _chunk(b"zTXt", b"Comment\0\0" + squeezed) + whole[at:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
