"""Forms: what was typed is kept, and each fault stands beside its field.

A handler reads fields one by one; a field that does not fit leaves its sentence in `faults` and gives a
harmless value back, so that all faults are found in one go. With any fault the page is shown again.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException

from voting.errors import TextError
from voting.text import clean_line, clean_prose
from web.refusals import FormTooLarge, FormUnreadable, RequestInterrupted, RequestTooLarge

MOST_FORM_BYTES = 6 * 1024 * 1024
MOST_FIELDS = 2000

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    body: bytes


@dataclass
class Form:
    """The fields of one form, typed or prefilled; `faults` maps a field's name to its sentence."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def prefilled(cls, **values: object) -> "Form":
        """A form as a page first shows it."""
        return cls({name: [str(value)] for name, value in values.items() if value is not None})

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Form":
        """A form as it was typed."""
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        return cls(values)

    def with_values(self, values: Mapping[str, str]) -> "Form":
        """The same form with some fields replaced; `faults` starts empty."""
        return Form({**self.values, **{name: [value] for name, value in values.items()}})

    def has_file(self, name: str) -> bool:
        """Whether a file was chosen."""
        upload = self.files.get(name)
        return upload is not None and bool(upload.name)

    def typed(self, name: str, default: str = "") -> str:
        """What stands in the field, exactly as typed."""
        values = self.values.get(name)
        return values[0] if values else default

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; the first sentence stays."""
        self.faults.setdefault(name, sentence)

    def line(self, name: str, label: str) -> str:
        """One line that must be filled in."""
        return self._clean(name, label, clean_line)

    def prose(self, name: str, label: str) -> str:
        """Several lines that may be empty."""
        return self._clean(name, label, clean_prose)

    def filled(self, name: str, label: str) -> str:
        """Several lines that must not be empty."""
        text = self.prose(name, label)
        if not text and name not in self.faults:
            self.fault(name, f"没有填写“{label}”。请填写后重试。")
        return text

    def number(self, name: str, label: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`; full-width digits are read too."""
        value = self.whole(name)
        if value is None:
            typed = self.typed(name).strip()
            self.fault(name, f"请在“{label}”里填写一个整数。" if typed else f"请填写{label}。")
        elif not least <= value <= most:
            self.fault(name, f"{label}应在 {least} 至 {most} 之间，现在是 {value}。")
        else:
            return value
        return least

    def whole(self, name: str) -> int | None:
        """A number that may be missing, for words only: no fault is noted."""
        text = self.typed(name).translate(_FULL_WIDTH).strip()
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None

    def choice(self, name: str, label: str, allowed: Sequence[Choice]) -> Choice:
        """One of the offered values; there is no silent default."""
        text = self.typed(name)
        for value in allowed:
            if value == text:
                return value
        self.fault(name, f"请选择{label}。")
        return allowed[0]

    def confirmed(self, name: str, what: str) -> None:
        """A box that must be ticked before something that cannot be undone."""
        if self.typed(name) != "yes":
            self.fault(name, f"请先勾选“{what}”。")

    def day(self, name: str, label: str) -> date:
        """A day as a date field sends it, `2026-01-25`."""
        try:
            return date.fromisoformat(self.typed(name).strip())
        except ValueError:
            self.fault(name, f"请填写{label}，例如 2026-01-25。")
            return date(2000, 1, 1)

    def file(self, name: str, label: str) -> bytes:
        """The bytes of a file that must be chosen."""
        upload = self.files.get(name)
        if upload is None or not upload.body:
            self.fault(name, f"请选择{label}；刚才没有选，或者文件是空的。")
            return b""
        return upload.body

    def _clean(self, name: str, label: str, clean: Callable[[str, str], str]) -> str:
        try:
            return clean(self.typed(name), label)
        except TextError as error:
            self.fault(name, error.sentence)
            return ""


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The form of a request, or the fields in the address of a page.

    Raises FormUnreadable, FormTooLarge or RequestInterrupted.
    """
    if request.method == "GET":
        return Form.of(request.query_params.multi_items())
    try:
        if request.content_type[0] == "multipart/form-data":
            return await _multipart(request)
        body = await read_body(request, MOST_FORM_BYTES)
        return Form.of(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except RequestTooLarge:
        raise FormTooLarge from None
    except HTTPException as error:
        raise (FormTooLarge if error.status_code == 413 else FormUnreadable) from None
    except (ValueError, LookupError):
        raise FormUnreadable from None


async def read_body(request: Request[Any, Any, Any], limit: int) -> bytes:
    """The body of a request, at most `limit` bytes. Raises RequestTooLarge or RequestInterrupted."""
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise RequestTooLarge
            chunks.append(chunk)
    except HTTPException as error:
        raise (RequestTooLarge if error.status_code == 413 else RequestInterrupted) from None
    return b"".join(chunks)


async def _multipart(request: Request[Any, Any, Any]) -> Form:
    fields: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(value.filename, await value.read())
            await value.close()
        else:
            fields.append((name, str(value)))
    return Form(Form.of(fields).values, files)
