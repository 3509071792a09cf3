"""A photo that somebody sent, made anew: turned upright, made small, and rid of everything else it carried.

Nothing of the sender's bytes is kept: a phone writes the place, the time and its own number into a picture.
Measured on one core: 12 megapixels of JPEG take about 0.07 s and 20 MB, hence a thread and never the event
loop. What our own page has made small before sending (web/static/photos.js) takes a third of that.
"""

from __future__ import annotations

import io
import struct
from typing import Final

from msgspec import Struct
from PIL import Image
from PIL.Image import Transpose

from voting.errors import VotingError

MOST_PHOTOS: Final = 6
MOST_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
"""A phone's camera makes 12, a good one 36; 50 million are 150 MB in memory."""
SIDE: Final = 1600
DECODED_SIDES: Final = 1400, 2048
"""A JPEG is decoded at a half, a quarter, an eighth: what comes out between these two stays as it is, for
making it 1600 would cost half as much again."""
SMALL_SIDE: Final = 400
AIM_BYTES: Final = 350 * 1024

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_ORIENTATION: Final = 0x0112
_UPRIGHT: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# What Pillow raises over a file that is damaged, cut off, or made to harm.
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    MemoryError,
    ZeroDivisionError,
    OverflowError,
    struct.error,
)


class PhotoError(VotingError):
    """A file that is no photo we can take."""

    sentence = "照片无法读取。请换一张 JPEG 或者 PNG 格式的照片。"


class Prepared(Struct, frozen=True, kw_only=True):
    """A photo as it is kept: two JPEGs of our own making, `width` and `height` those of `body` in pixels."""

    width: int
    height: int
    small: bytes
    body: bytes


class Photo(Struct, frozen=True, kw_only=True):
    """A kept photo without its bytes; `place` counts from 1."""

    id: str
    congress: str
    suggestion: str
    place: int
    width: int
    height: int


def prepare(raw: bytes) -> Prepared:
    """JPEG, PNG or WebP of at most 12 MB and 40 million pixels, made anew. Raises PhotoError."""
    if not raw:
        raise PhotoError("照片文件是空的。请重新选择。")
    if len(raw) > MOST_BYTES:
        raise PhotoError(
            f"照片有 {len(raw) / 1024 / 1024:.0f} MB，每张最多 12 MB。请在手机里选“中等大小”后再传。"
        )
    opened = _open(raw)
    _refuse_huge(*opened.size)
    try:
        upright = _upright(opened)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except _DAMAGE:
        raise PhotoError("照片不完整或者已经损坏，无法读取。请换一张。") from None
    return Prepared(
        width=upright.width, height=upright.height, small=_jpeg(_small(upright), 75), body=_slim(upright)
    )


def _open(raw: bytes) -> Image.Image:
    """The header only: nothing has been decoded yet."""
    try:
        return Image.open(io.BytesIO(raw), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except _DAMAGE:
        if raw[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"}:
            raise PhotoError(
                "照片是 HEIC 格式，不能读取。请在手机相册里另存为 JPEG，或者用微信发送后保存再传。"
            ) from None
        raise PhotoError("文件不是照片，或者格式不能读取。请选择 JPEG、PNG 或者 WebP 格式的照片。") from None


def _refuse_huge(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise PhotoError(
            f"照片有 {width * height / 1_000_000:.0f} 百万像素，最多 40 百万像素。请缩小后再传。"
        )
    if min(width, height) < 8:
        raise PhotoError("照片太小，看不清内容。请换一张。")


def _too_many_pixels() -> PhotoError:
    return PhotoError("照片的像素太多，最多 40 百万像素。请缩小后再传。")


def _upright(opened: Image.Image) -> Image.Image:
    """At most 2048 pixels a side, turned as the camera was held, carrying nothing but what can be seen."""
    turn = _UPRIGHT.get(opened.getexif().get(_ORIENTATION, 1))
    opened.draft("RGB", _within_side(opened))  # JPEG only: decodes at a fraction, in a fraction of the memory
    if max(opened.size) > DECODED_SIDES[1]:
        opened.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
    turned = opened if turn is None else opened.transpose(turn)
    if turned.mode == "P" or "A" in turned.getbands():
        sheet, turned = Image.new("RGB", turned.size, "white"), turned.convert("RGBA")
        sheet.paste(turned, mask=turned.getchannel("A"))
        return sheet
    turned.load()
    plain = turned if turned.mode == "RGB" else turned.convert("RGB")
    # What Pillow knows of the file it may write again, a comment for one.
    plain.info = {}
    return plain


def _within_side(opened: Image.Image) -> tuple[int, int]:
    """At least so large: with a square's side for both, a fraction would fall short of the shorter."""
    scale = min(1.0, DECODED_SIDES[0] / max(opened.size))
    return max(1, int(opened.width * scale)), max(1, int(opened.height * scale))


def _small(picture: Image.Image) -> Image.Image:
    """At most 400 pixels a side; whole pixels together first, which is quick."""
    small = picture.reduce(max(1, max(picture.size) // SMALL_SIDE))
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.BOX)
    return small


def _slim(picture: Image.Image) -> bytes:
    """As good as fits into about 350 KB, which one of more than 1600 pixels hardly does at the best."""
    body = b""
    for quality in (80, 62, 45)[max(picture.size) > SIDE :]:
        body = _jpeg(picture, quality)
        if len(body) <= AIM_BYTES:
            break
    return body


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
