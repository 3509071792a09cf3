"""Forms with photos, and one document: the words are kept whatever happens to the files, and files never fill
the memory.

Photos go to temporary files as they arrive. One that is too large, or one too many, is let go by and named,
so that nobody has to type anything again because of it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, Final, TypeVar

from anyio import to_thread
from litestar import Request
from litestar.exceptions import HTTPException
from multipart import (  # type: ignore[import-untyped]  # it ships no types
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
)

from voting.photos import MOST_BYTES, MOST_PHOTOS, PhotoError, Prepared, prepare
from web.forms import MOST_FIELDS, MOST_FORM_BYTES, Form, Upload, read_form
from web.installation import Installation
from web.refusals import FormTooLarge, FormUnreadable, PhotosTooLarge, RequestInterrupted

MOST_KEPT_BYTES: Final = 40 * 1024 * 1024
MOST_REQUEST_BYTES: Final = 80 * 1024 * 1024
"""Beyond `MOST_KEPT_BYTES` photos are let go by; beyond this nobody listens any more."""
_IN_MEMORY: Final = 256 * 1024
_AT_ONCE: Final = 2
"""Photos of one form are made anew on two cores."""
PHOTOS: Final = "photos"
DOCUMENT: Final = "document"

Answer = TypeVar("Answer")


@dataclass
class PhotoFile:
    """A photo as it was sent: on disk, or only its name when it was let go by."""

    name: str
    file: SpooledTemporaryFile[bytes]
    size: int = 0
    fault: str = ""

    async def write(self, chunk: bytes, room: int) -> None:
        """Keep a piece, unless this photo, or all of them together, are too large."""
        self.size += len(chunk)
        if self.fault:
            return
        if self.size > MOST_BYTES:
            self.fault = "超过 12 MB。请在手机里选“中等大小”后再传。"
        elif len(chunk) > room:
            self.fault = "这一次传的照片加起来超过 40 MB。请减少几张，或者选“中等大小”后再传。"
        if self.fault:
            self.file.close()
        elif self.size > _IN_MEMORY:
            await to_thread.run_sync(self.file.write, chunk)
        else:
            self.file.write(chunk)


@dataclass
class PhotoForm:
    """A form and the photos that came with it."""

    form: Form
    photos: list[PhotoFile] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """How many bytes lie on disk."""
        return sum(one.size for one in self.photos if not one.fault)

    def prepared(self) -> tuple[Prepared, ...]:
        """The photos made anew; what is wrong with any stands beside the field. Decodes: not for the loop."""
        if len(self.photos) > MOST_PHOTOS:
            self.form.fault(
                PHOTOS, f"最多 {MOST_PHOTOS} 张照片，这次有 {len(self.photos)} 张。请减少后再选。"
            )
            return ()
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            tried = list(threads.map(_prepare, self.photos))
        for place, (photo, made) in enumerate(zip(self.photos, tried, strict=True), start=1):
            if isinstance(made, PhotoError):
                self.form.fault(PHOTOS, f"第 {place} 张（{photo.name[:40]}）：{made.sentence}")
        return () if self.form.faults else tuple(one for one in tried if isinstance(one, Prepared))

    def close(self) -> None:
        """Remove the temporary files."""
        for photo in self.photos:
            photo.file.close()


def _prepare(photo: PhotoFile) -> Prepared | PhotoError:
    if photo.fault:
        return PhotoError(photo.fault)
    photo.file.seek(0)
    try:
        return prepare(photo.file.read())
    except PhotoError as error:
        return error


async def answered(house: Installation, sent: PhotoForm, answer: Callable[[], Answer]) -> Answer:
    """Run the handler's work in a thread; with photos one form at a time: votes keep their processor."""
    limiter = house.photo_work if sent.photos else None
    try:
        return await to_thread.run_sync(partial(answer), limiter=limiter)
    finally:
        sent.close()


async def read_photo_form(request: Request[Any, Any, Any]) -> PhotoForm:
    """The form of a request with up to six photos in the field `photos`, and a file in `document`.

    Raises FormUnreadable, FormTooLarge, PhotosTooLarge or RequestInterrupted.
    """
    if request.method == "GET" or request.content_type[0] != "multipart/form-data":
        return PhotoForm(await read_form(request))
    reader = _Reader()
    try:
        return await reader.read(request)
    except HTTPException as error:
        reader.close()
        raise (PhotosTooLarge if error.status_code == 413 else RequestInterrupted) from None
    except (MultipartError, ValueError, LookupError):
        reader.close()
        raise FormUnreadable from None
    except BaseException:
        reader.close()
        raise


class _Reader:
    """Takes a multipart body apart as it arrives."""

    def __init__(self) -> None:
        self._pairs: list[tuple[str, str]] = []
        self._photos: list[PhotoFile] = []
        self._typed = 0
        self._name, self._charset = "", "utf-8"
        self._text = bytearray()
        self._photo: PhotoFile | None = None
        self._document: PhotoFile | None = None

    async def read(self, request: Request[Any, Any, Any]) -> PhotoForm:
        boundary = request.content_type[1].get("boundary", "")
        with PushMultipartParser(boundary, max_segment_count=MOST_FIELDS) as parser:
            async for chunk in _chunks(request):
                for part in parser.parse(chunk):
                    await self._take(part)
        form = Form(Form.of(self._pairs).values)
        if self._document is not None:
            await to_thread.run_sync(_add_document, form, self._document)
        return PhotoForm(form, self._photos)

    async def _take(self, part: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(part, MultipartSegment):
            self._begin(part)
        elif part is None:
            self._end()
        elif self._photo is not None:
            await self._photo.write(bytes(part), MOST_KEPT_BYTES - self._kept())
        else:
            self._typed += len(part)
            if self._typed > MOST_FORM_BYTES:
                raise FormTooLarge
            self._text.extend(part)

    def _begin(self, segment: MultipartSegment) -> None:
        self._name, self._charset = segment.name or "", segment.charset or "utf-8"
        self._text = bytearray()
        if segment.filename is None:
            self._photo = None
        else:
            kept = SpooledTemporaryFile[bytes](max_size=_IN_MEMORY)
            self._photo = PhotoFile(segment.filename, kept)

    def _end(self) -> None:
        if self._photo is None:
            self._pairs.append((self._name, self._text.decode(self._charset)))
        elif self._name == PHOTOS and self._photo.name and len(self._photos) < 2 * MOST_PHOTOS:
            self._photos.append(self._photo)
        elif self._name == DOCUMENT and self._photo.name and self._document is None:
            self._document = self._photo
        else:
            self._photo.file.close()
        self._photo = None

    def _kept(self) -> int:
        now = [one for one in (self._photo, self._document) if one is not None]
        return sum(one.size for one in (*now, *self._photos) if not one.fault)

    def close(self) -> None:
        for one in (self._photo, self._document, *self._photos):
            if one is not None:
                one.file.close()


def _add_document(form: Form, sent: PhotoFile) -> None:
    """Into the form's files; one that is too large was let go by, and is named."""
    if sent.fault:
        form.fault(DOCUMENT, "文件超过 10 MB，没有收下。请压缩或者拆分后再上传。")
        return
    sent.file.seek(0)
    form.files = {**form.files, DOCUMENT: Upload(sent.name, sent.file.read())}
    sent.file.close()


async def _chunks(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        if chunk:
            yield chunk
