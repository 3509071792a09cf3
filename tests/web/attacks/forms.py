"""The forms that pages show, as an attacker reads them: which fields go where, which values they offer."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

_FIELDS: Final = {"input", "select", "textarea", "button"}

Fields = dict[str, set[str]]
"""Names and the values that stood there."""


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.action, self.select = here, here, ""
        self.forms: dict[str, Fields] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = urlsplit(said.get("action") or self.here).path
            self.forms.setdefault(self.action, {})
        elif tag in _FIELDS and said.get("name"):
            self.select = said["name"] if tag == "select" else self.select
            target = urlsplit(said.get("formaction") or self.action).path
            self.forms.setdefault(target, {}).setdefault(said["name"], set()).add(said.get("value", ""))
        elif tag == "option" and self.select:
            self.forms.setdefault(self.action, {}).setdefault(self.select, set()).add(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = self.here


def forms_in(html: str, here: str) -> dict[str, Fields]:
    """The fields of each form of the page at the path `here`, by the path it is sent to."""
    reader = _Reader(here)
    reader.feed(html)
    return reader.forms
