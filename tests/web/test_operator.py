"""`/operator/{link}`: the figures and the papers, once all have signed, and not a moment earlier."""

import io

import pypdf
import pytest

from tests.people import STATES
from tests.web.house import House, MakeHouse
from voting.cycle import State

EARLY: tuple[State, ...] = ("drafted", "adopted", "sealed", "open", "closed", "reconciled", "counted", "void")


def page(house: House, path: str = "") -> str:
    answer = house.enter("operator").get(path)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def counted(open_house: MakeHouse, signatures: int) -> House:
    house = open_house(state="open")
    for card in range(6):
        house.hall.cast(card, 1, 2)
    house.hall.reach("counted")
    for number in range(1, signatures + 1):
        house.hall.sign(number)
    return house


@pytest.mark.parametrize("state", EARLY)
def test_before_the_signatures_there_is_nothing_to_see_or_print(open_house: MakeHouse, state: State) -> None:
    house = open_house(state=state)
    assert "现在还看不到票数" in page(house)
    for name in ("report.pdf", "script.pdf"):
        answer = house.enter("operator").get(f"/rounds/{house.id}/{name}")
        assert answer.status_code == 404
        assert "签字" in answer.text


def test_it_says_whose_signature_is_missing(open_house: MakeHouse) -> None:
    assert "正在等监票人签字：赵建国。" in page(counted(open_house, 1))


def test_with_all_signatures_the_figures_are_there_with_a_warning(open_house: MakeHouse) -> None:
    text = page(counted(open_house, 2))
    assert "结果还没有宣布" in text
    assert "得赞成票6票" in text


@pytest.mark.parametrize(("name", "words"), [("report.pdf", "计票结果报告单"), ("script.pdf", "宣布")])
def test_the_papers_are_printed_under_a_chinese_name(open_house: MakeHouse, name: str, words: str) -> None:
    house = counted(open_house, 2)
    answer = house.enter("operator").get(f"/rounds/{house.id}/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert words in text.replace("\n", "").replace(" ", "")


def test_after_announcing_the_warning_is_gone(open_house: MakeHouse) -> None:
    house = counted(open_house, 2)
    house.hall.reach("announced")
    assert "结果还没有宣布" not in page(house)
    assert "得赞成票6票" in page(house, f"/rounds/{house.id}")


def test_every_state_has_its_page(open_house: MakeHouse) -> None:
    house = open_house()
    for state in STATES:
        house.hall.reach(state)
        assert house.hall.round.title in page(house)
