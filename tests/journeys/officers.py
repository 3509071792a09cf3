"""Scrutineer, chair and operator: what each sees and presses, in the words of the pages."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Locator, Page, expect

GROUP_NAMES: Final = ("第一组", "第二组", "第三组", "第四组")


class Scrutineer:
    """One scrutineer's page on one device, with one round on it."""

    def __init__(self, page: Page, link: str, round_id: str) -> None:
        self.page, self.link = page, link
        self.desk: Locator = page.locator(f"[data-round='{round_id}']")
        self._round = round_id
        page.goto(link)

    def at(self, stage: str) -> None:
        """Waits until the round is at this stage."""
        expect(self.desk).to_have_attribute("data-stage", stage)

    def reads(self, words: str) -> None:
        expect(self.desk).to_contain_text(words)

    def press(self, name: str) -> None:
        self.desk.get_by_role("button", name=name, exact=True).click()

    def make_key(self) -> None:
        self.at("make_key")
        self.press("生成我的开箱钥匙")
        self.at("copy_code")

    def backup_code(self) -> str:
        """As it is shown to be copied onto paper, the groups joined by dashes."""
        return "-".join(self.desk.locator(".backup span").all_inner_texts())

    def confirm(self, code: str) -> None:
        """Type back the group that is asked for."""
        self.press("抄好了")
        label = self.desk.locator("label[for=copied]").inner_text()
        asked = next(at for at, name in enumerate(GROUP_NAMES) if name in label)
        self.desk.locator("#copied").fill(code.split("-")[asked])
        self.press("登记开箱钥匙")
        self.at("await_seal")

    def restore(self, code: str) -> None:
        """On another device: type the backup code from the paper."""
        self.at("restore")
        for at, group in enumerate(code.split("-"), start=1):
            self.desk.locator(f"#restore-{self._round}-{at}").fill(group)
        self.press("确定")

    def seal_code(self) -> str:
        return "".join(self.desk.locator(".seal span").all_inner_texts())

    def tally(self) -> str:
        return self.desk.locator(".tally strong").inner_text()

    def open_box(self) -> None:
        self.at("compare")
        self.press("和大屏幕完全一样，开箱")

    def report(self) -> str:
        self.at("sign")
        return self.desk.locator(".report").inner_text()

    def sign(self) -> None:
        self.press("核对无误，签字")


class Chair:
    """The presiding chair's page; `act` is what the round is called."""

    def __init__(self, page: Page, link: str, act: str = "票决") -> None:
        self.page, self.act = page, act
        page.goto(link)
        self.home = page.url

    def speech(self) -> str:
        """What is to be read out now."""
        self.page.reload()
        return self.page.locator(".speech").inner_text()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def declare_valid(self) -> None:
        self.page.reload()
        self.press(f"宣布{self.act}有效")
        expect(self.page.get_by_role("main")).to_contain_text(f"已宣布{self.act}有效")

    def announce(self) -> None:
        self.page.reload()
        self.press("宣布")
        expect(self.page.get_by_role("main")).to_contain_text("已经宣布")
