"""`/staff/{link}/rehearsal`: a hall rehearsed from a page; what runs is seen, stopped, and mourned."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from pathlib import Path
from typing import Final

import pytest

from tests.people import OPENING_DAY
from tests.server_process import alive, children, wait_until
from tests.web.house import House, MakeHouse, Person
from voting import rehearsals
from voting.exercises import DIED, STOPPED, Rehearsal
from web.pages.rehearsing.attending import ATTENDING

ID: Final = "a" * 32
FORM: Final[dict[str, object]] = {
    "rehearsal": ID,
    "deputies": "3",
    "kind": "select_k",
    "candidates": "4",
    "places": "2",
    "scrutineers": "1",
    "threshold": "1",
    "paper": "0",
    "cut_network": "0",
    "waiting": "yes",
}
PATH: Final = "/rehearsal"
PATIENCE: Final = 600.0


@pytest.fixture
def still(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """An installation whose clock stands still; what it throws away lies below the test's folder."""
    house.clock = OPENING_DAY
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return house


@pytest.fixture
def staff(still: House) -> Person:
    return still.enter("staff")


def kept(house: House) -> tuple[Rehearsal, ...]:
    return rehearsals.listing(house.store, house.hall.staff, OPENING_DAY)


def started(house: House, staff: Person) -> int:
    """The process of a rehearsal begun from the page."""
    before = children(os.getpid())
    assert staff.post(PATH, **FORM).status_code == 303
    wait_until(lambda: bool(children(os.getpid()) - before), "its process starts")
    assert "正在演练" in staff.get(PATH).text
    return (children(os.getpid()) - before).pop()


def ended(house: House) -> Rehearsal:
    """Once nobody attends any more; a whole rehearsal takes its time on a busy machine."""
    for thread in threading.enumerate():
        if thread.name == ATTENDING:
            thread.join(PATIENCE)
    (one,) = kept(house)
    assert not one.runs
    return one


def test_a_hall_is_rehearsed_from_the_page_and_its_figures_stay(
    still: House, staff: Person, tmp_path: Path
) -> None:
    for _ in range(2):
        assert staff.post(PATH, **FORM).headers["location"].endswith(PATH)
    assert ended(still).state == "done"
    page = staff.get(PATH).text
    assert [words for words in ("开始投票传到全部等候的手机", "3 人", "一致") if words not in page] == []
    assert not list(tmp_path.glob("piaojue-rehearsal-*"))
    assert still.hall.current().state == "drafted"


def test_what_is_typed_wrong_is_said_beside_its_field_and_begins_nothing(still: House, staff: Person) -> None:
    answer = staff.post(PATH, **{**FORM, "deputies": "３００１", "scrutineers": "", "paper": "-1"})
    assert answer.status_code == 422
    assert "代表人数应在 1 至 3000 之间" in answer.text
    assert 'value="３００１"' in answer.text
    few = staff.post(PATH, **{**FORM, "deputies": "30", "paper": "3"})
    assert (few.status_code, "不足10张" in few.text) == (422, True)
    even = staff.post(PATH, **{**FORM, "places": "4"})
    assert (even.status_code, "等额" in even.text) == (422, True)
    assert kept(still) == ()


def test_none_begins_while_somebody_votes(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    answer = house.enter("staff").post(PATH, **FORM)
    assert answer.status_code == 422
    assert "现在有会议正在投票" in answer.text
    assert kept(house) == ()


def test_one_whose_process_dies_says_so(still: House, staff: Person) -> None:
    os.kill(started(still, staff), signal.SIGKILL)
    one = ended(still)
    assert (one.state, one.said, one.figures) == ("failed", DIED, None)
    assert DIED in staff.get(PATH).text


def test_one_that_is_stopped_leaves_nothing_behind(still: House, staff: Person, tmp_path: Path) -> None:
    process = started(still, staff)
    assert staff.post(f"{PATH}/{ID}/stop").status_code == 303
    assert ended(still).said == STOPPED
    assert not alive(process)
    assert not list(tmp_path.glob("piaojue-rehearsal-*"))


def test_the_session_page_leads_to_it(still: House, staff: Person) -> None:
    assert f"{staff.base}{PATH}" in staff.get(f"/sessions/{still.hall.session.id}").text
