"""Photos are made anew: upright, small, without anything the sender did not mean to send."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests import pictures
from voting.photos import AIM_BYTES, MOST_BYTES, PhotoError, prepare


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def test_a_large_photo_becomes_two_small_jpegs() -> None:
    made = prepare(pictures.noise(2400, 1800))
    body, small = opened(made.body), opened(made.small)
    assert (body.format, small.format) == ("JPEG", "JPEG")
    assert body.size == (made.width, made.height) == (1600, 1200)
    assert max(small.size) == 400
    assert len(made.small) < len(made.body)


def test_an_ordinary_photo_fits_into_the_aim() -> None:
    assert len(prepare(pictures.jpeg(4000, 3000)).body) <= AIM_BYTES


def test_a_small_photo_is_not_blown_up() -> None:
    made = prepare(pictures.jpeg(200, 100))
    assert (made.width, made.height) == (200, 100)


def test_nothing_of_the_camera_is_kept() -> None:
    raw = pictures.jpeg()
    assert raw.count(pictures.MAKER.encode()) == 2
    made = prepare(raw)
    for body in (made.body, made.small):
        assert pictures.MAKER.encode() not in body
        assert len(opened(body).getexif()) == 0
        assert "comment" not in opened(body).info


@pytest.mark.parametrize(
    ("turned", "red_at"),
    [
        (1, (5, 25)),
        (2, (95, 25)),
        (3, (95, 25)),
        (4, (5, 25)),
        (5, (25, 5)),
        (6, (25, 5)),
        (7, (25, 95)),
        (8, (25, 95)),
    ],
)
def test_a_photo_stands_as_the_camera_was_held(turned: int, red_at: tuple[int, int]) -> None:
    """The left half of the sensor's picture is red; EXIF says where left is in the world."""
    made = prepare(pictures.jpeg(100, 50, turned=turned))
    body = opened(made.body)
    assert body.size == ((100, 50) if turned < 5 else (50, 100))
    pixel = body.getpixel(red_at)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 60


def test_what_is_transparent_becomes_white() -> None:
    pixel = opened(prepare(pictures.png()).body).getpixel((5, 5))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


def test_webp_is_taken() -> None:
    assert opened(prepare(pictures.webp()).body).format == "JPEG"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "空的"),
        (b"<html>not a photo</html>", "不是照片"),
        (b"GIF89a" + bytes(100), "不是照片"),
        (b"PK\x03\x04" + bytes(100), "不是照片"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "不是照片"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xff\xd8" + bytes(MOST_BYTES), "最多 12 MB"),
        (pictures.jpeg(800, 600)[:4000], "损坏"),
        (pictures.claims(10_000, 5_000), "50 百万像素"),
        (pictures.claims(60_000, 60_000), "像素太多"),
        (pictures.claims(12_000, 8_000), "像素"),
        (pictures.claims(1, 1), "太小"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(raw: bytes, sentence: str) -> None:
    with pytest.raises(PhotoError, match=sentence):
        prepare(raw)


def test_a_bomb_in_a_comment_is_refused_or_left_unread() -> None:
    with pytest.raises(PhotoError):
        prepare(pictures.text_bomb())
