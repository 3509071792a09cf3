"""Scrutineers who make one key together, each on an own phone, of whom some open the box later."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.officers import GROUP_NAMES, Scrutineer


class KeyHolder(Scrutineer):
    """One of them; the common key is above the rounds on the page."""

    def __init__(self, page: Page, link: str, round_id: str) -> None:
        super().__init__(page, link, round_id)
        self.page.set_default_timeout(60_000)

    def turn_to(self, round_id: str) -> None:
        """Another round of the session, on the same page."""
        self.desk = self.page.locator(f"[data-round='{round_id}']")

    @property
    def key(self) -> Locator:
        return self.page.locator("[data-ceremony]").first

    def key_at(self, stage: str) -> None:
        """Waits until the key is at this stage."""
        expect(self.key).to_have_attribute("data-stage", stage)

    def press_key(self, name: str) -> None:
        self.key.get_by_role("button", name=name).click()

    def take_part(self) -> None:
        """Make the own part, copy the backup code onto paper, type a group of it back."""
        self.key_at("make_key")
        self.press_key("生成我的开箱钥匙")
        self.key_at("copy_code")
        groups = self.key.locator(".backup span").all_inner_texts()
        self.press_key("抄好了")
        label = self.page.locator("label[for=copied]").inner_text()
        asked = next(at for at, name in enumerate(GROUP_NAMES) if name in label)
        self.page.locator("#copied").fill(groups[asked])
        self.press_key("登记开箱钥匙")
        self.key.locator("#copied").wait_for(state="detached")

    def code(self) -> str:
        """钥匙编号, to be read out."""
        self.key_at("compare_code")
        return "".join(self.key.locator(".spoken-code span").all_inner_texts())

    def agree(self) -> None:
        """It is the same on all phones."""
        self.press_key("大家的完全一样")
        self.key_at("ready")
