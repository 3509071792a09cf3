"""A scrutineer's page on which a key is made together: what can be seen and pressed."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, expect

from ballots.credentials import grouped
from tests.web.hall_fixture import OpenHall
from tests.web.scrutineer import GROUP_NAMES, Desk


class KeyDesk(Desk):
    """`Desk`, with the block of the newest key above the rounds."""

    def __init__(self, page: Page, hall: OpenHall, number: int = 1) -> None:
        super().__init__(page, hall, number)
        self.code = ""

    @property
    def key(self) -> Locator:
        return self.page.locator("[data-ceremony]").first

    def key_at(self, *stages: str) -> None:
        """Waits until the key is at one of these stages."""
        wanted = ", ".join(f"[data-ceremony][data-stage='{one}']" for one in stages)
        expect(self.page.locator(wanted).first).to_be_visible()

    def key_reads(self, words: str) -> None:
        expect(self.key).to_contain_text(words)

    def press_key(self, name: str) -> None:
        self.key.get_by_role("button", name=name).click()

    def take_part(self) -> str:
        """Make the own part, copy the backup code, type a group back; the code."""
        self.key_at("make_key")
        self.press_key("生成我的开箱钥匙")
        self.copy()
        self.key.locator("#copied").wait_for(state="detached")
        return self.code

    def copy(self) -> None:
        """The backup code, as somebody copies it onto paper and proves it."""
        self.key_at("copy_code")
        self.code = "-".join(self.key.locator(".backup span").all_inner_texts())
        self.press_key("抄好了")
        label = self.page.locator("label[for=copied]").inner_text()
        asked = next(at for at, name in enumerate(GROUP_NAMES) if name in label)
        self.page.locator("#copied").fill(self.code.split("-")[asked])
        self.press_key("登记开箱钥匙")

    def key_code(self) -> str:
        """钥匙编号, to be read out."""
        self.key_at("compare_code")
        return "".join(self.key.locator(".spoken-code span").all_inner_texts())

    def agree(self) -> None:
        self.press_key("大家的完全一样")
        self.key_at("ready")

    def restore_key(self, seed: str) -> None:
        """Type a backup code."""
        self.key_at("restore")
        ceremony = self.key.get_attribute("data-ceremony")
        for at, group in enumerate(grouped(seed).split("-"), start=1):
            self.page.locator(f"#restore-{ceremony}-{at}").fill(group)
        self.press_key("确定")

    def hold(self, seed: str) -> None:
        """From now on this is the device on which the own part was made, with this secret in it."""
        self.enter()
        self.key.wait_for()
        place = f"piaojue-scrutineer/key/{self.key.get_attribute('data-ceremony')}/{self.number}/seed"
        self.page.evaluate("([place, seed]) => localStorage.setItem(place, seed)", [place, seed])
        self.page.reload()

    def given_material(self, **changes: object) -> None:
        """From now on the server gives this page other messages; a list stays but for what is not None."""

        def change(route: Route) -> None:
            answer = route.fetch()
            body = answer.json()
            for name, value in changes.items():
                body[name] = merged(body[name], value) if isinstance(value, list) else value
            route.fulfill(response=answer, json=body)

        self.page.route(re.compile(r"/api/ceremonies/[0-9a-f]{32}$"), change)

    def key_alarm(self) -> Locator:
        """The loud warning above the rounds."""
        return self.key.locator(".warning.grave")

    def sent(self, what: str) -> list[str]:
        """The bodies of all messages of this kind."""
        return [one.post_data or "" for one in self.requests if one.url.endswith(f"/{what}")]


def merged(old: list[object], new: list[object]) -> list[object]:
    return [before if after is None else after for before, after in zip(old, new, strict=True)]
