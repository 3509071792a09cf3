"""The pages of the hall in a browser as old as those they are written for: the Chromium 77 of Qt 5.14.

`python -m tests.web.old_engine [--pictures FOLDER]`

No part of the suite. It needs, on Linux x86-64: `pip install PyQt5==5.14.2 PyQtWebEngine==5.14.0`
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PyQt5 import sip
from PyQt5.QtCore import QEventLoop, QPoint, Qt, QUrl
from PyQt5.QtTest import QTest
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineProfile, QWebEngineView
from PyQt5.QtWidgets import QApplication

from tests.people import GRADES, SELECT, STANCES, TITLES
from tests.server_process import Server
from tests.web.hall_fixture import OpenHall, Service
from tests.web.scrutineer import GROUP_NAMES
from voting.cycle import State
from voting.rules import RoundRules
from voting.signing import Signer
from voting.store import Store

PATIENCE_S: Final = 60
HEADLESS: Final = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_QUICK_BACKEND": "software",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",  # or root may not
}
_PLACE: Final = """(selector, words) => {
  const one = Array.from(document.querySelectorAll(selector)).find(
    (one) => one.getClientRects().length > 0 && one.textContent.includes(words));
  if (one === undefined) return null;
  one.scrollIntoView({ block: "center" });
  const { left, top, width, height } = one.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""

_COUNT_PARTS: Final = """
  window.parts = 0;
  window.Worker = class extends Worker {
    constructor(address) {
      super(address);
      this.addEventListener("message", ({ data }) => { window.parts += data.kind === "part"; });
    }
  };
"""


class Phone:
    """390 x 844, with a memory of its own; pressed with a pointer, not by script."""

    def __init__(self, address: str, pictures: Path | None) -> None:
        self.complaints, self._pictures = list[str](), pictures
        self._profile = QWebEngineProfile()
        self._view = QWebEngineView()
        self._page = QWebEnginePage(self._profile, self._view)
        self._page.javaScriptConsoleMessage = lambda _, words, *_more: self.complaints.append(words)
        self._view.setPage(self._page)
        self._view.resize(390, 844)
        self._view.show()
        self.goes_to(address)

    def close(self) -> None:
        """Qt wants the page gone before its profile."""
        sip.delete(self._page)
        sip.delete(self._view)

    def goes_to(self, address: str) -> None:
        loaded = QEventLoop()
        self._page.loadFinished.connect(loaded.quit)
        self._view.load(QUrl(address))
        loaded.exec_()

    def evaluate(self, script: str) -> Any:
        answers, loop = list[Any](), QEventLoop()

        def take(answer: object) -> None:
            answers.append(answer)
            loop.quit()

        self._page.runJavaScript(script, take)
        loop.exec_()
        return answers[0]

    def until(self, script: str) -> Any:
        """What this gives as soon as it is something."""
        deadline = time.monotonic() + PATIENCE_S
        while not (answer := self.evaluate(script)):
            assert time.monotonic() < deadline, f"never: {script}\n{self.text}\n{self.complaints}"
            QTest.qWait(50)
        return answer

    @property
    def text(self) -> str:
        return str(self.evaluate("document.body.innerText"))

    def reads(self, words: str) -> None:
        self.until(f"document.body.innerText.includes({json.dumps(words)})")

    def sees(self, screen: str) -> None:
        self.until(f"(document.querySelector('#page') || {{dataset: {{}}}}).dataset.screen === '{screen}'")

    def press(self, words: str, selector: str = "button") -> None:
        """The first of these that is shown and has these words."""
        script = f"({_PLACE})({json.dumps(selector)}, {json.dumps(words)})"
        place, before = self.until(script), None
        while place != before:  # it may be on its way still
            QTest.qWait(100)
            place, before = self.until(script), place
        QTest.mouseClick(self._view.focusProxy(), Qt.LeftButton, Qt.NoModifier, QPoint(*map(int, place)))

    def type(self, words: str) -> None:
        QTest.keyClicks(self._view.focusProxy(), words)

    def code(self, selector: str, between: str = "") -> str:
        """A code that is shown in groups."""
        groups = f"Array.from(document.querySelectorAll('{selector}'), one => one.textContent)"
        return str(self.until(f"{groups}.join('{between}')"))

    def at(self, stage: str) -> None:
        """A scrutineer's page is at this stage of its round."""
        self.until(f"document.querySelector('[data-round][data-stage={stage}]') !== null")

    def keeps_a_picture(self, name: str) -> None:
        if self._pictures is not None:
            QTest.qWait(300)  # it has been drawn by then
            self._view.grab().save(str(self._pictures / f"{name}.png"))


NewPhone = Callable[[str], Phone]
Journey = Callable[[NewPhone, OpenHall], None]


def waiting_room_to_receipt(new: NewPhone, hall: OpenHall) -> None:
    """差额, the whole way: the room opens by itself, a reload loses nothing, the ballot is in the box."""
    phone = new(hall.scan(0))
    phone.sees("waiting")
    phone.reads(TITLES[0])
    phone.keeps_a_picture("select-waiting")
    hall.open()
    phone.sees("voting")
    assert phone.evaluate("location.hash") == ""
    phone.press("", ".choice summary")
    phone.reads("县交通局")
    for title in TITLES[:3]:
        phone.press(title, ".choice label")
    phone.reads("已经选满2件")
    phone.keeps_a_picture("select-full")
    phone.goes_to(hall.page)
    phone.until("document.querySelectorAll('.choice input:checked').length === 2")
    phone.press("大字")
    submit(phone, hall, "select")
    phone.press("核对：我的票在不在票箱里")
    phone.reads("您的票在票箱里")
    phone.keeps_a_picture("select-in-the-box")
    assert hall.votes() == [[0, 1, 1, 0]]


def a_typed_card_takes_stances(new: NewPhone, hall: OpenHall) -> None:
    """等额, with a card whose number is typed."""
    phone = new(hall.page)
    phone.sees("entry")
    phone.press("", "#group-1")
    phone.type(hall.cards.credentials[0].replace("-", ""))
    phone.keeps_a_picture("stances-card")
    phone.press("确定")
    phone.sees("voting")
    phone.press("反对", "#candidate-1 label")
    phone.press("赞成", "#candidate-2 label")
    submit(phone, hall, "stances")
    assert hall.votes() == [[0, 1, 0], [1, 0, 0]]


def projects_are_given_levels(new: NewPhone, hall: OpenHall) -> None:
    """测评."""
    phone = new(hall.scan(0))
    phone.sees("voting")
    phone.press("不满意", "#candidate-2 label")
    phone.press("其余未选的都选弃权")
    submit(phone, hall, "levels")
    assert hall.votes() == [[0, 0, 0, 1], [0, 0, 1, 0]]


def submit(phone: Phone, hall: OpenHall, picture: str) -> None:
    phone.keeps_a_picture(f"{picture}-filled-in")
    phone.press("下一步：核对")
    phone.sees("read-back")
    phone.keeps_a_picture(f"{picture}-read-back")
    began = time.monotonic()
    phone.press("提交")
    phone.sees("receipt")
    print(f"    sealed and answered after {time.monotonic() - began:.1f} s")
    assert phone.code(".code span") == hall.tracker(0)
    phone.keeps_a_picture(f"{picture}-receipt")


def scrutineers_make_keys_and_open(new: NewPhone, hall: OpenHall) -> None:
    """Both keys are needed; nothing of the box is taken on trust."""
    hall.load_cards()
    desks = [new(hall.scrutineer_link(number)) for number in (1, 2)]
    for desk in desks:
        desk.press("生成我的开箱钥匙")
        copy_code(desk)
        desk.at("await_seal")
    hall.seal_with_registered_keys()
    for desk in desks:
        desk.at("await_close")
        desk.evaluate(_COUNT_PARTS)
    hall.open()
    for card in range(3):
        hall.cast(card, 1)
    hall.close()
    hall.declare_valid()
    for desk in desks:
        desk.at("compare")
        assert desk.evaluate("window.parts") > 0, "no thread has checked a ballot"
        assert desk.code(".seal span") == hall.current().closing_head
        desk.keeps_a_picture("scrutineer-compare")
        desk.press("和大屏幕完全一样，开箱")
    for desk in desks:
        desk.at("sign")
        desk.keeps_a_picture("scrutineer-sign")
        desk.press("核对无误，签字")
        desk.at("signed")
    hall.announce()
    desks[0].at("announced")


def copy_code(desk: Phone) -> None:
    """The backup code, as somebody copies it onto paper and proves it."""
    code = desk.code(".backup span", "-").split("-")
    desk.keeps_a_picture("scrutineer-backup-code")
    desk.press("抄好了")
    label = desk.until("(document.querySelector('label[for=copied]') || {}).innerText")
    desk.press("", "#copied")
    desk.type(next(code[at] for at, name in enumerate(GROUP_NAMES) if name in label))
    desk.press("登记开箱钥匙")


def three_make_a_key_of_which_two_open(new: NewPhone, hall: OpenHall) -> None:
    """The ceremony of the common key, on three devices at once."""
    hall.load_cards()
    desks = [new(hall.scrutineer_link(number)) for number in (1, 2, 3)]
    for desk in desks:
        desk.press("生成我的开箱钥匙")
        copy_code(desk)
    assert len({desk.code(".spoken-code span") for desk in desks}) == 1
    for desk in desks:
        desk.keeps_a_picture("common-key-code")
        desk.press("大家的完全一样")
        desk.until("document.querySelector('[data-ceremony][data-stage=ready]') !== null")
    hall.seal_with_registered_keys()
    hall.open()
    hall.cast(0, 1)
    hall.close()
    hall.declare_valid()
    for desk in desks[1:]:
        desk.at("compare")
        desk.press("和大屏幕完全一样，开箱")
    for desk in desks[1:]:
        desk.at("sign")


JOURNEYS: Final[dict[Journey, tuple[RoundRules, State, dict[str, Any]]]] = {
    waiting_room_to_receipt: (SELECT, "sealed", {}),
    a_typed_card_takes_stances: (STANCES, "open", {}),
    projects_are_given_levels: (GRADES, "open", {}),
    scrutineers_make_keys_and_open: (SELECT, "adopted", {}),
    three_make_a_key_of_which_two_open: (SELECT, "adopted", {"scrutineers": 3, "threshold": 2}),
}


def main() -> int:
    """Every journey in front of a real server; raises AssertionError where one gets stuck."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.old_engine", description=__doc__)
    parser.add_argument("--pictures", type=Path, default=None, help="a folder for what is seen")
    pictures: Path | None = parser.parse_args().pictures
    os.environ |= HEADLESS
    application = QApplication(["old engine"])
    print(QWebEngineProfile.defaultProfile().httpUserAgent())
    with tempfile.TemporaryDirectory(prefix="piaojue-old-engine-") as folder:
        travel(Path(folder), pictures)
    application.quit()
    return 0


def travel(folder: Path, pictures: Path | None) -> None:
    database, key = f"sqlite:///{folder}/piaojue.db", folder / "signing.key"
    signer = Signer.create(key, os.urandom)
    Store.migrate(database)
    with Server(database, key, workers=1) as server, Store.open(database) as store:
        for journey, (rules, state, more) in JOURNEYS.items():
            hall = OpenHall(Service(server.url, store, signer), folder, rules, **more)
            hall.reach(state)
            complaints = made(journey, hall, pictures)
            print(f"{journey.__name__}: done{f', and the console says {complaints}' if complaints else ''}")


def made(journey: Journey, hall: OpenHall, pictures: Path | None) -> set[str]:
    """What the phones complained of on the way."""
    phones: list[Phone] = []

    def new(address: str) -> Phone:
        phones.append(Phone(address, pictures))
        return phones[-1]

    journey(new, hall)
    complaints = {one for phone in phones for one in phone.complaints}
    for phone in phones:
        phone.close()
    return complaints


if __name__ == "__main__":
    sys.exit(main())
