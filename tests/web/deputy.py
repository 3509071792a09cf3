"""A deputy with a phone: what can be seen and pressed on the ballot page, in the words of the page."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from playwright.sync_api import Locator, Page, Request, expect

from tests.web.barriers import violations

JARGON: Final = re.compile("加密|解密|密钥|哈希|指纹|散列|hash|belenios", re.IGNORECASE)

_AXE: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}

_SMALLEST: Final = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === "" || holder.closest("noscript")) continue;
    sizes.push(parseFloat(getComputedStyle(holder).fontSize));
  }
  return Math.min(...sizes);
}"""


class Deputy:
    """Drives one page; remembers every request it made."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Request] = []
        page.context.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        self.requests.append(request)

    def scan(self, address: str) -> None:
        self.page.goto(address)

    def sees(self, screen: str) -> None:
        """Waits for the screen of this name."""
        expect(self.page.locator("#page")).to_have_attribute("data-screen", screen)

    def reads(self, words: str) -> None:
        """Waits until these words stand on the screen."""
        expect(self.page.locator("#page")).to_contain_text(words)

    @property
    def text(self) -> str:
        return self.page.locator("#page").inner_text()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    # The ballot

    def row(self, number: int) -> Locator:
        return self.page.locator(".choice").nth(number - 1)

    def box(self, number: int) -> Locator:
        return self.page.locator(f"#candidate-{number}")

    def choose(self, *numbers: int) -> None:
        """Touch these candidates' rows."""
        for number in numbers:
            self.page.locator(f"label[for=candidate-{number}]").click()

    def abstain(self) -> None:
        self.page.locator("label[for=abstain]").click()

    def say(self, number: int, stance: str) -> None:
        """赞成, 反对 or 弃权 on one candidate."""
        self.row(number).locator("label", has_text=stance).click()

    def grade(self, number: int, level: str) -> None:
        """One level, or 弃权, for one project."""
        self.answer(number, level).check()

    def answer(self, number: int, level: str) -> Locator:
        return self.box(number).get_by_role("radio", name=level, exact=True)

    def answers(self) -> list[str | None]:
        """What is marked for each project, None for nothing."""
        marked: list[str | None] = self.page.locator(".candidate").evaluate_all(
            """all => all.map(one => {
                 const box = one.querySelector('input:checked');
                 return box && box.value;
               })"""
        )
        return marked

    def places(self) -> list[list[float]]:
        """Top and height of every row, measured on the page and not on the screen."""
        measured: list[list[float]] = self.page.locator(".choice").evaluate_all(
            "rows => rows.map(row => [row.getBoundingClientRect().top + scrollY, row.offsetHeight])"
        )
        return measured

    def chosen(self) -> list[int]:
        boxes = self.page.locator(".choice:not(.apart) input[type=checkbox]")
        return [at + 1 for at in range(boxes.count()) if boxes.nth(at).is_checked()]

    def read_back(self) -> None:
        self.press("下一步：核对")
        self.sees("read-back")

    def submit(self) -> None:
        self.press("提交")

    def vote(self, *numbers: int) -> str:
        """A whole vote on a ballot that is open; gives the 回执号."""
        self.choose(*numbers)
        self.read_back()
        self.submit()
        return self.receipt()

    def receipt(self) -> str:
        self.sees("receipt")
        return self.code()

    def code(self) -> str:
        """The 回执号 that is shown."""
        return "".join(self.page.locator(".code span").all_inner_texts())

    # What is kept, and what was sent

    def kept(self) -> dict[str, str]:
        """All that is in the browser's two stores."""
        kept: dict[str, str] = self.page.evaluate("({ ...localStorage, ...sessionStorage })")
        return kept

    def kept_kinds(self) -> set[str]:
        return {key.split("/")[-1] for key in self.kept()}

    def draft(self) -> Any:
        return next(json.loads(value) for key, value in self.kept().items() if key.endswith("/choices"))

    def posted(self) -> list[str]:
        """The bodies of all ballots sent, in order."""
        sent = (one.post_data for one in self.requests if one.method == "POST" and "/ballots" in one.url)
        return [body for body in sent if body is not None]

    # What must hold on every screen

    def examine(self) -> None:
        """No barrier that axe finds, strong contrast, big letters, plain words."""
        assert barriers(self.page) == []
        assert self.page.evaluate(_SMALLEST) >= 18
        assert JARGON.findall(self.text) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, WCAG 2.1 A and AA, good practice and a contrast of 7:1: rule and elements."""
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations(page, _AXE)]
