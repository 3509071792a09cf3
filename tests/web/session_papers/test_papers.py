"""`…/sessions/{id}/papers`: what there is, what it lacks, and every file behind a link."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import pytest
from docx import Document
from httpx import Response
from pypdf import PdfReader

from tests.people import Hall
from tests.web.house import House, MakeHouse, Person
from voting.checking_in import leave
from voting.documents.session.ballot_paper import BallotPaperSettings
from voting.people import Deputy

LINK = re.compile(r'href="([^"]*/papers/[a-z-]+/[a-z]+)"')


def listing(house: House, person: Person) -> Response:
    return person.get(f"/sessions/{house.hall.session.id}/papers")


def links(page: Response) -> list[str]:
    return LINK.findall(page.text)


def signed(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("counted")
    for number in range(1, len(hall.scrutineers) + 1):
        hall.sign(number)


def test_every_file_on_the_page_can_be_opened(open_house: MakeHouse) -> None:
    house = open_house(state="published")
    staff = house.enter("staff")
    found = links(listing(house, staff))
    assert len(found) > 25
    for address in found:
        answer = staff.client.get(address)
        assert answer.status_code == 200, address
        name = unquote(answer.headers["content-disposition"])
        assert name.endswith(address.rsplit("/", 1)[1])
        if address.endswith("/pdf"):
            assert PdfReader(io.BytesIO(answer.content)).pages
        elif address.endswith("/docx"):
            assert Document(io.BytesIO(answer.content)).sections


def test_before_the_count_the_page_says_what_each_paper_waits_for(house: House) -> None:
    page = listing(house, house.enter("staff"))
    assert "可以打印" in page.text
    assert "留有空白" in page.text
    assert "还没有达到法定人数的签到人数、监票人名单、投票情况、结果，留有空白，可以手填。" in page.text
    assert "监票人签名以后，会务操作员可以打印；宣布结果以后，工作人员可以打印。" in page.text
    assert not any("/tally/" in one or "/announcement/" in one for one in links(page))


def test_a_figure_that_is_asked_for_too_early_is_refused_in_words(house: House) -> None:
    for person in (house.enter("staff"), house.enter("operator")):
        answer = person.get(f"/rounds/{house.id}/papers/announcement/pdf")
        assert answer.status_code == 404
        assert "票数还不能查看" in answer.text


def test_the_operator_prints_as_soon_as_all_have_signed_and_staff_do_not(house: House) -> None:
    signed(house.hall)
    address = f"/rounds/{house.id}/papers/announcement/pdf"
    assert house.enter("operator").get(address).status_code == 200
    assert house.enter("staff").get(address).status_code != 200


def test_the_session_page_and_the_operators_page_lead_to_the_papers(house: House) -> None:
    path = f"/sessions/{house.hall.session.id}/papers"
    staff, operator = house.enter("staff"), house.enter("operator")
    assert f'href="{staff.base}{path}"' in staff.get(f"/sessions/{house.hall.session.id}").text
    assert f'href="{operator.base}{path}"' in operator.get().text


@pytest.mark.parametrize("role", ["chair", "scrutineer", "teller", "usher"])
def test_nobody_else_has_the_papers(house: House, role: str) -> None:
    person = house.enter(role)  # type: ignore[arg-type]  # each is a role
    assert listing(house, person).status_code == 404
    assert person.get(f"/rounds/{house.id}/papers/rules/pdf").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sessions/{session}/papers/script/exe",
        "/sessions/{session}/papers/nothing/pdf",
        "/rounds/{round}/papers/nothing/pdf",
        "/rounds/{round}/papers/result/pdf",
        "/rounds/ffffffffffffffffffffffffffffffff/papers/rules/pdf",
        "/sessions/ffffffffffffffffffffffffffffffff/papers",
    ],
)
def test_what_there_is_not_is_not_found(house: House, path: str) -> None:
    asked = path.format(session=house.hall.session.id, round=house.id)
    assert house.enter("staff").get(asked).status_code == 404


def test_a_ballot_comes_in_the_size_that_was_asked(house: House) -> None:
    answer = house.enter("staff").get(f"/rounds/{house.id}/papers/ballot/pdf?size=a3&delegation=")
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert round(float(page.mediabox.width)) == 842


def test_a_delegation_too_small_for_a_colour_is_refused_in_words(house: House) -> None:
    with house.store.write() as tx:
        tx.deputies.add(
            Deputy(
                id="d" * 32, congress=house.hall.congress.id, number=1, name="𠮷秀英", delegation="东河代表团"
            )
        )
    staff = house.enter("staff")
    assert "<option>东河代表团</option>" not in listing(house, staff).text
    answer = staff.get(f"/rounds/{house.id}/papers/ballot/pdf?delegation=东河代表团")
    assert answer.status_code == 422
    assert "东河代表团只有1人，不足10人" in answer.text


def test_the_office_chooses_the_signs_on_ballots(house: House) -> None:
    staff = house.enter("staff")
    path = f"/sessions/{house.hall.session.id}/papers/ballot"
    assert staff.get(path).status_code == 200
    assert staff.post(path, mark="√", one_box="one").status_code == 303
    with house.store.read() as tx:
        kept = tx.settings.get(house.hall.congress.id, BallotPaperSettings)
    assert kept == BallotPaperSettings(mark="√", one_box=True)
    pdf = PdfReader(io.BytesIO(staff.get(f"/rounds/{house.id}/papers/ballot/pdf").content))
    assert "画“√”" in "".join(pdf.pages[0].extract_text().split())


def test_a_sign_that_is_not_offered_is_refused_beside_the_field(house: House) -> None:
    staff = house.enter("staff")
    path = f"/sessions/{house.hall.session.id}/papers/ballot"
    answer = staff.post(path, mark="☆", one_box="one")
    assert answer.status_code == 422
    assert "请选择赞成的符号。" in answer.text
    assert re.search(r'value="one" checked', answer.text)
    with house.store.read() as tx:
        assert tx.settings.get(house.hall.congress.id, BallotPaperSettings) == BallotPaperSettings()


def test_the_operator_does_not_choose_the_signs(house: House) -> None:
    path = f"/sessions/{house.hall.session.id}/papers/ballot"
    operator = house.enter("operator")
    assert operator.get(path).status_code == 404
    assert operator.post(path, mark="√", one_box="one").status_code in {404, 405}


def test_a_name_that_no_font_has_is_named_on_the_page(house: House) -> None:
    hall = house.hall
    deputy = Deputy(id="d" * 32, congress=hall.congress.id, number=1, name="李\U0002b820", delegation="甲团")
    with house.store.write() as tx:
        tx.deputies.add(deputy)
    leave.note_leave(house.store, hall.staff, hall.session.id, deputy.id, "因病住院", hall.now())
    page = listing(house, house.enter("staff")).text
    assert "\U0002b820：PDF 的字体里没有这个字，印成“〓”。请手写补上，或者用 Word 文件打印。" in page
