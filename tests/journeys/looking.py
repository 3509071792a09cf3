"""What must be true of every page that somebody passes through, whoever it is."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.web.deputy import JARGON, barriers


class Look:
    """`look(page, "301-监票人-生成钥匙")`: no barrier, plain words, nothing beside the screen.

    What is not so is collected in `faults`. With a folder, a picture of each page is kept in it.
    """

    def __init__(self, album: Path | None) -> None:
        self._album = album
        self.faults: list[tuple[str, str, object]] = []

    def __call__(self, page: Page, name: str, *, technical: bool = False) -> None:
        if self._album is not None:
            page.screenshot(path=self._album / f"{name}.png", full_page=True)
        self.faults += [(name, rule, elements) for rule, elements in barriers(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append((name, "wider than the screen", page.viewport_size))
        words = [] if technical else JARGON.findall(page.locator("body").inner_text())
        self.faults += [(name, "jargon", word) for word in words]
