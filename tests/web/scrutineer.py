"""A scrutineer with a phone or a laptop: what can be seen and pressed on the scrutineer's page."""

from __future__ import annotations

import json
from typing import Any, Final

from playwright.sync_api import Locator, Page, Request, Route, expect

from ballots.archive import EventType, Head, append, setup_data, start
from ballots.ballot import read
from ballots.credentials import grouped
from ballots.tally import sized_tally, sum_ballots
from tests.web.deputy import JARGON, barriers
from tests.web.hall_fixture import OpenHall

OVERVIEW: Final = "**/api"
ARCHIVE: Final = "**/ballots.bel"
DECRYPTION: Final = "**/decryption"
GROUP_NAMES: Final = ("第一组", "第二组", "第三组", "第四组")


class Desk:
    """Drives one page; remembers every request it made."""

    def __init__(self, page: Page, hall: OpenHall, number: int = 1) -> None:
        self.page, self.hall, self.number = page, hall, number
        self.requests: list[Request] = []
        page.context.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        self.requests.append(request)

    def enter(self) -> None:
        """Come in by a personal link."""
        self.page.goto(self.hall.scrutineer_link(self.number))

    def at(self, stage: str) -> None:
        """Waits until the round is at this stage."""
        expect(self.round).to_have_attribute("data-stage", stage)

    @property
    def round(self) -> Locator:
        return self.page.locator(f"[data-round='{self.hall.round.id}']")

    def reads(self, words: str) -> None:
        expect(self.round).to_contain_text(words)

    def press(self, name: str) -> None:
        self.round.get_by_role("button", name=name).click()

    def alarm(self) -> Locator:
        """The loud warning."""
        return self.round.locator(".warning.grave")

    # Keys

    def make_key(self) -> str:
        """Make a key, copy the backup code, type a group back; gives the code."""
        self.press("生成我的开箱钥匙")
        code = self.backup_code()
        self.press("抄好了")
        self.type_back(code.split("-")[self.asked()])
        self.at("await_seal")
        return code

    def backup_code(self) -> str:
        self.at("copy_code")
        return "-".join(self.round.locator(".backup span").all_inner_texts())

    def asked(self) -> int:
        """Which group is asked for."""
        label = self.page.locator("label[for=copied]").inner_text()
        return next(at for at, name in enumerate(GROUP_NAMES) if name in label)

    def type_back(self, group: str) -> None:
        self.page.locator("#copied").fill(group)
        self.press("登记开箱钥匙")

    def restore(self, seed: str) -> None:
        """Type a backup code."""
        self.at("restore")
        for at, group in enumerate(grouped(seed).split("-"), start=1):
            self.page.locator(f"#restore-{self.hall.round.id}-{at}").fill(group)
        self.press("确定")

    def enter_with_code(self) -> None:
        """Come in on a new device, with the key that the simulated scrutineer has registered."""
        self.enter()
        self.restore(self.hall.seeds[self.number - 1])

    # The box

    def seal_code(self) -> str:
        return "".join(self.round.locator(".seal span").all_inner_texts())

    def open_box(self) -> None:
        self.press("和大屏幕完全一样，开箱")

    def decryptions(self) -> list[str]:
        """The bodies of all parts of the opening that were sent."""
        sent = [one.post_data for one in self.requests if one.url.endswith("/decryption")]
        return [body for body in sent if body is not None]

    def told(self, **facts: object) -> None:
        """From now on the server tells this page other facts about the round."""

        def change(route: Route) -> None:
            answer = route.fetch()
            body = answer.json()
            body["rounds"][0] |= facts
            route.fulfill(response=answer, json=body)

        self.page.route(OVERVIEW, change)

    def given(self, archive: bytes) -> None:
        """From now on the server gives this page another archive."""
        self.page.route(ARCHIVE, lambda route: route.fulfill(body=archive))

    def examine(self) -> None:
        """No barrier, big letters, plain words, nothing beside the screen."""
        assert barriers(self.page) == []
        assert JARGON.findall(self.page.locator("#page").inner_text()) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def election_of(hall: OpenHall) -> dict[str, Any]:
    """The sealed election of a hall, as the server tells it."""
    sealed = hall.current()
    return {
        "election": (sealed.election or b"").decode(),
        "trustees": (sealed.trustees or b"").decode(),
    }


def box_of(hall: OpenHall, ballots: list[bytes]) -> tuple[bytes, dict[str, Any]]:
    """An archive of this election with exactly these ballots, and what the server says of it."""
    of, election = hall.current(), hall.election()
    documents = (of.election or b"", of.trustees or b"", of.credentials or b"")
    tally = sum_ballots(election, [read(election, raw).answers for raw in ballots])
    events: list[tuple[EventType, list[bytes]]] = [
        ("Setup", [*documents, setup_data(*documents)]),
        *(("Ballot", [raw]) for raw in ballots),
        ("EndBallots", []),
        ("EncryptedTally", [tally, sized_tally(tally, len(ballots))]),
    ]
    records, head = [start(0)], Head()
    for kind, data in events:
        raw, head = append(head, 0, kind, data)
        records.append(raw)
    return b"".join(records), {"closing_head": head.parent, "ballots": len(ballots)}


def everything_sent(requests: list[Request]) -> str:
    """Addresses, headers and bodies of all requests."""
    return "\n".join(f"{one.url} {json.dumps(one.all_headers())} {one.post_data}" for one in requests)
