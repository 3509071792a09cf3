"""What keeps a person from using a page: found by axe (WCAG 2.2 AA), too small a screen, too small a link."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from playwright.sync_api import Page

from tests.web.targets import missed

_SCRIPT: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_OPTIONS: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page, options: dict[str, Any]) -> list[dict[str, Any]]:
    """What axe finds; what it did not find stays in the browser, for it is a hundred times as much."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_SCRIPT)
    asked = {**options, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("async asked => (await axe.run(asked)).violations", asked)
    return found


def barriers(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it; whether the page is too wide; what is too
    small."""
    found = violations(page, _OPTIONS)
    said = [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]
    width = page.evaluate("document.documentElement.scrollWidth")
    screen = page.viewport_size or {"width": 0}
    if width > screen["width"]:
        said.append(f"{width} wide on a screen of {screen['width']}")
    return said + [f"too small: {one}" for one in missed(page)]
