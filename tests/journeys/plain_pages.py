"""A browser without scripts: follows the links, fills the fields and presses the buttons that a page has.

    clerk = Visitor(link)
    clerk.follow("新建票决")
    clerk.press("保存", {"票决名称": "民生实事项目票决", "公布名单和得票数": True})
    clerk.reads("下一步")

Nothing can be sent that the page does not offer: no such link, button or field is an AssertionError.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from html.parser import HTMLParser
from typing import Final, NamedTuple

import httpx

PATIENCE_S: Final = 60.0
_ALONE: Final = frozenset({"input", "br", "meta", "link", "img", "hr"})
_UNREAD: Final = frozenset({"script", "style", "title"})

Attributes = dict[str, str]
Upload = tuple[str, bytes]
"""The name of a file, and what is in it."""

Filled = str | bool | Upload
"""What is typed, whether it is ticked, or a file."""


class Element:
    """One element of a page, as far as somebody sees or presses it."""

    def __init__(self, tag: str, attributes: Attributes, above: Element | None) -> None:
        self.tag, self.attributes, self.above = tag, attributes, above
        self.inside: list[Element | str] = []

    @property
    def text(self) -> str:
        """What is read, spaces drawn together."""
        return " ".join("".join(self._words()).split())

    @property
    def name(self) -> str:
        """What a link or button is called."""
        return self.attributes.get("aria-label") or self.text

    def _words(self) -> list[str]:
        if self.tag in _UNREAD:
            return []
        found = [one if isinstance(one, str) else "".join(one._words()) for one in self.inside]
        return [*found, " "] if self.tag not in {"span", "a", "strong", "b"} else found

    def all(self, *tags: str) -> list[Element]:
        """Elements of these kinds below this one, in order."""
        below = [one for one in self.inside if isinstance(one, Element)]
        return [found for one in below for found in ([one] if one.tag in tags else []) + one.all(*tags)]

    def within(self, tag: str) -> Element | None:
        """The nearest element of this kind above this one."""
        here = self.above
        while here is not None and here.tag != tag:
            here = here.above
        return here


class _Reading(HTMLParser):
    """A page as a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.here = self.top = Element("page", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(new)
        if tag not in _ALONE:
            self.here = new

    def handle_endtag(self, tag: str) -> None:
        begun: Element | None = self.here
        while begun is not None and begun.tag != tag:
            begun = begun.above
        if begun is not None and begun.above is not None:
            self.here = begun.above

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def read(text: str) -> Element:
    """The page's tree."""
    reading = _Reading()
    reading.feed(text)
    return reading.top


class Field(NamedTuple):
    """A field with the words beside it."""

    element: Element
    label: str


class Visitor:
    """Somebody in front of one page."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(timeout=PATIENCE_S, follow_redirects=True)
        self.open(address)
        self.home = str(self.answer.url).rstrip("/").removesuffix("/today")

    def leave(self) -> None:
        """Close the browser, and that of every twin."""
        self.client.close()

    def open(self, address: str) -> None:
        """Type an address, or one below where this person came in."""
        self._shown(self.client.get(address if "://" in address else self.home + address))

    def _shown(self, answer: httpx.Response, *, refused: bool = False) -> None:
        self.answer, self.page = answer, read(answer.text)
        assert answer.is_error == refused, f"{answer.status_code} {answer.url}: {self.text}"

    @property
    def text(self) -> str:
        """What is read on the page."""
        main = self.page.all("main")
        return (main[0] if main else self.page).text

    def reads(self, *words: str) -> None:
        for one in words:
            assert one in self.text, f"“{one}” is not on {self.answer.url}: {self.text}"

    def reads_not(self, *words: str) -> None:
        for one in words:
            assert one not in self.text, f"“{one}” is on {self.answer.url}: {self.text}"

    def again(self) -> None:
        """Reload."""
        self._shown(self.client.get(self.answer.url))

    def links(self) -> list[tuple[str, str]]:
        """Words and addresses."""
        return [(one.name, one.attributes["href"]) for one in self.page.all("a") if "href" in one.attributes]

    def follow(self, words: str) -> None:
        """The link with these words."""
        found = {href for text, href in self.links() if text == words}
        assert len(found) == 1, f"{len(found)} links “{words}” on {self.answer.url}: {self.links()}"
        self._shown(self.client.get(self.answer.url.join(found.pop())))

    def fetch(self, href: str) -> httpx.Response:
        """What lies behind a link of this page, beside it."""
        return self.client.get(self.answer.url.join(href)).raise_for_status()

    def twin(self, path: str) -> Visitor:
        """The same person in front of another screen."""
        other = copy(self)
        other.open(path)
        return other

    def download(self, words: str) -> bytes:
        """The file behind the link with these words."""
        (href,) = {href for text, href in self.links() if text == words}
        return self.fetch(href).content

    # Forms

    def press(self, button: str, filled: Mapping[str, Filled] = {}, *, refused: bool = False) -> None:
        """Fill in fields by the words beside them, and press; the other fields are sent as they stand.

        `refused`: an answer that says no is expected, and shown.
        """
        pressed = self._button(button)
        form = pressed.within("form")
        assert form is not None
        values, files = _contents(form, filled)
        if "name" in pressed.attributes:
            values.setdefault(pressed.attributes["name"], []).append(pressed.attributes["value"])
        target = self.answer.url.join(pressed.attributes.get("formaction", form.attributes["action"]))
        assert form.attributes["method"] == "post"
        answer = self.client.post(target, data=values, files=files or None)
        self._shown(answer, refused=refused)

    def _button(self, words: str) -> Element:
        seen = [one for one in self.page.all("button") if one.attributes.get("aria-hidden") != "true"]
        found = [one for one in seen if one.name == words]
        assert found, f"no button “{words}” on {self.answer.url}: {[one.name for one in seen]}"
        return found[-1]


def _contents(
    form: Element, filled: Mapping[str, Filled]
) -> tuple[dict[str, list[str]], dict[str, tuple[str, bytes]]]:
    values: dict[str, list[str]] = {}
    files: dict[str, tuple[str, bytes]] = {}
    fields, used = _fields(form), set()
    for element, label in fields:
        name, given = element.attributes.get("name"), _given(label, filled)
        used |= {words for words in filled if _same(label, words)}
        if isinstance(given, tuple):
            files[name or ""] = given
        elif name and (value := _value(element, given, _rivals(fields, element), filled)) is not None:
            values.setdefault(name, []).append(value)
    unused = set(filled) - used
    assert not unused, f"no field for {unused} among {[field.label for field in fields]}"
    return values, files


def _given(label: str, filled: Mapping[str, Filled]) -> Filled | None:
    return next((given for words, given in filled.items() if _same(label, words)), None)


def _same(label: str, words: str) -> bool:
    """Whether these are the words beside a field, or the beginning of its sentence."""
    return label == words or re.match(re.escape(words) + r"[：，。；（]", label) is not None


def _rivals(fields: list[Field], element: Element) -> list[str]:
    """The words of all choices of a question, of which only one can be ticked."""
    if element.attributes.get("type") != "radio":
        return []
    name = element.attributes["name"]
    return [label for one, label in fields if one.attributes.get("name") == name]


def _value(
    element: Element, given: Filled | None, rivals: list[str], filled: Mapping[str, Filled]
) -> str | None:
    """What this field adds to what is sent."""
    kind = element.attributes.get("type", "text")
    if kind == "file":
        return None
    if kind in {"radio", "checkbox"}:
        answered = any(_given(label, filled) for label in rivals)
        ticked = bool(given) if answered or given is not None else "checked" in element.attributes
        return element.attributes.get("value", "on") if ticked else None
    if given is not None:
        return str(given)
    return _standing(element)


def _standing(element: Element) -> str:
    if element.tag == "textarea":
        return "".join(one for one in element.inside if isinstance(one, str))
    if element.tag == "select":
        options = element.all("option")
        chosen = next((one for one in options if "selected" in one.attributes), options[0])
        return chosen.attributes.get("value", chosen.text)
    return element.attributes.get("value", "")


def _fields(form: Element) -> list[Field]:
    labels = {one.attributes["for"]: one.text for one in form.all("label") if "for" in one.attributes}
    found = []
    for element in form.all("input", "textarea", "select"):
        around = element.within("label")
        beside = labels.get(element.attributes.get("id", ""), element.attributes.get("aria-label", ""))
        found.append(Field(element, around.text if around else beside))
    return found
